"""Rules on kits: minutes, weights, panel, and the competencies that kits ask about."""

from collections.abc import Iterator

from interviewkit.banks.lint.rules import Told, listed
from interviewkit.banks.model import Bank, Kit
from interviewkit.banks.text.yaml_nodes import Loc

_SPARE = 0.15  # of a kit's minutes, or five, whichever is more
_RUSHED = 3  # minutes: the question, a story and two probes do not fit in fewer
_PERCENT = 10  # a weight this large is meant as a percentage


def kits(bank: Bank) -> Iterator[Told]:
    """Rules on each kit."""
    for index, kit in enumerate(bank.kits):
        loc: Loc = ("kits", index)
        asked = _asked(bank, kit)
        yield from _minutes(loc, bank, kit)
        yield from _weights((*loc, "weights"), kit, asked)
        yield from _panel((*loc, "panel"), kit, asked)


def coverage(bank: Bank) -> Iterator[Told]:
    """Competencies that kits leave out.

    Kits that share no question are rounds of one process: together they should ask about
    everything. A kit that stands for itself should do so alone.
    """
    questions = [entry.question for kit in bank.kits for entry in kit.questions]
    are_rounds = len(bank.kits) > 1 and len(set(questions)) == len(questions)
    somewhere = {name for kit in bank.kits for name in _asked(bank, kit)}
    for index, competency in enumerate(bank.competencies):
        if competency.id not in somewhere:
            words = f"no kit asks about {competency.id}; add a question on it or drop it"
            yield ("competencies", index), "competency-not-asked", words
    if not are_rounds:
        for index, kit in enumerate(bank.kits):
            left = [name for name in _ids(bank) if name in somewhere - _asked(bank, kit)]
            if left:
                words = f"leaves out {listed(left)}, which other kits ask about"
                yield ("kits", index, "questions"), "kit-leaves-out", words


def _minutes(loc: Loc, bank: Bank, kit: Kit) -> Iterator[Told]:
    pages = sum(page.minutes for page in (kit.opening, kit.closing) if page)
    planned = pages + sum(entry.minutes for entry in kit.questions)
    if planned > kit.minutes:
        words = f"pages and questions take {planned:g} minutes, the kit has {kit.minutes:g}"
        yield (*loc, "minutes"), "kit-over-time", words
    elif kit.minutes - planned > max(5, _SPARE * kit.minutes):
        words = f"{kit.minutes - planned:g} of {kit.minutes:g} minutes are not planned for"
        yield (*loc, "minutes"), "kit-under-time", words
    for number, entry in enumerate(kit.questions):
        if entry.minutes < _RUSHED and bank.question(entry.question).kind != "background":
            words = f"{entry.minutes:g} minutes for a story and its probes; plan {_RUSHED} or more"
            yield (*loc, "questions", number, "minutes"), "kit-rushed", words


def _weights(loc: Loc, kit: Kit, asked: set[str]) -> Iterator[Told]:
    for name, weight in kit.weights.items():
        if name not in asked:
            words = f"{name} has a weight, but the kit does not ask about it"
            yield (*loc, name), "weight-unasked", words
        elif weight == 0:
            words = f"{name} is asked about and then counts for nothing; leave the question out"
            yield (*loc, name), "weight-zero", words
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
            one = "weighs 1" if len(missing) == 1 else "weigh 1 each"
            words = f"these look like shares of {whole}, but {listed(missing)} then {one}"
            yield loc, "weight-percent", words
        elif abs(total - whole) > 1e-6:
            yield loc, "weight-percent", f"these look like percentages, but add up to {total:g}"
            return
    named = set(weights.values())
    if len(named) == 1 and named != {0} and (not missing or named == {1}):
        yield loc, "weight-same", "all weigh the same, as they would without this; take it out"


def _panel(loc: Loc, kit: Kit, asked: set[str]) -> Iterator[Told]:
    if not kit.panel:
        return
    covered = {name for seat in kit.panel for name in seat.focus}
    left = sorted(asked - covered)
    if left:
        words = f"nobody on the panel covers {listed(left)}, which the kit asks about"
        yield loc, "panel-gap", words
    for number, seat in enumerate(kit.panel):
        for place, name in enumerate(seat.focus):
            if name not in asked:
                words = f"{seat.seat} is to cover {name}, but the kit does not ask about it"
                yield (*loc, number, "focus", place), "panel-unasked", words


def _asked(bank: Bank, kit: Kit) -> set[str]:
    return {bank.question(entry.question).competency for entry in kit.questions}


def _ids(bank: Bank) -> list[str]:
    return [competency.id for competency in bank.competencies]
