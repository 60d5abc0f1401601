"""``python make.py run`` opens the application, ``python make.py test`` runs every check.

Needs Python alone, on any system; ``make`` does the same by way of this file where it is installed.
"""

import os
import subprocess
import sys
from collections.abc import Sequence
from pathlib import Path

ROOT = Path(__file__).resolve().parent
FOLDER = ROOT / ".venv"
BIN = FOLDER / ("Scripts" if os.name == "nt" else "bin")
STAMP = FOLDER / ".installed"  # with what the checks need
RUNS = FOLDER / ".runs"  # the program alone, with its extras
TARGETS = {
    "install": "Set up .venv with everything",
    "run": "Open the application on your own database",
    "demo": "Open the application on a throwaway example",
    "test": "Every check, ending with pytest's summary",
    "check": "Format, lint, types, layers and the shipped banks",
    "pytest": "The tests; what follows goes to pytest",
}
CHECKS = (
    ("ruff", "format", "--check", "."),
    ("ruff", "check", "."),
    ("mypy",),
    ("lint-imports", "--no-cache"),
    ("interviewkit", "bank", "check", "--strict", "question_banks"),
    ("interviewkit", "practice", "check", "--strict", "practice_files"),
)
TESTS = ("pytest", "-n", "auto", "-m", "not soak", "-q")


def main(arguments: Sequence[str]) -> int:
    """Run one target; its exit code."""
    target, *extra = arguments or [""]
    if target not in TARGETS or (extra and target not in ("run", "demo", "pytest")):
        lines = (f"  {name:<9}{about}" for name, about in TARGETS.items())
        print("\n".join(["python make.py TARGET", *lines]))
        return 0 if target in ("", "help", "-h", "--help") else 2
    install(to_run=target in ("run", "demo"))
    if target == "run":
        return command("interviewkit", *extra)
    if target == "demo":
        return command("interviewkit", "demo", *extra)
    if target == "pytest":
        return command(*TESTS, *extra)
    codes = [command(*check) for check in CHECKS] if target in ("check", "test") else []
    if target == "test" and not any(codes):
        codes.append(command(*TESTS))
    return max(codes, default=0)


def install(*, to_run: bool = False) -> None:
    """Set up ``.venv``, unless what it is made from is older than it.

    ``to_run``: without what only the checks need, which is more than half of it.
    """
    sources = [ROOT / "pyproject.toml", ROOT / "constraints.txt"]
    newest = max(path.stat().st_mtime for path in sources)
    stamps = [STAMP, RUNS] if to_run else [STAMP]
    if any(stamp.exists() and stamp.stat().st_mtime >= newest for stamp in stamps):
        return
    if sys.version_info < (3, 11):
        raise SystemExit("interviewkit needs Python 3.11 or newer.")
    print("Setting up .venv. This takes a minute or more, once.", file=sys.stderr)
    if not (FOLDER / "pyvenv.cfg").exists():
        import venv  # not every Python brings it along, and help needs none

        venv.create(FOLDER, with_pip=True)
    pip = ("python", "-m", "pip", "install", "--quiet", "--disable-pip-version-check")
    program = ("-e", ".[encrypted,hub,team]") if to_run else ("--group", "dev", "-e", ".")
    # pip 25.1 is the first that reads dependency groups.
    for packages in (("pip>=25.1",), ("-c", "constraints.txt", *program)):
        if command(*pip, *packages):
            raise SystemExit("Setting up .venv failed; what pip says above names the reason.")
    (RUNS if to_run else STAMP).touch()


def command(name: str, *arguments: str) -> int:
    """Run a program of ``.venv`` in the checkout; its exit code."""
    program = BIN / (f"{name}.exe" if os.name == "nt" else name)
    environment = os.environ if os.name != "nt" else {**os.environ, "PYTHONUTF8": "1"}
    try:
        return subprocess.run([program, *arguments], cwd=ROOT, env=environment).returncode
    except KeyboardInterrupt:  # it has heard of it as well
        return 130


if __name__ == "__main__":
    raise SystemExit(main(sys.argv[1:]))
