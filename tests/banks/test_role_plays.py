"""Role plays: read, refused in a sentence, and the same after every way out and back."""

from dataclasses import replace
from pathlib import Path
from typing import Any

import pytest
import yaml
from click.testing import CliRunner, Result

from interviewkit.banks.diff import diff_banks
from interviewkit.banks.document import Draft
from interviewkit.banks.fresh import first_text
from interviewkit.banks.json_cache import bank_from, made_ready
from interviewkit.banks.lint.linter import lint
from interviewkit.banks.loader import parse_bank, read_as, read_bank
from interviewkit.banks.model import Bank, RolePlay
from interviewkit.banks.workbook.reader import read_spreadsheet
from interviewkit.banks.workbook.writer import write_spreadsheet
from interviewkit.cli.main import cli
from interviewkit.errors import BankError, InterviewKitError
from support import ROOT, shipped

SMALL: dict[str, Any] = yaml.safe_load((ROOT / "tests/banks/small.yaml").read_text("utf-8"))
PLAY = {
    "candidate_brief": "You sell lifts. A customer rings.",
    "interviewer_plays": "A customer whose lift stands still.",
    "interviewer_brief": "You say only when asked: since Monday.",
    "minutes": 7.5,
}
ANCHORS = {rating: f"did thing {rating} in the call" for rating in range(1, 6)}


def data(**changes: Any) -> dict[str, Any]:
    question = {
        "id": "stuck-lift",
        "competency": "recovery",
        "kind": "role_play",
        "ask": "For eight minutes I am a customer.",
        "anchors": ANCHORS,
        "role_play": PLAY,
    }
    question = {key: value for key, value in (question | changes).items() if value is not None}
    return {**SMALL, "questions": [*SMALL["questions"], question]}


def bank(**changes: Any) -> Bank:
    return parse_bank(first_text(data(**changes)), "bank.yaml")


def test_a_role_play_is_read_whole() -> None:
    assert bank().question("stuck-lift").role_play == RolePlay(**PLAY)  # type: ignore[arg-type]


FAULTS = {
    "no briefs": ({"role_play": None}, "a question of kind role_play needs role_play"),
    "no anchors": ({"anchors": None}, "a role play needs its own anchors"),
    "another kind": ({"kind": "situational"}, "role_play is for questions of kind role_play"),
    "half a brief": (
        {"role_play": {key: PLAY[key] for key in ("candidate_brief", "minutes")}},
        "questions.role_play.interviewer_plays is missing",
    ),
    "a field there is not": (
        {"role_play": {**PLAY, "interviewer_play": "x"}},
        "interviewer_play is not a field here; did you mean interviewer_plays?",
    ),
}


@pytest.mark.parametrize(("changes", "message"), FAULTS.values(), ids=FAULTS)
def test_what_is_wrong_with_one_is_told(changes: dict[str, Any], message: str) -> None:
    with pytest.raises(BankError) as caught:
        bank(**changes)
    assert any(message in finding.message for finding in caught.value.findings)


def test_it_comes_back_from_a_workbook_as_it_was(tmp_path: Path) -> None:
    path = tmp_path / "bank.yaml"
    path.write_text(first_text(data()), encoding="utf-8")
    with (tmp_path / "bank.xlsx").open("wb") as file:
        write_spreadsheet(file, read_bank(path))
    result = run("from-xlsx", tmp_path / "bank.xlsx", path)
    assert result.stderr == f"{path} is unchanged.\n"


def test_a_missing_field_of_it_is_told_at_its_cell(tmp_path: Path) -> None:
    whole = read_as(first_text(data()), tmp_path / "bank.yaml")
    questions = list(whole.bank.questions)
    play = replace(questions[-1].role_play or RolePlay(**PLAY), interviewer_plays="")  # type: ignore[arg-type]
    questions[-1] = replace(questions[-1], role_play=play)
    with (tmp_path / "bank.xlsx").open("wb") as file:
        write_spreadsheet(
            file, replace(whole, bank=replace(whole.bank, questions=tuple(questions)))
        )
    with pytest.raises(InterviewKitError) as caught:
        read_spreadsheet(tmp_path / "bank.xlsx")
    assert "Questions!M4: questions.role_play.interviewer_plays is missing" in caught.value.hint


def test_it_is_kept_ready_and_changed_in_place(tmp_path: Path) -> None:
    assert bank_from(made_ready(bank())) == bank()
    text = first_text(data())
    draft = Draft.of(text, tmp_path / "bank.yaml")
    draft.set(("questions", "stuck-lift", "role_play", "minutes"), 9)
    assert draft.text == text.replace("minutes: 7.5", "minutes: 9")


def test_its_changes_are_told_by_field() -> None:
    (change,) = diff_banks(bank(), bank(role_play={**PLAY, "interviewer_plays": "A landlord."}))
    assert change.what == "interviewer_plays of the role play of stuck-lift reworded"
    assert change.new == "A landlord."


def test_the_check_asks_it_for_no_elements_and_no_probes() -> None:
    file = read_as(first_text(data()), Path("x"))
    line = file.where(("questions", 2))[1]
    last_line = file.where(("kits",))[1]
    found = {finding.code for finding in lint(file) if line <= finding.line < last_line}
    assert found <= {"anchor-vague", "kit-missing", "question-unused"}
    assert "few-probes" in {finding.code for finding in lint(file)}  # of the others


def test_what_must_not_be_asked_is_found_in_a_brief() -> None:
    play = {**PLAY, "interviewer_brief": "Ask them: how old are you, and are you married?"}
    findings = lint(read_as(first_text(data(role_play=play)), Path("x")))
    assert "off-limits" in {finding.code for finding in findings}


def run(*args: object) -> Result:
    return CliRunner().invoke(cli, ["bank", *map(str, args)])


def test_show_prints_both_briefs_and_try_has_nothing_to_suggest() -> None:
    text = run("show", "customer-focused-sales").stdout
    play = shipped().bank.question("late-order-call").role_play
    assert play is not None
    assert f"Role play, 8 minutes. You play: {play.interviewer_plays}" in text
    assert play.candidate_brief in text
    result = CliRunner().invoke(
        cli, ["bank", "try", "customer-focused-sales", "late-order-call"], input="rang the maker\n"
    )
    assert result.exit_code == 1
    assert "late-order-call is a role play: its notes are not read" in result.stderr
