"""The benchmark of the check: what is right, wrong and missing is counted by hand here."""

from pathlib import Path

import pytest

import bank_check_accuracy

LABELLED = """\
q\ten\tclosed\tHave you ever sold shoes?\tsomewhere.example
q\ten\t\tTell me about a promise to a customer that was not kept.
q\ten\tleading\tHow do you handle rejection?
p\ten\tvague-probe\tTell me more.
a\ten\tanchor-vague\tSpeaks confidently
"""


@pytest.fixture
def labelled(tmp_path: Path) -> Path:
    path = tmp_path / "labelled.tsv"
    path.write_text(LABELLED, encoding="utf-8")
    return path


def test_what_is_found_is_held_against_the_labels(labelled: Path) -> None:
    clean = bank_check_accuracy.CLEAN.read_text(encoding="utf-8")
    pairs = [
        (text, bank_check_accuracy.find_codes(text, clean))
        for text in bank_check_accuracy.read_texts(labelled)
    ]
    assert {name: counts for name, *counts in bank_check_accuracy.rows_of(pairs)} == {
        "together": [3, 1, 1],
        "questions": [1, 1, 1],
        "probes": [1, 0, 0],
        "anchors": [1, 0, 0],
        "en": [3, 1, 1],
        "anchor-vague": [1, 0, 0],
        "closed": [1, 0, 0],
        "general": [0, 1, 0],
        "leading": [0, 0, 1],
        "vague-probe": [1, 0, 0],
    }


def test_a_label_that_is_no_code_is_refused(labelled: Path) -> None:
    labelled.write_text("q\ten\tlosed\tAre you honest?\n", encoding="utf-8")
    with pytest.raises(ValueError, match="there is no code losed"):
        bank_check_accuracy.read_texts(labelled)
