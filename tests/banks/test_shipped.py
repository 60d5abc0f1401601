"""What the banks we ship promise to anyone who starts with it."""

import pytest

from interviewkit.banks.elements import LABELS, Element
from interviewkit.banks.model import RATINGS, Bank, Competency, Kit, Question
from support import shipped, shipped_ids

BANKS = [shipped(name).bank for name in shipped_ids()]
banks = pytest.mark.parametrize("bank", BANKS, ids=lambda bank: bank.id)
questions = pytest.mark.parametrize(
    ("bank", "question"),
    [(bank, question) for bank in BANKS for question in bank.questions],
    ids=lambda value: value.id,
)
kits = pytest.mark.parametrize(
    "kit", [kit for bank in BANKS for kit in bank.kits], ids=lambda kit: kit.id
)


@banks
def test_it_holds_at_least_eight_competencies_and_every_one_is_asked_about(bank: Bank) -> None:
    assert len(bank.competencies) >= 8
    asked = {question.competency for question in bank.questions}
    assert asked == {competency.id for competency in bank.competencies}


@banks
def test_most_questions_ask_for_the_past_and_some_for_a_situation(bank: Bank) -> None:
    kinds = [question.kind for question in bank.questions]
    assert len(kinds) >= 18
    assert kinds.count("past_behaviour") >= 0.8 * len(kinds)
    assert kinds.count("situational") >= 1


@pytest.mark.parametrize(
    "competency",
    [competency for bank in BANKS for competency in bank.competencies],
    ids=lambda competency: competency.id,
)
def test_a_competency_has_five_anchors_that_fit_the_rating_bar(competency: Competency) -> None:
    assert tuple(competency.anchors) == RATINGS
    assert max(map(len, competency.anchors.values())) <= 74
    assert len(set(competency.anchors.values())) == 5


@questions
def test_a_question_fits_the_screen_and_can_be_probed_for_every_element(
    bank: Bank, question: Question
) -> None:
    assert len(question.ask) <= 150
    if question.role_play:
        return  # it is played: there is no story with elements to probe for
    assert len(question.probes) >= 6
    elicited = {element for probe in question.probes for element in probe.elicits}
    assert elicited == set(Element)


@questions
def test_a_questions_own_anchors_fit_as_well(bank: Bank, question: Question) -> None:
    anchors = bank.anchors(question)
    assert tuple(anchors) == RATINGS
    assert max(map(len, anchors.values())) <= 74


@banks
def test_there_is_a_kit_for_half_an_hour_three_quarters_and_an_hour(bank: Bank) -> None:
    assert [kit.minutes for kit in bank.kits][:3] == [30, 45, 60]


@banks
def test_a_panel_can_share_three_kits_and_every_question_stands_in_one(bank: Bank) -> None:
    panels = [kit for kit in bank.kits if kit.panel]
    asked = {entry.question for kit in bank.kits for entry in kit.questions}
    assert len(panels) >= 3
    assert asked == {question.id for question in bank.questions}


@banks
def test_every_question_has_anchors_of_its_own(bank: Bank) -> None:
    ladders = [tuple(question.anchors.values()) for question in bank.questions if question.anchors]
    assert len(set(ladders)) == len(bank.questions)


@banks
def test_nobody_hears_a_question_or_a_probe_twice(bank: Bank) -> None:
    asked = [entry.question for kit in bank.kits for entry in kit.questions]
    assert len(set(asked)) == len(asked)
    probes = [probe.ask for question in bank.questions for probe in question.probes]
    assert len(set(probes)) == len(probes)


def test_the_german_bank_can_be_laid_beside_the_english_one() -> None:
    english, german = shipped().bank, shipped("kundenorientierter-vertrieb").bank
    assert german.language == "de"
    stories = [question for question in english.questions if not question.role_play]
    for ours, theirs in zip(german.questions, stories, strict=True):
        assert (ours.id, ours.competency, ours.kind) == (theirs.id, theirs.competency, theirs.kind)
        assert [(p.id, p.elicits) for p in ours.probes] == [
            (p.id, p.elicits) for p in theirs.probes
        ]
    assert [c.id for c in german.competencies] == [c.id for c in english.competencies]
    assert [(kit.id, kit.minutes, kit.weights) for kit in german.kits] == [
        (kit.id, kit.minutes, kit.weights) for kit in english.kits if "work-sample" not in kit.id
    ]


@kits
def test_the_minutes_of_a_kit_add_up(kit: Kit) -> None:
    pages = [page.minutes for page in (kit.opening, kit.closing) if page]
    assert len(pages) == 2
    assert sum(pages) + sum(entry.minutes for entry in kit.questions) == kit.minutes


def test_every_element_has_a_label_short_enough_for_the_story() -> None:
    assert set(LABELS) == set(Element)
    assert max(map(len, LABELS.values())) <= 13
