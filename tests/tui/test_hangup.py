"""The end of a terminal, where the system cannot tell of it."""

import os
from typing import Any, cast

from interviewkit.tui.hangup import _wait


class _NeverLeft:
    """An application whose event loop nobody may ask for."""

    @property
    def _loop(self) -> object:
        raise AssertionError("the application was to be left")


def test_a_terminal_that_cannot_be_watched_ends_nothing() -> None:
    ours, theirs = os.pipe()
    os.close(ours)
    os.close(theirs)
    _wait(cast(Any, _NeverLeft()), theirs)  # as macOS answers for some terminals: no such file
