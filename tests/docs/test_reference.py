"""The pages made from the program: as they stand, they say what the program does."""

import re
import shutil
import subprocess
import sys
from pathlib import Path, PurePosixPath, PureWindowsPath

import click
import pytest
from click.testing import CliRunner
from platformdirs.macos import MacOS

from interviewkit.banks.library import users_folder
from interviewkit.cli.main import cli
from interviewkit.interview.grammar import SIGNS, WORDS
from interviewkit.practice.library import own_practice_folder
from interviewkit.settings import settings_path
from interviewkit.storage.file.database import default_path
from interviewkit.tui.key_descriptions import DOES
from reference.commands import Command, all_commands
from reference.keys import PLACES, all_keys, note_line
from reference.surroundings import ENVIRONMENT, EXITS, FILES
from renew import DOCS, made
from support import ROOT

COMMANDS = all_commands()
KEYS = all_keys()
MANUAL = DOCS / "interviewkit.1"
# What stands between backticks in "how one gets there", and the screen on which it does that.
PLACE_OF_KEY = {
    "at home": "home",
    "in a comparison": "comparison",
    "in a debrief": "debrief",
    "in a live interview": "interview",
    "among the banks": "banks",
    "on a scorecard": "scorecards",
}


@pytest.mark.parametrize("path", made(), ids=lambda path: str(path.name))
def test_a_page_made_from_the_program_is_up_to_date(path: Path) -> None:
    stands = path.read_text(encoding="utf-8")
    assert stands == made()[path], f"docs/{path.name} has fallen behind: run `make reference`"


@pytest.mark.parametrize("command", COMMANDS, ids=lambda command: str(command.title))
def test_every_command_says_what_it_and_each_option_does(command: Command) -> None:
    assert command.said.endswith(".")
    for option in command.options:
        assert option.said, option.written
        assert option.said[0].isupper(), option


def declared(group: click.Group) -> dict[str, click.Command]:
    """All commands as click has them, by what is typed."""
    found: dict[str, click.Command] = {}
    context = click.Context(group)
    for name in group.list_commands(context):
        command = group.get_command(context, name)
        assert command is not None
        found[name] = command
        if isinstance(command, click.Group):
            found |= {f"{name} {inner}": one for inner, one in declared(command).items()}
    return found


def test_the_page_has_every_command_argument_and_option() -> None:
    page = (DOCS / "commands.md").read_text(encoding="utf-8")
    by_title = {command.title: command for command in COMMANDS}
    assert set(by_title) == {"interviewkit", *declared(cli)}
    for title, command in declared(cli).items():
        (section,) = re.findall(rf"^##+ {title}$(.*?)(?=^##|\Z)", page, re.MULTILINE | re.DOTALL)
        for parameter in command.params:
            if getattr(parameter, "hidden", False):
                continue
            is_option = isinstance(parameter, click.Option)
            value = parameter.make_metavar(click.Context(command))
            for written in parameter.opts if is_option else [value]:
                assert written in section, (title, written)
            if isinstance(parameter, click.Option) and parameter.multiple:
                assert "repeated" in (parameter.help or ""), (title, parameter.name)


def test_reading_the_commands_leaves_them_as_they_are() -> None:
    assert CliRunner().invoke(cli, ["-h"]).exit_code == 0


def test_an_option_in_a_sentence_is_code() -> None:
    (erase,) = (one for one in COMMANDS if one.title == "candidate erase")
    assert "Without `--yes` it only" in erase.said
    whole = " ".join(command.said for command in COMMANDS)
    assert not re.search(r"(?<!`)--[a-z]", whole)


def test_a_command_is_shown_as_the_pages_show_it() -> None:
    examples = {command.title: command.examples for command in COMMANDS}
    assert examples["search"][0] == "interviewkit search promise"
    assert "from-xlsx" in examples["bank from-xlsx"][0]
    assert all(len(found) <= 3 for found in examples.values())


def test_every_variable_that_the_program_reads_is_described() -> None:
    read = {
        name
        for path in (ROOT / "src").rglob("*.py")
        for name in re.findall(r"\bINTERVIEWKIT_[A-Z_]+\b", path.read_text(encoding="utf-8"))
    }
    read |= {f"{name}_NEW" for name in read if name.endswith("_FILE")}
    assert set(ENVIRONMENT) == {*read, "NO_COLOR"}


@pytest.mark.skipif(sys.platform != "linux", reason="looks for the places of Linux")
def test_the_files_are_where_it_says(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    for name in ("XDG_DATA_HOME", "XDG_CONFIG_HOME"):
        monkeypatch.delenv(name, raising=False)
    places = (default_path(), users_folder(), own_practice_folder(), settings_path())
    mac = MacOS("interviewkit", appauthor=False)
    for (linux, macos, windows), real in zip(FILES.values(), places, strict=True):
        assert Path(linux).expanduser() == real
        assert PurePosixPath(macos).parts[:4] == (
            "~",
            "Library",
            "Application Support",
            mac.appname,
        )
        assert PureWindowsPath(windows).parts[:2] == ("%LOCALAPPDATA%", "interviewkit")
        assert Path(linux).name == PurePosixPath(macos).name == PureWindowsPath(windows).name
    assert mac.user_data_path == mac.user_config_path


@pytest.mark.parametrize(
    ("code", "typed"), [(0, ["data", "path"]), (1, ["bank", "show", "none"]), (2, ["--none"])]
)
def test_the_exit_codes_are_what_it_says(code: int, typed: list[str]) -> None:
    assert CliRunner().invoke(cli, typed).exit_code == code
    assert code in EXITS


def test_every_key_is_on_the_page_once() -> None:
    ids = [key.id for keys in KEYS.values() for key in keys]
    assert sorted(ids) == sorted(DOES)
    assert all(KEYS.values()), "a place without a key"
    assert set(PLACES) == {name.rpartition(".")[0] for name in DOES}


def test_the_way_to_a_screen_is_a_key_of_the_one_before() -> None:
    tried = 0
    for _, way in PLACES.values():
        for key, where in re.findall(rf"`(.)` (?:on a role )?({'|'.join(PLACE_OF_KEY)})", way):
            tried += 1
            there = {one for bound in KEYS[PLACE_OF_KEY[where]] for one in bound.keys}
            assert key in there, way
    assert tried > 15


def test_the_note_lines_grammar_is_whole() -> None:
    typed = " ".join(one for one, _ in note_line())
    for word in (*SIGNS, "?", "/1", "/q", "/skip", *(f"/{word}" for word in WORDS)):
        assert f"`{word}" in typed


def test_the_manual_names_every_command_and_option() -> None:
    plain = re.sub(r"\\(f[BR]|&)", "", MANUAL.read_text(encoding="utf-8")).replace(r"\-", "-")
    for command in COMMANDS:
        assert command.within or command.usage in plain
        for option in command.options:
            assert f"\n{option.written}\n" in plain


def test_the_manual_is_made_of_known_macros_and_plain_lines() -> None:
    for line in MANUAL.read_text(encoding="utf-8").splitlines():
        assert re.match(r"\.(\\\"|TH|SH|SS|PP|TP|RS|RE|nf|fi|nh|ad l|br)|[^.']", line), line
        assert not re.search(r"\\(?!f[BR]|[-e&\"]|\((aq|ha|ti))", line), line


@pytest.mark.skipif(not shutil.which("groff"), reason="groff is not installed")
def test_the_typesetter_has_nothing_to_say_of_the_manual() -> None:
    run = subprocess.run(
        ["groff", "-man", "-ww", "-Tutf8", "-Kutf8", "-P-cbou", str(MANUAL)],
        capture_output=True,
        text=True,
        check=True,
    )
    assert run.stderr == ""
    assert "\n       interviewkit bank check [OPTIONS] [PATH]...\n" in run.stdout
    assert "\nEXIT STATUS\n" in run.stdout
