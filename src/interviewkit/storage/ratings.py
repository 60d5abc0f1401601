"""The reads behind a comparison: scorecards packed by the database, one row a scorecard.

600,000 answers as rows of their own take several times as long to hand over as to read, so SQLite
joins the answers of a scorecard into one text for each series. The texts of a row are all joined
in the same order, whichever that is, and the questions among them say which.
"""

import sqlite3
from collections.abc import Iterator
from typing import TYPE_CHECKING

from interviewkit.comparison.ratings import Card
from interviewkit.interview.records import Candidate, Recommendation

if TYPE_CHECKING:
    from interviewkit.comparison.kits import KitUsed

MOST_PROBES = 200  # counted on one answer; characters stand for counts, and they end at 255
_ZERO = ord("0")
_COUNTS = bytes(max(byte - _ZERO, 0) for byte in range(256))
_ASKED = bytes(int(byte != ord("s")) for byte in range(256))
_RATED = bytes(byte - _ZERO if _ZERO <= byte <= ord("9") else 0 for byte in range(256))

_CARDS = """
SELECT i.id, c.id, c.name, i.interviewer, i.bank_sha256, i.kit, i.submitted_at, i.recommendation,
       group_concat(a.question), group_concat(a.competency),
       group_concat(CASE WHEN a.rating IS NOT NULL THEN a.rating
                         WHEN a.skipped IS NULL THEN '0' ELSE 's' END, '')
FROM interview AS i
JOIN candidate AS c ON c.id = i.candidate_id
JOIN answer AS a ON a.interview_id = i.id AND a.competency IS NOT NULL
WHERE {which} AND i.submitted_at IS NOT NULL AND i.submitted_at <= ?2
GROUP BY i.id
"""
_PROBES = """
SELECT interview_id, group_concat(question), group_concat(asked, ''), group_concat(brought, '')
FROM (
    SELECT p.interview_id, p.question, char(48 + min(count(*), {most})) AS asked,
           char(48 + min(sum(coalesce(p.outcome = 'new_detail', 0)), {most})) AS brought
    FROM interview AS i
    JOIN asked AS p ON p.interview_id = i.id AND p.taken_back = 0
    WHERE {which} AND i.submitted_at IS NOT NULL AND i.submitted_at <= ?2
    GROUP BY p.interview_id, p.question
)
GROUP BY interview_id
"""
_AMENDED = """
SELECT m.interview_id, m.question, m.what, m.value
FROM amendment AS m JOIN interview AS i ON i.id = m.interview_id
WHERE {which} AND i.submitted_at <= ?2 AND m.at <= ?2 AND m.what IN ('rating', 'recommendation')
ORDER BY m.at, m.id
"""
ROLE, BANK = "i.role_id = ?1", "i.bank_id = ?1"
_EVER = "9999"  # sorts behind every moment


def cards(
    connection: sqlite3.Connection, which: str, key: str, as_of: str | None = None
) -> list[Card]:
    """The submitted scorecards of a role (``which`` is ROLE) or bank (BANK), by submission.

    Ratings and recommendations are those that counted at ``as_of``, a kept moment: amended where
    they were amended by then, and scorecards submitted later are not there.
    """
    args = (key, as_of or _EVER)
    probes = {
        row[0]: row[1:]
        for row in connection.execute(_PROBES.format(which=which, most=MOST_PROBES), args)
    }
    amended: dict[str, list[tuple[str, str, str | None]]] = {}
    for interview, *one in connection.execute(_AMENDED.format(which=which), args):
        amended.setdefault(interview, []).append((one[0], one[1], one[2]))
    rows = connection.execute(_CARDS.format(which=which), args)
    found = list(_packed(rows, probes, amended))
    found.sort(key=lambda card: (card.submitted_at, card.id))
    return found


def _packed(
    rows: sqlite3.Cursor,
    probes: dict[str, tuple[str, str, str]],
    amended: dict[str, list[tuple[str, str, str | None]]],
) -> Iterator[Card]:
    layouts: dict[tuple[str, str], tuple[tuple[str, str], ...]] = {}
    people: dict[str, Candidate] = {}
    same: dict[str, str] = {}  # one text object for each of the few that many scorecards repeat
    for card, candidate, name, interviewer, sha256, kit, at, word, *series in rows:
        questions, competencies, marks = series
        if (questions, competencies) not in layouts:
            layouts[questions, competencies] = tuple(
                zip(questions.split(","), competencies.split(","), strict=True)
            )
        if candidate not in people:
            people[candidate] = Candidate(candidate, name)
        layout, code = layouts[questions, competencies], marks.encode("ascii")
        ratings, asked = code.translate(_RATED), code.translate(_ASKED)
        if card in amended:
            ratings, asked, word = _amended(layout, ratings, asked, word, amended[card])
        probed, brought = _probes(questions, layout, probes.get(card))
        yield Card(
            id=card,
            candidate=people[candidate],
            interviewer=same.setdefault(interviewer, interviewer),
            bank_sha256=same.setdefault(sha256, sha256),
            kit=same.setdefault(kit, kit),
            submitted_at=at,
            recommendation=word and Recommendation(word),
            questions=layout,
            ratings=ratings,
            asked=asked,
            probed=probed,
            new_detail=brought,
        )


def _probes(
    questions: str, layout: tuple[tuple[str, str], ...], found: tuple[str, str, str] | None
) -> tuple[bytes, bytes]:
    """Probes asked, and those that brought new detail, along the questions of a scorecard."""
    if found is None:
        return bytes(len(layout)), bytes(len(layout))
    names = found[0]
    asked, brought = (text.encode("latin-1").translate(_COUNTS) for text in found[1:])
    if names == questions:
        return asked, brought
    there = dict(zip(names.split(","), zip(asked, brought, strict=True), strict=True))
    both = [there.get(question, (0, 0)) for question, _ in layout]
    return bytes(one for one, _ in both), bytes(one for _, one in both)


def _amended(
    layout: tuple[tuple[str, str], ...],
    ratings: bytes,
    asked: bytes,
    word: str | None,
    amendments: list[tuple[str, str, str | None]],
) -> tuple[bytes, bytes, str | None]:
    """The series with amendments, the last of each kind in force; a rating outweighs a skip."""
    places = {question: place for place, (question, _) in enumerate(layout)}
    rated, was_asked = bytearray(ratings), bytearray(asked)
    for question, what, value in amendments:
        if what == "recommendation":
            word = value
        elif question in places:
            rated[places[question]] = int(value or 0)
            if value:
                was_asked[places[question]] = 1
    return bytes(rated), bytes(was_asked), word


def kits(connection: sqlite3.Connection, found: list[Card]) -> "list[KitUsed]":
    """The kits behind these scorecards, the first submitted first."""
    from interviewkit.banks.reading import parse_bank
    from interviewkit.comparison.kits import KitUsed

    used: dict[tuple[str, str], list[str]] = {}
    for card in found:
        used.setdefault((card.bank_sha256, card.kit), []).append(card.id)
    banks = {}
    for sha256, _ in used:
        if sha256 not in banks:
            text = connection.execute(
                "SELECT text FROM bank WHERE sha256 = ?", (sha256,)
            ).fetchone()
            banks[sha256] = parse_bank(text[0], sha256)
    return [KitUsed(banks[sha], sha, kit, tuple(ids)) for (sha, kit), ids in used.items()]
