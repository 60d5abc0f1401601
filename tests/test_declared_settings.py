"""The declared settings: file and environment, every fault at once, and what the commands say."""

import json
import tomllib
from pathlib import Path

import jsonschema
import pytest
from click.testing import CliRunner, Result

from interviewkit.banks.library import users_folder
from interviewkit.cli.context import default_user_name
from interviewkit.cli.main import cli
from interviewkit.errors import InterviewKitError
from interviewkit.settings import FIELDS, Settings, read_settings, sample, settings_schema, table
from interviewkit.storage.file.database import default_path
from interviewkit.tui.key_checks import key_faults
from program import MAIN, imported
from support import ROOT


@pytest.fixture
def path(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    named = tmp_path / "deep" / "settings.toml"
    monkeypatch.setenv("INTERVIEWKIT_SETTINGS", str(named))
    return named


def run(*args: str) -> Result:
    return CliRunner().invoke(cli, ["settings", *args])


def written(path: Path, text: str) -> Path:
    path.parent.mkdir(exist_ok=True)
    path.write_text(text, encoding="utf-8")
    return path


def test_all_faults_are_named_at_once_with_their_lines(path: Path) -> None:
    written(path, "themes = 'x'\nbackups = -1\n\n[keys]\nhelp = 1\n")
    with pytest.raises(InterviewKitError) as fault:
        read_settings(path)
    said = fault.value.message
    assert "The settings have 3 faults" in said
    assert f"{path}:1: There is no setting called 'themes'. Did you mean theme?" in said
    assert f"{path}:2: backups must be a whole number" in said
    assert f"{path}:4: keys must be a table" in said


@pytest.mark.parametrize("text", ["backups = true", "theme = ' '", "records = 1", "banks = ''"])
def test_a_value_of_the_wrong_kind_is_refused_by_file_and_schema(path: Path, text: str) -> None:
    with pytest.raises(InterviewKitError):
        read_settings(written(path, text))
    with pytest.raises(jsonschema.ValidationError):
        jsonschema.validate(tomllib.loads(text), settings_schema())


@pytest.mark.parametrize(
    ("given", "hint"),
    [("drak", "Did you mean dark?"), ("nrod", "Did you mean nord?"), ("xyz", "There is: dark, ")],
)
def test_a_theme_that_does_not_exist_is_said_and_the_usual_one_holds(
    path: Path, given: str, hint: str
) -> None:
    written(path, f"backups = 3\ntheme = '{given}'\n")
    shown = run("show", "--json")
    assert shown.exit_code == 1
    assert f"{path}:2: There is no theme called '{given}'. {hint}" in shown.stderr
    held = json.loads(shown.stdout)["settings"]
    assert held["theme"] == {"value": "dark", "from": "default"}
    assert held["backups"]["value"] == 3
    with pytest.raises(jsonschema.ValidationError):
        jsonschema.validate({"theme": given}, settings_schema())


def test_a_variable_with_an_unknown_theme_leaves_the_file_s(
    path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    written(path, "theme = 'nord'")
    monkeypatch.setenv("INTERVIEWKIT_THEME", "nrod")
    shown = run("show", "--json")
    assert "INTERVIEWKIT_THEME: There is no theme called 'nrod'" in shown.stderr
    assert json.loads(shown.stdout)["settings"]["theme"] == {"value": "nord", "from": "file"}


def test_the_settings_are_checked_without_the_screens(path: Path) -> None:
    written(path, "theme = 'light'")
    assert not imported(MAIN, "settings", "show") & {"textual", "rich"}


def test_the_file_acts_everywhere_and_a_variable_goes_before_it(
    path: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    written(path, f"interviewer = 'Ines'\nrecords = '{tmp_path}/r.db'\nbanks = '~/mine'\n")
    assert (default_user_name(), default_path()) == ("Ines", tmp_path / "r.db")
    assert users_folder() == tmp_path / "home" / "mine"
    monkeypatch.setenv("INTERVIEWKIT_INTERVIEWER", "Omar")
    monkeypatch.setenv("INTERVIEWKIT_DB", "other.db")
    monkeypatch.setenv("INTERVIEWKIT_BANKS", "there")
    assert (default_user_name(), default_path(), users_folder()) == (
        "Omar",
        Path("other.db"),
        Path("there"),
    )


def test_a_variable_of_the_wrong_kind_is_named(path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("INTERVIEWKIT_BACKUPS", "many")
    with pytest.raises(InterviewKitError, match="INTERVIEWKIT_BACKUPS: backups must be a whole"):
        read_settings(path)


def test_show_says_each_value_and_whence(path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    written(path, "theme = 'light'\n[keys]\nhelp = 'f2'\n")
    monkeypatch.setenv("INTERVIEWKIT_BACKUPS", "3")
    said = json.loads(run("show", "--json").stdout)
    assert (said["file"], said["exists"]) == (str(path), True)
    assert said["settings"]["theme"] == {"value": "light", "from": "file"}
    assert said["settings"]["backups"] == {"value": 3, "from": "INTERVIEWKIT_BACKUPS"}
    assert said["settings"]["interviewer"] == {"value": None, "from": "default"}
    assert said["settings"].keys() == {one.name for one in FIELDS}
    assert 'help = "f2"' in run("show").stdout


def test_new_writes_once_and_never_over_a_file(path: Path) -> None:
    assert run("new").exit_code == 0
    assert read_settings(path) == Settings()
    written(path, "theme = 'light'")
    again = run("new")
    assert again.exit_code == 1
    assert "exists already" in again.stderr
    assert path.read_text(encoding="utf-8") == "theme = 'light'"


def test_new_in_a_place_that_cannot_be_written_is_a_sentence(path: Path) -> None:
    path.parent.write_text("a file where the folder should be")
    refused = run("new")
    assert refused.exit_code == 1
    assert "cannot be written" in refused.stderr


def test_every_example_of_the_sample_is_valid(path: Path) -> None:
    text = "\n".join(one.example for one in FIELDS)
    read_settings(written(path, text))
    jsonschema.validate(tomllib.loads(text), settings_schema())
    assert all(one.description in sample() for one in FIELDS)


def test_path_and_schema_are_printed(path: Path) -> None:
    assert run("path").stdout == f"{path}\n"
    assert json.loads(run("schema").stdout) == settings_schema()


def test_the_handbook_holds_the_table_of_the_declared_settings() -> None:
    assert table() in (ROOT / "docs" / "settings.md").read_text(encoding="utf-8")


@pytest.mark.parametrize(
    ("text", "doubtful"),
    [
        ("theme = [", False),
        ("records = [", True),
        ("records = 7", True),
        ("record = 'x.db'", True),
        ("backups = -1", False),
    ],
)
def test_only_a_fault_of_the_setting_itself_keeps_it_from_being_used(
    path: Path, text: str, doubtful: bool, monkeypatch: pytest.MonkeyPatch
) -> None:
    written(path, text)
    if doubtful:
        with pytest.raises(InterviewKitError, match="The settings have"):
            default_path()
    else:
        assert default_path().name == "interviewkit.db"
    monkeypatch.setenv("INTERVIEWKIT_DB", "named.db")
    assert default_path() == Path("named.db")


def test_show_says_the_faults_and_what_holds_in_spite_of_them(
    path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    written(path, "theme = 'light'\nbackups = -1\nthemes = 'x'\n")
    monkeypatch.setenv("INTERVIEWKIT_INTERVIEWER", "Omar")
    shown = run("show", "--json")
    assert shown.exit_code == 1
    assert f"{path}:2: backups must be" in shown.stderr
    assert f"{path}:3: There is no setting called 'themes'" in shown.stderr
    held = json.loads(shown.stdout)["settings"]
    assert held["theme"] == {"value": "light", "from": "file"}
    assert held["backups"] == {"value": 7, "from": "default"}
    assert held["interviewer"] == {"value": "Omar", "from": "INTERVIEWKIT_INTERVIEWER"}


def test_show_says_which_keys_cannot_work_and_imports_no_screens(path: Path) -> None:
    keys = "\"interview.next\" = 'f77'\n\"home.new\" = 'x'\n\"home.role\" = 'x'\nhelpp = 'f2'\n"
    written(path, f"[keys]\n{keys}")
    shown = run("show")
    assert shown.exit_code == 0
    assert "interview.next: no terminal has a key called 'f77'" in shown.stderr
    assert "x is assigned to both home.new and home.role" in shown.stderr
    assert "helpp" in shown.stderr
    assert "textual" not in imported(MAIN, "settings", "show")


@pytest.mark.parametrize("key", ["f12", "ctrl+n", "?", "question_mark", "shift+tab", "n,ctrl+up"])
def test_real_keys_are_taken(key: str) -> None:
    assert key_faults({"interview.next": key}) == []
