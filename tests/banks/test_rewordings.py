"""A finding comes with another wording where there is an obvious one, and with none otherwise."""

from pathlib import Path

import pytest

from interviewkit.banks.lint.linter import lint
from interviewkit.banks.loader import read_bank
from support import ROOT

CLEAN = ROOT / "tests" / "banks" / "lint" / "clean.yaml"


@pytest.fixture
def folder(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    monkeypatch.setenv("INTERVIEWKIT_BANKS", str(tmp_path))
    (tmp_path / "clean.yaml").write_bytes(CLEAN.read_bytes())
    return tmp_path


def suggested(folder: Path, text: str, language: str, *, is_probe: bool = False) -> set[str]:
    """The suggestions beside the findings on a text, as a question or as a probe."""
    said = f"probes: [{{id: first-step, ask: {text!r}}}]" if is_probe else f"ask: {text!r}"
    path = folder / "changed.yaml"
    path.write_text(
        f"format: 1\nid: changed\nextends: clean\nlanguage: {language}\n"
        f"questions:\n  - id: broken-promise\n    {said}\n",
        encoding="utf-8",
    )
    return {found.suggestion for found in lint(read_bank(path)) if found.suggestion}


@pytest.mark.parametrize(
    ("language", "ask", "suggestion"),
    [
        ("en", "How do you deal with rejection?",
         "Tell me about a time you had to deal with rejection."),
        ("en", "Have you ever lost a big customer?",
         "Tell me about a time you lost a big customer."),
        ("en", "Who helped you? What did you do then?", "Who helped you?"),
        ("en", "How did you leverage their trust?", "How did you use their trust?"),
        ("de", "Wie gehen Sie mit Kritik um?",
         "Erzählen Sie mir von einem Fall, in dem Sie mit Kritik umgehen mussten."),
        ("de", "Haben Sie schon einmal einen Kunden verloren?",
         "Erzählen Sie mir von einem Fall, in dem Sie einen Kunden verloren haben."),
    ],
)  # fmt: skip
def test_a_question_is_reworded(language: str, ask: str, suggestion: str, folder: Path) -> None:
    assert suggestion in suggested(folder, ask, language)


@pytest.mark.parametrize(
    ("language", "ask", "suggestion"),
    [
        ("en", "And the customer was delighted?", "What did the customer say to that?"),
        ("en", "Did it work?", "What came of it?"),
        ("en", "Why did you wait so long?", "What led you to wait so long?"),
        ("en", "What was the problem and what was the outcome?", "What was the problem?"),
        ("de", "Und Ihr Chef war begeistert?", "Was hat Ihr Chef dazu gesagt?"),
        ("de", "Der Kunde war danach zufrieden, oder?", "Was hat der Kunde dazu gesagt?"),
        ("de", "Gab es Schwierigkeiten?", "Welche Schwierigkeiten gab es?"),
    ],
)
def test_a_probe_is_reworded(language: str, ask: str, suggestion: str, folder: Path) -> None:
    assert suggestion in suggested(folder, ask, language, is_probe=True)


@pytest.mark.parametrize(
    "ask",
    [
        "How do you feel about rejection?",
        "Are you married?",
        "You like working with people, don't you?",
        "Are you honest?",
    ],
)
def test_no_wording_is_better_than_a_poor_one(ask: str, folder: Path) -> None:
    assert suggested(folder, ask, "en") == set()


def test_markup_is_taken_out(folder: Path) -> None:
    ask = "Tell me about a <b>promise</b> that was&nbsp;not kept. What did you do?"
    assert suggested(folder, ask, "en") == {
        "Tell me about a promise that was not kept. What did you do?"
    }
