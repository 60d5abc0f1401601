"""Rounds with the team while the application runs: soon after the start, then every minute.

Not while an interview is open: nothing may come between two keys there. A folder or a hub that
cannot be reached is tried less and less often; a round that somebody asks for begins at once.
"""

import random
import time
from collections.abc import Callable
from typing import TYPE_CHECKING

from textual.app import App

from interviewkit.tui.retry_delay import SHORTEST, RetryDelay

if TYPE_CHECKING:
    from textual.timer import Timer

    from interviewkit.storage.store import Store
    from interviewkit.workflows.team_news import SharingPlace, TeamNews

AT_LEAST = 1.0  # seconds between the end of a round and the next that begins by itself


class TeamRounds:
    """Runs rounds one at a time; ``news`` is what the last ones brought, None without a team.

    Screens with a method ``show_team`` are given the news after each round.
    """

    def __init__(
        self,
        app: App[None],
        store: "Store",
        now: Callable[[], float] = time.monotonic,
        chance: Callable[[], float] = random.random,
    ) -> None:
        self._app = app
        self._store = store
        self._now = now
        self._chance = chance
        self._is_running = False
        self._is_asked_again = False
        self._timer: Timer | None = None
        self._delays: dict[SharingPlace, RetryDelay] = {}
        self.news: TeamNews | None = None

    @property
    def is_running(self) -> bool:
        """Whether a round is under way."""
        return self._is_running

    def begin(self) -> None:
        """Begin a round with every place at once, or after the one that runs.

        Not while an interview is open, and not without a team.
        """
        if self._is_running:
            self._is_asked_again = True
        else:
            self._begin(is_asked=True)

    def begin_due(self) -> None:
        """Begin a round with those places that are due, under the same conditions."""
        if not self._delays or any(delay.is_due for delay in self._delays.values()):
            self._begin(is_asked=False)
        else:
            self._set_timer(self._seconds_to_next())

    def seconds_to_retry(self, place: "SharingPlace") -> float:
        """How long it is until the next round that begins by itself; 0 where none is planned."""
        delay = self._delays.get(place)
        return delay.seconds if delay else 0.0

    def _begin(self, *, is_asked: bool) -> None:
        is_live = any(getattr(screen, "is_interview", False) for screen in self._app.screen_stack)
        if self._timer is not None:
            self._set_timer(SHORTEST)  # the end of the round sets it to when the next is due
        if not self._is_running and not is_live and self._is_shared():
            self._is_running = True
            due = {place for place, delay in self._delays.items() if delay.is_due}
            self._app.run_worker(
                lambda: self._round(lambda place: is_asked or place in due, is_asked),
                thread=True,
                exit_on_error=False,
            )

    def _is_shared(self) -> bool:
        """Whether there is a folder or a hub to go a round with, asked without loading either."""
        from interviewkit.hub.membership import is_in_hub

        return self._store.belongs_to_team() or is_in_hub(self._store.path)

    def _round(self, is_due: "Callable[[SharingPlace], bool]", is_asked: bool) -> None:
        from interviewkit.workflows.team_news import team_news

        try:
            news = team_news(self._store, self.news, is_due)
        finally:
            self._is_running = False
        self._app.call_from_thread(self._show, news, is_asked)

    def _show(self, news: "TeamNews | None", is_asked: bool) -> None:
        earlier, self.news = self.news, news
        rounds = news.rounds if news else {}
        self._delays = {place: self._delay(place) for place in rounds}
        for place, result in rounds.items():
            if earlier and earlier.rounds.get(place) is result:
                continue  # not due: there was no round with it
            if result.problem:
                self._delays[place].note_failure(is_own_try=not is_asked)
            else:
                self._delays[place].note_success()
        if rounds:
            self._set_timer(self._seconds_to_next())
        for screen in self._app.screen_stack:
            show_team = getattr(screen, "show_team", None)
            if show_team is not None:
                show_team(news)
        if self._is_asked_again:
            self._is_asked_again = False
            self._begin(is_asked=True)

    def _delay(self, place: "SharingPlace") -> RetryDelay:
        return self._delays.get(place) or RetryDelay(self._now, self._chance)

    def _seconds_to_next(self) -> float:
        seconds = min((delay.seconds for delay in self._delays.values()), default=SHORTEST)
        return max(AT_LEAST, seconds)

    def _set_timer(self, seconds: float) -> None:
        """The next round that begins by itself: one timer, whatever began the last."""
        if self._timer is not None:
            self._timer.stop()
        self._timer = self._app.set_timer(seconds, self.begin_due)
