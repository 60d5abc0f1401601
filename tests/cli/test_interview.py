"""``interviewkit interview``: names are checked before anything is opened."""

import os
from datetime import datetime
from pathlib import Path

import pytest
from click.testing import CliRunner, Result

from interviewkit.cli.context import default_user_name
from interviewkit.cli.main import cli
from interviewkit.storage.store import Store
from support import START, HeldClock, begin, complete, shipped_ids

GOOD = {
    "--candidate": "Ada Okafor",
    "--role": "Account executive",
    "--bank": "customer-focused-sales",
    "--kit": "first-45",
}


def run(path: Path, **changes: str) -> Result:
    options = GOOD | {f"--{name}": value for name, value in changes.items()}
    args = [word for option in options.items() for word in option]
    return CliRunner().invoke(cli, ["--db", str(path), "interview", *args])


@pytest.mark.parametrize(
    ("changes", "message", "hint"),
    [
        (
            {"bank": "customer-focussed"},
            "There is no bank called 'customer-focussed'.",
            f"Did you mean customer-focused-sales? There is: {', '.join(shipped_ids())}.",
        ),
        (
            {"kit": "first-54"},
            "There is no kit called 'first-54' in the bank customer-focused-sales.",
            "Did you mean first-45? There is: screen-30, first-45, deep-60, peer-40, accounts-30, "
            "work-sample-20.",
        ),
    ],
)
def test_an_unknown_name_is_told_with_the_nearest(
    tmp_path: Path, changes: dict[str, str], message: str, hint: str
) -> None:
    result = run(tmp_path / "records.db", **changes)
    assert (result.exit_code, result.stdout) == (1, "")
    assert result.stderr.splitlines() == [message, hint]
    assert not (tmp_path / "records.db").exists()


@pytest.mark.parametrize("name", ["candidate", "role", "interviewer"])
@pytest.mark.parametrize("value", ["", "   "], ids=["empty", "blank"])
def test_an_empty_name_is_wrong_usage(tmp_path: Path, name: str, value: str) -> None:
    result = run(tmp_path / "records.db", **{name: value})
    assert result.exit_code == 2
    assert f"'--{name}'" in result.stderr
    assert "is empty; type a name" in result.stderr


@pytest.mark.parametrize("name", GOOD)
def test_every_name_is_needed(name: str) -> None:
    args = [word for option in GOOD.items() if option[0] != name for word in option]
    result = CliRunner().invoke(cli, ["interview", *args])
    assert result.exit_code == 2
    assert f"Missing option '{name}'" in result.stderr


def test_a_bank_with_faults_is_told_with_every_line(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("INTERVIEWKIT_BANKS", str(tmp_path))
    (tmp_path / "own.yaml").write_text("id: own\ntitle: 12\n", encoding="utf-8")
    result = run(tmp_path / "records.db", bank="own")
    assert result.exit_code == 1
    assert f"{tmp_path / 'own.yaml'}:2:8 wrong-type" in result.stderr


def test_the_interviewer_is_whoever_the_environment_names(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("INTERVIEWKIT_INTERVIEWER", "  Priya Raman ")
    assert default_user_name() == "Priya Raman"


def test_the_interviewer_is_never_nobody(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("INTERVIEWKIT_INTERVIEWER", "   ")
    monkeypatch.setattr(
        os, "getuid", lambda: 987_654, raising=False
    )  # a container's user, in no database
    for name in ("LOGNAME", "USER", "LNAME", "USERNAME"):
        monkeypatch.delenv(name, raising=False)
    assert default_user_name() == "Interviewer"


def sealed(path: Path, moment: datetime = START) -> None:
    with Store(path, HeldClock(moment)) as store:
        complete(store, {"unspoken-need": 4}, interviewer=default_user_name())


def test_after_the_seal_it_says_what_to_type_where_nobody_can_be_asked(tmp_path: Path) -> None:
    sealed(tmp_path / "records.db")
    result = run(tmp_path / "records.db")
    assert (result.exit_code, result.stdout) == (1, "")
    assert result.stderr.splitlines() == [
        "You submitted this interview on 2 Mar 2026.",
        "Add --second to start a second one. To amend it run interviewkit in a terminal: s on the "
        "candidate, then a.",
    ]
    with Store(tmp_path / "records.db") as store:
        assert len(store._reads.standings()) == 1


def test_another_kit_or_an_interview_under_way_asks_nothing(tmp_path: Path) -> None:
    sealed(tmp_path / "records.db")
    with Store(tmp_path / "records.db") as store:
        begin(store, interviewer=default_user_name(), kit="screen-30")
    for changes in ({"kit": "screen-30"}, {"kit": "deep-60"}, {"candidate": "Bo Lind"}):
        result = run(tmp_path / "records.db", **changes)
        assert "The application needs a terminal" in result.stderr
