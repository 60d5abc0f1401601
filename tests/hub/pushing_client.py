"""A client that sends its scorecards until the hub has them all; a test kills it meanwhile.

Arguments: host, port, database, login, password, name, count. It says on stdout what it sends and
what was taken, and "away" when the hub is not there; then it waits for a line on stdin.
"""

import sys

from interviewkit.errors import InterviewKitError
from interviewkit.hub.client import HubDocument, open_hub
from interviewkit.hub.connection import HubAddress
from interviewkit.interview.sealed_document import canonical
from round_on_hub import scorecard_document


def main() -> None:
    host, port, database, login, password, name, count = sys.argv[1:]
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
                    print("sending", document.id, flush=True)
                    (reply,) = hub.send([document])
                    if reply.refusal is not None:
                        raise SystemExit(f"{document.id}: {reply.refusal}")
                    print("taken", document.id, flush=True)
            is_done = True
        except InterviewKitError:
            print("away", flush=True)
            sys.stdin.readline()


if __name__ == "__main__":
    main()
