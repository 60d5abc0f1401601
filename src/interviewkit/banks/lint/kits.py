"""Rules on kits: minutes, weights, panel, and the competencies that kits ask about."""

from collections.abc import Iterator

from interviewkit.banks.lint.rules import Told, join_names
from interviewkit.banks.model import Bank, Kit
from interviewkit.banks.text.yaml_nodes import Loc

_SPARE = 0.15  # of a kit's minutes, or five, whichever is more
_RUSHED = 3  # minutes: the question, a story and two probes do not fit in fewer
_PERCENT = 10  # a weight this large is meant as a percentage


def lint_kits(bank: Bank) -> Iterator[Told]:
    """Rules on each kit."""
    for index, kit in enumerate(bank.kits):
        loc: Loc = ("kits", index)
        asked = _asked_competencies(bank, kit)
        yield from _minutes(loc, bank, kit)
        yield from _weights((*loc, "weights"), kit, asked)
        for name in sorted(set(kit.must_have) - asked):
            message = f"{name} is a must-have, but the kit does not ask about it"
            yield (*loc, "must_have", name), "weight-unasked", message
        yield from _panel((*loc, "panel"), kit, asked)


def coverage(bank: Bank) -> Iterator[Told]:
    """Competencies that kits leave out.

    Kits that share no question are rounds of one process: together they should ask about
    everything. A kit that stands for itself should do so alone.
    """
    questions = [entry.question for kit in bank.kits for entry in kit.questions]
    are_rounds = len(bank.kits) > 1 and len(set(questions)) == len(questions)
    somewhere = {name for kit in bank.kits for name in _asked_competencies(bank, kit)}
    for index, competency in enumerate(bank.competencies):
        if competency.id not in somewhere:
            message = f"no kit asks about {competency.id}; add a question on it or drop it"
            yield ("competencies", index), "competency-not-asked", message
    if not are_rounds:
        for index, kit in enumerate(bank.kits):
            uncovered = [
                name for name in _ids(bank) if name in somewhere - _asked_competencies(bank, kit)
            ]
            if uncovered:
                message = f"leaves out {join_names(uncovered)}, which other kits ask about"
                yield ("kits", index, "questions"), "kit-leaves-out", message


def _minutes(loc: Loc, bank: Bank, kit: Kit) -> Iterator[Told]:
    pages = sum(page.minutes for page in (kit.opening, kit.closing) if page)
    planned = pages + sum(entry.minutes for entry in kit.questions)
    if planned > kit.minutes:
        message = f"pages and questions take {planned:g} minutes, the kit has {kit.minutes:g}"
        yield (*loc, "minutes"), "kit-over-time", message
    elif kit.minutes - planned > max(5, _SPARE * kit.minutes):
        message = f"{kit.minutes - planned:g} of {kit.minutes:g} minutes are not planned for"
        yield (*loc, "minutes"), "kit-under-time", message
    for index, entry in enumerate(kit.questions):
        if entry.minutes < _RUSHED and bank.question(entry.question).kind != "background":
            message = (
                f"{entry.minutes:g} minutes for a story and its probes; plan {_RUSHED} or more"
            )
            yield (*loc, "questions", index, "minutes"), "kit-rushed", message


def _weights(loc: Loc, kit: Kit, asked: set[str]) -> Iterator[Told]:
    for name, weight in kit.weights.items():
        if name not in asked:
            message = f"{name} has a weight, but the kit does not ask about it"
            yield (*loc, name), "weight-unasked", message
        elif weight == 0:
            message = f"{name} is asked about but counts for nothing; leave the question out"
            yield (*loc, name), "weight-zero", message
    yield from _shares(loc, kit, asked)


def _shares(loc: Loc, kit: Kit, asked: set[str]) -> Iterator[Told]:
    """Weights are relative and 1 unless named; percentages only work when all are there."""
    weights = kit.weights
    if not weights:
        return
    total, missing = sum(weights.values()), sorted(asked - set(weights))
    if max(weights.values()) >= _PERCENT or (len(weights) > 1 and abs(total - 1) < 1e-6):
        whole = 100 if total > 1.5 else 1
        if missing:
            verb = "weighs 1" if len(missing) == 1 else "weigh 1 each"
            message = f"these look like shares of {whole}, but {join_names(missing)} then {verb}"
            yield loc, "weight-percent", message
        elif abs(total - whole) > 1e-6:
            yield loc, "weight-percent", f"these look like percentages, but add up to {total:g}"
            return
    named = set(weights.values())
    if len(named) == 1 and named != {0} and (not missing or named == {1}):
        yield loc, "weight-same", "all weights are equal, as they would be without this; remove it"


def _panel(loc: Loc, kit: Kit, asked: set[str]) -> Iterator[Told]:
    if not kit.panel:
        return
    covered = {name for seat in kit.panel for name in seat.focus}
    uncovered = sorted(asked - covered)
    if uncovered:
        message = f"nobody on the panel covers {join_names(uncovered)}, which the kit asks about"
        yield loc, "panel-gap", message
    for index, seat in enumerate(kit.panel):
        for position, name in enumerate(seat.focus):
            if name not in asked:
                message = f"{seat.seat} is to cover {name}, but the kit does not ask about it"
                yield (*loc, index, "focus", position), "panel-unasked", message


def _asked_competencies(bank: Bank, kit: Kit) -> set[str]:
    return {bank.question(entry.question).competency for entry in kit.questions}


def _ids(bank: Bank) -> list[str]:
    return [competency.id for competency in bank.competencies]
