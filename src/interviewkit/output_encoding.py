"""The encoding of what a command prints on Windows, where it does not go to a terminal.

Python takes the code page of Windows's own programs there, which no console reads: PowerShell takes
what comes through a pipe for the console's code page, and a file is best read anywhere as UTF-8.
"""

import os
import stat
import sys
from typing import TextIO

UTF_8_PAGE = 65001


def fit_output() -> None:
    """Give redirected output the encoding its reader expects, unless the user has set one."""
    if sys.platform != "win32" or sys.flags.utf8_mode or "PYTHONIOENCODING" in os.environ:
        return
    import ctypes

    page = int(ctypes.windll.kernel32.GetConsoleOutputCP())
    for stream in (sys.stdout, sys.stderr):
        if stream is not None and not stream.isatty():
            stream.reconfigure(encoding=encoding_for(_mode(stream), page))


def encoding_for(mode: int, console_page: int) -> str | None:
    """The encoding of a file or pipe of this mode; None for Python's own choice.

    ``console_page`` is the code page of the console, 0 where there is none.
    """
    if stat.S_ISREG(mode) or console_page == UTF_8_PAGE:
        return "utf-8"
    return f"cp{console_page}" if console_page else None


def _mode(stream: TextIO) -> int:
    try:
        return os.fstat(stream.fileno()).st_mode
    except (OSError, ValueError):  # a stream of Python's own
        return 0
