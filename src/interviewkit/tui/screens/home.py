"""Home: interviews under way, and the candidates of each role."""

from collections.abc import Callable
from datetime import datetime
from typing import TYPE_CHECKING

from textual import on, work
from textual.app import ComposeResult
from textual.binding import Binding
from textual.widgets import Button, OptionList, Static

from interviewkit.errors import InterviewKitError
from interviewkit.interview.people import Person
from interviewkit.interview.records import Candidate, Role, Standing
from interviewkit.storage.store import Store
from interviewkit.tui.content import Content
from interviewkit.tui.screens.first_screen import FirstScreen
from interviewkit.tui.screens.home_rows import PRACTICE, home_options, practice_rows, row_context
from interviewkit.tui.screens.home_texts import HELP, WELCOME
from interviewkit.tui.widgets.key_line import Keys
from interviewkit.tui.widgets.planned_rows import planned_rows
from interviewkit.workflows.planned_interviews import begin_planned, interviews_to_begin

if TYPE_CHECKING:
    from interviewkit.banks.loader import BankFile
    from interviewkit.interview.plan import PlanEntry
    from interviewkit.storage.search import Hit
    from interviewkit.workflows.team_news import TeamNews

WIDE = 110  # columns that hold a row's context, too


class HomeScreen(FirstScreen):
    """Built again each time it comes back to the front: another window may have changed things."""

    CSS_PATH = "home.tcss"
    HELP = HELP
    BINDINGS = [  # the last ones go first where there is no room
        Binding("n", "new", "New", id="home.new"),
        Binding("slash", "search", "Search", id="home.search"),
        Binding("c", "compare", "Compare", id="home.compare"),
        Binding("s", "scorecards", "Scorecards", id="home.scorecards"),
        Binding("d", "debrief", "Debrief", id="home.debrief"),
        Binding("b", "banks", "Banks", id="home.banks"),
        Binding("t", "app.practice", "Practice", id="home.practice"),
        Binding("q", "app.quit", "Quit", id="home.quit"),
        Binding("l", "plan", "Plan", id="home.plan"),
        Binding("p", "people", "People", id="home.people"),
        Binding("r", "role", "Role", id="home.role"),
        Binding("u", "questions", "Question use", id="home.questions"),
        Binding("f", "feedback", "Feedback", id="home.feedback"),
        Binding("k", "calibrations", "Calibration", id="home.calibrations"),
        Binding("m", "app.team", "Team", id="home.team"),
        Binding("w", "who", "Who you are", id="home.who"),
        Binding("delete", "discard", "Discard", id="home.discard", show=False),
    ]

    def __init__(
        self,
        store: Store,
        person: Person,
        try_question: Callable[["BankFile", str], None],
        open_screen: Callable[..., object],
        use_person: Callable[[Person], None],
        *,
        offers_practice: bool = False,
    ) -> None:
        """``offers_practice``: the first row is a rehearsal, for somebody who looks around."""
        super().__init__()
        self._offers_practice = offers_practice
        self._use_person = use_person
        self._open_screen = open_screen
        self._try_question = try_question
        self._store = store
        self._person = person
        self._backup: datetime | None = None
        self._team: TeamNews | None = None
        self._roles: dict[str, Role] = {}
        self._standings: list[Standing] = []
        self._row_panel: Static | None = None
        self._new_row = ""  # of an interview that was begun: the cursor's when home comes back

    def compose(self) -> ComposeResult:
        """A list; the greeting comes where there is nothing to list yet."""
        yield Static(self._heading(), id="heading", classes="title")
        yield OptionList(id="places", compact=True)
        yield Keys()

    def on_screen_resume(self) -> None:
        """Show the current state of the records."""
        try:
            standings = self._store.seen_by(self._person).standings()
            planned = planned_rows(interviews_to_begin(self._store, self._person, standings))
        except InterviewKitError as error:
            self.notify(str(error), severity="error", timeout=12)
            return
        panels = self._team.panels if self._team else ()
        options = [*planned, *home_options(standings, panels)]
        self.set_class(not options, "-empty")
        places = self.query_one("#places", OptionList)
        option_id, self._new_row = self._new_row or self._row(), ""
        self._standings = standings
        self._roles = {option.id: role for option, role in options if option.id}
        offered = practice_rows() if self._offers_practice else []
        places.set_options([*offered, *(option for option, _ in options)])
        if not options:
            self._greet()
            return
        ids = [option.id for option in places.options]
        if option_id not in ids:  # an interview that is in now is found at its candidate
            option_id = self._candidate_row(option_id.removeprefix("interview:"))
        places.highlighted = ids.index(option_id) if option_id in ids else 0
        places.focus()

    def _row(self) -> str:
        """The id of the row under the cursor; "" where there is none."""
        option = self.query_one("#places", OptionList).highlighted_option
        return (option and option.id) or ""

    def _row_parts(self) -> tuple[str, str, Role | None]:
        """What the row under the cursor is: its kind, what follows in its id, and its role."""
        row = self._row()
        kind, _, identity = row.partition(":")
        return kind, identity, self._roles.get(row)

    def _candidate_row(self, interview_id: str) -> str:
        for standing in self._standings:
            if (interview := standing.interview).id == interview_id:
                return f"candidate:{interview.role.id}/{interview.candidate.id}"
        return ""

    def on_resize(self) -> None:
        """What a row is about stands beside the list where there is room for both."""
        if self._row_panel is not None:
            self._row_panel.display = self.size.width >= WIDE
            self._show_context()
        elif self.size.width >= WIDE:
            self.call_after_refresh(self._add_row_panel)  # the list is to be there first

    def _add_row_panel(self) -> None:
        if self._row_panel is None:
            self._row_panel = Static(id="context")
            self.mount(self._row_panel)
            self._show_context()

    @on(OptionList.OptionHighlighted, "#places")
    def _show_context(self) -> None:
        """What is known of the row under the cursor, and what its keys do."""
        if self._row_panel is not None:
            panels = self._team.panels if self._team else ()
            context = row_context(self._row(), self._standings, panels)
            self._row_panel.update(context, layout=False)

    def _greet(self) -> None:
        """Mounted when it is needed: a button's styles take longer to read than all of home's."""
        if not self.query("#begin"):
            begin = Button("Start a first interview", id="begin", variant="primary")
            rehearse = Button(
                "Rehearse it first", id="rehearse", compact=True, action="app.practice"
            )
            self.mount(Static(WELCOME, id="welcome"), begin, rehearse, before="#places")
        self.query_one("#begin").focus()

    def show_team(self, news: "TeamNews | None") -> None:
        """What a round with the team brought: who is in, and what waits; None without a team."""
        self._team = news
        if self.is_mounted:
            self.query_one("#heading", Static).update(self._heading())
        if news is not None and self.is_current:
            self.on_screen_resume()

    def say_backup(self, last: datetime | None) -> None:
        """When the newest backup was made, beside the program's name; None says nothing."""
        self._backup = last
        self.query_one("#heading", Static).update(self._heading())

    def _heading(self) -> Content:
        """The program, who one is, and when the newest backup was made."""
        name = Content.assemble("interviewkit", (f" · {self._person.name}", "not bold"))
        if self._team and self._team.sentence:
            return Content.assemble(name, (f" · {self._team.sentence}", "$text-warning not bold"))
        if self._backup:
            moment = self._backup.astimezone()
            backup_text = (f" · last backup {moment.day} {moment:%b %Y, %H:%M}", "$muted not bold")
            name = Content.assemble(name, backup_text)
        return name

    def action_who(self) -> None:
        """Say who sits at the keyboard, from now on and at every later start."""
        from interviewkit.tui.screens.who_you_are import FirstStartScreen

        def use(person: Person | None) -> None:
            if person:
                self._person = person
                self._use_person(person)
                self.query_one("#heading", Static).update(self._heading())
                self.on_screen_resume()  # another person may see other things

        self._open_screen(lambda: FirstStartScreen(self._store, self._person.name), use)

    def action_people(self) -> None:
        """People, roles and candidates, to rename and merge them."""
        from interviewkit.tui.screens.people import PeopleScreen

        self._open_screen(lambda: PeopleScreen(self._store, self._person.name))

    def action_plan(self) -> None:
        """Open the plan."""
        from interviewkit.tui.screens.plan import PlanScreen

        self._open_screen(lambda: PlanScreen(self._store, self._person.name))

    @on(OptionList.OptionSelected, "#places")
    async def _open(self, event: OptionList.OptionSelected) -> None:
        kind, _, identity = (event.option.id or "").partition(":")
        if kind == "interview":
            await self._resume(identity)
        elif kind == "plan":
            await self._begin_planned(identity)
        elif kind == "candidate":
            self.action_scorecards()
        elif kind == PRACTICE:
            await self.run_action("app.practice")
        else:
            self.action_compare()

    async def _resume(self, interview_id: str) -> None:
        """One's own; nobody reads or writes in another interviewer's interview."""
        try:
            self._store.seen_by(self._person).interview(interview_id)
        except InterviewKitError as error:
            self.notify(str(error), severity="error", timeout=12)
            return
        await self.run_action(f"app.interview({interview_id!r})")

    async def _begin_planned(self, entry_id: str) -> None:
        """With the kit that is planned; where none is, the form asks for it."""
        try:
            entry, interview_id = begin_planned(self._store, entry_id, self._person)
        except InterviewKitError as error:
            self.notify(str(error), severity="error", timeout=12)
        else:
            if interview_id is None:
                self._ask_for_interview(entry)
            else:
                await self.run_action(f"app.interview({interview_id!r})")

    @on(Button.Pressed, "#begin")
    def action_new(self) -> None:
        """Open the form for a new interview."""
        self._ask_for_interview()

    def _ask_for_interview(self, planned: "PlanEntry | None" = None) -> None:
        from interviewkit.tui.screens.interview_form import StartScreen

        def begin(interview_id: str | None) -> None:
            if interview_id:
                self._new_row = f"interview:{interview_id}"
                self.app.call_later(self.app.run_action, f"app.interview({interview_id!r})")

        self.app.push_screen(StartScreen(self._store, self._person, planned), begin)

    def action_compare(self) -> None:
        """Compare the candidates of the role under the cursor."""
        from interviewkit.tui.screens.comparison.screen import ComparisonScreen

        _, _, role = self._row_parts()
        if role:
            self._open_screen(lambda: ComparisonScreen(self._store, role, self._person))

    def action_debrief(self) -> None:
        """The debrief of the candidate under the cursor; on a role, who is in."""
        kind, identity, role = self._row_parts()
        if role is None:
            return
        if kind == "candidate":
            from interviewkit.tui.screens.comparison.debrief import DebriefScreen

            self._open_screen(
                lambda: DebriefScreen(
                    self._store, role, self._candidate(identity.partition("/")[2]), self._person
                )
            )
        else:
            from interviewkit.tui.screens.comparison.panel import PanelScreen

            self._open_screen(lambda: PanelScreen(self._store, role, self._person))

    def action_questions(self) -> None:
        """What questions and probes have done, bank by bank."""
        from interviewkit.tui.screens.comparison.question_statistics import QuestionUseScreen

        if self._store.banks_used():
            self._open_screen(lambda: QuestionUseScreen(self._store, self._person))
        else:
            self.notify("No interview has used a bank yet.", timeout=4)

    def action_feedback(self) -> None:
        """How one interviews, from one's own scorecards, over all roles."""
        from interviewkit.tui.screens.own_feedback import feedback_dialog

        self._open_screen(lambda: feedback_dialog(self._store, self._person))

    def action_calibrations(self) -> None:
        """Written answers that several interviewers rate."""
        from interviewkit.tui.screens.calibration.set_list import CalibrationsScreen

        self._open_screen(lambda: CalibrationsScreen(self._store, self._person))

    def _candidate(self, candidate_id: str) -> Candidate:
        return next(
            candidate for candidate in self._store.candidates() if candidate.id == candidate_id
        )

    @work
    async def action_discard(self) -> None:
        """Take away the interview under the cursor; where something is written in it, ask first."""
        from interviewkit.tui.screens.discard_question import discard_after_asking

        kind, identity, _ = self._row_parts()
        if kind != "interview":
            self.notify("Move to an interview under way first.", timeout=4)
            return
        try:
            words = await discard_after_asking(self.app, self._store, self._person, identity)
        except InterviewKitError as error:
            self.notify(str(error), timeout=8)
            return
        if words:
            self.notify(f"Discarded: {words}.", timeout=6)
            self.on_screen_resume()

    def action_search(self) -> None:
        """Open the search."""
        from interviewkit.tui.screens.search import SearchScreen

        self._open_screen(lambda: SearchScreen(self._store, self._person, self._found))

    def _found(self, hit: "Hit") -> None:
        """The scorecard in which it was found, or one's own interview under way."""
        from interviewkit.tui.screens.scorecards import ScorecardsScreen

        try:
            interview = self._store.seen_by(self._person).interview(hit.interview_id)
        except InterviewKitError as error:
            self.notify(str(error), severity="error", timeout=12)
            return
        if interview.submitted_at is None:
            self.app.call_later(self.app.run_action, f"app.interview({interview.id!r})")
            return
        at = f"{interview.id}/{hit.question}"
        self._open_screen(
            lambda: ScorecardsScreen(
                self._store, interview.role, interview.candidate, self._person, at
            )
        )

    def action_role(self) -> None:
        """The settings of the role under the cursor."""
        from interviewkit.tui.screens.role_form import RoleScreen

        _, _, role = self._row_parts()
        if role is None:
            self.notify("Move to a role first.", timeout=4)
            return

        def say(is_saved: bool | None) -> None:
            if is_saved:
                self.notify(f"Saved for {role.title}.", timeout=4)

        self.app.push_screen(RoleScreen(self._store, role, self._person), say)

    def action_banks(self) -> None:
        """The question banks, to read, to change and to try."""
        from interviewkit.tui.screens.workshop.bank_list import BanksScreen

        self._open_screen(lambda: BanksScreen(self._try_question))

    def action_scorecards(self) -> None:
        """The scorecards of the candidate under the cursor."""
        from interviewkit.tui.screens.scorecards import ScorecardsScreen

        kind, identity, role = self._row_parts()
        if role is None or kind != "candidate":
            self.notify("Move to a candidate first.", timeout=4)
            return
        candidate_id = identity.partition("/")[2]
        self._open_screen(
            lambda: ScorecardsScreen(self._store, role, self._candidate(candidate_id), self._person)
        )
