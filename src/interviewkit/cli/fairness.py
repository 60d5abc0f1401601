"""``interviewkit fairness``: selection rates by group, from a file of counts and nothing else."""

import shutil
import textwrap
from collections.abc import Sequence
from itertools import groupby
from pathlib import Path

import click

from interviewkit.cli.output import echo, echo_text, print_json
from interviewkit.comparison.adverse_impact import (
    SIGNIFICANT,
    Count,
    GroupImpact,
    group_impacts,
    pool_counts,
)
from interviewkit.comparison.means import format_mean, percent
from interviewkit.comparison.selection_counts import CountsError, decode_counts, read_counts
from interviewkit.visible_text import visible_line

SAID = (
    "These are counts and what follows from them, not a verdict. A group under four fifths (80 %) "
    "of the highest rate is what US agencies look into first (29 CFR 1607.4 D). Chance alone does "
    "that often: with two equal groups, one is under four fifths in 65 % of rounds at 10 "
    "considered each, in 43 % at 30, in 19 % at 100 (two in five selected). A difference that is "
    "not beyond chance does not show that there is none."
)
POOLED = (
    "Added up over {count} files. Where they select differently hard and groups are spread "
    "unequally over them, that alone can make a difference or hide one: look at each file, too."
)


@click.command("fairness")
@click.argument(
    "files",
    metavar="FILE...",
    nargs=-1,
    required=True,
    type=click.Path(path_type=Path, dir_okay=False),
)
@click.option("--json", "as_json", is_flag=True, help="One JSON list on stdout.")
def fairness(files: tuple[Path, ...], *, as_json: bool) -> None:
    """Compare selection rates by group at each stage, from a CSV FILE of counts.

    Its columns are stage,group,considered,selected. Counts of several files, one for each
    requisition, are added up. No record is opened: groups are counted apart from all ratings, and
    no person is in the file.
    """
    results = group_impacts(pool_counts([_read(file) for file in files]))
    if as_json:
        rows = [_row(item) for item in results]
        print_json(rows)
        return
    for stage, group in groupby(sorted(results, key=lambda item: _order(results, item)), _stage):
        items = list(group)
        echo(stage)
        for item in items:
            echo_text(_wrap(visible_line(_line(item)), "  "))
        echo_text(_wrap(_stage_line(items), "  "))
        echo()
    if len(files) > 1:
        echo_text(_wrap(POOLED.format(count=len(files)), ""))
    echo_text(_wrap(SAID, ""))


def _read(file: Path) -> list[Count]:
    try:
        content = file.read_bytes()
    except OSError as error:
        raise CountsError(
            f"{file} cannot be read: {error.strerror or error}.", "Name a CSV file of counts."
        ) from error
    return read_counts(decode_counts(content, str(file)), str(file))


def _wrap(text: str, indent: str) -> str:
    width = max(shutil.get_terminal_size().columns, 40)
    return textwrap.fill(
        text,
        width,
        initial_indent=indent,
        subsequent_indent=indent * 2,
        break_on_hyphens=False,
    )


def _stage(item: GroupImpact) -> str:
    return item.stage


def _order(results: tuple[GroupImpact, ...], item: GroupImpact) -> int:
    """Stages in the order in which they first come."""
    return next(at for at, result in enumerate(results) if result.stage == item.stage)


def _row(item: GroupImpact) -> dict[str, object]:
    return {
        "stage": item.stage,
        "group": item.group,
        "considered": item.considered,
        "selected": item.selected,
        "rate": item.rate,
        "beside": item.beside,
        "ratio": item.ratio,
        "below_four_fifths": item.below,
        "with_one_more": item.one_more,
        "with_one_less": item.one_less,
        "hinges_on_one": item.hinges_on_one,
        "p": item.p,
        "stage_p": item.test.p,
        "stage_test": item.test.name,
        "is_small": item.is_small,
        "ratio_low": item.low,
        "ratio_high": item.high,
        "ratio_with_one_moved": item.one_moved,
        "shortfall": item.shortfall,
        "needed_for_four_fifths": item.needed,
        "four_fifths_by_chance": item.by_chance,
    }


def _line(item: GroupImpact) -> str:
    counts = f"{item.group}: {item.selected} of {item.considered}"
    if item.rate is None:
        return f"{counts}, nobody was considered"
    if item.ratio is None or item.low is None:
        if item.group == item.beside:
            beside = ", the highest rate"
        else:
            beside = _small(item) if item.is_small else ", nobody went on"
        return f"{counts}, {percent(item.rate)}{beside}"
    fifths = "under four fifths" if item.below else "four fifths or more"
    hinge = "; one person more or less would turn that" if item.hinges_on_one else ""
    high = "open" if item.high is None else percent(item.high)
    parts = [
        f"{counts}, {percent(item.rate)}, {percent(item.ratio)} of {item.beside}’s rate "
        f"(95 %: {percent(item.low)} to {high}): {fifths}{hinge}{_small(item)}"
    ]
    if item.one_moved is not None:
        parts.append(f"with one hire moved to this group {percent(item.one_moved)}")
    if item.needed:
        parts.append(f"{item.needed} more would reach four fifths")
    if item.shortfall and item.shortfall > 0:
        parts.append(f"{format_mean(item.shortfall)} fewer than at the rate of all")
    if item.p is not None:
        parts.append(f"Fisher’s exact p, corrected for all pairs, {_p(item.p)}")
    return "; ".join(parts)


def _small(item: GroupImpact) -> str:
    return "; too small to be a reference or to be tested" if item.is_small else ""


def _stage_line(items: Sequence[GroupImpact]) -> str:
    """What the stage's one test says; a large p says nothing, so nothing is said from it."""
    test = items[0].test
    if test.p is None:
        return "There are not two groups large enough to test."
    name = "Freeman–Halton exact test" if test.name == "Freeman-Halton" else "χ² test"
    if test.p < SIGNIFICANT:
        return f"The rates differ by more than chance would make them: {name}, p {_p(test.p)}."
    return f"All groups together: {name}, p {_p(test.p)}; pairs are then not tested."


def _p(value: float) -> str:
    return "below 0.001" if value < 0.001 else format_mean(value, "0.001")
