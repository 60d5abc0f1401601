"""Home: interviews under way, and the candidates of each role."""

from collections.abc import Callable
from datetime import datetime
from typing import TYPE_CHECKING

from textual import on, work
from textual.app import ComposeResult
from textual.binding import Binding
from textual.screen import Screen
from textual.widgets import Button, OptionList, Static
from textual.widgets.option_list import Option

from interviewkit.errors import InterviewKitError
from interviewkit.interview.clock import local_day_words
from interviewkit.interview.people import Person
from interviewkit.interview.records import Candidate, Role, Standing, distinct_names
from interviewkit.storage.store import Store
from interviewkit.tui.content import Content
from interviewkit.tui.widgets.key_line import Keys
from interviewkit.tui.widgets.todays_plan import todays_rows
from interviewkit.workflows.planned_interviews import begin_planned, todays_interviews

if TYPE_CHECKING:
    from interviewkit.banks.loader import BankFile
    from interviewkit.interview.plan import PlanEntry
    from interviewkit.storage.search import Hit

WELCOME = """
[b]Welcome to interviewkit.[/b]

It leads you through a structured interview: the same questions for everyone, anchors to rate \
each answer by, and at every moment a follow-up worth asking. What you type is saved as you type \
it, on this machine only.

To begin you need a candidate's name and a role; the questions come with it.

[$muted]To look around first, quit with q and run[/]  interviewkit demo
"""
HELP = """
# Home

**Enter** on an interview under way resumes it where it was, on one planned for today begins it with
its kit, on a role compares its candidates, on a candidate opens the scorecards.

**n** starts another interview. **c** compares the candidates of the role under the cursor. **s**
opens a candidate's scorecards, where you can amend your own. **d** opens the debrief of the
candidate under the cursor; on a role it says whose scorecards are in and whose are missing. **/**
searches notes, questions and summaries. **r** sets who owns the role under the cursor, what its
interviewers see, and how long its records stay. **b** opens the question banks, to read and change
them and to try a question; **u** shows what a bank's questions and probes have done over all
interviews. **l** lists what is planned. **p** lists people, roles and candidates, to rename and
merge them; **w** says who you are, which stands at the top. **Delete** discards an interview of
yours that is not submitted, after saying what is written in it. **q** quits.

While you are interviewing a candidate yourself, you see nobody else's scorecards for them.
"""


class HomeScreen(Screen[None]):
    """Built again each time it comes back to the front: another window may have changed things."""

    CSS_PATH = "home.tcss"
    HELP = HELP
    HORIZONTAL_BREAKPOINTS = [(0, "-narrow"), (110, "-wide")]
    BINDINGS = [
        Binding("n", "new", "New", id="home.new"),
        Binding("slash", "search", "Search", id="home.search"),
        Binding("c", "compare", "Compare", id="home.compare"),
        Binding("s", "scorecards", "Scorecards", id="home.scorecards"),
        Binding("r", "role", "Role", id="home.role", show=False),
        Binding("d", "debrief", "Debrief", id="home.debrief"),
        Binding("u", "questions", "Question use", id="home.questions", show=False),
        Binding("delete", "discard", "Discard", id="home.discard", show=False),
        Binding("b", "banks", "Banks", id="home.banks"),
        Binding("l", "plan", "Plan", id="home.plan", show=False),
        Binding("p", "people", "People", id="home.people", show=False),
        Binding("w", "who", "Who you are", id="home.who", show=False),
        Binding("q", "app.quit", "Quit", id="home.quit"),
    ]

    def __init__(
        self,
        store: Store,
        person: Person,
        try_question: Callable[["BankFile", str], None],
        open_screen: Callable[..., object],
        use_person: Callable[[Person], None],
    ) -> None:
        super().__init__()
        self._use_person = use_person
        self._open_screen = open_screen
        self._try_question = try_question
        self._store = store
        self._person = person
        self._backup: datetime | None = None
        self._roles: dict[str | None, Role] = {}

    def compose(self) -> ComposeResult:
        """A list; the greeting comes where there is nothing to list yet."""
        yield Static(self._heading(), id="heading", classes="title")
        yield OptionList(id="places", compact=True)
        yield Keys()

    def on_screen_resume(self) -> None:
        """Show how things stand now."""
        try:
            standings = self._store.seen_by(self._person).standings()
            today = todays_rows(todays_interviews(self._store, self._person, standings))
        except InterviewKitError as error:
            self.notify(str(error), severity="error", timeout=12)
            return
        options = [*today, *_options(standings)]
        self.set_class(not options, "-empty")
        places = self.query_one("#places", OptionList)
        kept = places.highlighted_option.id if places.highlighted_option else None
        self._roles = {option.id: role for option, role in options}
        places.set_options(option for option, _ in options)
        if not options:
            self._greet()
            return
        ids = [option.id for option in places.options]
        places.highlighted = ids.index(kept) if kept and kept in ids else 0
        places.focus()

    def _greet(self) -> None:
        """Mounted when it is needed: a button's styles take longer to read than all of home's."""
        if not self.query("#begin"):
            begin = Button("Begin a first interview", id="begin", variant="primary")
            self.mount(Static(WELCOME, id="welcome"), begin, before="#places")
        self.query_one("#begin").focus()

    def say_backup(self, last: datetime | None) -> None:
        """When the newest backup was made, beside the program's name; None says nothing."""
        self._backup = last
        self.query_one("#heading", Static).update(self._heading())

    def _heading(self) -> Content:
        """The program, who one is, and when the newest backup was made."""
        name = Content.assemble("interviewkit", (f" · {self._person.name}", "not bold"))
        if self._backup:
            moment = self._backup.astimezone()
            when = (f" · last backup {moment.day} {moment:%b %Y, %H:%M}", "$muted not bold")
            name = Content.assemble(name, when)
        return name

    def action_who(self) -> None:
        """Say who sits at the keyboard, from now on and at every later start."""
        from interviewkit.tui.screens.first_start import FirstStartScreen

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
        """What is planned."""
        from interviewkit.tui.screens.plan import PlanScreen

        self._open_screen(lambda: PlanScreen(self._store, self._person.name))

    @on(OptionList.OptionSelected, "#places")
    async def _open(self, event: OptionList.OptionSelected) -> None:
        kind, _, rest = (event.option.id or "").partition(":")
        if kind == "interview":
            await self._resume(rest)
        elif kind == "plan":
            await self._begin_planned(rest)
        elif kind == "candidate":
            self.action_scorecards()
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
        """The form for another interview."""
        self._ask_for_interview()

    def _ask_for_interview(self, planned: "PlanEntry | None" = None) -> None:
        from interviewkit.tui.screens.interview_form import StartScreen

        def begin(interview_id: str | None) -> None:
            if interview_id:
                self.app.call_later(self.app.run_action, f"app.interview({interview_id!r})")

        self.app.push_screen(StartScreen(self._store, self._person, planned), begin)

    def action_compare(self) -> None:
        """Compare the candidates of the role under the cursor."""
        from interviewkit.tui.screens.comparison.screen import ComparisonScreen

        option = self.query_one("#places", OptionList).highlighted_option
        role = self._roles.get(option.id or "") if option else None
        if role:
            self._open_screen(lambda: ComparisonScreen(self._store, role, self._person))

    def action_debrief(self) -> None:
        """The debrief of the candidate under the cursor; on a role, who is in."""
        option = self.query_one("#places", OptionList).highlighted_option
        kind, _, rest = ((option and option.id) or "").partition(":")
        if option is None:
            return
        role = self._roles[option.id]
        if kind == "candidate":
            from interviewkit.tui.screens.comparison.debrief import DebriefScreen

            self._open_screen(
                lambda: DebriefScreen(
                    self._store, role, self._candidate(rest.partition("/")[2]), self._person
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
            self.notify("No bank was used in an interview yet.", timeout=4)

    def _candidate(self, wanted: str) -> Candidate:
        return next(one for one in self._store.candidates() if one.id == wanted)

    @work
    async def action_discard(self) -> None:
        """Take away the interview under the cursor; where something is written in it, ask first."""
        option = self.query_one("#places", OptionList).highlighted_option
        kind, _, rest = ((option and option.id) or "").partition(":")
        if kind != "interview":
            self.notify("Move to an interview under way first.", timeout=4)
            return
        try:
            contents = self._store.contents(rest, self._person.name)
            if not contents.is_empty and not await self._gives_up(rest, contents.words):
                return
            self._store.discard(rest, self._person.name)
        except InterviewKitError as error:
            self.notify(str(error), timeout=8)
            return
        said = "nothing had been written in it" if contents.is_empty else contents.words
        self.notify(f"Discarded: {said}.", timeout=6)
        self.on_screen_resume()

    async def _gives_up(self, interview_id: str, words: str) -> bool:
        from interviewkit.tui.screens.dialogs import Confirm

        interview = self._store.seen_by(self._person).interview(interview_id)
        question = (
            f"{interview.candidate.name} · {interview.role.title}\nThis goes for good, with its "
            f"history: {words}.\nThe role's history keeps that you discarded an interview, and how "
            "much was in it."
        )
        return await self.app.push_screen_wait(
            Confirm("Discard your interview?", question, "Discard", "Keep", careful=True)
        )

    def action_search(self) -> None:
        """Words in notes, questions and summaries."""
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

        option = self.query_one("#places", OptionList).highlighted_option
        role = self._roles.get(option.id or "") if option else None
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

        option = self.query_one("#places", OptionList).highlighted_option
        kind, _, rest = ((option and option.id) or "").partition(":")
        if option is None or kind != "candidate":
            self.notify("Move to a candidate first.", timeout=4)
            return
        wanted = rest.partition("/")[2]
        role = self._roles[option.id]

        self._open_screen(
            lambda: ScorecardsScreen(self._store, role, self._candidate(wanted), self._person)
        )


def _options(standings: list[Standing]) -> list[tuple[Option, Role]]:
    """What the list shows, each with the role it belongs to."""
    options: list[tuple[Option, Role]] = []
    under_way = [s for s in standings if s.interview.submitted_at is None]
    for standing in under_way:
        one = standing.interview
        text = Content.assemble(
            ("▸ ", "$text-accent"),
            (f"{one.candidate.name:<26} ", "bold"),
            f"{standing.done} of {standing.questions} · {one.role.title}",
            (f" · {one.interviewer}", "$muted"),
        )
        options.append((Option(text, id=f"interview:{one.id}"), one.role))
    roles: dict[str, list[Standing]] = {}
    for standing in sorted(standings, key=lambda s: s.interview.role.title.casefold()):
        roles.setdefault(standing.interview.role.id, []).append(standing)
    for group in roles.values():
        role = group[0].interview.role
        if options:
            options.append((Option("", disabled=True), role))  # a space; no cursor stops there
        title = Content.styled(role.title, "bold $text-primary")
        options.append((Option(title, id=f"role:{role.id}"), role))
        options += [(option, role) for option in _candidates(role, group)]
    return options


def _candidates(role: Role, group: list[Standing]) -> list[Option]:
    people: dict[Candidate, list[Standing]] = {}
    for standing in group:
        people.setdefault(standing.interview.candidate, []).append(standing)
    names = distinct_names(people)
    options = []
    for person, mine in sorted(people.items(), key=lambda item: (item[0].name.casefold(), item[0])):
        name = names[person.id]
        done = sum(one.interview.submitted_at is not None for one in mine)
        parts = [f"{done} scorecard{'' if done == 1 else 's'}"] if done else []
        if len(mine) > done:
            parts.append(f"{len(mine) - done} under way")
        last = max(one.touched_at for one in mine)
        text = Content.assemble(
            f"  {name:<26} ", " · ".join(parts), (f" · {local_day_words(last)}", "$muted")
        )
        options.append(Option(text, id=f"candidate:{role.id}/{person.id}"))
    return options
