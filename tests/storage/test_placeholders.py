"""Statements that later Pythons run, too, whichever this one is."""

import re

import pytest

from support import ROOT

STORAGE = sorted((ROOT / "src" / "interviewkit" / "storage").glob("*.py"))


@pytest.mark.parametrize("path", STORAGE, ids=lambda path: str(path.stem))
def test_no_statement_numbers_its_placeholders(path: object) -> None:
    """Python 3.14 refuses ?1 with a sequence of values; names with a mapping are understood."""
    text = (ROOT / str(path)).read_text(encoding="utf-8")
    assert re.findall(r"\?[0-9]", text) == []
