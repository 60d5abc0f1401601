"""The reads behind a bank's question statistics."""

import sqlite3
from collections.abc import Collection

from interviewkit.comparison.question_statistics import ProbeCount, Used
from interviewkit.storage.bank_texts import bank_of
from interviewkit.storage.scorecard_query import BANK, cards

_SECONDS = """
SELECT a.interview_id, a.question, a.seconds
FROM interview AS i JOIN answer AS a ON a.interview_id = i.id AND a.competency IS NOT NULL
WHERE i.bank_id = ? AND i.submitted_at IS NOT NULL
"""
# Of the bank's own probes, with the outcome that was amended last where one was.
_PROBES = """
SELECT i.candidate_id, p.question, p.probe, p.text,
       CASE WHEN m.id IS NULL THEN p.outcome ELSE m.value END, count(*)
FROM interview AS i
JOIN asked AS p ON p.interview_id = i.id AND p.taken_back = 0 AND p.own = 0
LEFT JOIN amendment AS m ON m.id = (
    SELECT id FROM amendment AS a WHERE a.interview_id = i.id AND a.question = p.question
    AND a.what = 'outcome' AND a.probe = p.probe ORDER BY a.at DESC, a.id DESC LIMIT 1)
WHERE i.bank_id = ? AND i.submitted_at IS NOT NULL
GROUP BY 1, 2, 3, 4, 5 ORDER BY max(p.at)
"""


def question_usage(
    connection: sqlite3.Connection,
    bank: str,
    unseen: Collection[str],
    uncounted: Collection[str] = (),
) -> Used:
    """All submitted interviews with a bank, in any of its texts.

    Without candidates ``unseen`` and without scorecards ``uncounted``.
    """
    scorecards = [
        card
        for card in cards(connection, BANK, bank)
        if card.candidate.id not in unseen and card.id not in uncounted
    ]
    interviews = {card.id for card in scorecards}
    seconds = {
        (interview, question): float(spent)
        for interview, question, spent in connection.execute(_SECONDS, (bank,))
        if interview in interviews
    }
    probes: dict[tuple[str, str], dict[str | None, int]] = {}
    texts: dict[tuple[str, str], str] = {}
    for candidate, question, probe, text, outcome, count in connection.execute(_PROBES, (bank,)):
        if candidate not in unseen:
            by = probes.setdefault((question, probe), {})
            by[outcome] = by.get(outcome, 0) + count
            texts[question, probe] = text
    counted = tuple(
        ProbeCount(
            question=question,
            probe=probe,
            text=texts[question, probe],
            asked=sum(by.values()),
            new_detail=by.get("new_detail", 0),
            nothing_new=by.get("nothing_new", 0),
            no_answer=by.get("no_answer", 0),
        )
        for (question, probe), by in probes.items()
    )
    used_last_first = dict.fromkeys(card.bank_sha256 for card in reversed(scorecards))
    banks = {sha256: bank_of(connection, sha256) for sha256 in used_last_first}
    return Used(tuple(scorecards), seconds, counted, banks)
