"""Candidates by competencies, and behind each value the answers it rests on."""

from collections.abc import Callable

from textual import on, work
from textual.app import ComposeResult
from textual.binding import Binding
from textual.containers import VerticalScroll
from textual.screen import Screen
from textual.widgets import Static

from interviewkit.comparison.means import format_mean
from interviewkit.comparison.ratings import Choice
from interviewkit.comparison.results import CandidateResult
from interviewkit.comparison.sentences import candidate_line, headline
from interviewkit.comparison.weights import CompetencyWeight
from interviewkit.errors import InterviewKitError
from interviewkit.interview.clock import local_day_words
from interviewkit.interview.people import Person
from interviewkit.interview.records import Candidate, ProbeCounts, Role
from interviewkit.storage.store import Store
from interviewkit.tui.content import Content
from interviewkit.tui.widgets.comparison_table import MOST_MARKED, ComparisonTable
from interviewkit.tui.widgets.comparison_text import explanation, legend
from interviewkit.tui.widgets.grid import Grid
from interviewkit.tui.widgets.key_line import Keys
from interviewkit.workflows.role_comparison import STEP, RoleComparison

HELP = """
# Comparison

`▆4.3▲×3○` is a mean of 4.3 over three interviewers; each counts once, however many questions they
asked. The bar and the sign say where on the scale: ▲ its upper part, ▼ its lower. ○ no answer
behind it was probed, ◐ some were not, ≠ interviewers are far apart. `–` was not assessed, which is
not zero. **Overall** is the mean of the competencies by their weights, with its standard error (±)
against the others of this round; **Covered** says how much of the weight was assessed.

**Place** `1–4` says that the candidate may stand anywhere from first to fourth; a dash, that it
cannot be told. `=` marks who is tied with the candidate under the cursor, when only these two are
asked about. Someone assessed on less than half of the weight stands below and has no place.

**Weights.** On a competency `+` and `-` change its weight at once, `u` takes the last change back,
Backspace goes back to the kits' weights. Such weights last until you leave the screen; nothing of
them is written anywhere.

**Enter** shows the answers behind a value side by side, **s** sorts by the column, **Space** marks
candidates and **p** draws the marked ones' profiles, **v** interviewers' severity, **m** says how
you use the scale yourself. **f** chooses rounds and interviewers, **a** takes only comparable
answers. **i** says in words what the numbers carry, **d** opens the debrief of the candidate, **r**
says whose scorecards are missing.

Candidates you are still interviewing yourself are withheld until you have submitted.
"""


class ComparisonScreen(Screen[None]):
    """One role, as one person may see it."""

    CSS_PATH = "comparison.tcss"
    HELP = HELP
    BINDINGS = [
        Binding("escape,f9", "app.pop_screen", "Home", id="comparison.home"),
        Binding("d", "debrief", "Debrief", id="comparison.debrief"),
        Binding("i", "explain", "In words", id="comparison.words"),
        Binding("s", "sort", "Sort", id="comparison.sort"),
        Binding("f", "filter", "Filter", id="comparison.filter"),
        Binding("a", "comparable", "Comparable only", id="comparison.comparable", show=False),
        Binding("plus,equals_sign", "weigh(1)", "Weight", key_display="+ -", id="comparison.more"),
        Binding("minus", "weigh(-1)", "Weighs less", id="comparison.less", show=False),
        Binding("u", "undo", "Undo weight", id="comparison.undo", show=False),
        Binding("backspace", "kits", "The kits' weights", id="comparison.kits_weights", show=False),
        Binding("space", "mark", "Mark", id="comparison.mark", show=False),
        Binding("p", "profile", "Profiles", id="comparison.profile", show=False),
        Binding("v", "severity", "Severity", id="comparison.severity", show=False),
        Binding("m", "mine", "My ratings", id="comparison.mine", show=False),
        Binding("r", "panel", "Who is in", id="comparison.panel", show=False),
        Binding("x", "workbook", "Excel", id="comparison.workbook"),
    ]

    def __init__(self, store: Store, role: Role, viewer: Person) -> None:
        super().__init__()
        self._store = store
        self._comparing = RoleComparison(store, role, viewer)
        self._is_shown = False

    def compose(self) -> ComposeResult:
        """The table, what is behind its cursor, and one line on what the numbers carry."""
        yield Static(id="heading", classes="title")
        yield ComparisonTable()
        yield Static(legend(self._comparing.now), id="legend")
        yield Static(id="detail")
        with VerticalScroll(id="words"):
            yield Static(id="explanation")
        yield Static(id="headline")
        yield Keys()

    def on_mount(self) -> None:
        """Where there is room and little to see, the words stand open."""
        few = len(self._comparing.now.candidates) <= 10
        nobody = not self._comparing.now.candidates
        self.set_class(nobody or (self.app.size.height >= 34 and few), "-words")
        self._show()
        self._table.focus()

    def on_screen_resume(self) -> None:
        """A scorecard may have been amended, or a decision made, on the screen above."""
        if self._is_shown:
            try:
                self._comparing.read()
            except InterviewKitError as error:
                self.notify(str(error), severity="error", timeout=12)
            self._show()
        self._is_shown = True

    @property
    def _table(self) -> ComparisonTable:
        return self.query_one(ComparisonTable)

    # What is shown

    def _show(self) -> None:
        comparison, table = self._comparing.now, self._table
        table.compare(comparison, self._comparing.places_gained)
        table.display = bool(comparison.candidates)
        self.set_class(not comparison.candidates, "-empty")
        self._say()
        self.query_one("#legend", Static).update(legend(comparison))
        self.query_one("#headline", Static).update(Content(headline(comparison)))
        self.query_one("#explanation", Static).update(explanation(comparison))

    def _say(self) -> None:
        """The heading: what is compared, by what, in which order, with which weights."""
        comparing = self._comparing
        parts = [Content.styled(f"Comparison · {comparing.role.title}", "bold $text-primary")]
        if comparing.is_filtered:
            parts.append(Content.styled(_filter_words(comparing), "$text-warning"))
        if sorting := self._table.sorting:
            parts.append(Content(f"by {sorting}"))
        if comparing.weights:
            names = {item.id: item.name for item in comparing.now.competencies}
            kits = {item.id: item.weight for item in comparing.by_kits.competencies}
            weights = ", ".join(
                f"{names[key]} {kits[key]:g}→{weight:g}"
                for key, weight in comparing.weights.items()
            )
            note = f"weights for this screen only, not saved (u undoes): {weights}"
            parts.append(Content.styled(note, "bold $text-warning"))
        self.query_one("#heading", Static).update(Content(" · ").join(parts))

    @on(Grid.Moved)
    def _show_detail(self) -> None:
        candidate = self._table.candidate
        if candidate:
            detail = self._detail(candidate, self._table.competency)
            self.query_one("#detail", Static).update(detail, layout=False)

    def _detail(self, candidate: CandidateResult, competency: CompetencyWeight | None) -> Content:
        if competency is None:
            decision = self._comparing.decisions.get(candidate.id)
            decided = ""
            if decision:
                day = local_day_words(decision.at)
                decided = f" · decided: {decision.course.words}, {day}"
            line = f"{candidate_line(candidate)}{decided}"
            return Content.assemble((candidate.name, "bold"), f" · {line}")
        cell = candidate.cells[competency.id]
        least = "" if competency.least is None else f", must-have from {competency.least:g}"
        head = (f"{candidate.name} · {competency.name}", "bold")
        weight = (f" · weighs {competency.weight:g}{least}", "$muted")
        if cell.mean is None:
            return Content.assemble(head, " · not assessed", weight)
        scores = ", ".join(f"{name} {score:g}" for name, score in cell.by_interviewer.items())
        probed = ProbeCounts(cell.probed, cell.new_detail, cell.not_noted).words
        if cell.probed and cell.not_probed:
            probed += f", {cell.not_probed} of {cell.ratings} answers not probed"
        error = self._comparing.now.cell_error(cell.n)
        margin = "" if error is None else f" ± {format_mean(error)}"
        return Content.assemble(
            head, f" · {format_mean(cell.mean)}{margin} from {scores} · {probed}", weight
        )

    # Order, weights, choice

    def action_sort(self) -> None:
        """By the column under the cursor."""
        self._table.sort(self._table.column)
        self._say()

    @on(Grid.HeadPressed)
    def _sort_by(self, event: Grid.HeadPressed) -> None:
        self._table.sort(event.column)
        self._say()

    def action_weigh(self, step: int) -> None:
        """Change the weight of the competency under the cursor, and everything with it."""
        competency = self._table.competency
        if competency is None:
            self.notify("Move to a competency first; + and - change its weight.", timeout=4)
        elif self._comparing.weigh(competency.id, competency.weight + step * STEP):
            self._show()

    def action_undo(self) -> None:
        """Take the last change of a weight back."""
        if self._comparing.undo():
            self._show()
        else:
            self.notify("No weight has been changed here.", timeout=4)

    def action_kits(self) -> None:
        """The weights that the kits give."""
        if self._comparing.as_kits_weigh():
            self._show()
        else:
            self.notify("These are the kits' weights.", timeout=4)

    @work
    async def action_filter(self) -> None:
        """Choose rounds and interviewers."""
        from interviewkit.tui.screens.comparison.filter_form import FilterScreen

        asked = FilterScreen(self._comparing.ratings, self._comparing.choice)
        choice = await self.app.push_screen_wait(asked)
        if choice is not None:
            self._choose(choice)

    def action_comparable(self) -> None:
        """Only answers to what everybody was asked, or all of them again."""
        choice = self._comparing.choice
        self._choose(Choice(choice.kits, choice.interviewers, not choice.comparable))

    def _choose(self, choice: Choice) -> None:
        self._comparing.choose(choice)
        self._show()
        if not self._comparing.now.candidates and self._comparing.ratings.cards:
            self.notify("No scorecard matches this choice; press f to change it.", timeout=6)

    def action_mark(self) -> None:
        """Mark the candidate under the cursor for the profiles."""
        if not self._table.mark():
            self.notify(f"{MOST_MARKED} are already marked; Space removes a mark.", timeout=4)

    def action_explain(self) -> None:
        """Open or close the words."""
        self.toggle_class("-words")
        if not self.has_class("-words"):
            self._table.focus()

    # Other screens

    @on(Grid.Opened)
    def _open_answers(self) -> None:
        candidate, competency = self._table.candidate, self._table.competency
        if candidate is None:
            return
        from interviewkit.tui.screens.comparison.answers import AnswersScreen

        comparing, person = self._comparing, Candidate(candidate.id, candidate.name)
        competency_id = competency.id if competency else None
        self._push(
            lambda: AnswersScreen(
                self._store, comparing.role, person, comparing.viewer, competency_id
            )
        )

    def action_debrief(self) -> None:
        """The debrief of the candidate under the cursor."""
        candidate = self._table.candidate
        if candidate is None:
            self.notify("There is no candidate to discuss yet.", timeout=4)
            return
        from interviewkit.tui.screens.comparison.debrief import DebriefScreen

        comparing, person = self._comparing, Candidate(candidate.id, candidate.name)
        self._push(lambda: DebriefScreen(self._store, comparing.role, person, comparing.viewer))

    def action_panel(self) -> None:
        """Whose scorecards are in and whose are missing."""
        from interviewkit.tui.screens.comparison.panel import PanelScreen

        comparing = self._comparing
        self._push(lambda: PanelScreen(self._store, comparing.role, comparing.viewer))

    def _push(self, make: Callable[[], Screen[None]]) -> None:
        """The screen that ``make`` gives; if the records refuse, say why and stay."""
        try:
            self.app.push_screen(make())
        except InterviewKitError as error:
            self.notify(str(error), severity="error", timeout=12)

    def action_profile(self) -> None:
        """The marked candidates over the competencies."""
        from interviewkit.tui.screens.comparison.plots import FEWEST, ProfileScreen

        marked = [
            candidate
            for candidate in self._comparing.now.candidates
            if candidate.id in self._table.marked
        ]
        if len(marked) < FEWEST:
            self.notify("Mark two to four candidates with Space first.", timeout=4)
        else:
            self.app.push_screen(ProfileScreen(self._comparing.now, marked))

    def action_severity(self) -> None:
        """How interviewers rate beside others on the same answers."""
        from interviewkit.tui.screens.comparison.plots import SeverityScreen

        if any(item.difference is not None for item in self._comparing.now.severity):
            self.app.push_screen(SeverityScreen(self._comparing.now))
        else:
            self.notify("No answer was rated by two interviewers, so there is nothing to draw.")

    def action_mine(self) -> None:
        """How the viewer uses the scale and asks, shown to nobody else."""
        from interviewkit.tui.screens.own_feedback import own_ratings_dialog

        try:
            dialog = own_ratings_dialog(self._store, self._comparing)
        except InterviewKitError as error:
            self.notify(str(error), timeout=4)
            return
        self.app.push_screen(dialog)

    def action_workbook(self) -> None:
        """The workbook of what is on the screen, filtered and weighed as it is here."""
        from interviewkit.tui.screens.export import ExportScreen
        from interviewkit.workflows.role_workbook import Wanted

        comparing = self._comparing
        if not comparing.ratings.cards:
            self.notify("There is nothing to write yet.")
            return
        workbook_choice = Wanted(comparing.choice, dict(comparing.weights))
        self.app.push_screen(
            ExportScreen(self._store, comparing.role, comparing.viewer, workbook_choice)
        )


def _filter_words(comparing: RoleComparison) -> str:
    choice, rounds = comparing.choice, comparing.ratings.rounds
    parts = [rounds.get(kit, kit) for kit in sorted(choice.kits)]
    parts += sorted(choice.interviewers, key=str.casefold)
    if choice.comparable:
        parts.append("comparable answers")
    return f"only {', '.join(parts)}"
