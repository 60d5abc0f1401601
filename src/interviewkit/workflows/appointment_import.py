"""Candidates and interviews planned from tables and calendar invitations."""

from collections.abc import Sequence
from pathlib import Path
from typing import NamedTuple

from interviewkit.errors import InterviewKitError
from interviewkit.intake.appointments import (
    CandidateRow,
    Circumstances,
    appointment_of,
    kit_for,
    read_candidate_table,
)
from interviewkit.intake.calendar_file import Invitation, read_invitations
from interviewkit.interview.people import RecordKind
from interviewkit.interview.plan import Appointment, PlanEntry, ScheduleChange
from interviewkit.storage.store import Store

CALENDAR = frozenset({".ics", ".ical", ".ifb", ".vcs"})


class PlanFiles(NamedTuple):
    """What stands in the files of an import."""

    rows: list[CandidateRow]
    invitations: list[Invitation]


class PlanImport(NamedTuple):
    """What an import changed; ``candidates`` counts those made without an interview."""

    changes: list[tuple[PlanEntry, ScheduleChange]]
    candidates: int


def read_plan_files(files: Sequence[Path]) -> PlanFiles:
    """The rows and invitations of all files; InterviewKitError for the first that is at fault."""
    rows = [row for file in files if not _is_calendar(file) for row in read_candidate_table(file)]
    invitations = [item for file in files if _is_calendar(file) for item in read_invitations(file)]
    return PlanFiles(rows, invitations)


def plan_from_files(store: Store, content: PlanFiles, circumstances: Circumstances) -> PlanImport:
    """Plan all of it, or nothing where a row, an invitation or a name is unclear.

    InterviewKitError says what is missing, AmbiguousNameError which name could mean several.
    """
    circumstances = circumstances._replace(
        names=tuple(person.name for person in store.candidates()),
        roles=tuple(role.title for role in store.roles()),
    )
    listed = [_with_known(store, _from_row(row, circumstances)) for row in content.rows]
    invited_to = [
        (
            item,
            None if item.is_cancelled else _with_known(store, appointment_of(item, circumstances)),
        )
        for item in content.invitations
    ]
    planning = store.planning()
    changes: list[tuple[PlanEntry, ScheduleChange]] = []
    candidates = 0
    with planning.all_or_nothing():
        for appointment in listed:
            if appointment.interviewers:
                changes += planning.schedule(appointment)
            else:
                candidates += planning.add_candidate(appointment.candidate, appointment.reference)
        for item, invited in invited_to:
            if invited is None:
                changes += planning.cancel_appointment(item.uid, item.sequence)
            else:
                changes += planning.schedule(invited)
    return PlanImport(changes, candidates)


def _is_calendar(file: Path) -> bool:
    return file.suffix.lower() in CALENDAR


def _from_row(row: CandidateRow, circumstances: Circumstances) -> Appointment:
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


def _with_known(store: Store, appointment: Appointment) -> Appointment:
    """Without a reference that the records do not have, where the name alone is somebody's."""
    if not appointment.reference:
        return appointment
    registry = store.registry()
    is_known = registry.lookup(RecordKind.CANDIDATE, appointment.reference) is not None
    record = None if is_known else registry.lookup(RecordKind.CANDIDATE, appointment.candidate)
    if record is None or record.reference:
        return appointment
    return appointment._replace(candidate=record.id, reference="")
