"""The application: its looks, its first screen, and what holds on every screen."""

from collections.abc import Callable, Iterable, Sequence
from typing import TYPE_CHECKING, Any, ClassVar

from textual import events, work
from textual.app import App, SystemCommand
from textual.await_complete import AwaitComplete
from textual.binding import Binding, BindingType
from textual.dom import DOMNode
from textual.filter import LineFilter
from textual.geometry import Size
from textual.notifications import SeverityLevel
from textual.screen import ModalScreen, Screen
from textual.worker import Worker, WorkerState

from interviewkit import breadcrumbs
from interviewkit.errors import InterviewKitError
from interviewkit.settings import Settings
from interviewkit.storage.store import Store
from interviewkit.tui.content import LastFilter
from interviewkit.tui.dialog_styles import add_dialog_styles
from interviewkit.tui.error_reporting import record_action, tell_defect, watch
from interviewkit.tui.key_commands import KeyCommands
from interviewkit.tui.key_descriptions import DOES
from interviewkit.tui.key_guard import pass_over_malformed_keys
from interviewkit.tui.key_queue import KeyQueue
from interviewkit.tui.team_rounds import TeamRounds
from interviewkit.tui.theme import DARK, LIGHT
from interviewkit.tui.unrecorded_interviews import UnrecordedInterviews
from interviewkit.visible_text import visible

if TYPE_CHECKING:
    from interviewkit.interview.people import Person
    from interviewkit.interview.records import Interview
    from interviewkit.tui.screens.first_screen import FirstScreen
    from interviewkit.workflows.maintenance import Kept, Upkeep

SMALLEST = (80, 24)
UPKEEP_AFTER = 1.0  # seconds after the first screen is drawn


class InterviewKitApp(App[None]):
    """Opens at home, or straight in the interview whose id it is given.

    ``user`` is the id or name of the person at the keyboard, who is looking whatever name they
    type as interviewer; ``upkeep`` is called in a thread when the first screen has been there for
    a moment. ``asks_who``: home asks who one is, with that name to begin with;
    ``offers_practice``: its first row is a rehearsal. The store stays the caller's to close.
    """

    TITLE = "interviewkit"
    COMMANDS = App.COMMANDS | {KeyCommands}
    BINDINGS: ClassVar[list[BindingType]] = [
        Binding("ctrl+q", "quit", "Quit", id="quit", priority=True, show=False),
        Binding("f1", "help", "Help", id="help"),
    ]

    def __init__(
        self,
        store: Store,
        user: str,
        interview_id: str | None = None,
        settings: Settings | None = None,
        upkeep: "Upkeep | None" = None,
        *,
        asks_who: bool = False,
        offers_practice: bool = False,
    ) -> None:
        # A style that comes with a screen later makes Textual read all of them once more.
        first_css = "screens/live/live.tcss" if interview_id else "screens/home.tcss"
        super().__init__(css_path=["interviewkit.tcss", first_css])
        pass_over_malformed_keys()
        self._upkeep = upkeep
        self.settings = settings or Settings()
        self._last_filter = LastFilter()
        self.store = store
        self.team_rounds = TeamRounds(self, store)
        self.unrecorded = UnrecordedInterviews(self)
        self.person = store.person(user)
        self._first = interview_id
        self._offers_practice = offers_practice
        self._asks_who = asks_who and interview_id is None
        self._is_ready = False
        self._key_queue = KeyQueue(self, super().on_event)
        self._size_cover: Screen[None] | None = None  # what hides a screen that has no room
        self._is_stopping = False
        self.register_theme(DARK)
        self.register_theme(LIGHT)
        self.theme = self._theme()
        self._drawn_with = self.get_css_variables()
        self.stylesheet.set_variables(self._drawn_with)

    def refresh_css(self, animate: bool = True) -> None:
        """Only when the look has changed: reading all styles a second time is felt at the start."""
        variables = self.get_css_variables()
        if variables != self._drawn_with:
            self._drawn_with = variables
            super().refresh_css(animate)

    def _load_screen_css(self, screen: Screen[object]) -> None:
        """Those of dialogs come with the first dialog."""
        if isinstance(screen, ModalScreen) and add_dialog_styles(self.stylesheet):
            self.stylesheet.update(self)
        super()._load_screen_css(screen)

    def notify(
        self,
        message: str,
        *,
        title: str = "",
        severity: SeverityLevel = "information",
        timeout: float | None = None,
        markup: bool = False,
    ) -> None:
        """Messages hold names and paths that people typed, so none of them is markup.

        A screen asks for markup unless told otherwise; it is not given.
        """
        message = visible(message)
        if any(notification.message == message for notification in self._notifications):
            return  # it stands there already; a pile of the same hides the screen
        super().notify(message, title=title, severity=severity, timeout=timeout, markup=False)
        self._place_toasts()

    def on_descendant_focus(self) -> None:
        """Notifications make room when the focus moves to where they are."""
        if self._notifications:
            self._place_toasts()

    def _place_toasts(self) -> None:
        """Notifications come where nothing is typed: above, while that is in the lower half."""
        if not self._is_ready or not self.screen_stack:
            return  # between the last screen of an interview and home there is none
        focused = self.screen.focused
        is_low = focused is not None and focused.region.bottom > self.size.height // 2
        for child in self.screen.children:
            if child.id == "textual-toastrack":  # queries leave Textual's own widgets out
                child.set_class(is_low, "-above")

    def get_line_filters(self) -> Sequence[LineFilter]:
        """Nothing that acts on the terminal leaves in a line, wherever it was shown."""
        return [*super().get_line_filters(), self._last_filter]

    def copy_to_clipboard(self, text: str) -> None:
        """As it can be read: what is pasted elsewhere must not act there."""
        super().copy_to_clipboard(visible(text))

    def get_theme_variable_defaults(self) -> dict[str, str]:
        """Our own variables under a theme that is not ours."""
        return DARK.variables

    def _theme(self) -> str:
        theme = self.settings.theme
        return {"dark": DARK.name, "light": LIGHT.name}.get(theme, theme)

    def get_system_commands(self, screen: Screen[object]) -> Iterable[SystemCommand]:
        """What the palette offers on every screen."""
        yield SystemCommand("Theme", "Choose another theme", self.action_change_theme)
        yield SystemCommand("Help", "Help on this screen and its keys", self.action_help)
        yield SystemCommand("Quit", "Quit; everything is saved", self.action_quit)

    def _use_settings(self) -> None:
        """Keys as the user has set them; what cannot be used is said, not passed over."""
        if not self.settings.keys:
            return
        from interviewkit.tui.key_checks import key_faults

        self.set_keymap(dict(self.settings.keys))
        for fault in key_faults(self.settings.keys):
            self.notify(fault, severity="warning", timeout=12)

    def get_default_screen(self) -> Screen[None]:
        """Home or the interview itself, so that nothing is made and drawn for nobody to see."""
        try:
            screen = self._home_screen() if self._first is None else self._live(self._first)
        except InterviewKitError as error:
            self._say_refused(error)
            self.call_later(lambda: self.push_screen(self._home_screen()))
            return super().get_default_screen()
        screen.comes_first = True
        return screen

    def pop_screen(self) -> AwaitComplete:
        """An interview that came first has nothing below it; home comes when it is left.

        Then a round with the team begins, which had to wait for the end of the interview.
        """
        if getattr(self.screen, "is_interview", False):
            self.set_timer(UPKEEP_AFTER, self.team_rounds.begin)
        if len(self.screen_stack) > 1:
            return super().pop_screen()
        left_screen = self.screen
        self.add_mode("home", self._home_screen)
        self.switch_mode("home")
        return AwaitComplete(left_screen.remove()).call_next(self)

    def on_mount(self) -> None:
        """What the first screen, which is there already, must not wait for."""
        breadcrumbs.add_breadcrumb("application begins")
        watch(self)
        self._use_settings()
        self._is_ready = True
        self.screen.call_after_refresh(self.call_later, self._begin_keys)
        self._check_size(self.size)

    def on_unmount(self) -> None:
        """After the last screen; it may have been quit amid a trial."""
        self.unrecorded.close()

    async def on_event(self, event: events.Event) -> None:
        """What is typed waits for its turn; a key that comes by again has had it."""
        if isinstance(event, events.Key | events.Paste) and not event.is_forwarded:
            await self._key_queue.put(event)
        else:
            await super().on_event(event)

    async def _begin_keys(self) -> None:
        breadcrumbs.add_breadcrumb("first screen drawn")
        if self._upkeep:
            # Not before: what a thread does then, the first screen waits for.
            self.set_timer(UPKEEP_AFTER, self._keep_up)
            self.set_timer(UPKEEP_AFTER, self.team_rounds.begin)
        if self._asks_who:
            from interviewkit.tui.screens.home import HomeScreen

            if isinstance(self.screen, HomeScreen):
                self.screen.action_who()
        await self._key_queue.open()

    @work(thread=True, exit_on_error=False)
    def _keep_up(self) -> None:
        assert self._upkeep  # noqa: S101 - not called without
        result = self._upkeep(self.store)
        self.call_from_thread(self._say_kept, result)

    def on_worker_state_changed(self, event: Worker.StateChanged) -> None:
        """What is done beside the screen ends nothing when it fails; it is reported."""
        worker = event.worker
        if worker.error and event.state is WorkerState.ERROR and not worker.exit_on_error:
            tell_defect(self, worker.error)

    def _say_kept(self, result: "Kept") -> None:
        from interviewkit.tui.screens.home import HomeScreen

        for screen in self.screen_stack:
            if isinstance(screen, HomeScreen):
                screen.say_backup(result.newest_at)
        for warning in result.warnings:
            self.notify(warning, severity="warning", timeout=20)

    def _fatal_error(self) -> None:
        """After a defect: Textual would print every variable, and those hold notes about people."""
        from rich.text import Text

        from interviewkit.crash_report import report

        if self._is_stopping:
            return  # one defect can come twice: from the widget, and from the screen it is on
        self._is_stopping = True
        self.bell()
        error = self._exception
        self.panic(Text(report(error)) if error else Text("interviewkit had to stop."))

    def opened(
        self,
        make: Callable[[], Screen[Any]],
        then: Callable[[Any], None] | None = None,
    ) -> bool:
        """Push the screen that ``make`` gives; if the records refuse, say why and stay."""
        try:
            self.push_screen(make(), then)
        except InterviewKitError as error:
            self._say_refused(error)
            return False
        return True

    def _say_refused(self, error: InterviewKitError) -> None:
        breadcrumbs.add_breadcrumb(f"refused {type(error).__name__}")
        self.notify(str(error), severity="error", timeout=12)

    def action_practice(self) -> None:
        """Who there is to rehearse with."""
        from interviewkit.tui.screens.practice.candidates import PracticeScreen

        self.opened(lambda: PracticeScreen(self.unrecorded.rehearse))

    def show_scorecard(self, sealed: "Interview") -> None:
        """A sealed scorecard over home, with the cursor on it."""
        from interviewkit.tui.screens.scorecards import ScorecardsScreen

        self.opened(
            lambda: ScorecardsScreen(
                self.store, sealed.role, sealed.candidate, self.person, f"{sealed.id}/"
            )
        )

    def action_transcript(self, interview_id: str, question: str) -> None:
        """The transcript of an interview, or the form that adds one."""
        from interviewkit.tui.screens.transcript import TranscriptScreen

        self.opened(lambda: TranscriptScreen(self.store, self.person, [interview_id], question))

    def _home_screen(self) -> "FirstScreen":
        from interviewkit.tui.screens.home import HomeScreen

        return HomeScreen(
            self.store,
            self.person,
            self.unrecorded.try_question,
            self.opened,
            self._use_person,
            offers_practice=self._offers_practice,
        )

    def _use_person(self, person: "Person") -> None:
        """Home was told who is at the keyboard: that holds for the screens opened from now on."""
        self.person = person

    def _live(self, interview_id: str) -> "FirstScreen":
        from interviewkit.tui.screens.live.screen import LiveScreen
        from interviewkit.workflows.live_interview import LiveInterview

        interview = self.store.seen_by(self.person).interview(interview_id)
        notebook = self.store.notebook(interview_id)
        return LiveScreen(
            LiveInterview(notebook, self.store.bank(interview.bank_sha256), self.store.clock)
        )

    def action_interview(self, interview_id: str) -> None:
        """Open or resume an interview; anyone who is below is told when it ends."""
        self.opened(lambda: self._live(interview_id))

    @work
    async def _quit_unless_stopped(self, message: str) -> None:
        from interviewkit.tui.screens.dialogs import Confirm

        if await self.push_screen_wait(Confirm("Quit?", message, "Quit", "Stay")):
            self.exit()

    async def _dispatch_action(self, namespace: DOMNode, action_name: str, params: Any) -> bool:
        """Every action of every screen comes by here, and is kept by its name."""
        record_action(namespace, action_name)
        return await super()._dispatch_action(namespace, action_name, params)

    def action_team(self) -> None:
        """The folder or hub that roles are shared by, to join it and look after it."""
        from interviewkit.tui.screens.team import TeamScreen

        rounds = self.team_rounds
        self.opened(lambda: TeamScreen(self.store, rounds), lambda _: rounds.begin_due())

    async def action_quit(self) -> None:
        """Interviews are saved at every key, a bank in the workshop when one says so: ask."""
        warnings = [getattr(screen, "unsaved", "") for screen in self.screen_stack]
        if any(warnings):
            self._quit_unless_stopped(next(filter(None, warnings)))
        else:
            self.exit()

    def action_help_quit(self) -> None:
        """Ctrl+C with nothing selected: many expect it to quit."""
        for key, bound in self.active_bindings.items():
            if bound.binding.id == "quit":
                self.notify(f"Press {key} to quit.", timeout=4)

    def action_help(self) -> None:
        """What the screen is for, and its keys as the user has set them.

        Not Textual's own help panel: beside a screen of 80 columns it leaves neither enough room,
        and it lists every key of the text field before ours.
        """
        from interviewkit.tui.screens.dialogs import TextDialog

        rows = [
            f"| {self.get_key_display(bound.binding)} | {DOES[bound.binding.id]} |"
            for bound in self.screen.active_bindings.values()
            if bound.binding.id in DOES
        ]
        table = "\n".join(["## Keys", "", "| key | does |", "|---|---|", *dict.fromkeys(rows)])
        self.push_screen(TextDialog("Help", f"{self.screen.HELP or ''}\n\n{table}"))

    def on_resize(self, event: events.Resize) -> None:
        """A terminal that is too small is told so; the screen below stays as it is."""
        if self._is_ready:
            self._check_size(event.size)

    def _check_size(self, size: Size) -> None:
        is_covered = self.screen is self._size_cover
        screen = self.screen_stack[-2] if is_covered else self.screen
        width, height = getattr(screen, "SMALLEST", SMALLEST)
        is_small = size.width < width or size.height < height
        if is_small and not is_covered:
            from interviewkit.tui.screens.too_small import TooSmall

            self._size_cover = TooSmall()
            self.push_screen(self._size_cover)
        elif is_covered and not is_small:
            self.pop_screen()
