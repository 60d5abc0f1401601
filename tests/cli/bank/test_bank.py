"""``interviewkit bank``: data on stdout, narration on stderr, and an exit code that tells."""

import json
import os
import subprocess
import sys
from pathlib import Path
from typing import Any

import pytest
import yaml
from click.testing import CliRunner, Result

from interviewkit.banks.autosave import AutosaveSlot, UnsavedBank
from interviewkit.banks.elements import Element
from interviewkit.banks.library import users_folder
from interviewkit.cli.main import cli
from support import ROOT, data_variables, shipped, shipped_ids

SHIPPED = "customer-focused-sales"
SMALL = ROOT / "tests/banks/small.yaml"
FAULTY = ROOT / "tests/banks/twelve-faults.yaml"
LINT = ROOT / "tests/banks/lint"
CLEAN = LINT / "clean.yaml"


def run(*args: object, text: str | bytes | None = None) -> Result:
    return CliRunner().invoke(cli, ["bank", *map(str, args)], input=text)


def data(result: Result) -> Any:
    assert result.exit_code == 0, result.stderr
    return json.loads(result.stdout)


@pytest.fixture
def own(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    folder = tmp_path / "banks"
    folder.mkdir()
    monkeypatch.setenv("INTERVIEWKIT_BANKS", str(folder))
    (folder / "small.yaml").write_bytes(SMALL.read_bytes())
    return folder


class TestList:
    def test_it_names_each_bank_with_its_kits(self, own: Path) -> None:
        result = run("list")
        assert result.exit_code == 0
        first, *others = result.stdout.splitlines()
        assert first == "small  A small bank, 2 questions; kits: short"
        assert [line.split()[0] for line in others] == shipped_ids()
        assert all("kits: screen-30, first-45, deep-60, " in line for line in others)

    def test_for_machines_it_is_a_list_of_objects(self, own: Path) -> None:
        small, *others = data(run("list", "--json"))
        assert small == {
            "id": "small",
            "title": "A small bank",
            "version": "1.0",
            "language": "en",
            "questions": 2,
            "kits": ["short"],
            "shipped": False,
            "path": str(own / "small.yaml"),
        }
        assert [bank["id"] for bank in others] == shipped_ids()
        assert all(bank["shipped"] for bank in others)

    @pytest.mark.parametrize("flags", [[], ["--json"]], ids=["plain", "json"])
    def test_a_bank_that_cannot_be_used_is_told_and_the_others_are_listed(
        self, own: Path, flags: list[str]
    ) -> None:
        (own / "faulty.yaml").write_bytes(FAULTY.read_bytes())
        result = run("list", *flags)
        assert result.exit_code == 1
        assert "small" in result.stdout
        assert SHIPPED in result.stdout
        assert "faulty.yaml" not in result.stdout
        assert f"{own / 'faulty.yaml'}: 12 problems, so the bank is not used." in result.stderr


class TestShow:
    def test_for_machines_a_bank_is_printed_whole_in_the_files_own_words(self) -> None:
        shown = data(run("show", SHIPPED, "--json"))
        written = yaml.safe_load(shipped().text)
        assert set(shown) >= set(written)
        for part in ("competencies", "questions", "kits"):
            assert [one["id"] for one in shown[part]] == [one["id"] for one in written[part]]
        for ours, theirs in zip(shown["questions"], written["questions"], strict=True):
            assert ours["competency"] == theirs["competency"]
            assert ours["ask"].split() == theirs["ask"].split()
            for probe, original in zip(ours["probes"], theirs["probes"], strict=True):
                assert probe["id"] == original["id"]
                assert probe["ask"].split() == original["ask"].split()
                assert probe["elicits"] == original["elicits"]

    def test_what_is_printed_is_a_bank_again(self, tmp_path: Path) -> None:
        path = tmp_path / "again.yaml"
        path.write_text(run("show", SHIPPED, "--json").stdout, encoding="utf-8")
        result = run("check", path)
        # JSON has only text for keys: anchors are the one thing to be told.
        assert {line.split()[1] for line in result.stdout.splitlines()} <= {"unknown-value"}

    def test_for_people_it_shows_kits_anchors_questions_and_numbered_probes(
        self, own: Path
    ) -> None:
        shown = run("show", "small").stdout
        for line in (
            "A small bank  (small, version 1.0, en)",
            "Kit short: Short, 15 minutes",
            "   1 broken-promise (6 min)",
            "Recovery (recovery): Puts right what went wrong.",
            "  3  three",
            "  broken-promise: Tell me about a promise that was not kept.",
            "    ?2 Who else knew of it?  (people, confirmation)",
        ):
            assert line in shown.splitlines()

    def test_an_unknown_bank_is_told_with_the_nearest(self) -> None:
        result = run("show", "customer-focused-sale")
        assert (result.exit_code, result.stdout) == (1, "")
        assert result.stderr.splitlines() == [
            "There is no bank called 'customer-focused-sale'.",
            f"Did you mean {SHIPPED}? There is: {', '.join(shipped_ids())}.",
        ]

    def test_json_is_utf_8_whatever_the_terminal_speaks(self) -> None:
        ran = subprocess.run(
            [sys.executable, "-m", "interviewkit", "bank", "show", SHIPPED, "--json"],
            capture_output=True,
            check=True,
            env={**os.environ, "PYTHONIOENCODING": "latin-1"},
        )
        assert json.loads(ran.stdout.decode("utf-8"))["id"] == SHIPPED


def keep(path: Path) -> None:
    """As the workshop does with a change that is not saved."""
    place = AutosaveSlot(path)
    place.write(UnsavedBank(path, SMALL.read_bytes(), None))
    place.close()


class TestUnsaved:
    def test_the_list_tells_of_changes_that_are_not_saved_and_of_banks_begun(
        self, own: Path
    ) -> None:
        before = run("list")
        keep(own / "small.yaml")
        keep(own / "begun.yaml")
        result = run("list")
        assert (result.exit_code, result.stdout) == (0, before.stdout)
        assert result.stderr.splitlines() == [
            f"The workshop has changes of {own / name} that are not saved."
            for name in ("small.yaml", "begun.yaml")
        ]
        assert data(run("list", "--json"))

    def test_a_check_is_about_the_file_and_says_so(self, own: Path) -> None:
        keep(own / "small.yaml")
        result = run("check", own / "small.yaml")
        assert result.stderr.splitlines() == [
            f"{own / 'small.yaml'} was checked without changes that the workshop has not saved.",
            "1 bank checked: 11 warnings and 1 advice.",
        ]


class TestCheck:
    def test_clean_banks_end_with_0_and_nothing_on_stdout(self) -> None:
        result = run("check", CLEAN, ROOT / "question_banks")
        assert (result.exit_code, result.stdout) == (0, "")
        assert result.stderr == f"{len(shipped_ids()) + 1} banks checked: clean.\n"

    def test_problems_end_with_1_each_with_file_line_column_and_code(self) -> None:
        result = run("check", FAULTY, CLEAN)
        assert result.exit_code == 1
        lines = result.stdout.splitlines()
        assert len(lines) == 12
        assert lines[1].startswith(f"{FAULTY}:2:5 bad-id ")
        assert result.stderr == "2 banks checked: 12 errors.\n"

    def test_for_machines_problems_are_a_list_of_objects(self) -> None:
        result = run("check", "--json", FAULTY)
        assert result.exit_code == 1
        found = json.loads(result.stdout)
        assert len(found) == 12
        assert {name: found[0][name] for name in ("path", "line", "column", "code")} == {
            "path": str(FAULTY),
            "line": 1,
            "column": 9,
            "code": "unknown-value",
        }

    def test_for_machines_a_clean_bank_is_an_empty_list(self) -> None:
        assert data(run("check", "--json", CLEAN)) == []

    def test_a_file_that_is_not_there_hides_no_other_files_problems(self, tmp_path: Path) -> None:
        result = run("check", tmp_path / "none.yaml", FAULTY)
        assert result.exit_code == 1
        assert len(result.stdout.splitlines()) == 12
        assert f"{tmp_path / 'none.yaml'} cannot be read" in result.stderr
        assert result.stderr.endswith("1 bank checked: 12 errors.\n")

    def test_only_files_that_are_not_there_are_never_called_clean(self, tmp_path: Path) -> None:
        result = run("check", tmp_path / "none.yaml")
        assert (result.exit_code, result.stdout) == (1, "")
        assert "clean" not in result.stderr

    def test_a_folder_without_banks_is_told(self, tmp_path: Path) -> None:
        result = run("check", tmp_path)
        assert result.exit_code == 1
        assert f"There is no bank in {tmp_path}." in result.stderr

    def test_without_a_path_your_own_banks_are_checked(self, own: Path) -> None:
        result = run("check")
        assert f"{own / 'small.yaml'}:" in result.stdout
        assert result.stderr == "1 bank checked: 11 warnings and 1 advice.\n"

    def test_without_banks_of_your_own_that_is_told(
        self, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
    ) -> None:
        monkeypatch.setenv("INTERVIEWKIT_BANKS", str(tmp_path / "none"))
        result = run("check")
        assert result.exit_code == 1
        assert f"There is no bank in {tmp_path / 'none'}." in result.stderr

    def test_somebody_who_begins_is_shown_that_the_shipped_banks_are_clean(
        self, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
    ) -> None:
        for name, value in data_variables(tmp_path).items():
            monkeypatch.setenv(name, value)
        monkeypatch.delenv("INTERVIEWKIT_BANKS", raising=False)
        result = run("check", "--strict")
        assert (result.exit_code, result.stdout) == (0, "")
        said, summary = result.stderr.splitlines()
        assert said == f"You have no bank in {users_folder()} yet: these come with interviewkit."
        assert summary == f"{len(shipped_ids())} banks checked: clean."

    def test_a_bank_is_checked_by_its_id(self, own: Path) -> None:
        result = run("check", "small", SHIPPED)
        assert f"{own / 'small.yaml'}:" in result.stdout
        assert result.stderr == "2 banks checked: 11 warnings and 1 advice.\n"

    def test_an_id_that_no_bank_has_names_those_there_are(self, own: Path) -> None:
        result = run("check", "smal")
        assert result.exit_code == 1
        assert "There is no bank called 'smal'." in result.stderr
        assert "small" in result.stderr.splitlines()[-1]

    @pytest.mark.parametrize(
        ("code", "plain", "strict"),
        [("off-limits", 1, 1), ("leading", 0, 1), ("jargon", 0, 0)],
    )
    def test_levels_decide_how_it_ends(self, code: str, plain: int, strict: int) -> None:
        path = LINT / f"{code}.yaml"
        assert run("check", path).exit_code == plain
        assert run("check", "--strict", path).exit_code == strict

    def test_codes_are_selected_and_ignored(self) -> None:
        both = (LINT / "leading.yaml", LINT / "jargon.yaml")
        for option in (("--select", "leading,closed"), ("--ignore", "jargon")):
            lines = run("check", *option, *both).stdout.splitlines()
            assert [line.split()[1:3] for line in lines] == [["leading", "warning:"]]

    def test_faults_of_a_file_are_told_whatever_is_selected(self) -> None:
        result = run("check", "--select", "leading", FAULTY)
        assert (result.exit_code, len(result.stdout.splitlines())) == (1, 12)

    @pytest.mark.parametrize(
        ("codes", "words"),
        [
            ("leadin", "there is no code leadin; did you mean leading?"),
            ("yaml", "yaml is a fault of the file itself and is always reported"),
            (",", "name at least one code"),
        ],
    )
    def test_a_code_there_is_not_is_wrong_usage(self, codes: str, words: str) -> None:
        result = run("check", "--ignore", codes, CLEAN)
        assert result.exit_code == 2
        assert words in result.stderr


class TestTry:
    NOTES = "In March 2024 I rang Mr Rathbone, the ward manager, myself.\nwe kept 180k\n"

    def test_for_machines_it_gives_all_eleven_elements_and_suggestions_with_reasons(self) -> None:
        tried = data(run("try", SHIPPED, "broken-promise", "--json", text=self.NOTES))
        assert list(tried) == ["evidence", "suggestions"]
        assert set(tried["evidence"]) == set(Element)
        assert set(tried["evidence"].values()) <= {"present", "perhaps", "asked", "missing"}
        assert tried["evidence"]["time"] == "present"
        assert tried["suggestions"]
        probes = {probe.id: probe for probe in shipped().bank.question("broken-promise").probes}
        for suggestion in tried["suggestions"]:
            assert list(suggestion) == ["probe", "ask", "elicits", "reason", "gaps"]
            assert {tried["evidence"][gap] for gap in suggestion["gaps"]} <= {"missing"}
            assert suggestion["reason"]
            if suggestion["probe"] in probes:
                assert suggestion["ask"] == probes[suggestion["probe"]].ask

    def test_without_notes_everything_is_missing(self) -> None:
        tried = data(run("try", SHIPPED, "broken-promise", "--json", text=""))
        assert set(tried["evidence"].values()) == {"missing"}

    def test_a_line_with_a_probes_number_says_it_was_asked(self) -> None:
        probe = shipped().bank.question("broken-promise").probes[0]
        tried = data(run("try", SHIPPED, "broken-promise", "--json", text="?1\n"))
        assert {tried["evidence"][element] for element in probe.elicits} == {"asked"}
        assert probe.id not in [suggestion["probe"] for suggestion in tried["suggestions"]]

    def test_a_re_ask_without_an_answer_is_said_by_an_exclamation_mark(self) -> None:
        notes = "usually I would call the customer\n?0\n!\n"
        assert (
            data(run("try", SHIPPED, "broken-promise", "--json", text=notes))["suggestions"] == []
        )
        assert (
            "No particular occasion came up"
            in run("try", SHIPPED, "broken-promise", text=notes).stdout
        )

    def test_for_people_it_shows_the_story_and_what_to_ask_next(self) -> None:
        result = run("try", SHIPPED, "broken-promise", text=self.NOTES)
        assert result.exit_code == 0
        assert "time           present" in result.stdout.splitlines()
        assert any(line.startswith("?") for line in result.stdout.splitlines())

    def test_notes_in_another_encoding_are_read_as_well_as_can_be(self) -> None:
        result = run("try", SHIPPED, "broken-promise", text="Gespräch im März\n".encode("latin-1"))
        assert result.exit_code == 0

    def test_an_unknown_question_is_told_with_the_nearest(self) -> None:
        result = run("try", SHIPPED, "broken-promises", text="")
        assert (result.exit_code, result.stdout) == (1, "")
        assert "There is no question called 'broken-promises'" in result.stderr
        assert "Did you mean broken-promise?" in result.stderr


def test_a_bank_s_own_words_show_an_element(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("INTERVIEWKIT_BANKS", str(tmp_path))
    text = shipped().text.replace("id: customer-focused-sales", "id: own-words", 1)
    own = text.replace("\ncompetencies:", "\nwords:\n  customer: [the grower]\n\ncompetencies:", 1)
    found = {}
    for name, bank in (("plain", text.replace("own-words", "plain", 1)), ("own-words", own)):
        (tmp_path / f"{name}.yaml").write_text(bank, encoding="utf-8")
        run = CliRunner().invoke(
            cli, ["bank", "try", name, "broken-promise", "--json"], input="saw the grower\n"
        )
        found[name] = json.loads(run.stdout)["evidence"]["customer"]
    assert found == {"plain": "missing", "own-words": "present"}


def test_a_bank_is_named_by_the_path_of_its_file_too(tmp_path: Path) -> None:
    path = tmp_path / "mine.yaml"
    text = shipped().text.replace("id: customer-focused-sales", "id: mine", 1)
    path.write_text(text, encoding="utf-8")
    out = tmp_path / "out.xlsx"
    for command in (["show", path], ["try", path, "broken-promise"], ["to-xlsx", path, out]):
        result = run(*command, text="rang Sandra")
        assert result.exit_code == 0, result.stderr
    missing = run("try", tmp_path / "none.yaml", "broken-promise")
    assert missing.exit_code == 1
    assert "none.yaml cannot be read" in missing.stderr
