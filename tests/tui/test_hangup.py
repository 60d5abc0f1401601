"""The end of a terminal, where the system cannot tell of it, and of Windows's console."""

import asyncio
import os
from typing import Any, cast

import pytest

from driving import Running, type_at_once
from interviewkit.storage.store import Store
from interviewkit.tui import hangup
from interviewkit.tui.hangup import _wait, leave_with_console
from support import begin

CTRL_C, CTRL_CLOSE = 0, 2


class _NeverLeft:
    """An application whose event loop nobody may ask for."""

    @property
    def _loop(self) -> object:
        raise AssertionError("the application was to be left")


@pytest.mark.posix("polls of a terminal")
def test_a_terminal_that_cannot_be_watched_ends_nothing() -> None:
    ours, theirs = os.pipe()
    os.close(ours)
    os.close(theirs)
    _wait(cast(Any, _NeverLeft()), theirs)  # as macOS answers for some terminals: no such file


async def test_a_console_that_is_closed_keeps_the_half_line(
    running: Running, store: Store, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(hangup, "_PATIENCE", 0)
    interview = begin(store)
    async with running(interview.id) as pilot:
        await pilot.press("enter")
        await type_at_once(pilot, "half a line")
        app = pilot.app
        assert not await asyncio.to_thread(leave_with_console, cast(Any, app), CTRL_C)
        assert app._exit is False
        assert await asyncio.to_thread(leave_with_console, cast(Any, app), CTRL_CLOSE)
        await pilot.pause()
        assert app._exit is True
    assert store._reads.interview(interview.id).draft == "half a line"


def test_before_the_first_screen_windows_ends_the_program_itself() -> None:
    class NotYet:
        _loop = None

    assert not leave_with_console(cast(Any, NotYet()), CTRL_CLOSE)
