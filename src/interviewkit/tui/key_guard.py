"""Keys that a terminal reports in a way nobody can read are passed over, and Escape is not lost.

Textual reads the modifiers of a key as a number. A terminal that also reports whether a key is
pressed or let go, as ``ESC[97;1:3u``, or a line that lost a byte, would end the program there.

Many terminals send Escape as the byte with which other keys begin. Escape and Enter, when they
come at once as over a slow line, then look like Alt+Enter, which Textual takes for Enter alone.
"""

from collections.abc import Iterable

from textual._xterm_parser import XTermParser
from textual.events import Key
from textual.keys import Keys
from textual.message import Message

_BROKEN = (ValueError, OverflowError, ZeroDivisionError)  # numbers that are none, or of no sign

_NOTHING = Key(Keys.Ignore, None)


def pass_over_malformed_keys() -> None:
    """From now on a sequence that Textual fails to read counts as a key that does nothing, and
    Escape before a key that has no form with Alt as a key of its own.
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
    """Half a surrogate pair can neither be drawn nor kept."""
    return character is not None and any("\ud800" <= sign <= "\udfff" for sign in character)


def _mouse_event(parser: XTermParser, code: str) -> Message | None:
    try:
        return _read_mouse(parser, code)
    except _BROKEN:
        return None
