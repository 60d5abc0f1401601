"""Offers the questions and probes of a live interview in the command palette."""

from collections.abc import Iterator
from functools import partial
from typing import Protocol, cast

from textual.command import DiscoveryHit, Hit, Hits, Provider
from textual.markup import escape
from textual.types import IgnoreReturnCallbackType

from interviewkit.tui.content import Content
from interviewkit.workflows.live_interview import LiveInterview


class Live(Protocol):
    """The part of the live screen that is used here; importing the screen would be circular."""

    live: LiveInterview

    def action_go(self, position: int) -> None:
        """Go to a question."""

    def action_type(self, line: str) -> None:
        """Type a line into the note line."""


LEAST = 0.01  # the score of words in a different order


class LiveTargets(Provider):
    """Questions of the kit and probes of the question at hand."""

    def _targets(self) -> Iterator[tuple[str, IgnoreReturnCallbackType]]:
        screen = cast("Live", self.screen)
        live = screen.live
        for position, name in enumerate(live.questions, 1):
            ask = live.bank.question(name).ask
            yield f"Question {position}: {ask}", partial(screen.action_go, position)
        asked = live.setting.asked
        for probe in live.probes:
            if probe.number not in asked:
                yield (
                    f"Ask ?{probe.number}: {probe.text}",
                    partial(screen.action_type, f"?{probe.number}"),
                )

    async def discover(self) -> Hits:
        """Everything there is, before anything is typed."""
        for text, act in self._targets():
            yield DiscoveryHit(Content(text), act, text=text)

    async def search(self, query: str) -> Hits:
        """What has all the words typed, or parts of words, in whatever order.

        Letters strewn over a sentence, which the palette takes for a hit, are in nearly every one.
        """
        matcher, query_words = self.matcher(query), query.casefold().split()
        for text, act in self._targets():
            if all(query_word in text.casefold() for query_word in query_words):
                score = matcher.match(text) or LEAST
                yield Hit(score, matcher.highlight(escape(text)), act, text=text)
