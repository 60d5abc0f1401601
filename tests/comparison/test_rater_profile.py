"""An interviewer's own use of the scale, worked out by hand."""

from math import sqrt

import pytest

from interviewkit.comparison.cards import Card
from interviewkit.comparison.rater_profile import RaterProfile, rater_profile
from interviewkit.comparison.rater_profile_sentences import FOR_YOU_ALONE, own_ratings
from interviewkit.interview.people import Person
from small_round import card, ratings_of

PRIYA = Person("", "Priya", ("P. Raman",))


def profile_of(*cards: Card, unseen: set[str] | None = None) -> RaterProfile:
    return rater_profile(ratings_of(*cards, unseen=unseen), PRIYA)


def rounds(count: int, later: int = 0) -> list[Card]:
    """Tom gives 3 to all; Priya 4, 3 and 2, in the later half so many points more on the first."""
    return [
        one
        for n in range(count)
        for one in (
            card(
                f"C{n}",
                ("Priya", "p. raman")[n % 2],
                {"own-1": 4 + later * (2 * n >= count), "own-2": 3, "learn-1": 2},
            ),
            card(f"C{n}", "Tom", {"own-1": 3, "own-2": 3, "learn-1": 3}),
        )
    ]


def said(profile: RaterProfile) -> str:
    return "\n".join(line for _, lines in own_ratings(profile) for line in lines)


def test_use_of_the_scale_and_range_stand_beside_those_of_the_others() -> None:
    profile = profile_of(*rounds(4))
    assert (profile.scorecards, profile.shared, profile.candidates) == (4, 12, 4)
    assert (profile.points, profile.coraters) == ({2: 4, 3: 4, 4: 4}, {3: 12})
    assert profile.difference == 0.0
    assert profile.spread == pytest.approx(sqrt(8 / 11))
    assert profile.coraters_spread == 0.0
    text = said(profile)
    assert "4 scorecards, 12 rated answers: 1: 0 %, 2: 33 %, 3: 33 %, 4: 33 %, 5: 0 %." in text
    assert "Others on the same answers: 1: 0 %, 2: 0 %, 3: 100 %" in text
    assert "You never gave 1 or 5." in text
    assert "As the others do, on 12 answers of 4 candidates that others rated too." in text
    assert "Your ratings lie 0.85 points around their mean" in text
    assert FOR_YOU_ALONE in text


def test_a_drift_stands_beside_what_chance_does() -> None:
    profile = profile_of(*rounds(8, later=1))
    assert profile.drift is not None
    # Within a half nothing varies, so that any change is more than chance.
    assert (profile.drift.earlier, profile.drift.scorecards) == (0.0, 8)
    assert profile.drift.later == pytest.approx(1 / 3)
    assert profile.drift.by_chance == pytest.approx(0.0, abs=1e-12)
    assert "0.00 points in the earlier half of your 8 scorecards, 0.33 in the later." in said(
        profile
    )


def test_one_impression_over_all_competencies() -> None:
    """Three competencies are needed, so a question stands for each here."""
    cards = [
        one._replace(questions=tuple((question, question) for question, _ in one.questions))
        for one in rounds(3)
    ]
    banks = ratings_of(*rounds(3))
    profile = rater_profile(banks.__class__(banks.role, tuple(cards), banks.kits), PRIYA)
    assert (profile.profiled, profile.profile, profile.coraters_profile) == (3, 1.0, 0.0)
    assert "your scores on the competencies lie 1.00 points apart, those of the others 0.00" in (
        said(profile).replace("\n", " ")
    )


def test_below_a_least_number_nothing_is_said() -> None:
    profile = profile_of(*rounds(2))
    assert (profile.difference, profile.spread, profile.profile, profile.drift) == (None,) * 4
    assert said(profile).count("Too few to tell") == 4


def test_withheld_scorecards_take_no_part() -> None:
    assert profile_of(*rounds(4), unseen={"id-C0"}).shared == 9
