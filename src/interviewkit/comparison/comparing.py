"""The candidates for a role side by side, as one person may see them.

Who may not see a candidate's scorecards yet gets that candidate's name and nothing else:
withheld scorecards take no part in any number, weight or warning.
"""

from collections.abc import Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass
from fractions import Fraction

from interviewkit.comparison.kits import KitUsed, Weighed, differences, weigh
from interviewkit.comparison.means import Cell, Rated, cell, mean, overall, person, scores, spelled
from interviewkit.interview.records import Recommendation, Role

TALK_FROM = 2  # points between two interviewers on one question


@dataclass(frozen=True, slots=True)
class Compared:
    """One candidate's line. ``overall`` is None when nothing with a weight was assessed.

    ``interviews`` counts scorecards; ``cells`` has every competency of the comparison.
    """

    id: str
    name: str
    overall: float | None
    coverage: float
    interviews: int
    interviewers: tuple[str, ...]
    recommendations: Mapping[Recommendation, int]
    cells: Mapping[str, Cell]


@dataclass(frozen=True, slots=True)
class Withheld:
    """A candidate whose scorecards the viewer may not see yet, and how many are in."""

    name: str
    scorecards: int


@dataclass(frozen=True, slots=True)
class Spread:
    """A question on which two interviewers of one candidate stand 2 points or more apart."""

    candidate: str
    question: str
    ask: str
    lowest: float
    highest: float
    by_interviewer: Mapping[str, float]


@dataclass(frozen=True, slots=True)
class Comparison:
    """What recruiters look at. ``candidates`` by overall, then name; the order claims no rank."""

    role: Role
    competencies: tuple[Weighed, ...]
    candidates: tuple[Compared, ...]
    withheld: tuple[Withheld, ...]
    talk_about: tuple[Spread, ...]
    warnings: tuple[str, ...]

    @property
    def scorecards(self) -> int:
        """How many scorecards the numbers rest on."""
        return sum(candidate.interviews for candidate in self.candidates)


def compare(
    role: Role, rated: Sequence[Rated], kits: Sequence[KitUsed], unseen: Collection[str]
) -> Comparison:
    """Compare the candidates in ``rated``; those whose ids are ``unseen`` are withheld.

    ``kits`` must cover every scorecard in ``rated``, in the order of their first submission.
    """
    rows = [row for row in rated if row.candidate_id not in unseen]
    visible = {row.interview_id for row in rows}
    used = [_only(entry, visible) for entry in kits]
    used = [entry for entry in used if entry.interviews]
    competencies, warnings = weigh(rows, used)
    names = _spellings(rows)
    candidates = [_compared(group, competencies, names) for group in _by_candidate(rows).values()]
    candidates.sort(key=_place)
    return Comparison(
        role=role,
        competencies=tuple(competencies),
        candidates=tuple(candidates),
        withheld=tuple(_withheld(rated, unseen)),
        talk_about=tuple(_talk_about(rows, used, names, candidates)),
        warnings=(*differences(rows, used), *warnings),
    )


def _only(used: KitUsed, visible: Collection[str]) -> KitUsed:
    interviews = tuple(interview for interview in used.interviews if interview in visible)
    return KitUsed(used.bank, used.bank_sha256, used.kit, interviews)


def _by_candidate(rows: Iterable[Rated]) -> dict[str, list[Rated]]:
    result: dict[str, list[Rated]] = {}
    for row in rows:
        result.setdefault(row.candidate_id, []).append(row)
    return result


def _spellings(rows: Iterable[Rated]) -> dict[str, str]:
    """Each interviewer's key → one spelling, the same whatever the order of the rows."""
    result: dict[str, str] = {}
    for row in rows:
        key, name = person(row.interviewer), row.interviewer.strip()
        result[key] = min(result.get(key, name), name)
    return result


def _place(candidate: Compared) -> tuple[bool, float, str, str]:
    value = candidate.overall
    return value is None, -(value or 0), candidate.name.casefold(), candidate.id


def _compared(
    rows: Sequence[Rated], competencies: Sequence[Weighed], names: Mapping[str, str]
) -> Compared:
    groups: dict[str, list[Rated]] = {competency.id: [] for competency in competencies}
    for row in rows:
        groups[row.competency].append(row)
    means = {name: mean(by.values()) for name, group in groups.items() if (by := scores(group))}
    weights = {competency.id: competency.exact for competency in competencies}
    score, coverage = overall(means, weights)
    words = {row.interview_id: row.recommendation for row in rows}
    return Compared(
        id=rows[0].candidate_id,
        name=rows[0].candidate,
        overall=None if score is None else float(score),
        coverage=float(coverage),
        interviews=len(words),
        interviewers=tuple(names[key] for key in sorted({person(row.interviewer) for row in rows})),
        recommendations={word: list(words.values()).count(word) for word in Recommendation},
        cells={name: cell(group, names) for name, group in groups.items()},
    )


def _withheld(rated: Iterable[Rated], unseen: Collection[str]) -> list[Withheld]:
    groups = _by_candidate(row for row in rated if row.candidate_id in unseen)
    found = [
        Withheld(rows[0].candidate, len({row.interview_id for row in rows}))
        for rows in groups.values()
    ]
    return sorted(found, key=lambda candidate: candidate.name.casefold())


def _talk_about(
    rows: Iterable[Rated],
    kits: Iterable[KitUsed],
    names: Mapping[str, str],
    candidates: Sequence[Compared],
) -> list[Spread]:
    """The widest spread first, then in the order of the candidates and of the questions."""
    banks = {used.bank_sha256: used.bank for used in kits}
    groups: dict[tuple[str, str, str], list[Rated]] = {}
    for row in rows:
        key = (row.candidate_id, banks[row.bank_sha256].id, row.question)
        groups.setdefault(key, []).append(row)
    order = {candidate.id: place for place, candidate in enumerate(candidates)}
    found: list[tuple[Fraction, int, str, Spread]] = []
    for (candidate, _, question), group in groups.items():
        by = scores(group)
        if by and (wide := max(by.values()) - min(by.values())) >= TALK_FROM:
            spread = Spread(
                candidate=group[0].candidate,
                question=question,
                ask=banks[group[0].bank_sha256].question(question).ask,
                lowest=float(min(by.values())),
                highest=float(max(by.values())),
                by_interviewer=spelled(by, names),
            )
            found.append((-wide, order[candidate], question, spread))
    return [spread for *_, spread in sorted(found, key=lambda entry: entry[:3])]
