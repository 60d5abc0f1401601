"""Another program on the same file, in a process of its own."""

import subprocess
import sys
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
