"""A submitted interview as one document, and the seal over it.

Canonical form: JSON of the document without ``sha256``, keys sorted, no white space, UTF-8, no
escapes beyond JSON's own. The seal is the SHA-256 of those bytes in hexadecimal, so that anybody
can recompute it from an exported line.
"""

import json
from collections.abc import Iterable, Mapping

from interviewkit.interview.records import CLOSING, OPENING, Answer, Interview, Note, Recommendation


def document(interview: Interview, answers: Iterable[Answer]) -> dict[str, object]:
    """The scorecard as the interchange format has it, sealed. ``answers`` in the order asked.

    What was noted on the opening and the closing page stands apart from the answers.
    """
    answers = list(answers)
    pages = [answer for answer in answers if answer.question in (OPENING, CLOSING)]
    unsealed: dict[str, object] = {
        "type": "scorecard",
        "id": interview.id,
        "candidate": interview.candidate.id,
        "role": interview.role.id,
        "bank": {"id": interview.bank, "sha256": interview.bank_sha256},
        "kit": interview.kit,
        "interviewer": interview.interviewer,
        "started_at": interview.started_at,
        "submitted_at": interview.submitted_at,
        "recommendation": interview.recommendation,
        "summary": interview.summary,
        "reason": interview.reason,
        "answers": [_answer(answer) for answer in answers if answer not in pages],
        "pages": [
            {
                "page": page.question.removeprefix("@"),
                "seconds": round(page.seconds, 1),
                "notes": _notes(page.notes),
            }
            for page in pages
        ],
    }
    return unsealed | {"sha256": seal(unsealed)}


def mismatch(recommendation: Recommendation, answers: Iterable[Answer], top: int) -> str:
    """What a reader would wonder about: a yes over low ratings, a no over high ones, else nothing.

    So would they about a "definitely" where nothing is rated. Neither forces the other; the
    interviewer is asked for a sentence. It starts where the mean is an eighth of the scale on the
    wrong side of its middle, half a point of ``top`` = 5.
    """
    ratings = [answer.rating for answer in answers if answer.rating is not None]
    if not ratings:
        is_sure = recommendation in (Recommendation.DEFINITELY_NOT, Recommendation.DEFINITELY_YES)
        return f"Nothing is rated, and you recommend {recommendation.words}." if is_sure else ""
    mean = sum(ratings) / len(ratings)
    middle, aside = (1 + top) / 2, (top - 1) / 8
    is_yes = recommendation in (Recommendation.YES, Recommendation.DEFINITELY_YES)
    if (is_yes and mean <= middle - aside) or (not is_yes and mean >= middle + aside):
        return f"Your ratings average {mean:.1f}, and you recommend {recommendation.words}."
    return ""


def seal(scorecard: Mapping[str, object]) -> str:
    """SHA-256 over the canonical form; a ``sha256`` already in the document is left out."""
    unsealed = {key: value for key, value in scorecard.items() if key != "sha256"}
    text = json.dumps(unsealed, sort_keys=True, separators=(",", ":"), ensure_ascii=False)
    import hashlib  # see storage.trail

    return hashlib.sha256(text.encode()).hexdigest()


def _answer(answer: Answer) -> dict[str, object]:
    return {
        "question": answer.question,
        "competency": answer.competency,
        "rating": answer.rating,
        "skipped": answer.skipped,
        "seconds": round(answer.seconds, 1),
        "notes": _notes(answer.notes),
        "probes": [
            {
                "probe": asked.probe,
                "text": asked.text,
                "elicits": list(asked.elicits),
                "asked_at": asked.at,
                "outcome": asked.outcome,
            }
            for asked in answer.probes
        ],
        "ticks": {element: answer.ticks[element] for element in sorted(answer.ticks)},
    }


def _notes(notes: Iterable[Note]) -> list[dict[str, object]]:
    return [
        {"id": note.id, "at": note.at, "text": note.text, "probe": note.probe} for note in notes
    ]
