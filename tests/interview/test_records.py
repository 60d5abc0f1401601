"""How a rating reads beside its probes, and what counts as open."""

import pytest

from interviewkit.interview.records import (
    OUTCOME_SIGNS,
    OUTCOME_WORDS,
    Amendment,
    Answer,
    Asked,
    Note,
    Outcome,
    ProbeCounts,
    Recommendation,
    rating_line,
)


@pytest.mark.parametrize(
    ("rating", "counts", "line"),
    [
        (4, (3, 2, 0), "4 · probed 3, 2 new detail"),
        (5, (0, 0, 0), "5 · not probed"),
        (None, (0, 0, 0), "– · not probed"),
        (None, (1, 0, 0), "– · probed 1, 0 new detail"),
        (1, (1, 1, 0), "1 · probed 1, 1 new detail"),
        (4, (2, 1, 1), "4 · probed 2, 1 new detail, 1 not noted"),
        (3, (2, 0, 1), "3 · probed 2, 0 new detail, 1 not noted"),
        (3, (2, 0, 2), "3 · probed 2, 2 not noted"),
    ],
)
def test_a_rating_never_stands_without_its_probes(
    rating: int | None, counts: tuple[int, int, int], line: str
) -> None:
    assert rating_line(rating, ProbeCounts(*counts)) == line


def test_an_answer_counts_its_own_probes() -> None:
    outcomes = [Outcome.NEW_DETAIL, Outcome.NOTHING_NEW, None, Outcome.NO_ANSWER]
    probes = tuple(Asked(str(i), "?", (), "", outcome) for i, outcome in enumerate(outcomes))
    answer = Answer("q", "c", rating=3, probes=probes)
    assert answer.line == "3 · probed 4, 1 new detail, 1 not noted"
    assert answer.open_outcomes == probes[2:3]


def test_a_follow_up_in_own_words_counts_as_a_probe() -> None:
    own = Asked("0199", "and then?", (), "", Outcome.NEW_DETAIL, is_own=True)
    assert Answer("q", "c", rating=5, probes=(own,)).line == "5 · probed 1, 1 new detail"


def test_the_outcome_amended_last_counts_and_what_was_noted_stays() -> None:
    probes = (Asked("a", "?", (), "t1"), Asked("b", "?", (), "t2", Outcome.NO_ANSWER))
    amendments = tuple(
        Amendment(str(place), "s", "q", "outcome", value, "Forgot.", "Priya", "t", probe)
        for place, (probe, value) in enumerate(
            [("a", "nothing_new"), ("a", "new_detail"), ("b", None)]
        )
    )
    answer = Answer("q", "c", rating=3, probes=probes, amendments=amendments)
    assert answer.line == "3 · probed 2, 1 new detail, 1 not noted"
    assert [probe.outcome for probe in answer.asked] == [Outcome.NEW_DETAIL, None]
    assert [probe.outcome for probe in answer.probes] == [None, Outcome.NO_ANSWER]
    assert answer.counts == 3


def test_marked_notes_come_first_each_in_its_order() -> None:
    notes = tuple(Note(str(n), "t", f"n{n}", is_marked=n in (2, 4)) for n in range(1, 6))
    marked_first = Answer("q", "c", notes=notes).notes_marked_first
    assert [note.text for note in marked_first] == ["n2", "n4", "n1", "n3", "n5"]


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
