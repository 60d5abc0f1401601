"""Other programs on the same file, each in a process of its own."""

import subprocess
import sys
from collections.abc import Iterable
from pathlib import Path


class holding:  # noqa: N801 - reads as a context
    """Another process that has ``path`` open and runs ``statement`` on it."""

    CODE = (
        "import sqlite3, sys; c = sqlite3.connect(sys.argv[1], isolation_level=None);"
        "c.execute(sys.argv[2]); print('held', flush=True); sys.stdin.read()"
    )

    def __init__(self, path: Path, statement: str) -> None:
        self.command = [sys.executable, "-c", self.CODE, str(path), statement]

    def __enter__(self) -> None:
        self.process = subprocess.Popen(
            self.command, stdin=subprocess.PIPE, stdout=subprocess.PIPE, text=True
        )
        assert self.process.stdout
        assert self.process.stdout.readline() == "held\n"

    def __exit__(self, *_: object) -> None:
        self.process.communicate()


OPENING = (
    "import sys, sqlite_utils; from pathlib import Path\n"
    "from interviewkit.storage.store import Store\n"
    "print('ready', flush=True)\n"
    "for path in sys.stdin:\n"
    "    Store(Path(path.strip())).close(); print('opened', flush=True)\n"
)


def open_at_once(paths: Iterable[Path], count: int) -> None:
    """So many programs open each of the records at the same moment, and none is refused."""
    programs = [
        subprocess.Popen(
            [sys.executable, "-c", OPENING],
            stdin=subprocess.PIPE,
            stdout=subprocess.PIPE,
            stderr=subprocess.PIPE,
            text=True,
        )
        for _ in range(count)
    ]
    for program in programs:
        assert program.stdout
        assert program.stdout.readline() == "ready\n"
    for path in paths:
        for program in programs:
            assert program.stdin
            program.stdin.write(f"{path}\n")
            program.stdin.flush()
        for program in programs:
            assert program.stdout
            assert program.stdout.readline() == "opened\n", program.communicate()[1]
    for program in programs:
        program.communicate()
