"""The shape of the interchange lines: what other programs may rely on.

``records schema`` prints these models as JSON Schema, so their docstrings and descriptions are
documentation. A field that is not here is refused, because what is not understood could not be
given back.
"""

from typing import Annotated, Literal, Self

from pydantic import ConfigDict, Field, StringConstraints, TypeAdapter, model_validator

from interviewkit.banks.elements import Element
from interviewkit.exchange import people_lines
from interviewkit.exchange.calibration_lines import (
    CalibrationLine,
    CalibrationSetLine,
)
from interviewkit.exchange.line_fields import (
    BankText,
    Id,
    Moment,
    Name,
    PlainId,
    PlainName,
    Seconds,
    Sentence,
    Sha256,
    Text,
)
from interviewkit.exchange.line_fields import LinePart as _Part
from interviewkit.exchange.people_lines import NamedLine, SharedLine
from interviewkit.interview.kit_signature import KIT_ORIGIN
from interviewkit.interview.records import Course, Outcome, Recommendation


class BankReference(_Part):
    """The bank an interview used: its id, and the hash of its text as it was that day."""

    id: Id
    sha256: Sha256


class NoteEntry(_Part):
    """One note. ``probe`` is the id of the probe it hangs under, or null."""

    id: Id
    at: Moment
    text: Text
    probe: Id | None


class ProbeEntry(_Part):
    """A probe that was asked, in the words it had, and what it brought."""

    probe: Id
    text: Text
    elicits: tuple[Element, ...]
    asked_at: Moment
    outcome: Outcome | None


class Note3Entry(NoteEntry):
    """A note of format 3. ``marked``: its interviewer ties it to the answer's rating."""

    marked: Annotated[bool, Field(strict=True)] = False


class FollowUpEntry(_Part):
    """A follow-up in the interviewer's own words, and what it brought."""

    id: Id
    text: Text
    asked_at: Moment
    outcome: Outcome | None


class AnswerEntry(_Part):
    """The answer to one question. A rating of null is "not assessed", never zero.

    Ratings run from 1 to the top of the bank's scale, which is 5 unless the bank says otherwise.
    ``ticks``: elements of the story that the interviewer ticked or unticked by hand.
    """

    question: Id
    competency: Id
    rating: Annotated[int, Field(strict=True, ge=1, le=7)] | None
    skipped: Text | None = None
    seconds: Seconds
    notes: tuple[NoteEntry, ...]
    probes: tuple[ProbeEntry, ...]
    ticks: dict[Element, Annotated[bool, Field(strict=True)]] = {}  # noqa: RUF012 - pydantic copies it


class PageEntry(_Part):
    """Notes on what was said before the first or after the last question."""

    page: Literal["opening", "closing"]
    seconds: Seconds
    notes: tuple[NoteEntry, ...]


class Answer3Entry(AnswerEntry):
    """The answer to one question in format 3. The ids of ``follow_ups`` are those of no probe."""

    notes: tuple[Note3Entry, ...]
    follow_ups: tuple[FollowUpEntry, ...] = ()


class BankLine(_Part):
    """A question bank. ``text`` is the whole YAML file, ``sha256`` the hash of its UTF-8 bytes."""

    type: Literal["bank"]
    id: PlainId
    sha256: Sha256
    text: BankText


class RoleLine(NamedLine):
    """A position that is being filled."""

    type: Literal["role"]
    title: PlainName


class CandidateLine(NamedLine):
    """A person who is interviewed."""

    type: Literal["candidate"]
    name: PlainName


class VisitEntry(_Part):
    """A stay at a question or a page (``@opening``, ``@closing``); pauses are between visits."""

    model_config = ConfigDict(serialize_by_alias=True)

    question: Id
    start: Annotated[Moment, Field(alias="from")]
    end: Annotated[Moment, Field(alias="to")]


class LogHeadEntry(_Part):
    """How many rows the log had, and the link it ended with."""

    count: Annotated[int, Field(strict=True, ge=0)]
    link: Annotated[str, StringConstraints(pattern=r"^([0-9a-f]{64})?$", strict=True)]


class ScorecardLine(_Part):
    """A submitted interview of format 1. ``candidate`` and ``role`` are the ids of their lines.

    ``sha256`` is the seal: the SHA-256, in lower-case hexadecimal, of this object without
    ``sha256``, as JSON with sorted keys, no white space, UTF-8 and no needless escapes.
    """

    type: Literal["scorecard"]
    id: Id
    candidate: Id
    role: Id
    bank: BankReference
    kit: Id
    interviewer: Name
    started_at: Moment
    submitted_at: Moment
    recommendation: Recommendation
    summary: Text
    reason: Text = ""
    answers: tuple[AnswerEntry, ...]
    pages: tuple[PageEntry, ...] = ()
    sha256: Sha256


class Scorecard2Line(ScorecardLine):
    """A submitted interview of format 2, which also says who took part as their names stood.

    ``origin`` names another system that the scorecard comes from; only then may the recommendation
    be null. ``log_head`` is the log as it was at the sealing.
    """

    format: Literal[2]
    origin: Annotated[str, StringConstraints(min_length=1, max_length=200, strict=True)] | None = (
        None
    )
    recommendation: Recommendation | None  # type: ignore[assignment]
    candidate_name: Name
    candidate_reference: Text = ""
    role_title: Name
    interviewer_id: Text = ""
    visits: tuple[VisitEntry, ...] = ()
    log_head: LogHeadEntry | None = None

    @model_validator(mode="after")
    def _names_plain_origin(self) -> Self:
        if self.origin and self.origin.startswith(KIT_ORIGIN) and self.origin != KIT_ORIGIN:
            raise ValueError(f"origin: whether {KIT_ORIGIN} was signed is not for it to say")
        return self

    @model_validator(mode="after")
    def _has_recommendation(self) -> Self:
        if self.recommendation is None and self.origin is None:
            raise ValueError(
                "recommendation may be null only where origin names the system it comes from"
            )
        return self


class Scorecard3Line(Scorecard2Line):
    """A submitted interview of format 3: with own follow-ups and marked notes.

    ``follow_ups`` and ``marked`` are left out where there are none.
    """

    format: Literal[3]  # type: ignore[assignment]
    answers: tuple[Answer3Entry, ...]


class AmendmentLine(_Part):
    """What an interviewer added to a scorecard after it was sealed, and why; format 1.

    ``what`` is "rating" (``value`` a digit, or null for not assessed), "note" (a text) or
    "recommendation" (one of the four; ``question`` is then empty). The original stays as it was.
    """

    type: Literal["amendment"]
    id: Id
    scorecard: Id
    question: Text
    what: Literal["rating", "note", "recommendation"]
    value: Text | None
    reason: Sentence
    interviewer: Name
    at: Moment

    @model_validator(mode="after")
    def _fits(self) -> Self:
        fits = {
            "rating": self.value in (None, "1", "2", "3", "4", "5", "6", "7"),
            "note": bool(self.value and self.value.strip()),
            "recommendation": self.value in list(Recommendation) and not self.question,
            "outcome": self.value in (None, *Outcome),  # from format 3 on
        }
        if not fits[self.what]:
            raise ValueError(f"{self.value!r} is not a valid {self.what}")
        return self


class Amendment2Line(AmendmentLine):
    """An amendment of format 2: sealed as a scorecard is."""

    format: Literal[2]
    interviewer_id: Text = ""
    sha256: Sha256


class Amendment3Line(Amendment2Line):
    """An amendment of format 3, which may correct an outcome.

    ``what`` is then "outcome", ``probe`` the id of the probe or own follow-up, and ``value`` one of
    the outcomes, or null for "not noted". ``probe`` is empty otherwise.
    """

    format: Literal[3]  # type: ignore[assignment]
    what: Literal["rating", "note", "recommendation", "outcome"]  # type: ignore[assignment]
    probe: Text = ""

    @model_validator(mode="after")
    def _has_probe(self) -> Self:
        if (self.what == "outcome") != bool(self.probe):
            raise ValueError("probe goes with an outcome, and an outcome with a probe")
        return self


class DecisionLine(_Part):
    """What a panel decided on a candidate for a role, in its debrief; format 1.

    ``candidate`` and ``role`` are the ids of their lines, ``by`` is who wrote it down. Of several
    the last one stands; it never changes a scorecard.
    """

    type: Literal["decision"]
    id: Id
    role: Id
    candidate: Id
    course: Course
    reason: Sentence
    next_steps: Text = ""
    by: Name
    at: Moment


class Decision2Line(DecisionLine):
    """A decision of format 2: sealed as a scorecard is."""

    format: Literal[2]
    by_id: Text = ""
    sha256: Sha256


class LogHeadLine(_Part):
    """The log of the records that were exported: how long it was, and the link it ended with.

    An export kept elsewhere so shows whether the end of the log was cut off later.
    """

    type: Literal["log_head"]
    count: Annotated[int, Field(strict=True, ge=0)]
    link: Annotated[str, StringConstraints(pattern=r"^([0-9a-f]{64})?$", strict=True)]


class SignatureLine(_Part):
    """An Ed25519 signature over a scorecard that was filled in as a file.

    ``document`` and ``sha256`` are the scorecard's id and seal, ``key`` is the public key of the
    file. ``signature`` is made over this object without ``signature``, written as for a seal.
    """

    type: Literal["signature"]
    document: Id
    sha256: Sha256
    key: Sha256
    signature: Annotated[str, StringConstraints(pattern=r"^[0-9a-f]{128}$", strict=True)]


Line = (
    BankLine
    | RoleLine
    | CandidateLine
    | ScorecardLine
    | Scorecard2Line
    | Scorecard3Line
    | AmendmentLine
    | Amendment2Line
    | Amendment3Line
    | DecisionLine
    | Decision2Line
    | LogHeadLine
    | SignatureLine
    | CalibrationSetLine
    | CalibrationLine
    | SharedLine
)
# (type, format) → the shape of the line; a line without a format is of format 1.
MODELS: dict[tuple[str, int], type[Line]] = {
    ("bank", 1): BankLine,
    ("role", 1): RoleLine,
    ("candidate", 1): CandidateLine,
    ("scorecard", 1): ScorecardLine,
    ("scorecard", 2): Scorecard2Line,
    ("scorecard", 3): Scorecard3Line,
    ("amendment", 1): AmendmentLine,
    ("amendment", 2): Amendment2Line,
    ("amendment", 3): Amendment3Line,
    ("decision", 1): DecisionLine,
    ("decision", 2): Decision2Line,
    ("log_head", 1): LogHeadLine,
    ("signature", 1): SignatureLine,
    ("calibration_set", 1): CalibrationSetLine,
    ("calibration", 1): CalibrationLine,
    **{(kind, 1): model for kind, model in people_lines.MODELS.items()},
}
TYPES = tuple(dict.fromkeys(kind for kind, _ in MODELS))
FORMATS = {kind: [format_ for of, format_ in MODELS if of == kind] for kind in TYPES}


def line_schema() -> dict[str, object]:
    """The JSON Schema, draft 2020-12, of one line."""
    adapter: TypeAdapter[Line] = TypeAdapter(Line)
    return {
        "$schema": "https://json-schema.org/draft/2020-12/schema",
        "title": "One line of an interviewkit records file",
        "description": "JSON Lines: UTF-8, one object a line, in any order.",
        **adapter.json_schema(),
    }
