"""Rounds with the team while the application runs: soon after the start, then every minute.

Not while an interview is open: nothing may come between two keys there.
"""

from typing import TYPE_CHECKING

from textual.app import App

if TYPE_CHECKING:
    from interviewkit.storage.store import Store
    from interviewkit.workflows.team_news import TeamNews

EVERY = 60.0  # seconds


class TeamRounds:
    """Runs rounds one at a time; ``news`` is what the last one brought, None without a team."""

    def __init__(self, app: App[None], store: "Store") -> None:
        self._app = app
        self._store = store
        self._is_running = False
        self._timer_runs = False
        self.news: TeamNews | None = None

    def begin(self) -> None:
        """Begin a round unless one runs, or an interview is open, or there is no team."""
        is_live = any(getattr(screen, "is_interview", False) for screen in self._app.screen_stack)
        if not self._is_running and not is_live and self._is_shared():
            self._is_running = True
            self._app.run_worker(self._round, thread=True, exit_on_error=False)

    def _is_shared(self) -> bool:
        """Whether there is a folder or a hub to go a round with, asked without loading either."""
        from interviewkit.hub.membership import is_in_hub

        return self._store.belongs_to_team() or is_in_hub(self._store.path)

    def _round(self) -> None:
        from interviewkit.workflows.team_news import team_news

        try:
            news = team_news(self._store)
        finally:
            self._is_running = False
        self._app.call_from_thread(self._show, news)

    def _show(self, news: "TeamNews | None") -> None:
        from interviewkit.tui.screens.home import HomeScreen

        self.news = news
        if news is not None and not self._timer_runs:
            self._timer_runs = True
            self._app.set_interval(EVERY, self.begin)
        for screen in self._app.screen_stack:
            if isinstance(screen, HomeScreen):
                screen.show_team(news)
