"""What a step of a held key costs until it is painted: our table against Textual's DataTable.

Both hold the same 200 candidates by 12 competencies and stand alone on a screen of 120 by 36. A
step is a key sent and the screen settled again; it is the processor's time, because the waits of
the driver that sends the keys are longer than either.
"""

import asyncio
import time
from collections.abc import Iterator, Sequence
from pathlib import Path

from textual.app import App, ComposeResult
from textual.pilot import Pilot
from textual.widgets import DataTable

from interviewkit.tui.widgets.grid import Cell, Grid, Head
from measuring import Extent, Row

ROWS, COMPETENCIES = 200, 12
SIZE = (120, 36)


def cells(row: int) -> Sequence[Cell]:
    """A row as the comparison draws it."""
    name: Cell = (("╭│ ", "accent"), (f"Candidate {row:03}", ""))
    value: Cell = (("▆", "high"), (f"{1 + row % 40 / 10:.1f}", ""), ("▲", "high"), ("×3", "muted"))
    return (name, value, (("100 %", ""),), *[value] * COMPETENCIES)


class Ours(App[None]):
    """Our table alone."""

    def compose(self) -> ComposeResult:
        """The table."""
        yield Grid(id="table")

    def on_mount(self) -> None:
        """Fill it."""
        grid = self.query_one(Grid)
        heads = [Head(("Candidate",), 20), Head(("Overall",), 9), Head(("Covered",), 8)]
        heads += [Head(("A", "competency", f"number {at}"), 10) for at in range(COMPETENCIES)]
        grid.show(heads, ROWS, cells)
        grid.focus()


class Theirs(App[None]):
    """Textual's table alone."""

    def compose(self) -> ComposeResult:
        """The table."""
        yield DataTable(fixed_columns=1, header_height=3)

    def on_mount(self) -> None:
        """Fill it."""
        table = self.query_one(DataTable)
        names = [f"A\ncompetency\nnumber {at}" for at in range(COMPETENCIES)]
        table.add_columns("Candidate", "Overall", "Covered", *names)
        for row in range(ROWS):
            table.add_row(*["".join(text for text, _ in cell) for cell in cells(row)])
        table.focus()


async def steps(pilot: Pilot[None], keys: Sequence[str]) -> list[float]:
    """Milliseconds for each key until the screen has settled."""
    times = []
    for key in keys:
        start = time.process_time()
        await pilot.press(key)
        times.append((time.process_time() - start) * 1000)
    return times


async def measured(app: App[None], keys: Sequence[str]) -> list[float]:
    async with app.run_test(size=SIZE) as pilot:
        await pilot.pause()
        await steps(pilot, keys[:5])
        return await steps(pilot, keys)


def rows(folder: Path, extent: Extent) -> Iterator[Row]:
    """Down, a page, and aside; the two tables in turn."""
    count, rounds = extent.of((2, 1), (20, 2), (120, 2))
    for what, keys in (
        ("a row down", ["down"] * count),
        ("a page", ["pagedown", "pageup"] * (count // 2)),
        ("a column aside", ["right", "left"] * (count // 2)),
    ):
        ours: list[float] = []
        theirs: list[float] = []
        for _ in range(rounds):
            ours += asyncio.run(measured(Ours(), keys))
            theirs += asyncio.run(measured(Theirs(), keys))
        yield Row(f"comparison table, {what} / DataTable", ours, theirs)
