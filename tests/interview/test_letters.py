"""What people type differently is folded away, and nothing that tells words apart."""

import unicodedata

import pytest
from hypothesis import given
from hypothesis import strategies as st

from interviewkit.interview.letters import fold_letters, letter_ends


@pytest.mark.parametrize(
    ("text", "folded"),
    [
        ("Straße", "strasse"),
        ("STRASSE", "strasse"),
        ("İstanbul ılık ŞİKAYET", "istanbul ilik sikayet"),
        ("Łódź zażółć gęślą jaźń", "lodz zazolc gesla jazn"),
        ("Nguyễn Đặng", "nguyen dang"),
        ("Æsir Þór œuvre", "aesir thor oeuvre"),
        ("ПОСТАВКА ёлка", "поставка елка"),
        ("soft\u00adhyphen, zero\u200bwidth, BOM\ufeff", "softhyphen, zerowidth, bom"),
        ("１２ ＡＢ", "12 ab"),
        ("٣٤ ४२", "34 42"),
        ("عَقْد", "عقد"),
        ("أحمد", "احمد"),
        ("کتابی", "كتابي"),
        ("ｶﾞｽ", "ガス"),
        (unicodedata.normalize("NFD", "고객 ガス"), "고객 ガス"),
        ("\u2764\ufe0f", "\u2764"),
    ],
)
def test_what_is_typed_differently_is_the_same(text: str, folded: str) -> None:
    assert fold_letters(text) == folded


@pytest.mark.parametrize(
    ("text", "other"), [("パリ", "バリ"), ("की", "का"), ("ไม่", "ไม้"), ("客户", "客戶"), ("ب", "ت")]
)
def test_what_tells_words_apart_stays(text: str, other: str) -> None:
    assert fold_letters(text) != fold_letters(other)


LETTERS = st.text(
    "aßéŁğİي\u064eकी्가각日ガｶﾞ1٣ \u0301\u0345\u200d\ufe0f" + unicodedata.normalize("NFD", "각ガé"),
    max_size=30,
)


@given(st.one_of(LETTERS, st.text(max_size=60)))
def test_letters_folded_one_by_one_are_the_text_folded(text: str) -> None:
    ends = letter_ends(text)
    starts = [0, *ends[:-1]]
    pieces = [text[start:end] for start, end in zip(starts, ends, strict=bool(ends))]
    assert "".join(pieces) == text
    assert "".join(map(fold_letters, pieces)) == fold_letters(text)


@given(st.text(max_size=60))
def test_folding_twice_changes_nothing(text: str) -> None:
    assert fold_letters(fold_letters(text)) == fold_letters(text)
