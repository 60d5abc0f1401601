"""Which of the trainer's probes to offer next, each with its reason in plain words.

Owns the order and the wording of reasons. Refuses to score: a suggestion says what is not in the
notes yet, never anything about the candidate. The same notes always bring the same offer.
"""

from collections.abc import Collection, Mapping, Sequence
from typing import TYPE_CHECKING, NamedTuple

from interviewkit.banks.elements import Element
from interviewkit.interview.evidence import (
    State,
    Words,
    general_word,
    is_particular,
    speakers,
)

if TYPE_CHECKING:
    from interviewkit.banks.model import Probe, Question

PARTICULAR = "particular-time"
ENOUGH = 3
OFFERED = 3
# The panel beside the notes is 38 columns wide; a reason shares its line with nothing but a margin.
REASON_WIDTH = 34

REASK = (Element.SITUATION, Element.TIME)
_COUNTS = {3: "Three", 4: "Four", 5: "Five", 6: "Six", 7: "Seven", 8: "Eight", 9: "Nine"}
_NOTHING_MISSING = "Nothing these probes ask for is missing. Rate, or go on."
_NO_PROBES = "This question has no probes. Rate, or go on."

# What the notes do not show yet: alone, and short enough to stand beside another.
_GAPS = {
    Element.SITUATION: ("what the case was is not there yet", "no occasion"),
    Element.TASK: ("the task is not there yet", "no task"),
    Element.OWN_ACTION: ("own part is not there yet", "no own part"),
    Element.RESULT: ("how it ended is not there yet", "no outcome"),
    Element.LEARNING: ("nothing learned is noted yet", "no lesson"),
    Element.TIME: ("no time named yet", "no time"),
    Element.PEOPLE: ("nobody named yet", "nobody named"),
    Element.CUSTOMER: ("no customer named yet", "no customer"),
    Element.NUMBERS: ("no number yet", "no number"),
    Element.SETBACK: ("nothing that went wrong noted yet", "no setback"),
    Element.CONFIRMATION: ("nobody who could confirm it yet", "no way to check"),
}


class Suggestion(NamedTuple):
    """A probe and why it comes next. ``number`` is its place in the question, from 1, for good.

    Number 0 is the neutral re-ask, which belongs to no question.
    """

    number: int
    probe: str
    ask: str
    elicits: tuple[Element, ...]
    reason: str


class Offer(NamedTuple):
    """At most three suggestions, the best first, and one calm sentence or none."""

    suggestions: tuple[Suggestion, ...]
    word: str


def suggest(
    question: "Question",
    evidence: Mapping[Element, State],
    notes: Sequence[str],
    asked: Collection[str],
    words: Words,
) -> Offer:
    """The probes that would fill most gaps, none asked before and none for what is there.

    ``asked`` holds the ids of the probes asked to this question. After ``ENOUGH`` of them there
    are no more suggestions, because a fair interview asks everybody two or three.
    """
    if len(asked) >= ENOUGH:
        return Offer((), enough_word(len(asked)))
    offered = []
    if _needs_particular(question, notes, asked, words):
        offered.append(Suggestion(0, PARTICULAR, words.reask, REASK, _general_reason(notes, words)))
    gaps = [
        (number, probe, missing)
        for number, probe in enumerate(question.probes, start=1)
        if probe.id not in asked and (missing := _missing(probe, evidence))
    ]
    gaps.sort(key=lambda gap: -len(gap[2]))  # stable, so the author's order breaks ties
    offered += [
        Suggestion(number, probe.id, probe.ask, probe.elicits, _reason(missing, notes, words))
        for number, probe, missing in gaps
    ]
    if offered:
        return Offer(tuple(offered[:OFFERED]), "")
    return Offer((), _NOTHING_MISSING if question.probes else _NO_PROBES)


def enough_word(count: int) -> str:
    """What is said once enough has been asked."""
    number = _COUNTS.get(count, str(count))
    return f"{number} probes asked. That is enough for a fair picture; rate, or go on."


def _needs_particular(
    question: "Question", notes: Sequence[str], asked: Collection[str], words: Words
) -> bool:
    return (
        question.kind == "past_behaviour"
        and PARTICULAR not in asked
        and not is_particular(notes, words)
    )


def _missing(probe: "Probe", evidence: Mapping[Element, State]) -> tuple[Element, ...]:
    missing = (e for e in probe.elicits if evidence[e] is State.MISSING)
    return tuple(dict.fromkeys(missing))


def _general_reason(notes: Sequence[str], words: Words) -> str:
    said = f"notes say '{general_word(notes, words)}', no case yet"
    return said if len(said) <= REASON_WIDTH else "no particular time yet"


def _reason(missing: tuple[Element, ...], notes: Sequence[str], words: Words) -> str:
    """True of the notes and at most ``REASON_WIDTH`` wide; names one gap or two."""
    if missing[0] is Element.OWN_ACTION:
        we, own = speakers(notes, words)
        if we and not own:
            times = "once" if we == 1 else f"{we} times"
            return f"own part: '{words.we}' {times}, no '{words.own}'"
    if len(missing) > 1:
        both = f"{_GAPS[missing[0]][1]}, {_GAPS[missing[1]][1]} yet"
        if len(both) <= REASON_WIDTH:
            return both
    return _GAPS[missing[0]][0]
