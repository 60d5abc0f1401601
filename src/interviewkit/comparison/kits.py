"""The kits behind a comparison: what each competency weighs, and where candidates were not
asked the same.

A comparison is only as fair as the interviews were alike, so every difference is put into words
that stand beside the numbers.
"""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from fractions import Fraction
from typing import TYPE_CHECKING

from interviewkit.comparison.means import Rated, person

if TYPE_CHECKING:
    from interviewkit.banks.model import Bank, Kit

MOST_NAMES = 6  # in one warning; the rest are counted


@dataclass(frozen=True, slots=True)
class KitUsed:
    """A kit as one text of a bank has it. ``interviews``: ids of the scorecards made with it."""

    bank: "Bank"
    bank_sha256: str
    kit: str
    interviews: tuple[str, ...]

    @property
    def content(self) -> "Kit":
        """The kit itself."""
        return self.bank.kit(self.kit)


@dataclass(frozen=True, slots=True)
class Weighed:
    """A competency and what it counts for in the overall score."""

    id: str
    name: str
    weight: float

    @property
    def exact(self) -> Fraction:
        """The weight as it is written, so that 0.1 is a tenth."""
        return Fraction(repr(self.weight))


def weigh(rows: Sequence[Rated], kits: Sequence[KitUsed]) -> tuple[list[Weighed], list[str]]:
    """The competencies in the order of the most used kit's bank, and a warning for each doubt.

    ``kits`` in the order in which they were first submitted. A competency weighs what it does in
    the kit most scorecards used, among the kits that ask about it; of two as often used, in the
    one submitted first.
    """
    asked = {id(used): _competencies(used, rows) for used in kits}
    result: dict[str, Weighed] = {}
    warnings: list[str] = []
    by_use = sorted(kits, key=lambda used: -len(used.interviews))
    for used in by_use:
        for competency in used.bank.competencies:
            if competency.id in result or competency.id not in asked[id(used)]:
                continue
            weight = used.content.weights.get(competency.id, 1.0)
            result[competency.id] = Weighed(competency.id, competency.name, weight)
            asking = [other for other in by_use if competency.id in asked[id(other)]]
            weights = {_weight(other, competency.id): other.kit for other in reversed(asking)}
            if len(weights) > 1:
                each = ", ".join(f"{weights[w]} {w:g}" for w in sorted(weights, reverse=True))
                warnings.append(
                    f"Kits weigh {competency.name} differently ({each}). It counts {weight:g}, "
                    f"as in {used.kit}, which most scorecards used."
                )
    return list(result.values()), warnings


def differences(rows: Sequence[Rated], kits: Sequence[KitUsed]) -> list[str]:
    """A sentence for everything in which the candidates' interviews were not alike."""
    names = {row.candidate_id: row.candidate for row in rows}
    banks = {used.bank_sha256: used.bank for used in kits}
    kits_of: dict[str, set[str]] = {candidate: set() for candidate in names}
    interviewers: dict[str, set[str]] = {candidate: set() for candidate in names}
    asked: dict[str, set[tuple[str, str]]] = {candidate: set() for candidate in names}
    for row in rows:
        kits_of[row.candidate_id].add(row.kit)
        interviewers[row.candidate_id].add(person(row.interviewer))
        if row.was_asked:
            asked[row.candidate_id].add((banks[row.bank_sha256].id, row.question))
    return [
        *_versions(kits),
        *_grouped(
            "Candidates were interviewed with different kits",
            {names[key]: " and ".join(sorted(used)) for key, used in kits_of.items()},
        ),
        *_unasked({names[key]: questions for key, questions in asked.items()}),
        *_grouped(
            "Candidates were seen by different numbers of interviewers",
            {names[key]: str(len(people)) for key, people in interviewers.items()},
        ),
    ]


def _competencies(used: KitUsed, rows: Iterable[Rated]) -> set[str]:
    """Those the kit asks about, and those its scorecards hold answers on."""
    in_kit = {used.bank.question(entry.question).competency for entry in used.content.questions}
    interviews = set(used.interviews)
    return in_kit | {row.competency for row in rows if row.interview_id in interviews}


def _weight(used: KitUsed, competency: str) -> float:
    return used.content.weights.get(competency, 1.0)


def _versions(kits: Sequence[KitUsed]) -> Iterable[str]:
    texts: dict[str, dict[str, str]] = {}
    for used in kits:
        texts.setdefault(used.bank.id, {})[used.bank_sha256] = used.bank.version
    if len(texts) > 1:
        yield f"Different banks were used: {', '.join(sorted(texts))}."
    for bank, versions in sorted(texts.items()):
        if len(versions) > 1:
            each = sorted(f"{version} ({sha256[:8]})" for sha256, version in versions.items())
            yield f"Different versions of the bank {bank} were used: {', '.join(each)}."


def _grouped(what: str, values: Mapping[str, str]) -> Iterable[str]:
    groups: dict[str, list[str]] = {}
    for name, value in values.items():
        groups.setdefault(value, []).append(name)
    if len(groups) > 1:
        each = "; ".join(f"{value}: {_names(groups[value])}" for value in sorted(groups))
        yield f"{what}. {each}."


def _unasked(asked: Mapping[str, set[tuple[str, str]]]) -> Iterable[str]:
    every = sorted({question for questions in asked.values() for question in questions})
    missing: dict[str, list[str]] = {}
    for question in every:
        without = [name for name, questions in asked.items() if question not in questions]
        if without:
            missing.setdefault(_names(without), []).append(question[1])
    if missing:
        each = "; ".join(f"{who}: {', '.join(what)}" for who, what in sorted(missing.items()))
        yield f"Candidates were asked different questions. Not asked of {each}."


def _names(names: Iterable[str]) -> str:
    listed = sorted(names, key=str.casefold)
    more = len(listed) - MOST_NAMES
    if more > 1:
        return f"{', '.join(listed[:MOST_NAMES])} and {more} more"
    return ", ".join(listed)
