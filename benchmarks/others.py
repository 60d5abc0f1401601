"""Other terminal programs, started beside ours in the same run where they are installed."""

import os
import shlex
import tempfile
from collections.abc import Iterator, Mapping
from pathlib import Path

import programs as floors
from measuring import Row
from watching import Watched, key_times

# What stands on their first screen, and the keys that lead to a place to type in and clear it.
KNOWN = {"posting": ("Collection", "\x0c", "\x15"), "harlequin": ("Query Editor", "", "\x15")}


def rows(folder: Path, *, quick: bool, programs: Mapping[str, str]) -> Iterator[Row]:
    """Start and key until painted, of each program and of ours, over the same bare one."""
    path = floors.records(folder, 10)
    commands = {
        "interviewkit, home": (floors.home(path), "Ada Okafor"),
        "interviewkit, live": (floors.live(path), "question 3 of 8"),
    }
    commands |= {
        name: (shlex.split(command), KNOWN.get(name, (name, "", "\x15"))[0])
        for name, command in programs.items()
    }
    starts: dict[str, list[float]] = {name: [] for name in ("bare", *commands)}
    for number in range((2 if quick else 10) + 1):
        every = {"bare": (floors.bare(folder), "bare and ready"), **commands}
        for name, (command, wanted) in every.items():
            with Watched(command, _home(folder)) as program:
                taken = program.until(wanted)
            if number:
                starts[name].append(taken)
    for name in commands:
        yield Row(f"start: {name} / bare Textual", starts[name], starts["bare"])
    yield from _keys(folder, commands, quick=quick)


def _keys(
    folder: Path, commands: Mapping[str, tuple[list[str], str]], *, quick: bool
) -> Iterator[Row]:
    with Watched(floors.bare(folder)) as bare:
        bare.until("bare and ready")
        for name, (command, wanted) in commands.items():
            if name.endswith("home"):
                continue  # nowhere to type in
            _, lead, clear = KNOWN.get(name, ("", "", "\x15"))
            with Watched(command, _home(folder)) as program:
                program.until(wanted)
                program.send(lead)
                floor = key_times(bare, 60, 1)
                ours = key_times(program, 20 if quick else 90, 1, clear)
            yield Row(f"key to paint: {name} / bare Input", ours, floor)


def _home(folder: Path) -> dict[str, str]:
    """A home of its own: nothing of the user's is read or left behind."""
    place = tempfile.mkdtemp(dir=folder)
    names = ("HOME", "XDG_DATA_HOME", "XDG_CONFIG_HOME", "XDG_CACHE_HOME", "XDG_STATE_HOME")
    return dict.fromkeys(names, place) | {"PATH": os.environ["PATH"]}
