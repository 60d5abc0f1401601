"""``interviewkit data retention`` and ``data purge``: how long records stay, and their end."""

import shutil
import textwrap
from collections.abc import Sequence
from datetime import date
from typing import TYPE_CHECKING

import click

from interviewkit.cli.context import open_store
from interviewkit.cli.output import (
    echo,
    echo_text,
    print_json,
    print_rows,
    say_leftovers,
)
from interviewkit.errors import InterviewKitError
from interviewkit.interview.clock import local_day, today
from interviewkit.interview.erasure import Why
from interviewkit.interview.retention import NOT_ADVICE
from interviewkit.plurals import count_noun

if TYPE_CHECKING:
    from interviewkit.interview.erasure import Receipt
    from interviewkit.interview.retention import RetentionClock
    from interviewkit.interview.transcript import DecidedTranscript
    from interviewkit.storage.store import Store


def add_to(data: click.Group) -> None:
    """Add these commands to the group ``interviewkit data``."""
    data.add_command(retention)
    data.add_command(purge)


@click.command("retention")
@click.argument("place", required=False)
@click.option(
    "--months",
    type=click.IntRange(1, 1200),
    metavar="N",
    help="How many months PLACE keeps records.",
)
@click.option("--default", "reset", is_flag=True, help="Reset PLACE to its default.")
@click.option("--json", "as_json", is_flag=True, help="One JSON list on stdout.")
@click.pass_context
def retention(
    ctx: click.Context, place: str | None, months: int | None, *, reset: bool, as_json: bool
) -> None:
    """Show how long each place keeps records and why, or set it for an existing or new PLACE.

    `interviewkit role set` gives a role its place.
    """
    if (months or reset) and not place:
        raise click.UsageError("Name the PLACE to set it for.")
    if months and reset:
        raise click.UsageError("Choose one of --months and --default.")
    with open_store(ctx, only_existing=True) as store:
        door = store.retention()
        if place and (months or reset):
            door.set_place(place, months)
        places = door.places()
        if place and not reset:
            places = [door.place(place)]
    if as_json:
        print_json(
            [
                {
                    "place": jurisdiction.name,
                    "months": jurisdiction.months,
                    "source": jurisdiction.source,
                    "is_set_here": not jurisdiction.is_preset,
                }
                for jurisdiction in places
            ]
        )
        return
    for jurisdiction in places:
        origin = "" if jurisdiction.is_preset else ", set here"
        echo(f"{jurisdiction.name}: {count_noun(jurisdiction.months, 'month')}{origin}")
        if jurisdiction.source != "set here":
            echo_text(_wrap_text(jurisdiction.source))
    echo(NOT_ADVICE, err=True)


def _wrap_text(text: str) -> str:
    return textwrap.fill(
        text,
        shutil.get_terminal_size().columns,
        initial_indent="  ",
        subsequent_indent="  ",
        break_on_hyphens=False,
    )


@click.command("purge")
@click.option("--yes", is_flag=True, help="Do it; without this, only list what would be deleted.")
@click.option("--backups", is_flag=True, help="Also delete the backups that hold these people.")
@click.option("--json", "as_json", is_flag=True, help="One JSON object on stdout.")
@click.pass_context
def purge(ctx: click.Context, *, yes: bool, backups: bool, as_json: bool) -> None:
    """Erase candidates whose retention period is over, and transcripts whose days after the
    decision are over. Without --yes, only list them.

    Keeps candidates under a legal hold, and those with a role without a period. Finishes an
    erasure that was interrupted first.
    """
    from interviewkit.cli.candidate import say_backups

    with open_store(ctx, only_existing=True) as store:
        door = store.erasing()
        if door.is_unfinished():
            door.clean()
            echo("Finished an erasure that was interrupted: the file is clean.", err=True)
        day = _today(store)
        clocks = store.retention().clocks()
        in_utc = store.retention().clocks(in_utc=True) if as_json else []
        due = [clock for clock in clocks if clock.is_due(day)]
        transcripts = store.retention().transcripts_due(day)
        if yes and transcripts:
            store.retention().delete_transcripts(transcripts)
        erased = None
        if yes and due:
            erased = door.erase([clock.candidate for clock in due], Why.RETENTION)
    if as_json:
        people = {clock.candidate.id for clock in due}
        listed = [clock for clock in in_utc if clock.candidate.id in people]
        utc_today = store.clock.now().date()
        data = _data(listed, in_utc, erased.receipts if erased else (), utc_today)
        print_json(data | {"transcripts": len(transcripts)})
    else:
        _say(due, clocks, day, is_done=erased is not None)
        _say_transcripts(transcripts, is_done=yes)
    if erased:
        ids = ", ".join(receipt.id for receipt in erased.receipts)
        noun = "Receipt" if len(erased.receipts) == 1 else "Receipts"
        echo(f"Erased {count_noun(len(due), 'candidate')}. {noun} {ids}.", err=True)
        say_backups(erased.backups, remove=backups)
        say_leftovers(erased.leftovers)
    elif due or (transcripts and not yes):
        echo(f"Nothing was erased. Add --yes to do it. {NOT_ADVICE}", err=True)


def _today(store: "Store") -> date:
    """The clock's day; a clock that stands before what is recorded cannot be trusted."""
    day = today(store.clock)
    standings = store.seen_by(store.current_user()).standings()
    newest = max((standing.touched_at for standing in standings), default="")
    # A day of grace: records may come from where it is tomorrow already.
    if newest and (local_day(newest) - day).days > 1:
        raise InterviewKitError(
            f"The newest record is of {local_day(newest)}, and this computer's clock says {day}.",
            "Set the clock right first. Nothing was erased.",
        )
    return day


def _say(
    due: "Sequence[RetentionClock]",
    clocks: "Sequence[RetentionClock]",
    day: date,
    *,
    is_done: bool,
) -> None:
    if due and not is_done:
        echo("The period is over for:")
    if due:
        print_rows(
            [("", clock.candidate.name, _roles(clock), f"since {clock.due}") for clock in due]
        )
    else:
        echo(f"On {day} no retention period is over.")
    held_count = sum(bool(clock.holds) for clock in clocks)
    unset = sum(clock.due is None and not clock.holds for clock in clocks)
    if held_count:
        echo(f"Under a legal hold: {count_noun(held_count, 'candidate')}.", err=True)
    if unset:
        echo(
            f"Without a period: {count_noun(unset, 'candidate')}. `interviewkit role set` gives a "
            "role its place.",
            err=True,
        )


def _say_transcripts(due: "Sequence[DecidedTranscript]", *, is_done: bool) -> None:
    if not due:
        return
    if is_done:
        echo(f"Deleted {count_noun(len(due), 'transcript')} after the decision.", err=True)
        return
    echo("Transcripts that outlived the decision:")
    print_rows(
        [
            ("", item.candidate, item.role, item.interviewer, f"decided {item.decided_at[:10]}")
            for item in due
        ]
    )


def _roles(clock: "RetentionClock") -> str:
    return ", ".join(
        f"{item.role.title} (last recorded {item.last}, {count_noun(item.months or 0, 'month')})"
        for item in clock.roles
    )


def _data(
    due: "Sequence[RetentionClock]",
    clocks: "Sequence[RetentionClock]",
    receipts: "Sequence[Receipt]",
    day: date,
) -> dict[str, object]:
    from interviewkit.cli.candidate import clock_data, receipt_data

    return {
        "today": day.isoformat(),
        # Anyone who was erased is named nowhere any more, not even here.
        "due": []
        if receipts
        else [
            {
                "candidate": clock.candidate.name,
                "due": clock.due and clock.due.isoformat(),
                "roles": [clock_data(clock, index) for index in range(len(clock.roles))],
            }
            for clock in due
        ],
        "held": sum(bool(clock.holds) for clock in clocks),
        "without_period": sum(clock.due is None and not clock.holds for clock in clocks),
        "receipts": [receipt_data(receipt) for receipt in receipts],
    }
