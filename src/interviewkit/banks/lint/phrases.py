"""Short phrases looked for in what is said, many at once.

A phrase is words with spaces between: ``|`` gives alternatives, ``?`` at the end of a word makes
it optional, ``*`` stands for any letters, ``_`` for any one word and ``..`` for up to four,
``!word`` for one that must not follow, ``^`` for the start of a sentence and ``$`` for its end.

Each phrase hangs on the rarest-looking of its words. A text costs one dictionary look-up for each
of its words, and a phrase is only tried where its word has been seen; the number of phrases
hardly matters.
"""

import re
from collections.abc import Callable, Iterable, Mapping
from typing import NamedTuple

_TOKEN = re.compile(r"[^\W_]+(?:['-][^\W_]+)*|[.?!…]+(?=\s|$)|[.?!]+(?=[\"'”’»)])")
_WORD = "[^ ^]+ "
_ENDS = frozenset(".?!…")
# Hardly any text is without one of these, so that no phrase should hang on them.
_COMMON = frozenset(
    """a an the you your it is are was do did have has how what when who to of in and or me us i we
    sie ihr ihre ihren das die der den ist sind war haben hat wie was wann wer zu mir uns ich wir
    ein eine einen und oder mit von""".split()  # noqa: SIM905 - a list would take fifty lines
)


def spoken(text: str) -> str:
    """The words of a text, in small letters, each followed by a space; ``^`` opens a sentence.

    Commas, quotes and brackets are gone: they are not heard.
    """
    words = _TOKEN.findall(text.lower().replace("’", "'"))
    said = "^ " + " ".join("^" if word[0] in _ENDS else word for word in words) + " "
    return said.removesuffix("^ ")


def sentences(said: str) -> list[str]:
    """The sentences of spoken words, each ending in a space."""
    return [part for part in said.split("^ ") if part]


def pattern(phrase: str) -> str:
    """The regular expression, for spoken words, of one phrase."""
    return "".join(map(_slot, phrase.split()))


def at_start(phrases: Iterable[str]) -> re.Pattern[str]:
    """One expression for all phrases, to be matched where a sentence starts."""
    return re.compile("|".join(map(pattern, phrases)) or r"(?!)")


def split(written: str) -> list[str]:
    """The phrases of a list as the language files hold it: commas between, wrapped anywhere."""
    phrases = (" ".join(one.split()).replace("| ", "|") for one in written.split(","))
    return [phrase for phrase in phrases if phrase]


class _Phrase(NamedTuple):
    """The name of its list, other words of which one must be there, and the expression."""

    name: str
    needed: frozenset[str]
    search: Callable[[str], re.Match[str] | None]


class Phrases(dict[str, tuple[_Phrase, ...]]):
    """Word → the phrases that hang on it, each with the name of its list.

    A word not met before is looked at once, with all its possible endings, and then known.
    """

    def __init__(self, lists: Mapping[str, Iterable[str]]) -> None:
        super().__init__()
        self._exact: dict[str, list[_Phrase]] = {}
        self._open: list[tuple[re.Pattern[str], _Phrase]] = []
        for name, phrases in lists.items():
            for phrase in phrases:
                self._hang(name, phrase)

    def __missing__(self, word: str) -> tuple[_Phrase, ...]:
        ending = [phrase for form, phrase in self._open if form.fullmatch(word)]
        self[word] = found = (*self._exact.get(word, ()), *ending)
        return found

    def spotted(self, said: str) -> dict[str, str]:
        """Name of each list with a phrase in the spoken words → the first such words."""
        found: dict[str, str] = {}
        there = set(said.split())
        spaced = f" {said}"
        for phrases in map(self.__getitem__, there):
            for name, needed, search in phrases:
                if needed and needed.isdisjoint(there):
                    continue
                match = search(spaced)
                if match:
                    words = match[0].replace("^ ", "").strip()
                    found[name] = min(found.get(name, words), words, key=said.find)
        return found

    def _hang(self, name: str, phrase: str) -> None:
        rarest, *others = _by_rarity(phrase)
        exact = (words for words in others if not any("*" in word for word in words))
        search = re.compile(f" {pattern(phrase)}").search
        entry = _Phrase(name, frozenset(next(exact, ())), search)
        for word in rarest:
            if "*" in word:
                self._open.append((re.compile(_letters(word)), entry))
            else:
                self._exact.setdefault(word, []).append(entry)


def _by_rarity(phrase: str) -> list[list[str]]:
    """The alternatives of each slot that must be there; first the one that looks least common."""
    wanted = [slot for slot in phrase.split() if slot[0] not in "^$_!." and slot[-1] != "?"]

    def rarity(words: list[str]) -> tuple[bool, int]:
        return not _COMMON.intersection(words), min(len(word.strip("*")) for word in words)

    return sorted((slot.split("|") for slot in wanted), key=rarity, reverse=True)


def _slot(slot: str) -> str:
    if slot == "^":
        return r"\^ "
    if slot == "$":
        return r"(?=\^|$)"
    if slot in {"_", "_?"}:
        return rf"(?:{_WORD}){slot[1:]}"
    if slot == "..":
        return rf"(?:{_WORD}){{0,4}}?"
    if slot[0] == "!":
        return f"(?!(?:{_either(slot[1:])}) )"
    if slot[-1] == "?":
        return f"(?:(?:{_either(slot[:-1])}) )?"
    return f"(?:{_either(slot)}) "


def _either(words: str) -> str:
    return "|".join(map(_letters, words.split("|")))


def _letters(word: str) -> str:
    return re.escape(word).replace(r"\*", "[^ ^]*")
