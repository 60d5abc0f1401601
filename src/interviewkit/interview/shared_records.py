"""What machines tell each other besides scorecards: people, names, merges, settings, plans."""

from typing import NamedTuple

from interviewkit.interview.people import Alias, RecordKind
from interviewkit.interview.plan import PlanState
from interviewkit.interview.record_kinds import tell_kinds_apart
from interviewkit.interview.role_settings import RoleSettings


class OfferedRecord(NamedTuple):
    """A person, role or candidate as another machine knows them.

    ``renamed_at`` is empty as long as the record bears its first name; of two names the one given
    later counts.
    """

    kind: RecordKind
    id: str
    name: str
    reference: str = ""
    spellings: tuple[str, ...] = ()
    renamed_at: str = ""


class OfferedSettings(NamedTuple):
    """The settings of a role; of two versions the higher counts."""

    role: str
    version: int
    settings: RoleSettings
    owner_id: str


class OfferedPlan(NamedTuple):
    """An entry of the plan, with ids for names; of two entries the one changed later counts.

    ``kit_key`` is the public key of the file its interviewer fills in, "" where there is none;
    ``bank_sha256`` the hash of the bank's text in its owner's library, "" where it is not known.
    """

    id: str
    role: str
    candidate: str
    interviewer: str
    bank: str
    kit: str
    state: PlanState
    at: str
    changed_at: str
    card: str = ""
    kit_key: str = ""
    bank_sha256: str = ""


class Gone(NamedTuple):
    """That a record was erased: the SHA-256 of its id, when and why."""

    kind: RecordKind
    id_sha256: str
    at: str
    why: str


SharedRecord = Gone | OfferedRecord | Alias | OfferedSettings | OfferedPlan


tell_kinds_apart(globals())
