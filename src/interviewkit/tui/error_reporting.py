"""Records screens and actions in the log, and reports errors in the background.

Such an error does not end the program: what was typed is saved, and the interview goes on.
"""

import asyncio
import threading
from collections.abc import Mapping
from typing import Any

from textual.app import App
from textual.dom import DOMNode
from textual.screen import Screen

from interviewkit import breadcrumbs
from interviewkit.crash_report import write_report


def watch(app: App[None]) -> None:
    """Start recording the screens shown, and reporting errors in tasks."""

    def in_task(_: asyncio.AbstractEventLoop, context: Mapping[str, Any]) -> None:
        error = context.get("exception")
        if isinstance(error, Exception):
            tell_defect(app, error)

    asyncio.get_running_loop().set_exception_handler(in_task)
    _record_screen(app.screen)
    app.screen_change_signal.subscribe(app, _record_screen)


def watch_threads(app: App[None]) -> None:
    """Start reporting errors in threads, for the whole process."""

    def in_thread(args: threading.ExceptHookArgs) -> None:
        if isinstance(args.exc_value, Exception):
            app.call_later(tell_defect, app, args.exc_value)

    threading.excepthook = in_thread


def tell_defect(app: App[None], error: BaseException) -> None:
    """Write a crash report and show where it is."""
    message = f"Something in the background went wrong. {write_report(error)}."
    app.notify(message, severity="warning", timeout=20)


def record_action(owner: DOMNode, name: str) -> None:
    """Record an action by its name, if it is ours: a text field has one for every arrow key."""
    method = f"action_{name}"
    does = next((cls for cls in type(owner).__mro__ if method in vars(cls)), None)
    if does is not None and does.__module__.startswith("interviewkit."):
        breadcrumbs.add_breadcrumb(f"action {type(owner).__name__}.{name}")


def _record_screen(screen: Screen[Any]) -> None:
    breadcrumbs.add_breadcrumb(f"screen {type(screen).__name__}")
