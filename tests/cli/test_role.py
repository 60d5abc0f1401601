import json
from pathlib import Path

import pytest
from click.testing import CliRunner, Result

from interviewkit.cli.main import cli
from interviewkit.storage.store import Store
from support import HeldClock, begin

TITLE = "Account executive"


@pytest.fixture(autouse=True)
def _a_name(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("INTERVIEWKIT_INTERVIEWER", "Dana Fox")


def run(db: Path, *args: str) -> Result:
    return CliRunner().invoke(cli, ["--db", str(db), "role", *args])


@pytest.fixture
def db(tmp_path: Path, clock: HeldClock) -> Path:
    with Store(tmp_path / "records.db", clock) as store:
        begin(store)
    return tmp_path / "records.db"


def test_settings_are_set_one_by_one_and_shown(db: Path) -> None:
    assert run(db, "list").stdout == (
        f"{TITLE}  owner nobody  interviewers see all, once they have no interview under way"
        "  no retention period set\n"
    )
    result = run(db, "set", TITLE.upper(), "--owner", "Dana Fox", "--visibility", "own")
    assert result.exit_code == 0
    assert result.stderr == (
        f"{TITLE}: owner Dana Fox, interviewers see only their own, no retention period set.\n"
    )
    run(db, "set", TITLE, "--place", "us", "--decided", "2026-03-01", "--hold", "Charge 7")
    data = json.loads(run(db, "list", "--json").stdout)
    assert data == [
        {
            "id": data[0]["id"],
            "role": TITLE,
            "owner": "Dana Fox",
            "visibility": "own",
            "place": "us",
            "months": None,
            "decided": "2026-03-01",
            "hold": "Charge 7",
            "shared": False,
        }
    ]
    run(db, "set", TITLE, "--months", "9", "--no-place", "--no-hold", "--no-decided")
    shown = run(db, "show", TITLE).stdout.splitlines()
    assert shown[0] == f"{TITLE} · owner Dana Fox"
    assert shown[1:3] == ["  interviewers see only their own", "  kept 9 months"]
    assert shown[-1].endswith("Dana Fox: hold Charge 7 → none")
    changes = json.loads(run(db, "show", TITLE, "--json").stdout)["changes"]
    assert [one["what"] for one in changes] == [
        "owner",
        "visibility",
        "place",
        "decided",
        "hold",
        "place",
        "months",
        "decided",
        "hold",
    ]


def test_an_owners_role_is_changed_by_nobody_else(db: Path) -> None:
    run(db, "set", TITLE, "--owner", "Dana Fox")
    result = run(db, "set", TITLE, "--visibility", "all", "--interviewer", "Tom")
    assert result.exit_code == 1
    assert result.stderr == (
        f"{TITLE} is the role of Dana Fox, and you are Tom.\n"
        "Only a role's owner changes its settings; nothing was changed.\n"
    )
    assert run(db, "set", TITLE, "--visibility", "all").exit_code == 0
    run(db, "set", TITLE, "--no-owner")
    (data,) = json.loads(run(db, "list", "--json").stdout)
    assert (data["owner"], data["visibility"]) == ("", "after_own")


@pytest.mark.parametrize(
    ("args", "code", "sentence"),
    [
        (["--visibility", "own"], 1, "Who sees what can be set only when the role has an owner."),
        (["--hold", "x", "--no-hold"], 2, "Choose one of --hold and --no-hold."),
        (["--owner", " "], 2, "--owner is empty; --no-owner takes it away."),
        (["--place", "uss"], 1, "There is no place called 'uss'."),
        (["--decided", "yesterday"], 1, "'yesterday' is not a date."),
        (["--visibility", "some"], 2, "'some' is not one of 'own', 'after-own', 'all'"),
    ],
)
def test_wrong_use_is_told(db: Path, args: list[str], code: int, sentence: str) -> None:
    result = run(db, "set", TITLE, *args)
    assert result.exit_code == code
    assert sentence in result.stderr


def test_no_role_yet(tmp_path: Path) -> None:
    Store(tmp_path / "empty.db").close()
    result = run(tmp_path / "empty.db", "list")
    assert (result.exit_code, result.stderr) == (0, "There are no roles yet.\n")
