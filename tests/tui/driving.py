"""The application on a store, and keys as a terminal sends them: all at once, without waiting."""

import asyncio
import sys
import time
from collections.abc import Callable, Iterable
from contextlib import AbstractAsyncContextManager

from textual import app, events, pilot, timer
from textual.pilot import Pilot

from at_rest import PATIENCE, POLL, at_rest
from interviewkit.storage.store import Store
from interviewkit.tui.app import InterviewKitApp

Running = Callable[..., AbstractAsyncContextManager[Pilot[None]]]
NAMES = {"/": "slash", "?": "question_mark", "+": "plus", "=": "equals_sign", " ": "space"}


for module in (app, pilot):  # Textual's own wait takes a program for idle that has to wait itself
    vars(module).update(wait_for_idle=at_rest)
if sys.platform == "win32":  # Textual's own sleep holds a thread for each timer there
    vars(timer).update(sleep=asyncio.sleep)


def app_on(store: Store, interview_id: str | None = None) -> InterviewKitApp:
    """The application as the command line starts it, with Priya at the keyboard."""
    return InterviewKitApp(
        store,
        "Priya Raman",
        interview_id,
    )


def keys(text: str) -> Iterable[events.Key]:
    for character in text:
        if character == "\n":
            yield events.Key("enter", "\r")
        else:
            yield events.Key(NAMES.get(character, character), character)


async def type_at_once(pilot: Pilot[None], text: str, *named: str) -> None:
    """Send every key before the first is handled, then the named keys; return when all are."""
    for event in keys(text):
        pilot.app.post_message(event)
    for name in named:
        pilot.app.post_message(events.Key(name, None))
    await pilot.pause()


async def until(pilot: Pilot[None], condition: Callable[[], bool]) -> None:
    """Let the application work until ``condition`` holds."""
    end = time.monotonic() + PATIENCE
    while not condition():
        assert time.monotonic() < end, "the condition never came true"
        await pilot.pause(POLL)


def painted(pilot: Pilot[None]) -> str:
    """What stands on the screen, line by line, without its colours."""
    strips = pilot.app.screen._compositor.render_strips()
    return "\n".join(strip.text.rstrip() for strip in strips)
