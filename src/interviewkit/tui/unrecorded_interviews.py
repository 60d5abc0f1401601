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

    def try_question(self, file: "BankFile", question: str, *, then_quit: bool = False) -> None:
        """A question on the live screen."""
        from interviewkit.tui.screens.live.screen import LiveScreen
        from interviewkit.workflows.trial import Trial

        trials: list[Trial] = []

        def make() -> Screen[None]:
            trials.append(Trial(file, question, self._app.store.clock))
            return LiveScreen(trials[0].live)

        self._app.opened(make, lambda _: self._end(trials[0].close, then_quit=then_quit))

    def rehearse(self, file: "PracticeFile", *, then_quit: bool = False) -> None:
        """The live screen with a scripted candidate."""
        from interviewkit.tui.screens.practice.rehearsal import RehearsalScreen
        from interviewkit.workflows.rehearsal import Rehearsal

        rehearsals: list[Rehearsal] = []

        def make() -> Screen[None]:
            rehearsals.append(Rehearsal(file, self._app.person.name, self._app.store.clock))
            return RehearsalScreen(rehearsals[0].live, self._app.settings.speech)

        self._app.opened(make, lambda _: self._end(rehearsals[0].close, then_quit=then_quit))

    def _end(self, close: "Callable[[], None]", *, then_quit: bool) -> None:
        close()
        if then_quit:
            self._app.exit()
