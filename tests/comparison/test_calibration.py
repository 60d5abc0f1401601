"""A panel's calibration: by hand where that is short, else held to the comparison's own numbers."""

from collections.abc import Sequence
from dataclasses import replace
from math import sqrt

import pytest

from interviewkit.comparison.agreement import icc2
from interviewkit.comparison.calibration import (
    LEAST_PAIRED,
    LEAST_RATERS,
    CalibrationStatistics,
    calibration_statistics,
    mean_with_interval,
)
from interviewkit.comparison.calibration_summary import panel_summary
from interviewkit.comparison.cards import Card
from interviewkit.comparison.estimate import Estimate
from interviewkit.comparison.question_statistics import Used, question_statistics
from interviewkit.comparison.rater_profile import rater_profile
from interviewkit.interview.calibration import BlindRatings
from interviewkit.interview.people import Person
from small_round import QUESTIONS, card, ratings_of
from written_answers import EXPERT, PEOPLE, blind, expert_key, table, written_set

SHIFTS = ((1, 0), (0, 0, -1), (1, 1, 0, -1), (-1,))


def panel(round_no: int = 1, people: int = 4) -> list[BlindRatings]:
    return [
        blind(name, table(*shifts), round_no)
        for name, shifts in zip(PEOPLE[:people], SHIFTS, strict=False)
    ]


def statistics(*ratings: BlindRatings) -> CalibrationStatistics:
    return calibration_statistics(written_set(), expert_key(), ratings)


def test_distance_and_leniency_are_those_from_the_expert() -> None:
    (item,) = statistics(
        blind("Ada", [rating - 1 if rating > 1 else 2 for rating in table(0)])
    ).rounds
    (ada,) = item.people
    assert (ada.exact, ada.answers) == (0, 12)
    assert ada.distance == 1
    assert ada.leniency.value == pytest.approx((11 * -1 + 1) / 12)
    assert item.distance == 1
    assert item.answers[0].difference == -1
    assert item.answers[4].difference == 1  # the expert's 1 was rated 2


def test_the_interval_of_a_mean_is_students() -> None:
    values = [1.0, 2.0, 3.0, 4.0]
    estimate = mean_with_interval(values, 4)
    reach = 3.182446 * sqrt(5 / 3) / 2  # t(.975, 3), from a printed table
    assert estimate.low == pytest.approx(2.5 - reach, abs=1e-5)
    assert estimate.high == pytest.approx(2.5 + reach, abs=1e-5)
    assert mean_with_interval(values[:3], 4).why == "too few to tell (n=3)"
    assert mean_with_interval([1.0, 1.0], 2).low is None


def test_agreement_is_the_comparisons_icc_and_alpha_over_answers() -> None:
    (item,) = statistics(*panel()).rounds
    rows = list(zip(*(one.ratings.values() for one in panel()), strict=True))
    own = icc2([[float(rating) for rating in row] for row in rows])
    assert item.agreement.form == "ICC(2)"
    assert item.agreement.single == own
    # One question asked of twelve people has the same α as twelve answers of a set.
    cards = [
        card(f"C{at}", name, {"own-1": rating})
        for at, row in enumerate(rows)
        for name, rating in zip(PEOPLE, row, strict=True)
    ]
    assert item.agreement.alpha == alpha_of_question(cards)


def alpha_of_question(cards: list[Card]) -> Estimate:
    ratings = ratings_of(*cards)
    bank = ratings.kits[0].bank
    uses = question_statistics(bank, Used(ratings.cards, {}, ()))
    return next(use.agreement for use in uses if use.question == "own-1")


def test_leniency_spread_and_halo_are_worked_out_beside_the_expert() -> None:
    (item,) = statistics(*panel()).rounds
    beside = item.people[0].beside_expert
    own = list(panel()[0].ratings.values())
    assert beside is not None
    assert beside.shared == 12
    assert beside.difference == pytest.approx(item.people[0].leniency.value)
    assert beside.spread == pytest.approx(deviation(own))
    assert beside.coraters_spread == pytest.approx(deviation(table(0)))
    rows = [own[at : at + 4] for at in (0, 4, 8)]
    assert beside.profile == pytest.approx(sqrt(sum(deviation(row) ** 2 for row in rows) / 3))
    expert = sqrt(sum(deviation(row) ** 2 for row in EXPERT) / 3)
    assert beside.coraters_profile == pytest.approx(expert)


def test_the_same_ratings_as_scorecards_have_the_same_profile() -> None:
    """Four candidates, each asked the three questions of a small bank."""
    people = ("C1", "C2", "C3", "C4")
    answers = tuple(
        written_set()
        .answers[0]
        ._replace(id=f"{name}/{question}", candidate=name, question=question, competency=competency)
        for name in people
        for question, competency in QUESTIONS.items()
    )
    own_set = written_set()._replace(answers=answers)
    ratings = {
        name: blind(name, table(*shifts))._replace(
            ratings=dict(zip((answer.id for answer in answers), table(*shifts), strict=True))
        )
        for name, shifts in zip(PEOPLE, SHIFTS, strict=True)
    }
    cards = [
        card(
            candidate,
            rater,
            {question: blind_ratings.ratings[f"{candidate}/{question}"] for question in QUESTIONS},
        )
        for rater, blind_ratings in ratings.items()
        for candidate in people
    ]
    (item,) = calibration_statistics(own_set, {}, list(ratings.values())).rounds
    for rater in item.people:
        expected = rater_profile(ratings_of(*cards), Person("", rater.person.name))
        assert rater.beside_panel == replace(expected, interviewer=rater.person.id)


def deviation(values: Sequence[int]) -> float:
    middle = sum(values) / len(values)
    return sqrt(sum((value - middle) ** 2 for value in values) / (len(values) - 1))


def test_the_rest_of_the_panel_is_the_other_mirror() -> None:
    (item,) = statistics(*panel()).rounds
    ada, others = item.people[0], panel()[1:]
    differences = [
        rating - sum(one.ratings[answer] for one in others) / 3
        for answer, rating in panel()[0].ratings.items()
    ]
    assert ada.beside_panel.difference == pytest.approx(sum(differences) / 12)


def test_anchors_that_divide_a_panel_need_four_people() -> None:
    low, high = table(0), [5, *table(0)[1:]]
    low[0] = 1
    ratings = [low, low, high, high]
    four = [blind(name, row) for name, row in zip(PEOPLE, ratings, strict=True)]
    (item,) = statistics(*four).rounds
    (division,) = item.divisions
    assert (division.answer, division.lower, division.upper) == ("1/ownership-1", 2, 2)
    assert (division.below, division.above) == (1, 3)
    (fewer,) = statistics(*four[: LEAST_RATERS - 1]).rounds
    assert fewer.divisions == ()


def test_before_and_after_are_the_same_people() -> None:
    before = [blind(name, table(1, -1, 1)) for name in PEOPLE]
    after = [blind(name, table(0, 0, 0, 1), 2) for name in PEOPLE[:LEAST_PAIRED]]
    stranger = blind("Zoe", table(-1), 2)
    change = statistics(*before, *after, stranger).change
    assert change is not None
    assert change.people == 4
    assert change.distance.value is not None
    assert change.distance.value < 0
    assert change.distance.why == "all alike, so no interval"
    fewer = statistics(*before[:3], *after).change
    assert fewer is not None
    assert fewer.distance.why == "too few to tell (n=3)"
    assert statistics(*before).change is None


def test_who_rated_a_round_twice_counts_with_the_first() -> None:
    second = blind("Ada Park", table(-1))._replace(
        id="later", submitted_at="2026-03-09T09:00:00.000Z"
    )
    (item,) = statistics(second, *panel()).rounds
    assert item.raters == 4
    assert item.people[0].leniency.value == statistics(*panel()).rounds[0].people[0].leniency.value


def test_what_is_not_handed_in_counts_nowhere() -> None:
    open_one = blind("Ada Park", table(0))._replace(submitted_at="")
    assert statistics(open_one).rounds == ()


def test_a_set_without_a_key_tells_of_agreement_alone() -> None:
    item = calibration_statistics(written_set(), {}, panel()).rounds[0]
    assert item.agreement.single.value is not None
    assert (item.distance, item.leniency) == (None, None)
    assert item.people[0].beside_expert is None
    assert item.people[0].distance is None


def test_the_summary_names_nobody_and_is_silent_on_a_few() -> None:
    whole = panel_summary(statistics(*panel(), *panel(2)))
    assert whole.rounds[0].agreement.value is not None
    assert whole.change is not None
    assert not any(name in repr(whole) for name in PEOPLE)
    few = panel_summary(statistics(*panel(people=3), *panel(2, people=3)))
    assert few.rounds[0].agreement.why == "too few to tell (n=3)"
    assert (few.rounds[0].distance, few.rounds[0].divided, few.change) == (None, None, None)
