"""The words of a text and of a query, as the search index holds them.

SQLite's index parts words where it finds a space or a sign. Scripts that write their words without
spaces are therefore given some, so that each letter is a word of its own and a word is a phrase:

    大客户投诉 Müller  →  大 客 户 投 诉 muller          客户  →  "客 户"

Korean is among them though it has spaces: what follows a word there is written together with it.
"""

import re
from typing import NamedTuple

from interviewkit.interview.letters import fold_letters, is_sign, letter_ends

_PRIVATE = 0xF0000  # a plane of private use
_SIGNS = "\U000f0000-\U000ffffd"
_CONTINUOUS = (
    "\u0e00-\u0eff\u1000-\u109f\u1780-\u17ff\u1950-\u19df\u1a20-\u1aaf"  # Thai to Khmer, Tai Tham
    "\u3005-\u3007\u3040-\u30ff\u31f0-\u31ff"  # Japanese
    "\u3400-\u4dbf\u4e00-\u9fff\uf900-\ufaff\U00020000-\U0003ffff"  # Chinese
    "\u1100-\u11ff\uac00-\ud7ff"  # Korean
)
_LETTER = re.compile(f"[{_CONTINUOUS}][{_SIGNS}]*")
_TOKEN = re.compile(f"[{_CONTINUOUS}][{_SIGNS}]*|(?:[^\\W_{_CONTINUOUS}]|[{_SIGNS}])+")
_TERM = re.compile(r'"([^"]*)"?|([^\s"]+)')


class _SignLetters(dict[int, int]):
    """SQLite would part words at vowel signs; letters of private use stand for them."""

    def __missing__(self, code: int) -> int:
        self[code] = code + _PRIVATE if is_sign(chr(code)) else code
        return self[code]


class Token(NamedTuple):
    """A word as the index holds it, and where it stands in the text."""

    text: str
    start: int
    end: int

    @property
    def is_letter(self) -> bool:
        """Whether it is a letter of a script without spaces; of such no beginning is searched."""
        return _LETTER.match(self.text) is not None


_sign_letters = _SignLetters()


def index_text(text: str) -> str:
    """The text that the index reads in the place of ``text``; the same text for plain letters."""
    if text.isascii():
        return text
    return _LETTER.sub(r" \g<0> ", fold_letters(text).translate(_sign_letters))


def index_tokens(text: str) -> list[Token]:
    """The words of a text in order, as the index holds them."""
    if text.isascii():
        lowered = text.lower()
        return [Token(match[0], *match.span()) for match in _TOKEN.finditer(lowered)]
    pieces: list[str] = []
    places: list[tuple[int, int]] = []
    start = 0
    for end in letter_ends(text):
        piece = index_text(text[start:end]).lower()
        pieces.append(piece)
        places += [(start, end)] * len(piece)
        start = end
    return [
        Token(match[0], places[match.start()][0], places[match.end() - 1][1])
        for match in _TOKEN.finditer("".join(pieces))
    ]


def query_terms(query: str) -> list[list[Token]]:
    """The words searched for, those of a "phrase in quotes" together; signs alone are no word."""
    terms = (index_tokens(phrase or term) for phrase, term in _TERM.findall(query))
    return [term for term in terms if term]


def ends_in_whole_word(query: str) -> bool:
    """Whether the last word is complete: a quote or space ends it, or it is one letter."""
    terms = query_terms(query)
    return query.endswith(('"', " ")) or not terms or terms[-1][-1].is_letter
