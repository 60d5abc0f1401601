"""The word lists of one language, loaded from package data and made ready for looking up.

Owns how a list file is read and how its phrases match. Which words mean what is in
``languages/*.toml`` only, so another language is one more file; what is done with a match is
:mod:`interviewkit.interview.evidence`.

Each word of a note has its keys: the word itself and the names of the lists it is on. Each key
knows the phrases that begin with it, so a note costs a few look-ups a word.

    word       keys                       phrases that begin with one of them
    "rang"     rang, {did}                "{did}" → own action
    "at"       at                         "at risk" → situation
"""

import re
from collections.abc import Iterable, Mapping
from enum import StrEnum
from functools import cache, lru_cache
from pathlib import Path
from typing import Any, NamedTuple

from interviewkit.banks.elements import Element

FALLBACK = "en"
Added = tuple[tuple[Element, tuple[str, ...]], ...]
Keys = frozenset[str]

_REMEMBERED = 8192  # Notes repeat their words; this many are remembered with their keys.
_SHORTEST_STEM = 2


@cache
def token_pattern() -> re.Pattern[str]:
    """A word of a note, or a mark that ends a clause: group 1 is a question, group 2 another mark.

    Made with the first note that is read, not with the screen.
    """
    # A comma or colon inside a number or a clock time ends nothing, nor does an arrow between two
    # numbers; a full stop after a digit may be an ordinal. A hyphen counts as a blank.
    return re.compile(
        r"(?:\b[^\W\d_]\.){2,}|(\?+)|([;!\n()\[\]\u2014]|,(?=\D|$)|:(?=\D|$)"
        r"|(?<!\d)\.(?=\W|$)|(?<=\s)[-\u2013/+](?=\s)|(?:->|→|=>)(?!\s*[\d€$£~]))"
        r"|[QqHh][1-4]/\d{2,4}\b|\d{4}-\d\d-\d\d|\d{1,2}\.\d{1,2}\.(?!\d)|\d{1,2}\.(?=\s+\w)"
        r"|(?:(?<![\w%])[+\u2212\u2013-])?[€$£]?\d+(?:[.,:/'’]\d+)*[^\W_]*\+?"
        r"|(?<!\w)['’]\d\d\b|[^\W_]+(?:['’][^\W_]+)*|->|→|=>|[%€$£]"
    )


class View(StrEnum):
    """How much of a note an element is read from; each view is contained in the one before."""

    SAID = "said"  # all but questions, reminders and what the note says was not given
    TOLD = "told"  # and without what is only supposed, planned or usual
    DONE = "done"  # and without what is denied


class Step(NamedTuple):
    """What comes next in a phrase: a word with one of ``keys`` (none: any word), or a gap.

    ``barred``: no such word may follow. ``spare``: it may be left out. ``is_last``: here the clause
    ends.
    """

    keys: Keys = frozenset()
    barred: bool = False
    spare: bool = False
    gap: int = 0
    is_last: bool = False


# The signs in a phrase that stand for no certain word.
_SIGNS = {
    "_": Step(),
    "_?": Step(gap=1),
    "..": Step(gap=3),
    "...": Step(gap=24),
    "$": Step(is_last=True),
}


class Phrase(NamedTuple):
    """A phrase behind its first word, and what it shows: an element, or a kind of clause.

    ``needed``: the keys of a word without which it cannot match, and which is the next one if
    ``is_near``; most phrases are passed over for the lack of it. ``opens``: only at the start of a
    clause. ``alone``: only while the note has named nobody else. ``bars``: it shows nothing, and
    no other phrase for the same target may overlap it. ``is_own``: it comes from a bank.
    """

    target: str
    steps: tuple[Step, ...]
    needed: Keys | None
    is_near: bool
    size: int  # of a phrase without gaps that is all told by now: one word, or two if ``is_near``
    opens: bool = False
    alone: bool = False
    bars: bool = False
    is_own: bool = False

    def end(self, keys: list[Keys], index: int) -> int:
        """Where the phrase ends if its first word stands at ``index``; 0 if it does not match."""
        return _end(self.steps, 0, keys, index + 1)


def _phrase(target: str, steps: tuple[Step, ...], opens: bool, alone: bool, bars: bool) -> Phrase:
    needed = next((s for s in steps if s.keys and not s.barred and not s.spare), None)
    is_near = needed is not None and needed is steps[0]
    size = 1 if not steps else 2 * (is_near and len(steps) == 1)
    return Phrase(target, steps, needed.keys if needed else None, is_near, size, opens, alone, bars)


def _end(steps: tuple[Step, ...], at: int, keys: list[Keys], index: int) -> int:
    count, size = len(steps), len(keys)
    while at < count:
        needed, barred, spare, gap, is_last = steps[at]
        at += 1
        if gap or spare:
            return _behind_gap(steps, at, keys, index, gap or 1)
        if is_last:
            if index < size:
                return 0
            continue
        fits = index < size and not (needed and needed.isdisjoint(keys[index]))
        if fits is barred:
            return 0
        index += not barred
    return index


def _behind_gap(steps: tuple[Step, ...], at: int, keys: list[Keys], index: int, gap: int) -> int:
    """The end of the rest after the shortest gap; the step may name the words it consists of."""
    allowed = steps[at - 1].keys
    for start in range(index, min(index + gap, len(keys)) + 1):
        if start > index and allowed and allowed.isdisjoint(keys[start - 1]):
            return 0
        if end := _end(steps, at, keys, start):
            return end
    return 0


class WordLists:
    """The lists of one language; the same language and additions give the same object.

    ``we`` and ``own`` are the words shown for the plural and the singular speaker, ``speakers``
    the same as they are counted.
    ``reask`` is the neutral request for one particular time, ``second_example`` that for another
    one. ``follow_ups`` are follow-ups as people word them, by what they ask for. ``topics`` are the
    protected ones. Nothing in it changes once loaded.
    """

    def __init__(self, language: str, source: "_Source", added: Added = ()) -> None:
        self.language = language
        self.added = added
        self.reask: str = source.data["reask"]
        self.second_example: str = source.data["second_example"]
        self.follow_ups: dict[str, list[str]] = source.data["follow_ups"]
        self.we, self.own = source.data["speaker"]["shown"]
        self.speakers = source.fold(self.we), source.fold(self.own)
        self.views = {element.value: View(source.data[element]["reads"]) for element in Element}
        self.topics = tuple(source.data["protected"])
        self.breaks = source.members(source.data["clauses"]["breaks"])
        self.dotted = source.members(source.data["clauses"]["dotted"])
        self.source = source
        self._index = source.index
        if added:
            self._index = {key: list(phrases) for key, phrases in source.index.items()}
            for element, phrases in added:
                for phrase in phrases:
                    source.add_literal(self._index, element, phrase)
        self.look_up = lru_cache(maxsize=_REMEMBERED)(self._look_up)

    def _look_up(self, typed: str) -> tuple[Keys, tuple[Phrase, ...]]:
        """The keys of a word as it was typed, and the phrases that may begin with it."""
        keys = self.source.keys(typed)
        return keys, tuple(p for key in sorted(keys) for p in self._index.get(key, ()))

    def extended(self, extra: Mapping[Element, Iterable[str]]) -> "WordLists":
        """These lists and a bank's own words or short phrases; negation silences those too."""
        merged = {element: set(phrases) for element, phrases in self.added}
        for element, phrases in extra.items():
            cleaned = {" ".join(phrase.split()) for phrase in phrases} - {""}
            merged.setdefault(element, set()).update(cleaned)
        added = tuple((e, tuple(sorted(merged[e]))) for e in Element if merged.get(e))
        return _words(self.language, added)


@lru_cache(maxsize=64)  # it is asked for with every answer
def load_words(language: str) -> WordLists:
    """The lists of a language; a language without a list file gets the English ones, no error."""
    is_known = language.isalpha() and _file(language).is_file()
    return _words(language if is_known else FALLBACK, ())


def _file(language: str) -> Path:
    return Path(__file__).with_name("languages") / f"{language}.toml"


@lru_cache(maxsize=64)
def _words(language: str, added: Added) -> WordLists:
    return WordLists(language, _source(language), added)


@lru_cache(maxsize=8)
def _source(language: str) -> "_Source":
    import tomllib

    return _Source(tomllib.loads(_file(language).read_text(encoding="utf-8")))


class _Source:
    """A list file with its phrases indexed by the key they begin with."""

    def __init__(self, data: Mapping[str, Any]) -> None:
        self.data = data
        self._folds = tuple(data["folds"].items())
        self._shapes = [(f"{{{name}}}", re.compile(p)) for name, p in data["shapes"].items()]
        self._lists: dict[str, set[str]] = {}
        self._without: dict[str, set[str]] = {}
        self._stems: dict[str, list[tuple[str, str]]] = {}
        self._ends: dict[str, list[str]] = {}
        self._plain: set[str] = set()
        self._steps: dict[str, Step] = dict(_SIGNS)
        self.index: dict[str, list[Phrase]] = {}
        for name, text in data["lists"].items():
            self._add_list(f"{{{name}}}", self.fold(text))
        for kind, text in data["clauses"].items():
            if kind not in ("breaks", "dotted"):
                name = kind.removeprefix("not_")
                self._add_phrases(text, name, bars=name != kind)
        for topic, text in data["protected"].items():
            self._add_phrases(text, topic)
        for element in Element:
            table = data[element]
            self._add_phrases(table.get("except", ""), element.value, bars=True)
            self._add_phrases(table.get("alone", ""), element.value, alone=True)
            self._add_phrases(table["any"], element.value)

    def fold(self, text: str) -> str:
        """The text in the one spelling the lists are compared in."""
        text = text.lower()
        for spelling, plain in self._folds:
            if spelling in text:
                text = text.replace(spelling, plain)
        return text

    def members(self, text: str) -> frozenset[str]:
        """The words of a list of plain words."""
        return frozenset(self.fold(text).split())

    def _add_list(self, key: str, folded: str) -> None:
        for token in folded.split():
            if token[0] == "-":
                self._without.setdefault(token[1:], set()).add(key)
            elif "*" in token:
                start, _, end = token.partition("*")
                if start:
                    self._stems.setdefault(start, []).append((end, key))
                else:
                    self._ends.setdefault(end, []).append(key)
            else:
                self._lists.setdefault(token, set()).add(key)

    def _add_phrases(
        self, text: str, target: str, *, bars: bool = False, alone: bool = False
    ) -> None:
        # A phrase may go on in the next line behind any of its bars.
        for phrase in re.sub(r"\|\s+", "|", self.fold(text)).replace("-", " ").split(","):
            parts = phrase.split()
            opens = parts[:1] == ["^"]
            while len(parts) > opens:
                opening = self._step(parts[opens])
                steps = tuple(map(self._step, parts[opens + 1 :]))
                ready = _phrase(target, steps, opens, alone, bars)
                for key in opening.keys:
                    self.index.setdefault(key, []).append(ready)
                if not opening.spare:
                    break
                del parts[opens]  # and once more without the word that may be left out

    def _step(self, slot: str) -> Step:
        step = self._steps.get(slot)
        if step is None:
            alternatives = slot.strip("!?").split("|")
            self._plain.update(alternatives)
            if "*" in slot:
                for alternative in alternatives:
                    if "*" in alternative:  # a list of its own
                        self._add_list(alternative, alternative)
            step = Step(frozenset(alternatives), slot[0] == "!", slot[-1] == "?")
            self._steps[slot] = step
        return step

    def add_literal(self, index: dict[str, list[Phrase]], element: Element, text: str) -> None:
        """A bank's words as they stand: what looks like a sign of the list files is none."""
        tokens = [
            self.fold(match[0]) for match in token_pattern().finditer(text) if match[0][0].isalnum()
        ]
        if tokens:
            steps = tuple(Step(frozenset((token,))) for token in tokens[1:])
            phrase = _phrase(element.value, steps, opens=False, alone=False, bars=False)
            phrase = phrase._replace(is_own=True)
            index.setdefault(tokens[0], []).append(phrase)

    def keys(self, typed: str) -> Keys:
        """The word itself, the lists it is on, its shape, and whether it looks like a name."""
        folded = self.fold(typed)
        stem, apostrophe, _ = folded.partition("'")
        spellings = (folded, stem) if stem.isalpha() and apostrophe else (folded,)
        lists = set().union(*map(self._lists_of, spellings))
        if not folded.isalpha() and len(spellings) == 1:
            lists.update(key for key, shape in self._shapes if shape.fullmatch(folded))
        if typed[0].isupper():
            if len(stem) > 1 and not lists and self._plain.isdisjoint(spellings):
                lists.add("{name}")
            lists.add("{capital}")
        return frozenset(lists.union(spellings) - self._without.get(stem, set()))

    def _lists_of(self, token: str) -> set[str]:
        names = set(self._lists.get(token, ()))
        for cut in range(_SHORTEST_STEM, len(token) + 1):
            for end, key in self._stems.get(token[:cut], ()):
                if token.endswith(end) and len(token) >= cut + len(end):
                    names.add(key)
            names.update(self._ends.get(token[-cut:], ()))
        return names - self._without.get(token, set())
