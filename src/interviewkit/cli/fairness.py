"""``interviewkit fairness``: selection rates by group, from a file of counts and nothing else."""

import json
import shutil
import textwrap
from itertools import groupby
from pathlib import Path

import click

from interviewkit.comparison.adverse_impact import GroupImpact, group_impacts
from interviewkit.comparison.means import percent, shown
from interviewkit.comparison.selection_counts import CountsError, read_counts
from interviewkit.export.safe import one_line

SAID = (
    "These are counts and what follows from them, not a verdict. A group under four fifths (80 %) "
    "of the highest rate is what US agencies look into first (29 CFR 1607.4 D). With few people "
    "that comes about by chance, as p and the check by one person show."
)


@click.command()
@click.argument("file", type=click.Path(path_type=Path, dir_okay=False))
@click.option("--json", "as_json", is_flag=True, help="One JSON list on stdout.")
def fairness(file: Path, *, as_json: bool) -> None:
    """Compare selection rates by group at each stage, from a CSV FILE of counts.

    Its columns are stage,group,considered,selected. No record is opened: groups are counted
    apart from all ratings, and no person is in the file.
    """
    try:
        text = file.read_bytes().decode("utf-8")
    except OSError as error:
        raise CountsError(
            f"{file} cannot be read: {error.strerror or error}.", "Name a CSV file of counts."
        ) from error
    except UnicodeDecodeError as error:
        raise CountsError(f"{file} is no text in UTF-8.", "Save it as CSV UTF-8.") from error
    found = group_impacts(read_counts(text, str(file)))
    if as_json:
        rows = [_row(one) for one in found]
        click.echo(json.dumps(rows, ensure_ascii=False, indent=2).encode())
        return
    for stage, group in groupby(sorted(found, key=lambda one: _order(found, one)), _stage):
        click.echo(one_line(stage))
        for one in group:
            click.echo(_wrapped(_line(one), "  "))
        click.echo()
    click.echo(_wrapped(SAID, ""))


def _wrapped(text: str, indent: str) -> str:
    width = max(shutil.get_terminal_size().columns, 40)
    return textwrap.fill(
        text,
        width,
        initial_indent=indent,
        subsequent_indent=indent * 2,
        break_on_hyphens=False,
    )


def _stage(one: GroupImpact) -> str:
    return one.stage


def _order(found: tuple[GroupImpact, ...], one: GroupImpact) -> int:
    """Stages in the order in which they first come."""
    return next(place for place, other in enumerate(found) if other.stage == one.stage)


def _row(one: GroupImpact) -> dict[str, object]:
    return {
        "stage": one.stage,
        "group": one.group,
        "considered": one.considered,
        "selected": one.selected,
        "rate": one.rate,
        "beside": one.beside,
        "ratio": one.ratio,
        "below_four_fifths": one.below,
        "with_one_more": one.one_more,
        "with_one_less": one.one_less,
        "hinges_on_one": one.hinges_on_one,
        "p": one.p,
    }


def _line(one: GroupImpact) -> str:
    counts = f"{one_line(one.group)}: {one.selected} of {one.considered}"
    if one.rate is None:
        return f"{counts}, nobody was considered"
    if one.ratio is None or one.p is None:
        beside = ", the highest rate" if one.group == one.beside else ", nobody went on"
        return f"{counts}, {percent(one.rate)}{beside}"
    fifths = "under four fifths" if one.below else "four fifths or more"
    hinge = "; one person more or less would turn that" if one.hinges_on_one else ""
    p = "below 0.001" if one.p < 0.001 else shown(one.p, "0.001")
    return (
        f"{counts}, {percent(one.rate)}, {percent(one.ratio)} of {one_line(one.beside)}’s rate: "
        f"{fifths}{hinge}; Fisher’s exact p {p}"
    )
