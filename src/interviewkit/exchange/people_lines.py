"""The interchange lines of people, names, merges, role settings and plans, in and out."""

from typing import Annotated, Literal

from pydantic import Field

from interviewkit.exchange.line_fields import Id, LinePart, Moment, PlainId, PlainName, Sha256, Text
from interviewkit.interview.clock import kept_moment
from interviewkit.interview.limits import LONGEST_CARD
from interviewkit.interview.people import Alias, RecordKind
from interviewkit.interview.plan import PlanState
from interviewkit.interview.role_settings import RoleSettings, Visibility
from interviewkit.interview.shared_records import (
    Gone,
    OfferedPlan,
    OfferedRecord,
    OfferedSettings,
    SharedRecord,
)

Day = Annotated[str, Field(pattern=r"^([0-9]{4}-[0-9]{2}-[0-9]{2})?$", strict=True)]


class NamedLine(LinePart):
    """``reference`` tells records of one name apart, ``spellings`` are other names of the record.

    ``renamed_at`` is there once it was renamed: of two names the one given later counts.
    """

    id: PlainId
    reference: Text = ""
    spellings: tuple[PlainName, ...] = ()
    renamed_at: Moment | None = None


class PersonLine(NamedLine):
    """Somebody who interviews, owns a role or decides; ``reference`` is their e-mail."""

    type: Literal["person"]
    name: PlainName


class RoleSettingsLine(LinePart):
    """What is set for a role; of two lines the one with the higher ``version`` counts.

    ``owner`` is a name, ``owner_id`` the id of that person's line, where it is known. ``shared``:
    the role's documents go to its team.
    """

    type: Literal["role_settings"]
    role: Id
    version: Annotated[int, Field(strict=True, ge=1, le=1_000_000)]
    owner: Text = ""
    owner_id: Text = ""
    visibility: Visibility = Visibility.AFTER_OWN
    place: Text = ""
    months: Annotated[int, Field(strict=True, ge=1, le=1200)] | None = None
    decided: Day = ""
    hold: Text = ""
    shared: Annotated[bool, Field(strict=True)] = False


class PlanLine(LinePart):
    """An interview that is planned; its interviewer is blind until they have submitted.

    ``card`` is what the interviewer is to verify and to ask about, plain text, never a judgement.
    ``kit_key`` is the public Ed25519 key of the file that the interviewer fills in, in lower-case
    hexadecimal, ``bank_sha256`` the hash of the bank's text as the role's owner has it; both are
    left out where there is none.
    """

    type: Literal["plan"]
    id: Id
    role: Id
    candidate: Id
    interviewer: Id
    bank: Text = ""
    kit: Text = ""
    state: PlanState
    at: Moment
    changed_at: Moment
    card: Annotated[str, Field(strict=True, max_length=LONGEST_CARD)] = ""
    kit_key: Annotated[str, Field(pattern=r"^([0-9a-f]{64})?$", strict=True)] = ""
    bank_sha256: Annotated[str, Field(pattern=r"^([0-9a-f]{64})?$", strict=True)] = ""


class GoneLine(LinePart):
    """That a record was erased: the SHA-256 of its id, in lower-case hexadecimal, and no name."""

    type: Literal["gone"]
    kind: RecordKind
    id_sha256: Sha256
    at: Moment
    why: Text


class AliasLine(LinePart):
    """That one record stands for another since they were merged, until ``undone_at``."""

    type: Literal["alias"]
    kind: RecordKind
    alias: Id
    target: Id
    at: Moment
    by: Text
    undone_at: Moment | None = None


SharedLine = PersonLine | RoleSettingsLine | PlanLine | GoneLine | AliasLine
MODELS: dict[str, type[SharedLine]] = {
    "person": PersonLine,
    "role_settings": RoleSettingsLine,
    "plan": PlanLine,
    "gone": GoneLine,
    "alias": AliasLine,
}


def offered_record(kind: RecordKind, name: str, line: NamedLine) -> OfferedRecord:
    """What a line of a role, candidate or person says."""
    renamed_at = kept_moment(line.renamed_at) if line.renamed_at else ""
    return OfferedRecord(kind, line.id, name, line.reference, line.spellings, renamed_at)


def shared_record(line: SharedLine) -> SharedRecord:
    """What a line says, with moments as the records keep them."""
    if isinstance(line, PersonLine):
        return offered_record(RecordKind.PERSON, line.name, line)
    if isinstance(line, RoleSettingsLine):
        settings = RoleSettings(
            line.owner,
            line.visibility,
            line.place,
            line.months,
            line.decided,
            line.hold,
            line.shared,
        )
        return OfferedSettings(line.role, line.version, settings, line.owner_id)
    if isinstance(line, PlanLine):
        return OfferedPlan(
            line.id,
            line.role,
            line.candidate,
            line.interviewer,
            line.bank,
            line.kit,
            line.state,
            kept_moment(line.at),
            kept_moment(line.changed_at),
            line.card,
            line.kit_key,
            line.bank_sha256,
        )
    if isinstance(line, GoneLine):
        return Gone(line.kind, line.id_sha256, kept_moment(line.at), line.why)
    undone_at = kept_moment(line.undone_at) if line.undone_at else ""
    return Alias(line.kind, line.alias, line.target, kept_moment(line.at), line.by, undone_at)


def record_line(record: SharedRecord) -> dict[str, object]:
    """The line of a record; fields that say nothing are left out where a reader expects none."""
    if isinstance(record, OfferedRecord):
        return _record_document(record)
    if isinstance(record, Alias):
        undone = {"undone_at": record.undone_at} if record.undone_at else {}
        return {
            "type": "alias",
            "kind": record.kind,
            "alias": record.alias_id,
            "target": record.target_id,
            "at": record.at,
            "by": record.by,
            **undone,
        }
    if isinstance(record, OfferedSettings):
        of = record.settings
        return {
            "type": "role_settings",
            "role": record.role,
            "version": record.version,
            "owner": of.owner,
            "owner_id": record.owner_id,
            "visibility": of.visibility,
            "place": of.place,
            "months": of.months,
            "decided": of.decided,
            "hold": of.hold,
            **({"shared": True} if of.shared else {}),
        }
    if isinstance(record, OfferedPlan):
        plan = record._asdict()
        optional = ("kit_key", "bank_sha256")
        return {
            "type": "plan",
            **{key: plan[key] for key in plan if plan[key] or key not in optional},
        }
    return {"type": "gone", **record._asdict()}


def _record_document(record: OfferedRecord) -> dict[str, object]:
    name = "title" if record.kind is RecordKind.ROLE else "name"
    optional: dict[str, object] = {
        "reference": record.reference,
        "spellings": list(record.spellings),
        "renamed_at": record.renamed_at,
    }
    present = {key: value for key, value in optional.items() if value}
    return {"type": record.kind, "id": record.id, name: record.name, **present}
