"""How a panel rated the same written answers: beside an expert, beside each other, over rounds.

Every figure is one of the comparison's own: agreement is its ICC and α, leniency, spread and halo
are those of a rater's profile, where the expert stands in for the other interviewers. Pure.
"""

from collections import Counter
from collections.abc import Callable, Collection, Iterator, Mapping, Sequence
from dataclasses import dataclass
from math import sqrt

from interviewkit.comparison.agreement import Agreement, measure_agreement
from interviewkit.comparison.alpha import estimate_alpha
from interviewkit.comparison.cards import Card
from interviewkit.comparison.estimate import Estimate, too_few
from interviewkit.comparison.quantiles import t_quantile
from interviewkit.comparison.rater_profile import LEAST_ANSWERS, RaterProfile, profile_in_cards
from interviewkit.interview.calibration import BlindRatings, CalibrationSet, ExpertKey
from interviewkit.interview.people import Person
from interviewkit.interview.records import Candidate

LEAST_RATERS = 4  # before anchors are said to divide a panel, or a summary goes to everybody
LEAST_PAIRED = 4  # people who rated in both rounds, before a change is looked at
_EXPERT = "expert"  # the interviewer of an expert's card; ids of people are longer


@dataclass(frozen=True, slots=True)
class AnswerDistance:
    """How a panel rated one written answer.

    ``points`` counts ratings by point of the scale. ``expert`` is the expert's rating, ``distance``
    the mean distance of the ratings from it in points, ``difference`` the mean of rating minus
    expert; all None where there is no expert's rating, or nobody rated.
    """

    answer: str
    points: Mapping[int, int]
    mean: float | None
    expert: int | None
    distance: float | None
    difference: float | None


@dataclass(frozen=True, slots=True)
class RaterDistance:
    """How one person rated a set in one round: ``ratings``, answer → point.

    ``exact`` counts those that are the expert's; ``distance`` is the mean
    distance from the expert. ``leniency`` is the mean of rating minus expert, with its 95 %
    interval by Student's t over answers. ``beside_expert`` is the person's profile with the expert
    as the only co-rater, ``beside_panel`` that with the rest of the panel; each is silent below the
    least numbers of a profile.
    """

    person: Person
    round: int
    ratings: Mapping[str, int]
    exact: int | None
    distance: float | None
    leniency: Estimate
    beside_expert: RaterProfile | None
    beside_panel: RaterProfile

    @property
    def answers(self) -> int:
        """How many answers the person rated."""
        return len(self.ratings)


@dataclass(frozen=True, slots=True)
class Division:
    """Two neighbouring anchors between which a panel is divided on one answer.

    ``lower`` people are at or below the point ``below``, ``upper`` at or above the next, ``above``.
    """

    answer: str
    below: int
    above: int
    lower: int
    upper: int


@dataclass(frozen=True, slots=True)
class RoundStatistics:
    """A panel in one round; ``raters`` handed in.

    ``agreement`` is over written answers, each person's rating of an answer a score: ``single`` is
    what one rating is worth, ``panel`` the mean of all. ``divisions`` are empty below LEAST_RATERS.
    ``distance`` and ``leniency`` are means over people and answers, None without an expert.
    """

    round: int
    raters: int
    agreement: Agreement
    answers: tuple[AnswerDistance, ...]
    people: tuple[RaterDistance, ...]
    divisions: tuple[Division, ...]
    distance: float | None
    leniency: float | None


@dataclass(frozen=True, slots=True)
class Change:
    """What changed from the first round to the last, over the same people.

    ``distance`` is the mean change of a person's mean distance from the expert, ``leniency`` that
    of the size of their leniency, both later minus earlier, in points, with the 95 % interval of a
    mean by Student's t. The agreements are ICC of a single rating, of these people alone.
    """

    earlier: int
    later: int
    people: int
    distance: Estimate
    leniency: Estimate
    agreement_before: Estimate
    agreement_after: Estimate


@dataclass(frozen=True, slots=True)
class CalibrationStatistics:
    """All that can be told of a set, round by round; ``change`` is None with one round alone."""

    calibration_set: CalibrationSet
    rounds: tuple[RoundStatistics, ...]
    change: Change | None


def calibration_statistics(
    calibration_set: CalibrationSet, key: ExpertKey, ratings: Sequence[BlindRatings]
) -> CalibrationStatistics:
    """The statistics of what was handed in; of two by one person in a round, the first counts."""
    by_round: dict[int, dict[str, BlindRatings]] = {}
    for blind in sorted(ratings, key=lambda blind: (blind.submitted_at, blind.id)):
        if blind.submitted_at:
            by_round.setdefault(blind.round, {}).setdefault(_key_of(blind.person), blind)
    rounds = tuple(
        _round_statistics(calibration_set, key, round_no, by_round[round_no])
        for round_no in sorted(by_round)
    )
    change = None
    if len(by_round) > 1:
        change = _change(calibration_set, key, by_round, min(by_round), max(by_round))
    return CalibrationStatistics(calibration_set, rounds, change)


def mean_with_interval(values: Sequence[float], fewest: int) -> Estimate:
    """A mean with its 95 % interval by Student's t; silent below ``fewest`` values."""
    n = len(values)
    if n < fewest:
        return too_few(n)
    middle = sum(values) / n
    squares = sum((value - middle) ** 2 for value in values)
    if squares < 1e-12:  # rounding: nothing varies, and an interval of no width says too much
        return Estimate(middle, None, None, n, "all alike, so no interval")
    reach = t_quantile(0.975, n - 1) * sqrt(squares / (n - 1) / n)
    return Estimate(middle, middle - reach, middle + reach, n)


def _round_statistics(
    calibration_set: CalibrationSet,
    key: ExpertKey,
    round_no: int,
    panel: Mapping[str, BlindRatings],
) -> RoundStatistics:
    answers = tuple(
        _answer_distance(answer.id, key, panel.values()) for answer in calibration_set.answers
    )
    order = sorted(panel, key=lambda rater: (panel[rater].person.name.casefold(), rater))
    cards = {rater: _cards(calibration_set, rater, panel[rater].ratings) for rater in order}
    is_divided = len(panel) >= LEAST_RATERS
    return RoundStatistics(
        round_no,
        len(panel),
        _agreement(calibration_set, panel.values()),
        answers,
        tuple(_rater_distance(calibration_set, key, panel[rater], cards, rater) for rater in order),
        tuple(_divisions(calibration_set, answers)) if is_divided else (),
        _mean([answer.distance for answer in answers if answer.distance is not None]),
        _mean([answer.difference for answer in answers if answer.difference is not None]),
    )


def _answer_distance(
    answer: str, key: ExpertKey, panel: Collection[BlindRatings]
) -> AnswerDistance:
    ratings = [blind.ratings[answer] for blind in panel if answer in blind.ratings]
    counts = Counter(ratings)
    points = {point: counts[point] for point in sorted(counts)}
    expert = key[answer].rating if answer in key else None
    if expert is None or not ratings:
        return AnswerDistance(answer, points, _mean(ratings), expert, None, None)
    return AnswerDistance(
        answer,
        points,
        _mean(ratings),
        expert,
        _mean([abs(rating - expert) for rating in ratings]),
        _mean([rating - expert for rating in ratings]),
    )


def _rater_distance(
    calibration_set: CalibrationSet,
    key: ExpertKey,
    blind: BlindRatings,
    cards: Mapping[str, Sequence[Card]],
    rater: str,
) -> RaterDistance:
    banks = {calibration_set.id: calibration_set.bank}
    person = Person("", rater)
    of_panel = [card for cards_of_rater in cards.values() for card in cards_of_rater]
    beside_panel = profile_in_cards(of_panel, banks, calibration_set.scale, person)
    differences = _differences(blind, key)
    beside_expert = None
    if differences:
        expert = {answer: rating.rating for answer, rating in key.items()}
        of_both = [*cards[rater], *_cards(calibration_set, _EXPERT, expert)]
        beside_expert = profile_in_cards(of_both, banks, calibration_set.scale, person)
    return RaterDistance(
        blind.person,
        blind.round,
        blind.ratings,
        differences.count(0) if differences else None,
        _mean([abs(difference) for difference in differences]),
        mean_with_interval(differences, LEAST_ANSWERS),
        beside_expert,
        beside_panel,
    )


def _cards(calibration_set: CalibrationSet, rater: str, ratings: Mapping[str, int]) -> list[Card]:
    """One person's ratings as scorecards, one for each of those who answer in the set."""
    by_candidate: dict[str, list[tuple[tuple[str, str], int]]] = {}
    for answer in calibration_set.answers:
        by_candidate.setdefault(answer.candidate, []).append(
            ((answer.question, answer.competency), ratings.get(answer.id, 0))
        )
    return [
        Card(
            f"{rater}/{name}",
            Candidate(name, name),
            rater,
            calibration_set.id,
            calibration_set.kit,
            "",
            None,
            tuple(question for question, _ in rated),
            bytes(rating for _, rating in rated),
            *(bytes(len(rated)),) * 4,
        )
        for name, rated in by_candidate.items()
    ]


def _agreement(calibration_set: CalibrationSet, panel: Collection[BlindRatings]) -> Agreement:
    """Each written answer is rated by the panel as a candidate is by their interviewers."""
    columns = [
        {
            _key_of(blind.person): blind.ratings[answer.id]
            for blind in panel
            if answer.id in blind.ratings
        }
        for answer in calibration_set.answers
    ]
    units = [[tuple(sorted(column.values()))] for column in columns if len(column) > 1]
    return measure_agreement(columns, estimate_alpha(units))


def _divisions(
    calibration_set: CalibrationSet, answers: Sequence[AnswerDistance]
) -> Iterator[Division]:
    """Of each answer the pair of anchors that most divides it, the most evenly divided first.

    An answer is divided where at least a quarter stands on either side.
    """
    divisions = []
    anchors = {answer.id: sorted(answer.anchors) for answer in calibration_set.answers}
    for answer in answers:
        total = sum(answer.points.values())
        pairs = [
            Division(answer.answer, below, above, lower, total - lower)
            for below, above in zip(
                anchors[answer.answer], anchors[answer.answer][1:], strict=False
            )
            if 4 * min(lower := _count_to(answer.points, below), total - lower) >= total
        ]
        divisions += sorted(pairs, key=_evenness)[:1]
    yield from sorted(divisions, key=_evenness)


def _count_to(points: Mapping[int, int], point: int) -> int:
    return sum(count for rating, count in points.items() if rating <= point)


def _evenness(division: Division) -> float:
    return abs(division.lower - division.upper) / (division.lower + division.upper)


def _change(
    calibration_set: CalibrationSet,
    key: ExpertKey,
    by_round: Mapping[int, Mapping[str, BlindRatings]],
    earlier: int,
    later: int,
) -> Change:
    raters = sorted(by_round[earlier].keys() & by_round[later].keys())
    pairs = [(by_round[earlier][rater], by_round[later][rater]) for rater in raters]

    def changes(measure: Callable[[list[int]], float]) -> Estimate:
        values = [
            measure(after) - measure(before)
            for before, after in (
                (_differences(first_blind, key), _differences(last_blind, key))
                for first_blind, last_blind in pairs
            )
            if before and after
        ]
        return mean_with_interval(values, LEAST_PAIRED)

    return Change(
        earlier,
        later,
        len(raters),
        changes(lambda differences: sum(map(abs, differences)) / len(differences)),
        changes(lambda differences: abs(sum(differences)) / len(differences)),
        _agreement(calibration_set, [before for before, _ in pairs]).single,
        _agreement(calibration_set, [after for _, after in pairs]).single,
    )


def _differences(blind: BlindRatings, key: ExpertKey) -> list[int]:
    """Rating minus expert's rating, answer by answer."""
    return [
        rating - key[answer].rating for answer, rating in blind.ratings.items() if answer in key
    ]


def _key_of(person: Person) -> str:
    return person.id or person.name


def _mean(values: Sequence[float]) -> float | None:
    return sum(values) / len(values) if values else None
