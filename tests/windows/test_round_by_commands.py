"""A whole round by commands, each a program, in folders with blanks, umlauts and an ampersand."""

import json
import os
import subprocess
import sys
from pathlib import Path
from typing import Any

import pytest

from program import COMMAND
from support import ROOT

ROLE, JOERG, DANA, PRIYA = "Vertrieb & Maß", "Jörg Weiß", "Dana Holt", "Priya Raman"
TYPED = str(ROOT / "tests" / "windows" / "typed_interview.py")


class Desk:
    """A person's own folder, records, keys and passphrase."""

    def __init__(self, folder: Path, name: str) -> None:
        self.folder = folder / name
        self.folder.mkdir(parents=True)
        self.records = self.folder / "Runde ü.db"
        data = str(self.folder / "data")
        word = self.folder / "wort.txt"
        word.write_text("correct horse battery\n", encoding="utf-8")
        word.chmod(0o600)
        self.env = {
            **os.environ,
            "INTERVIEWKIT_DB": str(self.records),
            "INTERVIEWKIT_INTERVIEWER": name,
            "INTERVIEWKIT_PASSPHRASE_FILE": str(word),
            "INTERVIEWKIT_PASSPHRASE_FILE_NEW": str(word),
            "XDG_DATA_HOME": data,
            "WIN_PD_OVERRIDE_LOCAL_APPDATA": data,
        }

    def run(self, *args: str, program: list[str] | None = None) -> bytes:
        """What it prints, started in the folder; its words are UTF-8 only where they are JSON."""
        ran = subprocess.run(
            [*(program or COMMAND), *args],
            cwd=self.folder,
            env=self.env,
            stdin=subprocess.DEVNULL,
            capture_output=True,
            check=False,
        )
        said = ran.stderr.decode(errors="replace")
        assert ran.returncode == 0, f"{args}: {said}"
        assert "Traceback" not in said
        return ran.stdout

    def json(self, *args: str) -> Any:
        return json.loads(self.run(*args, "--json"))

    def interview(self) -> None:
        """Of Jörg, typed on the screens and sealed."""
        path = os.pathsep.join(map(str, (ROOT / "tests", ROOT / "tests" / "tui")))
        before = self.env
        self.env = {**before, "PYTHONPATH": path}
        self.run(str(self.records), JOERG, ROLE, program=[sys.executable, TYPED])
        self.env = before

    def card(self) -> dict[str, Any]:
        """The scorecard, out of an export."""
        lines = map(json.loads, self.run("records", "export", "-").splitlines())
        (card,) = (line for line in lines if line["type"] == "scorecard")
        assert isinstance(card, dict)
        return card


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    return tmp_path / "Gespräche & Maß" / "Frühjahr 2026"


def test_interview_to_encryption(folder: Path) -> None:
    desk = Desk(folder, PRIYA)
    desk.interview()
    card = desk.card()
    assert card["summary"] == "Clear – and prüfbar."
    assert [answer["notes"][0]["text"] for answer in card["answers"]] == [
        f"Größe {number}: rang Łukasz, 180k" for number in range(1, 9)
    ]
    assert {answer["rating"] for answer in card["answers"]} == {4}
    assert JOERG in json.dumps(desk.json("compare", ROLE), ensure_ascii=False)
    desk.run("compare", ROLE, "--xlsx", "Übersicht.xlsx")
    desk.run("guide", "customer-focused-sales", "first-45", "-o", "Leitfaden für Jörg.html")
    desk.run("data", "backup", "Sicherung 1.db")
    desk.run("records", "import", "Übersicht.xlsx")
    desk.run("data", "restore", "Sicherung 1.db", "--yes")
    assert desk.card() == card
    desk.run("data", "encrypt")
    assert JOERG.encode() not in desk.records.read_bytes()
    assert not desk.records.read_bytes().startswith(b"SQLite format 3")
    assert desk.json("data", "check")["faults"] == []
    assert desk.card() == card
    assert {path.name for path in desk.folder.iterdir() if path.is_file()} >= {
        *("Runde ü.db", "Sicherung 1.db", "Übersicht.xlsx", "Leitfaden für Jörg.html"),
    }


def test_team_in_a_folder(folder: Path) -> None:
    dana, priya = Desk(folder, DANA), Desk(folder, PRIYA)
    for desk in (dana, priya):
        desk.run("people", "me", desk.folder.name)
    shared = str(folder / "Gemeinsam für alle")
    invitation = dana.run("team", "new", shared).decode().strip()
    words = priya.run("team", "join", invitation, shared).decode().split()
    dana.run("team", "accept", *words)
    dana.run("plan", "add", "--candidate", JOERG, "--role", ROLE, "--interviewer", PRIYA)
    dana.run("role", "set", ROLE, "--owner", DANA, "--team")
    for desk in (dana, priya):
        desk.run("team", "sync")
    priya.interview()
    priya.run("team", "sync")
    received = dana.json("team", "sync")
    assert (received["waiting"], received["files"]) == (0, {})
    assert dana.card() == priya.card()
    (panel,) = dana.json("team", "status")["panels"]
    assert panel["seats"] == [{"interviewer": PRIYA, "state": "in"}]
    assert JOERG in json.dumps(dana.json("compare", ROLE), ensure_ascii=False)
