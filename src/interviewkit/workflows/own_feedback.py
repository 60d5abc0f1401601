"""What one person reads about their own interviews: how they ask, and how they use the scale."""

from collections import Counter
from collections.abc import Sequence
from typing import TYPE_CHECKING, NamedTuple

from interviewkit.comparison.interviewer_feedback import InterviewerFeedback, interviewer_feedback
from interviewkit.comparison.rater_profile import RaterProfile, profile_in_cards, rater_profile
from interviewkit.comparison.ratings import Choice, apply_choice
from interviewkit.interview.people import Person
from interviewkit.interview.records import Role

if TYPE_CHECKING:
    from interviewkit.comparison.ratings import Ratings
    from interviewkit.storage.store import Store


class OwnFeedback(NamedTuple):
    """How one person interviews and rates; ``title`` says over what."""

    title: str
    feedback: InterviewerFeedback
    profile: RaterProfile

    def blocks(self, *, scale_first: bool = False) -> list[tuple[str, list[str]]]:
        """(Title, sentences) for each thing that can be said; there must be a scorecard.

        ``scale_first``: the use of the scale before how one asks.
        """
        from interviewkit.comparison.feedback_sentences import feedback_blocks
        from interviewkit.comparison.rater_profile_sentences import own_ratings

        asking, scale = feedback_blocks(self.feedback), own_ratings(self.profile)
        mirror = scale.pop()  # how to read it, which holds for all of it
        return [*scale, *asking, mirror] if scale_first else [*asking, *scale, mirror]


def own_feedback(
    store: "Store", person: Person, role: Role | None = None, choice: Choice | None = None
) -> OwnFeedback:
    """What ``person`` may read about themselves, for one role or over all of them.

    ``choice`` is which of a role's scorecards the use of the scale is looked at in.
    """
    reader = store.seen_by(person)
    scorecards = reader.own_scorecards(role)
    banks = {
        interview.bank_sha256: store.bank(interview.bank_sha256) for interview, _ in scorecards
    }
    feedback = interviewer_feedback(person.name, scorecards, banks)
    if role is not None:
        ratings = apply_choice(reader.ratings(role), choice or Choice())
        return OwnFeedback(role.title, feedback, rater_profile(ratings, person))
    roles = {interview.role.id: interview.role for interview, _ in scorecards}
    profile = _profile_over(person, [reader.ratings(item) for item in roles.values()])
    return OwnFeedback("all roles", feedback, profile)


def _profile_over(person: Person, roles: "Sequence[Ratings]") -> RaterProfile:
    """Over several roles: one scale, that of most scorecards; a candidate of two roles is two."""
    scales = Counter(ratings.scale for ratings in roles for _ in ratings.cards)
    scale = scales.most_common(1)[0][0] if scales else (1, 2, 3, 4, 5)
    cards = []
    banks: dict[str, str] = {}
    for ratings in roles:
        if ratings.scale != scale:
            continue
        banks |= {used.bank_sha256: used.bank.id for used in ratings.kits}
        for card in ratings.cards:
            key = f"{ratings.role.id}/{card.candidate.id}"
            cards.append(card._replace(candidate=card.candidate._replace(id=key)))
    return profile_in_cards(cards, banks, scale, person)
