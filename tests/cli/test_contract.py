"""What holds for every command: its exit codes, where its output goes, and its JSON."""

import json
import os
import re
import shutil
import signal
import subprocess
import sys
from pathlib import Path

import click
import pytest
from click.testing import CliRunner, Result

from interviewkit.cli.main import cli
from interviewkit.practice.template import practice_template
from program import COMMAND, LEAVES
from support import ROOT, shipped
from terminal import Terminal

BANK, ROLE, ADA = "customer-focused-sales", "Account executive", "Ada Okafor"
PANEL = "Ruth Adeyemi"  # what a set of written answers of hers alone is called
LEADING = re.compile(r"ask: (?!>)[^\n]*")  # a question that the check warns of
CONSENT = ("--consent-by", ADA, "--consent-day", "2026-03-01")
COUNTS = "stage,group,considered,selected\nscreen,a,40,20\nscreen,b,30,9\n"

# How each command that prints data is called in the workplace below.
DATA: dict[str, list[str]] = {
    "bank list": [],
    "bank show": [BANK],
    "bank check": ["warned.yaml"],
    "bank diff": [BANK, "mine.yaml"],
    "bank stats": [BANK],
    "bank try": [BANK, "broken-promise"],
    "calibration list": [],
    "calibration show": [PANEL],
    "practice list": [],
    "practice show": ["ruth-adeyemi"],
    "practice check": ["gaps.yaml"],
    "compare": [ROLE],
    "feedback": ["--interviewer", "Priya Raman"],
    "fairness": ["counts.csv"],
    "candidate list": [],
    "candidate show": [ADA],
    "candidate erase": [ADA],
    "role list": [],
    "settings show": [],
    "role show": [ROLE],
    "people list": [],
    "plan list": [],
    "team status": [],
    "search": ["promise"],
    "transcript list": [],
    "transcript show": [ADA],
    "data path": [],
    "data check": [],
    "data retention": [],
    "data purge": [],
}
# What they print is made for a program in the first place.
MACHINE: dict[str, list[str]] = {
    "bank schema": [],
    "settings schema": [],
    "settings path": [],
    "people me": [],
    "records schema": [],
    "records export": ["-"],
    "completion": ["bash"],
    "team new": ["shared"],
}
# They write files or records and only tell of it, on stderr.
QUIET: dict[str, list[str]] = {
    "demo": ["--write", "new.db"],
    "bank new": ["new.yaml", "--yes"],
    "bank to-xlsx": [BANK, "new.xlsx"],
    "bank from-xlsx": ["bank.xlsx", "from.yaml"],
    "bank from-greenhouse": ["stages.json", "gh.yaml"],
    "records from-greenhouse": ["scorecard.json"],
    "bank from-list": ["list.txt", "listed.yaml"],
    "calibration new": ["ruth-adeyemi", "-o", "set.jsonl"],
    "calibration round": [PANEL, "-o", "again.jsonl"],
    "calibration remove": [PANEL],
    "guide": [BANK, "first-45", "-o", "guide.html"],
    "practice new": ["sam.yaml", "--bank", BANK, "--kit", "first-45"],
    "candidate export": [ADA, "pack"],
    "role set": [ROLE, "--place", "us"],
    "candidate rename": [ADA, "Ada Lovelace"],
    "candidate reference": [ADA, "REQ-1"],
    "candidate merge": [ADA, "Yusuf Demir"],
    "role rename": [ROLE, "AE"],
    "role reference": [ROLE, "REQ-1"],
    "people rename": ["Tom Becker", "Tom Baker"],
    "people email": ["Tom Becker", "tom@example.org"],
    "people merge": ["Tom Becker", "Priya Raman"],
    "plan add": ["--candidate", ADA, "--role", ROLE],
    "plan import": ["candidates.csv"],
    "transcript add": ["call.vtt", ADA, "--of", "Priya Raman", *CONSENT],
    "transcript remove": [ADA],
    "records import": ["scorecards.jsonl"],
    "records accept": [],
    "team sync": [],
    "team leave": [],
    "data backup": ["copy.db"],
    "data restore": ["backup.db", "--yes"],
    "settings new": [],
}
# They need a terminal, a passphrase, a server, a second person or something merged or planned;
# each has tests of its own.
ELSEWHERE = {
    "practice start",
    *("interview", "data encrypt", "data decrypt", "data rekey", "role merge", "plan cancel"),
    *("plan card", "calibration rate", "calibration export"),
    *("team join", "team accept", "team remove", "team bank"),
    *("hub create", "hub join", "hub leave", "hub sync", "hub status", "hub audit", "hub erase"),
    *("hub follow", "hub clean", "hub member add", "hub member off", "hub member list"),
    *("candidate unmerge", "role unmerge", "people unmerge"),
}
RUNS = [*DATA.items(), *MACHINE.items(), *QUIET.items()]
IDS = [name for name, _ in RUNS]


def run(*args: str) -> Result:
    return CliRunner().invoke(cli, args, input="rang the plant manager, 180k at risk\n")


@pytest.fixture
def workplace(tmp_path: Path, demo: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    monkeypatch.chdir(tmp_path)
    monkeypatch.setenv("INTERVIEWKIT_DB", str(tmp_path / "records.db"))
    for name in ("records.db", "backup.db"):
        shutil.copy(demo, tmp_path / name)
    text = shipped(BANK).text
    (tmp_path / "mine.yaml").write_text(text.replace("about:", "about: Ours.", 1), "utf-8")
    (tmp_path / "warned.yaml").write_text(
        LEADING.sub("ask: You put it right, right?", text, 1), "utf-8"
    )
    (tmp_path / "gaps.yaml").write_text(
        practice_template("gaps", "Åsa Öberg", shipped(BANK).bank, "first-45"), "utf-8"
    )
    (tmp_path / "counts.csv").write_text(COUNTS, "utf-8")
    (tmp_path / "candidates.csv").write_text("name,role\nÅsa Öberg,AE\n", "utf-8")
    (tmp_path / "scorecard.json").write_text(json.dumps(GREENHOUSE), "utf-8")
    (tmp_path / "stages.json").write_text(json.dumps([KIT]), "utf-8")
    (tmp_path / "call.vtt").write_text(CALL, "utf-8")
    (tmp_path / "list.txt").write_text(
        "1. Why do you sell?\nA remark — without a place.\n", "utf-8"
    )
    return tmp_path


CALL = "WEBVTT\n\n00:01.000 --> 00:02.000\n<v Åsa>Good morning – all</v>\n"
GREENHOUSE = {
    "id": 1,
    "candidate_id": 2,
    "interview": "Screen",
    "interviewer": {"id": 3, "name": "Ina Viewer"},
    "submitted_at": "2021-09-29T17:23:11.468Z",
    "overall_recommendation": "yes",
    "attributes": [{"name": "Grit", "type": "Skills", "note": "<b>–</b>", "rating": "yes"}],
}
KIT = {"name": "Screen", "interview_kit": {"questions": [{"id": 1, "question": "Why?"}]}}


def prepared(name: str) -> None:
    """The files that a command reads and another writes."""
    if name == "records import":
        assert run("records", "export", "scorecards.jsonl").exit_code == 0
    if name == "plan list":
        assert run("plan", "add", "--candidate", ADA, "--role", ROLE).exit_code == 0
    if name.startswith("team "):
        assert run("people", "me", "Priya Raman").exit_code == 0
    if name in ("team status", "team sync", "team leave"):
        assert run("team", "new", "shared").exit_code == 0
    if name.startswith("calibration ") and name != "calibration new":
        made = run("calibration", "new", "ruth-adeyemi", "-o", "set.jsonl")
        assert made.exit_code == 0, made.stderr
    if name in ("transcript list", "transcript show", "transcript remove"):
        add = ("transcript", "add", "call.vtt", ADA, "--of", "Priya Raman")
        assert run(*add, *CONSENT).exit_code == 0
    if name == "bank from-xlsx":
        assert run("bank", "to-xlsx", BANK, "bank.xlsx").exit_code == 0


def test_every_command_is_among_these() -> None:
    assert {*DATA, *MACHINE, *QUIET, *ELSEWHERE} == set(LEAVES)


@pytest.mark.parametrize(("name", "args"), RUNS, ids=IDS)
class TestEveryCommand:
    def test_data_is_on_stdout_and_nothing_else(
        self, name: str, args: list[str], workplace: Path
    ) -> None:
        prepared(name)
        result = run(*name.split(), *args)
        assert result.exit_code == 0, result.stderr
        # What `data check` prints are faults, and there is none.
        assert bool(result.stdout) is (name not in QUIET and name != "data check")
        if name in QUIET:
            assert result.stderr.strip()

    def test_wrong_usage_ends_with_2_and_prints_no_data(
        self, name: str, args: list[str], workplace: Path
    ) -> None:
        result = run(*name.split(), *args, "--no-such-option")
        assert result.exit_code == 2
        assert result.stdout == ""
        assert "No such option" in result.stderr

    def test_on_a_stdout_that_knows_only_ascii_it_prints_all_the_same(
        self, name: str, args: list[str], workplace: Path
    ) -> None:
        prepared(name)
        ran = subprocess.run(
            [*COMMAND, *name.split(), *args],
            env={**os.environ, "PYTHONIOENCODING": "ascii", "PYTHONUTF8": "0"},
            input=b"rang the plant manager\n",
            capture_output=True,
            check=False,
        )
        assert ran.returncode == 0, ran.stderr
        assert b"Traceback" not in ran.stderr

    def test_its_help_reads_the_same_with_and_without_colour(
        self, name: str, args: list[str], monkeypatch: pytest.MonkeyPatch
    ) -> None:
        plain = run(*name.split(), "--help")
        monkeypatch.setenv("FORCE_COLOR", "1")
        coloured = run(*name.split(), "--help")
        assert (plain.exit_code, coloured.exit_code) == (0, 0)
        assert "\x1b[" not in plain.stdout
        assert "\x1b[" in coloured.stdout
        assert click.unstyle(coloured.stdout) == plain.stdout


@pytest.mark.parametrize(("name", "args"), DATA.items(), ids=DATA)
class TestJson:
    def test_every_command_that_prints_data_prints_it_as_json_too(
        self, name: str, args: list[str], workplace: Path
    ) -> None:
        prepared(name)
        result = run(*name.split(), *args, "--json")
        assert result.exit_code == 0, result.stderr
        assert isinstance(json.loads(result.stdout), list | dict)

    def test_its_fields_are_in_the_documentation(
        self, name: str, args: list[str], workplace: Path
    ) -> None:
        prepared(name)
        made = json.loads(run(*name.split(), *args, "--json").stdout)
        page = (ROOT / "docs" / "json.md").read_text(encoding="utf-8")
        (line,) = [row for row in page.splitlines() if row.startswith(f"| `{name}")]
        first = made[0] if isinstance(made, list) and made else made
        assert [field for field in first if f"`{field}`" not in line] == []


@pytest.mark.parametrize(
    "name", ["candidate list", "role list", "compare", "search", "data check", "data purge"]
)
def test_without_records_it_fails_with_1_a_sentence_and_no_file(name: str, tmp_path: Path) -> None:
    path = tmp_path / "nowhere.db"
    result = run("--db", str(path), *name.split(), *DATA[name])
    assert (result.exit_code, result.stdout) == (1, "")
    assert result.stderr.startswith(f"There is no database at {path}.")
    assert not path.exists()


class TestInterrupted:
    @pytest.mark.posix("signals between programs")
    def test_it_ends_with_130_and_a_word(self, tmp_path: Path) -> None:
        """While it reads from a pipe that stays open."""
        process = subprocess.Popen(
            [*COMMAND, "--db", str(tmp_path / "records.db"), "records", "import", "-"],
            stdin=subprocess.PIPE,
            stdout=subprocess.PIPE,
            stderr=subprocess.PIPE,
        )
        assert process.stdin is not None
        while not (tmp_path / "records.db").exists():  # it has got as far as the records
            assert process.poll() is None
        process.send_signal(signal.SIGINT)
        out, err = process.communicate()
        assert (process.returncode, out) == (130, b"")
        assert err.decode().strip() == "Interrupted."

    @pytest.mark.posix("pseudo-terminals")
    def test_at_a_question_too(self, workplace: Path) -> None:
        with Terminal(["data", "encrypt"]) as terminal:
            terminal.until("New passphrase")
            terminal.process.send_signal(signal.SIGINT)
            terminal.until("Interrupted.")
            assert terminal.ended() == 130
            assert "Traceback" not in terminal.text

    @pytest.mark.posix("pseudo-terminals")
    def test_a_question_that_is_left_unanswered_is_a_failure(self, workplace: Path) -> None:
        with Terminal(["data", "encrypt"]) as terminal:
            terminal.until("New passphrase")
            terminal.send("\x04")
            terminal.until("Aborted!")
            assert terminal.ended() == 1


@pytest.mark.skipif(not Path("/dev/full").exists(), reason="there is no /dev/full here")
def test_a_full_disk_under_the_output_is_a_sentence() -> None:
    with Path("/dev/full").open("wb") as full:
        ran = subprocess.run(
            [*COMMAND, "bank", "show", BANK],
            stdout=full,
            stderr=subprocess.PIPE,
            text=True,
            check=False,
        )
    assert ran.returncode == 1
    assert ran.stderr.startswith("The output cannot be written: the disk is full.\n")
    assert "Traceback" not in ran.stderr


class TestColour:
    @pytest.mark.posix("pseudo-terminals")
    @pytest.mark.parametrize(
        ("settings", "wanted"),
        [
            ({}, True),
            ({"NO_COLOR": "1"}, False),
            ({"TERM": "dumb"}, False),
            ({"NO_COLOR": "1", "FORCE_COLOR": "1"}, False),
        ],
        ids=str,
    )
    @pytest.mark.parametrize("args", ["--help", "bank --help", "bank show nope"])
    def test_in_a_terminal(self, settings: dict[str, str], wanted: bool, args: str) -> None:
        words = [sys.executable, "-m", "interviewkit", *args.split()]
        assert (b"\x1b[" in drawn(words, settings)) is wanted

    @pytest.mark.parametrize("name", ["FORCE_COLOR", "CLICOLOR_FORCE"])
    @pytest.mark.parametrize(("value", "wanted"), [("1", True), ("0", False), ("", False)])
    def test_in_a_pipe_only_when_it_is_forced(
        self, name: str, value: str, wanted: bool, monkeypatch: pytest.MonkeyPatch
    ) -> None:
        monkeypatch.setenv(name, value)
        ran = subprocess.run([*COMMAND, "--help"], capture_output=True, check=True)
        assert (b"\x1b[" in ran.stdout) is wanted

    def test_a_finding_says_its_level_in_words_too(
        self, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
    ) -> None:
        monkeypatch.setenv("FORCE_COLOR", "1")
        faults = ROOT / "tests" / "banks" / "twelve-faults.yaml"
        coloured = run("bank", "check", str(faults)).stdout
        monkeypatch.setenv("NO_COLOR", "1")
        plain = run("bank", "check", str(faults)).stdout
        assert coloured != plain
        assert click.unstyle(coloured) == plain


def drawn(words: list[str], settings: dict[str, str]) -> bytes:
    """Every byte that a program writes into a terminal."""
    ours, theirs = os.openpty()
    env = {key: value for key, value in os.environ.items() if key != "NO_COLOR"}
    process = subprocess.Popen(
        words,
        stdin=theirs,
        stdout=theirs,
        stderr=theirs,
        env={**env, "TERM": "xterm-256color", **settings},
    )
    os.close(theirs)
    out = b""
    while True:
        try:
            part = os.read(ours, 65536)
        except OSError:  # the other end was closed: the program has ended
            break
        if not part:
            break
        out += part
    process.wait()
    os.close(ours)
    return out
