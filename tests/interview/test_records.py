"""How a rating reads beside its probes, and what counts as open."""

import pytest

from interviewkit.interview.records import (
    OUTCOME_SIGNS,
    OUTCOME_WORDS,
    Answer,
    Asked,
    Outcome,
    Recommendation,
    rating_line,
)


@pytest.mark.parametrize(
    ("rating", "probed", "new_detail", "line"),
    [
        (4, 3, 2, "4 · probed 3, new detail 2"),
        (5, 0, 0, "5 · not probed"),
        (None, 0, 0, "– · not probed"),
        (None, 1, 0, "– · probed 1, new detail 0"),
        (1, 1, 1, "1 · probed 1, new detail 1"),
    ],
)
def test_a_rating_never_stands_without_its_probes(
    rating: int | None, probed: int, new_detail: int, line: str
) -> None:
    assert rating_line(rating, probed, new_detail) == line


def test_an_answer_counts_its_own_probes() -> None:
    outcomes = [Outcome.NEW_DETAIL, Outcome.NOTHING_NEW, None, Outcome.NO_ANSWER]
    probes = tuple(Asked(str(i), "?", (), "", outcome) for i, outcome in enumerate(outcomes))
    assert Answer("q", "c", rating=3, probes=probes).line == "3 · probed 4, new detail 1"


@pytest.mark.parametrize(
    ("answer", "is_open"),
    [
        (Answer("q", "c"), True),
        (Answer("q", "c", rating=3, assessed=True), False),
        (Answer("q", "c", assessed=False), False),
        (Answer("q", "c", skipped=""), False),
        (Answer("q", "c", seconds=300.0), True),
    ],
)
def test_an_answer_is_open_until_something_is_decided(answer: Answer, is_open: bool) -> None:
    assert answer.is_open is is_open


def test_every_outcome_has_a_sign_and_words() -> None:
    assert set(OUTCOME_SIGNS) == set(OUTCOME_WORDS) == set(Outcome)
    assert len(set(OUTCOME_SIGNS.values())) == len(Outcome)


def test_recommendations_read_as_words() -> None:
    words = [recommendation.words for recommendation in Recommendation]
    assert words == ["definitely not", "no", "yes", "definitely yes"]
