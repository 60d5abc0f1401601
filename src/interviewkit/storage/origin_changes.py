"""What another system changed in a scorecard that came in from it, as amendments.

The scorecard was sealed when it came in, so a later state of it there is added here beside what
was sealed. What no amendment can say (a summary, a new attribute, a recommendation taken back) is
written as a note on the closing page.
"""

import json
import sqlite3
from collections.abc import Iterable, Iterator, Sequence

from interviewkit.interview.documents import Document
from interviewkit.interview.kit_signature import KIT_ORIGIN
from interviewkit.interview.records import CLOSING, Amendment, Answer, Interview
from interviewkit.interview.sealed_document import amendment_document
from interviewkit.storage import rows
from interviewkit.storage.sealed_documents import origin_parts

Change = tuple[str, str, str | None]  # question, what, value


def is_revision(connection: sqlite3.Connection, interview_id: str, document: Document) -> bool:
    """Whether a document is another state of a scorecard that came from the same system."""
    row = connection.execute(
        "SELECT body FROM sealed_document WHERE kind = 'scorecard' AND id = ?", (interview_id,)
    ).fetchone()
    origin = str(document.get("origin") or "")
    stored = str(json.loads(row[0]).get("origin") or "") if row else ""
    if origin == KIT_ORIGIN:
        return False  # it has no other state: it was sealed where it was written
    return bool(origin and stored) and origin_parts(origin)[0] == origin_parts(stored)[0]


def amend_from_origin(
    connection: sqlite3.Connection,
    offered: Interview,
    answers: Sequence[Answer],
    document: Document,
    *,
    account: str,
    received_at: str,
) -> list[Amendment]:
    """Inside a transaction: amendments for all that differs from what counts now.

    None where nothing does, or where the state offered is older than the one known.
    """
    row = connection.execute(f"{rows.INTERVIEW} WHERE i.id = ?", (offered.id,)).fetchone()
    stored = rows.interview_from_row(row)
    known_answers = {a.question: a for a in rows.checked_answers(connection, offered.id)}
    system, revised_at = origin_parts(str(document["origin"]))
    reason = f"changed in {system}"
    if not revised_at or revised_at <= _known_at(connection, offered.id, reason):
        return []
    changes = dict.fromkeys(_changes(stored, known_answers, offered, answers))
    amendments = []
    for index, (question, field, value) in enumerate(changes):
        amendment_id = f"{offered.id}/{revised_at}/{index:03}"
        amendment = Amendment(
            amendment_id, offered.id, question, field, value, reason, stored.interviewer, revised_at
        )
        sealed = amendment_document(amendment, str(document.get("interviewer_id", "")))
        rows.insert_amendment(connection, amendment, sealed, account, received_at)
        amendments.append(amendment)
    return amendments


def _known_at(connection: sqlite3.Connection, interview_id: str, reason: str) -> str:
    """As of when the records know the scorecard."""
    (body,) = connection.execute(
        "SELECT body FROM sealed_document WHERE kind = 'scorecard' AND id = ?", (interview_id,)
    ).fetchone()
    (amended,) = connection.execute(
        "SELECT coalesce(max(at), '') FROM amendment WHERE interview_id = ? AND reason = ?",
        (interview_id, reason),
    ).fetchone()
    return max(origin_parts(str(json.loads(body)["origin"]))[1], str(amended))


def _changes(
    stored: Interview,
    known_answers: dict[str, Answer],
    offered: Interview,
    answers: Iterable[Answer],
) -> Iterator[Change]:
    lines: list[str] = []  # what only a note on the closing page can say
    for answer in answers:
        stored_answer = known_answers.get(answer.question)
        if stored_answer is None or not answer.competency:
            lines += _as_lines(answer)
            continue
        if answer.rating != stored_answer.counts:
            yield answer.question, "rating", None if answer.rating is None else str(answer.rating)
        for note in answer.notes:
            if note.text not in _texts(stored_answer):
                yield answer.question, "note", note.text
    if offered.recommendation and offered.recommendation != stored.counts:
        yield "", "recommendation", offered.recommendation.value
    elif offered.recommendation is None and stored.counts:
        lines.append("Overall recommendation: no decision")
    if offered.summary.strip() and offered.summary != stored.summary:
        lines.append(f"Summary: {offered.summary}")
    closing = _texts(known_answers.get(CLOSING))
    yield from ((CLOSING, "note", line) for line in lines if line not in closing)


def _as_lines(answer: Answer) -> list[str]:
    """A page's notes; of an answer to what was not asked before also its rating."""
    notes = [note.text for note in answer.notes]
    if not answer.competency:
        return notes
    rating = "not assessed" if answer.rating is None else str(answer.rating)
    return [f"{answer.question}: {line}" for line in (rating, *notes)]


def _texts(answer: Answer | None) -> set[str]:
    """All that was noted there, first and later."""
    if answer is None:
        return set()
    amended = {a.value for a in answer.amendments if a.what == "note" and a.value}
    return {note.text for note in answer.notes} | amended
