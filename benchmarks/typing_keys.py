"""From a key to the screen that shows it, and what an idle screen costs."""

from collections.abc import Iterator
from pathlib import Path

import programs
from measuring import Extent, Row, growth
from watching import Watched, key_times


def rows(folder: Path, extent: Extent) -> Iterator[Row]:
    """Letters in the note line against letters in a bare Input, in turn."""
    keys, turns = extent.of((3, 1), (30, 2), (60, 6))
    sizes = extent.of((3, 10), (10, 1_000), (10, 100, 1_000))
    medians = []
    for notes in sizes:
        ours, floor = _typed(folder, notes, keys, turns)
        if notes != 100:
            what = f"key to paint, {notes:,} notes / bare Input"
            yield Row(what, ours, floor, target=1.2, tails=(1.2, 1.8))
        medians.append(sorted(ours)[len(ours) // 2])
    yield growth("key, notes", sizes, medians, most=0.2)
    yield from _steps(folder, extent.of(1, 5, 20))
    yield Row(
        "processor of an idle live screen",
        [_idle(folder, extent.of(0.2, 5.0, 20.0))],
        unit="%",
        target=1.0,
    )


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
    kept: list[float] = []
    turned: list[float] = []
    with Watched(programs.live(programs.records(folder, 10))) as live:
        live.until("question 3 of 8")
        floor = key_times(live, max(3, times), 1)
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
    yield Row("Enter keeps a note, until painted / a key", kept, floor, target=2.0)
    yield Row("another question, until painted / a key", turned, floor, target=4.0)


def _idle(folder: Path, seconds: float) -> float:
    with Watched(programs.live(programs.records(folder, 10))) as live:
        live.until("question 3 of 8")
        live.rest(min(2.0, seconds))
        before = live.processor()
        passed = live.rest(seconds)
        return (live.processor() - before) / passed * 100
