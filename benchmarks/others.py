"""Other terminal programs, started beside ours in the same run.

Each gets a home of its own, so that nothing of the user's is read or left behind. What is typed is
a query to nobody: it is cleared with Backspace and never sent.
"""

import os
import shlex
import tempfile
from collections.abc import Iterator, Mapping, Sequence
from pathlib import Path

import programs as floors
from measuring import Extent, Row
from watching import LINE, Watched, key_times

# What stands on their first screen when it is all there, and the key to a place to type in.
KNOWN = {"posting": ("Response", "\x0c"), "harlequin": ("Query Results", "")}
CLEAR = "\x7f" * LINE


def rows(folder: Path, extent: Extent, programs: Mapping[str, str]) -> Iterator[Row]:
    """Start and key until painted, of each program and of ours, over the same bare one."""
    path = floors.records(folder, 10)
    commands = {
        "interviewkit, home": (floors.home(path), "Ada Okafor"),
        "interviewkit, live": (floors.live(path), "question 3 of 8"),
    }
    commands |= {
        name: (shlex.split(command), KNOWN.get(name, (name, ""))[0])
        for name, command in programs.items()
    }
    homes = {name: _home(folder) for name in ("bare", *commands)}
    every = {"bare": (floors.bare(folder), "bare and ready"), **commands}
    starts: dict[str, list[float]] = {name: [] for name in every}
    for number in range(-extent.of(0, 1, 1), extent.of(1, 2, 10)):
        for name, (command, wanted) in every.items():
            with Watched(command, homes[name]) as program:
                taken = program.until(wanted)
            if number >= 0:  # before it modules are compiled and settings written
                starts[name].append(taken)
    for name in commands:
        yield Row(f"start: {name} / bare Textual", starts[name], starts["bare"])
    keys, turns = extent.of((2, 1), (30, 1), (30, 3))
    for name, (command, wanted) in commands.items():
        if not name.endswith("home"):  # there is nowhere to type in
            ours, floor = _typed(
                every["bare"], (command, wanted), homes[name], name, [keys] * turns
            )
            yield Row(f"key to paint: {name} / bare Input", ours, floor)


def _typed(
    bare: tuple[list[str], str],
    other: tuple[list[str], str],
    home: Mapping[str, str],
    name: str,
    turns: Sequence[int],
) -> tuple[list[float], list[float]]:
    with Watched(bare[0], home) as floor, Watched(other[0], home) as program:
        floor.until(bare[1])
        program.until(other[1])
        program.quiet(1.0)
        program.send(KNOWN.get(name, ("", ""))[1])
        ours: list[float] = []
        under: list[float] = []
        for seed, keys in enumerate(turns):
            under += key_times(floor, keys, seed, CLEAR)
            ours += key_times(program, keys, seed, CLEAR)
        return ours, under


def _home(folder: Path) -> dict[str, str]:
    place = tempfile.mkdtemp(dir=folder)
    names = ("HOME", "XDG_DATA_HOME", "XDG_CONFIG_HOME", "XDG_CACHE_HOME", "XDG_STATE_HOME")
    return dict.fromkeys(names, place) | {"PATH": os.environ["PATH"]}
