"""Interviews on the live screen of which nothing is recorded: a trial, a rehearsal."""

from typing import TYPE_CHECKING, Protocol

from textual.screen import Screen

if TYPE_CHECKING:
    from collections.abc import Callable
    from typing import Any

    from interviewkit.banks.loader import BankFile
    from interviewkit.interview.people import Person
    from interviewkit.practice.reader import PracticeFile
    from interviewkit.settings import Settings
    from interviewkit.storage.store import Store
    from interviewkit.workflows.rehearsal import Rehearsal
    from interviewkit.workflows.trial import Trial


class Surroundings(Protocol):
    """What such an interview needs of the application."""

    store: "Store"
    person: "Person"
    settings: "Settings"

    def opened(
        self, make: "Callable[[], Screen[Any]]", then: "Callable[[Any], None] | None" = None
    ) -> bool:
        """Push the screen that ``make`` gives, unless the records refuse."""
        ...

    def exit(self) -> None:
        """End the application."""


class UnrecordedInterviews:
    """Opens them over the screen that is shown; what they wrote goes when they are left."""

    def __init__(self, app: Surroundings) -> None:
        self._app = app
        self._open: list[Trial | Rehearsal] = []

    def try_question(self, file: "BankFile", question: str, *, then_quit: bool = False) -> None:
        """A question on the live screen."""
        from interviewkit.tui.screens.live.screen import LiveScreen
        from interviewkit.workflows.trial import Trial

        def make() -> Screen[None]:
            trial = Trial(file, question, self._app.store.clock)
            self._open.append(trial)
            return LiveScreen(trial.live)

        self._app.opened(make, lambda _: self._end(then_quit=then_quit))

    def rehearse(self, file: "PracticeFile", *, then_quit: bool = False) -> None:
        """The live screen with a scripted candidate."""
        from interviewkit.tui.screens.practice.rehearsal import RehearsalScreen
        from interviewkit.workflows.rehearsal import Rehearsal

        def make() -> Screen[None]:
            rehearsal = Rehearsal(file, self._app.person.name, self._app.store.clock)
            self._open.append(rehearsal)
            return RehearsalScreen(rehearsal.live, self._app.settings.speech)

        self._app.opened(make, lambda _: self._end(then_quit=then_quit))

    def close(self) -> None:
        """Delete what they wrote, also when the application ends amid one."""
        while self._open:
            self._open.pop().close()

    def _end(self, *, then_quit: bool) -> None:
        self.close()
        if then_quit:
            self._app.exit()
