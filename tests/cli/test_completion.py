"""Completion at Tab: in real shells, quickly, and silent when there is nothing to offer."""

import os
import shutil
import sqlite3
import subprocess
import sys
from collections.abc import Iterator, Mapping
from pathlib import Path

import pytest

from interviewkit.cli.main import COMMANDS
from interviewkit.storage.store import Store
from program import COMMAND, MAIN, imported, program
from support import begin, shipped, shipped_ids
from terminal import Terminal
from written_answers import keep_set

BANK = "customer-focused-sales"
ROLE, ADA, ODD = "Account executive", "Ada Okafor", "Smith, Anna: the 'second'"


@pytest.fixture(scope="module")
def records(tmp_path_factory: pytest.TempPathFactory) -> Path:
    path = tmp_path_factory.mktemp("records") / "records.db"
    with Store(path) as store:
        begin(store, ADA, ROLE)
        begin(store, ODD, ROLE, kit="deep-60")
    return path


def environment(path: Path) -> dict[str, str]:
    places = f"{Path(sys.executable).parent}{os.pathsep}{os.environ['PATH']}"
    return {**os.environ, "PATH": places, "INTERVIEWKIT_DB": str(path), "LC_ALL": "C.UTF-8"}


def asked(env: Mapping[str, str], *words: str) -> subprocess.CompletedProcess[str]:
    """The program, asked as bash asks it to complete the last of ``words``."""
    asking = {
        "_INTERVIEWKIT_COMPLETE": "bash_complete",
        "COMP_WORDS": "\n".join(("interviewkit", *words)),
        "COMP_CWORD": str(len(words)),
    }
    return subprocess.run(
        COMMAND,
        env={**env, **asking},
        capture_output=True,
        text=True,
        check=False,
    )


def offered(path: Path, *words: str) -> list[str]:
    ran = asked(environment(path), *words)
    assert ran.stderr == ""
    return [line.partition(",")[2] for line in ran.stdout.splitlines() if line]


def kits() -> list[str]:
    return [kit.id for kit in shipped(BANK).bank.kits]


def questions() -> list[str]:
    return [question.id for question in shipped(BANK).bank.questions]


class TestWhatIsOffered:
    def test_commands(self, records: Path) -> None:
        assert offered(records, "") == list(COMMANDS)
        assert offered(records, "ca") == ["calibration", "candidate"]
        assert "show" in offered(records, "bank", "")
        assert "--json" in offered(records, "bank", "show", "--")

    @pytest.mark.parametrize(
        ("words", "wanted"),
        [
            (("compare", "acc"), [ROLE]),
            (("role", "show", ""), [ROLE]),
            (("interview", "--role", ""), [ROLE]),
            (("candidate", "show", "ada"), [ADA]),
            (("candidate", "erase", ""), [ADA, ODD]),
            (("interview", "--candidate", "S"), [ODD]),
            (("search", "--interviewer", ""), ["Priya Raman"]),
            (("compare", "x", "--round", ""), ["deep-60", "first-45"]),
        ],
        ids=str,
    )
    def test_names_out_of_the_records(
        self, records: Path, words: tuple[str, ...], wanted: list[str]
    ) -> None:
        assert offered(records, *words) == wanted

    @pytest.mark.parametrize("place", [0, 2])
    def test_the_records_named_by_an_option_are_the_ones_looked_into(
        self, records: Path, tmp_path: Path, place: int
    ) -> None:
        option = ["--db", records.as_posix()]
        words = ["compare", *option, ""] if place else [*option, "compare", ""]
        assert offered(tmp_path / "others.db", *words) == [ROLE]

    def test_practice_files_and_sets_of_written_answers(self, records: Path) -> None:
        assert "ruth-adeyemi" in offered(records, "calibration", "new", "")
        with Store(records) as store:
            keep_set(store)
        assert offered(records, "calibration", "show", "aut") == ["Autumn panel"]

    def test_banks_their_kits_and_their_questions(self, records: Path) -> None:
        assert offered(records, "bank", "show", "") == shipped_ids()
        assert offered(records, "bank", "diff", BANK, "sales-l") == ["sales-leadership"]
        assert offered(records, "guide", BANK, "") == kits()
        assert offered(records, "interview", "--bank", BANK, "--kit", "") == kits()
        assert offered(records, "bank", "try", BANK, "") == questions()

    def test_a_bank_that_builds_on_another_offers_its_parts_and_the_others(
        self, records: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
    ) -> None:
        monkeypatch.setenv("INTERVIEWKIT_BANKS", str(tmp_path))
        text = f"id: mine\nextends: {BANK}\nkits:\n- id: short-15\n"
        (tmp_path / "mine.yaml").write_text(text, encoding="utf-8")
        assert offered(records, "guide", "mine", "") == ["short-15", *kits()]

    def test_a_path_where_a_bank_may_be_a_file(self, records: Path) -> None:
        ran = asked(environment(records), "bank", "diff", "./my")
        assert ran.stdout == "file,./my\n"


class TestNothingToOffer:
    def test_without_records_there_are_no_names_and_none_are_made(self, tmp_path: Path) -> None:
        path = tmp_path / "nowhere" / "records.db"
        assert offered(path, "compare", "") == []
        assert not path.parent.exists()

    @pytest.mark.parametrize("text", ["", "no database " * 100], ids=["empty", "foreign"])
    def test_a_file_that_holds_none_stays_as_it_is(self, tmp_path: Path, text: str) -> None:
        path = tmp_path / "records.db"
        path.write_text(text)
        assert offered(path, "candidate", "show", "") == []
        assert path.read_text() == text
        assert [one.name for one in tmp_path.iterdir() if one.is_file()] == ["records.db"]

    def test_encrypted_records_are_not_asked_for_their_passphrase(
        self, records: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
    ) -> None:
        pytest.importorskip("sqlcipher3")
        path, secret = tmp_path / "records.db", tmp_path / "secret"
        shutil.copy(records, path)
        secret.write_text("correct horse\n", encoding="utf-8")
        secret.chmod(0o600)
        monkeypatch.setenv("INTERVIEWKIT_PASSPHRASE_FILE_NEW", str(secret))
        assert program("--db", str(path), "data", "encrypt").returncode == 0
        assert offered(path, "compare", "") == []

    def test_reading_leaves_no_file_behind(self, records: Path) -> None:
        before = sorted(one.name for one in records.parent.iterdir())
        assert offered(records, "compare", "")
        assert sorted(one.name for one in records.parent.iterdir()) == before

    def test_what_is_only_in_the_log_yet_is_offered_too(
        self, records: Path, tmp_path: Path
    ) -> None:
        path = tmp_path / "records.db"
        with Store(path) as store:
            begin(store, ADA, ROLE)
            assert path.with_name("records.db-wal").stat().st_size
            assert offered(path, "compare", "") == [ROLE]

    def test_a_name_with_a_line_in_it_is_left_out(self, records: Path, tmp_path: Path) -> None:
        path = tmp_path / "records.db"
        shutil.copy(records, path)
        connection = sqlite3.connect(path)
        connection.execute("UPDATE role SET title = 'a' || char(10) || 'plain,b'")
        connection.commit()
        connection.close()
        assert offered(path, "compare", "") == []

    @pytest.mark.parametrize("text", ["[", "- 1", "id: broken\nkits: {a: 1}", "id: broken\n\tx"])
    def test_a_bank_that_cannot_be_read_offers_nothing(
        self, records: Path, tmp_path: Path, text: str, monkeypatch: pytest.MonkeyPatch
    ) -> None:
        monkeypatch.setenv("INTERVIEWKIT_BANKS", str(tmp_path))
        (tmp_path / "broken.yaml").write_text(text, encoding="utf-8")
        assert offered(records, "guide", "broken", "") == []
        assert offered(records, "guide", "no-such-bank", "") == []


@pytest.mark.parametrize(
    "words",
    [("bank", ""), ("compare", ""), ("bank", "show", ""), ("bank", "try", BANK, "")],
    ids=" ".join,
)
def test_completing_imports_nothing_heavy(
    records: Path, words: tuple[str, ...], monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("_INTERVIEWKIT_COMPLETE", "bash_complete")
    monkeypatch.setenv("COMP_WORDS", "\n".join(("interviewkit", *words)))
    monkeypatch.setenv("COMP_CWORD", str(len(words)))
    monkeypatch.setenv("INTERVIEWKIT_DB", str(records))
    modules = imported(MAIN)
    assert "click.shell_completion" in modules
    assert not modules & {"pydantic", "textual", "rich", "openpyxl", "sqlite_utils"}


def test_another_shell_is_wrong_usage_that_names_those_there_are() -> None:
    ran = program("completion", "tcsh")
    assert (ran.returncode, ran.stdout) == (2, "")
    assert all(shell in ran.stderr for shell in ("bash", "zsh", "fish"))


@pytest.fixture(params=["bash", "zsh"])
def shell(
    request: pytest.FixtureRequest, records: Path, tmp_path: Path
) -> Iterator[tuple[Terminal, Path]]:
    """A shell with the completion loaded, and a file that ``show`` writes its arguments to."""
    name = str(request.param)
    if shutil.which(name) is None:
        pytest.skip(f"{name} is not installed")
    start = {"bash": ["--norc", "--noprofile", "-i"], "zsh": ["-f", "-i"]}[name]
    ready = {"bash": "", "zsh": "autoload -Uz compinit; compinit -u -D; "}[name]
    heard = tmp_path / "heard"
    env = {**environment(records), "PS1": "$ ", "HEARD": str(heard), "HISTFILE": ""}
    with Terminal([], env, columns=100, program=[name, *start]) as terminal:
        terminal.until("$ ")
        terminal.send(f"{ready}source <(interviewkit completion {name}); echo load''ed\r")
        terminal.until("loaded")
        terminal.send("hear() { printf '%s\\n' \"$@\" > \"$HEARD\"; echo hea''rd; }; clear\r")
        yield terminal, heard


class TestInARealShell:
    @pytest.mark.posix("pseudo-terminals")
    @pytest.mark.parametrize(
        ("typed", "completed", "heard_as"),
        [
            ("comp", "interviewkit compare", None),
            ("compare Acc", "Account\\ executive", ROLE),
            ('compare "Acc', '"Account executive"', ROLE),
            ("candidate show Smi", "Smith", ODD),
            ("interview --bank customer-focused-sales --kit fir", "first-45", "first-45"),
        ],
        ids=str,
    )
    def test_a_word_is_completed_so_that_the_program_hears_the_name(
        self, shell: tuple[Terminal, Path], typed: str, completed: str, heard_as: str | None
    ) -> None:
        terminal, heard = shell
        terminal.send(f"interviewkit {typed}\t")
        if heard_as is None:
            terminal.send("\t")
            terminal.until("comple")  # compare and completion: both begin so
            return
        terminal.until(completed)
        terminal.send("\x01hear \r")  # to the front of the line: what the shell makes of it
        terminal.until("heard")
        assert heard.read_text(encoding="utf-8").splitlines()[-1] == heard_as


@pytest.mark.skipif(shutil.which("fish") is None, reason="fish is not installed")
@pytest.mark.parametrize(
    ("typed", "wanted"),
    [
        ("compare ", {ROLE}),
        ("candidate show ", {ADA, ODD}),
        ("guide customer-focused-sales ", None),
    ],
)
def test_fish_offers_the_same(
    records: Path, typed: str, wanted: set[str] | None, tmp_path: Path
) -> None:
    asks = f"interviewkit completion fish | source; complete -C 'interviewkit {typed}'"
    ran = subprocess.run(
        ["fish", "--no-config", "-c", asks],
        env=environment(records),
        capture_output=True,
        text=True,
        check=True,
    )
    assert ran.stderr == ""
    assert set(ran.stdout.splitlines()) == (wanted or set(kits()))


def test_powershell_asks_with_its_words_in_quotes(
    records: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """As its script does, which no PowerShell was at hand to run."""
    script = program("completion", "powershell").stdout
    assert script.startswith("Register-ArgumentCompleter -Native -CommandName interviewkit")
    monkeypatch.setenv("INTERVIEWKIT_DB", str(records))
    monkeypatch.setenv("_INTERVIEWKIT_COMPLETE", "bash_complete")
    monkeypatch.setenv("COMP_WORDS", "'interviewkit'\n'candidate'\n'show'\n'Ada Ok'")
    monkeypatch.setenv("COMP_CWORD", "3")
    assert program().stdout.split() == f"plain,{ADA}".split()
