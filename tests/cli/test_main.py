"""The command line as a whole: its options, its imports, and failures as sentences."""

import os
import re
import subprocess
from collections.abc import Iterator
from pathlib import Path

import click
import pytest
from click.testing import CliRunner, Result

from interviewkit import __version__
from interviewkit.breadcrumbs import state_folder
from interviewkit.cli.main import COMMANDS, cli
from interviewkit.storage.file.database import open_database
from program import COMMAND, MAIN, imported, program
from terminal import Terminal

BANK = "customer-focused-sales"


def run(*args: str, text: str | None = None) -> Result:
    return CliRunner().invoke(cli, args, input=text)


def is_group(name: str) -> bool:
    return "COMMAND [ARGS]" in run(name, "--help").stdout


class TestVersionAndHelp:
    @pytest.mark.parametrize("args", [["--version"], ["--db", "x.db", "--version"]])
    def test_the_version_is_the_packages(self, args: list[str]) -> None:
        ran = program(*args)
        assert (ran.returncode, ran.stdout) == (0, f"interviewkit {__version__}\n")

    def test_for_the_version_alone_nothing_heavy_is_imported(self) -> None:
        modules = imported(MAIN, "--version")
        assert "interviewkit" in modules
        assert not modules & {"click", "textual", "pydantic", "sqlite3", "sqlite_utils", "yaml"}

    @pytest.mark.parametrize(
        "group", ["bank", "calibration", "candidate", "data", "records", "role"]
    )
    def test_the_help_of_a_group_comes_without_the_records(self, group: str) -> None:
        modules = imported(MAIN, group, "--help")
        assert f"interviewkit.cli.{group}" in modules
        assert not modules & {
            "interviewkit.storage.store",
            "interviewkit.storage.file.database",
            "interviewkit.interview.records",
            "pydantic",
            "sqlite3",
            "textual",
            "yaml",
        }

    @pytest.mark.parametrize(
        "words",
        [
            *(f"bank {name}" for name in ("list", "show", "try", "diff", "schema", "stats")),
            *(
                "bank check",
                "bank new",
                "bank to-xlsx",
                "bank from-xlsx",
                "bank from-list",
                "guide",
                "demo",
            ),
            *("interview", "search"),
        ],
    )
    def test_the_help_of_a_command_reads_no_bank_and_no_records(self, words: str) -> None:
        modules = imported(MAIN, *words.split(), "--help")
        assert "interviewkit.cli" in modules
        assert not modules & {
            "interviewkit.banks.loader",
            "interviewkit.storage.store",
            "pydantic",
            "sqlite3",
            "yaml",
        }

    @pytest.mark.parametrize("flag", ["--help", "-h"])
    def test_help_lists_every_command_with_what_it_does(self, flag: str) -> None:
        result = run(flag)
        assert result.exit_code == 0
        for name, (_, _, words) in COMMANDS.items():
            assert f"  {name} " in result.stdout
            assert words in result.stdout

    def test_help_imports_none_of_the_commands(self) -> None:
        modules = imported(MAIN, "--help")
        heavy = {"textual", "rich", "sqlite_utils", "sqlite3", "openpyxl", "pydantic", "yaml"}
        assert not modules & heavy

    @pytest.mark.parametrize("name", COMMANDS)
    def test_every_command_has_help_of_its_own(self, name: str) -> None:
        result = run(name, "--help")
        assert result.exit_code == 0
        assert result.stdout.startswith(f"Usage: cli {name}")

    @pytest.mark.parametrize("name", COMMANDS)
    def test_every_command_and_what_is_below_it_says_what_it_does(self, name: str) -> None:
        context = click.Context(cli)
        command = cli.get_command(context, name)
        assert command is not None
        assert command.help
        if isinstance(command, click.Group):
            below = [command.get_command(context, one) for one in command.list_commands(context)]
            assert below
            assert all(one and one.help for one in below)

    @pytest.mark.parametrize("name", ["", *COMMANDS])
    def test_every_command_that_a_help_names_exists(self, name: str) -> None:
        """Somebody who goes by the help alone types them as they stand there."""
        text = " ".join(run(*name.split(), "--help").stdout.partition("Options:")[0].split())
        lines = re.findall(r"`([^`]+)`", text) + re.findall(r"interviewkit ((?:[a-z]+ )+)", text)
        commands = [line.split() for line in lines if line.split()[0] in COMMANDS]
        if name in ("", "team", "records"):
            assert len(commands) > 1
        for words in commands:
            assert run(*words[:2] if is_group(words[0]) else words[:1], "--help").exit_code == 0

    @pytest.mark.parametrize("name", COMMANDS)
    def test_no_help_is_cut_short(self, name: str) -> None:
        assert "..." not in run(name, "--help").stdout.partition("Commands:")[2]

    @pytest.mark.parametrize(
        ("typed", "meant"),
        [("cmpare", "compare"), ("bank shwo", "show"), ("data chek", "check")],
    )
    def test_a_misspelt_command_is_told_the_nearest(self, typed: str, meant: str) -> None:
        result = run(*typed.split())
        assert result.exit_code == 2
        assert f"No such command '{typed.split()[-1]}'. Did you mean '{meant}'?" in result.stderr


class TestImports:
    @pytest.mark.parametrize(
        ("args", "unwanted"),
        [
            (["bank", "list"], {"textual", "rich", "openpyxl", "sqlite_utils"}),
            (["bank", "show", BANK], {"textual", "rich", "openpyxl", "sqlite_utils"}),
            (["data", "path"], {"textual", "rich", "openpyxl", "sqlite_utils", "pydantic"}),
        ],
        ids=lambda value: " ".join(value) if isinstance(value, list) else "",
    )
    def test_a_command_pays_only_for_itself(self, args: list[str], unwanted: set[str]) -> None:
        modules = imported(MAIN, *args)
        assert not modules & unwanted
        assert not any(name.startswith("interviewkit.tui") for name in modules)

    def test_a_database_that_is_up_to_date_needs_no_sqlite_utils(self, tmp_path: Path) -> None:
        path = tmp_path / "records.db"
        open_database(path).close()
        code = (
            "from pathlib import Path; from interviewkit.storage.store import Store;"
            "Store(Path(sys.argv[1])).close()"
        )
        assert not imported(code, str(path)) & {"sqlite_utils", "pydantic", "textual", "openpyxl"}


class TestDb:
    @pytest.mark.parametrize(
        "args",
        [
            ["--db", "here.db", "data", "path"],
            ["data", "--db", "here.db", "path"],
            ["data", "path", "--db", "here.db"],
            ["--db=here.db", "data", "path"],
            ["data", "path", "--db=here.db"],
        ],
        ids=" ".join,
    )
    def test_it_may_stand_anywhere_in_the_line(self, args: list[str]) -> None:
        result = run(*args)
        assert (result.exit_code, result.stdout) == (0, "here.db\n")

    @pytest.mark.parametrize(
        "args", [["--db"], ["bank", "--db"], ["data", "path", "--db"]], ids=" ".join
    )
    def test_without_a_path_it_is_wrong_usage_and_takes_no_command_for_one(
        self, args: list[str]
    ) -> None:
        result = run(*args)
        assert result.exit_code == 2
        assert "'--db' requires an argument" in result.stderr

    def test_behind_two_dashes_it_is_a_mere_word(self) -> None:
        assert "There is no bank called '--db'" in run("bank", "show", "--", "--db").stderr


@pytest.mark.parametrize(
    "args", [["nonsense"], ["bank", "nonsense"], ["--nonsense"], ["bank", "show"]], ids=" ".join
)
def test_wrong_usage_ends_with_2(args: list[str]) -> None:
    result = run(*args)
    assert result.exit_code == 2
    assert result.stdout == ""
    assert "Usage:" in result.stderr


class TestWithoutTerminal:
    LIVE = ("interview", "--candidate", "A", "--role", "R", "--bank", BANK, "--kit", "first-45")

    @pytest.mark.parametrize("args", [(), ("demo",), LIVE], ids=["application", "demo", "live"])
    def test_it_says_so_and_no_more(self, args: tuple[str, ...], tmp_path: Path) -> None:
        path = tmp_path / "untouched.db"
        ran = program("--db", str(path), *args)
        assert (ran.returncode, ran.stdout) == (1, "")
        assert ran.stderr.startswith("The application needs a terminal, but its input is none.\n")
        assert "Traceback" not in ran.stderr
        assert not path.exists()

    @pytest.mark.posix("pseudo-terminals")
    def test_with_only_the_output_redirected_it_names_the_output(self, tmp_path: Path) -> None:
        ours, theirs = os.openpty()
        ran = subprocess.run(
            [*COMMAND, "--db", str(tmp_path / "x.db")],
            stdin=theirs,
            capture_output=True,
            text=True,
            check=False,
        )
        os.close(ours)
        os.close(theirs)
        assert ran.returncode == 1
        assert ran.stderr.startswith("The application needs a terminal, but its output is none.\n")

    @pytest.mark.posix("pseudo-terminals")
    def test_a_dumb_terminal_gets_a_sentence_and_no_screen(self, tmp_path: Path) -> None:
        path = tmp_path / "untouched.db"
        with Terminal(["--db", str(path)], {"TERM": "dumb"}) as terminal:
            terminal.until("This terminal calls itself dumb (TERM=dumb)", "set TERM to its name")
            assert terminal.ended() == 1
        assert b"\x1b[" not in terminal.drawn
        assert not path.exists()


class TestFailures:
    def test_a_database_of_another_kind_is_a_sentence_on_stderr(self, tmp_path: Path) -> None:
        path = tmp_path / "notes.txt"
        path.write_text("no database " * 100)
        ran = program("--db", str(path), "records", "export", "-")
        assert (ran.returncode, ran.stdout) == (1, "")
        assert ran.stderr.startswith(f"{path} is not an interviewkit database.\n")
        assert "Traceback" not in ran.stderr

    def test_a_reader_who_goes_away_is_no_failure(self) -> None:
        with subprocess.Popen(
            [*COMMAND, "bank", "show", BANK, "--json"],
            stdout=subprocess.PIPE,
            stderr=subprocess.PIPE,
        ) as writing:
            assert writing.stdout
            assert writing.stderr
            writing.stdout.close()
            assert writing.stderr.read() == b""
        assert writing.returncode == 0


class TestOurOwnContext:
    def test_clicks_own_class_is_left_as_it_is(self) -> None:
        assert click.Context.formatter_class is click.HelpFormatter

    def test_every_command_takes_the_records_and_the_log_anywhere_and_shows_them_once(self) -> None:
        missing, visible = [], []
        for words, command in _commands(cli, ()):
            shared = {option.name: option for option in command.params if option.name in ANYWHERE}
            if set(shared) != ANYWHERE:
                missing.append(words)
            if not all(getattr(option, "hidden", False) for option in shared.values()):
                visible.append(words)
        assert missing == []
        assert visible == [()]

    def test_looking_a_command_up_again_adds_no_option_again(self) -> None:
        context = click.Context(cli)
        for _ in range(2):
            command = cli.get_command(context, "search")
            assert command is not None
            assert [option.name for option in command.params].count("db") == 1

    def test_tab_writes_no_log(self) -> None:
        cli.make_context("interviewkit", ["--verbose", "data"], resilient_parsing=True)
        assert not state_folder().exists()


ANYWHERE = {"db", "verbose"}


def _commands(
    command: click.Command, words: tuple[str, ...]
) -> Iterator[tuple[tuple[str, ...], click.Command]]:
    yield words, command
    if isinstance(command, click.Group):
        context = click.Context(command)
        for name in command.list_commands(context):
            inner = command.get_command(context, name)
            assert inner is not None
            yield from _commands(inner, (*words, name))
