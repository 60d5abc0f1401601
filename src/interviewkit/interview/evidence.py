"""Which elements of a story the notes show, as a pure reading of the interviewer's own words.

Owns the reading: a note is taken clause by clause, and a question, a denial or a supposition
silences its clause. Contains no word of any language (see ``languages/``) and refuses to weigh:
an element is there, was asked for, or is missing. Nothing here judges the candidate, and nothing
here is stored.
"""

from collections.abc import Iterable, Iterator, Mapping, Sequence
from enum import StrEnum
from functools import lru_cache

from interviewkit.banks.elements import Element
from interviewkit.interview.words import View, Words, load_words

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

_PUNCTUATION = " ,.;:!?()[]\"'“”„«»…"

# A note line is a sentence or two. Of a pasted document the head is read, so that a paste of any
# size costs the same few milliseconds.
EXAMINED = 8000
# A run of text without any punctuation is read in pieces of this length, because some patterns
# look through a whole clause and would take the square of its length.
CLAUSE = 240

# What belongs to one event. A duty, a lesson and a record can be talked of with no event at all.
_ANCHORS = frozenset(Element) - {
    Element.TASK,
    Element.LEARNING,
    Element.CONFIRMATION,
}


class State(StrEnum):
    """What is known of one element; ASKED says that a probe for it was asked in vain so far."""

    PRESENT = "present"
    ASKED = "asked"
    MISSING = "missing"


@lru_cache(maxsize=4096)
def found(note: str, words: Words) -> frozenset[Element]:
    """The elements that this one note shows by itself; the same note always shows the same."""
    views = _views(note, words)
    return frozenset(e for e in Element if _shows(e, views[words.marks[e].view], words))


def evidence(
    notes: Sequence[str], ticks: Mapping[Element, bool], asked: Iterable[Element], words: Words
) -> dict[Element, State]:
    """The state of all eleven elements, in their order; a tick by hand outranks the reading.

    ``asked`` holds the elements that the probes asked so far were to bring. The order of the
    notes does not matter.
    """
    shown = frozenset().union(*(found(note, words) for note in notes))
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
    tellings = [_telling(note, words) for note in notes]
    return any(anchored for _, anchored in tellings) or not any(word for word, _ in tellings)


def general_word(notes: Sequence[str], words: Words) -> str:
    """The first word in the notes that speaks in general, as it stands there; else nothing."""
    return next((word for note in notes if (word := _telling(note, words)[0])), "")


def speakers(notes: Sequence[str], words: Words) -> tuple[int, int]:
    """How often the notes say "we" and how often "I", in their language."""
    lowered = [words.fold(note[:EXAMINED]).lower() for note in notes]
    return (
        sum(len(words.we[1].findall(note)) for note in lowered),
        sum(len(words.own[1].findall(note)) for note in lowered),
    )


@lru_cache(maxsize=4096)
def _telling(note: str, words: Words) -> tuple[str, bool]:
    """How a note tells: the word in it that speaks in general, and whether it tells of a case."""
    views = _views(note, words)
    anchored = any(_shows(element, views[View.TOLD], words) for element in _ANCHORS)
    general = words.general.search(views[View.SAID][1])
    return _as_typed(note, words, general[0]) if general else "", anchored


def _as_typed(note: str, words: Words, phrase: str) -> str:
    """A phrase of the folded text in the note's own letters: folding keeps the blanks."""
    before, there, _ = words.fold(note).lower().partition(phrase)
    if not there:
        return phrase
    first = len(f"{before}x".split()) - 1  # the x: the word may begin in mid-text, as after "("
    typed = note.split()[first : first + len(phrase.split())]
    return " ".join(typed).strip(_PUNCTUATION).lower()


def _views(note: str, words: Words) -> dict[View, tuple[str, str]]:
    """Each view as (as typed, lower case), one clause a line, so that ``^`` starts a clause."""
    said, told, done = [], [], []
    for clause, low in _clauses(words.fold(note[:EXAMINED]), words):
        end = len(clause)
        silenced = set()
        for match in words.silence.finditer(low):
            silenced.add(match.lastgroup)
            if match.lastgroup == "ungiven":
                end = match.start()
                break
        given = clause[:end]
        said.append(given)
        if "supposed" not in silenced:
            told.append(given)
            if "denied" not in silenced:
                done.append(given)
    views = zip(View, ("\n".join(said), "\n".join(told), "\n".join(done)), strict=True)
    return {view: (clauses, clauses.lower()) for view, clauses in views}


def _clauses(text: str, words: Words) -> Iterator[tuple[str, str]]:
    """The clauses that state something, without questions and the interviewer's reminders."""
    if "." in text:
        text = words.dotted.sub(r"\1", text)
    low = text.lower()
    if len(low) != len(text):  # a few letters grow when lowered; places must agree
        text = low
    start = 0
    for mark in (*words.breaks.finditer(low), None):
        end = mark.start() if mark else len(text)
        asked = mark is not None and mark[1] is not None
        for place in range(start, end, CLAUSE) if not asked else ():
            piece = slice(place, min(place + CLAUSE, end))
            clause, lowered = " ".join(text[piece].split()), " ".join(low[piece].split())
            if clause and not words.reminder.match(lowered):
                yield clause, lowered
        start = mark.end() if mark else end


def _shows(element: Element, view: tuple[str, str], words: Words) -> bool:
    typed, low = view
    more = words.additions.get(element)
    return words.marks[element].is_in(typed, low) or bool(more and more.search(low))
