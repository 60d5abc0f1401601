"""Rules on probes: each by itself, and what a question's probes bring together."""

from collections.abc import Iterator, Sequence
from functools import lru_cache

from interviewkit.banks.elements import Element
from interviewkit.banks.lint.language import Lists, Utterance
from interviewkit.banks.lint.phrases import spoken_form
from interviewkit.banks.lint.questions import heard, is_closed, several_questions
from interviewkit.banks.lint.rules import Told, join_names
from interviewkit.banks.lint.timeframe import lint_probe_timeframe
from interviewkit.banks.model import Bank, Question
from interviewkit.banks.text.yaml_nodes import Loc
from interviewkit.plurals import count_noun

FEWEST = 2
_RUN = 5  # words in a row that a probe may not share with the best anchor


def lint_probes(
    loc: Loc, question: Question, best_anchor: str, bank: Bank, lists: Lists
) -> Iterator[Told]:
    """Rules on the probes of a question; ``best_anchor`` is what earns it the highest rating."""
    yield from _together(loc, question)
    best = _anchor_runs(best_anchor)
    asked = {spoken_form(question.ask): "the question"}
    for position, probe in enumerate(question.probes):
        ask_loc = (*loc, "probes", position, "ask")
        utterance = lists.analyze(probe.ask)
        earlier_id = asked.setdefault(utterance.words, probe.id)
        if earlier_id != probe.id:
            yield ask_loc, "duplicate-wording", f"{earlier_id} asks this in the same words"
        yield from lint_probe(ask_loc, question, utterance, bank, lists, best)


def lint_probe(
    loc: Loc,
    question: Question,
    utterance: Utterance,
    bank: Bank,
    lists: Lists,
    best: frozenset[str] = frozenset(),
) -> Iterator[Told]:
    """Rules on the wording of one probe; ``best`` are runs of words of the best anchor."""
    yield from heard(loc, utterance, bank, lists)
    yield from lint_probe_timeframe(loc, question, utterance, lists)
    several = several_questions(utterance, lists, is_probe=True)
    if several:
        yield loc, "double-barrelled", several
    yield from _gives_away(loc, utterance, best, lists)
    if lists.limits.probe < utterance.count <= lists.limits.sentence:
        message = f"{utterance.count} words in one probe; people can follow {lists.limits.probe}"
        yield loc, "too-long", message


def _gives_away(
    loc: Loc, utterance: Utterance, best: frozenset[str], lists: Lists
) -> Iterator[Told]:
    """A probe that says what would be good to hear, or that only wants a yes or a no."""
    shared = best & _runs(utterance.words)
    if shared:
        message = (
            f"“{min(shared, key=utterance.words.find)}” are the best anchor's words; ask without"
        )
        yield loc, "probe-reveals", message
    elif "reveals" in utterance.found and "leading" not in utterance.found:
        message = f"“{utterance.found['reveals']}” names what you want to hear; ask what they did"
        yield loc, "probe-reveals", message
    elif "vague-probe" in utterance.found:
        request = utterance.found["vague-probe"]
        message = f"“{request}” can be answered with anything; name what is missing"
        yield loc, "vague-probe", message
    elif not {"either", "leading", "accusing"} & utterance.found.keys() and is_closed(
        utterance, lists
    ):
        yield loc, "closed-probe", "wants only yes or no; start with what, how, who or when"


def _together(loc: Loc, question: Question) -> Iterator[Told]:
    if question.role_play:
        return  # its probes discuss the role play; it tells no story
    count = len(question.probes)
    if count < FEWEST:
        count_words = f"only {count_noun(count, 'probe')}" if count else "no probe"
        yield loc, "few-probes", f"{question.id} has {count_words}; write at least {FEWEST}"
        return
    elicited = [frozenset(probe.elicits) for probe in question.probes]
    together = frozenset().union(*elicited)
    if len(set(elicited)) == 1 and len(together) == 1:
        (name,) = together
        yield (*loc, "probes"), "same-elicits", f"all {count} probes ask only for: {name}"
    elif question.kind != "background" and len(together) < len(Element):
        names = _names([element for element in Element if element not in together])
        yield (*loc, "probes"), "element-not-elicited", f"no probe asks for: {names}"


def _names(elements: Sequence[Element]) -> str:
    return join_names(element.value for element in elements)  # as the file calls them


@lru_cache(maxsize=64)  # most questions have the anchors of their competency
def _anchor_runs(anchor: str) -> frozenset[str]:
    return _runs(spoken_form(anchor))


def _runs(line: str) -> frozenset[str]:
    """Every run of words that is long enough to be recognised."""
    tokens = line.replace("^ ", "").split()
    starts = range(len(tokens) - _RUN + 1)
    return frozenset(" ".join(tokens[start : start + _RUN]) for start in starts)
