"""``interviewkit compare``: the candidates for a role, side by side."""

import shutil
import sys
from collections.abc import Mapping
from datetime import date, datetime, time
from math import isfinite
from pathlib import Path
from typing import TYPE_CHECKING

import click

from interviewkit.cli.completers import complete_role
from interviewkit.cli.completers import complete_round as kits_used
from interviewkit.cli.context import open_store, viewer
from interviewkit.cli.output import echo, echo_over, echo_text, print_csv, print_json
from interviewkit.cli.shared_options import interviewer_option
from interviewkit.gc_pause import collector_paused
from interviewkit.plurals import count_noun
from interviewkit.visible_text import escaped_json

if TYPE_CHECKING:
    from interviewkit.comparison.ratings import Choice, Ratings
    from interviewkit.comparison.results import Comparison
    from interviewkit.interview.people import Person

HEAVIEST = 100  # as in a kit
SOON = 100  # candidates written before the next is said


def _moment(ctx: click.Context, _: click.Parameter, text: str | None) -> datetime | None:
    """The end of a day, or a moment; without a zone it is local."""
    if text is None:
        return None
    try:
        day = date.fromisoformat(text)
    except ValueError:
        try:
            return datetime.fromisoformat(text).astimezone()
        except (ValueError, OverflowError):
            raise click.BadParameter(
                f"{text!r} is not a date. Write it as 2026-03-05, or with a time as "
                "2026-03-05T17:30.",
                ctx,
            ) from None
    return datetime.combine(day, time.max).astimezone()


def _weights(ctx: click.Context, _: click.Parameter, text: str | None) -> Mapping[str, float]:
    """``service-recovery=2,learning=0.5``; names are looked at where the competencies are known."""
    result: dict[str, float] = {}
    for pair in text.split(",") if text is not None else ():
        name, _equals, value = pair.partition("=")
        try:
            weight = float(value)
        except ValueError:
            weight = -1.0
        if not name.strip() or not isfinite(weight) or not 0 <= weight <= HEAVIEST:
            raise click.BadParameter(
                f"{pair!r} is not a weight. Write competency=number, from 0 to {HEAVIEST}, "
                "separated by commas: service-recovery=2,learning=0.5.",
                ctx,
            )
        result[name.strip()] = weight
    return result


@click.command("compare")
@click.argument("role", shell_complete=complete_role)
@click.option("--json", "as_json", is_flag=True, help="One JSON object on stdout.")
@click.option(
    "--csv", "as_csv", is_flag=True, help="CSV on stdout: a row for each candidate and competency."
)
@click.option(
    "--xlsx",
    "workbook",
    type=click.Path(path_type=Path),
    metavar="FILE",
    help="Write an Excel workbook.",
)
@click.option("--force", is_flag=True, help="With --xlsx: overwrite an existing file.")
@click.option(
    "--as-of",
    metavar="DATE",
    callback=_moment,
    help="Compare as of the end of that day, without later scorecards and amendments.",
)
@click.option(
    "--weights",
    metavar="NAME=N,…",
    callback=_weights,
    help="Weights to use instead of the kits', by competency id; competencies not named keep "
    "theirs.",
)
@click.option(
    "--round",
    "rounds",
    multiple=True,
    metavar="KIT",
    shell_complete=kits_used,
    help="Only scorecards made with this kit (its id or name); can be repeated.",
)
@click.option(
    "--comparable", is_flag=True, help="Only answers to questions that every candidate was asked."
)
@click.option(
    "--anonymous", is_flag=True, help="Replace candidates' names by letters, in notes, too."
)
@click.option(
    "--mine",
    is_flag=True,
    help="Show how you use the scale beside others on the same answers, for you alone.",
)
@interviewer_option()
@click.pass_context
def compare(
    ctx: click.Context,
    role: str,
    *,
    as_json: bool,
    as_csv: bool,
    workbook: Path | None,
    force: bool,
    as_of: datetime | None,
    weights: Mapping[str, float],
    rounds: tuple[str, ...],
    comparable: bool,
    anonymous: bool,
    mine: bool,
    interviewer: str | None,
) -> None:
    """Compare the candidates for ROLE over all submitted scorecards.

    For example: `compare "Account executive" --xlsx debrief.xlsx`.

    Withholds candidates you are still interviewing until you have submitted your own
    scorecard.
    """
    if as_json + as_csv + (workbook is not None) > 1:
        raise click.UsageError("Choose one of --json, --csv and --xlsx.")
    if mine and (as_csv or workbook is not None or weights or anonymous):
        raise click.UsageError(
            "--mine combines only with --json, --round, --comparable and --as-of."
        )
    from interviewkit.comparison.compare import compare_candidates as compared
    from interviewkit.comparison.ratings import Choice

    with open_store(ctx, only_existing=True) as store, collector_paused():
        person = viewer(store, interviewer)
        record = store.role(role)
        ratings = store.seen_by(person).ratings(record, as_of=as_of, anonymous=anonymous)
        kits = frozenset(ratings.kit_called(name) for name in rounds)
        choice = Choice(kits=kits, comparable=comparable)
        if mine:
            _print_own_ratings(ratings, choice, person, as_json=as_json)
            return
        comparison = compared(ratings, choice, weights)
        _say_if_empty(comparison, as_of)
        if workbook:
            from interviewkit.workflows.role_workbook import Wanted, write_role

            options = Wanted(choice, weights, as_of, anonymous, force)
            counts = write_role(store, record, person, workbook, options, _progress)
            echo(f"Wrote {workbook}: {counts}.", err=True)
        else:
            _print_comparison(comparison, as_json=as_json, as_csv=as_csv)


def _progress(done: int, total: int) -> None:
    """A line that counts up, in a terminal and where it takes long enough to be read."""
    if total > SOON and (done % SOON == 0 or done == total) and sys.stderr.isatty():
        echo_over(f"{done} of {total} candidates written", is_last=done == total)


def _say_if_empty(comparison: "Comparison", as_of: datetime | None) -> None:
    if comparison.candidates or comparison.withheld:
        return
    from interviewkit.comparison.sentences import what_is_missing

    until = "yet" if as_of is None else f"by {as_of:%Y-%m-%d %H:%M}"
    title = comparison.role.title
    echo(f"No scorecard {what_is_missing(comparison)} for {title} {until}.", err=True)


def _print_comparison(comparison: "Comparison", *, as_json: bool, as_csv: bool) -> None:
    if as_json:
        _print_json(comparison)
    elif as_csv:
        _print_csv(comparison)
    elif comparison.candidates or comparison.withheld:
        from interviewkit.export.text_report import as_text

        echo_text(as_text(comparison, shutil.get_terminal_size().columns), nl=False)
    else:
        for warning in comparison.warnings:
            echo(warning, err=True)


def _print_own_ratings(
    ratings: "Ratings", choice: "Choice", person: "Person", *, as_json: bool
) -> None:
    from dataclasses import asdict

    from interviewkit.comparison.rater_profile import rater_profile
    from interviewkit.comparison.ratings import apply_choice
    from interviewkit.export.text_report import own_ratings_text

    profile = rater_profile(apply_choice(ratings, choice), person)
    if as_json:
        print_json(asdict(profile))
    elif not profile.scorecards:
        echo(f"{person.name} has submitted no scorecard for {ratings.role.title}.", err=True)
    else:
        width = shutil.get_terminal_size().columns
        echo_text(own_ratings_text(ratings.role.title, profile, width), nl=False)


def _print_json(comparison: "Comparison") -> None:
    from interviewkit.export.json_csv import as_json

    # Bytes: JSON is UTF-8 whatever the terminal's encoding is. As they come: a great role's would
    # fill tens of megabytes.
    out = sys.stdout.buffer
    for piece in as_json(comparison):
        out.write(escaped_json(piece).encode())
    out.flush()


def _print_csv(comparison: "Comparison") -> None:
    """What has no place in the rows is said on stderr."""
    from interviewkit.export.json_csv import as_csv
    from interviewkit.export.text_report import WITHHELD

    print_csv(as_csv(comparison))
    for item in comparison.withheld:
        line = f"{item.name}: {count_noun(item.scorecards, 'scorecard')} in, {WITHHELD}."
        echo(line, err=True)
    for warning in comparison.warnings:
        echo(warning, err=True)
