"""The commands of a team, each in a home of its own, as people type them."""

import json
import re
from collections.abc import Callable
from pathlib import Path

import pytest
from click.testing import CliRunner, Result

from interviewkit.cli.main import cli
from interviewkit.shell_line import extra_install_line
from interviewkit.storage.store import Store
from support import complete, data_variables, shipped

ROLE, ADA, Q = "Account executive", "Ada Okafor", "unspoken-need"
Home = Callable[..., Result]


@pytest.fixture
def home(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Home:
    """Runs a command as somebody with their own records and their own place for keys."""

    def run(name: str, *args: str, typed: str = "", code: int = 0) -> Result:
        for variable, value in data_variables(tmp_path / f"{name}-home").items():
            monkeypatch.setenv(variable, value)
        monkeypatch.setenv("INTERVIEWKIT_DB", str(tmp_path / f"{name}.db"))
        result = CliRunner().invoke(cli, args, input=typed)
        assert result.exit_code == code, result.output
        return result

    return run


@pytest.fixture
def team(home: Home, tmp_path: Path) -> str:
    """Dana's team with Priya in it, and the role shared; gives the folder."""
    folder = str(tmp_path / "shared")
    for name, full in (("dana", "Dana Holt"), ("priya", "Priya Raman"), ("tom", "Tom Berg")):
        home(name, "people", "me", full)
    invitation = home("dana", "team", "new", folder).stdout.strip()
    for name in ("priya", "tom"):
        words = home(name, "team", "join", invitation, folder).stdout.split()
        home("dana", "team", "accept", *words)
    for name in ("Priya Raman", "Tom Berg"):
        plan = ("plan", "add", "--candidate", ADA, "--role", ROLE, "--interviewer", name)
        home("dana", *plan)
    home("dana", "role", "set", ROLE, "--owner", "Dana Holt", "--team")
    for name in ("dana", "priya", "tom"):
        home(name, "team", "sync")
    return folder


def submit(tmp_path: Path, name: str, full: str) -> None:
    with Store(tmp_path / f"{name}.db") as store:
        complete(store, {Q: 4}, ADA, full, ROLE)


def test_a_round_from_the_invitation_to_the_comparison(
    home: Home, team: str, tmp_path: Path
) -> None:
    submit(tmp_path, "priya", "Priya Raman")
    report = home("priya", "team", "sync").stderr
    assert "Sent: 2 documents" in report  # the scorecard and its bank
    report = home("dana", "team", "sync").stderr
    assert "1 scorecard" in report
    assert "✓" not in home("tom", "team", "sync").stderr
    compared = json.loads(home("dana", "compare", ROLE, "--json").stdout)
    assert ADA in json.dumps(compared)
    withheld = home("tom", "candidate", "show", ADA).stdout
    assert "withheld" in withheld
    status = json.loads(home("dana", "team", "status", "--json").stdout)
    assert status["panels"][0]["seats"] == [
        {"interviewer": "Priya Raman", "state": "in"},
        {"interviewer": "Tom Berg", "state": "planned"},
    ]
    line = home("dana", "team", "status").stdout
    assert f"{ADA} · {ROLE}: planned Tom Berg · in Priya Raman" in line


def test_accepting_without_words_asks_about_each(home: Home, team: str) -> None:
    home("eve", "people", "me", "Eve Ek")
    status = home("dana", "team", "status").stdout
    invitation = re.findall(r"ik-team:\S+", status)[0]
    joined = home("eve", "team", "join", invitation, team)
    assert joined.stderr.startswith("You join as Eve")
    words = joined.stdout.strip()
    assert "not accepted yet" in home("eve", "team", "sync").stderr
    assert f"Eve Ek wants to join: {words}" in home("dana", "team", "status").stdout
    assert words in home("eve", "team", "status").stdout
    assert "Nobody was accepted." in home("dana", "team", "accept", typed="n\n").stderr
    by_name = home("dana", "team", "accept", "eve", "ek", typed="n\n").stderr
    assert words in by_name
    assert "Nobody was accepted." in by_name
    assert "Eve Ek is a member" in home("dana", "team", "accept", typed="y\n").stderr
    assert "an administrator" in home("dana", "team", "accept", "Eve", "Ek", "--admin").stderr
    home("eve", "team", "sync")
    assert "no longer a member" in home("eve", "team", "remove", "Tom Berg").stderr
    assert "not accepted yet" in home("tom", "team", "sync").stderr
    assert "Only an administrator" in home("priya", "team", "remove", "Eve Ek", code=1).stderr
    assert "You left the team" in home("priya", "team", "leave").stderr
    assert "belong to no team" in home("priya", "team", "sync", code=1).stderr


def test_nobody_joins_under_the_name_of_their_login(home: Home, tmp_path: Path) -> None:
    refused = home("eve", "team", "new", str(tmp_path / "shared"), code=1).stderr
    assert "Say who you are first" in refused
    assert "Run interviewkit people me and your name" in refused
    assert not (tmp_path / "shared").exists()
    home("dana", "people", "me", "Dana Holt")
    invitation = home("dana", "team", "new", str(tmp_path / "shared")).stdout.strip()
    home("eve", "team", "join", invitation, str(tmp_path / "shared"), code=1)
    assert home("dana", "team", "status").stdout.count("wants to join") == 0
    home("eve", "people", "me", "Eve Ek")
    home("eve", "team", "join", invitation, str(tmp_path / "shared"))


def test_each_step_names_the_next(home: Home, tmp_path: Path) -> None:
    folder = str(tmp_path / "shared")
    for name, full in (("dana", "Dana Holt"), ("priya", "Priya Raman")):
        home(name, "people", "me", full)
    began = home("dana", "team", "new", folder)
    invitation = began.stdout.strip()
    assert f"Each of them runs: interviewkit team join {invitation} and the folder" in began.stderr
    joined = home("priya", "team", "join", invitation, folder)
    waits = home("priya", "team", "sync").stderr
    assert "To see them again: interviewkit team status" in waits
    assert "team accept" not in waits  # she cannot
    asked = home("dana", "team", "sync").stderr
    assert "Priya Raman wants to join. Run: interviewkit team accept" in asked
    accepted = home("dana", "team", "accept", *joined.stdout.split()).stderr
    assert "run: interviewkit team sync and let them run it after you" in accepted
    home("dana", "plan", "add", "--candidate", ADA, "--role", ROLE)
    shared = home("dana", "role", "set", ROLE, "--owner", "Dana Holt", "--team").stderr
    assert shared.endswith(", shared with your team.\n")


def test_an_erasure_is_answered_for(home: Home, team: str, tmp_path: Path) -> None:
    submit(tmp_path, "priya", "Priya Raman")
    for name in ("priya", "dana", "tom"):
        home(name, "team", "sync")
    home("dana", "candidate", "erase", ADA, "--yes", "--leave-mentions")
    home("dana", "team", "sync")
    assert "Erased here: 1 candidate" in home("priya", "team", "sync").stderr
    home("dana", "team", "sync")
    status = home("dana", "team", "status").stdout
    assert "done by Dana Holt, Priya Raman; no word from: Tom Berg" in status


def test_what_waits_and_what_is_refused_is_named(home: Home, team: str, tmp_path: Path) -> None:
    Path(team).rename(tmp_path / "away")
    submit(tmp_path, "priya", "Priya Raman")
    report = home("priya", "team", "sync").stderr
    assert "holds no team" in report
    assert "␊" not in report
    assert "documents wait to be shared." in report
    assert "documents wait to be shared." in home("priya", "team", "status").stdout
    (tmp_path / "away").rename(team)
    (Path(team) / "documents" / "half.ikd").write_bytes(b'{"v":1,')
    report = json.loads(home("priya", "team", "sync", "--json").stdout)
    assert report["files"]["not_whole"] == ["documents/half.ikd"]
    assert (report["waiting"], report["sent"]) == (0, 2)
    assert "1 file: not complete yet" in home("priya", "team", "sync").stderr


def test_unsigned_scorecards_are_listed_and_accepted(home: Home, team: str, tmp_path: Path) -> None:
    assert "Every scorecard counts" in home("dana", "records", "accept").stderr
    mail = str(tmp_path / "mail.jsonl")
    with Store(tmp_path / "zoe.db") as store:
        complete(store, {Q: 4}, ADA, "Zoe Zed", ROLE)
    home("zoe", "records", "export", mail, "--interviewer", "Zoe Zed")
    lines = [json.loads(line) for line in Path(mail).read_text("utf-8").splitlines()]
    ids = {line["type"]: line["id"] for line in lines if line["type"] in ("role", "candidate")}
    same = [word for pair in ((ids["role"], ROLE), (ids["candidate"], ADA)) for word in pair]
    home("dana", "records", "import", mail, "--same", *same[:2], "--same", *same[2:])
    listed = home("dana", "records", "accept").stdout
    assert "by Zoe Zed" in listed
    assert "1 scorecard without a member's signature" in home("dana", "team", "status").stdout
    assert "Dana Holt accepted 1 scorecard" in home("dana", "records", "accept", "--all").stderr
    home("dana", "records", "accept", listed.split()[0], "--all", code=2)
    assert "counts already" in home("dana", "records", "accept", listed.split()[0], code=1).stderr


def test_who_reads_is_said_by_the_key(home: Home, team: str) -> None:
    result = home("tom", "compare", ROLE, "--interviewer", "Dana Holt", code=1)
    assert "You are Tom Berg here, not Dana Holt." in result.stderr


def test_without_the_extra_a_sentence_says_what_to_install(
    home: Home, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    import sys

    monkeypatch.setitem(sys.modules, "pyrage", None)
    home("dana", "people", "me", "Dana Holt")
    result = home("dana", "team", "new", str(tmp_path / "shared"), code=1)
    assert f"Install the extra: {extra_install_line('team')}" in result.stderr
    assert not (tmp_path / "shared").exists()


def test_only_one_module_loads_the_encryption() -> None:
    from support import ROOT

    room = ROOT / "src" / "interviewkit"
    named = [path.name for path in room.rglob("*.py") if '"pyrage"' in path.read_text("utf-8")]
    assert named == ["encryption.py"]


def write_bank(tmp_path: Path, name: str, text: str) -> Path:
    """A bank in somebody's own library."""
    folder = tmp_path / f"{name}-home" / "interviewkit" / "question_banks"
    folder.mkdir(parents=True, exist_ok=True)
    path = folder / "mine.yaml"
    path.write_text(text, "utf-8")
    return path


def library(tmp_path: Path, name: str) -> list[str]:
    folder = tmp_path / f"{name}-home" / "interviewkit" / "question_banks"
    return sorted(path.name for path in folder.glob("*"))


def sync(home: Home, *names: str) -> None:
    for name in names:
        home(name, "team", "sync")


def test_a_planned_bank_is_offered_and_taken_only_on_yes(
    home: Home, team: str, tmp_path: Path
) -> None:
    bank = shipped().bank
    text = shipped().text.replace(f"id: {bank.id}", "id: ours", 1)
    mine = write_bank(tmp_path, "dana", text)
    plan = ("--candidate", "Bo Lind", "--role", ROLE, "--interviewer", "Priya Raman")
    home("dana", "plan", "add", *plan, "--bank", "ours", "--kit", "first-45")
    sync(home, "dana")
    line = f"Bank ours, {bank.title}: not in your library"
    assert line in home("priya", "team", "sync").stderr
    assert line in home("priya", "team", "status").stdout
    assert line not in home("dana", "team", "status").stdout
    (offered,) = json.loads(home("priya", "team", "status", "--json").stdout)["banks"]
    assert (offered["id"], offered["in_library"]) == ("ours", False)
    assert library(tmp_path, "priya") == []

    refused = home("priya", "team", "bank", "ours", typed="n\n")
    assert f"{len(bank.questions)} questions" in refused.stdout
    assert "Your library is as it was." in refused.stderr
    assert library(tmp_path, "priya") == []
    assert "Wrote " in home("priya", "team", "bank", "ours", typed="y\n").stderr
    assert library(tmp_path, "priya") == ["ours.yaml"]
    assert "ours" in home("priya", "bank", "show", "ours", "--json").stdout
    assert "Bank ours" not in home("priya", "team", "status").stdout
    same = home("priya", "team", "bank", "ours", code=1).stderr
    assert "Your library has the bank ours as the team does." in same

    ask = bank.questions[0].ask
    mine.write_text(text.replace("about:", "about: Ours alone.", 1), "utf-8")
    sync(home, "dana", "priya")
    assert "another version than yours" in home("priya", "team", "status").stdout
    taken = home("priya", "team", "bank", "ours", "--yes")
    assert "{+" in taken.stdout and ask not in taken.stdout
    assert "1 difference" in taken.stderr and "Your version is kept in" in taken.stderr
    old, new = library(tmp_path, "priya")[1], library(tmp_path, "priya")[0]
    assert (new, old.endswith(".old")) == ("ours.yaml", True)
    assert "Bank ours" not in home("priya", "team", "sync").stderr


def test_a_bank_that_a_scorecard_used_is_offered(home: Home, team: str, tmp_path: Path) -> None:
    """Tom has a version of his own of a bank that Priya used as it is shipped."""
    mine = write_bank(
        tmp_path, "tom", shipped().text.replace("about:", "about: Tom's own words.", 1)
    )
    own_text = mine.read_text("utf-8")
    sync(home, "tom")
    assert json.loads(home("tom", "team", "status", "--json").stdout)["banks"] == []
    submit(tmp_path, "priya", "Priya Raman")
    sync(home, "priya")
    assert "another version than yours" in home("tom", "team", "sync").stderr
    assert mine.read_text("utf-8") == own_text
    home("tom", "team", "bank", shipped().bank.id, "--yes")
    assert mine.read_text("utf-8") == shipped().text
    assert [path.read_text("utf-8") for path in mine.parent.glob("*.old")] == [own_text]
    missing = home("tom", "team", "bank", "nowhere", code=1).stderr
    assert "The team offers no bank nowhere." in missing and "What it offers: none." in missing


def test_a_library_that_cannot_be_written_is_named(home: Home, team: str, tmp_path: Path) -> None:
    text = shipped().text.replace(f"id: {shipped().bank.id}", "id: ours", 1)
    write_bank(tmp_path, "dana", text)
    plan = ("--candidate", ADA, "--role", ROLE, "--interviewer", "Tom Berg")
    home("dana", "plan", "add", *plan, "--bank", "ours", "--kit", "first-45")
    sync(home, "dana", "tom")
    folder = tmp_path / "tom-home" / "interviewkit" / "question_banks"
    folder.parent.mkdir(parents=True, exist_ok=True)
    folder.write_text("a file", "utf-8")
    assert "cannot be written" in home("tom", "team", "bank", "ours", "--yes", code=1).stderr


def test_a_path_of_an_unknown_user_is_a_folder_of_that_name(
    home: Home, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Nothing expands it, so it is taken as it stands instead of failing."""
    monkeypatch.chdir(tmp_path)
    home("dana", "people", "me", "Dana Holt")
    home("dana", "team", "new", "~nobody-here/team")
    assert (tmp_path / "~nobody-here" / "team" / "team.json").exists()
