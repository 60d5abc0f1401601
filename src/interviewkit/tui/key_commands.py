"""Offers the keys of a screen in the command palette, by what they do."""

from collections.abc import Iterator
from functools import partial
from typing import TYPE_CHECKING

from textual.command import DiscoveryHit, Hit, Hits, Provider
from textual.types import IgnoreReturnCallbackType

from interviewkit.tui.content import Content
from interviewkit.tui.key_descriptions import DOES

if TYPE_CHECKING:
    from textual.binding import ActiveBinding

ON_EVERY_SCREEN = ("help", "quit")  # the palette has them already
SCORE = 0.5


class KeyCommands(Provider):
    """A key that the last line has no room for can be found by a word, too."""

    def _keys(self) -> Iterator[tuple[str, str, "ActiveBinding"]]:
        """What a key is called with the key itself, what it does, and its binding."""
        first_keys: dict[str, ActiveBinding] = {}
        for bound in self.screen.active_bindings.values():
            name = bound.binding.id
            if bound.enabled and name in DOES and name not in ON_EVERY_SCREEN:
                first_keys.setdefault(name, bound)
        for name, bound in first_keys.items():
            key = self.app.get_key_display(bound.binding)
            yield f"{bound.binding.description} · {key}", DOES[name], bound

    async def discover(self) -> Hits:
        """All keys, unless the screen has lists of its own to offer."""
        if self.screen.COMMANDS:
            return
        for label, does, bound in self._keys():
            yield DiscoveryHit(Content(label), self._run(bound), text=label, help=does)

    async def search(self, query: str) -> Hits:
        """Keys with all the words typed, or parts of words, in their name or in what they do."""
        query_words = query.casefold().split()
        for label, does, bound in self._keys():
            text = f"{label} {does}".casefold()
            if all(query_word in text for query_word in query_words):
                yield Hit(SCORE, Content(label), self._run(bound), text=label, help=does)

    def _run(self, bound: "ActiveBinding") -> IgnoreReturnCallbackType:
        return partial(self.app.run_action, bound.binding.action, bound.node)
