"""From the command to the first screen, and commands that open none."""

import subprocess
import sys
from collections.abc import Iterator, Sequence
from pathlib import Path

import programs
from measuring import ENVIRONMENT, Extent, Row, milliseconds
from watching import Watched

NEW = ["--candidate", "Bo Lind", "--kit", "screen-30"]
READ = "import yaml, pydantic; from interviewkit.banks.loader import read_bank"


def rows(folder: Path, extent: Extent) -> Iterator[Row]:
    """Screens against a bare Textual application, commands against a bare click program."""
    rounds = extent.of(1, 3, 15)
    path = programs.records(folder, 10)
    another = [*programs.live(path), *NEW]
    what = {
        "python": ([sys.executable, "-c", "print('here')"], "here"),
        "bare": (programs.bare(folder), "bare and ready"),
        "home": (programs.home(path), "interviewkit"),
        "data": (programs.home(path), "Ada Okafor"),
        "live": (programs.live(path), "question 3 of 8"),
        "new": (another, "Opening"),
    }
    times: dict[str, list[float]] = {name: [] for name in what}
    for number in range(-extent.of(0, 1, 1), rounds):
        for name, (command, wanted) in what.items():
            taken = started(command, wanted)
            if number >= 0:  # before it modules are compiled
                times[name].append(taken)
    floor = times["bare"]
    yield Row("for scale: bare Textual / a bare Python", floor, times["python"])
    yield Row("start to home painted / bare Textual", times["home"], floor, target=1.2)
    yield Row("start to home with its data / bare Textual", times["data"], floor, target=1.2)
    yield Row("start to live screen, resumed / bare Textual", times["live"], floor, target=1.35)
    yield Row("start to live screen, new / bare Textual", times["new"], floor, target=1.35)
    yield from _commands(folder, rounds)


def started(command: Sequence[str], wanted: str) -> float:
    """Milliseconds until a program has painted the words."""
    with Watched(command) as program:
        return program.until(wanted)


def _commands(folder: Path, rounds: int) -> Iterator[Row]:
    click = programs.bare_click(folder)
    banks = Path(__file__).parents[1] / "question_banks"
    pairs = {
        "--version / bare click": ([*programs.OURS, "--version"], [*click, "--version"], 1.5),
        "--help / bare click": ([*programs.OURS, "--help"], [*click, "--help"], 1.2),
        "bank list / a click command": ([*programs.OURS, "bank", "list"], [*click, "one"], 2.0),
        "bank check of the shipped banks / imports of YAML and pydantic": (
            [*programs.OURS, "bank", "check", str(banks)],
            [sys.executable, "-c", READ],
            1.6,
        ),
    }
    for what, (ours, floor, target) in pairs.items():
        taken: tuple[list[float], list[float]] = ([], [])
        for _ in range(rounds):
            for times, command in zip(taken, (ours, floor), strict=True):
                times.append(milliseconds(_ran, command, folder / "cache"))
        yield Row(what, *taken, target=target)
    first = [
        milliseconds(_ran, ours, folder / f"cache-{number}") for number in range(min(rounds, 5))
    ]
    yield Row("  the same, none of them checked before", first, taken[1])


def _ran(command: Sequence[str], cache: Path) -> None:
    environment = {**ENVIRONMENT, "XDG_CACHE_HOME": str(cache)}
    subprocess.run(command, check=True, capture_output=True, env=environment)
