"""The line around what was found: never longer than there is room, its marks on the words."""

import unicodedata

import pytest
from hypothesis import given
from hypothesis import strategies as some

from interviewkit.interview.search_excerpt import excerpt, marks

LONG = " ".join(f"word{number}" for number in range(60)) + " the pallets were wet " + "x " * 40


@pytest.mark.parametrize(
    ("text", "words", "found"),
    [
        ("nineteen wet Pallets", "pall wet", ["wet", "Pallets"]),
        ("Zieliński rang", "zielinski", ["Zieliński"]),
        ("ein Straßenname", "straße", ["Straßenname"]),
        ("İstanbul office", "istanbul", ["İstanbul"]),
        ("die Straße", "strasse", ["Straße"]),
        ("STRASSE", "straße", ["STRASSE"]),
        ("大客户投诉我们延迟交货 客 打户", "客户", ["客户"]),
        ("大客户投诉我们延迟交货", "延迟交货 投诉", ["投诉", "延迟交货"]),
        ("お客様に電話しました", "電話", ["電話"]),
        ("고객에게 전화했다", "고객 전화", ["고객", "전화"]),
        (unicodedata.normalize("NFD", "고객에게"), "고객", [unicodedata.normalize("NFD", "고객")]),
        ("ग्राहक की बात का", "की", ["की"]),
        ("wet pallets, dry pallets", '"dry pallets"', ["dry", "pallets"]),
        ("Łódź 客户abc電話", "abc lodz", ["Łódź", "abc"]),
        ("palletspallets", "allets", []),
        ("nothing here", "", []),
    ],
)
def test_marks_stand_on_the_words(text: str, words: str, found: list[str]) -> None:
    assert [text[start:end] for start, end in marks(text, words)] == found


def test_a_long_text_is_cut_around_the_word() -> None:
    line, found = excerpt(LONG, "pallets", 60)
    assert len(line) <= 60
    assert line.startswith("…")
    assert line.endswith("…")
    assert [line[start:end] for start, end in found] == ["pallets"]


def test_line_ends_become_spaces() -> None:
    assert excerpt("one\n two\t three", "two", 40) == ("one two three", [(4, 7)])


def columns(text: str) -> int:
    return sum(2 if unicodedata.east_asian_width(letter) in "WF" else 1 for letter in text)


@pytest.mark.parametrize("width", range(12, 60, 5))
def test_wide_letters_take_two_columns(width: int) -> None:
    text = "大客户投诉我们延迟交货" * 3 + "電話" + "然后我打电话给经理" * 3
    line, found = excerpt(text, "電話", width)
    assert width - 2 <= columns(line) <= width
    assert [line[start:end] for start, end in found] == ["電話"]


@given(some.text(max_size=300), some.text(max_size=20), some.integers(10, 120))
def test_it_fits_and_its_marks_are_in_it(text: str, words: str, width: int) -> None:
    line, found = excerpt(text, words, width)
    assert columns(line) <= width
    assert all(0 <= start < end <= len(line) for start, end in found)
    if columns(" ".join(text.split())) <= width:
        assert line == " ".join(text.split())


@given(some.lists(some.sampled_from(["alpha", "beta", "gamma", "delta"]), max_size=60))
def test_what_was_found_is_in_sight(before: list[str]) -> None:
    text = " ".join([*before, "pallets", *before])
    line, found = excerpt(text, "pallets", 40)
    assert [line[start:end] for start, end in found] == ["pallets"]
