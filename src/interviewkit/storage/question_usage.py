"""The reads behind a bank's question statistics."""

import sqlite3
from collections.abc import Collection

from interviewkit.comparison.questions import ProbeCount, Used
from interviewkit.storage.bank_texts import bank_of
from interviewkit.storage.scorecard_query import BANK, cards

_SECONDS = """
SELECT a.interview_id, a.question, a.seconds
FROM interview AS i JOIN answer AS a ON a.interview_id = i.id AND a.competency IS NOT NULL
WHERE i.bank_id = ? AND i.submitted_at IS NOT NULL
"""
_PROBES = """
SELECT i.candidate_id, p.question, p.probe, p.text, p.outcome, count(*)
FROM interview AS i JOIN asked AS p ON p.interview_id = i.id AND p.taken_back = 0
WHERE i.bank_id = ? AND i.submitted_at IS NOT NULL
GROUP BY 1, 2, 3, 4, 5 ORDER BY max(p.at)
"""


def question_usage(connection: sqlite3.Connection, bank: str, unseen: Collection[str]) -> Used:
    """All submitted interviews with a bank, in any of its texts, but those of ``unseen``."""
    packed = [card for card in cards(connection, BANK, bank) if card.candidate.id not in unseen]
    ids = {card.id for card in packed}
    seconds = {
        (interview, question): float(spent)
        for interview, question, spent in connection.execute(_SECONDS, (bank,))
        if interview in ids
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
    used_last_first = dict.fromkeys(card.bank_sha256 for card in reversed(packed))
    banks = {sha256: bank_of(connection, sha256) for sha256 in used_last_first}
    return Used(tuple(packed), seconds, counted, banks)
