"""A candidate's scorecards, as one person may see them; one's own can be amended."""

from textual import on, work
from textual.app import ComposeResult
from textual.binding import Binding
from textual.containers import VerticalScroll
from textual.screen import Screen
from textual.widgets import OptionList, Static
from textual.widgets.option_list import Option

from interviewkit.errors import InterviewKitError
from interviewkit.interview.clock import local_day_words
from interviewkit.interview.people import Person, is_same_person
from interviewkit.interview.records import Answer, Candidate, Interview, Role
from interviewkit.storage.store import Store
from interviewkit.tui.content import Content
from interviewkit.tui.screens.amendment_form import AmendmentEntry, AmendScreen
from interviewkit.tui.screens.dialogs import TEXT_CELLS, TextDialog
from interviewkit.tui.widgets.history_text import history_text
from interviewkit.tui.widgets.hour_rail import PAGE_TITLES
from interviewkit.tui.widgets.key_line import Keys
from interviewkit.tui.widgets.scorecard_text import answer_text, recommendation_line, scorecard_text
from interviewkit.visible_text import visible_line

STATUS_CELLS = 34  # of a row, for the rating and what the probes brought
HELP = """
# Scorecards

Each scorecard as it was sealed: the recommendation, then every answer with what was written below
it. **a** amends your own: a rating, a note or the recommendation, always with a reason. The
original stays and is shown beside it; comparisons use the latest amendment. **h** shows who changed
which rating or note of an answer, and when.

**y** copies the scorecard under the cursor for your applicant tracking system: the recommendation,
and each competency with its rating and notes. **Y** copies the same as a table (CSV).

**w** shows what was said at the question under the cursor, if the interview was recorded and its
transcript was added; else it asks for the file.

The first line says how long this person's records are kept; **r** on the home screen sets that for
a role.
"""


class ScorecardsScreen(Screen[None]):
    """One candidate for one role."""

    CSS_PATH = "records.tcss"
    HELP = HELP
    BINDINGS = [
        Binding("escape,f9", "app.pop_screen", "Home", id="scorecards.home"),
        Binding("a", "amend", "Amend", id="scorecards.amend"),
        Binding("h", "history", "History", id="scorecards.history"),
        Binding("w", "transcript", "Transcript", id="scorecards.transcript"),
        Binding("y", "copy_for_ats", "For your ATS", id="scorecards.ats_text"),
        Binding("Y", "copy_for_ats(True)", "As a table", id="scorecards.ats_table", show=False),
    ]

    def __init__(
        self, store: Store, role: Role, candidate: Candidate, viewer: Person, at: str = ""
    ) -> None:
        """``at``: ``interview/question``, where the cursor stands at first."""
        super().__init__()
        self._at = at
        self._store = store
        self._role = role
        self._candidate = candidate
        self._viewer = viewer
        self._cards: dict[str, tuple[Interview, Answer | None]] = {}
        self._kept = store.seen_by(viewer).scorecards(role, candidate)
        (clock,) = store.retention().clocks(candidate)
        self._kept_words = clock.words

    def compose(self) -> ComposeResult:
        """A list of what is in the scorecards, and below it what was written."""
        yield Static(id="heading", classes="title")
        yield OptionList(id="cards", compact=True)
        with VerticalScroll(id="written"):
            yield Static(id="text")
        yield Keys()

    def on_mount(self) -> None:
        """Fill the list."""
        self._fill()
        self.query_one(OptionList).focus()

    def on_resize(self) -> None:
        """How long the records are kept stays in sight; a long name gives way to it."""
        retention = Content.styled(f"  {self._kept_words}", "$muted not bold")
        names = map(visible_line, (self._candidate.name, self._role.title))
        title = Content(f"Scorecards · {' · '.join(names)}")
        room = max(0, self.size.width - 2 - retention.cell_length)
        heading = Content.assemble(title.truncate(room, ellipsis=True), retention)
        self.query_one("#heading", Static).update(heading)
        self.call_after_refresh(self._show)

    def _fill(self) -> None:
        options, self._cards = [], {}
        for interview, answers in self._kept:
            day = local_day_words(interview.submitted_at or interview.started_at)
            head = Content.assemble(
                (f"{interview.interviewer} · {recommendation_line(interview)}", "bold $accent"),
                (f" · sealed {day}", "$muted"),
            )
            options.append(Option(head, id=f"{interview.id}/"))
            self._cards[f"{interview.id}/"] = (interview, None)
            for answer in answers:
                if answer.competency or answer.notes or answer.amendments:
                    key = f"{interview.id}/{answer.question}"
                    options.append(Option(self._row(interview, answer), id=key))
                    self._cards[key] = (interview, answer)
        cards = self.query_one(OptionList)
        at = cards.highlighted
        if at is None and self._at in self._cards:
            at = list(self._cards).index(self._at)
        cards.set_options(options)
        if options:
            cards.highlighted = at or 0
        else:
            self.query_one("#text", Static).update("There is no scorecard yet that you may see.")

    @on(OptionList.OptionHighlighted, "#cards")
    def _show(self) -> None:
        """What is under the cursor, as wide as there is room."""
        option, text = (
            self.query_one(OptionList).highlighted_option,
            self.query_one("#text", Static),
        )
        if option is None:
            return
        interview, answer = self._cards[option.id or ""]
        if answer is None:
            text.update(scorecard_text(interview))
        else:
            written = answer_text(answer, text.content_size.width)
            asked = Content.styled(self._ask(interview, answer), "italic")
            text.update(Content("\n").join(filter(None, [asked, written])))

    def _row(self, interview: Interview, answer: Answer) -> Content:
        """How an answer was rated, and its question."""
        status = (
            answer.line if answer.skipped is None else f"skipped: {visible_line(answer.skipped)}"
        )
        if answer.competency is None:
            return Content.assemble(("  notes", ""), f"  {PAGE_TITLES[answer.question]}")
        head = Content(f"  {status}")
        head = head.pad_right(max(0, STATUS_CELLS - head.cell_length))
        return Content.assemble(head, "  ", visible_line(self._ask(interview, answer)))

    def _ask(self, interview: Interview, answer: Answer) -> str:
        """The question as it was asked; the opening and the closing ask nothing."""
        if answer.competency is None:
            return ""
        return self._store.bank(interview.bank_sha256).question(answer.question).ask

    def action_history(self) -> None:
        """Who changed what in the answer under the cursor, and when."""
        option = self.query_one(OptionList).highlighted_option
        interview, answer = self._cards[option.id or ""] if option else (None, None)
        if interview is None or answer is None:
            self.notify("Move to an answer first.", timeout=4)
            return
        try:
            reader = self._store.seen_by(self._viewer)
            changes = reader.answer_history(interview.id, answer.question)
        except InterviewKitError as error:
            self.notify(str(error), severity="error", timeout=12)
            return
        self.app.push_screen(TextDialog("History", history_text(changes, TEXT_CELLS)))

    def action_transcript(self) -> None:
        """What was said at the question under the cursor, or the form that adds a transcript."""
        from interviewkit.tui.screens.transcript import TranscriptScreen

        option = self.query_one(OptionList).highlighted_option
        if option is None:
            return
        interview, answer = self._cards[option.id or ""]
        question = answer.question if answer else ""
        self.app.push_screen(
            TranscriptScreen(self._store, self._viewer, [interview.id], question), self._take_in
        )

    def _take_in(self, is_amended: bool | None) -> None:
        """Show amendments that were made of lines of a transcript."""
        if is_amended:
            self._kept = self._store.seen_by(self._viewer).scorecards(self._role, self._candidate)
            self._fill()
            self._show()

    def action_copy_for_ats(self, as_table: bool = False) -> None:
        """Copy the scorecard under the cursor as text, or as rows of a table."""
        from interviewkit.export.ats import ats_csv, ats_text

        option = self.query_one(OptionList).highlighted_option
        if option is None:
            return
        interview = self._cards[option.id or ""][0]
        answers = next(answers for card, answers in self._kept if card.id == interview.id)
        bank = self._store.bank(interview.bank_sha256)
        if as_table:
            text = ats_csv([(interview, answers, bank)])
        else:
            text = ats_text(interview, answers, bank)
        self.app.copy_to_clipboard(text)
        kind = "a table" if as_table else "text"
        self.notify(f"The scorecard of {interview.interviewer} is copied as {kind}.")

    @work
    async def action_amend(self) -> None:
        """Amend what is under the cursor."""
        option = self.query_one(OptionList).highlighted_option
        if option is None:
            return
        interview, answer = self._cards[option.id or ""]
        if not is_same_person(self._viewer, interview.interviewer):
            self.notify(
                f"Only {interview.interviewer} can amend this scorecard, and you are "
                f"{self._viewer.name}."
            )
            return
        if answer is not None and answer.competency is None:
            self.notify("Notes of the opening and the closing stay as they are.")
            return
        points = self._store.bank(interview.bank_sha256).ratings[-1]
        ask = self._ask(interview, answer) if answer else ""
        change = await self.app.push_screen_wait(AmendScreen(interview, answer, ask, points))
        if change:
            self._amend(interview, answer.question if answer else "", change)

    def _amend(self, interview: Interview, question: str, change: AmendmentEntry) -> None:
        try:
            notebook = self._store.notebook(interview.id)
            for field, value, probe in change.values:
                notebook.amend(field, question, value, change.reason, self._viewer, probe=probe)
            self._kept = self._store.seen_by(self._viewer).scorecards(self._role, self._candidate)
        except InterviewKitError as error:
            self.notify(str(error), severity="error", timeout=12)
            return
        self._fill()
