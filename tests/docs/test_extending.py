"""The page on extending is walked: its own blocks, in a copy of the program, then its own check.

The page is written for people; these lines above a block, or alone, are what the walk goes by::

    New file `PATH`:                       In `PATH`, behind `LINE`:
    At the end of `PATH`:                  In `PATH`, before `LINE`:
    Copy `PATH` to `PATH`.                 In `PATH`, `TEXT` becomes `TEXT`.
    Run `PATH`.                            Check: `WHAT PYTEST IS GIVEN`.
"""

import os
import re
import shlex
import shutil
import subprocess
import sys
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import NamedTuple

import pytest

from interviewkit.storage.file.file_format import VERSION
from support import ROOT

PAGE = ROOT / "docs" / "extending.md"
COPIED = ("src", "tests", "docs", "question_banks", "benchmarks", ".github")
FENCE = re.compile(r"(`{3,})\w*\n")


class Step(NamedTuple):
    """One line of the page that says what to do; ``block`` is the code below it, if any."""

    kind: str
    names: tuple[str, ...]
    block: str = ""


# A name in a line stands in backticks; it may hold backticks itself where it is a whole line.
STEPS = {
    "new": re.compile(r"New file `(.+)`:"),
    "end": re.compile(r"At the end of `(.+)`:"),
    "behind": re.compile(r"In `([^`]+)`, behind `(.+)`:"),
    "before": re.compile(r"In `([^`]+)`, before `(.+)`:"),
    "copy": re.compile(r"Copy `(.+)` to `(.+)`\."),
    "becomes": re.compile(r"In `([^`]+)`, `(.+)` becomes `(.+)`\."),
    "run": re.compile(r"Run `(.+)`\."),
    "check": re.compile(r"Check: `(.+)`\."),
}
WITH_BLOCK = {"new", "end", "behind", "before"}


def numbered(text: str) -> str:
    """The page's N is the version of the tables after the one there is."""
    text = re.sub(r"\bN-1\b", str(VERSION), text)
    return re.sub(r"\bmN_", f"m{VERSION + 1:03}_", re.sub(r"= N\b", f"= {VERSION + 1}", text))


def steps(section: str) -> Iterator[Step]:
    lines = iter(numbered(section).splitlines())
    for line in lines:
        for kind, pattern in STEPS.items():
            match = pattern.fullmatch(line)
            if match:
                block = code_below(lines) if kind in WITH_BLOCK else ""
                yield Step(kind, match.groups(), block)


def code_below(lines: Iterator[str]) -> str:
    assert next(lines) == ""
    fence = FENCE.fullmatch(next(lines) + "\n")
    assert fence, "a block of code has to follow"
    block: list[str] = []
    for line in lines:
        if line == fence[1]:
            return "".join(f"{row}\n" for row in block)
        block.append(line)
    raise AssertionError("a block of code does not end")


def sections() -> dict[str, list[Step]]:
    """Heading → its steps, where it has any; a heading inside a block of code is none."""
    bodies: dict[str, list[str]] = {}
    title = fence = ""
    for line in PAGE.read_text(encoding="utf-8").splitlines():
        opening = FENCE.fullmatch(f"{line}\n")
        if fence:
            fence = "" if line == fence else fence
        elif opening:
            fence = opening[1]
        elif line.startswith("## "):
            title = line.removeprefix("## ")
            continue
        bodies.setdefault(title, []).append(line)
    walks = {title: list(steps("\n".join(lines))) for title, lines in bodies.items()}
    return {title: walk for title, walk in walks.items() if walk}


SECTIONS = sections()


def take(step: Step, tree: Path) -> None:
    path = tree / step.names[0]
    if step.kind == "new":
        assert not path.exists()
        path.write_text(step.block, encoding="utf-8")
    elif step.kind == "end":
        path.write_text(path.read_text(encoding="utf-8") + step.block, encoding="utf-8")
    elif step.kind == "copy":
        shutil.copy(path, tree / step.names[1])
    elif step.kind == "run":
        ran = python(tree, step.names[0])
        assert ran.returncode == 0, ran.stderr
    else:
        edit(path, step)


def edit(path: Path, step: Step) -> None:
    text = path.read_text(encoding="utf-8")
    if step.kind == "becomes":
        assert text.count(step.names[1]) >= 1, f"{path.name} does not hold {step.names[1]}"
        path.write_text(text.replace(step.names[1], step.names[2], 1), encoding="utf-8")
        return
    lines = text.splitlines(keepends=True)
    places = [index for index, line in enumerate(lines) if line.strip() == step.names[1]]
    assert len(places) == 1, f"{path.name} has {step.names[1]!r} {len(places)} times"
    anchor = lines[places[0]]
    width = len(anchor) - len(anchor.lstrip())
    if step.kind == "behind" and anchor.rstrip().endswith(("{", "(", "[", ":")):
        width += 4
    block = [" " * width + line if line.strip() else line for line in step.block.splitlines(True)]
    at = places[0] + (step.kind == "behind")
    path.write_text("".join([*lines[:at], *block, *lines[at:]]), encoding="utf-8")


def python(tree: Path, *args: str) -> subprocess.CompletedProcess[str]:
    env = {**os.environ, "PYTHONPATH": str(tree / "src"), "PYTHONDONTWRITEBYTECODE": "1"}
    return subprocess.run(
        [sys.executable, *args], cwd=tree, env=env, capture_output=True, text=True, check=False
    )


def check(tree: Path, step: Step) -> subprocess.CompletedProcess[str]:
    options = ("-q", "-x", "-n0", "-p", "no:cacheprovider", "--no-header", "--tb=short")
    return python(tree, "-m", "pytest", *options, *shlex.split(step.names[0]))


@pytest.fixture(scope="module")
def copied(tmp_path_factory: pytest.TempPathFactory) -> Callable[[], Path]:
    """Makes another copy of the program, each for one walk."""

    def copy() -> Path:
        tree = tmp_path_factory.mktemp("program")
        leave_out = shutil.ignore_patterns("__pycache__", "__snapshots__", "runs", "images")
        for name in COPIED:
            shutil.copytree(ROOT / name, tree / name, ignore=leave_out)
        for path in [*ROOT.glob("*.md"), *ROOT.glob("*.toml"), ROOT / "Makefile"]:
            shutil.copy(path, tree)
        return tree

    return copy


def test_the_page_has_an_example_of_each_kind() -> None:
    assert list(SECTIONS) == [
        "A language",
        "A rule of `bank check`",
        "A sheet of the workbook",
        "A screen",
        "A command",
        "A migration",
    ]
    for walk in SECTIONS.values():
        assert [step.kind for step in walk].count("check") == 1
        assert walk[-1].kind == "check"


@pytest.mark.parametrize("title", SECTIONS)
def test_without_its_last_step_the_check_fails_and_with_it_passes(
    title: str, copied: Callable[[], Path]
) -> None:
    *walk, last, checked = SECTIONS[title]
    tree = copied()
    for step in walk:
        take(step, tree)
    without = check(tree, checked)
    assert without.returncode == 1, f"nothing missed the last step:\n{without.stdout[-3000:]}"
    take(last, tree)
    whole = check(tree, checked)
    assert whole.returncode == 0, f"{whole.stdout[-6000:]}{whole.stderr[-2000:]}"
    assert " passed" in whole.stdout
