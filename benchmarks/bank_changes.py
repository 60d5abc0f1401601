"""A change of a question in a large bank on the workshop, until it and its finding are shown.

The floor of a change is composing the bank's YAML once, with the collector kept out; that of a save
is writing the same bytes to a new file that takes the old one's place. A change is the processor's
time, of the thread that checks and of the screen together. How long keys wait meanwhile is the
clock's: the longest time in which the loop, asked every millisecond, did not answer.
"""

import asyncio
import os
import time
from collections.abc import Iterator
from contextlib import suppress
from functools import partial
from pathlib import Path
from unittest.mock import patch

import yaml
from textual.app import App
from textual.widgets import Static

from bank_check import large_bank
from interviewkit.banks.document import Draft
from interviewkit.banks.library import BankLocation
from interviewkit.banks.text.paths import Address
from interviewkit.gc_pause import collector_paused
from interviewkit.tui.screens.workshop.editor import WorkshopScreen
from interviewkit.workflows.bank_editor import BankEditor
from measuring import Extent, Row, growth, milliseconds, processor

SIZE = (120, 36)
FINDING = "off-limits"


class Workshop(App[None]):
    """The workshop alone."""

    def __init__(self, editor: BankEditor) -> None:
        super().__init__()
        self.workshop = WorkshopScreen(editor, lambda file, question: None)

    def get_theme_variable_defaults(self) -> dict[str, str]:
        """The colour that is ours."""
        return {"muted": "gray"}

    def on_mount(self) -> None:
        """Open it."""
        self.push_screen(self.workshop)


async def _longest_gap(gaps: list[float]) -> None:
    """Keep ``gaps`` of one value: the longest milliseconds between two turns of the loop."""
    before = time.perf_counter()
    while True:
        await asyncio.sleep(0.001)
        now = time.perf_counter()
        gaps[0] = max(gaps[0], (now - before) * 1000)
        before = now


def _ask(address: Address, words: str, draft: Draft) -> None:
    draft.set((*address, "ask"), words)


async def _changed(editor: BankEditor, count: int) -> tuple[list[float], list[float]]:
    """For each change the processor's milliseconds and the longest gap."""
    assert editor.snapshot.bank is not None
    questions = editor.snapshot.bank.questions
    times, longest = [], []
    app = Workshop(editor)
    async with app.run_test(size=SIZE) as pilot:
        await pilot.pause()
        gaps = [0.0]
        watch = asyncio.create_task(_longest_gap(gaps))
        for number in range(count):
            address: Address = ("questions", questions[number * len(questions) // count].id)
            step = partial(_ask, address, f"Do you have children, and are they {number}?")
            gaps[0], start = 0.0, time.process_time()
            await app.workshop.change([step], address)
            await pilot.pause()
            times.append((time.process_time() - start) * 1000)
            longest.append(gaps[0])
            assert FINDING in str(app.workshop.query_one("#words", Static).render())
        watch.cancel()
        with suppress(asyncio.CancelledError):
            await watch
    return times, longest


def _saved(editor: BankEditor, address: Address, count: int) -> tuple[list[float], list[float]]:
    """Saves, each after a change, and the same bytes written beside it, in turn."""
    ours, floor = [], []
    beside = editor.path.with_suffix(".raw")
    for number in range(count):
        editor.apply([partial(_ask, address, f"What happened in case {number}?")])
        ours.append(milliseconds(editor.save))
        floor.append(milliseconds(_write, editor.path.read_bytes(), beside))
    return ours, floor


def _write(raw: bytes, path: Path) -> None:
    scratch = path.with_suffix(".scratch")
    with scratch.open("wb") as file:
        file.write(raw)
        file.flush()
        os.fsync(file.fileno())
    scratch.replace(path)


def _composed(text: str) -> float:
    with collector_paused():
        return processor(yaml.compose, text, yaml.CSafeLoader)


def rows(folder: Path, extent: Extent) -> Iterator[Row]:
    """Three sizes; the figures are those of the largest."""
    sizes = extent.of((20, 40), (60, 120, 240), (500, 1_000, 2_000))
    changes = extent.of(2, 8, 20)
    names = ("XDG_STATE_HOME", "XDG_DATA_HOME", "LOCALAPPDATA")
    medians = []
    with patch.dict(os.environ, dict.fromkeys(names, str(folder))):
        for size in sizes:
            text, path = large_bank(size), folder / f"large-{size}.yaml"
            path.write_text(text, encoding="utf-8")
            floor = [_composed(text) for _ in range(extent.of(1, 3, 5))]
            editor = BankEditor(BankLocation(path.stem, path, False))
            ours, longest = asyncio.run(_changed(editor, changes))
            medians.append(sorted(ours)[len(ours) // 2])
        assert editor.snapshot.bank is not None
        address: Address = ("questions", editor.snapshot.bank.questions[0].id)
        saved, written = _saved(editor, address, changes)
        editor.close()
    is_full = extent is Extent.FULL  # a small bank is mostly the screen
    bank = f"a bank of {size:,} questions"
    what = f"a change in {bank}, until its finding is shown / composing its YAML"
    yield Row(what, ours, floor, target=0.5 if is_full else None)
    yield Row(
        f"keys wait for a change in {bank}, at most", longest, target=100 if is_full else None
    )
    yield Row(f"{bank} saved / its bytes written", saved, written, target=10 if is_full else None)
    yield growth("change, questions", sizes, medians)
