"""Which elements of a story the notes show, as a pure reading of the interviewer's own words.

Owns the reading: a note is taken clause by clause, and a question, a denial or a supposition
silences its clause. What is seen in a note, or not, is as sure as such readings have proved to be;
over the notes of an answer that gives how likely each element is still missing. Contains no word
and no figure of any language (see ``languages/``). Nothing here judges the candidate, and nothing
here is stored.
"""

from collections.abc import Iterable, Iterator, Mapping, Sequence
from enum import StrEnum
from functools import lru_cache
from math import prod
from typing import NamedTuple

from interviewkit.banks.elements import Element
from interviewkit.interview.word_lists import TOKEN, Keys, Phrase, View, Words, load_words

__all__ = [
    "Evidence",
    "State",
    "Words",
    "elements_in",
    "evidence",
    "general_word",
    "is_particular",
    "load_words",
    "protected_topics",
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
# From this probability on an element counts as missing, and a reason may name it; claims made at
# it hold in about nineteen of twenty cases.
SURELY_MISSING = 0.85
# Up to this probability of being missing an element that a note shows counts as present.
SURELY_PRESENT = 0.4
# No note settles an element for ever, nor is it worth nothing.
LEAST, MOST = 0.001, 0.97
# A bank's own words are chosen by who wrote the probes, so a note with one is as good as surely read.
OWN_WORD = 0.9

# So many notes with nothing concrete in them, and one particular time is asked for.
VAGUE = 2
# What a note about one event holds, beside a named customer; the rest can be talked of without one.
_ANCHORS = frozenset(
    element.value
    for element in (Element.TIME, Element.PEOPLE, Element.NUMBERS, Element.OWN_ACTION)
)
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
_LEAD, _DEED, _NAME = "{lead}", "{did}", "{name}"


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
    """What a note shows, and the word that speaks in general, if any.

    ``own``: what a bank's own words show. ``is_concrete``: whether it holds a time, a person, a
    number, a named customer or a single act that is no mere supposition. ``topics``: the protected
    topics it touches; such a note shows nothing.
    """

    shown: frozenset[Element] = frozenset()
    own: frozenset[Element] = frozenset()
    general: str = ""
    is_concrete: bool = False
    topics: tuple[str, ...] = ()


def elements_in(note: str, words: Words) -> frozenset[Element]:
    """The elements that this single note shows; the same note always shows the same."""
    return _read(note, words).shown


def evidence(
    notes: Sequence[str], ticks: Mapping[Element, bool], asked: Iterable[Element], words: Words
) -> Evidence:
    """How likely each element is missing, and what to call that; a tick outranks the reading.

    ``asked`` holds the elements that the probes asked so far were to bring. The order of the
    notes does not matter. P(missing) is the product over the notes of P(not in this note).
    """
    readings = [_read(note, words) for note in notes]
    shown = frozenset().union(*(reading.shown for reading in readings))
    absences = [_absences(note, words) for note in notes]
    columns = zip(*absences, strict=True) if absences else ((),) * len(Element)
    missing = {
        element: float(not ticks[element]) if element in ticks else prod(column)
        for element, column in zip(Element, columns, strict=True)
    }
    requested = frozenset(asked)
    states = {
        element: _state(
            likely,
            is_shown=ticks.get(element, element in shown),
            is_asked=element in requested,
        )
        for element, likely in missing.items()
    }
    return Evidence(states, missing)


def _state(missing: float, *, is_shown: bool, is_asked: bool) -> State:
    if is_shown and missing <= SURELY_PRESENT:
        return State.PRESENT
    if is_asked and not is_shown:
        return State.ASKED
    return State.MISSING if missing >= SURELY_MISSING else State.PERHAPS


@lru_cache(maxsize=KEPT)
def _absences(note: str, words: Words) -> tuple[float, ...]:
    """P(not in this note) of all eleven elements, in their order."""
    reading = _read(note, words)
    absences = []
    for element in Element:
        if_seen, if_unseen = words.probabilities[element]
        present = if_seen if element in reading.shown else if_unseen
        if element in reading.own:
            present = max(present, OWN_WORD)
        absences.append(1 - min(max(present, LEAST), MOST))
    return tuple(absences)


def is_particular(notes: Sequence[str], words: Words) -> bool:
    """Whether one event may be under way: false for generalities with nothing concrete beside them.

    A single note that speaks in general is enough for that, or ``VAGUE`` notes that hold nothing
    concrete. No notes leave nothing to ask again: true.
    """
    readings = [_read(note, words) for note in notes]
    if any(reading.is_concrete or reading.topics for reading in readings):
        return True
    return len(readings) < VAGUE and not any(reading.general for reading in readings)


def general_word(notes: Sequence[str], words: Words) -> str:
    """The first word in the notes that speaks in general, as it stands there; else nothing."""
    return next((word for note in notes if (word := _read(note, words).general)), "")


def protected_topics(note: str, words: Words) -> tuple[str, ...]:
    """The topics in a note that an interviewer must not ask about, such as "family", in order."""
    return _read(note, words).topics


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
    own: set[str] = set()
    topics: set[str] = set()
    general, subject, is_concrete = "", False, False
    for typed, is_question in _clauses(note[:EXAMINED], words):
        looked_up = [words.look_up(word) for word in typed]
        keys = [key for key, _ in looked_up]
        hits = _unbarred(_matches(keys, looked_up))
        topics.update(hit.phrase.target for hit in hits if hit.phrase.target in words.topics)
        if is_question:
            continue
        general = general or _general_phrase(hits, typed)
        end, silenced = _silence(hits, len(keys))
        hits = [hit for hit in hits if hit.start < end]
        clause = _elements(hits, silenced, words, _Before(not _OTHERS.isdisjoint(shown), subject))
        shown |= clause.shown
        own |= clause.own
        subject = _OWN not in shown and _of_another(hits, keys)
        if "supposed" not in silenced:
            is_concrete = is_concrete or _is_concrete(clause.shown, hits, keys)
    if topics:
        return _Reading(topics=tuple(topic for topic in words.topics if topic in topics))
    return _Reading(
        frozenset(map(Element, shown)), frozenset(map(Element, own)), general, is_concrete
    )


def _general_phrase(hits: list[_Hit], typed: list[str]) -> str:
    """What of the clause speaks in general, as it was typed; nothing in a reminder."""
    if any(hit.phrase.target == "reminders" for hit in hits):
        return ""
    spoken = next((hit for hit in hits if hit.phrase.target == "general"), None)
    return " ".join(typed[spoken.start : spoken.end]).lower() if spoken else ""


def _is_concrete(shown: set[str], hits: list[_Hit], keys: list[Keys]) -> bool:
    if not _ANCHORS.isdisjoint(shown):
        return True
    return any(
        hit.phrase.target == _CUSTOMER and any(_NAME in key for key in keys[hit.start : hit.end])
        for hit in hits
    )


def _clauses(text: str, words: Words) -> Iterator[tuple[list[str], bool]]:
    """The words of each clause, and whether it is a question, which states nothing."""
    clause: list[str] = []
    for match in TOKEN.finditer(text):
        word, mark = match[0], match.lastindex
        if mark is None and word.lower() not in words.breaks:
            clause.append(word)
            if len(clause) < CLAUSE:
                continue
        elif word == "." and clause and words.source.fold(clause[-1]) in words.dotted:
            continue
        if clause:
            yield clause, mark == 1
        clause = []
    if clause:
        yield clause, False


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


class _Shown(NamedTuple):
    """What a clause shows, and what of that a bank's own words show."""

    shown: set[str]
    own: set[str]


def _elements(hits: list[_Hit], silenced: set[str], words: Words, before: _Before) -> _Shown:
    """What the phrases of a clause show, given how it is told and what stands before it."""
    shown, own = set(), set()
    first = min((hit.start for hit in hits if hit.phrase.target in _OTHERS), default=CLAUSE)
    for hit in hits:
        target, view = hit.phrase.target, words.views.get(hit.phrase.target)
        if view is None or (view is not View.SAID and "supposed" in silenced):
            continue
        if view is View.DONE and ("denied" in silenced or (hit.phrase.opens and before.subject)):
            continue
        if not hit.phrase.alone or not (before.named or first < hit.start):
            shown.add(target)
            if hit.phrase.own:
                own.add(target)
    for element, covered in _COVERED.items():
        if element in shown:
            shown -= covered
    return _Shown(shown | own, own)
