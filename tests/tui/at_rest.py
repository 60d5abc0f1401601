"""Waiting until the application has done all that it can do by itself."""

import asyncio
import time
from typing import Any, cast

from textual._context import active_app

PATIENCE = 60.0  # seconds until a test that waits in vain fails; no test passes by waiting
POLL = 0.002  # seconds between two looks at what only threads and timers move


async def at_rest(min_sleep: float = 0, max_sleep: float = 1) -> None:
    """Let the application work until nothing is ready to run, what threads read and draw included.

    It stands in for Textual's own, which sleeps 20 ms at a time and takes a program for idle when
    a busy machine lets it wait. The application's timers are not waited for, and a thread that is
    held no longer than ``max_sleep`` seconds.
    """
    loop = cast(Any, asyncio.get_running_loop())
    start = time.monotonic()
    while True:
        await asyncio.sleep(0)
        waited = time.monotonic() - start
        assert waited < PATIENCE, "the application never came to rest"
        if loop._ready:
            continue
        if waited < max_sleep and _threads_work(loop):
            await asyncio.sleep(POLL)
        elif not _drawn():
            return


def _threads_work(loop: Any) -> bool:
    pool = loop._default_executor
    if pool is None:
        return False
    return bool(pool._work_queue.qsize()) or pool._idle_semaphore._value < len(pool._threads)


def _drawn() -> bool:
    """Draw at once what waits for the next frame; whether there was anything."""
    app = active_app.get()
    if not app._running or not app.screen_stack:
        return False
    screen = app.screen
    if not screen._update_timer._active.is_set():
        return False
    screen._on_timer_update()
    return True
