"""The lines of a file to import, read no further than any file of ours goes."""

from collections.abc import Iterator
from typing import IO

from interviewkit.errors import RefusedImportError
from interviewkit.interview.limits import LARGEST_FILE, LONGEST_LINE, MEBIBYTE

_SPLIT = "Nothing was imported. Split it into smaller files, each with the lines it needs."


def refuse_large_file(name: str, size: int) -> None:
    """RefusedImportError for a file of more bytes than one import takes."""
    if size > LARGEST_FILE:
        raise RefusedImportError(
            f"{name} has more than {LARGEST_FILE // MEBIBYTE} MiB, the limit.", _SPLIT
        )


def bounded_lines(name: str, stream: IO[bytes]) -> Iterator[bytes]:
    """Every line of ``stream``; RefusedImportError at one, or at a sum, that is too long.

    A file without any line end is never in memory whole, nor is a pipe that does not end.
    """
    line_no = total = 0
    while line := stream.readline(LONGEST_LINE + 1):
        line_no += 1
        total += len(line)
        if len(line) > LONGEST_LINE:
            raise RefusedImportError(
                f"{name}, line {line_no}: this line has more than {LONGEST_LINE // MEBIBYTE} MiB.",
                "Nothing was imported. JSON Lines has one object a line, each ended by a line "
                "break.",
            )
        refuse_large_file(name, total)
        yield line
