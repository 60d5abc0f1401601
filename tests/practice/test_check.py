"""Each opinion of `practice check` has a file that earns it, and the shipped ones earn none."""

import re
from pathlib import Path

import pytest

from interviewkit.banks.library import find_bank
from interviewkit.practice.check import PRACTICE_RULES, check_script
from interviewkit.practice.library import shipped_practice_folder
from interviewkit.practice.reader import read_practice
from support import ROOT

SHIPPED = sorted(shipped_practice_folder().glob("*.yaml"))
RUTH = (shipped_practice_folder() / "ruth-adeyemi.yaml").read_text(encoding="utf-8")
OTHERWISE = "As I say, it's really about the mindset. Once you have that, the rest follows."
SILENCE = "    silence: And I'd say sorry. Obviously.\n"
FAULTY = {
    "control-character": (OTHERWISE, '"An invisible\\u200b sign."'),
    "placeholder": (OTHERWISE, '"TO WRITE: what is said to anything else"'),
    "opening-length": (
        "I'm a big believer in lifelong learning. Last",
        f"{'Well, yes. ' * 30} Last",
    ),
    "too-long": (OTHERWISE, "It is so. " * 21),
    "stage-direction": (OTHERWISE, "(laughs) It is what it is."),
    "repeated-reply": (OTHERWISE, "My manager knew I was on the course. She signed it off."),
    "contradicts-exists": ("I couldn't put a figure on it.", "I'd say 12 of them."),
    "judges-honesty": ("A 1 puts the papers away.", "She is honest about it."),
    "written-words": (OTHERWISE, "There was a course; it was good."),
    "probe-unanswered": (
        "      setback:\n        says: Nothing that",
        "      time:\n        says: It",
    ),
    "no-silence": (SILENCE, ""),
}


def codes(tmp_path: Path, text: str) -> set[str]:
    path = tmp_path / "ruth-adeyemi.yaml"
    path.write_text(text, encoding="utf-8")
    return {finding.code for finding in check_script(read_practice(path))}


@pytest.mark.parametrize("path", SHIPPED, ids=lambda path: path.stem)
def test_nothing_is_to_be_said_of_a_shipped_file(path: Path) -> None:
    assert [str(finding) for finding in check_script(read_practice(path))] == []


@pytest.mark.parametrize("code", FAULTY)
def test_a_change_earns_its_code(tmp_path: Path, code: str) -> None:
    old, new = FAULTY[code]
    assert old in RUTH
    assert code in codes(tmp_path, RUTH.replace(old, new, 1))


def test_a_reply_that_denies_what_exists_contradicts_it(tmp_path: Path) -> None:
    text = RUTH.replace("She signed it off.", "I can't remember who.").replace(
        "My manager knew I was on the course. ", ""
    )
    assert "contradicts-exists" in codes(tmp_path, text)


def test_a_reply_that_no_probe_opens_is_told(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("INTERVIEWKIT_BANKS", str(tmp_path))
    text = find_bank("customer-focused-sales").path.read_text(encoding="utf-8")
    text = text.replace("id: customer-focused-sales", "id: mine", 1)
    (tmp_path / "mine.yaml").write_text(text.replace("[setback]", "[learning]"), encoding="utf-8")
    assert "reply-unreached" in codes(
        tmp_path, RUTH.replace("bank: customer-focused-sales", "bank: mine", 1)
    )


def test_a_file_of_one_kind_of_story_is_told(tmp_path: Path) -> None:
    text = re.sub(r"level: \S+", "level: canned", RUTH)
    assert codes(tmp_path, text) == {"one-level"}


def test_a_gap_is_told_once(tmp_path: Path) -> None:
    text = RUTH.replace(OTHERWISE, '"TO WRITE: e.g. this; and (that)"')
    assert codes(tmp_path, text) == {"placeholder"}


def test_findings_stand_in_the_order_of_the_file(tmp_path: Path) -> None:
    path = tmp_path / "ruth-adeyemi.yaml"
    text = RUTH.replace("puts the papers away", "lies").replace(SILENCE, "")
    path.write_text(text, encoding="utf-8")
    findings = check_script(read_practice(path))
    assert [finding.code for finding in findings] == ["judges-honesty", "no-silence"]
    assert [finding.level for finding in findings] == ["warning", "advice"]
    assert findings[0].line < findings[1].line


def test_every_code_has_its_row_in_the_handbook() -> None:
    page = (ROOT / "docs" / "practice-files.md").read_text(encoding="utf-8")
    for code, rule in PRACTICE_RULES.items():
        assert f"| `{code}` | {rule.level} | {rule.title} |" in page
