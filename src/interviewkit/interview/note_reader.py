"""What a single note shows, as a pure reading of the interviewer's own words.

Owns the reading: a note is taken clause by clause, and a question, a denial or a supposition
silences its clause. Contains no word of any language (see ``languages/``).

    note        "rang the plant manager; did she call the client? no discount given"
    clauses     rang the plant manager │ did she call the client? │ no discount given
    hits        [rang] [manager]       │ a question: silent       │ none
    elements    own action, people
    strengths   hits and other features of the note, weighed: P(own action) .86, P(people) .97
"""

from collections.abc import Iterator
from functools import lru_cache
from math import log1p
from typing import NamedTuple

from interviewkit.banks.elements import Element
from interviewkit.interview.note_weights import load_weights, target_probabilities, word_features
from interviewkit.interview.word_lists import Keys, Phrase, View, WordLists, token_pattern

# A note line is a sentence or two. Of a pasted document the head is read, so that a paste of any
# size costs the same few milliseconds.
EXAMINED = 8000
# Readings remembered. All notes of an answer are asked for after every pause, in turn: with fewer
# places than notes each would be read again, every time.
READINGS = 1 << 14
# A run of words without any punctuation is read in pieces of this many, because some phrases
# look through a whole clause and would take the square of its length.
CLAUSE = 48
# No note settles an element for ever, nor is it worth nothing.
LEAST, MOST = 0.001, 0.97
UNIT = 10_000
# A bank's own words are chosen by its author: a note with one is as good as surely read.
OWN_WORD = 0.9
# From this probability on a note is one that shows the element.
LIKELY = 0.5
# From the first on a note is a generality if it shows no element, from the second on if it holds
# nothing concrete, and from the third on in any case.
GENERAL_PERHAPS, GENERAL_LIKELY, GENERAL_SURELY = 0.15, 0.5, 0.9
# What a note about one event holds, beside a named customer; the rest can be talked of without one.
_ANCHORS = frozenset(
    element.value for element in (Element.TIME, Element.PEOPLE, Element.NUMBERS, Element.OWN_ACTION)
)
# Anyone who is named before "she" may be meant by it.
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


class _Hit(NamedTuple):
    """A phrase and the words of its clause that it takes."""

    start: int
    end: int
    phrase: Phrase


class _Before(NamedTuple):
    """Whether the note has named somebody else, and whether it did so last: "her boss, ..."."""

    named: bool
    subject: bool


class Clause(NamedTuple):
    """The words of a clause as typed, the keys of each, and the phrases in it.

    A question states nothing.
    """

    typed: list[str]
    keys: list[Keys]
    hits: list[_Hit]
    is_question: bool


class NoteReading(NamedTuple):
    """What a note shows, and the phrase that speaks in general, if any.

    ``elements``: what the word lists see in it. ``strengths``: how surely each element is there, in
    their order, as ``-log(1 - P(shown)) * UNIT``, whole, so that the sum over notes does not depend
    on their order. ``is_general``: the note is a generality. ``is_concrete``: it holds a time, a
    person, a number, a named customer or a single act that is no mere supposition. ``topics``: the
    protected topics it touches; such a note shows nothing.
    """

    elements: frozenset[Element] = frozenset()
    strengths: tuple[int, ...] = (0,) * len(Element)
    general: str = ""
    is_general: bool = False
    is_concrete: bool = False
    topics: tuple[str, ...] = ()


def strength(likely: float) -> int:
    """A probability as what adds up over notes; at most ``MOST`` of it counts."""
    return round(-log1p(-min(likely, MOST)) * UNIT)


@lru_cache(maxsize=READINGS)
def count_speakers(note: str, word_lists: WordLists) -> tuple[int, int]:
    """How often the note says "we" and how often "I", in its language."""
    spoken = [
        word_lists.look_up(match[0])[0] for match in token_pattern().finditer(note[:EXAMINED])
    ]
    we, i_words = word_lists.speakers
    return sum(we in keys for keys in spoken), sum(i_words in keys for keys in spoken)


@lru_cache(maxsize=READINGS)
def read_note(note: str, word_lists: WordLists) -> NoteReading:
    """What the note shows; the same note and lists always give the same."""
    clauses = parse_note(note, word_lists)
    topics = {hit.phrase.target for clause in clauses for hit in clause.hits}.intersection(
        word_lists.topics
    )
    if topics:
        return NoteReading(topics=tuple(topic for topic in word_lists.topics if topic in topics))
    clauses = [clause for clause in clauses if not _is_silent(clause)]
    if not clauses:
        return NoteReading()
    sightings = see_elements(clauses, word_lists)
    *likely, general = target_probabilities(
        note_features(clauses, sightings.elements, word_lists), load_weights()
    )
    likely = [
        max(present, OWN_WORD if element.value in sightings.certain else LEAST)
        for element, present in zip(Element, likely, strict=True)
    ]
    phrase = next(filter(None, map(_general_phrase, clauses)), "")
    threshold = GENERAL_PERHAPS if max(likely) < LIKELY else GENERAL_LIKELY
    return NoteReading(
        frozenset(map(Element, sightings.elements)),
        tuple(map(strength, likely)),
        phrase,
        is_general=general >= threshold or bool(phrase and not sightings.is_concrete),
        is_concrete=sightings.is_concrete and general < GENERAL_SURELY,
    )


def statements(note: str, word_lists: WordLists) -> list[Clause]:
    """The clauses of a note that state something."""
    return [clause for clause in parse_note(note, word_lists) if not _is_silent(clause)]


def parse_note(note: str, word_lists: WordLists) -> list[Clause]:
    """The clauses of a note with the phrases of the word lists in them."""
    clauses = []
    for typed, is_question in _clauses(note[:EXAMINED], word_lists):
        looked_up = [word_lists.look_up(token) for token in typed]
        keys = [key for key, _ in looked_up]
        hits = _drop_barred(_matches(keys, looked_up))
        clauses.append(Clause(typed, keys, hits, is_question))
    return clauses


class Sightings(NamedTuple):
    """What the word lists see in a note, and what of that a bank's own; elements by their names."""

    elements: set[str]
    certain: set[str]
    is_concrete: bool


def see_elements(clauses: list[Clause], word_lists: WordLists) -> Sightings:
    """What statements show, given the form of each and the ones before it."""
    elements: set[str] = set()
    certain: set[str] = set()
    subject, is_concrete = False, False
    for clause in clauses:
        end, silenced = _silence(clause.hits, len(clause.keys))
        hits = [hit for hit in clause.hits if hit.start < end]
        previous = _Before(not _OTHERS.isdisjoint(elements), subject)
        of_clause = _elements(hits, silenced, word_lists, previous)
        elements |= of_clause.elements
        certain |= of_clause.certain
        subject = _OWN not in elements and _of_another(hits, clause.keys)
        if "supposed" not in silenced:
            is_concrete = is_concrete or _is_concrete(of_clause.elements, hits, clause.keys)
    return Sightings(elements, certain, is_concrete)


def note_features(clauses: list[Clause], elements: set[str], word_lists: WordLists) -> set[str]:
    """What the weights may count: words, lists, phrases, and what is seen; not the note's place."""
    features = {f"={element}" for element in elements}
    size = 0
    spoken: set[str] = set()
    for clause in clauses:
        size += len(clause.typed)
        spoken.update(*clause.keys)
        features.update(f"~{hit.phrase.target}" for hit in clause.hits)
        for keys in clause.keys:
            features.update(key for key in keys if key[0] == "{")
        features |= word_features([token.lower() for token in clause.typed])
    features.add(f"#{min(size // 3, 6)}")
    if word_lists.speakers[0] in spoken and word_lists.speakers[1] not in spoken:
        features.add("#we")
    return features


def _is_silent(clause: Clause) -> bool:
    """Whether it is a question or a reminder of the interviewer's own, and so states nothing."""
    return clause.is_question or any(hit.phrase.target == "reminders" for hit in clause.hits)


def _general_phrase(clause: Clause) -> str:
    """What of the clause speaks in general, as it was typed."""
    spoken = next((hit for hit in clause.hits if hit.phrase.target == "general"), None)
    return " ".join(clause.typed[spoken.start : spoken.end]).lower() if spoken else ""


def _is_concrete(elements: set[str], hits: list[_Hit], keys: list[Keys]) -> bool:
    if not _ANCHORS.isdisjoint(elements):
        return True
    return any(
        hit.phrase.target == _CUSTOMER and any(_NAME in key for key in keys[hit.start : hit.end])
        for hit in hits
    )


def _clauses(text: str, word_lists: WordLists) -> Iterator[tuple[list[str], bool]]:
    """The words of each clause, and whether it is a question, which states nothing."""
    clause: list[str] = []
    for match in token_pattern().finditer(text):
        typed, mark = match[0], match.lastindex
        if mark is None and typed.lower() not in word_lists.breaks:
            clause.append(typed)
            if len(clause) < CLAUSE:
                continue
        elif typed == "." and clause and word_lists.source.fold(clause[-1]) in word_lists.dotted:
            continue
        if clause:
            yield clause, mark == 1
        clause = []
    if clause:
        yield clause, False


def _matches(keys: list[Keys], looked_up: list[tuple[Keys, tuple[Phrase, ...]]]) -> list[_Hit]:
    """Every phrase anywhere in the clause."""
    hits = []
    all_keys = frozenset().union(*keys)
    followers: list[Keys] = [*keys[1:], frozenset()]
    for index, (_, phrases) in enumerate(looked_up):
        follower = followers[index]
        for phrase in phrases:
            # By position, because this is the one place where time is spent.
            needed, is_near, size = phrase[2:5]
            if needed and needed.isdisjoint(follower if is_near else all_keys):
                continue
            if end := index + size if size else phrase.end(keys, index):
                hits.append(_Hit(index, end, phrase))
    openings = _openings(keys, hits)
    return [hit for hit in hits if not hit.phrase.opens or hit.start in openings]


def _openings(keys: list[Keys], hits: list[_Hit]) -> set[int]:
    """Where the clause may be said to start: after words that only lead in, and after times."""
    times: dict[int, list[int]] = {}
    for start, end, phrase in hits:
        if phrase.target == Element.TIME.value:
            times.setdefault(start, []).append(end)
    openings, reached = set(), [0]
    while reached:
        position = reached.pop()
        if position in openings or position >= len(keys):
            continue
        openings.add(position)
        reached += times.get(position, ())
        if _LEAD in keys[position]:
            reached.append(position + 1)
    return openings


def _drop_barred(hits: list[_Hit]) -> list[_Hit]:
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
    third_parties = [hit for hit in hits if hit.phrase.target in _OTHERS]
    if any(hit.end == len(keys) and hit.phrase.target != _CUSTOMER for hit in third_parties):
        return True
    return any(_DEED in key for key in keys) and any(hit.start <= 1 for hit in third_parties)


class _ClauseElements(NamedTuple):
    """What a clause shows, and what of that a bank's own words show."""

    elements: set[str]
    certain: set[str]


def _elements(
    hits: list[_Hit], silenced: set[str], word_lists: WordLists, previous: _Before
) -> _ClauseElements:
    """What the phrases of a clause show, given its form and the clauses before it."""
    elements: set[str] = set()
    certain: set[str] = set()
    first_other = min((hit.start for hit in hits if hit.phrase.target in _OTHERS), default=CLAUSE)
    for hit in hits:
        target, view = hit.phrase.target, word_lists.views.get(hit.phrase.target)
        if view is None or (view is not View.SAID and "supposed" in silenced):
            continue
        if view is View.DONE and ("denied" in silenced or (hit.phrase.opens and previous.subject)):
            continue
        if not hit.phrase.alone or not (previous.named or first_other < hit.start):
            elements.add(target)
            if hit.phrase.is_own:
                certain.add(target)
    for element, covered in _COVERED.items():
        if element in elements:
            elements -= covered
    return _ClauseElements(elements | certain, certain)
