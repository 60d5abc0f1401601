"""Sets of written answers and what was given to them, as documents: kept, handed out, given back.

A document of a set never holds the expert's ratings.
"""

from collections.abc import Mapping
from typing import Any

from interviewkit.interview.calibration import (
    BlindRatings,
    CalibrationSet,
    ExpertKey,
    ExpertRating,
    WrittenAnswer,
    WrittenTurn,
)
from interviewkit.interview.people import Person


def set_document(calibration_set: CalibrationSet) -> dict[str, Any]:
    """The line of a set, which is also how the records keep it."""
    return {
        "type": "calibration_set",
        "id": calibration_set.id,
        "title": calibration_set.title,
        "bank": calibration_set.bank,
        "kit": calibration_set.kit,
        "scale": list(calibration_set.scale),
        "made_at": calibration_set.made_at,
        "trainer": calibration_set.trainer.name,
        "trainer_id": calibration_set.trainer.id,
        "round": calibration_set.round,
        "answers": [
            {
                "id": answer.id,
                "candidate": answer.candidate,
                "question": answer.question,
                "competency": answer.competency,
                "ask": answer.ask,
                "turns": [turn._asdict() for turn in answer.turns],
                "anchors": {str(point): words for point, words in answer.anchors.items()},
            }
            for answer in calibration_set.answers
        ],
    }


def set_from_document(document: Mapping[str, Any]) -> CalibrationSet:
    """The set of a document whose shape is right."""
    return CalibrationSet(
        document["id"],
        document["title"],
        document["bank"],
        document["kit"],
        tuple(document["scale"]),
        document["made_at"],
        Person(document["trainer_id"], document["trainer"]),
        document["round"],
        tuple(
            WrittenAnswer(
                answer["id"],
                answer["candidate"],
                answer["question"],
                answer["competency"],
                answer["ask"],
                tuple(WrittenTurn(turn["asks"], turn["says"]) for turn in answer["turns"]),
                {int(point): words for point, words in answer["anchors"].items()},
            )
            for answer in document["answers"]
        ),
    )


def ratings_document(blind: BlindRatings) -> dict[str, Any]:
    """The line of what one person handed in."""
    return {
        "type": "calibration",
        "id": blind.id,
        "set": blind.set_id,
        "round": blind.round,
        "person": blind.person.id,
        "started_at": blind.started_at,
        "submitted_at": blind.submitted_at,
        "ratings": dict(blind.ratings),
    }


def key_document(key: ExpertKey) -> dict[str, Any]:
    """An expert's ratings as the records of the trainer keep them."""
    return {answer: rating._asdict() for answer, rating in key.items()}


def key_from_document(document: Mapping[str, Any]) -> ExpertKey:
    """The expert's ratings that :func:`key_document` wrote."""
    return {answer: ExpertRating(**rating) for answer, rating in document.items()}
