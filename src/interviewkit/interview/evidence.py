"""Which elements of a story the notes of an answer show, and how likely the others are missing.

What is seen in a note, or not, is as sure as such readings have proved to be; over the notes of an
answer that gives how likely each element is still missing. Contains no word and no figure of any
language (see ``languages/``). Nothing here judges the candidate, and nothing here is stored.

    P(missing) after                        setback  own action  who   result
    "shipment to Hartmann nine days late"     .04       .99      .98    1.00
    "rang the plant manager the same hour"    .98       .16      .03     .98
    both, multiplied                          .04       .15      .03     .98
    state                                   present   present  present  missing, or asked
"""

from collections.abc import Callable, Iterable, Mapping, Sequence
from enum import StrEnum
from functools import lru_cache
from math import exp
from typing import NamedTuple

from interviewkit.banks.elements import Element
from interviewkit.interview.note_reader import LIKELY, UNIT, count_speakers, read_note, strength
from interviewkit.interview.records import Asked
from interviewkit.interview.word_lists import WordLists

# From this probability on an element counts as missing, and a reason may name it; claims made at
# it hold in about nineteen of twenty cases.
SURELY_MISSING = 0.9
# Up to this probability of being missing an element that a note shows counts as present.
SURELY_PRESENT = 0.4
_LIKELY = strength(LIKELY)
# So many notes that show no element, and one particular time is asked for.
VAGUE = 2


class State(StrEnum):
    """What is known of one element.

    PERHAPS: too likely for a claim that it is missing, too unlikely to be counted as present.
    ASKED: a probe for it was asked and no note shows it.
    """

    PRESENT = "present"
    PERHAPS = "perhaps"
    ASKED = "asked"
    MISSING = "missing"


class Evidence(NamedTuple):
    """All eleven elements in their order; ``missing`` holds probabilities from 0 to 1."""

    states: dict[Element, State]
    missing: dict[Element, float]


def elements_in(note: str, word_lists: WordLists) -> frozenset[Element]:
    """What the word lists see in this single note; the same note always shows the same."""
    return read_note(note, word_lists).elements


def evidence(
    notes: Sequence[str],
    ticks: Mapping[Element, bool],
    asked: Iterable[Element],
    word_lists: WordLists,
) -> Evidence:
    """How likely each element is missing, and what to call that; a tick outranks the reading.

    ``asked`` holds the elements that the probes asked so far were to bring. The order of the
    notes does not matter. P(missing) is the product over the notes of 1 - P(in this note).
    """
    sums, peaks = _strengths(tuple(notes[:-1]), word_lists)
    newest = read_note(notes[-1], word_lists).strengths if notes else sums
    requested = frozenset(asked)
    states, missing = {}, {}
    for element, total, peak, strength_now in zip(Element, sums, peaks, newest, strict=True):
        is_shown = max(peak, strength_now) >= _LIKELY
        missing[element] = exp(-(total + strength_now) / UNIT)
        if element in ticks:
            is_shown, missing[element] = ticks[element], float(not ticks[element])
        states[element] = _state(missing[element], is_shown, element in requested)
    return Evidence(states, missing)


def elements_asked(
    probes: Iterable[Asked], follow_up_elements: Callable[[str], Iterable[Element]]
) -> frozenset[Element]:
    """What the probes were to bring: the bank's as it says, one's own as their words are read."""
    return frozenset(
        element
        for probe in probes
        for element in (follow_up_elements(probe.text) if probe.is_own else probe.elicits)
    )


@lru_cache(maxsize=64)
def _strengths(
    notes: tuple[str, ...], word_lists: WordLists
) -> tuple[tuple[int, ...], tuple[int, ...]]:
    """The sum and the greatest of the notes' strengths for each element.

    Remembered, because while the newest note is typed the earlier ones stay as they are.
    """
    rows = [read_note(note, word_lists).strengths for note in notes] or [(0,) * len(Element)]
    columns = list(zip(*rows, strict=True))
    return tuple(map(sum, columns)), tuple(map(max, columns))


def _state(missing: float, is_shown: bool, is_asked: bool) -> State:
    if is_shown and missing <= SURELY_PRESENT:
        return State.PRESENT
    if is_asked and not is_shown:
        return State.ASKED
    return State.MISSING if missing >= SURELY_MISSING else State.PERHAPS


def is_particular(notes: Sequence[str], word_lists: WordLists) -> bool:
    """Whether one event may be under way: false for generalities with nothing concrete beside them.

    A single note that speaks in general is enough for that, or ``VAGUE`` notes that show no element
    at all, or more that show nothing concrete. No notes leave nothing to ask again: true.
    """
    readings = [read_note(note, word_lists) for note in notes]
    if any(reading.is_concrete or reading.topics for reading in readings):
        return True
    empty = sum(max(reading.strengths) < _LIKELY for reading in readings)
    is_vague = empty >= VAGUE or len(readings) > VAGUE
    return not is_vague and not any(reading.is_general for reading in readings)


def general_word(notes: Sequence[str], word_lists: WordLists) -> str:
    """The first word in the notes that speaks in general, as it stands there; else nothing."""
    return next((general for note in notes if (general := read_note(note, word_lists).general)), "")


def protected_topics(note: str, word_lists: WordLists) -> tuple[str, ...]:
    """The topics in a note that an interviewer must not ask about, such as "family", in order."""
    return read_note(note, word_lists).topics


def speakers(notes: Sequence[str], word_lists: WordLists) -> tuple[int, int]:
    """How often the notes say "we" and how often "I", in their language."""
    counts = [count_speakers(note, word_lists) for note in notes]
    return sum(we for we, _ in counts), sum(i_count for _, i_count in counts)
