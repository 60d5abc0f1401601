"""The reads behind a comparison: scorecards packed by the database, one row a scorecard.

600,000 answers as rows of their own take several times as long to hand over as to read, so SQLite
joins the answers of a scorecard into one text for each series. The texts of a row are all joined
in the same order, whichever that is, and the questions among them say which.
"""

import sqlite3
from collections.abc import Iterator
from operator import attrgetter
from typing import TYPE_CHECKING

from interviewkit.comparison.cards import Card
from interviewkit.interview.records import Candidate, Recommendation

if TYPE_CHECKING:
    from interviewkit.comparison.cards import KitUsed

_ZERO = ord("0")
_ASKED = bytes(int(byte != ord("s")) for byte in range(256))
_RATED = bytes(byte - _ZERO if _ZERO <= byte <= ord("9") else 0 for byte in range(256))

# The bar stands in no id. As subqueries the answers are read along their primary key, one
# scorecard after the other; as a join they would be sorted.
_CARDS = """
SELECT i.id, c.id, c.name, i.interviewer, i.bank_sha256, i.kit, i.submitted_at, i.recommendation,
       (SELECT group_concat(a.question) || '|' || group_concat(a.competency) || '|'
               || group_concat(CASE WHEN a.rating IS NOT NULL THEN a.rating
                                    WHEN a.skipped IS NULL THEN '0' ELSE 's' END, '')
        FROM answer AS a WHERE a.interview_id = i.id AND a.competency IS NOT NULL) AS answers,
       (SELECT group_concat(p.question) || '|'
               || group_concat(CASE p.outcome WHEN 'new_detail' THEN '1' ELSE '0' END, '')
        FROM asked AS p WHERE p.interview_id = i.id AND p.taken_back = 0)
FROM interview AS i
JOIN candidate AS c ON c.id = i.candidate_id
WHERE {which} AND i.submitted_at IS NOT NULL AND i.submitted_at <= :as_of
"""
_AMENDED = """
SELECT m.interview_id, m.question, m.what, m.value
FROM amendment AS m JOIN interview AS i ON i.id = m.interview_id
WHERE {which} AND i.submitted_at <= :as_of AND m.at <= :as_of
AND m.what IN ('rating', 'recommendation')
ORDER BY m.at, m.id
"""
Layout = tuple[tuple[str, str], ...]
ROLE, BANK = "i.role_id = :key", "i.bank_id = :key"
_EVER = "9999"  # sorts behind every moment


def cards(
    connection: sqlite3.Connection, which: str, key: str, as_of: str | None = None
) -> list[Card]:
    """The submitted scorecards of a role (``which`` is ROLE) or bank (BANK), by submission.

    Ratings and recommendations are those that counted at ``as_of``, a kept moment: amended where
    they were amended by then, and scorecards submitted later are not there.
    """
    args = {"key": key, "as_of": as_of or _EVER}
    amended: dict[str, list[tuple[str, str, str | None]]] = {}
    for interview, *amendment in connection.execute(_AMENDED.format(which=which), args):
        amended.setdefault(interview, []).append((amendment[0], amendment[1], amendment[2]))
    result = list(_packed(connection.execute(_CARDS.format(which=which), args), amended))
    result.sort(key=attrgetter("submitted_at", "id"))
    return result


def _packed(
    rows: sqlite3.Cursor, amended: dict[str, list[tuple[str, str, str | None]]]
) -> Iterator[Card]:
    layouts: dict[str, Layout] = {}
    people: dict[str, Candidate] = {}
    shared_texts: dict[str, str] = {}  # one object for each of the few that many cards repeat
    recommendations: dict[str | None, Recommendation | None] = {
        item.value: item for item in Recommendation
    }
    probing = _Probing()
    for card, candidate, name, interviewer, sha256, kit, at, advice, answers, probes in rows:
        if answers is None:  # an imported scorecard may hold pages only
            continue
        head, _, marks = answers.rpartition("|")
        layout = layouts.get(head)
        if layout is None:
            questions, _, competencies = head.partition("|")
            pairs = zip(questions.split(","), competencies.split(","), strict=True)
            layout = layouts[head] = tuple(pairs)
        if candidate not in people:
            people[candidate] = Candidate(candidate, name)
        code = marks.encode("ascii")
        ratings, asked = code.translate(_RATED), code.translate(_ASKED)
        if card in amended:
            ratings, asked, advice = _apply_amendments(
                layout, ratings, asked, advice, amended[card]
            )
        probed, brought = probing.along(layout, probes)
        yield Card(
            card,
            people[candidate],
            shared_texts.setdefault(interviewer, interviewer),
            shared_texts.setdefault(sha256, sha256),
            shared_texts.setdefault(kit, kit),
            shared_texts.setdefault(at, at),
            recommendations.get(advice),
            layout,
            ratings,
            asked,
            probed,
            brought,
        )


class _Probing:
    """Counts of probes along the questions of a scorecard, each pattern worked out once."""

    def __init__(self) -> None:
        self._places: dict[tuple[Layout, str], list[int | None]] = {}
        self._found: dict[tuple[Layout, str | None], tuple[bytes, bytes]] = {}

    def along(self, layout: Layout, probes: str | None) -> tuple[bytes, bytes]:
        """(Probes asked, those that brought new detail); ``probes`` as _CARDS gives them."""
        counted = self._found.get((layout, probes))
        if counted is None:
            counted = self._found[layout, probes] = self._counted(layout, probes)
        return counted

    def _counted(self, layout: Layout, probes: str | None) -> tuple[bytes, bytes]:
        asked, brought = bytearray(len(layout)), bytearray(len(layout))
        if probes:
            names, _, outcomes = probes.partition("|")
            for at, outcome in zip(self._at(layout, names), outcomes, strict=True):
                if at is not None:
                    # A byte holds it: a bank would need 256 probes to one question otherwise.
                    asked[at] = min(asked[at] + 1, 255)
                    brought[at] = min(brought[at] + (outcome == "1"), 255)
        return bytes(asked), bytes(brought)

    def _at(self, layout: Layout, names: str) -> list[int | None]:
        if (layout, names) not in self._places:
            places = {question: at for at, (question, _) in enumerate(layout)}
            self._places[layout, names] = [places.get(name) for name in names.split(",")]
        return self._places[layout, names]


def _apply_amendments(
    layout: Layout,
    ratings: bytes,
    asked: bytes,
    recommendation: str | None,
    amendments: list[tuple[str, str, str | None]],
) -> tuple[bytes, bytes, str | None]:
    """The series with amendments, the last of each kind in force; a rating outweighs a skip."""
    places = {question: at for at, (question, _) in enumerate(layout)}
    rated, was_asked = bytearray(ratings), bytearray(asked)
    for question, field, value in amendments:
        if field == "recommendation":
            recommendation = value
        elif question in places:
            rated[places[question]] = int(value or 0)
            if value:
                was_asked[places[question]] = 1
    return bytes(rated), bytes(was_asked), recommendation


def kits_behind(connection: sqlite3.Connection, packed: list[Card]) -> "list[KitUsed]":
    """The kits behind these scorecards, the first submitted first."""
    from interviewkit.comparison.cards import KitUsed
    from interviewkit.storage.bank_texts import bank_of

    used: dict[tuple[str, str], list[str]] = {}
    for card in packed:
        used.setdefault((card.bank_sha256, card.kit), []).append(card.id)
    banks = {sha256: bank_of(connection, sha256) for sha256, _ in used}
    return [KitUsed(banks[sha], sha, kit, tuple(ids)) for (sha, kit), ids in used.items()]
