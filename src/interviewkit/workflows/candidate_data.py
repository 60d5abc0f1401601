"""Everything kept of one candidate, read out whole: for the person's own pack."""

from interviewkit.interview.candidate_pack import Part
from interviewkit.interview.people import Person
from interviewkit.interview.records import Candidate, Decision
from interviewkit.storage.store import Store


def gather_candidate_data(
    store: Store, candidate: Candidate, viewer: Person
) -> tuple[list[Part], list[Decision]]:
    """The candidate's interviews with all that hangs on them, and what panels decided.

    BlockedError when ``viewer`` may not see all of it.
    """
    interviews, decisions = store.seen_by(viewer).whole_of(candidate)
    parts = []
    for interview, answers, history, amended, transcript in interviews:
        bank = store.bank(interview.bank_sha256)
        asks = {question.id: question.ask for question in bank.questions}
        parts.append(
            Part(
                *(interview, answers, amended, history, asks, bank.language, bank.ratings[-1]),
                transcript,
            )
        )
    return parts, decisions
