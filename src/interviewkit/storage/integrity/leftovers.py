"""Copies of the records that were cut off while they were written, and still stand in a folder."""

from collections.abc import Iterator
from pathlib import Path

from interviewkit.scratch_files import is_abandoned, leftovers
from interviewkit.storage.file.backup import folders_of


def cut_off(records: Path) -> Iterator[tuple[str, str]]:
    """(Path, what is wrong) for each file that nobody writes any more, or may not."""
    for path in leftovers(*folders_of(records)):
        if is_abandoned(path):
            yield str(path), "was cut off, and may hold records; the next backup removes it"
        else:
            yield str(path), "is being written, or was cut off; if no interviewkit runs, delete it"
