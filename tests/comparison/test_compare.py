import re
from dataclasses import replace
from fractions import Fraction
from itertools import pairwise
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from interviewkit.comparison.cards import Card, KitUsed
from interviewkit.comparison.comparability import MOST_NAMES
from interviewkit.comparison.compare import compare_candidates
from interviewkit.comparison.means import format_mean, mean, overall, percent
from interviewkit.comparison.ratings import visible_ratings
from interviewkit.export.text_report import score
from interviewkit.interview.records import Candidate, Recommendation
from small_round import CARDS, QUESTIONS, ROLE, a_bank, card, compared
from support import ROOT, shipped


def test_each_interviewer_counts_once_however_many_answers_they_rated() -> None:
    ada = compared(
        card("Ada", "Priya", {"own-1": 5, "own-2": 5}), card("Ada", "Tom", {"own-1": 2})
    ).candidates[0]
    cell = ada.cells["ownership"]
    assert (cell.mean, cell.n, cell.ratings) == (3.5, 2, 3)
    assert cell.by_interviewer == {"Priya": 5.0, "Tom": 2.0}


def test_two_scorecards_of_one_interviewer_are_pooled_whatever_the_spelling() -> None:
    ada = compared(
        card("Ada", "Priya Raman", {"own-1": 5}),
        card("Ada", " priya  raman ", {"own-1": 4, "own-2": 3}, number=2),
        card("Ada", "Tom", {"own-1": 1}),
    ).candidates[0]
    assert ada.cells["ownership"].by_interviewer == {"Priya Raman": 4.0, "Tom": 1.0}
    assert ada.cells["ownership"].mean == 2.5
    assert (ada.interviews, ada.interviewers) == (3, ("Priya Raman", "Tom"))


def test_not_assessed_is_never_zero() -> None:
    ada = compared(card("Ada", "Priya", {"own-1": 4, "own-2": None, "learn-1": None})).candidates[0]
    assert ada.overall == 4.0
    assert ada.coverage == 0.5
    assert ada.cells["learning"].mean is None
    assert ada.cells["learning"].n == 0


def test_who_was_not_assessed_at_all_stands_last_without_an_overall() -> None:
    result = compared(
        card("Ada", "Priya", {"own-1": None}),
        card("Zoe", "Priya", {"own-1": 1}),
        card("Bo", "Priya", {"own-1": 1}),
    )
    assert [candidate.name for candidate in result.candidates] == ["Bo", "Zoe", "Ada"]
    assert (result.candidates[-1].overall, result.candidates[-1].coverage) == (None, 0.0)


def test_what_weighs_nothing_adds_nothing() -> None:
    bank = a_bank({"first": {"ownership": 0, "learning": 0}})
    ada = compared(card("Ada", "Priya", {"own-1": 4}, bank=bank), banks=(bank,)).candidates[0]
    assert (ada.overall, ada.coverage) == (None, 0.0)


def test_a_cell_says_how_it_was_probed_and_counts_only_rated_answers() -> None:
    ada = compared(
        card("Ada", "Priya", {"own-1": 4}, probed=3, new_detail=2),
        card("Ada", "Tom", {"own-1": 5, "own-2": None}),
        card("Ada", "Lucía", {"own-1": None}, probed=2, new_detail=1),
    ).candidates[0]
    cell = ada.cells["ownership"]
    assert (cell.probed, cell.new_detail, cell.not_probed) == (3, 2, 1)


def test_recommendations_are_counted_by_scorecard() -> None:
    no, sure = Recommendation.NO, Recommendation.DEFINITELY_YES
    ada = compared(
        card("Ada", "Priya", {"own-1": 4, "own-2": 4}, word=no),
        card("Ada", "Tom", {"own-1": 4}, word=sure),
        card("Ada", "Lucía", {"own-1": 4}, word=sure),
    ).candidates[0]
    assert ada.recommendations == {
        Recommendation.DEFINITELY_NOT: 0,
        no: 1,
        Recommendation.YES: 0,
        sure: 2,
    }


def test_the_weight_of_the_kit_most_scorecards_used_counts_and_is_said() -> None:
    bank = a_bank({"first": {"ownership": 3}, "final": {"ownership": 2}})
    result = compared(
        card("Ada", "Priya", {"own-1": 4, "learn-1": 1}, bank=bank, kit="first"),
        card("Ada", "Tom", {"own-1": 4, "learn-1": 1}, bank=bank, kit="final"),
        card("Ada", "Lucía", {"own-1": 4, "learn-1": 1}, bank=bank, kit="final"),
        banks=(bank,),
    )
    assert [(item.id, item.weight) for item in result.competencies] == [
        ("ownership", 2.0),
        ("learning", 1.0),
    ]
    assert result.candidates[0].overall == 3.0
    assert result.warnings == (
        "Kits weigh Ownership differently (first 3, final 2). It counts 2, as in final, which most "
        "scorecards used.",
    )


def test_of_two_kits_as_often_used_the_first_submitted_counts() -> None:
    bank = a_bank({"first": {"ownership": 3}, "final": {"ownership": 2}})
    result = compared(
        card("Ada", "Priya", {"own-1": 4}, bank=bank, kit="final"),
        card("Ada", "Tom", {"own-1": 4}, bank=bank, kit="first"),
        banks=(bank,),
    )
    assert result.competencies[0].weight == 2.0


def test_a_kit_that_does_not_ask_about_a_competency_has_no_say_in_its_weight() -> None:
    bank = a_bank({"first": {}, "final": {"learning": 4}}, asks={"first": ["own-1"]})
    result = compared(
        card("Ada", "Priya", {"own-1": 4}, bank=bank, kit="first"),
        card("Ada", "Lucía", {"own-1": 4}, bank=bank, kit="first"),
        card("Ada", "Tom", {"learn-1": 4}, bank=bank, kit="final"),
        banks=(bank,),
    )
    assert [item.weight for item in result.competencies] == [1.0, 4.0]
    assert result.warnings == ()


def test_a_tenth_is_a_tenth() -> None:
    bank = a_bank({"first": {"ownership": 0.1, "learning": 0.2}})
    ada = compared(
        card("Ada", "Priya", {"own-1": 5, "learn-1": 2}, bank=bank), banks=(bank,)
    ).candidates[0]
    assert ada.overall == 3.0


def test_it_warns_of_everything_that_was_not_alike() -> None:
    old, new = a_bank({"first": {}, "final": {}}), a_bank({"first": {}}, version="1.1")
    result = compared(
        card("Ada", "Priya", {"own-1": 4, "own-2": 4}, bank=old),
        card("Ada", "Tom", {"own-1": 4, "own-2": 4}, bank=old, kit="final"),
        card("Bo", "Priya", {"own-1": 4, "own-2": None}, bank=new, skipped={"own-2": "no time"}),
        banks=(old, new),
    )
    assert result.warnings == (
        "Different versions of the bank Small were used: 1.0, 1.1.",
        "Candidates were interviewed with different kits. final and first: Ada; first: Bo.",
        "Candidates were asked different questions. Not asked: Bo: “Tell me of own-2”.",
        "Candidates were seen by different numbers of interviewers. 1: Bo; 2: Ada.",
    )


def test_it_warns_of_different_banks() -> None:
    one, other = a_bank(), a_bank(bank_id="other")
    result = compared(
        card("Ada", "Priya", {"own-1": 4}, bank=one),
        card("Ada", "Tom", {"own-1": 4}, bank=other),
        banks=(one, other),
    )
    assert "Different banks were used: Small (other), Small (small)." in result.warnings


def test_a_question_skipped_by_one_but_asked_by_another_was_asked() -> None:
    result = compared(
        card("Ada", "Priya", {"own-1": None}, skipped={"own-1": "no time"}),
        card("Ada", "Tom", {"own-1": 3}),
        card("Bo", "Priya", {"own-1": 3}),
        card("Bo", "Tom", {"own-1": 3}),
    )
    assert result.warnings == ()


def test_many_names_in_a_warning_are_counted() -> None:
    names = [f"Candidate {number}" for number in range(MOST_NAMES + 3)]
    result = compared(
        card("Zoe", "Priya", {"own-1": 3}),
        card("Zoe", "Tom", {"own-1": 3}),
        *(card(name, "Priya", {"own-1": 3}) for name in names),
    )
    assert "and 3 more" in result.warnings[0]


def test_two_points_apart_on_a_question_are_worth_talking_about_widest_first() -> None:
    result = compared(
        card("Ada", "Priya", {"own-1": 5, "own-2": 3}),
        card("Ada", "Tom", {"own-1": 3, "own-2": 4}),
        card("Bo", "Priya", {"learn-1": 2}),
        card("Bo", "Tom", {"learn-1": 5}),
    )
    assert [(s.candidate, s.question, s.lowest, s.highest) for s in result.talk_about] == [
        ("Bo", "learn-1", 2.0, 5.0),
        ("Ada", "own-1", 3.0, 5.0),
    ]
    assert result.talk_about[1].ask == "Tell me of own-1"
    assert result.talk_about[1].by_interviewer == {"Priya": 5.0, "Tom": 3.0}


def test_where_the_panel_is_noisy_it_takes_more_to_be_worth_talking_about() -> None:
    noisy = [
        card(f"C{n}", who, {"own-1": rating, "own-2": 3 - rating % 2})
        for n in range(12)
        for who, rating in (("Priya", 1 + n % 3), ("Tom", 3 + n % 3))
    ]
    result = compared(*noisy, card("Ada", "Priya", {"own-1": 5}), card("Ada", "Tom", {"own-1": 1}))
    assert [(s.candidate, s.question) for s in result.talk_about] == [("Ada", "own-1")]
    assert 2 < result.talk_from < 4


def test_one_interviewer_who_rates_twice_is_no_spread() -> None:
    result = compared(
        card("Ada", "Priya", {"own-1": 5}), card("Ada", "Priya", {"own-1": 1}, number=2)
    )
    assert result.talk_about == ()


def test_withheld_candidates_leave_nothing_but_a_name_and_a_count() -> None:
    bank = a_bank({"first": {"ownership": 3}, "final": {"ownership": 2}})
    hidden = [
        card("Bo", "Priya", {"own-1": 1}, bank=bank, kit="final"),
        card("Bo", "Tom", {"own-1": 5, "own-2": 5}, bank=bank, kit="final"),
    ]
    ada = card("Ada", "Priya", {"own-1": 4}, bank=bank)
    result = compared(ada, *hidden, unseen={"id-Bo"}, banks=(bank,))
    alone = compared(ada, banks=(bank,))
    assert [(item.name, item.scorecards) for item in result.withheld] == [("Bo", 2)]
    assert replace(result, withheld=()) == alone


def test_nothing_compares_to_nothing() -> None:
    result = compared()
    assert (result.candidates, result.competencies, result.warnings) == ((), (), ())


@pytest.mark.parametrize(
    ("value", "said"),
    [(None, "–"), (3.25, "3.3"), (3.35, "3.4"), (2.0, "2.0"), (11 / 3, "3.7"), (2.85, "2.9")],
)
def test_halves_are_rounded_up_as_spreadsheets_do(value: float | None, said: str) -> None:
    assert format_mean(value) == said


def test_a_share_is_shown_in_percent() -> None:
    assert [percent(share) for share in (1.0, 2 / 3, 0.0)] == ["100 %", "67 %", "0 %"]


def _cards(drawn: list[tuple[str, str, dict[str, int | None]]]) -> list[Card]:
    return [card(*one, number=number) for number, one in enumerate(drawn)]


@settings(deadline=None)
@given(CARDS, st.randoms())
def test_the_order_of_the_scorecards_does_not_matter(drawn: Any, random: Any) -> None:
    cards = _cards(drawn)
    before = compared(*cards)
    random.shuffle(cards)
    assert compared(*cards) == before


@settings(deadline=None)
@given(CARDS, st.sampled_from(list(QUESTIONS)))
def test_an_answer_that_was_not_assessed_changes_no_number(drawn: Any, question: str) -> None:
    cards = _cards(drawn)
    before = compared(*cards)
    first = cards[0]
    extra = first._replace(
        questions=(*first.questions, (question, QUESTIONS[question])),
        ratings=first.ratings + b"\0",
        asked=first.asked + b"\1",
        probed=first.probed + b"\2",
        new_detail=first.new_detail + b"\1",
        not_noted=first.not_noted + b"\1",
    )
    after = compared(extra, *cards[1:])
    assert replace(after, warnings=()) == replace(before, warnings=())


@settings(deadline=None)
@given(CARDS)
def test_overall_is_a_mean_of_ratings_and_the_list_is_in_order(drawn: Any) -> None:
    candidates = compared(*_cards(drawn)).candidates
    scores = [candidate.overall for candidate in candidates]
    assert all(score is None or 1 <= score <= 5 for score in scores)
    assert all(0 <= candidate.coverage <= 1 for candidate in candidates)
    assert all(a is not None and a >= b for a, b in pairwise(scores) if b is not None)


RATIOS = st.tuples(st.integers(1, 60), st.integers(1, 12))


@given(st.lists(RATIOS, min_size=1, max_size=8))
def test_means_are_exact(scores: list[tuple[int, int]]) -> None:
    fractions = [Fraction(*score) for score in scores]
    assert Fraction(*mean(scores)) == sum(fractions) / len(fractions)


@given(st.lists(st.tuples(st.one_of(st.none(), RATIOS), st.integers(0, 9)), max_size=8))
def test_the_overall_is_exact(scores: list[tuple[tuple[int, int] | None, int]]) -> None:
    found, assessed = overall([score for score, _ in scores], [weight for _, weight in scores])
    there = [(Fraction(*score), weight) for score, weight in scores if score]
    assert assessed == sum(weight for _, weight in there)
    if assessed:
        assert found is not None
        assert Fraction(*found) == sum(score * weight for score, weight in there) / assessed
    else:
        assert found is None


def _tables() -> list[list[dict[str, str]]]:
    """The tables of the document, a dict a row."""
    text = (ROOT / "docs" / "comparison.md").read_text(encoding="utf-8")
    result = []
    for block in re.findall(r"(?:^\|.*\n)+", text, re.MULTILINE):
        rows = [[c.strip() for c in line.strip("|").split("|")] for line in block.splitlines()]
        result.append([dict(zip(rows[0], row, strict=True)) for row in rows[2:]])
    return result


def test_the_example_in_the_documentation_comes_out_as_it_says() -> None:
    given_, expected = _tables()[:2]
    bank = a_bank({"first": {"ownership": 2}})
    cards = [
        card(
            row["candidate"],
            row["interviewer"],
            {name: None if row[name] == "–" else int(row[name]) for name in QUESTIONS},
            bank=bank,
        )
        for row in given_
    ]
    result = compared(*cards, banks=(bank,))
    assert expected == [
        {
            "candidate": candidate.name,
            "ownership": score(candidate.cells["ownership"]),
            "learning": score(candidate.cells["learning"]),
            "overall": format_mean(candidate.overall),
            "coverage": percent(candidate.coverage),
        }
        for candidate in result.candidates
    ]
    prose = (ROOT / "docs" / "comparison.md").read_text(encoding="utf-8")
    ada, bo = result.candidates[1], result.candidates[0]
    assert ada.cells["ownership"].by_interviewer == {"Priya": 4.5, "Tom": 3.0}
    assert bo.cells["ownership"].by_interviewer == {"Priya": 3.0, "Tom": 4.5}
    assert ada.cells["ownership"].mean == bo.cells["ownership"].mean == bo.overall == 3.75
    assert ada.overall == float(Fraction(10, 3))
    assert "(2 × 3.75 + 1 × 2.5) / 3 = 3.33" in prose
    spread = result.talk_about[0]
    assert len(result.talk_about) == 1
    assert (spread.candidate, spread.question, spread.lowest, spread.highest) == (
        "Bo",
        "own-1",
        3.0,
        5.0,
    )
    assert "On `own-1` Priya gave Bo a 3 and Tom a 5." in prose


def test_the_shipped_kits_can_all_be_compared() -> None:
    file = shipped()
    for kit in file.bank.kits:
        question = file.bank.question(kit.questions[0].question)
        row = Card(
            "i",
            Candidate("c", "Ada"),
            "Priya",
            file.sha256,
            kit.id,
            "2026-03-02T10:00:00.000Z",
            None,
            ((question.id, question.competency),),
            bytes([4]),
            bytes([1]),
            bytes([0]),
            bytes([0]),
            bytes([0]),
        )
        kits = [KitUsed(file.bank, file.sha256, kit.id, ("i",))]
        assert compare_candidates(visible_ratings(ROLE, [row], kits)).candidates[0].overall == 4.0
