"""Counts by stage and group, read from a file that somebody keeps apart from all ratings."""

import codecs
import csv
import io
from collections.abc import Iterator, Sequence

from interviewkit.comparison.adverse_impact import Count
from interviewkit.errors import InterviewKitError

COLUMNS = ("stage", "group", "considered", "selected")
_HOW = f"The first line names the columns: {','.join(COLUMNS)}. Then comes a line for each group."
_UTF_16 = (codecs.BOM_UTF16_LE, codecs.BOM_UTF16_BE)


class CountsError(InterviewKitError):
    """A file of counts that cannot be used; nothing was computed from it."""


def decode_counts(content: bytes, name: str) -> str:
    """The text of a file of counts, UTF-8 or UTF-16 with its mark, as spreadsheets write them."""
    encoding = "utf-16" if content.startswith(_UTF_16) else "utf-8-sig"
    try:
        return content.decode(encoding)
    except UnicodeDecodeError as error:
        raise CountsError(
            f"{name} is not text in UTF-8 or UTF-16.", "Save it as CSV UTF-8."
        ) from error


def read_counts(text: str, name: str) -> list[Count]:
    """The counts in a CSV text; ``name`` is the file's, for messages.

    Any line ends, comma, semicolon or tab; a line ``sep=``, empty rows and empty columns are
    passed over. Raises CountsError, with the line, for whatever does not add up.
    """
    rows = _rows(text)
    line, heads = next(rows, (1, []))
    names = [head.strip().casefold() for head in heads]
    used = [at for at, head in enumerate(names) if head]
    if sorted(names[at] for at in used) != sorted(COLUMNS):
        raise CountsError(f"{name}:{line}: these are not the columns of a file of counts.", _HOW)
    counts: list[Count] = []
    for line, row in rows:
        location = f"{name}:{line}"
        padded = [*row, *[""] * (len(names) - len(row))]
        stray = any(cell for at, cell in enumerate(padded) if at not in used)
        if stray or len(row) <= max(used):
            raise CountsError(f"{location}: the line does not have four fields.", _HOW)
        count = _count({names[at]: padded[at] for at in used}, location)
        if any((count.stage, count.group) == (c.stage, c.group) for c in counts):
            raise CountsError(
                f"{location}: {count.group} appears twice at the stage {count.stage}.",
                "Add up the two lines, or give the groups or stages different names.",
            )
        counts.append(count)
    if not counts:
        raise CountsError(f"{name} contains no counts.", _HOW)
    for stage in _lonely(counts):
        raise CountsError(
            f"{name}: the stage {stage} has only one group.",
            "A rate can only be compared with that of another group at the same stage.",
        )
    return counts


def _rows(text: str) -> Iterator[tuple[int, list[str]]]:
    """(Number of the line, cells) of every line that holds anything."""
    lines = io.StringIO(text.removeprefix("\ufeff"), newline=None).read()
    start, _, body = lines.partition("\n")
    offset = 0
    if start.strip().casefold().startswith("sep=") and len(start.strip()) == 5:
        delimiter, lines, offset = start.strip()[4], body, 1
    elif start.strip().casefold() == "sep=":
        delimiter, lines, offset = "\t", body, 1
    else:
        delimiter = next((mark for mark in "\t;" if mark in start), ",")
    reader = csv.reader(io.StringIO(lines), delimiter=delimiter)
    for row in reader:
        if any(cell.strip() for cell in row):
            yield reader.line_num + offset, [cell.strip() for cell in row]


def _count(row: dict[str, str], location: str) -> Count:
    stage, group = row["stage"], row["group"]
    if not stage or not group:
        raise CountsError(f"{location}: the stage or the group has no name.", _HOW)
    numbers = []
    for head in ("considered", "selected"):
        text = row[head]
        if not (text.isascii() and text.isdigit() and len(text) < 10):
            raise CountsError(
                f"{location}: {text!r} under {head} is not a count.",
                "Write a whole number, 0 or more.",
            )
        numbers.append(int(text))
    considered, selected = numbers
    if selected > considered:
        raise CountsError(
            f"{location}: {selected} of {group} went on, but only {considered} were considered.",
            "Check the two numbers.",
        )
    return Count(stage, group, considered, selected)


def _lonely(counts: Sequence[Count]) -> Iterator[str]:
    stages = [count.stage for count in counts]
    return (stage for stage in stages if stages.count(stage) == 1)
