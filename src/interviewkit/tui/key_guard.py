"""Ignores keys that a terminal reports in a way Textual cannot read, and keeps Escape.

Textual reads the modifiers of a key as a number. A terminal that also reports whether a key is
pressed or released, as ``ESC[97;1:3u``, or a connection that lost a byte, would end the program.

Many terminals send Escape as the byte with which other keys begin. When Escape and Enter arrive
together, as over a slow line, they look like Alt+Enter, which Textual takes for Enter alone.
"""

from collections.abc import Iterable

from textual._xterm_parser import XTermParser
from textual.events import Key
from textual.keys import Keys
from textual.message import Message

_BROKEN = (ValueError, OverflowError, ZeroDivisionError)  # not a number, or no such character

_NOTHING = Key(Keys.Ignore, None)


def pass_over_malformed_keys() -> None:
    """Make Textual treat a sequence that it fails to read as a key that does nothing, and Escape
    before a key that has no form with Alt as a key of its own.
    """
    if XTermParser._sequence_to_key_events is not _key_events:
        XTermParser._sequence_to_key_events = _key_events  # type: ignore[method-assign, assignment]
        XTermParser.parse_mouse_code = _mouse_event  # type: ignore[method-assign, assignment]


_read_key = XTermParser._sequence_to_key_events
_read_mouse = XTermParser.parse_mouse_code


def _key_events(parser: XTermParser, sequence: str, alt: bool = False) -> Iterable[Key]:
    try:
        events = list(_read_key(parser, sequence, alt))
    except _BROKEN:
        return [_NOTHING]
    if alt and not any(event.key.startswith("alt+") for event in events):
        events.insert(0, Key("escape", "\x1b"))
    return [_NOTHING if _is_half(event.character) else event for event in events]


def _is_half(character: str | None) -> bool:
    """Whether it is half a surrogate pair, which can neither be drawn nor saved."""
    return character is not None and any("\ud800" <= sign <= "\udfff" for sign in character)


def _mouse_event(parser: XTermParser, code: str) -> Message | None:
    try:
        return _read_mouse(parser, code)
    except _BROKEN:
        return None
