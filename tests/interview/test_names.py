"""Names are found for a person to look at; only whole words, parts only in their own capitals."""

import pytest
from hypothesis import given
from hypothesis import strategies as some

from interviewkit.interview.name_detection import likely_names, name_parts, replace_names, stands_in
from interviewkit.interview.word_lists import load_words

EN = load_words("en")
NAMES = some.text(alphabet="abcdefgåßøżABCD' -", min_size=1, max_size=20).filter(str.strip)


@pytest.mark.parametrize(
    ("name", "text", "there"),
    [
        ("Ada Okafor", "as ADA  okafor said", True),
        ("Ada Okafor", "as Ada Okafors said", False),
        ("Ada Okafor", "Ada said", False),
        ("Łucja Żak", "łucja\nżak", True),
        ("O'Brien (Pat)", "ask O'Brien (Pat)!", True),
        ("", "anything", False),
    ],
)
def test_a_name_stands_in_a_text(name: str, text: str, there: bool) -> None:
    assert stands_in(name, text) is there


@pytest.mark.parametrize(
    ("name", "parts"),
    [
        ("Ada Okafor", ["Ada", "Okafor"]),
        ("Bo Lind", ["Lind"]),
        ("Nguyễn Thu Hà", ["Nguyễn", "Thu"]),
        ("Madonna", []),
    ],
)
def test_parts_are_looked_for_when_they_are_long_enough(name: str, parts: list[str]) -> None:
    assert name_parts(name) == parts


def test_likely_names_are_known_people_first_and_then_guesses() -> None:
    texts = [
        "rang Sandra Meyer in March, then Okafor",
        "Sandra Meyer again; Mr Hartmann and the buyer signed on Monday in Excel",
        "colette, ward manager, will mark it in may",
    ]
    found = likely_names(texts, ["Ada Okafor"], EN)
    assert found == {"Sandra Meyer": 2, "Hartmann": 1, "Okafor": 1, "colette": 1}


def test_a_part_of_a_name_is_replaced_only_in_its_own_capitals() -> None:
    labels = {"Cy Young": "the candidate", "Tom Becker": "interviewer A"}
    text = "cy young is a young man, says Becker; Young nods, Tom too"
    assert replace_names(text, labels) == (
        "the candidate is a young man, says interviewer A; the candidate nods, interviewer A too"
    )


@given(some.lists(NAMES, max_size=4), some.text(max_size=60))
def test_no_whole_name_is_left(names: list[str], text: str) -> None:
    labels = dict.fromkeys(names, "[…]")
    full = f"{text} , {' , '.join(names)} ."
    done = replace_names(full, labels)
    assert [name for name in names if name.strip() and stands_in(name, done)] == []
