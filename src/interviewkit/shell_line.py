"""A command as a user can copy it into a shell, in which no argument does anything of its own."""

import os
import re
import sys
from collections.abc import Sequence

_PLAIN = re.compile(r"[\w./\\:=+-]+", re.ASCII)
# PowerShell takes curly quotes for straight ones. In cmd its sign ` only stands for itself.
_ACTS_IN_POWERSHELL = re.compile("[`$\u201c\u201d\u201e]")
_BACKSLASHES_BEFORE_QUOTE = re.compile(r'(\\+)(?="|$)')


def shell_line(arguments: Sequence[str], *, windows: bool = os.name == "nt") -> str:
    """The arguments with the quotes that they need, in the shells of this system.

    On Windows for cmd and PowerShell alike, so in double quotes. Both get the same argument, save
    one that holds what acts in PowerShell within them ($, `, curly quotes), which only PowerShell
    reads back, and %NAME% of a variable that exists, which cmd always replaces.
    """
    if windows:
        return " ".join(map(_windows_argument, arguments))
    import shlex

    return shlex.join(arguments)


def shell_command(*command: str, names: Sequence[str] = ()) -> str:
    """A command of ours to copy into a shell, in which no name, id or path of ``names`` does
    anything of its own: ``--`` stands before those that begin as an option does.
    """
    end = ["--"] if any(name.startswith("-") for name in names) else []
    return shell_line(["interviewkit", *command, *end, *names])


def extra_install_line(extra: str) -> str:
    """The command that adds an extra to the environment in which the program itself runs.

    pipx and uv keep that environment to themselves; elsewhere it is the interpreter's own pip.
    """
    requirement = f"interviewkit[{extra}]"
    folders = re.split(r"[/\\]", sys.prefix)
    if "pipx" in folders:
        return shell_line(["pipx", "runpip", "interviewkit", "install", requirement])
    if folders[-3:-1] == ["uv", "tools"]:
        return shell_line(["uv", "pip", "install", "--python", sys.prefix, requirement])
    return shell_line([sys.executable, "-m", "pip", "install", requirement])


def _windows_argument(argument: str) -> str:
    if _PLAIN.fullmatch(argument):
        return argument
    # A program reads \" as a quote that belongs to the argument, so these are written twice.
    text = _BACKSLASHES_BEFORE_QUOTE.sub(r"\1\1", argument).replace('"', '""')
    return f'"{_ACTS_IN_POWERSHELL.sub(_escaped, text)}"'


def _escaped(sign: re.Match[str]) -> str:
    return f"`{sign[0]}"
