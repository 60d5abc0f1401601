"""What the screens tell the log, and what becomes of an error that nobody waits for.

Such an error ends nothing: what was typed is saved, and the interview goes on.
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
    """From here on keep which screens are seen, and report the errors of tasks."""

    def in_task(_: asyncio.AbstractEventLoop, context: Mapping[str, Any]) -> None:
        error = context.get("exception")
        if isinstance(error, Exception):
            tell_defect(app, error)

    asyncio.get_running_loop().set_exception_handler(in_task)
    _screen(app.screen)
    app.screen_change_signal.subscribe(app, _screen)


def watch_threads(app: App[None]) -> None:
    """From here on, for the whole process, report the errors of threads."""

    def in_thread(args: threading.ExceptHookArgs) -> None:
        if isinstance(args.exc_value, Exception):
            app.call_later(tell_defect, app, args.exc_value)

    threading.excepthook = in_thread


def tell_defect(app: App[None], error: BaseException) -> None:
    """Keep a report of what went wrong beside the screen, and say where it is."""
    message = f"Something in the background went wrong. {write_report(error)}."
    app.notify(message, severity="warning", timeout=20)


def action(owner: DOMNode, name: str) -> None:
    """Keep an action by its names, if it is one of ours: a text field has one for every arrow."""
    method = f"action_{name}"
    does = next((cls for cls in type(owner).__mro__ if method in vars(cls)), None)
    if does is not None and does.__module__.startswith("interviewkit."):
        breadcrumbs.add_breadcrumb(f"action {type(owner).__name__}.{name}")


def _screen(screen: Screen[Any]) -> None:
    breadcrumbs.add_breadcrumb(f"screen {type(screen).__name__}")
