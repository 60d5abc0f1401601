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

_SIGNALS = ("SIGTERM", "SIGHUP", "SIGBREAK")  # Windows has the third, Ctrl+Break, not the second
_CONSOLE_ENDS = (2, 5, 6)  # Windows: its window is closed, the user logs off, the machine goes down
_PATIENCE = 4.5  # seconds for the screens to end by themselves; Windows gives five


def end_with_terminal(app: "App[None]") -> None:
    """Leave the application when its terminal is gone.

    Textual reads the end of a lost terminal's input again and again, so the program would go on
    unseen, with a processor to itself and the records open. Waiting costs nothing: the system
    wakes the thread once. Everything typed is on disk by then or put there as the screens end.
    """
    if sys.platform == "win32":
        _watch_console(app)
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


def leave_with_console(app: "App[None]", event: int) -> bool:
    """Leave the application if Windows says that it ends the program; whether it said so.

    Runs in a thread of Windows's own. The program is ended at once when this returns, so it waits;
    the main thread ends the program first.
    """
    if event not in _CONSOLE_ENDS or app._loop is None:
        return False
    _leave(app)
    threading.Event().wait(_PATIENCE)
    return True


if sys.platform == "win32":
    import ctypes
    from ctypes import wintypes

    _handlers: list[object] = []  # Windows calls them as long as the program lives

    def _watch_console(app: "App[None]") -> None:
        handler_type = ctypes.WINFUNCTYPE(wintypes.BOOL, wintypes.DWORD)
        _handlers.append(handler_type(partial(leave_with_console, app)))
        ctypes.windll.kernel32.SetConsoleCtrlHandler(_handlers[-1], True)


def _leave(app: "App[None]") -> None:
    loop = app._loop
    if loop is not None and not loop.is_closed():
        loop.call_soon_threadsafe(app.exit)


def _wait(app: "App[None]", terminal: int) -> None:
    hung_up = select.poll()
    hung_up.register(terminal, 0)  # only its end, which is always reported
    if any(event & select.POLLNVAL for _, event in hung_up.poll()):
        return  # macOS does not watch every terminal; there the hangup signal does the work
    _leave(app)
    threading.Event().wait(_PATIENCE)
    os._exit(1)  # the screens could not be ended, since nothing can be drawn any more
