"""What the trainers' page calls poor is found by the check, and what it calls good is not."""

import re
from pathlib import Path

import pytest

from interviewkit.banks.lint.linter import lint
from interviewkit.banks.loader import read_bank
from support import ROOT

PAGE = (ROOT / "docs" / "trainers.md").read_text(encoding="utf-8")
CLEAN = ROOT / "tests" / "banks" / "lint" / "clean.yaml"
ASK = "questions:\n  - id: broken-promise\n    ask: {!r}\n"
PROBE = (
    "questions:\n  - id: broken-promise\n    probes:\n      - id: first-step\n        ask: {!r}\n"
)
# The ladder of the clean bank, of which the page's anchors change one point.
LADDER = {
    1: "Let the customer find out and took no step",
    2: "Told the customer when asked and left it there",
    3: "Told the customer early and saw this case put right",
    4: "Agreed a remedy and looked later whether it held",
    5: "Put the case right and had its cause removed",
}


def rows(heading: str, template: str) -> list[tuple[str, str, str]]:
    section = PAGE.split(f"## {heading}\n")[1].split("\n## ")[0]
    cells = re.findall(r"^\| ([^|]+) \| ([^|]+) \| [^|]+ \|$", section, re.MULTILINE)
    return [(template, poor, good) for poor, good in cells if poor != "poor"]


def anchor_rows() -> list[tuple[int, str, str]]:
    section = PAGE.split("## A good anchor\n")[1].split("\n## ")[0]
    cells = re.findall(r"^\| (\d): ([^|]+) \| \1: ([^|]+) \|$", section, re.MULTILINE)
    return [(int(rating), poor, good) for rating, poor, good in cells]


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
    assert codes(folder, template.format(poor))


@pytest.mark.parametrize(("rating", "poor", "good"), anchor_rows())
def test_the_check_agrees_with_the_page_on_anchors(
    rating: int, poor: str, good: str, folder: Path
) -> None:
    def with_anchor(anchor: str) -> str:
        anchors = "".join(
            f"      {key}: {text!r}\n" for key, text in {**LADDER, rating: anchor}.items()
        )
        return f"questions:\n  - id: broken-promise\n    anchors:\n{anchors}"

    assert codes(folder, with_anchor(good)) == set()
    assert codes(folder, with_anchor(poor)) == {"anchor-vague"}


def test_there_are_examples_of_each() -> None:
    assert {template for template, _, _ in ROWS} == {ASK, PROBE}
    assert {rating for rating, _, _ in anchor_rows()} == {1, 3, 5}
