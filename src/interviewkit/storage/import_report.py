"""What an import did, line by line."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from typing import NamedTuple

from interviewkit.banks.loader import BankFile
from interviewkit.interview.calibration import BlindRatings, CalibrationSet
from interviewkit.interview.documents import (
    DocumentSignature,
    Offer,
    Sealed,
    SealedAmendment,
    SealedDecision,
    SealedScorecard,
)
from interviewkit.interview.kit_signature import SignatureState
from interviewkit.interview.people import Alias, NamedRecord
from interviewkit.interview.records import Course
from interviewkit.interview.shared_records import (
    Gone,
    OfferedPlan,
    OfferedRecord,
    OfferedSettings,
)


class ImportedLine(NamedTuple):
    """What became of one line: ``state`` is new, known, or erased (here, so it was left out)."""

    location: str
    kind: str
    id: str
    name: str
    state: str


@dataclass(frozen=True, slots=True)
class Taken:
    """What an import did, by kind of line and line by line. Known lines changed nothing.

    ``similar`` are records that are new, each with those whose name theirs nearly is. ``kits`` are
    the scorecards among the lines that were filled in as a file, id → what is known of who signed.
    """

    new: Mapping[str, int]
    known: Mapping[str, int]
    lines: Sequence[ImportedLine] = ()
    similar: Sequence[tuple[NamedRecord, Sequence[NamedRecord]]] = ()
    kits: Mapping[str, SignatureState] = field(default_factory=dict)


def identify_offer(offer: Offer) -> tuple[str, str, str]:
    """Kind, id and a name that a person knows a line by."""
    if isinstance(offer, BankFile):
        return "bank", offer.bank.id, offer.bank.title
    if isinstance(offer, SealedScorecard | SealedAmendment | SealedDecision):
        return _identify_sealed(offer)
    if isinstance(offer, DocumentSignature):
        return "signature", offer.document, f"key {offer.key[:12]}…"
    if isinstance(offer, CalibrationSet):
        return "calibration_set", offer.id, offer.title
    if isinstance(offer, BlindRatings):
        return "calibration", offer.id, f"round {offer.round}"
    return _identify_shared(offer)


def _identify_shared(offer: Offer) -> tuple[str, str, str]:
    if isinstance(offer, OfferedRecord):
        return offer.kind.value, offer.id, offer.name
    if isinstance(offer, Alias):
        return "alias", offer.alias_id, f"{offer.kind} {offer.target_id}"
    if isinstance(offer, OfferedSettings):
        return "role_settings", offer.role, f"version {offer.version}"
    if isinstance(offer, OfferedPlan):
        return "plan", offer.id, offer.state.value
    if isinstance(offer, Gone):
        return "gone", offer.id_sha256, offer.kind.value
    return "log_head", "", ""


def _identify_sealed(offer: Sealed) -> tuple[str, str, str]:
    if isinstance(offer, SealedScorecard):
        return "scorecard", offer.interview.id, f"by {offer.interview.interviewer}"
    if isinstance(offer, SealedAmendment):
        amendment = offer.amendment
        return "amendment", amendment.id, f"{amendment.what} by {amendment.interviewer}"
    decision = offer.decision
    return "decision", decision.id, f"{Course(decision.course).words} by {decision.by}"
