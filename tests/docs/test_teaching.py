"""What the trainers' page calls poor is found by the check, and what it calls good is not."""

import re
from pathlib import Path

import pytest

from interviewkit.banks.lint import lint
from interviewkit.banks.loader import read_bank
from support import ROOT

PAGE = (ROOT / "docs" / "trainers.md").read_text(encoding="utf-8")
CLEAN = ROOT / "tests" / "banks" / "lint" / "clean.yaml"
ASK = "questions:\n  - id: broken-promise\n    ask: {!r}\n"
PROBE = (
    "questions:\n  - id: broken-promise\n    probes:\n      - id: first-step\n        ask: {!r}\n"
)
# Poor for reasons that no list of words can know.
BEYOND_WORDS = {"Can you tell me more?", "And the customer was delighted?"}


def rows(heading: str, template: str) -> list[tuple[str, str, str]]:
    section = PAGE.split(f"## {heading}\n")[1].split("\n## ")[0]
    cells = re.findall(r"^\| ([^|]+) \| ([^|]+) \| [^|]+ \|$", section, re.MULTILINE)
    return [(template, poor, good) for poor, good in cells if poor != "poor"]


ROWS = rows("A good question", ASK) + rows("A good probe", PROBE)


@pytest.fixture
def folder(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    monkeypatch.setenv("INTERVIEWKIT_BANKS", str(tmp_path))
    (tmp_path / "clean.yaml").write_bytes(CLEAN.read_bytes())
    return tmp_path


def codes(folder: Path, text: str) -> set[str]:
    path = folder / "changed.yaml"
    path.write_text(f"format: 1\nid: changed\nextends: clean\n{text}", encoding="utf-8")
    return {finding.code for finding in lint(read_bank(path))}


@pytest.mark.parametrize(("template", "poor", "good"), ROWS)
def test_the_check_agrees_with_the_page(template: str, poor: str, good: str, folder: Path) -> None:
    assert codes(folder, template.format(good)) == set()
    assert bool(codes(folder, template.format(poor))) is (poor not in BEYOND_WORDS)


def test_there_are_examples_of_both() -> None:
    assert {template for template, _, _ in ROWS} == {ASK, PROBE}
