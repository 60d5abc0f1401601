"""Memory of an idle screen, and whether a working day makes it grow."""

import asyncio
import gc
import tempfile
from collections.abc import Iterator
from datetime import UTC, datetime, timedelta
from pathlib import Path

from textual.widget import Widget

import programs
from interviewkit.storage.store import Store
from interviewkit.tui.app import InterviewKitApp
from interviewkit.tui.widgets.note_line import NoteLine
from measuring import Extent, Row, memory_of
from support import begin
from watching import Watched


class Day:
    """A clock that goes on by itself: a second with every look."""

    def __init__(self) -> None:
        self._looks = 0

    def now(self) -> datetime:
        """A moment of that day."""
        self._looks += 1
        return datetime(2026, 3, 2, 9, tzinfo=UTC) + timedelta(seconds=self._looks)

    def seconds(self) -> float:
        """Seconds since it began."""
        self._looks += 1
        return float(self._looks)


def rows(folder: Path, extent: Extent) -> Iterator[Row]:
    """Idle against a bare Textual application; after a day against its first hour."""
    path = programs.records(folder, 10)
    ours, bare = [], []
    for _ in range(extent.of(1, 1, 3)):
        ours.append(_idle(programs.live(path), "question 3 of 8"))
        bare.append(_idle(programs.bare(folder), "bare and ready"))
    yield Row("memory of the live screen, idle / bare Textual", ours, bare, unit="MiB")
    hours = asyncio.run(a_day(extent.of(1, 3, 8), extent.of(1, 5, 30)))
    what = f"memory after {len(hours)} hours of interviews / after the first"
    yield Row(what, [hours[-1][0]], [hours[0][0]], unit="MiB", target=1.05)
    yield Row("  widgets left behind by them", [hours[-1][1] - hours[0][1]], unit="", target=0)


def _idle(command: list[str], wanted: str) -> float:
    with Watched(command) as program:
        program.until(wanted)
        program.rest(2)
        return program.memory()


async def a_day(hours: int, notes: int) -> list[tuple[float, int]]:
    """(MiB, widgets alive) after each hour: an interview of eight questions, kept and left."""
    found = []
    with tempfile.TemporaryDirectory() as place, Store(Path(place) / "day.db", Day()) as store:
        app = InterviewKitApp(store, "Priya Raman")
        async with app.run_test(size=(80, 24)) as pilot:
            for hour in range(hours):
                interview = begin(store, candidate=f"Candidate {hour}")
                app.action_interview(interview.id)
                await pilot.pause()
                await pilot.press("enter")
                for question in range(8):
                    for number in range(notes):
                        app.screen.query_one(NoteLine).value = f"rang {question} of {number}k"
                        await pilot.press("enter")
                    await pilot.press("slash", "4", "pagedown")
                await pilot.press("f9")
                await pilot.pause()
                gc.collect()
                alive = sum(isinstance(one, Widget) for one in gc.get_objects())
                found.append((memory_of("self", "smaps_rollup", "Pss"), alive))
    return found
