"""The sentences about numbers that need a round of their own."""

import pytest

from interviewkit.banks.loader import BankFile
from interviewkit.comparison import name_lists, order_sentences, rater_sentences, sentences
from interviewkit.comparison.aggregate import aggregate
from interviewkit.comparison.cards import Card
from interviewkit.comparison.compare import apply_weights
from interviewkit.comparison.means import format_mean
from interviewkit.comparison.results import Comparison
from interviewkit.comparison.sensitivity import HEAVIEST
from small_round import a_bank, card, compared, ratings_of

PEOPLE = ("Priya", "Tom", "Lucía")


@pytest.mark.parametrize(
    ("chance", "words"),
    [
        (0.5, "about even"),
        (0.45, "about even"),
        (0.56, "6 in 10"),
        (0.70, "7 in 10"),
        (0.949, "9 in 10"),
        (0.95, "more than 19 in 20"),
        (0.9999, "more than 19 in 20"),
        (0.3, "3 in 10"),
        (0.02, "less than 1 in 20"),
    ],
)
def test_odds_are_said_in_tens(chance: float, words: str) -> None:
    assert sentences.odds(chance) == words


def test_panels_that_share_nobody_cannot_be_set_against_each_other() -> None:
    result = compared(
        *(
            card(name, who, {"own-1": rating, "learn-1": 3})
            for name, rating in (("Ada", 4), ("Bo", 3))
            for who in ("Priya", "Tom")
        ),
        *(
            card(name, who, {"own-1": rating, "learn-1": 2})
            for name, rating in (("Cy", 3), ("Di", 2))
            for who in ("Lucía", "Nora")
        ),
    )
    assert sentences.UNCONNECTED in result.warnings
    assert any(
        "not known, because some panels share" in line for line in order_sentences.order(result)
    )


def test_a_weight_in_whose_range_the_first_stays_first() -> None:
    result = compared(
        *(card("Ada", who, {"own-1": 4, "learn-1": 3}) for who in ("Priya", "Tom")),
        *(card("Bo", who, {"own-1": 2, "learn-1": 4}) for who in ("Priya", "Tom")),
    )
    # (4w + 3) / (w + 1) > (2w + 4) / (w + 1) from w = 0.5 on; 4 + 3w > 2 + 4w up to w = 2.
    ownership, learning = result.ranges
    assert (ownership.high, learning.low) == (None, None)
    assert [ownership.low, learning.high] == pytest.approx([0.5, 2.0])
    lines = order_sentences.order(result)
    assert "Ada is first as long as Ownership weighs over 0.5 (now 1)." in lines
    assert "Ada is first as long as Learning weighs under 2.0 (now 1)." in lines
    assert HEAVIEST == 100


def test_interviewers_needed_are_estimated_from_twenty_candidates_on() -> None:
    def cards(count: int) -> list[Card]:
        return [
            card(f"C{n:02}", who, {"own-1": 1 + (n + more) % 5, "learn-1": 1 + n % 5})
            for n in range(count)
            for more, who in enumerate(("Priya", "Tom", "Lucía"))
        ]

    few, many = compared(*cards(6)), compared(*cards(21))
    assert rater_sentences.interviewers_needed(few) == rater_sentences.PUBLISHED_NEED
    assert rater_sentences.interviewers_needed(many).startswith(
        "To reach 0.80 a candidate needs about"
    )
    neighbours = [line for line in sentences.ties(many) if line.startswith("Neighbours")]
    assert neighbours
    assert not any(line.startswith("Neighbours") for line in sentences.ties(few))


def test_several_assessed_on_too_little_are_named_together() -> None:
    whole: dict[str, int | None] = {"own-1": 4, "learn-1": 3}
    bank_weights = {"ownership": 3.0}
    counted = aggregate(
        ratings_of(
            *(card("Ada", who, whole) for who in ("Priya", "Tom")),
            *(card(name, who, {"learn-1": 5}) for name in ("Bo", "Cy") for who in ("Priya", "Tom")),
        )
    )
    result = apply_weights(counted, bank_weights)
    assert [c.name for c in result.candidates] == ["Ada", "Bo", "Cy"]
    assert [c.is_placed for c in result.candidates] == [True, False, False]
    assert result.warnings[-1] == (
        "Bo and Cy were assessed on less than half of the weight: too little for a place."
    )
    assert sentences.headline(result).startswith("one candidate: no one to compare with")


def test_a_person_who_submitted_more_than_once_counts_once_and_that_is_said() -> None:
    result = compared(
        card("Ada", "Priya", {"own-1": 4}),
        card("Ada", "Priya", {"own-1": 5}, number=2),
        card("Ada", " priya", {"own-1": 3}, number=3),
    )
    (ada,) = result.candidates
    assert sum(ada.recommendations.values()) <= 1
    assert (ada.interviews, len(ada.interviewers)) == (3, 1)
    assert any("Priya 3 for Ada" in warning for warning in result.warnings)


def test_severity_has_a_direction_or_none() -> None:
    result = compared(
        card("Ada", "Priya", {"own-1": 5}),
        card("Ada", "Tom", {"own-1": 3}),
        card("Bo", "Lucía", {"own-1": 3}),
    )
    assert rater_sentences.severity(result) == [
        "Shown, never applied: who was given the stronger candidates is not known.",
        "No one else rated the answers that Lucía rated.",
        "Priya rated 2.00 points higher than co-raters on the same answers (n = 1 answer).",
        "Tom rated 2.00 points lower than co-raters on the same answers (n = 1 answer).",
    ]


def test_names_beyond_five_are_counted() -> None:
    assert name_lists.name_list(["Ada"]) == "Ada"
    assert name_lists.name_list(["Ada", "Bo", "Cy"]) == "Ada, Bo and Cy"
    assert name_lists.name_list(list("ABCDEFG")) == "A, B, C, D and 3 more"


def test_a_must_have_is_said_where_it_is_not_met_and_counts_nowhere() -> None:
    plain, strict = a_bank(), a_bank(must_have={"ownership": 3, "learning": 1})

    def round_with(bank: BankFile) -> Comparison:
        return compared(
            *(card("Ada", who, {"own-1": 2, "learn-1": 5}, bank=bank) for who in PEOPLE),
            *(card("Bo", who, {"own-1": 3, "learn-1": 2}, bank=bank) for who in PEOPLE),
            *(card("Cy", who, {"learn-1": 2}, bank=bank) for who in PEOPLE),
            banks=(bank,),
        )

    result = round_with(strict)
    assert sentences.must_have_sentences(result) == [
        "Ownership, at least 3: not met by Ada (2.0); not assessed for Cy.",
        "Learning, at least 1: met by all.",
        "A must-have counts in no total and moves nobody in the order.",
    ]
    assert "must-have not met: Ada" in sentences.headline(result)
    assert [item.label for item in result.competencies] == ["Ownership ≥3", "Learning ≥1"]
    usual = round_with(plain)
    assert sentences.must_have_sentences(usual) == []
    assert [(c.name, c.overall, c.place) for c in usual.candidates] == [
        (c.name, c.overall, c.place) for c in result.candidates
    ]


def test_shrunken_overalls_stand_beside_the_raw_ones_and_only_of_the_placed() -> None:
    result = compared(
        *(card("Ada", who, {"own-1": 5, "learn-1": 5}) for who in PEOPLE),
        *(card("Bo", who, {"own-1": 3, "learn-1": 2 + n}) for n, who in enumerate(PEOPLE)),
        *(card("Cy", who, {"own-1": 1, "learn-1": 1 + n}) for n, who in enumerate(PEOPLE)),
    )
    (line,) = rater_sentences.shrunken_sentences(result)
    for candidate in result.candidates:
        assert candidate.overall is not None
        assert candidate.shrunken is not None
        pair = f"{format_mean(candidate.overall)} → {format_mean(candidate.shrunken)}"
        assert f"{candidate.name} {pair}" in line
    assert 3 < result.candidates[0].shrunken < result.candidates[0].overall  # type: ignore[operator]
    assert rater_sentences.shrunken_sentences(compared(card("Ada", "Priya", {"own-1": 5}))) == []
