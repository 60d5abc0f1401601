"""Ends the program when its terminal closes, a signal asks for it, or the machine shuts down."""

import os
import select
import signal
import sys
import threading
from functools import partial
from types import FrameType
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from textual.app import App

_SIGNALS = ("SIGTERM", "SIGHUP")  # Windows has no second
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


def end_by_signals(app: "App[None]") -> None:
    """Leave the application when the system asks the program to end, as by Ctrl+Q.

    The half-typed line is saved as the screens end, and the terminal is as it was before. The exit
    code is 128 and the number of the signal, as shells count it. A second signal ends at once.
    """

    def end(signal_number: int, _: FrameType | None) -> None:
        signal.signal(signal_number, signal.SIG_DFL)
        loop = app._loop
        if loop is None or not app.is_running:
            raise SystemExit(128 + signal_number)  # before the first screen or after the last
        loop.call_soon_threadsafe(partial(app.exit, return_code=128 + signal_number))

    for name in _SIGNALS:
        if hasattr(signal, name):
            signal.signal(getattr(signal, name), end)


def _wait(app: "App[None]", terminal: int) -> None:
    hung_up = select.poll()
    hung_up.register(terminal, 0)  # only its end, which is always reported
    if any(event & select.POLLNVAL for _, event in hung_up.poll()):
        return  # macOS does not watch every terminal; there the hangup signal does the work
    loop = app._loop
    if loop is not None and not loop.is_closed():
        loop.call_soon_threadsafe(app.exit)
    threading.Event().wait(_PATIENCE)
    os._exit(1)  # the screens could not be ended, since nothing can be drawn any more
