"""Which characters act or deceive, and how they are shown."""

import json
import sys

import pytest

from interviewkit import visible_text
from interviewkit.visible_text import (
    escaped_json,
    hidden_characters,
    is_plain,
    json_text,
    visible,
    visible_line,
)


@pytest.mark.parametrize(
    ("text", "shown"),
    [
        ("plain text, ümlaut, 東京, مرحبا", "plain text, ümlaut, 東京, مرحبا"),
        ("\x1b]0;x\x07", "␛]0;x␇"),
        ("a\x7f\x85\x9b", "a␡<U+0085><U+009B>"),
        ("a\u202eb\u2066c", "a<U+202E>b<U+2066>c"),
        ("a\u2028b", "a<U+2028>b"),
        ("A\u200bda", "A<U+200B>da"),
        ("Ada\u200d", "Ada<U+200D>"),
        ("A\u200cda", "A<U+200C>da"),
        ("A\ufe0fda", "A<U+FE0F>da"),
        ("A\U000e0041", "A<U+E0041>"),
        ("\ud800", "<U+D800>"),
        ("می\u200cخواهم", "می\u200cخواهم"),
        ("क्\u200dष", "क्\u200dष"),
        ("👩\u200d💻 ❤\ufe0f 1\ufe0f\u20e3 ©\ufe0f", "👩\u200d💻 ❤\ufe0f 1\ufe0f\u20e3 ©\ufe0f"),
        ("\U0001f3f4\U000e0067\U000e0062\U000e007f", "\U0001f3f4\U000e0067\U000e0062\U000e007f"),
        ("x\u200ey", "x<U+200E>y"),
        ("א\u200ey", "א\u200ey"),
    ],
)
def test_what_acts_or_hides_is_shown_and_what_a_script_needs_stays(text: str, shown: str) -> None:
    assert visible(text) == visible_line(text) == shown
    assert is_plain(text) is (text == shown)


def test_line_ends_and_tabs_are_text_but_not_in_a_line() -> None:
    assert visible("a\tb\r\nc\nd\re") == "a\tb\nc\nd␍e"
    assert visible_line("a\tb\r\nc") == "a␉b␍␊c"


def test_no_control_or_format_character_gets_through_alone() -> None:
    from unicodedata import category

    through = [
        code
        for code in range(sys.maxunicode + 1)
        if category(chr(code)) in ("Cc", "Zl", "Zp", "Cs") and chr(code) in visible_line(chr(code))
    ]
    assert through == []


def test_a_text_is_called_harmless_only_where_nothing_in_it_acts() -> None:
    """In front of and behind every character stands what could make it act."""
    overlooked = [
        code
        for code in range(sys.maxunicode + 1)
        for text in (f"A{chr(code)}a", chr(code))
        if visible_text._is_harmless(text) and visible_text._acting("\t\n").search(text)
    ]
    assert overlooked == []


def test_what_a_screen_shows_most_is_harmless_at_once() -> None:
    assert all(
        map(visible_text._is_harmless, ("interviewkit · Zoë", "“…” – ✓ →", "│─╭ 東京 مرحبا"))
    )


def test_the_hidden_characters_are_named_once() -> None:
    assert hidden_characters("a\x1bb\u202ec\x1b") == "U+001B, U+202E"
    assert hidden_characters("plain") == hidden_characters("naïve") == ""


def test_json_holds_the_same_and_nothing_acts() -> None:
    value = {"a\x9b": "\x1b\x7f\u202e\u2028\ud800\U000e0041\u200b\nü"}
    text = json_text(value)
    assert json.loads(text) == value
    assert is_plain(text.replace("\n", ""))
    assert "ü" in text
    assert escaped_json('{"a":\n 1}') == '{"a":\n 1}'
