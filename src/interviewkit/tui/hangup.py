"""The end of a terminal: a closed window, a lost connection, a multiplexer that was ended."""

import os
import select
import sys
import threading
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from textual.app import App

_PATIENCE = 5.0  # seconds for the screens to end by themselves


def end_with_terminal(app: "App[None]") -> None:
    """Leave the application when its terminal is gone.

    Textual reads the end of a lost terminal's input again and again, so the program would go on
    unseen, with a processor to itself and the records open. Waiting costs nothing: the system
    wakes the thread once. Everything typed is on disk by then or put there as the screens end.
    """
    if not hasattr(select, "poll"):  # Windows ends its programs with the window
        return
    threading.Thread(target=_wait, args=(app, sys.stdin.fileno()), daemon=True).start()


def _wait(app: "App[None]", terminal: int) -> None:
    hung_up = select.poll()
    hung_up.register(terminal, 0)  # nothing but its end, which is always told
    if any(event & select.POLLNVAL for _, event in hung_up.poll()):
        return  # macOS does not watch every terminal; there the hangup signal has to do
    loop = app._loop
    if loop is not None and not loop.is_closed():
        loop.call_soon_threadsafe(app.exit)
    threading.Event().wait(_PATIENCE)
    os._exit(1)  # the screens could not be ended, since nothing can be drawn any more
