"""``plan import``: candidates and interviews out of tables and calendar invitations."""

from collections.abc import Iterator
from pathlib import Path
from typing import TYPE_CHECKING

import click

from interviewkit.cli.completers import (
    complete_bank_id,
    complete_candidate,
    complete_interviewer,
    complete_kit,
    complete_role,
)
from interviewkit.cli.context import open_store
from interviewkit.cli.output import echo, print_rows
from interviewkit.errors import InterviewKitError
from interviewkit.interview.people import RecordKind

if TYPE_CHECKING:
    from interviewkit.intake.appointments import CandidateRow, Circumstances
    from interviewkit.interview.plan import Appointment, PlanEntry, ScheduleChange
    from interviewkit.storage.store import Store

    Change = tuple[PlanEntry, ScheduleChange]
CALENDAR = {".ics", ".ical", ".ifb", ".vcs"}


@click.command("import")
@click.argument(
    "files", nargs=-1, required=True, metavar="FILE...", type=click.Path(path_type=Path)
)
@click.option(
    "--role",
    default="",
    metavar="TITLE",
    shell_complete=complete_role,
    help="The role, if the file does not name one.",
)
@click.option(
    "--candidate",
    default="",
    metavar="NAME",
    shell_complete=complete_candidate,
    help="The candidate, if an invitation does not name one.",
)
@click.option(
    "--interviewer",
    "interviewers",
    multiple=True,
    metavar="NAME",
    shell_complete=complete_interviewer,
    help="The interviewer, if an invitation does not name one; can be repeated.",
)
@click.option(
    "--domain",
    "domains",
    multiple=True,
    metavar="NAME",
    help="The domain of your own addresses, such as example.com; can be repeated.",
)
@click.option(
    "--bank",
    "bank_id",
    default="",
    metavar="ID",
    shell_complete=complete_bank_id,
    help="The question bank; plans its kit that the file names.",
)
@click.option(
    "--kit",
    "kit_id",
    default="",
    metavar="ID",
    shell_complete=complete_kit,
    help="One of its kits.",
)
@click.pass_context
def import_plan(
    ctx: click.Context,
    files: tuple[Path, ...],
    role: str,
    candidate: str,
    interviewers: tuple[str, ...],
    domains: tuple[str, ...],
    bank_id: str,
    kit_id: str,
) -> None:
    """Plan what is in each FILE: a table of candidates (.csv, .xlsx) or invitations (.ics).

    A table has the columns name, reference, role, round, interviewer, when; a row without an
    interviewer only makes the candidate. An invitation again, moved or cancelled, brings the plan
    up to date. All files are read before anything is planned.
    """
    from interviewkit.intake.appointments import (
        Circumstances,
        appointment_of,
        read_candidate_table,
    )
    from interviewkit.intake.calendar_file import read_invitations

    circumstances = Circumstances(
        role=role,
        candidate=candidate,
        interviewers=interviewers,
        domains=frozenset(name.lower().lstrip("@") for name in domains),
        bank=bank_id,
        kit=kit_id,
        kits=_kits(bank_id, kit_id),
    )
    tables = [row for file in files if not _is_calendar(file) for row in read_candidate_table(file)]
    invitations = [item for file in files if _is_calendar(file) for item in read_invitations(file)]
    with open_store(ctx) as store:
        circumstances = circumstances._replace(
            names=tuple(person.name for person in store.candidates()),
            roles=tuple(known_role.title for known_role in store.roles()),
        )
        planned = [_with_known(store, _from_row(row, circumstances)) for row in tables]
        invited_to = [
            (
                item,
                None
                if item.is_cancelled
                else _with_known(store, appointment_of(item, circumstances)),
            )
            for item in invitations
        ]
        changes: list[Change] = []
        candidates_only = 0
        for appointment in planned:
            if appointment.interviewers:
                changes += store.planning().schedule(appointment)
            else:
                candidates_only += store.planning().add_candidate(
                    appointment.candidate, appointment.reference
                )
        for item, invited in invited_to:
            if invited is None:
                changes += store.planning().cancel_appointment(item.uid, item.sequence)
            else:
                changes += store.planning().schedule(invited)
    if changes:
        print_rows([_line(entry, change) for entry, change in changes], err=True)
    series = sum(item.is_series for item in invitations)
    if series:
        echo(f"{series} of the invitations are a series; only the first date counts.", err=True)
    if candidates_only:
        echo(f"Candidates without an interviewer yet, added: {candidates_only}.", err=True)
    echo(f"Planned: {_counts(changes)}.", err=True)


def _is_calendar(file: Path) -> bool:
    return file.suffix.lower() in CALENDAR


def _kits(bank_id: str, kit_id: str) -> dict[str, str]:
    """Id → name of a bank's kits; NotFoundError for a bank or kit that there is not."""
    if not bank_id:
        if kit_id:
            raise click.UsageError("--kit goes with --bank.")
        return {}
    from interviewkit.banks.library import find_bank
    from interviewkit.banks.loader import read_bank

    bank = read_bank(find_bank(bank_id).path).bank
    if kit_id:
        bank.kit(kit_id)
    return {kit.id: kit.name for kit in bank.kits}


def _from_row(row: "CandidateRow", circumstances: "Circumstances") -> "Appointment":
    from interviewkit.intake.appointments import kit_for
    from interviewkit.interview.plan import Appointment

    role = row.role or circumstances.role
    interviewers = row.interviewers or circumstances.interviewers
    if interviewers and not role:
        raise InterviewKitError(
            f"{row.location}: which role is it for?", "Fill in the column, or give --role TITLE."
        )
    kit = circumstances.kit or (kit_for(row.round, circumstances.kits) if row.round else "")
    return Appointment(
        candidate=row.candidate,
        role=role,
        interviewers=interviewers,
        starts_at=row.starts_at,
        bank=circumstances.bank,
        kit=kit,
        reference=row.reference,
    )


def _with_known(store: "Store", appointment: "Appointment") -> "Appointment":
    """Without a reference that the records do not have, where the name alone is somebody's."""
    if not appointment.reference:
        return appointment
    registry = store.registry()
    is_known = registry.lookup(RecordKind.CANDIDATE, appointment.reference) is not None
    record = None if is_known else registry.lookup(RecordKind.CANDIDATE, appointment.candidate)
    if record is None or record.reference:
        return appointment
    return appointment._replace(candidate=record.id, reference="")


def _line(entry: "PlanEntry", change: "ScheduleChange") -> tuple[str, ...]:
    from interviewkit.interview.clock import local

    moment = f"{local(entry.starts_at):%Y-%m-%d %H:%M}" if entry.starts_at else "no time yet"
    people = (entry.candidate.name, entry.role.title, entry.interviewer.name)
    return (change.value, moment, *people, entry.kit or "any kit")


def _counts(changes: "list[Change]") -> str:
    from interviewkit.interview.plan import ScheduleChange

    counts: Iterator[str] = (
        f"{count} {change.value}"
        for change in ScheduleChange
        if (count := sum(kind is change for _, kind in changes))
    )
    return ", ".join(counts) or "nothing"
