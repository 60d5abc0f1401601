"""The word lists of one language, loaded from package data and compiled once.

Owns how a list file is read. Which words mean what stands in ``languages/*.toml`` only, so another
language is one more file; what is done with a match is :mod:`interviewkit.interview.evidence`.
"""

import re
import tomllib
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, field, replace
from enum import StrEnum
from functools import lru_cache
from importlib.resources import files
from importlib.resources.abc import Traversable
from typing import Any

from interviewkit.banks.elements import Element

FALLBACK = "en"
Added = tuple[tuple[Element, tuple[str, ...]], ...]

# Punctuation that ends a clause in every language we list. A comma or colon inside a number or a
# clock time does not, nor does an arrow between two numbers; a full stop after a digit may be an
# ordinal. The question mark is a group because what it ends was asked, not told.
_MARKS = (
    r"(\?+)|[;!\n()\[\]]|[,:](?=\s|$)|(?<!\d)\.(?=\s|$)|\s[-\u2013/+]\s|\u2014"
    r"|(?:->|→|=>)(?!\s*[\d€$£~])"
)


# How many characters of a pattern may be repeated to tell its alternatives by their first letter:
# more makes reading a note faster and loading the lists slower.
_COPIED = 60


class View(StrEnum):
    """How much of a note an element is read from; each view is contained in the one before."""

    SAID = "said"  # all but questions, reminders and what the note says was not given
    TOLD = "told"  # and without what is only supposed, planned or usual
    DONE = "done"  # and without what is denied


@dataclass(frozen=True, slots=True)
class Mark:
    """What shows one element, and the view of a note it is looked for in.

    Only the group ``hit`` shows the element. Whatever else a pattern matches is an exception,
    consumed so that no hit starts inside it. A hit of ``cased`` ends in a name, which counts only
    if it is in ``named`` (when there is such a list) and not in ``unnamed``.
    """

    view: View
    lower: re.Pattern[str]
    cased: re.Pattern[str] | None
    named: frozenset[str]
    unnamed: frozenset[str]

    def is_in(self, typed: str, low: str) -> bool:
        """Whether this view of a note shows the element."""
        if any(match["hit"] is not None for match in self.lower.finditer(low)):
            return True
        return self.cased is not None and any(
            match["hit"] is not None and self._is_name(match["hit"].split()[-1])
            for match in self.cased.finditer(typed)
        )

    def _is_name(self, word: str) -> bool:
        return word not in self.unnamed and (not self.named or word in self.named)


@dataclass(frozen=True, slots=True, eq=False, repr=False)
class Words:
    """The compiled lists of one language; the same language and additions give the same object.

    ``we`` and ``own`` are the words shown for the plural and the singular speaker, each with the
    pattern that counts it. ``reask`` is the neutral request for one particular time.
    """

    language: str
    folds: tuple[tuple[str, str], ...]
    breaks: re.Pattern[str]
    dotted: re.Pattern[str]
    reminder: re.Pattern[str]
    silence: re.Pattern[str]
    general: re.Pattern[str]
    we: tuple[str, re.Pattern[str]]
    own: tuple[str, re.Pattern[str]]
    reask: str
    marks: Mapping[Element, Mark]
    added: Added = ()
    additions: Mapping[Element, re.Pattern[str]] = field(default_factory=dict)

    def fold(self, text: str) -> str:
        """The text in the one spelling the lists are compared in; case is kept."""
        return _folded(text, self.folds)

    def extended(self, extra: Mapping[Element, Iterable[str]]) -> "Words":
        """These lists and a bank's own words or short phrases; negation silences those too."""
        merged = {element: set(phrases) for element, phrases in self.added}
        for element, phrases in extra.items():
            kept = {" ".join(phrase.split()) for phrase in phrases} - {""}
            merged.setdefault(element, set()).update(kept)
        added = tuple((e, tuple(sorted(merged[e]))) for e in Element if merged.get(e))
        return _words(self.language, added)


def load_words(language: str) -> Words:
    """The lists of a language; a language without a list file gets the English ones, no error."""
    known = language.isalpha() and _file(language).is_file()
    return _words(language if known else FALLBACK, ())


def _file(language: str) -> Traversable:
    return files("interviewkit.interview").joinpath("languages", f"{language}.toml")


@lru_cache(maxsize=64)
def _words(language: str, added: Added) -> Words:
    if added:
        plain = _words(language, ())
        additions = {element: _literal(phrases, plain) for element, phrases in added}
        return replace(plain, added=added, additions=additions)
    data = tomllib.loads(_file(language).read_text(encoding="utf-8"))
    source = _Source(data)
    clauses, speaker = data["clauses"], data["speaker"]
    return Words(
        language=language,
        folds=source.folds,
        breaks=re.compile(f"{_MARKS}|{source.any(clauses['breaks'])}"),
        dotted=re.compile(rf"({source.any(clauses['dotted'])})\.", re.IGNORECASE),
        reminder=re.compile(source.any(clauses["reminders"])),
        silence=source.named({kind: clauses[kind] for kind in ("ungiven", "supposed", "denied")}),
        general=re.compile(source.any(clauses["general"])),
        we=(speaker["shown"][0], re.compile(source.any(speaker["we"]))),
        own=(speaker["shown"][1], re.compile(source.any(speaker["own"]))),
        reask=data["reask"],
        marks={element: source.mark(data[element]) for element in Element},
    )


class _Source:
    """Turns the entries of a list file, which are small regular expressions, into patterns.

    ``{name}`` in an entry stands for any member of that list; an entry matches whole words only.
    """

    def __init__(self, data: Mapping[str, Any]) -> None:
        self.folds: tuple[tuple[str, str], ...] = tuple(data["folds"].items())
        self._lists: Mapping[str, str | list[str]] = data["lists"]

    def any(self, entries: str | list[str]) -> str:
        members = map(self._expanded, self._members(entries))
        return rf"(?<!\w)(?:{by_first_letter(members)})(?!\w)"

    def _either(self, entries: str | list[str]) -> str:
        return f"(?:{'|'.join(self._expanded(member) for member in self._members(entries))})"

    def _members(self, entries: str | list[str]) -> list[str]:
        # A string is a list of single words, which reads better than an array of hundreds.
        return entries.split() if isinstance(entries, str) else entries

    def _expanded(self, entry: str) -> str:
        return re.sub(
            r"\{([a-z_]+)\}",
            lambda name: self._either(self._lists[name[1]]),
            _folded(entry, self.folds),
        )

    def named(self, groups: Mapping[str, list[str]]) -> re.Pattern[str]:
        parts = (f"(?P<{name}>{self.any(entries)})" for name, entries in groups.items())
        return re.compile("|".join(parts), re.MULTILINE)

    def mark(self, table: Mapping[str, Any]) -> Mark:
        cased = table.get("cased")
        return Mark(
            View(table["reads"]),
            self._hit(table["any"], table.get("except")),
            self._hit(cased, table.get("cased_except")) if cased else None,
            self._names(table.get("named", ())),
            self._names(table.get("unnamed", ())),
        )

    def _names(self, lists: Iterable[str]) -> frozenset[str]:
        return frozenset(
            _folded(name, self.folds) for one in lists for name in (self._members(self._lists[one]))
        )

    def _hit(self, entries: list[str], exceptions: list[str] | None) -> re.Pattern[str]:
        hit = f"(?P<hit>{by_first_letter(map(self._expanded, entries))})"
        eaten = f"(?:{by_first_letter(map(self._expanded, exceptions))})|" if exceptions else ""
        # The end of a word is asked for behind both, so that an exception which would end in
        # mid-word leaves the place to a hit.
        return re.compile(rf"(?<!\w)(?:{eaten}{hit})(?!\w)", re.MULTILINE)


def _literal(phrases: Iterable[str], words: Words) -> re.Pattern[str]:
    """A bank's words as they stand: what looks like a regular expression there is none."""
    plain = "|".join(re.escape(words.fold(phrase).lower()) for phrase in phrases)
    return re.compile(rf"(?<!\w)(?:{plain})(?!\w)")


def _folded(text: str, folds: Iterable[tuple[str, str]]) -> str:
    for spelling, plain in folds:
        text = text.replace(spelling, plain)
    return text


def by_first_letter(entries: Iterable[str]) -> str:
    """The same alternatives, those with the same first letter behind that letter.

    The engine tries every alternative at every word, and passes over one that begins with another
    letter at once: so there are some twenty to pass over and not some hundred.
    """
    groups: dict[str, list[str]] = {}
    for entry in entries:
        for one in _branches(entry):
            plain = re.match(r"[a-z](?![?*+{])", one)
            groups.setdefault(plain[0] if plain else "", []).append(one)
    rest = groups.pop("", [])
    grouped = [f"{first}(?:{'|'.join(one[1:] for one in ones)})" for first, ones in groups.items()]
    return "|".join(grouped + rest)


def _branches(entry: str) -> Iterator[str]:
    """The alternatives of an entry, also those of a group at its start if it stays small."""
    for branch in _split(entry):
        group = re.match(r"\(\?:([^()]*)\)(\??)(?![*+{])", branch)
        starts = _split(group[1]) if group else []
        rest = branch[group.end() :] if group else ""
        if not group or len(starts) * len(rest) > _COPIED:
            yield branch
            continue
        yield from (start + rest for start in starts)
        if group[2]:
            yield from _branches(rest)


def _split(entry: str) -> list[str]:
    """An entry cut at the bars that stand in no group."""
    cuts, depth = [-1], 0
    for place, mark in enumerate(entry):
        depth += (mark == "(") - (mark == ")")
        if mark == "|" and depth == 0:
            cuts.append(place)
    ends = [*cuts[1:], len(entry)]
    return [entry[start + 1 : end] for start, end in zip(cuts, ends, strict=True)]
