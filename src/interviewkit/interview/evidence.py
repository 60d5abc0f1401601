"""Which elements of a story the notes show, as a pure reading of the interviewer's own words.

Owns the reading: a note is taken clause by clause, and a question, a denial or a supposition
silences its clause. Contains no word of any language (see ``languages/``) and refuses to weigh:
an element is there, was asked for, or is missing. Nothing here judges the candidate, and nothing
here is stored.
"""

from collections.abc import Iterable, Iterator, Mapping, Sequence
from enum import StrEnum
from functools import lru_cache
from typing import NamedTuple

from interviewkit.banks.elements import Element
from interviewkit.interview.word_lists import TOKEN, Keys, Phrase, View, Words, load_words

__all__ = [
    "State",
    "Words",
    "evidence",
    "found",
    "general_word",
    "is_particular",
    "load_words",
    "speakers",
]

# A note line is a sentence or two. Of a pasted document the head is read, so that a paste of any
# size costs the same few milliseconds.
EXAMINED = 8000
# Readings remembered. All notes of an answer are asked for after every pause, in turn: with fewer
# places than notes each would be read anew, every time.
KEPT = 1 << 14
# A run of words without any punctuation is read in pieces of this many, because some phrases
# look through a whole clause and would take the square of its length.
CLAUSE = 48

# What belongs to one event. A duty, a lesson and a record can be talked of with no event at all.
_ANCHORS = frozenset(Element) - {
    Element.TASK,
    Element.LEARNING,
    Element.CONFIRMATION,
}
# Whoever is named before "she" may be meant by it.
_OTHERS = frozenset((Element.PEOPLE.value, Element.CUSTOMER.value))
# What a clause that tells of the first does not tell of as well: a lesson names no case, an order
# has not happened yet, and where a record lies is no part of the story.
_COVERED = {
    Element.LEARNING: set(Element) - {Element.LEARNING, Element.NUMBERS, Element.CUSTOMER},
    Element.TASK: {Element.OWN_ACTION, Element.RESULT, Element.SETBACK, Element.SITUATION},
    Element.CONFIRMATION: {Element.OWN_ACTION, Element.RESULT, Element.SETBACK, Element.SITUATION},
    Element.RESULT: {Element.SITUATION, Element.SETBACK},
    Element.OWN_ACTION: {Element.SITUATION, Element.SETBACK},
}
_OWN = Element.OWN_ACTION.value
_CUSTOMER = Element.CUSTOMER.value
_LEAD, _DEED = "{lead}", "{did}"


class State(StrEnum):
    """What is known of one element; ASKED says that a probe for it was asked in vain so far."""

    PRESENT = "present"
    ASKED = "asked"
    MISSING = "missing"


class _Hit(NamedTuple):
    """A phrase and the words of its clause that it takes."""

    start: int
    end: int
    phrase: Phrase


class _Before(NamedTuple):
    """Whether the note has named somebody else, and whether it did so last: "her boss, ..."."""

    named: bool
    subject: bool


class _Reading(NamedTuple):
    """What a note shows, what in it is no mere supposition, and the word that speaks in general."""

    shown: frozenset[Element]
    told: frozenset[Element]
    general: str


def found(note: str, words: Words) -> frozenset[Element]:
    """The elements that this one note shows by itself; the same note always shows the same."""
    return _read(note, words).shown


def evidence(
    notes: Sequence[str], ticks: Mapping[Element, bool], asked: Iterable[Element], words: Words
) -> dict[Element, State]:
    """The state of all eleven elements, in their order; a tick by hand outranks the reading.

    ``asked`` holds the elements that the probes asked so far were to bring. The order of the
    notes does not matter.
    """
    shown = frozenset().union(*(_read(note, words).shown for note in notes))
    wanted = frozenset(asked)
    states = {}
    for element in Element:
        if ticks.get(element, element in shown):
            states[element] = State.PRESENT
        else:
            states[element] = State.ASKED if element in wanted else State.MISSING
    return states


def is_particular(notes: Sequence[str], words: Words) -> bool:
    """Whether one event may be under way: false only for generalities with no case beside them.

    No notes, or notes that say nothing either way, leave nothing to ask again: true.
    """
    readings = [_read(note, words) for note in notes]
    anchored = any(not _ANCHORS.isdisjoint(reading.told) for reading in readings)
    return anchored or not any(reading.general for reading in readings)


def general_word(notes: Sequence[str], words: Words) -> str:
    """The first word in the notes that speaks in general, as it stands there; else nothing."""
    return next((word for note in notes if (word := _read(note, words).general)), "")


def speakers(notes: Sequence[str], words: Words) -> tuple[int, int]:
    """How often the notes say "we" and how often "I", in their language."""
    counts = [_spoken(note, words) for note in notes]
    return sum(we for we, _ in counts), sum(own for _, own in counts)


@lru_cache(maxsize=KEPT)
def _spoken(note: str, words: Words) -> tuple[int, int]:
    spoken = [words.look_up(match[0])[0] for match in TOKEN.finditer(note[:EXAMINED])]
    we, own = (words.source.fold(word) for word in (words.we, words.own))
    return sum(we in keys for keys in spoken), sum(own in keys for keys in spoken)


@lru_cache(maxsize=KEPT)
def _read(note: str, words: Words) -> _Reading:
    shown: set[str] = set()
    told: set[str] = set()
    general, subject = "", False
    for typed in _clauses(note[:EXAMINED], words):
        looked_up = [words.look_up(word) for word in typed]
        keys = [key for key, _ in looked_up]
        hits = _unbarred(_matches(keys, looked_up))
        end, silenced = _silence(hits, len(keys))
        hits = [hit for hit in hits if hit.start < end]
        spoken = next((hit for hit in hits if hit.phrase.target == "general"), None)
        if spoken and not general:
            general = " ".join(typed[spoken.start : spoken.end]).lower()
        clause = _elements(hits, silenced, words, _Before(not _OTHERS.isdisjoint(shown), subject))
        shown |= clause
        subject = _OWN not in shown and _of_another(hits, keys)
        if "supposed" not in silenced:
            told |= clause
    return _Reading(frozenset(map(Element, shown)), frozenset(map(Element, told)), general)


def _clauses(text: str, words: Words) -> Iterator[list[str]]:
    """The words of each clause that states something; what ends in a question mark does not."""
    clause: list[str] = []
    for match in TOKEN.finditer(text):
        word, mark = match[0], match.lastindex
        if mark is None and word.lower() not in words.breaks:
            clause.append(word)
            if len(clause) < CLAUSE:
                continue
        elif word == "." and clause and words.source.fold(clause[-1]) in words.dotted:
            continue
        if clause and mark != 1:
            yield clause
        clause = []
    if clause:
        yield clause


def _matches(keys: list[Keys], looked_up: list[tuple[Keys, tuple[Phrase, ...]]]) -> list[_Hit]:
    """Every phrase that stands somewhere in the clause."""
    hits = []
    there = frozenset().union(*keys)
    followers: list[Keys] = [*keys[1:], frozenset()]
    for place, (_, phrases) in enumerate(looked_up):
        follower = followers[place]
        for phrase in phrases:
            # By position, because this is the one place where time is spent.
            needed, near, size = phrase[2:5]
            if needed and needed.isdisjoint(follower if near else there):
                continue
            if end := place + size if size else phrase.end(keys, place):
                hits.append(_Hit(place, end, phrase))
    openings = _openings(keys, hits)
    return [hit for hit in hits if not hit.phrase.opens or hit.start in openings]


def _openings(keys: list[Keys], hits: list[_Hit]) -> set[int]:
    """Where the clause may be said to start: behind words that only lead in, and behind times."""
    times: dict[int, list[int]] = {}
    for start, end, phrase in hits:
        if phrase.target == Element.TIME.value:
            times.setdefault(start, []).append(end)
    openings, reached = set(), [0]
    while reached:
        place = reached.pop()
        if place in openings or place >= len(keys):
            continue
        openings.add(place)
        reached += times.get(place, ())
        if _LEAD in keys[place]:
            reached.append(place + 1)
    return openings


def _unbarred(hits: list[_Hit]) -> list[_Hit]:
    """The hits that no exception for the same target overlaps."""
    bars: dict[str, list[_Hit]] = {}
    for hit in hits:
        if hit.phrase.bars:
            bars.setdefault(hit.phrase.target, []).append(hit)
    return [
        hit
        for hit in hits
        if hit.phrase.target not in bars
        or not any(bar.start < hit.end and hit.start < bar.end for bar in bars[hit.phrase.target])
    ]


def _silence(hits: list[_Hit], size: int) -> tuple[int, set[str]]:
    """Where the clause stops being a statement, and what its statements are called before."""
    kinds = {hit.phrase.target for hit in hits}
    if "reminders" in kinds:
        return 0, kinds
    ends = [hit.start for hit in hits if hit.phrase.target == "ungiven"]
    end = min(ends, default=size)
    return end, {hit.phrase.target for hit in hits if hit.start < end}


def _of_another(hits: list[_Hit], keys: list[Keys]) -> bool:
    """Whether the deed of a next clause is another's: "her boss, ..." or "the buyer rang, ..."."""
    others = [hit for hit in hits if hit.phrase.target in _OTHERS]
    if any(hit.end == len(keys) and hit.phrase.target != _CUSTOMER for hit in others):
        return True
    return any(_DEED in key for key in keys) and any(hit.start <= 1 for hit in others)


def _elements(hits: list[_Hit], silenced: set[str], words: Words, before: _Before) -> set[str]:
    """What the phrases of a clause show, given how it is told and what stands before it."""
    shown = set()
    first = min((hit.start for hit in hits if hit.phrase.target in _OTHERS), default=CLAUSE)
    for hit in hits:
        target, view = hit.phrase.target, words.views.get(hit.phrase.target)
        if view is None or (view is not View.SAID and "supposed" in silenced):
            continue
        if view is View.DONE and ("denied" in silenced or (hit.phrase.opens and before.subject)):
            continue
        if not hit.phrase.alone or not (before.named or first < hit.start):
            shown.add(target)
    for element, covered in _COVERED.items():
        if element in shown:
            shown -= covered
    return shown
