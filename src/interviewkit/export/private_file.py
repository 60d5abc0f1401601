"""Exports to files: private, whole or not at all, and never over the records."""

from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import IO

from interviewkit import files
from interviewkit.errors import InterviewKitError


def refuse_existing(path: Path, records: Path) -> None:
    """Raise InterviewKitError when a workbook stands there: decisions may be filled in in it.

    That it is ``records`` themselves is for :func:`replace_private_file` to say.
    """
    if path.is_file() and not path.samefile(records):
        raise InterviewKitError(
            f"{path} exists, and the panel may have filled in decisions in it.",
            "Read them with `interviewkit records import` first, then overwrite it with --force; "
            "or choose another name.",
        )


@contextmanager
def replace_private_file(path: Path, records: Path) -> Iterator[IO[bytes]]:
    """As :func:`interviewkit.files.replace_file`, readable by its owner alone.

    ``records`` is the open database, which is never replaced.
    """
    try:
        is_records = path.resolve() == records.resolve()
    except OSError as error:
        raise files.write_refusal(path, error) from error
    if is_records:
        raise InterviewKitError(f"{path} holds the records themselves.", files.ELSEWHERE)
    with files.replace_file(path, private=True) as file:
        yield file
