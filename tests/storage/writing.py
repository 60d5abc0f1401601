"""A program of its own that writes notes until it is stopped, and says of each that it is saved.

Run with the database, the interview and, for a disk that fills up, the largest size of a file in
bytes. Each number on stdout stands for a note that was on disk when it was printed.
"""

import sys
from itertools import count
from pathlib import Path

from interviewkit.errors import StorageError
from interviewkit.storage.store import Store


def main() -> None:
    path, interview_id, *limit = sys.argv[1:]
    with Store(Path(path)) as store:
        notebook = store.notebook(interview_id)
        question = store._reads.interview(interview_id).page
        start = len(notebook.answer(question).notes)
        if limit:
            import resource  # Windows has none

            _, most = resource.getrlimit(resource.RLIMIT_FSIZE)
            resource.setrlimit(resource.RLIMIT_FSIZE, (int(limit[0]), most))
        for number in count(start):
            try:
                notebook.add_note(question, f"{number} {'x' * 500}")
            except StorageError as error:
                print(error, file=sys.stderr)
                break
            print(number, flush=True)
        if limit:  # room was made
            resource.setrlimit(resource.RLIMIT_FSIZE, (most, most))
            notebook.add_note(question, "after")


if __name__ == "__main__":
    main()
