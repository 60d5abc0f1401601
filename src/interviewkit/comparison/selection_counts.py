"""Counts by stage and group, read from a text that somebody keeps apart from all ratings."""

import csv
import io
from collections.abc import Iterator

from interviewkit.comparison.adverse_impact import Count
from interviewkit.errors import InterviewKitError

COLUMNS = ("stage", "group", "considered", "selected")
_HOW = f"The first line names the columns: {','.join(COLUMNS)}. Then a line for each group."


class CountsError(InterviewKitError):
    """A file of counts that cannot be used; nothing was computed from it."""


def read_counts(text: str, name: str) -> list[Count]:
    """The counts in a CSV text; ``name`` is the file's, for what is said of it.

    Raises CountsError, with the line, for whatever does not add up.
    """
    text = text.removeprefix("\ufeff")
    first = text.partition("\n")[0]
    reader = csv.DictReader(io.StringIO(text), delimiter=";" if ";" in first else ",")
    heads = [(head or "").strip().casefold() for head in reader.fieldnames or ()]
    if sorted(heads) != sorted(COLUMNS):
        raise CountsError(f"{name}:1: these are not the columns of a file of counts.", _HOW)
    reader.fieldnames = heads
    counts: list[Count] = []
    for row in reader:
        where = f"{name}:{reader.line_num}"
        count = _count(row, where)
        if any((count.stage, count.group) == (one.stage, one.group) for one in counts):
            raise CountsError(
                f"{where}: {count.group} is there twice at the stage {count.stage}.",
                "Add the two lines up, or name the groups or stages apart.",
            )
        counts.append(count)
    if not counts:
        raise CountsError(f"{name} holds no counts.", _HOW)
    for stage in _lonely(counts):
        raise CountsError(
            f"{name}: the stage {stage} has one group only.",
            "A rate is compared with that of another group at the same stage.",
        )
    return counts


def _count(row: dict[str, str], where: str) -> Count:
    if None in row or None in row.values():
        raise CountsError(f"{where}: the line has not four fields.", _HOW)
    stage, group = row["stage"].strip(), row["group"].strip()
    if not stage or not group:
        raise CountsError(f"{where}: the stage or the group has no name.", _HOW)
    numbers = []
    for head in ("considered", "selected"):
        said = row[head].strip()
        if not (said.isascii() and said.isdigit() and len(said) < 10):
            raise CountsError(
                f"{where}: {said!r} under {head} is no count.", "Write a whole number, 0 or more."
            )
        numbers.append(int(said))
    considered, selected = numbers
    if selected > considered:
        raise CountsError(
            f"{where}: {selected} of {group} went on, but only {considered} were considered.",
            "Check the two numbers.",
        )
    return Count(stage, group, considered, selected)


def _lonely(counts: list[Count]) -> Iterator[str]:
    stages = [count.stage for count in counts]
    return (stage for stage in stages if stages.count(stage) == 1)
