"""Invitations as appointments, and the rows of a table of candidates."""

import re
from collections.abc import Collection, Iterator, Mapping
from datetime import datetime
from pathlib import Path
from typing import NamedTuple

from interviewkit.errors import InterviewKitError
from interviewkit.intake.calendar_file import Attendee, Invitation
from interviewkit.intake.list_files import read_source
from interviewkit.intake.list_source import Row, Table
from interviewkit.interview.clock import stamp
from interviewkit.interview.people import normalize_name
from interviewkit.interview.plan import Appointment

COLUMNS: Mapping[str, str] = {
    "candidate": r"(candidate|applicant|full|bewerber)?[ _]?name|candidate|applicant|bewerber(in)?",
    "reference": r"(candidate[ _])?(reference|ref|id|number|e-?mail( address)?)|referenz|nummer",
    "role": r"role|position|job( title)?|title|stelle|rolle",
    "round": r"round|stage|step|kit|interview( type)?|runde",
    "interviewer": r"interviewers?( names?)?|panel|interviewer(in)?",
    "when": r"when|date|time|starts?|date ?(and|&)? ?time|scheduled( at)?|wann|termin|datum",
}
_FORMATS = (
    *("%Y-%m-%d %H:%M", "%Y-%m-%d %H:%M:%S", "%d.%m.%Y %H:%M", "%d.%m.%Y %H:%M:%S"),
    *("%d %b %Y %H:%M", "%d %B %Y %H:%M", "%Y/%m/%d %H:%M"),
)


class Circumstances(NamedTuple):
    """What the user says, or the records know, that an invitation does not tell.

    ``domains`` are those of the interviewers; ``names`` of candidates that the records have.
    """

    role: str = ""
    candidate: str = ""
    interviewers: tuple[str, ...] = ()
    domains: frozenset[str] = frozenset()
    names: tuple[str, ...] = ()
    roles: tuple[str, ...] = ()
    bank: str = ""
    kit: str = ""
    kits: Mapping[str, str] = {}


def appointment_of(invitation: Invitation, circumstances: Circumstances) -> Appointment:
    """The appointment; InterviewKitError names what is unclear and the option that settles it."""
    domains = circumstances.domains or _organizers_domain(invitation)
    guests = [person for person in invitation.attendees if person.domain not in domains]
    candidate = circumstances.candidate or _named_in(invitation.summary, circumstances.names)
    reference = ""
    if not candidate:
        if len(guests) != 1:
            guest_names = ", ".join(guest.name for guest in guests) or "nobody from outside"
            raise InterviewKitError(
                f"{invitation.location}: who is the candidate? It invites {guest_names}.",
                "Say so with --candidate NAME, or your own domains with --domain.",
            )
        candidate, reference = guests[0].name, guests[0].email
    role = circumstances.role or _named_in(invitation.summary, circumstances.roles)
    if not role:
        raise InterviewKitError(
            f"{invitation.location}: which role is it for?", "Say so with --role TITLE."
        )
    interviewers = circumstances.interviewers or _interviewers(invitation, domains, candidate)
    if not interviewers:
        raise InterviewKitError(
            f"{invitation.location}: it invites no interviewer.", "Say who with --interviewer NAME."
        )
    kit = circumstances.kit or kit_for(invitation.summary, circumstances.kits)
    return Appointment(
        candidate=candidate,
        role=role,
        interviewers=interviewers,
        starts_at=invitation.starts_at,
        bank=circumstances.bank if kit or not circumstances.kits else "",
        kit=kit,
        reference=reference,
        uid=invitation.uid,
        sequence=invitation.sequence,
    )


def kit_for(text: str, kits: Mapping[str, str]) -> str:
    """The id of the one kit whose name or id is in a text, else ""; ``kits`` are id → name."""
    normalized = normalize_name(text)
    chosen = [
        kit
        for kit, name in kits.items()
        if normalize_name(name) in normalized or normalize_name(kit) in normalized
    ]
    return chosen[0] if len(chosen) == 1 else ""


def _organizers_domain(invitation: Invitation) -> frozenset[str]:
    organizer = invitation.organizer
    return frozenset([organizer.domain]) if organizer else frozenset()


def _interviewers(
    invitation: Invitation, domains: Collection[str], candidate: str
) -> tuple[str, ...]:
    """The attendees of our own; the organizer only where nobody else is."""
    ours = [person for person in invitation.attendees if person.domain in domains]
    attendees = [person for person in ours if person != invitation.organizer]
    chosen: list[Attendee] = attendees or ours
    if not chosen and invitation.organizer:
        chosen = [invitation.organizer]
    applicant = normalize_name(candidate)
    names = [person.name for person in chosen if normalize_name(person.name) != applicant]
    return tuple(dict.fromkeys(names))


def _named_in(text: str, names: Collection[str]) -> str:
    """The one name in a text, the longest where one contains the other."""
    normalized = normalize_name(text)
    matches = [name for name in names if name and normalize_name(name) in normalized]
    longest = max(matches, key=len, default="")
    is_clear = all(normalize_name(name) in normalize_name(longest) for name in matches)
    return longest if is_clear else ""


class CandidateRow(NamedTuple):
    """A row of a table of candidates; what it leaves open is ""."""

    location: str
    candidate: str
    reference: str
    role: str
    round: str
    interviewers: tuple[str, ...]
    starts_at: str


def read_candidate_table(path: Path) -> list[CandidateRow]:
    """The rows of a .csv or .xlsx; InterviewKitError names the row or column at fault."""
    tables = [block for block in read_source(path) if isinstance(block, Table)]
    rows = [row for table in tables for row in _table_rows(path, table)]
    if not rows:
        raise InterviewKitError(
            f"{path} holds no candidates.",
            "The first row names the columns: name, reference, role, round, interviewer, when.",
        )
    return rows


def _table_rows(path: Path, table: Table) -> Iterator[CandidateRow]:
    heads = {
        name: at
        for at, cell in reversed(list(enumerate(table.rows[0].cells)))
        for name, headings in COLUMNS.items()
        if re.fullmatch(headings, cell.strip(), re.IGNORECASE)
    }
    if "candidate" not in heads:
        raise InterviewKitError(
            f"{path}, {table.rows[0].location}: no column is called name.",
            "The first row names the columns: name, reference, role, round, interviewer, when.",
        )
    for row in table.rows[1:]:
        yield _candidate_row(path, row, heads)


def _candidate_row(path: Path, row: Row, heads: Mapping[str, int]) -> CandidateRow:
    cells = {
        name: row.cells[at].strip() if at < len(row.cells) else "" for name, at in heads.items()
    }
    location = f"{path}, {row.location}"
    if not cells["candidate"]:
        raise InterviewKitError(
            f"{location}: the name is missing.", "Fill it in, or delete the row."
        )
    people = [name.strip() for name in re.split(r"[;\n&]|, ", cells.get("interviewer", ""))]
    return CandidateRow(
        location,
        cells["candidate"],
        cells.get("reference", ""),
        cells.get("role", ""),
        cells.get("round", ""),
        tuple(filter(None, people)),
        _moment(location, cells.get("when", "")),
    )


def _moment(location: str, text: str) -> str:
    """A time as people write it, local where no zone is named; "" stays open."""
    text = re.sub(r"\s+", " ", text.replace(",", " ")).strip()
    if not text:
        return ""
    try:
        return stamp(datetime.fromisoformat(text).astimezone())
    except (ValueError, OverflowError):
        pass
    for pattern in _FORMATS:
        try:
            return stamp(datetime.strptime(text, pattern).astimezone())
        except (ValueError, OverflowError):
            continue
    raise InterviewKitError(
        f"{location}: {text!r} is no time that can be read.", "Write it as 2026-03-02 14:30."
    )
