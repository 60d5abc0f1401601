"""``bank new`` writes a bank that can be used at once, and never over anything."""

import os
import sys
from pathlib import Path

import pytest
from click.testing import CliRunner, Result
from hypothesis import given
from hypothesis import strategies as st

from interviewkit.banks.elements import Element
from interviewkit.banks.library import find_bank
from interviewkit.banks.loader import parse_bank, read_bank
from interviewkit.banks.schema import FILE_NAME, MODELINE, schema_text
from interviewkit.banks.templates import from_template, guided_template, id_from_title
from interviewkit.cli.main import cli
from support import shipped
from terminal import Terminal


def run(*args: object) -> Result:
    return CliRunner().invoke(cli, ["bank", "new", *map(str, args)])


def test_the_template_is_a_whole_bank_with_its_schema_beside_it(tmp_path: Path) -> None:
    path = tmp_path / "Field Team.yaml"
    result = run(path)
    assert (result.exit_code, result.stdout) == (0, ""), result.stderr
    bank = read_bank(path).bank
    assert bank.id == "field-team"
    for question in bank.questions:
        assert {e for probe in question.probes for e in probe.elicits} == set(Element)
    (kit,) = bank.kits
    pages = [page.minutes for page in (kit.opening, kit.closing) if page]
    assert sum(pages) + sum(entry.minutes for entry in kit.questions) == kit.minutes
    assert path.read_text(encoding="utf-8").startswith(MODELINE)
    assert (tmp_path / FILE_NAME).read_text(encoding="utf-8") == schema_text()


def test_a_name_alone_begins_a_bank_that_interviews_find(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    folder = tmp_path / "data" / "question banks"
    monkeypatch.setenv("INTERVIEWKIT_BANKS", str(folder))
    monkeypatch.chdir(tmp_path)
    beside = run("Field Team.yaml")
    assert f"Interviews find banks in {folder}; this begins one there: " in beside.stderr
    assert beside.stderr.endswith("interviewkit bank new field-team\n")
    result = run("field-team", "--yes")
    assert result.exit_code == 0, result.stderr
    assert "Interviews find banks" not in result.stderr
    assert find_bank("field-team").path == folder / "field-team.yaml"
    assert (folder / FILE_NAME).exists()
    again = run("field-team")
    assert f"{folder / 'field-team.yaml'} exists already." in again.stderr


def test_a_bank_in_the_working_folder_is_recognised_by_those_who_name_it(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    folder = tmp_path / "banks"
    monkeypatch.setenv("INTERVIEWKIT_BANKS", str(folder))
    monkeypatch.chdir(tmp_path)
    run("mine.yaml")
    where = f"{folder}{os.sep}, where interviews find the banks that are yours"
    for command, hint in (
        (["bank", "show", "mine"], f"Is it mine.yaml in this folder? Copy that to {where}, or"),
        (
            ["interview", "--candidate=A", "--role=B", "--bank=mine.yaml", "--kit=first"],
            f"Copy the file to {where}, and name the bank by its id.",
        ),
    ):
        refused = CliRunner().invoke(cli, command)
        assert refused.exit_code == 1
        assert hint in refused.stderr


def test_a_bank_can_be_built_on_another(tmp_path: Path) -> None:
    path = tmp_path / "ours.yaml"
    assert run(path, "--from", "sales-leadership").exit_code == 0
    file = read_bank(path)
    assert file.extends
    assert file.bank.questions == shipped("sales-leadership").bank.questions


def test_a_bank_named_like_a_shipped_one_builds_on_that_one(tmp_path: Path) -> None:
    path = tmp_path / "sales-leadership.yaml"
    assert run(path, "--from", "sales-leadership").exit_code == 0
    assert read_bank(path).bank.id == "sales-leadership"


def test_nothing_is_ever_written_over(tmp_path: Path) -> None:
    path = tmp_path / "mine.yaml"
    path.write_text("mine", encoding="utf-8")
    (tmp_path / FILE_NAME).write_text("my schema", encoding="utf-8")
    result = run(path)
    assert result.exit_code == 1
    assert "exists already" in result.stderr
    assert path.read_text(encoding="utf-8") == "mine"
    assert run(tmp_path / "other.yaml").exit_code == 0
    assert (tmp_path / FILE_NAME).read_text(encoding="utf-8") == "my schema"


@pytest.mark.parametrize(
    ("name", "words"),
    [("mine.txt", "is not a name for a bank file"), ("none/mine.yaml", "cannot be written")],
)
def test_a_path_that_will_not_do_is_told(tmp_path: Path, name: str, words: str) -> None:
    result = run(tmp_path / name)
    assert result.exit_code == 1
    assert words in result.stderr
    assert list(tmp_path.rglob("mine*")) == []


def test_an_unknown_base_is_told_and_nothing_is_written(tmp_path: Path) -> None:
    result = run(tmp_path / "mine.yaml", "--from", "sales-leadershp")
    assert result.exit_code == 1
    assert "Did you mean sales-leadership?" in result.stderr
    assert not (tmp_path / "mine.yaml").exists()


@pytest.mark.posix("pseudo-terminals")
def test_in_a_terminal_it_asks_for_what_matters(tmp_path: Path) -> None:
    path = tmp_path / "asked.yaml"
    program = [sys.executable, "-m", "interviewkit"]
    with Terminal(["bank", "new", str(path)], program=program) as terminal:
        for wanted, answer in (
            ("Title of the bank", 'Our "team": #1'),
            ("First competency", "Patience"),
            ("Second competency", ""),
            ("First question", "What happened: then?"),
        ):
            terminal.until(wanted)
            terminal.send(f"{answer}\r")
        assert terminal.ended() == 0
    bank = read_bank(path).bank
    assert bank.title == 'Our "team": #1'
    assert [competency.name for competency in bank.competencies] == ["Patience", "Learning"]
    assert bank.questions[0].ask == "What happened: then?"


TYPED = st.text(st.characters(exclude_categories=["C", "Z"]), min_size=1, max_size=60)


@given(TYPED, TYPED, TYPED)
def test_whatever_is_typed_stands_in_the_bank_as_it_was_typed(
    title: str, competency: str, question: str
) -> None:
    bank = parse_bank(guided_template(id_from_title(title), title, [competency], question), "x")
    assert (bank.title, bank.competencies[0].name, bank.questions[0].ask) == (
        title,
        competency,
        question,
    )


@given(st.text(max_size=90))
def test_any_name_makes_an_id(name: str) -> None:
    assert parse_bank(from_template(id_from_title(name)), "x").id == id_from_title(name)
