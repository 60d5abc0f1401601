"""What a line of an import is called in its report."""

from interviewkit.banks.loader import BankFile
from interviewkit.interview.calibration import BlindRatings, CalibrationSet
from interviewkit.interview.documents import Offer, SealedAmendment, SealedDecision, SealedScorecard
from interviewkit.interview.people import Alias
from interviewkit.interview.records import Course
from interviewkit.interview.shared_records import Gone, OfferedPlan, OfferedRecord, OfferedSettings


def offer_identity(offer: Offer) -> tuple[str, str, str]:
    """Kind, id and a name that a person knows a line by."""
    if isinstance(offer, BankFile):
        return "bank", offer.bank.id, offer.bank.title
    if isinstance(offer, SealedScorecard):
        return "scorecard", offer.interview.id, f"by {offer.interview.interviewer}"
    if isinstance(offer, SealedAmendment):
        amendment = offer.amendment
        return "amendment", amendment.id, f"{amendment.what} by {amendment.interviewer}"
    if isinstance(offer, SealedDecision):
        decision = offer.decision
        return "decision", decision.id, f"{Course(decision.course).words} by {decision.by}"
    if isinstance(offer, CalibrationSet):
        return "calibration_set", offer.id, offer.title
    if isinstance(offer, BlindRatings):
        return "calibration", offer.id, f"round {offer.round}"
    return _shared_identity(offer)


def _shared_identity(offer: Offer) -> tuple[str, str, str]:
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
