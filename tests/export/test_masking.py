import pytest

from interviewkit.export.anonymize import mask

LETTERS = {"Ada Okafor": "Candidate B", "Jo de Vries": "Candidate A", "Ada Lind": "Candidate C"}


@pytest.mark.parametrize(
    ("text", "masked"),
    [
        ("Ada  Okafor rang", "Candidate B rang"),
        ("OKAFOR’s own part", "Candidate B’s own part"),
        ("asked ada twice", "asked a candidate twice"),
        ("Jo de Vries, then de Vries", "Candidate A, then de Candidate A"),
        ("Canada and adage stay", "Canada and adage stay"),
        ("de Jo", "de Jo"),
    ],
)
def test_names_go_and_words_stay(text: str, masked: str) -> None:
    assert mask(LETTERS)(text) == masked


def test_without_names_nothing_changes() -> None:
    assert mask({})("Ada") == "Ada"
