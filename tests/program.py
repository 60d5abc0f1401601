"""The real program, in a process of its own."""

import os
import subprocess
import sys
from collections.abc import Iterator

import click

from interviewkit.cli.main import cli

COMMAND = [sys.executable, "-m", "interviewkit"]
# How a program ends that calls KILL, of which nothing runs afterwards, not even its exits.
KILL = "import os; os.kill(os.getpid(), 9)"
KILLED = -9 if os.name == "posix" else 9
MAIN = "from interviewkit.__main__ import main; main()"


def program(*args: str, text: str = "") -> subprocess.CompletedProcess[str]:
    """With a pipe at either end."""
    return subprocess.run(
        [*COMMAND, *args], input=text, capture_output=True, text=True, check=False
    )


def imported(code: str, *args: str) -> set[str]:
    """The modules that have been imported when ``code`` has run."""
    report = (
        "import sys, atexit; atexit.register(lambda: sys.stderr.write(chr(10).join(sys.modules)));"
    )
    ran = subprocess.run(
        [sys.executable, "-c", report + code, *args], capture_output=True, text=True, check=True
    )
    return set(ran.stderr.split())


def leaves(group: click.Group, name: str = "") -> Iterator[tuple[str, click.Command]]:
    context = click.Context(group)
    for part in group.list_commands(context):
        command = group.get_command(context, part)
        assert command is not None
        if isinstance(command, click.Group):
            yield from leaves(command, f"{name}{part} ")
        else:
            yield f"{name}{part}", command


LEAVES = dict(leaves(cli))
