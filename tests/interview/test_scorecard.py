"""The seal: anybody can recompute it from the document with json and hashlib alone."""

import hashlib
import json

import pytest

from interviewkit.banks.elements import Element
from interviewkit.interview.records import (
    CLOSING,
    OPENING,
    Answer,
    Asked,
    Candidate,
    Interview,
    Note,
    Outcome,
    Recommendation,
    Role,
)
from interviewkit.interview.sealed_document import (
    mismatch,
    scorecard_content,
    scorecard_document,
    seal,
)

INTERVIEW = Interview(
    id="0195-interview",
    role=Role("0195-role", "Account executive"),
    candidate=Candidate("0195-candidate", "Zoë Ångström"),
    interviewer="Priya Raman",
    bank="customer-focused-sales",
    bank_sha256="ab" * 32,
    kit="first-45",
    started_at="2026-03-02T09:00:00.000Z",
    page=CLOSING,
    submitted_at="2026-03-02T10:00:00.000Z",
    recommendation=Recommendation.DEFINITELY_YES,
    summary="Sound – “kept” her word 🎉",
    reason="The references settled it.",
    seal="whatever stands here is not sealed in",
)
ANSWERS = (
    Answer(OPENING, None, seconds=100.06, notes=(Note("n0", "t0", "came by train"),)),
    Answer(
        "broken-promise",
        "service-recovery",
        seconds=250.25,
        rating=4,
        assessed=True,
        notes=(Note("n1", "t1", "nine days late"), Note("n2", "t3", "Müller", "first-step")),
        probes=(Asked("first-step", "What first?", (Element.TIME,), "t2", Outcome.NEW_DETAIL),),
        ticks={Element.TIME: True, Element.PEOPLE: False},
    ),
    Answer("hard-feedback", "learning", skipped="no time"),
    Answer(CLOSING, None),
)
# Written out by hand, so that no change of the canonical form goes unseen.
BY_HAND: dict[str, object] = {
    "type": "scorecard",
    "id": "0195-interview",
    "candidate": "0195-candidate",
    "role": "0195-role",
    "bank": {"id": "customer-focused-sales", "sha256": "ab" * 32},
    "kit": "first-45",
    "interviewer": "Priya Raman",
    "started_at": "2026-03-02T09:00:00.000Z",
    "submitted_at": "2026-03-02T10:00:00.000Z",
    "recommendation": "definitely_yes",
    "summary": "Sound – “kept” her word 🎉",
    "reason": "The references settled it.",
    "answers": [
        {
            "question": "broken-promise",
            "competency": "service-recovery",
            "rating": 4,
            "skipped": None,
            "seconds": 250.2,
            "notes": [
                {"id": "n1", "at": "t1", "text": "nine days late", "probe": None},
                {"id": "n2", "at": "t3", "text": "Müller", "probe": "first-step"},
            ],
            "probes": [
                {
                    "probe": "first-step",
                    "text": "What first?",
                    "elicits": ["time"],
                    "asked_at": "t2",
                    "outcome": "new_detail",
                }
            ],
            "ticks": {"people": False, "time": True},
        },
        {
            "question": "hard-feedback",
            "competency": "learning",
            "rating": None,
            "skipped": "no time",
            "seconds": 0.0,
            "notes": [],
            "probes": [],
            "ticks": {},
        },
    ],
    "pages": [
        {
            "page": "opening",
            "seconds": 100.1,
            "notes": [{"id": "n0", "at": "t0", "text": "came by train", "probe": None}],
        },
        {"page": "closing", "seconds": 0.0, "notes": []},
    ],
}


def by_hand(content: dict[str, object]) -> str:
    text = json.dumps(content, sort_keys=True, separators=(",", ":"), ensure_ascii=False)
    return hashlib.sha256(text.encode("utf-8")).hexdigest()


def test_the_document_is_the_scorecard_whole_and_in_plain_json() -> None:
    made = json.loads(json.dumps(scorecard_document(INTERVIEW, ANSWERS)))
    sealed = made.pop("sha256")
    assert made == BY_HAND | {
        "format": 3,
        "candidate_name": INTERVIEW.candidate.name,
        "candidate_reference": "",
        "role_title": INTERVIEW.role.title,
        "interviewer_id": "",
        "visits": [],
        "log_head": {"count": 0, "link": ""},
    }
    assert sealed == by_hand(made)


def test_what_format_1_holds_is_a_part_of_every_later_one() -> None:
    assert json.loads(json.dumps(scorecard_content(INTERVIEW, ANSWERS))) == BY_HAND


def test_the_seal_outlives_a_journey_through_a_file() -> None:
    line = json.dumps(scorecard_document(INTERVIEW, ANSWERS), indent=1)  # escapes and all
    carried = json.loads(line)
    assert seal(carried) == carried["sha256"]
    assert seal(dict(reversed(carried.items()))) == carried["sha256"]


def changed(name: str) -> dict[str, object]:
    answers = list(ANSWERS)
    interview = INTERVIEW
    if name == "a rating":
        answers[1] = answers[1]._replace(rating=5)
    elif name == "a note":
        answers[1] = answers[1]._replace(notes=answers[1].notes[:1])
    elif name == "a tick":
        answers[1] = answers[1]._replace(ticks={Element.TIME: True})
    elif name == "an outcome":
        asked = answers[1].probes[0]._replace(outcome=Outcome.NOTHING_NEW)
        answers[1] = answers[1]._replace(probes=(asked,))
    elif name == "the order":
        answers[1], answers[2] = answers[2], answers[1]
    elif name == "a note on a page":
        answers[0] = answers[0]._replace(notes=())
    elif name == "the reason":
        interview = INTERVIEW._replace(reason="")
    else:
        interview = INTERVIEW._replace(recommendation=Recommendation.NO)
    return scorecard_document(interview, answers)


@pytest.mark.parametrize(
    "name",
    [
        "a rating",
        "a note",
        "a tick",
        "an outcome",
        "the order",
        "a note on a page",
        "the reason",
        "the recommendation",
    ],
)
def test_any_change_breaks_the_seal(name: str) -> None:
    assert changed(name)["sha256"] != by_hand(BY_HAND)


def test_ticks_are_sealed_alike_in_whatever_order_they_were_made() -> None:
    answers = list(ANSWERS)
    answers[1] = answers[1]._replace(ticks=dict(reversed(list(answers[1].ticks.items()))))
    assert scorecard_document(INTERVIEW, answers) == scorecard_document(INTERVIEW, ANSWERS)


@pytest.mark.parametrize(
    ("recommendation", "ratings", "words"),
    [
        (Recommendation.YES, [2, 3], "Your ratings average 2.5, but you recommend yes."),
        (Recommendation.DEFINITELY_YES, [1], "average 1.0, but you recommend definitely yes."),
        (Recommendation.NO, [3, 4, None], "average 3.5, but you recommend no."),
        (Recommendation.DEFINITELY_NOT, [5, 5], "average 5.0, but you recommend definitely not."),
        (
            Recommendation.DEFINITELY_YES,
            [],
            "Nothing is rated, and you recommend definitely yes.",
        ),
        (
            Recommendation.DEFINITELY_NOT,
            [None],
            "Nothing is rated, and you recommend definitely not.",
        ),
    ],
)
def test_a_recommendation_that_does_not_follow_the_ratings_is_told(
    recommendation: Recommendation, ratings: list[int | None], words: str
) -> None:
    answers = [Answer(str(i), "c", rating=rating) for i, rating in enumerate(ratings)]
    assert mismatch(recommendation, answers, 5).endswith(words)


@pytest.mark.parametrize("recommendation", Recommendation)
@pytest.mark.parametrize("ratings", [[3], [2, 3, 3], [4, 3, 3]], ids=str)
def test_near_the_middle_nothing_is_told(
    recommendation: Recommendation, ratings: list[int | None]
) -> None:
    answers = [Answer(str(i), "c", rating=rating) for i, rating in enumerate(ratings)]
    assert mismatch(recommendation, answers, 5) == ""


@pytest.mark.parametrize("recommendation", [Recommendation.YES, Recommendation.NO])
def test_without_ratings_a_plain_yes_or_no_is_no_reason_to_wonder(
    recommendation: Recommendation,
) -> None:
    assert mismatch(recommendation, [Answer("q", "c")], 5) == ""
