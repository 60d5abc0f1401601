"""Names that are nearly another's are found, and nothing else is."""

import unicodedata

import pytest
from hypothesis import given
from hypothesis import strategies as st

from interviewkit.interview.people import NamedRecord, RecordKind
from interviewkit.interview.similar_names import (
    is_similar,
    name_key,
    similar_records,
    similar_to_known,
)

WORDS = st.lists(
    st.text(st.characters(categories=["Lu", "Ll"]), min_size=3, max_size=9).filter(
        lambda word: name_key(word) != ()
    ),
    min_size=2,
    max_size=4,
)


@pytest.mark.parametrize(
    ("name", "known"),
    [
        ("Okafor, Ada", "Ada Okafor"),
        ("account exec", "Account executive"),
        ("Acc. Exec.", "Account executive"),
        ("Ada\u200bOkafor Lind", "AdaOkafor Lind"),
        ("Sean O’Brien", "Sean O'Brien"),
        ("Sean OBrien", "Sean O’Brien"),
        ("Asa Lindstrom", "Åsa Lindström"),
        ("Lukasz Wojcik", "Łukasz Wójcik"),
        ("Anna-Lena Berg", "Anna Lena Berg"),
        ("ADA  okafor.", "Ada Okafor"),
    ],
)
def test_the_same_written_otherwise_is_similar(name: str, known: str) -> None:
    assert is_similar(name, known)
    assert is_similar(known, name)


@pytest.mark.parametrize(
    ("name", "known"),
    [
        ("Ada Okafor", "Ada Okafor"),
        ("ada okafor", "Ada Okafor"),  # the same name to begin with
        ("Ada Okafor", "Ade Okafor"),
        ("A Okafor", "Ada Okafor"),  # an initial shortens half of all names
        ("Account executive", "Senior account executive"),
        ("Account manager", "Account executive"),
        ("", "Ada Okafor"),
        ("\u200b", "Ada Okafor"),
    ],
)
def test_the_same_name_and_another_name_are_not(name: str, known: str) -> None:
    assert not is_similar(name, known)


@given(WORDS, st.randoms(use_true_random=False))
def test_the_order_of_words_is_no_matter(words: list[str], random: object) -> None:
    turned = list(words)
    random.shuffle(turned)  # type: ignore[attr-defined]
    assert name_key(" ".join(turned)) == name_key(" ".join(words))


@given(WORDS, st.integers(0, 3))
def test_what_is_invisible_is_no_matter(words: list[str], place: int) -> None:
    name = " ".join(words)
    hidden = f"{name[:place]}\u200b\u2060{name[place:]}"
    assert name_key(hidden) == name_key(name)
    assert is_similar(hidden, name)


@given(st.text(max_size=20), st.text(max_size=20))
def test_it_is_the_same_whichever_comes_first(one: str, other: str) -> None:
    assert is_similar(one, other) == is_similar(other, one)
    assert not is_similar(one, one)


@given(st.text(max_size=20))
def test_marks_and_composition_are_no_matter(name: str) -> None:
    assert name_key(unicodedata.normalize("NFD", name)) == name_key(
        unicodedata.normalize("NFC", name)
    )


def test_those_known_come_in_their_order() -> None:
    names = ["Lind, Bo", "Ada Okafor", "Bo  Lind.", "Cy Marsh"]
    known = [NamedRecord(RecordKind.PERSON, f"p{i}", name) for i, name in enumerate(names)]
    assert similar_records("Bo Lind", known) == [known[0], known[2]]


def test_a_new_record_is_compared_with_its_own_kind() -> None:
    new = [NamedRecord(RecordKind.ROLE, "r2", "account exec")]
    role = NamedRecord(RecordKind.ROLE, "r1", "AE", spellings=("Account executive",))
    person = NamedRecord(RecordKind.PERSON, "p1", "Account executive")
    known = {RecordKind.ROLE: [role], RecordKind.PERSON: [person]}
    assert similar_to_known(new, known) == [(new[0], [role])]


def test_of_very_many_names_those_of_the_same_words_are_found() -> None:
    kind = RecordKind.CANDIDATE
    known = [NamedRecord(kind, f"k{number}", f"Ada Number{number}") for number in range(600)]
    new = [NamedRecord(kind, f"n{number}", f"Number{number}, Ada") for number in range(600)]
    assert similar_to_known(new, {kind: known}) == [
        (record, [same]) for record, same in zip(new, known, strict=True)
    ]
