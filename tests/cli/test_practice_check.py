"""``interviewkit practice check``: which files it reads."""

from pathlib import Path

import pytest
from click.testing import CliRunner, Result

from interviewkit.cli.main import cli
from interviewkit.practice.library import own_practice_folder, shipped_practice_folder
from support import data_variables


def run(*args: str) -> Result:
    return CliRunner().invoke(cli, ["practice", "check", *args])


@pytest.fixture
def own(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    for name, value in data_variables(tmp_path).items():
        monkeypatch.setenv(name, value)
    monkeypatch.delenv("INTERVIEWKIT_PRACTICE", raising=False)
    return own_practice_folder()


def test_somebody_who_begins_is_shown_that_the_shipped_files_are_clean(own: Path) -> None:
    result = run("--strict")
    assert (result.exit_code, result.stdout) == (0, "")
    files = len(list(shipped_practice_folder().glob("*.yaml")))
    assert result.stderr == (
        f"You have no practice file in {own} yet: these come with interviewkit.\n"
        f"{files} practice files checked: clean.\n"
    )


def test_files_of_your_own_are_checked_alone(own: Path) -> None:
    own.mkdir(parents=True)
    text = (shipped_practice_folder() / "ruth-adeyemi.yaml").read_text("utf-8")
    (own / "ruth-adeyemi.yaml").write_text(text, "utf-8")
    assert run().stderr == "1 practice file checked: clean.\n"


def test_a_folder_that_you_named_has_to_hold_one(
    own: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("INTERVIEWKIT_PRACTICE", str(tmp_path / "none"))
    result = run()
    assert result.exit_code == 1
    assert f"There is no practice file in {tmp_path / 'none'}." in result.stderr


def test_a_file_is_checked_by_its_id(own: Path) -> None:
    result = run("ruth-adeyemi")
    assert (result.exit_code, result.stderr) == (0, "1 practice file checked: clean.\n")


def test_an_id_that_no_file_has_names_those_there_are(own: Path) -> None:
    result = run("ruth")
    assert result.exit_code == 1
    assert "There is no practice file called 'ruth'." in result.stderr
    assert "ruth-adeyemi" in result.stderr
