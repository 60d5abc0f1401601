"""Commands to copy: what a shell reads back is what was meant, and nothing acts."""

import shlex
import subprocess
import sys

import pytest
from hypothesis import given
from hypothesis import strategies as st

from interviewkit.shell_line import extra_install_line, shell_line

PRINTS = "import sys; sys.stdout.buffer.write('\\0'.join(sys.argv[1:]).encode())"


@given(st.lists(st.text(st.characters(exclude_categories=["Cs", "Cc"]), max_size=12), max_size=4))
def test_a_posix_shell_reads_it_back(arguments: list[str]) -> None:
    assert shlex.split(shell_line(arguments, windows=False)) == arguments


@pytest.mark.parametrize(
    ("argument", "quoted"),
    [
        (r"C:\Users\ada\round.db", r"C:\Users\ada\round.db"),
        ("Ada Okafor", '"Ada Okafor"'),
        ("it's", '"it\'s"'),
        ("", '""'),
        ("a&calc", '"a&calc"'),
        ("Müller", '"Müller"'),
        ("C:\\my folder\\", '"C:\\my folder\\\\"'),
        ('the "best"', '"the ""best"""'),
        ("$(calc)", '"`$(calc)"'),
        ("`calc`", '"``calc``"'),
        ("\u201d; calc \u201c", '"`\u201d; calc `\u201c"'),
        ("@{a}", '"@{a}"'),
        ("--same", "--same"),
    ],
)
def test_windows_shells_take_double_quotes(argument: str, quoted: str) -> None:
    assert shell_line([argument], windows=True) == quoted


@pytest.mark.windows
@pytest.mark.parametrize(
    "argument", ["Ada Okafor", "a&b|c>d", 'the "best"', "C:\\my folder\\", "it's", "Müller", "a^b"]
)
def test_cmd_reads_it_back(argument: str) -> None:
    line = shell_line([sys.executable, "-c", PRINTS, argument], windows=True)
    printed = subprocess.run(line, shell=True, check=True, capture_output=True).stdout
    assert printed.decode() == argument


@pytest.mark.posix
@pytest.mark.parametrize(
    ("prefix", "command"),
    [
        (
            "/home/ada/.local/share/pipx/venvs/interviewkit",
            "pipx runpip interviewkit install 'interviewkit[team]'",
        ),
        (
            "/home/ada/.local/share/uv/tools/interviewkit",
            "uv pip install --python /home/ada/.local/share/uv/tools/interviewkit "
            "'interviewkit[team]'",
        ),
        ("/home/ada/kit", f"{shell_line([sys.executable])} -m pip install 'interviewkit[team]'"),
    ],
)
def test_an_extra_goes_into_the_environment_of_the_program(
    prefix: str, command: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(sys, "prefix", prefix)
    assert extra_install_line("team") == command
