"""Rules on probes: each by itself, and what a question's probes bring together."""

from collections.abc import Iterator, Sequence

from interviewkit.banks.elements import LABELS, Element
from interviewkit.banks.lint.language import Lists, Said
from interviewkit.banks.lint.phrases import spoken
from interviewkit.banks.lint.questions import heard, is_closed
from interviewkit.banks.lint.rules import Told, listed, plural
from interviewkit.banks.model import Bank, Question
from interviewkit.banks.text.yaml_nodes import Loc

FEWEST = 2
_RUN = 5  # words in a row that a probe may not share with the best anchor


def probes(bank: Bank, lists: Lists) -> Iterator[Told]:
    """Rules on the probes of each question."""
    best: dict[str, frozenset[str]] = {}
    top = bank.ratings[-1]
    for index, question in enumerate(bank.questions):
        loc: Loc = ("questions", index)
        yield from _together(loc, question)
        anchor = bank.anchors(question)[top]
        if anchor not in best:
            best[anchor] = _runs(spoken(anchor))
        asked = {spoken(question.ask): "the question"}
        for number, probe in enumerate(question.probes):
            place = (*loc, "probes", number, "ask")
            said = lists.said(probe.ask)
            first = asked.setdefault(said.words, probe.id)
            if first != probe.id:
                yield place, "duplicate-wording", f"{first} asks this in the same words"
            yield from heard(place, said, bank, lists)
            yield from _gives_away(place, said, best[anchor], lists)
            if lists.limits.probe < said.count <= lists.limits.sentence:
                words = f"{said.count} words in one probe; {lists.limits.probe} can be followed"
                yield place, "too-long", words


def _gives_away(loc: Loc, said: Said, best: frozenset[str], lists: Lists) -> Iterator[Told]:
    """A probe that says what would be good to hear, or that only wants a yes or a no."""
    shared = best & _runs(said.words)
    if shared:
        words = f"“{min(shared, key=said.words.find)}” are the best anchor's words; ask without"
        yield loc, "probe-reveals", words
    elif "reveals" in said.found:
        words = f"“{said.found['reveals']}” names what you want to hear; ask what they did"
        yield loc, "probe-reveals", words
    elif not {"either", "leading", "accusing"} & said.found.keys() and is_closed(said, lists):
        yield loc, "closed-probe", "wants only yes or no; start with what, how, who or when"


def _together(loc: Loc, question: Question) -> Iterator[Told]:
    count = len(question.probes)
    if count < FEWEST:
        there = f"only {plural(count, 'probe')}" if count else "no probe"
        yield loc, "few-probes", f"{question.id} has {there}; write at least {FEWEST}"
        return
    elicited = [frozenset(probe.elicits) for probe in question.probes]
    every = frozenset().union(*elicited)
    if len(set(elicited)) == 1 and len(every) == 1:
        name = LABELS[next(iter(every))]
        yield (*loc, "probes"), "same-elicits", f"all {count} probes ask only for: {name}"
    elif question.kind != "background" and len(every) < len(Element):
        names = _names([element for element in Element if element not in every])
        yield (*loc, "probes"), "element-not-elicited", f"no probe asks for: {names}"


def _names(elements: Sequence[Element]) -> str:
    return listed(LABELS[element] for element in elements)


def _runs(said: str) -> frozenset[str]:
    """Every run of words that is long enough to be recognised."""
    words = said.replace("^ ", "").split()
    starts = range(len(words) - _RUN + 1)
    return frozenset(" ".join(words[start : start + _RUN]) for start in starts)
