"""The last line of a screen, which lists its keys."""

from textual import events
from textual.binding import ActiveBinding
from textual.screen import Screen
from textual.style import Style
from textual.widgets import Static

from interviewkit.tui.content import Content

NAMED_BY = "key"  # what a place on the line says of itself: the key that a click there presses


class Keys(Static):
    """Lists the keys that work now; a click presses one.

    Not Textual's Footer, which makes a widget of every key and all of them again whenever the
    focus moves: a tenth of the time to the live screen.
    """

    DEFAULT_CSS = """
    Keys {
        dock: bottom;
        height: 1;
        padding: 0 1;
        color: $footer-description-foreground;
        text-wrap: nowrap;
    }
    """
    ALLOW_SELECT = False
    auto_links = False  # what can be clicked keeps its own colours

    def __init__(self) -> None:
        super().__init__()
        self._names: dict[str, str] = {}

    def rename(self, binding_id: str, name: str) -> None:
        """Call what a key does by another name from now on, as "Go on" in place of "Pause"."""
        self._names[binding_id] = name
        self._show(self.screen)

    def on_mount(self) -> None:
        """Keep the list up to date from now on."""
        self.screen.bindings_updated_signal.subscribe(self, self._show)

    def _show(self, screen: Screen[object]) -> None:
        if not screen.app.app_focus or not self.content_size.width:
            return  # without a width nothing can be fitted; on_resize comes with one
        first_keys: dict[str, ActiveBinding] = {}
        for bound in screen.active_bindings.values():
            if bound.binding.show:
                first_keys.setdefault(bound.binding.action, bound)
        line = self._fitting([self._key(bound) for bound in first_keys.values()])
        self.update(line, layout=False)  # it is one line high whatever stands there

    def on_resize(self) -> None:
        """Fit the keys to the new width."""
        self._show(self.screen)

    def _fitting(self, keys: list[Content]) -> Content:
        """Show whole keys only: move them closer, then drop the last before Help (F1 lists all)."""
        for between in "  ", " ":
            line = Content(between).join(keys)
            if line.cell_length <= self.content_size.width:
                return line
        return line if len(keys) < 2 else self._fitting([*keys[:-2], keys[-1]])

    def _key(self, bound: ActiveBinding) -> Content:
        binding = bound.binding
        content = Content.assemble(
            (self.app.get_key_display(binding), "bold $footer-key-foreground"),
            f" {self._names.get(binding.id or '', binding.description)}",
        )
        content = content if bound.enabled else content.stylize("dim")
        return content.stylize(Style.from_meta({NAMED_BY: binding.key}))

    def on_mouse_down(self, event: events.MouseDown) -> None:
        """Run the action of the key that was clicked."""
        key = event.style.meta.get(NAMED_BY)
        if key:
            self.app.simulate_key(key)

    def on_mouse_move(self, event: events.MouseMove) -> None:
        """The tooltip of the key under the pointer, if it has one."""
        key = event.style.meta.get(NAMED_BY, "")
        bound = self.screen.active_bindings.get(key)
        self.tooltip = (bound.tooltip or None) if bound else None
