"""Handles the keys of a form one after the other."""

from textual import events
from textual.widget import Widget


async def done_in_turn(widget: Widget, event: events.Key, *, types: bool) -> bool:
    """Do what a key does besides typing; return whether that is all it does.

    Textual runs bindings after letters that are already waiting: fast typing, or a script, then
    finds what follows Tab or Enter in the field before it. Here a binding runs in the turn of its
    key, and a key that comes after the focus has moved on goes where it has moved. ``types``: the
    key is text for ``widget``; when it still has the focus, the caller types it.
    """
    focused = widget.screen.focused or widget
    if focused is not widget:
        event.stop()
        event.prevent_default()
        focused._forward_event(events.Key(event.key, event.character))
        return True
    if types:
        return False
    bound = widget.screen.active_bindings.get(event.key)
    if bound is not None and bound.enabled:
        event.stop()
        event.prevent_default()
        await widget.app.run_action(bound.binding.action, bound.node)
    return True
