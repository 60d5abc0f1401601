"""Everything kept of one candidate, read out whole: for the person's own pack."""

from interviewkit.errors import BlockedError
from interviewkit.interview.candidate_pack import Part
from interviewkit.interview.people import normalize_name
from interviewkit.interview.records import Candidate, Interview
from interviewkit.storage.store import Store


def gathered(store: Store, candidate: Candidate, viewer: str) -> list[Part]:
    """The candidate's interviews with all that hangs on them, the first begun first.

    BlockedError when ``viewer`` may not see all of it: a pack that leaves something out would
    not be what the person is owed.
    """
    every = [
        standing.interview
        for standing in store.standings()
        if standing.interview.candidate.id == candidate.id
    ]
    _refuse_what_is_not_seen(store, candidate, every, viewer)
    parts = []
    for interview in sorted(every, key=lambda one: (one.started_at, one.id)):
        answers = store.answers(interview.id)
        history, amended = store.changes(interview.id)
        bank = store.bank(interview.bank_sha256)
        asks = {question.id: question.ask for question in bank.questions}
        parts.append(
            Part(interview, answers, amended, history, asks, bank.language, bank.ratings[-1])
        )
    return parts


def _refuse_what_is_not_seen(
    store: Store, candidate: Candidate, every: list[Interview], viewer: str
) -> None:
    seen = store.sight(viewer)
    owners = store.retention()
    for one in every:
        owner = owners.settings(one.role).owner
        is_another = bool(owner) and normalize_name(owner) != normalize_name(viewer)
        mine = normalize_name(one.interviewer) == normalize_name(viewer)
        if candidate.id in seen.busy and not mine:
            raise BlockedError(
                f"You are interviewing {candidate.name} yourself, and the pack holds what others "
                "wrote.",
                "Submit your own scorecard first, or let somebody else make the pack.",
            )
        if one.id in seen.hidden or (is_another and not one.submitted_at and not mine):
            raise BlockedError(
                f"The pack of {candidate.name} holds what only the owner of {one.role.title} may "
                f"see.",
                f"Let {owner} make it.",
            )
