"""``interviewkit data``: where the records are."""

from pathlib import Path

import pytest
from click.testing import CliRunner

from interviewkit.cli.main import cli


def path_shown(*args: str) -> str:
    result = CliRunner().invoke(cli, [*args, "data", "path"])
    assert result.exit_code == 0
    return result.stdout.removesuffix("\n")


def test_without_a_word_the_records_are_in_the_users_data(tmp_path: Path) -> None:
    assert path_shown() == str(tmp_path / "home/data/interviewkit/interviewkit.db")


def test_the_environment_names_another_place(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("INTERVIEWKIT_DB", "/srv/round.db")
    assert path_shown() == "/srv/round.db"


def test_the_option_outweighs_the_environment(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("INTERVIEWKIT_DB", "/srv/round.db")
    assert path_shown("--db", "mine.db") == "mine.db"


def test_asking_for_the_path_creates_nothing(tmp_path: Path) -> None:
    path_shown("--db", str(tmp_path / "new" / "records.db"))
    path_shown()
    assert [found.name for found in tmp_path.iterdir()] == ["home"]
    assert list((tmp_path / "home").iterdir()) == []
