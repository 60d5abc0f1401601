"""What each competency weighs, from the kits that the scorecards used."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from fractions import Fraction

from interviewkit.comparison.cards import Card, KitUsed
from interviewkit.comparison.comparability import unambiguous_names


@dataclass(frozen=True, slots=True)
class CompetencyWeight:
    """A competency and what it counts for in the overall score.

    ``least`` is the mean that a must-have asks for, None where it is none; it counts in no total.
    """

    id: str
    name: str
    weight: float
    least: float | None = None

    @property
    def label(self) -> str:
        """Its name, with what a must-have asks for: ``Ownership ≥3``."""
        return self.name if self.least is None else f"{self.name} ≥{self.least:g}"

    @property
    def exact(self) -> Fraction:
        """The weight as it is written, so that 0.1 is a tenth."""
        return Fraction(repr(self.weight))


def competency_weights(
    cards: Sequence[Card], kits: Sequence[KitUsed]
) -> tuple[list[CompetencyWeight], dict[str, str]]:
    """The competencies in the order of the most used kit's bank, and by id a warning for doubts.

    ``kits`` in the order in which they were first submitted. A competency weighs what it does in
    the kit most scorecards used, among the kits that ask about it; of two as often used, in the
    one submitted first.
    """
    layouts: dict[tuple[str, str], set[tuple[tuple[str, str], ...]]] = {}
    for card in cards:
        layouts.setdefault((card.bank_sha256, card.kit), set()).add(card.questions)
    asked = {id(used): _competencies(used, layouts) for used in kits}
    names = unambiguous_names({used.kit: used.content.name for used in kits})
    result: dict[str, CompetencyWeight] = {}
    warnings: dict[str, str] = {}
    by_use = sorted(kits, key=lambda used: -len(used.interviews))
    for used in by_use:
        for competency in used.bank.competencies:
            if competency.id in result or competency.id not in asked[id(used)]:
                continue
            weight = used.content.weights.get(competency.id, 1.0)
            least = used.content.must_have.get(competency.id)
            result[competency.id] = CompetencyWeight(competency.id, competency.name, weight, least)
            asking = [kit_used for kit_used in by_use if competency.id in asked[id(kit_used)]]
            weights = {
                _weight(kit_used, competency.id): names[kit_used.kit]
                for kit_used in reversed(asking)
            }
            if len(weights) > 1:
                labels = ", ".join(f"{weights[w]} {w:g}" for w in sorted(weights, reverse=True))
                warnings[competency.id] = (
                    f"Kits weigh {competency.name} differently ({labels}). It counts {weight:g}, "
                    f"as in {names[used.kit]}, which most scorecards used."
                )
    return list(result.values()), warnings


def _competencies(
    used: KitUsed, layouts_of: Mapping[tuple[str, str], Iterable[tuple[tuple[str, str], ...]]]
) -> set[str]:
    """Those the kit asks about, and those its scorecards hold answers on."""
    in_kit = {used.bank.question(entry.question).competency for entry in used.content.questions}
    layouts = layouts_of.get((used.bank_sha256, used.kit), ())
    return in_kit | {competency for layout in layouts for _, competency in layout}


def _weight(used: KitUsed, competency: str) -> float:
    return used.content.weights.get(competency, 1.0)
