"""``interviewkit candidate``: who is in the records, their own pack, and their erasure."""

from collections.abc import Mapping, Sequence
from pathlib import Path
from typing import TYPE_CHECKING

import click

from interviewkit.cli.completers import complete_candidate, complete_interviewer
from interviewkit.cli.context import open_store, viewer
from interviewkit.cli.lazy_group import Group
from interviewkit.cli.named_records import add_record_commands
from interviewkit.cli.output import count_noun, echo, print_json, print_rows, say_leftovers
from interviewkit.errors import BlockedError, InterviewKitError
from interviewkit.interview.clock import local_day
from interviewkit.interview.erasure import Why
from interviewkit.interview.people import RecordKind

if TYPE_CHECKING:
    from interviewkit.interview.erasure import BackupWithPerson, Plan, Receipt
    from interviewkit.interview.records import Candidate, Standing
    from interviewkit.interview.retention import RetentionClock
    from interviewkit.storage.store import Store

SHOWN = 20  # mentions or names listed before the rest is counted
_interviewer = click.option(
    "--interviewer",
    metavar="NAME",
    shell_complete=complete_interviewer,
    help="Who is looking, when it is not you at this computer.",
)


@click.group("candidate", cls=Group)
def candidate() -> None:
    """Who is in the records, what is kept of them and how long, their own pack, their erasure."""


@candidate.command("list")
@click.option("--json", "as_json", is_flag=True, help="One JSON list on stdout.")
@click.pass_context
def list_candidates(ctx: click.Context, *, as_json: bool) -> None:
    """List everybody with their roles, how many scorecards are in, and how long they are kept."""
    with open_store(ctx, only_existing=True) as store:
        clocks = store.retention().clocks(in_utc=as_json)
        standings = store.seen_by(store.current_user()).standings()
    from interviewkit.interview.records import distinct_names

    names = distinct_names([clock.candidate for clock in clocks])
    if as_json:
        print_json([_data(clock, standings) for clock in clocks])
    elif not clocks:
        echo("There is no candidate yet.", err=True)
    else:
        print_rows(
            [
                (
                    names[clock.candidate.id],
                    ", ".join(one.role.title for one in clock.roles) or "no interview",
                    count_noun(len(_of(clock.candidate, standings, submitted=True)), "scorecard"),
                    clock.words,
                )
                for clock in clocks
            ]
        )


@candidate.command("show")
@click.argument("name", shell_complete=complete_candidate)
@click.option("--json", "as_json", is_flag=True, help="One JSON object on stdout.")
@_interviewer
@click.pass_context
def show_candidate(
    ctx: click.Context, name: str, interviewer: str | None, *, as_json: bool
) -> None:
    """Show what is kept of NAME: interviews, who held them, and the clock of each role.

    A recommendation stands there only where you may see the scorecard.
    """
    with open_store(ctx, only_existing=True) as store:
        found = store.candidate(name)
        (clock,) = store.retention().clocks(found, in_utc=as_json)
        standings = store.seen_by(viewer(store, interviewer)).standings(candidate=found)
    interviews = [
        {
            "role": one.interview.role.title,
            "interviewer": one.interview.interviewer,
            "kit": one.interview.kit,
            "started_at": one.interview.started_at,
            "submitted_at": one.interview.submitted_at,
            "recommendation": one.interview.counts,
            "origin": one.interview.origin,
            "withheld": one.is_withheld and one.interview.submitted_at is not None,
        }
        for one in sorted(standings, key=lambda one: (one.interview.started_at, one.interview.id))
    ]
    if as_json:
        print_json({**_data(clock, standings), "interviews": interviews})
        return
    echo(f"{found.name} · {clock.words}")
    for one in clock.roles:
        until = f"until {one.due}" if one.due else "no period set"
        hold = f" · legal hold: {one.hold}" if one.hold else ""
        echo(f"  {one.role.title}: last recorded {one.last}, {until}{hold}")
    if interviews:
        echo()
        print_rows([_line(one) for one in interviews])


@candidate.command("export")
@click.argument("name", shell_complete=complete_candidate)
@click.argument("folder", type=click.Path(path_type=Path, file_okay=False))
@click.option("--anonymous", is_flag=True, help="Labels instead of names, no ids, no seals.")
@click.option(
    "--hide",
    multiple=True,
    metavar="NAME",
    help="With --anonymous: this name, too; may be given again.",
)
@_interviewer
@click.pass_context
def export_candidate(
    ctx: click.Context,
    name: str,
    folder: Path,
    hide: Sequence[str],
    interviewer: str | None,
    *,
    anonymous: bool,
) -> None:
    """Write all that is kept of NAME to FOLDER: pack.json, and pack.html to read and print.

    Names found in the notes are listed, for you to look at before you hand the pack over.
    """
    from interviewkit.export.private_file import replace_private_file
    from interviewkit.workflows.candidate_export import Packed, pack_candidate

    if hide and not anonymous:
        raise click.UsageError("--hide goes with --anonymous.")
    with open_store(ctx, only_existing=True) as store:
        made: Packed = pack_candidate(
            store, name, viewer(store, interviewer), hide if anonymous else None
        )
        try:
            folder.mkdir(mode=0o700, parents=True, exist_ok=True)
        except OSError as error:
            raise InterviewKitError(
                f"{folder} cannot be made: {error.strerror or error}.",
                "Name a folder in a place you may write to. Nothing was written.",
            ) from error
        for file, text in (("pack.json", made.json), ("pack.html", made.html)):
            with replace_private_file(folder / file, store.path) as target:
                target.write(text.encode())
    echo(f"Wrote {folder / 'pack.json'} and {folder / 'pack.html'}.", err=True)
    _say_names(made.names, anonymous=anonymous)


def _say_names(names: dict[str, int], *, anonymous: bool) -> None:
    if not names:
        return
    echo("What looks like a name in the notes (look at each; some may be none):", err=True)
    shown = list(names.items())[:SHOWN]
    for name, count in shown:
        echo(f"  {name} ×{count}", err=True)
    if len(names) > SHOWN:
        echo(f"  and {len(names) - SHOWN} more", err=True)
    if anonymous:
        echo("These still stand in the pack. --hide NAME takes one out.", err=True)


@candidate.command("erase")
@click.argument("name", shell_complete=complete_candidate)
@click.option("--yes", is_flag=True, help="Do it; without it, only say what would go.")
@click.option(
    "--why",
    type=click.Choice([one.value for one in Why]),
    default=Why.REQUEST.value,
    show_default=True,
    help="What the receipt says.",
)
@click.option("--leave-mentions", is_flag=True, help="The name may stay in others' records.")
@click.option("--backups", is_flag=True, help="Also delete the backups that hold the person.")
@click.option("--json", "as_json", is_flag=True, help="One JSON object on stdout.")
@_interviewer
@click.pass_context
def erase(
    ctx: click.Context,
    name: str,
    why: str,
    interviewer: str | None,
    *,
    yes: bool,
    leave_mentions: bool,
    backups: bool,
    as_json: bool,
) -> None:
    """Erase NAME from every table, the search index, the free pages and the journal, for good.

    Without --yes it only says what would go. Refused inside a legal hold, while the records are
    open anywhere else, and while others' records mention the name, until --leave-mentions says
    that you have looked at them.
    """
    with open_store(ctx, only_existing=True) as store:
        found = store.candidate(name)
        door = store.erasing()
        plan = door.plan(found, viewer(store, interviewer))
        if not as_json:
            _say_plan(plan)
        if not yes:
            if as_json:
                print_json(_plan_data(plan, None))
            _say_what_holds(store, found)
            echo("Nothing was erased. Add --yes to do it.", err=True)
            return
        if any(one.is_whole for one in plan.mentions) and not leave_mentions:
            raise BlockedError(
                f"The name {found.name} also stands in others' records, which an erasure leaves.",
                "Look at the lines above, then add --leave-mentions. Nothing was erased.",
            )
        erased = door.erase([found], Why(why))
    if as_json:
        print_json(_plan_data(plan, erased.receipts[0]))
    echo(f"Erased. Receipt {erased.receipts[0].id}.", err=True)
    say_backups(erased.backups, remove=backups)
    say_leftovers(erased.leftovers)


def _say_plan(plan: "Plan") -> None:
    rows = ", ".join(f"{table} {count}" for table, count in plan.rows.items())
    under_way = f", {plan.under_way} of them under way" if plan.under_way else ""
    echo(f"{plan.candidate.name}: {count_noun(plan.interviews, 'interview')}{under_way}.")
    echo(f"Rows: {rows}.")
    if not plan.mentions:
        return
    echo("The name, or a part of it, in others' records (these lines would stay):")
    for mention in sorted(plan.mentions, key=lambda one: not one.is_whole)[:SHOWN]:
        text = mention.text or "(you may not read it)"
        echo(f"  {mention.where}: {text}")
    if len(plan.mentions) > SHOWN:
        echo(f"  and {len(plan.mentions) - SHOWN} more")


def _plan_data(plan: "Plan", receipt: "Receipt | None") -> dict[str, object]:
    """What goes or has gone; anyone who was erased is named nowhere any more, not even here."""
    return {
        "candidate": None if receipt else plan.candidate.name,
        "interviews": plan.interviews,
        "under_way": plan.under_way,
        "rows": dict(plan.rows),
        "mentions": []
        if receipt
        else [
            {"where": one.where, "text": one.text, "is_whole": one.is_whole}
            for one in plan.mentions
        ],
        "receipt": receipt and receipt_data(receipt),
    }


def _say_what_holds(store: "Store", found: "Candidate") -> None:
    (clock,) = store.retention().clocks(found)
    for one in clock.holds:
        echo(f"Legal hold on {one.role.title}: {one.hold}. It would be refused.", err=True)


def say_backups(backups: "Sequence[BackupWithPerson]", *, remove: bool) -> None:
    """What of the person is left elsewhere, or that it was deleted."""
    from interviewkit.storage.file.backup import KEPT
    from interviewkit.storage.privacy.erased_backups import remove_backups

    if remove and backups:
        for path in remove_backups([one for one in backups if one.is_removable]):
            echo(f"Deleted the backup {path}.", err=True)
        backups = [one for one in backups if not one.is_removable]
    for one in backups:
        said = "still holds" if one.is_read else "cannot be read here and may hold"
        whose = "" if one.is_own else " It is no backup of these records: --backups leaves it."
        echo(f"The backup {one.path} {said} what was erased.{whose}", err=True)
    if backups and not remove:
        echo(
            f"The program keeps the last {KEPT} of each kind, unless the settings say otherwise, "
            "and deletes older ones as newer are made; --backups deletes these now.",
            err=True,
        )
    echo(
        "Exports, workbooks and copies made elsewhere are beyond reach: delete them yourself.",
        err=True,
    )


def receipt_data(receipt: "Receipt") -> dict[str, object]:
    """A receipt for --json."""
    return {
        "id": receipt.id,
        "at": receipt.at,
        "why": receipt.why,
        "interviews": receipt.interviews,
        "rows": receipt.rows,
    }


def _of(
    candidate: "Candidate", standings: "Sequence[Standing]", *, submitted: bool = False
) -> "list[Standing]":
    return [
        one
        for one in standings
        if one.interview.candidate.id == candidate.id
        and (one.interview.submitted_at or not submitted)
    ]


def _data(clock: "RetentionClock", standings: "Sequence[Standing]") -> dict[str, object]:
    mine = _of(clock.candidate, standings)
    done = sum(one.interview.submitted_at is not None for one in mine)
    return {
        "id": clock.candidate.id,
        "name": clock.candidate.name,
        "reference": clock.candidate.reference,
        "roles": [clock_data(clock, place) for place in range(len(clock.roles))],
        "scorecards": done,
        "under_way": len(mine) - done,
        "keep_until": clock.due and clock.due.isoformat(),
        "legal_hold": bool(clock.holds),
    }


def clock_data(clock: "RetentionClock", place: int) -> dict[str, object]:
    """One role's clock for --json."""
    one = clock.roles[place]
    return {
        "role": one.role.title,
        "last": one.last.isoformat(),
        "decided": one.decided and one.decided.isoformat(),
        "months": one.months,
        "until": one.due and one.due.isoformat(),
        "legal_hold": one.hold,
    }


def _line(one: Mapping[str, object]) -> tuple[str, ...]:
    said = str(one["recommendation"] or "").replace("_", " ")
    if one["withheld"]:
        said = "withheld"
    when = str(local_day(str(one["submitted_at"] or one["started_at"])))
    state = "submitted" if one["submitted_at"] else "under way"
    origin = f"from {one['origin']}" if one["origin"] else ""
    return (when, state, str(one["role"]), str(one["interviewer"]), said, origin)


add_record_commands(candidate, RecordKind.CANDIDATE)
