"""What the bank we ship promises to whoever starts with it."""

import pytest

from interviewkit.banks.elements import LABELS, Element
from interviewkit.banks.model import RATINGS, Competency, Kit, Question
from support import shipped

BANK = shipped().bank
questions = pytest.mark.parametrize("question", BANK.questions, ids=lambda question: question.id)
kits = pytest.mark.parametrize("kit", BANK.kits, ids=lambda kit: kit.id)


def test_it_holds_at_least_eight_competencies_and_every_one_is_asked_about() -> None:
    assert len(BANK.competencies) >= 8
    asked = {question.competency for question in BANK.questions}
    assert asked == {competency.id for competency in BANK.competencies}


def test_most_questions_ask_for_the_past_and_some_for_a_situation() -> None:
    kinds = [question.kind for question in BANK.questions]
    assert kinds.count("past_behaviour") >= 20
    assert kinds.count("situational") >= 1


@pytest.mark.parametrize("competency", BANK.competencies, ids=lambda competency: competency.id)
def test_a_competency_has_five_anchors_that_fit_the_rating_bar(competency: Competency) -> None:
    assert tuple(competency.anchors) == RATINGS
    assert max(map(len, competency.anchors.values())) <= 74
    assert len(set(competency.anchors.values())) == 5


@questions
def test_a_question_fits_the_screen_and_can_be_probed_for_every_element(
    question: Question,
) -> None:
    assert len(question.ask) <= 150
    assert len(question.probes) >= 6
    elicited = {element for probe in question.probes for element in probe.elicits}
    assert elicited == set(Element)


@questions
def test_a_questions_own_anchors_fit_as_well(question: Question) -> None:
    anchors = BANK.anchors(question)
    assert tuple(anchors) == RATINGS
    assert max(map(len, anchors.values())) <= 74


def test_there_is_a_kit_for_half_an_hour_three_quarters_and_an_hour() -> None:
    assert [kit.minutes for kit in BANK.kits] == [30, 45, 60]


@kits
def test_the_minutes_of_a_kit_add_up(kit: Kit) -> None:
    pages = [page.minutes for page in (kit.opening, kit.closing) if page]
    assert len(pages) == 2
    assert sum(pages) + sum(entry.minutes for entry in kit.questions) == kit.minutes


def test_every_element_has_a_label_short_enough_for_the_story() -> None:
    assert set(LABELS) == set(Element)
    assert max(map(len, LABELS.values())) <= 13
