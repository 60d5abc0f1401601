"""``interviewkit candidate``: who is in the records, their own pack, and their erasure."""

from collections.abc import Mapping, Sequence
from pathlib import Path
from typing import TYPE_CHECKING

import click

from interviewkit.cli.completers import complete_candidate
from interviewkit.cli.context import open_store, viewer
from interviewkit.cli.lazy_group import Group
from interviewkit.cli.named_records import add_record_commands
from interviewkit.cli.output import echo, print_json, print_rows, say_leftovers
from interviewkit.cli.shared_options import interviewer_option
from interviewkit.errors import BlockedError, InterviewKitError
from interviewkit.file_names import refuse_file_name
from interviewkit.interview.clock import local_day
from interviewkit.interview.erasure import Why
from interviewkit.interview.people import RecordKind
from interviewkit.plurals import count_noun

if TYPE_CHECKING:
    from interviewkit.interview.erasure import BackupWithPerson, Plan, Receipt
    from interviewkit.interview.records import Candidate, Standing
    from interviewkit.interview.retention import RetentionClock
    from interviewkit.storage.store import Store

SHOWN = 20  # mentions or names listed before the rest is counted


@click.group("candidate", cls=Group)
def candidate() -> None:
    """List candidates; show, export or erase what is kept of them."""


@candidate.command("list")
@click.option("--json", "as_json", is_flag=True, help="One JSON list on stdout.")
@click.pass_context
def list_candidates(ctx: click.Context, *, as_json: bool) -> None:
    """List candidates with their roles, how many scorecards are in, and how long they are kept."""
    with open_store(ctx, only_existing=True) as store:
        clocks = store.retention().clocks(in_utc=as_json)
        standings = store.seen_by(store.current_user()).standings()
    from interviewkit.interview.records import distinct_names

    names = distinct_names([clock.candidate for clock in clocks])
    if as_json:
        print_json([_data(clock, standings) for clock in clocks])
    elif not clocks:
        echo("There are no candidates yet.", err=True)
    else:
        print_rows(
            [
                (
                    names[clock.candidate.id],
                    ", ".join(role_clock.role.title for role_clock in clock.roles)
                    or "no interview",
                    count_noun(len(_of(clock.candidate, standings, submitted=True)), "scorecard"),
                    clock.words,
                )
                for clock in clocks
            ]
        )


@candidate.command("show")
@click.argument("name", shell_complete=complete_candidate)
@click.option("--json", "as_json", is_flag=True, help="One JSON object on stdout.")
@interviewer_option()
@click.pass_context
def show_candidate(
    ctx: click.Context, name: str, interviewer: str | None, *, as_json: bool
) -> None:
    """Show what is kept of NAME: interviews, interviewers, and how long each role keeps them.

    Shows a recommendation only if you may see the scorecard.
    """
    with open_store(ctx, only_existing=True) as store:
        person = store.candidate(name)
        (clock,) = store.retention().clocks(person, in_utc=as_json)
        standings = store.seen_by(viewer(store, interviewer)).standings(candidate=person)
    interviews = [
        {
            "role": standing.interview.role.title,
            "interviewer": standing.interview.interviewer,
            "kit": standing.interview.kit,
            "started_at": standing.interview.started_at,
            "submitted_at": standing.interview.submitted_at,
            "recommendation": standing.interview.counts,
            "origin": standing.interview.origin,
            "withheld": standing.is_withheld and standing.interview.submitted_at is not None,
        }
        for standing in sorted(standings, key=_start_of)
    ]
    if as_json:
        print_json({**_data(clock, standings), "interviews": interviews})
        return
    echo(f"{person.name} · {clock.words}")
    for role_clock in clock.roles:
        until = f"until {role_clock.due}" if role_clock.due else "no period set"
        hold = f" · legal hold: {role_clock.hold}" if role_clock.hold else ""
        echo(f"  {role_clock.role.title}: last recorded {role_clock.last}, {until}{hold}")
    if interviews:
        echo()
        print_rows([_line(interview) for interview in interviews])


@candidate.command("export")
@click.argument("name", shell_complete=complete_candidate)
@click.argument("folder", type=click.Path(path_type=Path, file_okay=False))
@click.option("--anonymous", is_flag=True, help="Labels instead of names, no ids, no seals.")
@click.option(
    "--hide",
    multiple=True,
    metavar="NAME",
    help="With --anonymous: hide this name, too; can be repeated.",
)
@interviewer_option()
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
    """Write everything kept of NAME to FOLDER: pack.json, and pack.html to read and print.

    Lists names found in the notes. Check them before you hand the pack over.
    """
    from interviewkit.export.private_file import replace_private_file
    from interviewkit.workflows.candidate_export import Packed, pack_candidate

    if hide and not anonymous:
        raise click.UsageError("--hide needs --anonymous.")
    with open_store(ctx, only_existing=True) as store:
        packed: Packed = pack_candidate(
            store, name, viewer(store, interviewer), hide if anonymous else None
        )
        refuse_file_name(folder)
        try:
            folder.mkdir(mode=0o700, parents=True, exist_ok=True)
        except OSError as error:
            raise InterviewKitError(
                f"{folder} cannot be made: {error.strerror or error}.",
                "Choose a folder you can write to. Nothing was written.",
            ) from error
        for file, text in (("pack.json", packed.json), ("pack.html", packed.html)):
            with replace_private_file(folder / file, store.path) as target:
                target.write(text.encode())
    echo(f"Wrote {folder / 'pack.json'} and {folder / 'pack.html'}.", err=True)
    _say_names(packed.names, anonymous=anonymous)


def _say_names(names: dict[str, int], *, anonymous: bool) -> None:
    if not names:
        return
    echo("Words in the notes that look like names (check each; some may not be names):", err=True)
    listed = list(names.items())[:SHOWN]
    for name, count in listed:
        echo(f"  {name} ×{count}", err=True)
    if len(names) > SHOWN:
        echo(f"  and {len(names) - SHOWN} more", err=True)
    if anonymous:
        echo("They are still in the pack. --hide NAME removes one.", err=True)


@candidate.command("erase")
@click.argument("name", shell_complete=complete_candidate)
@click.option("--yes", is_flag=True, help="Do it; without this, only list what would be deleted.")
@click.option(
    "--why",
    "reason",
    type=click.Choice([reason.value for reason in Why]),
    default=Why.REQUEST.value,
    show_default=True,
    help="What the receipt says.",
)
@click.option(
    "--leave-mentions",
    is_flag=True,
    help="Leave the name where it is mentioned in others' records.",
)
@click.option("--backups", is_flag=True, help="Also delete the backups that hold the person.")
@click.option("--json", "as_json", is_flag=True, help="One JSON object on stdout.")
@interviewer_option()
@click.pass_context
def erase(
    ctx: click.Context,
    name: str,
    reason: str,
    interviewer: str | None,
    *,
    yes: bool,
    leave_mentions: bool,
    backups: bool,
    as_json: bool,
) -> None:
    """Erase NAME from every table, the search index, the free pages and the journal, for good.

    Without --yes it only lists what would be deleted. Refused under a legal hold, while the
    records are open anywhere else, and while others' records mention the name, unless
    --leave-mentions says that you have looked at them.
    """
    with open_store(ctx, only_existing=True) as store:
        person = store.candidate(name)
        door = store.erasing()
        plan = door.plan(person, viewer(store, interviewer))
        if not as_json:
            _say_plan(plan)
        if not yes:
            if as_json:
                print_json(_plan_data(plan, None))
            _say_what_holds(store, person)
            echo("Nothing was erased. Add --yes to do it.", err=True)
            return
        if any(mention.is_whole for mention in plan.mentions) and not leave_mentions:
            raise BlockedError(
                f"The name {person.name} is also in others' records, which an erasure leaves as "
                "they are.",
                "Look at the lines above, then add --leave-mentions. Nothing was erased.",
            )
        erased = door.erase([person], Why(reason))
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
    for mention in sorted(plan.mentions, key=lambda mention: not mention.is_whole)[:SHOWN]:
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
            {"where": mention.where, "text": mention.text, "is_whole": mention.is_whole}
            for mention in plan.mentions
        ],
        "receipt": receipt and receipt_data(receipt),
    }


def _say_what_holds(store: "Store", person: "Candidate") -> None:
    (clock,) = store.retention().clocks(person)
    for role_clock in clock.holds:
        echo(
            f"Legal hold on {role_clock.role.title}: {role_clock.hold}. It would be refused.",
            err=True,
        )


def say_backups(backups: "Sequence[BackupWithPerson]", *, remove: bool) -> None:
    """What of the person is left elsewhere, or that it was deleted."""
    from interviewkit.settings import load_settings, settings_path
    from interviewkit.storage.privacy.erased_backups import remove_backups

    if remove and backups:
        for path in remove_backups([backup for backup in backups if backup.is_removable]):
            echo(f"Deleted the backup {path}.", err=True)
        backups = [backup for backup in backups if not backup.is_removable]
    for backup in backups:
        state = "still holds" if backup.is_read else "cannot be read here and may hold"
        origin = (
            "" if backup.is_own else " It is not a backup of these records, so --backups leaves it."
        )
        echo(f"The backup {backup.path} {state} what was erased.{origin}", err=True)
    if backups and not remove:
        count = load_settings(settings_path()).settings.backups
        upkeep = (
            f"The program keeps the last {count} of each kind and deletes older ones as newer are "
            "made"
            if count
            else "The settings keep no daily backups, so the program deletes none of these"
        )
        echo(f"{upkeep}; --backups deletes these now.", err=True)
    echo(
        "Exports, workbooks and copies made elsewhere cannot be found from here: delete them "
        "yourself.",
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


def _start_of(standing: "Standing") -> tuple[str, str]:
    return standing.interview.started_at, standing.interview.id


def _of(
    candidate: "Candidate", standings: "Sequence[Standing]", *, submitted: bool = False
) -> "list[Standing]":
    return [
        standing
        for standing in standings
        if standing.interview.candidate.id == candidate.id
        and (standing.interview.submitted_at or not submitted)
    ]


def _data(clock: "RetentionClock", standings: "Sequence[Standing]") -> dict[str, object]:
    mine = _of(clock.candidate, standings)
    done = sum(standing.interview.submitted_at is not None for standing in mine)
    return {
        "id": clock.candidate.id,
        "name": clock.candidate.name,
        "reference": clock.candidate.reference,
        "roles": [clock_data(clock, index) for index in range(len(clock.roles))],
        "scorecards": done,
        "under_way": len(mine) - done,
        "keep_until": clock.due and clock.due.isoformat(),
        "legal_hold": bool(clock.holds),
    }


def clock_data(clock: "RetentionClock", index: int) -> dict[str, object]:
    """One role's clock for --json."""
    role_clock = clock.roles[index]
    return {
        "role": role_clock.role.title,
        "last": role_clock.last.isoformat(),
        "decided": role_clock.decided and role_clock.decided.isoformat(),
        "months": role_clock.months,
        "until": role_clock.due and role_clock.due.isoformat(),
        "legal_hold": role_clock.hold,
    }


def _line(interview: Mapping[str, object]) -> tuple[str, ...]:
    recommendation = str(interview["recommendation"] or "").replace("_", " ")
    if interview["withheld"]:
        recommendation = "withheld"
    day = str(local_day(str(interview["submitted_at"] or interview["started_at"])))
    state = "submitted" if interview["submitted_at"] else "under way"
    origin = f"from {interview['origin']}" if interview["origin"] else ""
    return (
        day,
        state,
        str(interview["role"]),
        str(interview["interviewer"]),
        recommendation,
        origin,
    )


add_record_commands(candidate, RecordKind.CANDIDATE)
