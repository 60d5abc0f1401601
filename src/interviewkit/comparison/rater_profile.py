"""How one interviewer used the scale beside co-raters of the same answers, for that person alone.

A mirror, not a verdict. Every figure about others is pooled over all co-raters, rests only on
scorecards that this person may see, and is None below a least number. Pure.
"""

from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from math import sqrt

from interviewkit.comparison.cards import Card
from interviewkit.comparison.quantiles import t_quantile
from interviewkit.comparison.ratings import Ratings
from interviewkit.interview.people import Person, normalize_name

LEAST_ANSWERS = 10  # that others rated too, before anything is compared
LEAST_SCORECARDS = 3  # with such answers in each half, before a drift is looked at
LEAST_CANDIDATES = 3  # before one candidate's competencies are looked at
_LEAST_COMPETENCIES = 3  # of a candidate, for a spread over them

Key = tuple[str, str]  # a bank's id, a question


@dataclass(frozen=True, slots=True)
class Drift:
    """Differences from co-raters in the earlier and the later half of ``scorecards``.

    ``by_chance``: a change below it is within a 95 % interval around none, by Student's t over
    scorecards.
    """

    earlier: float
    later: float
    by_chance: float
    scorecards: int


@dataclass(frozen=True, slots=True)
class RaterProfile:
    """What one person's ratings for a role look like.

    ``points`` and ``coraters`` count ratings by point of the scale: all of this person's, and those
    of others on the same answers. ``shared`` is how many answers somebody else rated too, over
    ``candidates`` people; ``difference`` this person's rating there minus the mean of the others.
    ``spread`` and ``coraters_spread`` are standard deviations of the ratings of shared answers.
    ``profile`` is how far competencies lie apart within one candidate (a standard deviation pooled
    over ``profiled`` candidates), ``coraters_profile`` the same of the others on the same
    competencies; a small one may mean that a single impression colours all (halo). ``drift`` goes
    by the order of submission.
    """

    interviewer: str
    scale: tuple[int, ...]
    scorecards: int
    points: Mapping[int, int]
    coraters: Mapping[int, int]
    shared: int
    candidates: int
    difference: float | None
    spread: float | None
    coraters_spread: float | None
    profiled: int
    profile: float | None
    coraters_profile: float | None
    drift: Drift | None


@dataclass(frozen=True, slots=True)
class _SharedAnswer:
    """This person's rating of an answer, and those of everybody else who rated it."""

    rating: int
    corater_ratings: tuple[int, ...]

    @property
    def difference(self) -> float:
        return self.rating - sum(self.corater_ratings) / len(self.corater_ratings)


def rater_profile(ratings: Ratings, person: Person) -> RaterProfile:
    """The profile of ``person`` in these ratings, which are those that the same person may see."""
    banks = {used.bank_sha256: used.bank.id for used in ratings.kits}
    return profile_in_cards(ratings.cards, banks, ratings.scale, person)


def profile_in_cards(
    cards_of_all: Sequence[Card], banks: Mapping[str, str], scale: tuple[int, ...], person: Person
) -> RaterProfile:
    """The profile of ``person`` in these cards; ``banks`` are ids by the hash of their text."""
    submitted = sorted(cards_of_all, key=lambda card: (card.submitted_at, card.id))
    cards = [card for card in submitted if _is_by(card, person)]
    coraters: dict[str, list[Card]] = {}
    for card in submitted:
        if not _is_by(card, person):
            coraters.setdefault(card.candidate.id, []).append(card)
    answers: list[_SharedAnswer] = []
    profiles: list[tuple[float, float]] = []
    differences: list[float] = []
    compared_candidates = set()
    for card in cards:
        beside = coraters.get(card.candidate.id, [])
        shared = _shared_answers(card, beside, banks)
        answers += shared
        if shared:
            compared_candidates.add(card.candidate.id)
            differences.append(_mean([answer.difference for answer in shared]))
        variances = _profile_variances(card, beside)
        if variances:
            profiles.append(variances)
    enough = len(answers) >= LEAST_ANSWERS
    enough_profiles = len(profiles) >= LEAST_CANDIDATES
    return RaterProfile(
        interviewer=person.name,
        scale=scale,
        scorecards=len(cards),
        points=_count_points(rating for card in cards for rating in card.ratings if rating),
        coraters=_count_points(rating for answer in answers for rating in answer.corater_ratings),
        shared=len(answers),
        candidates=len(compared_candidates),
        difference=_mean([answer.difference for answer in answers]) if enough else None,
        spread=_deviation([answer.rating for answer in answers]) if enough else None,
        coraters_spread=(
            _deviation([rating for answer in answers for rating in answer.corater_ratings])
            if enough
            else None
        ),
        profiled=len(profiles),
        profile=sqrt(_mean([variance for variance, _ in profiles])) if enough_profiles else None,
        coraters_profile=sqrt(_mean([variance for _, variance in profiles]))
        if enough_profiles
        else None,
        drift=_drift(differences),
    )


def _is_by(card: Card, person: Person) -> bool:
    return normalize_name(card.interviewer) in person.normalized_names


def _shared_answers(
    card: Card, beside: Sequence[Card], banks: Mapping[str, str]
) -> list[_SharedAnswer]:
    ratings: dict[Key, list[int]] = {}
    for corater in beside:
        bank = banks[corater.bank_sha256]
        for (question, _), rating in zip(corater.questions, corater.ratings, strict=True):
            if rating:
                ratings.setdefault((bank, question), []).append(rating)
    bank = banks[card.bank_sha256]
    return [
        _SharedAnswer(rating, tuple(ratings[bank, question]))
        for (question, _), rating in zip(card.questions, card.ratings, strict=True)
        if rating and (bank, question) in ratings
    ]


def _profile_variances(card: Card, beside: Sequence[Card]) -> tuple[float, float] | None:
    """(This person's variance over competencies, the mean of the others' on the same ones)."""
    scores = _scores(card)
    variances = []
    for corater in beside:
        corater_scores = _scores(corater)
        common = sorted(scores.keys() & corater_scores.keys())
        if len(common) >= _LEAST_COMPETENCIES:
            variances.append(
                (
                    _variance([scores[name] for name in common]),
                    _variance([corater_scores[name] for name in common]),
                )
            )
    if not variances:
        return None
    return _mean([pair[0] for pair in variances]), _mean([pair[1] for pair in variances])


def _scores(card: Card) -> dict[str, float]:
    """Competency → the mean of the rated answers."""
    by_competency: dict[str, list[int]] = {}
    for (_, competency), rating in zip(card.questions, card.ratings, strict=True):
        if rating:
            by_competency.setdefault(competency, []).append(rating)
    return {name: _mean(values) for name, values in by_competency.items()}


def _drift(differences: Sequence[float]) -> Drift | None:
    """From the mean difference of each scorecard, in the order of submission."""
    middle = len(differences) // 2
    if middle < LEAST_SCORECARDS:
        return None
    earlier, later = differences[:middle], differences[middle:]
    df = len(differences) - 2
    squares = _variance(earlier) * (len(earlier) - 1) + _variance(later) * (len(later) - 1)
    error = sqrt(squares / df * (1 / len(earlier) + 1 / len(later)))
    by_chance = t_quantile(0.975, df) * error
    return Drift(_mean(earlier), _mean(later), by_chance, len(differences))


def _count_points(ratings: Iterable[int]) -> dict[int, int]:
    counts = Counter(ratings)
    return {point: counts[point] for point in sorted(counts)}


def _mean(values: Sequence[float]) -> float:
    return sum(values) / len(values)


def _variance(values: Sequence[float]) -> float:
    middle = _mean(values)
    return sum((value - middle) ** 2 for value in values) / (len(values) - 1)


def _deviation(values: Sequence[float]) -> float:
    return sqrt(_variance(values))
