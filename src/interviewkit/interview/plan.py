"""What is planned: who will interview whom, for what, with which kit."""

from enum import StrEnum
from typing import NamedTuple

from interviewkit.interview.people import Person
from interviewkit.interview.record_kinds import tell_kinds_apart
from interviewkit.interview.records import Candidate, Role


class PlanState(StrEnum):
    """Whether an entry still holds; an open one blinds its interviewer until they submit."""

    OPEN = "open"
    CANCELLED = "cancelled"


class PlanEntry(NamedTuple):
    """An interview to come. ``bank`` and ``kit`` are empty where they are not chosen yet.

    ``card`` is what the interviewer is to know before: points to verify, what to ask about; nothing
    that blindness keeps from them (see :mod:`interviewkit.interview.card`).
    ``is_submitted``: its interviewer has submitted a scorecard for the candidate and the role, so
    that the entry blinds nobody any more. ``starts_at`` is when the interview begins, "" as long
    as that is open. ``kit_key`` is the public key of the fillable kit that was written last for it,
    in hexadecimal, "" where none was or it has no key. ``bank_sha256`` is the hash of the bank's
    text as the owner of a shared role has it, "" where that is not known.
    """

    id: str
    role: Role
    candidate: Candidate
    interviewer: Person
    bank: str
    kit: str
    state: PlanState
    at: str
    is_submitted: bool = False
    card: str = ""
    starts_at: str = ""
    kit_key: str = ""
    bank_sha256: str = ""

    @property
    def words(self) -> str:
        """Its state, as shown to a person."""
        if self.state is PlanState.CANCELLED:
            return "cancelled"
        return "submitted" if self.is_submitted else "planned"


class Appointment(NamedTuple):
    """An interview that a calendar or a table tells of, with names as they stand there.

    ``uid`` and ``sequence`` are the invitation's, so that a later state of it is told from another
    appointment; "" and 0 where there is none.
    """

    candidate: str
    role: str
    interviewers: tuple[str, ...]
    starts_at: str = ""
    bank: str = ""
    kit: str = ""
    reference: str = ""
    uid: str = ""
    sequence: int = 0


class ScheduleChange(StrEnum):
    """What an appointment did to an entry of the plan."""

    NEW = "new"
    MOVED = "moved"
    KNOWN = "known"
    CANCELLED = "cancelled"
    OLDER = "older"


tell_kinds_apart(globals())
