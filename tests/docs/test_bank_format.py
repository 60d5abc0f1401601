"""The page on the format: its examples load, its tables hold every field."""

import re
from pathlib import Path

import pytest

from interviewkit.banks.field_docs import FIELDS
from interviewkit.banks.loader import read_bank
from support import ROOT

TEXT = (ROOT / "docs/bank-format.md").read_text(encoding="utf-8")
EXAMPLES = re.findall(r"^```yaml\n(.*?)^```", TEXT, re.MULTILINE | re.DOTALL)


@pytest.mark.parametrize("example", EXAMPLES)
def test_an_example_is_a_bank(example: str, tmp_path: Path) -> None:
    path = tmp_path / "bank.yaml"
    path.write_text(example, encoding="utf-8")
    assert read_bank(path).bank.questions


def test_every_field_is_in_the_tables_with_its_sentence() -> None:
    for fields in FIELDS.values():
        for name, said in fields.items():
            assert f"| `{name}` | {said} |" in TEXT
