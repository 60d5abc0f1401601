"""The page on the format: its examples load, its tables hold every field."""

import re
from dataclasses import MISSING, fields
from pathlib import Path

import pytest

from interviewkit.banks import model
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
    for part, sentences in FIELDS.items():
        required = {
            field.name
            for field in fields(getattr(model, part))
            if field.default is MISSING and field.default_factory is MISSING
        }
        for name, sentence in sentences.items():
            needed = "yes " if name in required else ""
            assert f"| `{name}` | {needed}| {sentence} |" in TEXT, (part, name)
