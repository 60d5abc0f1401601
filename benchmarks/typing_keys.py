"""From a key to the screen that shows it, and what an idle screen costs."""

from collections.abc import Iterator
from pathlib import Path

import programs
from measuring import Row, growth
from watching import Watched, key_times

IDLE = 5.0  # seconds


def rows(folder: Path, *, quick: bool) -> Iterator[Row]:
    """Letters in the note line against letters in a bare Input, in turn."""
    keys, turns = (30, 2) if quick else (60, 6)
    sizes = (10, 1_000) if quick else (10, 100, 1_000)
    medians = []
    for notes in sizes:
        ours, floor = _typed(folder, notes, keys, turns)
        if notes != 100:
            what = f"key to paint, {notes:,} notes / bare Input"
            yield Row(what, ours, floor, target=1.5, tails=(1.5, 2.0))
        medians.append(sorted(ours)[len(ours) // 2])
    yield growth("key, notes", sizes, medians, most=0.2)
    yield from _steps(folder, 5 if quick else 20)
    yield Row("processor of an idle live screen", [_idle(folder)], unit="%", target=1.0)


def _typed(folder: Path, notes: int, keys: int, turns: int) -> tuple[list[float], list[float]]:
    ours: list[float] = []
    floor: list[float] = []
    with (
        Watched(programs.bare(folder)) as bare,
        Watched(programs.live(programs.records(folder, notes))) as live,
    ):
        bare.until("bare and ready")
        live.until("question 3 of 8")
        for turn in range(turns):
            floor += key_times(bare, keys, turn)
            ours += key_times(live, keys, turn)
    return ours, floor


def _steps(folder: Path, times: int) -> Iterator[Row]:
    """A note kept, and a page turned, until the screen says so; the floor is a key's."""
    kept, turned = [], []
    with Watched(programs.live(programs.records(folder, 10))) as live:
        live.until("question 3 of 8")
        floor = key_times(live, 25, 1)
        for number in range(times):
            live.send("\x15")
            live.quiet(0.3)
            live.send(f"kept{number:04}")
            live.quiet(0.3)
            for times_of, key, wanted in (
                (kept, "\r", f"kept{number:04}"),
                (turned, "\x1b[6~", "question 4 of 8"),
                (turned, "\x1b[5~", "question 3 of 8"),
            ):
                times_of.append(live.answer(key, wanted))
                live.quiet(0.3)
    yield Row("Enter keeps a note, until painted / a key", kept, floor)
    yield Row("another question, until painted / a key", turned, floor)


def _idle(folder: Path) -> float:
    with Watched(programs.live(programs.records(folder, 10))) as live:
        live.until("question 3 of 8")
        live.rest(2)
        before = live.processor()
        passed = live.rest(IDLE)
        return (live.processor() - before) / passed * 100
