"""The real program, in a process of its own."""

import subprocess
import sys

COMMAND = [sys.executable, "-m", "interviewkit"]
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
