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

_TOKEN = re.compile(
    r"(?:\b[^\W\d_]\.){2,}"  # U.S.
    r"|[^\W_]+(?:['-][^\W_]+)*|[.?!…]+(?=\s|$)|[.?!]+(?=[\"'”’»)])"
)
_WORD = "[^ ^]+ "
_ENDS = frozenset(".?!…")
# Hardly any text is without one of these, so that no phrase should hang on them.
_COMMON = frozenset(
    """a an the you your it is are was did have has how what when who to of in and or me us i we
    sie ihr ihre ihren das die der den ist sind war haben hat wie was wann wer zu mir uns ich wir
    ein eine einen und oder mit von""".split()  # noqa: SIM905 - a list would take fifty lines
)


def spoken_form(text: str) -> str:
    """The words of a text, in small letters, each followed by a space; ``^`` opens a sentence.

    Commas, quotes and brackets are gone: they are not heard.
    """
    tokens = _TOKEN.findall(text.lower().replace("’", "'"))
    words = ["^" if token[0] in _ENDS else token for token in tokens]
    return f"^ {' '.join(words)} ".replace(". ", " ").removesuffix("^ ")


def sentences(line: str) -> list[str]:
    """The sentences of spoken words, each ending in a space."""
    return [sentence for sentence in line.split("^ ") if sentence]


def phrase_pattern(phrase: str) -> str:
    """The regular expression, for spoken words, of one phrase."""
    return "".join(map(_slot, phrase.split()))


def at_start(phrases: Iterable[str]) -> re.Pattern[str]:
    """One expression for all phrases, to be matched where a sentence starts."""
    return re.compile("|".join(map(phrase_pattern, phrases)) or r"(?!)")


def anywhere(phrases: Iterable[str]) -> re.Pattern[str]:
    """One expression for all phrases, to be searched for in a sentence."""
    return re.compile(rf"(?<![^ ])(?:{at_start(phrases).pattern})")


def word_forms(written: str, exceptions: str) -> re.Pattern[str]:
    """An expression for words that may hold ``*``, but for the exceptions, in spoken words."""
    forms = "|".join(map(_letters, split(written)))
    exception_forms = "|".join(map(_letters, split(exceptions)))
    return re.compile(rf"(?<![^ ])(?!(?:{exception_forms}) )(?:{forms}) " if forms else r"(?!)")


def tag_at_end(tags: Iterable[str]) -> re.Pattern[str]:
    """An expression for written text that ends in a comma and one of the tags: ``, right?``."""
    either = "|".join(map(re.escape, tags))
    return re.compile(rf",\s*(?:{either})\s*[.?!…]*\s*$" if either else r"(?!)", re.IGNORECASE)


def split(written: str) -> list[str]:
    """The phrases of a list as the language files hold it: commas between, wrapped anywhere."""
    phrases = (" ".join(piece.split()).replace("| ", "|") for piece in written.split(","))
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

    def __missing__(self, token: str) -> tuple[_Phrase, ...]:
        ending = [phrase for form, phrase in self._open if form.fullmatch(token)]
        self[token] = hanging = (*self._exact.get(token, ()), *ending)
        return hanging

    def find_phrases(self, line: str) -> dict[str, str]:
        """Name of each list with a phrase in the spoken words → the first such words."""
        matches: dict[str, str] = {}
        tokens = set(line.split())
        spaced = f" {line}"
        for phrases in map(self.__getitem__, tokens):
            for name, needed, search in phrases:
                if needed and needed.isdisjoint(tokens):
                    continue
                match = search(spaced)
                if match:
                    phrase_text = match[0].replace("^ ", "").strip()
                    matches[name] = min(matches.get(name, phrase_text), phrase_text, key=line.find)
        return matches

    def _hang(self, name: str, phrase: str) -> None:
        rarest, *alternatives = _by_rarity(phrase)
        exact = (slot for slot in alternatives if not any("*" in token for token in slot))
        search = re.compile(f" {phrase_pattern(phrase)}").search
        entry = _Phrase(name, frozenset(next(exact, ())), search)
        for token in rarest:
            if "*" in token:
                self._open.append((re.compile(_letters(token)), entry))
            else:
                self._exact.setdefault(token, []).append(entry)


def _by_rarity(phrase: str) -> list[list[str]]:
    """The alternatives of each slot that must be there; first the one that looks least common."""
    slots = [slot for slot in phrase.split() if slot[0] not in "^$_!." and slot[-1] != "?"]

    def rarity(tokens: list[str]) -> tuple[bool, int]:
        return not _COMMON.intersection(tokens), min(len(token.strip("*")) for token in tokens)

    return sorted((slot.split("|") for slot in slots), key=rarity, reverse=True)


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


def _either(slot: str) -> str:
    return "|".join(map(_letters, slot.split("|")))


def _letters(token: str) -> str:
    return re.escape(token).replace(r"\*", "[^ ^]*")
