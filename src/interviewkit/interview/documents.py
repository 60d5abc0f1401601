"""What leaves the records and enters them: the types that export, import and storage share."""

from collections.abc import Mapping
from typing import TYPE_CHECKING, NamedTuple, Union

from interviewkit.interview.record_kinds import tell_kinds_apart
from interviewkit.interview.records import Amendment, Answer, Decision, Interview

if TYPE_CHECKING:  # every start imports this module, and few starts export or import
    from interviewkit.banks.loader import BankFile
    from interviewkit.interview.calibration import BlindRatings, CalibrationSet
    from interviewkit.interview.shared_records import SharedRecord

Document = Mapping[str, object]
NOTHING = "Nothing was imported."


class LogHead(NamedTuple):
    """How long an audit log is and the link it ends with: what an end cut off does not fit."""

    length: int
    link: str


class Visit(NamedTuple):
    """A stay at one question or page, from when to when; pauses stand between visits."""

    question: str
    start: str
    end: str


class SealedScorecard(NamedTuple):
    """A scorecard that came in: its content, and its document as it was sealed.

    ``body`` are the bytes that the seal was verified over, and then ``document`` goes without the
    lists in it, which ``answers`` hold: of ten thousand nothing is kept twice. A scorecard that was
    sealed just now has no ``body``.
    """

    interview: Interview
    answers: list[Answer]
    document: Document
    body: bytes = b""


class SealedAmendment(NamedTuple):
    """An amendment that came in, and its document as it was sealed."""

    amendment: Amendment
    document: Document


class SealedDecision(NamedTuple):
    """A decision that came in, and its document."""

    decision: Decision
    document: Document


class DocumentSignature(NamedTuple):
    """A signature over the document with this id and this seal."""

    document: str
    sha256: str
    key: str
    signature: str


Sealed = SealedScorecard | SealedAmendment | SealedDecision
Offer = Union[
    "BankFile",
    "SharedRecord",
    LogHead,
    Sealed,
    DocumentSignature,
    "CalibrationSet",
    "BlindRatings",
]


tell_kinds_apart(globals())
