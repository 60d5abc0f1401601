"""Letters without what people type differently: for names that are compared and words searched for.

    Straße → strasse    ŁÓDŹ → lodz    ﾃﾞﾝﾜ → デンワ    １２ → 12

Accents go, and what only shapes or points a text. Vowel signs, tones and voicing marks stay: where
a script has them, they are as much a part of the word as its letters.
"""

import unicodedata

# Letters that Unicode does not take apart into a letter and a mark, and those of the Arabic script
# that keyboards of Persian, Urdu and Arabic give for one another.
_LETTERS = {
    **dict(zip("łøđðħŧıŋ", "loddhtin", strict=True)),
    **dict(zip("\u06cc\u0649\u06a9\u0629", "\u064a\u064a\u0643\u0647", strict=True)),
    "æ": "ae",
    "œ": "oe",
    "þ": "th",
    "\u0640": "",
}
# Canonical combining classes of marks that are no accents: vowel signs, tones, voicing, viramas.
_SIGN_CLASSES = frozenset({0, 8, 9, 84, 91, 103, 107, 118, 122, 129, 130, 132})
# Of class 0, too, but they only choose a form: the joiner of graphemes and variation selectors.
_FORMS = frozenset({0x034F, 0x180F, *range(0x180B, 0x180E), *range(0xFE00, 0xFE10)}) | frozenset(
    range(0xE0100, 0xE01F0)
)


class _Folding(dict[int, str]):
    """Code point → what stands for it; worked out when it is first met."""

    def __missing__(self, code: int) -> str:
        letter = chr(code)
        kind = unicodedata.category(letter)
        if kind == "Nd":
            folded = str(unicodedata.decimal(letter))
        elif kind in ("Cf", "Me") or (kind[0] == "M" and not is_sign(letter)):
            folded = ""
        else:
            folded = _LETTERS.get(letter, letter)
        self[code] = folded
        return folded


_folding = _Folding()


def fold_letters(text: str) -> str:
    """Without case, accents, invisible characters and forms of width; signs of words stay."""
    if text.isascii():
        return text.lower()
    folded = unicodedata.normalize("NFKD", text).casefold().translate(_folding)
    return unicodedata.normalize("NFC", folded)


def is_sign(letter: str) -> bool:
    """Whether a combining mark tells words apart, as vowel signs do and accents do not."""
    return (
        unicodedata.category(letter) in ("Mn", "Mc")
        and unicodedata.combining(letter) in _SIGN_CLASSES
        and ord(letter) not in _FORMS
    )


def letter_ends(text: str) -> list[int]:
    """Where each letter ends, with the marks behind it: each can be folded by itself.

    So the pieces of a text folded one by one are the text folded as a whole.
    """
    starts = [index for index, letter in enumerate(text) if index and not _continues(letter)]
    return [*starts, len(text)] if text else []


def _continues(letter: str) -> bool:
    """Whether a character belongs to the letter before it: a mark, or a part of a syllable."""
    if letter.isascii():
        return False
    head = unicodedata.normalize("NFKD", letter)[0]
    return "\u1160" <= head <= "\u11ff" or unicodedata.category(head) in ("Mn", "Mc", "Me", "Cf")
