"""Keys in their order: the next is handed on when all is done that the one before set off.

Textual gives a key to the widget with the focus, and what the key does comes of messages that pass
from one queue to the next. Keys that come faster would go to the screen which the first of them
leaves, and be lost with it, or do there what was meant for the screen that comes.
"""

import asyncio
from collections import deque
from collections.abc import Awaitable, Callable
from typing import Any

from textual import events
from textual.app import App, ScreenStackError
from textual.dom import DOMNode
from textual.message_pump import MessagePump

_SOON = 200  # looks in a row, each when the event loop comes round; then one in PAUSE seconds
PAUSE = 0.001
# Looks until a key is handed on although something is still under way: a screen that never comes
# to rest must not lock the keyboard. They are counted, not timed: a busy machine is no such screen.
MOST_LOOKS = 3000


class KeyQueue:
    """Keys and pastes on their way into ``app``; ``hand_on`` is called with each in the app's turn.

    Nothing is handed on before ``open``. A key that comes while nothing is under way is handed on
    at once.
    """

    def __init__(self, app: App[Any], hand_on: Callable[[events.Event], Awaitable[None]]) -> None:
        self._app = app
        self._hand_on = hand_on
        self._events: deque[events.Event] = deque()
        self._is_open = False
        self._is_looking = False
        self._looks = 0
        self._rests = 0

    async def open(self) -> None:
        """The first screen has its widgets: what was typed before them can go there."""
        self._is_open = True
        await self._next()

    async def put(self, event: events.Event) -> None:
        """Take a key as it comes from the terminal."""
        self._events.append(event)
        if self._is_open and not self._is_looking:
            await self._next()

    async def _next(self) -> None:
        if self._events and (self._is_path_at_rest() or self._looks > MOST_LOOKS):
            self._looks = 0
            is_text = True
            while self._events and is_text:
                event = self._events.popleft()
                is_text = (
                    self._is_text(event) and bool(self._events) and self._is_text(self._events[0])
                )
                await self._hand_on(event)
        self._is_looking = True
        self._look_again()

    def _is_text(self, event: events.Event) -> bool:
        """Whether it is a letter for a text field: that opens no screen, and may come in a row."""
        focused = self._app.focused
        return (
            focused is not None
            and isinstance(event, events.Key)
            and focused.check_consume_key(event.key, event.character)
        )

    def _look_again(self) -> None:
        self._rests = 0
        loop = asyncio.get_running_loop()
        if self._looks < _SOON:
            loop.call_soon(self._look)
        else:
            loop.call_later(PAUSE, self._look)

    def _look(self) -> None:
        """Twice at rest in a row is at rest: a worker just begun shows when it takes a step."""
        if not self._app.is_running:
            return
        # A thread comes to its end by itself, however long a busy machine lets it wait.
        self._looks = _SOON if self._leads_on() else self._looks + 1
        if not (_waits(self._app) and self._is_path_at_rest()) and self._looks <= MOST_LOOKS:
            self._look_again()
        elif self._events:
            self._app.call_later(self._next)  # which looks the second time
        elif self._rests:
            self._is_looking = False
            self._looks = 0
        else:
            self._rests = 1
            asyncio.get_running_loop().call_soon(self._look)

    def _leads_on(self) -> bool:
        """A screen says by ``leads_on`` that it waits for a thread, and then opens another."""
        stack = self._app.screen_stack
        return bool(stack) and getattr(stack[-1], "leads_on", False)

    def _is_path_at_rest(self) -> bool:
        """Whether a key would meet nothing unfinished from the focus up to the application."""
        app = self._app
        try:
            target: DOMNode = app.focused or app.screen
        except ScreenStackError:
            return False
        return (
            not self._leads_on()
            and not app.message_queue_size
            and all(_waits(node) for node in target.ancestors_with_self if node is not app)
        )


def _waits(pump: MessagePump) -> bool:
    """Whether it has done all and waits for a message; not so while it is mounted or removed."""
    event: asyncio.Event = pump._message_queue.ready_event
    return not event.is_set() and bool(event._waiters)
