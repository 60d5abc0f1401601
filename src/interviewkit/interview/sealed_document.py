"""What is submitted, as documents, and the seal over each.

Canonical form: JSON of the document without ``sha256``, keys sorted, no white space, UTF-8, no
escapes beyond JSON's own. The seal is the SHA-256 of those bytes in hexadecimal, so that anybody
can recompute it from an exported line. What is sealed is kept as these bytes, so a later version
may give its documents more fields and every older seal still holds.

``format`` says which fields a document has; documents without it are of format 1.
"""

import json
from collections.abc import Iterable, Mapping

from interviewkit.interview.documents import Document, LogHead, Visit
from interviewkit.interview.records import (
    CLOSING,
    OPENING,
    Amendment,
    Answer,
    Asked,
    Decision,
    Interview,
    Note,
    Recommendation,
)

FORMAT = 3  # of scorecards and amendments that are sealed from now on
DECISION_FORMAT = 2
# Nothing here holds itself, and looking whether it does is a fifth of the time.
_encode = json.JSONEncoder(
    sort_keys=True, separators=(",", ":"), ensure_ascii=False, check_circular=False
).encode


def scorecard_document(
    interview: Interview,
    answers: Iterable[Answer],
    visits: Iterable[Visit] = (),
    log_head: LogHead | None = None,
    *,
    candidate_reference: str = "",
    interviewer_id: str = "",
    origin: str = "",
) -> dict[str, object]:
    """A scorecard of the current format, sealed. ``answers`` in the order asked.

    ``origin`` names another system that it comes from.
    """
    head = log_head or LogHead(0, "")
    return with_seal(
        scorecard_content(interview, answers)
        | {
            "format": FORMAT,
            "candidate_name": interview.candidate.name,
            "candidate_reference": candidate_reference,
            "role_title": interview.role.title,
            "interviewer_id": interviewer_id,
            "visits": [
                {"question": visit.question, "from": visit.start, "to": visit.end}
                for visit in visits
            ],
            "log_head": {"count": head.length, "link": head.link},
        }
        | ({"origin": origin} if origin else {})
    )


def amendment_document(amendment: Amendment, interviewer_id: str = "") -> dict[str, object]:
    """An amendment of the current format, sealed."""
    content = {"type": "amendment", **amendment._asdict()}
    return with_seal(content | {"format": FORMAT, "interviewer_id": interviewer_id})


def decision_document(decision: Decision, by_id: str = "") -> dict[str, object]:
    """A decision of the current format, sealed."""
    content = {"type": "decision", **decision._asdict()}
    return with_seal(content | {"format": DECISION_FORMAT, "by_id": by_id})


def scorecard_content(interview: Interview, answers: Iterable[Answer]) -> dict[str, object]:
    """What every format of a scorecard holds; format 1 holds nothing else.

    What was noted on the opening and the closing page stands apart from the answers. Own follow-ups
    and marks, which are there from format 3 on, leave no trace where there are none: so the content
    of an older scorecard is what it was when it was sealed.
    """
    return {
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
        **answer_entries(answers),
    }


def answer_entries(answers: Iterable[Answer]) -> dict[str, list[dict[str, object]]]:
    """``answers`` and ``pages`` of a scorecard."""
    answers = list(answers)
    pages = [answer for answer in answers if answer.question in (OPENING, CLOSING)]
    return {
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
        return f"Your ratings average {mean:.1f}, but you recommend {recommendation.words}."
    return ""


def with_seal(unsealed: Document) -> dict[str, object]:
    """The document with the seal over it."""
    return {**unsealed, "sha256": seal(unsealed)}


def canonical(document: Mapping[str, object]) -> bytes:
    """The bytes that a seal is made over; a ``sha256`` in the document is left out."""
    return canonical_json({key: value for key, value in document.items() if key != "sha256"})


def canonical_json(content: Mapping[str, object]) -> bytes:
    """JSON with sorted keys, no white space and no needless escapes, in UTF-8."""
    return _encode(content).encode()


def seal(document: Mapping[str, object]) -> str:
    """SHA-256 over the canonical form; a ``sha256`` already in the document is left out."""
    return seal_of(canonical(document))


def seal_of(body: bytes) -> str:
    """SHA-256 of canonical bytes, in hexadecimal."""
    import hashlib  # see storage.audit_log

    return hashlib.sha256(body).hexdigest()


def _answer(answer: Answer) -> dict[str, object]:
    follow_ups = [_follow_up(probe) for probe in answer.probes if probe.is_own]
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
            if not asked.is_own
        ],
        **({"follow_ups": follow_ups} if follow_ups else {}),
        "ticks": {element: answer.ticks[element] for element in sorted(answer.ticks)},
    }


def _follow_up(asked: Asked) -> dict[str, object]:
    return {
        "id": asked.probe,
        "text": asked.text,
        "asked_at": asked.at,
        "outcome": asked.outcome,
    }


def _notes(notes: Iterable[Note]) -> list[dict[str, object]]:
    return [
        {"id": note.id, "at": note.at, "text": note.text, "probe": note.probe}
        | ({"marked": True} if note.is_marked else {})
        for note in notes
    ]
