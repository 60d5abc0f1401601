"""The reads behind a comparison: scorecards packed by the database, one row a scorecard.

600,000 answers as rows of their own take several times as long to hand over as to read, so SQLite
joins the answers of a scorecard into one text for each series. The texts of a row are all joined
in the same order, whichever that is, and the questions among them say which.
"""

import sqlite3
from collections.abc import Iterator
from operator import attrgetter
from typing import TYPE_CHECKING, NamedTuple

from interviewkit.comparison.cards import Card
from interviewkit.interview.records import Candidate, Outcome, Recommendation

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
               || group_concat(CASE WHEN p.outcome IS NULL THEN '?'
                                    WHEN p.outcome = 'new_detail' THEN '1' ELSE '0' END, '')
        FROM asked AS p WHERE p.interview_id = i.id AND p.taken_back = 0)
FROM interview AS i
JOIN candidate AS c ON c.id = i.candidate_id
WHERE {which} AND i.submitted_at IS NOT NULL AND i.submitted_at <= :as_of
"""
_AMENDED = """
SELECT m.interview_id, m.question, m.what, m.value, m.probe,
       (SELECT p.outcome FROM asked AS p WHERE p.interview_id = m.interview_id
        AND p.question = m.question AND p.probe = m.probe)
FROM amendment AS m JOIN interview AS i ON i.id = m.interview_id
WHERE {which} AND i.submitted_at <= :as_of AND m.at <= :as_of
AND m.what IN ('rating', 'recommendation', 'outcome')
ORDER BY m.at, m.id
"""
Layout = tuple[tuple[str, str], ...]
ROLE, BANK = "i.role_id = :key", "i.bank_id = :key"
_EVER = "9999"  # sorts behind every moment


class _Amended(NamedTuple):
    """An amendment in force at the moment; ``noted`` is the outcome that an amended probe had."""

    question: str
    field: str
    value: str | None
    probe: str
    noted: str | None


class _ProbeSeries(NamedTuple):
    """Along the questions of a scorecard: probes asked, with new detail, without an outcome."""

    asked: bytes
    new_detail: bytes
    not_noted: bytes


def cards(
    connection: sqlite3.Connection, which: str, key: str, as_of: str | None = None
) -> list[Card]:
    """The submitted scorecards of a role (``which`` is ROLE) or bank (BANK), by submission.

    Ratings and recommendations are those that counted at ``as_of``, a kept moment: amended where
    they were amended by then, and scorecards submitted later are not there.
    """
    args = {"key": key, "as_of": as_of or _EVER}
    amended: dict[str, list[_Amended]] = {}
    for interview, *columns in connection.execute(_AMENDED.format(which=which), args):
        amended.setdefault(interview, []).append(_Amended(*columns))
    scorecards = list(_pack_cards(connection.execute(_CARDS.format(which=which), args), amended))
    scorecards.sort(key=attrgetter("submitted_at", "id"))
    return scorecards


def _pack_cards(rows: sqlite3.Cursor, amended: dict[str, list[_Amended]]) -> Iterator[Card]:
    layouts: dict[str, Layout] = {}
    people: dict[str, Candidate] = {}
    shared: dict[str, str] = {}  # one text object for each of the few that many scorecards repeat
    recommendations: dict[str | None, Recommendation | None] = {
        choice.value: choice for choice in Recommendation
    }
    probing = _Probing()
    for row in rows:
        card, candidate, name, interviewer, sha256, kit, at, recommendation, answers, probes = row
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
        series = probing.along(layout, probes)
        if card in amended:
            ratings, asked, recommendation = _apply_amendments(
                layout, ratings, asked, recommendation, amended[card]
            )
            series = _amended_outcomes(layout, series, amended[card])
        yield Card(
            card,
            people[candidate],
            shared.setdefault(interviewer, interviewer),
            shared.setdefault(sha256, sha256),
            shared.setdefault(kit, kit),
            shared.setdefault(at, at),
            recommendations.get(recommendation),
            layout,
            ratings,
            asked,
            *series,
        )


class _Probing:
    """Counts of probes along the questions of a scorecard, each pattern worked out once."""

    def __init__(self) -> None:
        self._indices_of: dict[tuple[Layout, str], list[int | None]] = {}
        self._counts: dict[tuple[Layout, str | None], _ProbeSeries] = {}

    def along(self, layout: Layout, probes: str | None) -> _ProbeSeries:
        """The counts along the questions; ``probes`` as _CARDS gives them."""
        counts = self._counts.get((layout, probes))
        if counts is None:
            counts = self._counts[layout, probes] = self._count_probes(layout, probes)
        return counts

    def _count_probes(self, layout: Layout, probes: str | None) -> _ProbeSeries:
        asked, brought, pending = (bytearray(len(layout)) for _ in _ProbeSeries._fields)
        if probes:
            names, _, outcomes = probes.partition("|")
            for index, outcome in zip(self._indices(layout, names), outcomes, strict=True):
                if index is not None:
                    # A byte holds it: a bank would need 256 probes to one question otherwise.
                    asked[index] = min(asked[index] + 1, 255)
                    brought[index] = min(brought[index] + (outcome == "1"), 255)
                    pending[index] = min(pending[index] + (outcome == "?"), 255)
        return _ProbeSeries(bytes(asked), bytes(brought), bytes(pending))

    def _indices(self, layout: Layout, names: str) -> list[int | None]:
        if (layout, names) not in self._indices_of:
            index_of = {question: index for index, (question, _) in enumerate(layout)}
            self._indices_of[layout, names] = [index_of.get(name) for name in names.split(",")]
        return self._indices_of[layout, names]


def _apply_amendments(
    layout: Layout,
    ratings: bytes,
    asked: bytes,
    recommendation: str | None,
    amendments: list[_Amended],
) -> tuple[bytes, bytes, str | None]:
    """The series with amendments, the last of each kind in force; a rating outweighs a skip."""
    index_of = {question: index for index, (question, _) in enumerate(layout)}
    rated, was_asked = bytearray(ratings), bytearray(asked)
    for question, field, value, _, _ in amendments:
        if field == "recommendation":
            recommendation = value
        elif field == "rating" and question in index_of:
            rated[index_of[question]] = int(value or 0)
            if value:
                was_asked[index_of[question]] = 1
    return bytes(rated), bytes(was_asked), recommendation


def _amended_outcomes(
    layout: Layout, series: _ProbeSeries, amendments: list[_Amended]
) -> _ProbeSeries:
    """The series with the outcome amended last in place of the one that was noted."""
    latest = {
        (amendment.question, amendment.probe): amendment
        for amendment in amendments
        if amendment.field == "outcome"
    }
    if not latest:
        return series
    index_of = {question: index for index, (question, _) in enumerate(layout)}
    brought, pending = bytearray(series.new_detail), bytearray(series.not_noted)
    for (question, _), amendment in latest.items():
        if question in index_of:
            for counts, outcome in ((brought, Outcome.NEW_DETAIL), (pending, None)):
                change = (amendment.value == outcome) - (amendment.noted == outcome)
                counts[index_of[question]] = min(max(counts[index_of[question]] + change, 0), 255)
    return series._replace(new_detail=bytes(brought), not_noted=bytes(pending))


def kits_behind(connection: sqlite3.Connection, scorecards: list[Card]) -> "list[KitUsed]":
    """The kits behind these scorecards, the first submitted first."""
    from interviewkit.comparison.cards import KitUsed
    from interviewkit.storage.bank_texts import bank_of

    used: dict[tuple[str, str], list[str]] = {}
    for card in scorecards:
        used.setdefault((card.bank_sha256, card.kit), []).append(card.id)
    banks = {sha256: bank_of(connection, sha256) for sha256, _ in used}
    return [KitUsed(banks[sha], sha, kit, tuple(ids)) for (sha, kit), ids in used.items()]
