"""A client that sends its scorecards until the hub has them all; a test kills it meanwhile.

Arguments: host, port, database, login, password, name, count, the file of what the hub has taken.
"""

import sys
import time
from pathlib import Path

from interviewkit.errors import InterviewKitError
from interviewkit.hub.client import HubDocument, open_hub
from interviewkit.hub.connection import HubAddress
from interviewkit.interview.sealed_document import canonical
from round_on_hub import scorecard_document


def main() -> None:
    host, port, database, login, password, name, count, path = sys.argv[1:]
    address = HubAddress(host, int(port), database, login)
    documents = [
        HubDocument("r1", "scorecard", canonical(scorecard_document(name, key=key)), key)
        for key in (f"{name}-{index}" for index in range(int(count)))
    ]
    is_done = False
    while not is_done:
        try:
            with open_hub(address, password) as (hub, _):
                for document in documents:
                    (reply,) = hub.send([document])
                    if reply.refusal is not None:
                        raise SystemExit(f"{document.id}: {reply.refusal}")
                    with Path(path).open("a", encoding="utf-8") as taken:
                        taken.write(f"{document.id}\n")
            is_done = True
        except InterviewKitError:
            time.sleep(0.05)  # the server is starting again


if __name__ == "__main__":
    main()
