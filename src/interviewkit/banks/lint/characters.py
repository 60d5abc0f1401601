"""What a text holds beside its words: hidden characters, HTML, and what a comment cut off.

    ask: Tell me about your #1 customer       YAML reads: Tell me about your

A `#` behind a space begins a comment, so a text without quotes ends there and looks whole.
"""

import re
from collections.abc import Iterable, Iterator
from dataclasses import is_dataclass

from interviewkit.banks.lint.rules import Told
from interviewkit.banks.loader import BankFile
from interviewkit.banks.model import Bank
from interviewkit.banks.text.yaml_nodes import Loc
from interviewkit.visible_text import hidden_characters

_TAGS = (
    "a|abbr|b|big|blockquote|br|code|dd|div|dl|dt|em|font|h[1-6]|hr|i|img|li|ol|p|pre|q|s|script|"
    "small|span|strike|strong|style|sub|sup|table|tbody|td|th|thead|tr|tt|u|ul"
)
_MARKUP = re.compile(
    rf"</?(?:{_TAGS})(?:\s[^<>]*)?/?>|&(?:[a-z]+|#\d+|#x[0-9a-f]+);", re.IGNORECASE
)
_SPOKEN = frozenset({"ask", "say"})  # whole sentences, so that a missing end shows
_PROSE = _SPOKEN | {"about", "name", "title", "reason", "seat"}
_LISTED = frozenset({"anchors", "listen_for", "watch_for", "scale"})
_SENTENCE_ENDS = (".", "?", "!", "…", "”", "“", '"', ")")
_COMMENT = re.compile(r"(?:^|\s)#(.*)$")
_BEHIND_TEXT = re.compile(r"\s*[^\s#].*\s#")

Texts = list[tuple[Loc, str]]


def lint_texts(file: BankFile, texts: Texts, lines: list[str]) -> Iterator[Told]:
    """What is found in texts of a bank, whatever they are for.

    ``lines`` are those of the file itself, none where no comment stands behind any of the texts.
    """
    yield from _find_hidden(texts)
    yield from _find_markup(texts)
    yield from _find_cut_off(file, texts, lines)


def has_comments_behind(lines: Iterable[str]) -> bool:
    """Whether a comment stands behind something on one of the lines."""
    return any(map(_BEHIND_TEXT.match, lines))


def texts_of(part: object, loc: Loc, leaving_out: str = "") -> Texts:
    """Every text of a part of a bank, which stands at ``loc``, in the order of the model; without
    those of a field that is ``leaving_out``.
    """
    texts: Texts = []
    for name in part.__dataclass_fields__ if is_dataclass(part) else ():
        if name != leaving_out:
            _gather((*loc, name), getattr(part, name), texts)
    return texts


def characters(bank: Bank) -> Iterator[Told]:
    """One finding for each text with hidden characters; line ends and tabs are none."""
    yield from _find_hidden(texts_of(bank, ()))


def _find_hidden(texts: Texts) -> Iterator[Told]:
    for loc, text in texts:
        if text.isascii() and text.isprintable():
            continue
        hidden = hidden_characters(" ".join(text.split("\n")).replace("\t", " "))
        if hidden:
            yield (
                loc,
                "control-character",
                f"{hidden} is invisible or a control character; remove it",
            )


def _find_markup(texts: Texts) -> Iterator[Told]:
    """One finding for each text with a tag or an entity of HTML."""
    for loc, text in texts:
        markup = _MARKUP.search(text) if "<" in text or "&" in text else None
        if markup:
            yield loc, "markup", f"“{markup.group()}” is shown as it is written; leave HTML out"


def _find_cut_off(file: BankFile, texts: Texts, lines: list[str]) -> Iterator[Told]:
    """Texts of the file itself that end where YAML saw a comment in them."""
    if not file.walk or not lines:
        return
    for loc, text in texts:
        field = loc[-1] if loc[-1] in _PROSE else loc[-2] if len(loc) > 1 else ""
        if field not in _PROSE | _LISTED:
            continue
        path, line, column = file.where(loc)
        comment = _comment_behind(lines, line, column, text) if path == file.walk.path else None
        if comment is None:
            continue
        is_unfinished = field in _SPOKEN and not text.rstrip().endswith(_SENTENCE_ENDS)
        if is_unfinished or not comment.startswith((" ", "#")) or comment[1:2].isdigit():
            message = f"cut off before “#{comment}”, which YAML takes for a comment; use quotes"
            yield loc, "cut-by-comment", message


def _comment_behind(lines: list[str], line: int, column: int, text: str) -> str | None:
    """What stands behind the `#` that ends an unquoted text; None when none does."""
    words = text.split()
    rest = lines[line - 1][column - 1 :]
    for following in [*lines[line:], ""]:
        comment = _COMMENT.search(rest)
        tokens = (rest[: comment.start()] if comment else rest).split()
        if words[: len(tokens)] != tokens:  # in quotes, or a block
            return None
        words = words[len(tokens) :]
        if comment and not words:
            return comment[1].rstrip()
        if not words:
            return None
        rest = following
    return None


def _gather(loc: Loc, value: object, texts: Texts) -> None:
    if isinstance(value, str):
        texts.append((loc, value))
    elif isinstance(value, dict):
        for key, item in value.items():
            _gather((*loc, key), item, texts)
    elif isinstance(value, tuple | list | frozenset):
        for index, item in enumerate(value):
            _gather((*loc, index), item, texts)
    elif is_dataclass(value):
        for name in value.__dataclass_fields__:
            _gather((*loc, name), getattr(value, name), texts)
