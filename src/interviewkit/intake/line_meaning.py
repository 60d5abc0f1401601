"""What a line of a list means by its own words: a question, a label, minutes, numbering.

English and German, as data in ``list_words.toml``; a list in another language is read by its signs
(a question mark, headings, levels).
"""

import re
import tomllib
from enum import StrEnum
from importlib import resources
from typing import NamedTuple


class Label(StrEnum):
    """What a label of the list announces."""

    QUESTION = "question"
    COMPETENCY = "competency"
    LISTEN_FOR = "listen_for"
    WATCH_FOR = "watch_for"
    PROBES = "probes"
    MINUTES = "minutes"
    SCALE = "scale"


WORDS = tomllib.loads(
    (resources.files(__package__) / "list_words.toml").read_text(encoding="utf-8")
)
_LABEL = {
    Label(name): re.compile("|".join(f"(?:{word})" for word in words), re.IGNORECASE)
    for name, words in WORDS["labels"].items()
}
_ASKS = re.compile(rf"(?:please )?(?:{'|'.join(WORDS['questions']['asking'])})\b", re.IGNORECASE)
_NUMBER = re.compile(
    r"(?:(?:question|frage|q|no\.?|nr\.?)\s*#?\s*\d{1,3}\s*[.:)\-–—]\s*"  # Q1. Question 3:
    r"|\(?\d{1,4}(?:\.\d{1,3})*\s*[.):]\s+|\(?\d{1,3}[.)](?=\D)"  # 1. 1) (1) 1.2:
    r"|\d{1,3}(?:\.\d{1,3})+\s+"
    r"|\(?[a-z]\)\s+|(?-i:[a-z])\.\s+|\(?[ivx]{1,5}[.)]\s+)",
    re.IGNORECASE,
)
_BULLET = re.compile(r"(?:[-*+•◦▪‣·●○■□➢➤→–—]|\[[ xX]?\])\s+|[•◦▪‣●○■□➢➤]")
_RANGE = r"(\d{1,3})(?::(\d\d))?\s*(?:-|–|—|to|bis)\s*(\d{1,3})(?::(\d\d))?"
_UNIT = r"(?:min(?:ute)?[ns]?\b\.?|')"
_MINUTES = re.compile(
    rf"[\[(]?\s*(?:{_RANGE}\s*{_UNIT}|~?\s*(\d{{1,3}}(?:[.,]\d)?)\s*-?{_UNIT})\s*[\])]?",
    re.IGNORECASE,
)
_CLOCK = re.compile(r"[\[(]?\s*(\d{1,2}):(\d\d)\s*(?:-|–|—)\s*(\d{1,2}):(\d\d)\s*[\])]?")
_IN_BOLD = re.compile(r"(?:\*\*|__)(.+?)(?:\*\*|__)")
_POINT = re.compile(
    r"(?P<open>\(?)([1-7])\)?\s*[-–—=:.)]\s*(.{2,})|(.{2,}?)\s*[-–—=:]?\s*\(([1-7])\)"
)


class Labelled(NamedTuple):
    """A label and the text after it on the same line, "" for nothing."""

    label: Label
    content: str


def label_of(text: str) -> Label | None:
    """What a column's head or a line that is nothing but a label announces."""
    plain = re.sub(r"[\s:：?*_#]+$", "", text.strip(" *_#").replace("_", " ")).strip()
    plain = re.sub(r"\s+", " ", re.sub(r"(?<=\D)\s*#?\d{1,2}$", "", plain))
    return next((label for label, pattern in _LABEL.items() if pattern.fullmatch(plain)), None)


def read_label(text: str) -> Labelled | None:
    """``Red flags: blames others`` → (WATCH_FOR, "blames others"); None where no label leads."""
    plain = _IN_BOLD.sub(r"\1", text).strip()
    label = label_of(plain)
    if label is not None and (label is not Label.QUESTION or not plain.endswith("?")):
        return Labelled(label, "")
    lead, colon, content = plain.replace("：", ":").partition(":")
    if not colon:
        lead, colon, content = plain.partition(" – ")
    label = label_of(lead) if colon else None
    return Labelled(label, content.strip()) if label else None


def closing_label(text: str) -> Label | None:
    """The label that a heading ends with, ``SDR Red Flags``; only of what is said of questions."""
    tokens = text.split()
    for length in (4, 3, 2, 1):
        label = label_of(" ".join(tokens[-length:])) if len(tokens) > length else None
        if label in (Label.WATCH_FOR, Label.LISTEN_FOR, Label.PROBES):
            return label
    return None


def asks(text: str) -> bool:
    """Whether a line asks for something: a question mark near its end, or an imperative."""
    plain = text.strip(" \"'“”„«»*_").strip()
    tail = re.sub(r"[(\[][^()\[\]]*[)\]]\s*$", "", plain).rstrip(" \"'”“*_.")
    return tail.endswith(("?", "？", "¿")) or "? " in plain or bool(_ASKS.match(plain))


def strip_number(text: str) -> tuple[str, str]:
    """(the numbering before a text or "", the text without it)."""
    match = _NUMBER.match(text)
    if not match or match.end() == len(text):
        return "", text
    return match.group().strip(), text[match.end() :].strip()


def strip_bullet(text: str) -> tuple[bool, str]:
    """(whether a text began with a bullet, the text without it)."""
    match = _BULLET.match(text)
    return (True, text[match.end() :].strip()) if match else (False, text)


def strip_minutes(text: str) -> tuple[float | None, str]:
    """(the minutes a text names or None, the text without them); ``5–15 min`` is 10 minutes."""
    clock = _CLOCK.search(text)
    if clock:
        start, end = (int(clock[at]) * 60 + int(clock[at + 1]) for at in (1, 3))
        # 00:05–00:15 counts an interview's minutes, 9:00–9:30 the time of day: both in minutes.
        return _length(end - start), _cut_match(text, clock)
    match = _MINUTES.search(text)
    if not match:
        return None, text
    if match[5]:
        return _length(float(match[5].replace(",", "."))), _cut_match(text, match)
    return _length(int(match[3]) - int(match[1])), _cut_match(text, match)


def minutes_of(cell: str) -> float | None:
    """The minutes in a cell under a head that says minutes: ``10``, ``5-15``, ``10 min``."""
    cell = cell.strip()
    if re.fullmatch(r"\d{1,3}(?:[.,]\d+)?", cell):
        return _length(float(cell.replace(",", ".")))
    ran = re.fullmatch(_RANGE, cell)
    return _length(int(ran[3]) - int(ran[1])) if ran else strip_minutes(cell)[0]


def scale_point(text: str) -> tuple[int, str] | None:
    """``1 - Poor`` or ``Poor (1)`` → (1, "Poor"); None where it names no point of a scale."""
    match = _POINT.fullmatch(_IN_BOLD.sub(r"\1", text).strip())
    if not match:
        return None
    return (int(match[2]), match[3].strip()) if match[2] else (int(match[5]), match[4].strip())


def plain_words(text: str) -> str:
    """A Markdown text without its marks of emphasis, links and quotes around the whole."""
    text = re.sub(r"!\[[^\]]*\]\([^)]*\)", "", text)
    text = re.sub(r"\[([^\]]+)\]\([^)]*\)", r"\1", text)
    text = re.sub(r"(\*\*|__)(.+?)\1", r"\2", text)
    text = re.sub(r"(?<![\w*])[*_]([^*_]+)[*_](?![\w*])", r"\1", text)
    text = re.sub(r"`([^`]+)`", r"\1", text)
    text = re.sub(r"</?[a-zA-Z][^<>]*>", " ", text).replace("\\", "")
    text = " ".join(text.split())
    for start, end in (('"', '"'), ("“", "”"), ("„", "“"), ("«", "»"), ("'", "'")):
        if text.startswith(start) and text.endswith(end) and len(text) > 2:
            inside = text[1:-1]
            return inside if start not in inside and end not in inside else text
    return text


def _length(minutes: float) -> float | None:
    return minutes if 0 < minutes <= 240 else None


def _cut_match(text: str, match: re.Match[str]) -> str:
    return " ".join(f"{text[: match.start()]} {text[match.end() :]}".split()).strip(" :-–—|")
