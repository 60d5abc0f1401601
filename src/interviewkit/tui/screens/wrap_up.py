"""The wrap-up: what is open, question by question, the recommendation, the summary, the seal."""

from collections.abc import Callable

from textual import on, work
from textual.app import ComposeResult
from textual.binding import Binding
from textual.screen import Screen
from textual.timer import Timer
from textual.widgets import Input, OptionList, Static, TextArea

from interviewkit.errors import ChangedMeanwhileError, InterviewKitError
from interviewkit.interview.clock import as_clock
from interviewkit.interview.grammar import SIGNS
from interviewkit.interview.records import Recommendation
from interviewkit.interview.sealed_document import mismatch
from interviewkit.interview.second_look import InterviewSnapshot, changes
from interviewkit.plurals import count_noun
from interviewkit.tui.content import Content
from interviewkit.tui.screens.answer_list import AnswerList, state_line
from interviewkit.tui.screens.dialogs import Confirm, TextDialog
from interviewkit.tui.screens.wrap_up_texts import HELP, SUMMARY_HINT
from interviewkit.tui.widgets.answer_review import AnswerReview
from interviewkit.tui.widgets.choice import OneLineChoice
from interviewkit.tui.widgets.hour_rail import PAGE_TITLES
from interviewkit.tui.widgets.key_line import Keys
from interviewkit.tui.widgets.note_line import DRAFT_AFTER
from interviewkit.tui.widgets.text_input import SequentialInput
from interviewkit.visible_text import visible_line
from interviewkit.workflows.answer_gaps import AnswerGaps, answer_gaps
from interviewkit.workflows.live_interview import LiveInterview

ORDER = tuple(Recommendation)
STATES_IN_ROW = 14  # questions whose states fit on one row of 80 columns


class WrapUpScreen(Screen[str | None]):
    """Ends with the page to go back to, or None when the scorecard was submitted."""

    CSS_PATH = "wrap_up.tcss"
    HELP = HELP
    AUTO_FOCUS = "#answers"
    HORIZONTAL_BREAKPOINTS = [(0, "-narrow"), (110, "-wide")]
    VERTICAL_BREAKPOINTS = [(0, "-short"), (30, "-tall")]
    BINDINGS = [
        Binding("ctrl+s", "submit", "Submit", id="wrap_up.submit"),
        Binding("escape", "back", "Back", id="wrap_up.back"),
        Binding("a", "list_all", "All answers", id="wrap_up.all"),
        Binding("f2", "transcript", "Transcript", id="wrap_up.transcript"),
        Binding("pagedown", "scroll_notes(1)", "More notes", id="wrap_up.down", show=False),
        Binding("pageup", "scroll_notes(-1)", "Notes before", id="wrap_up.up", show=False),
    ]

    def __init__(self, live: LiveInterview) -> None:
        super().__init__()
        self.live = live
        self._looked = live.look_again()
        interview = self._looked.interview
        self._recommended = interview.recommendation
        self._summary = interview.summary
        self._why = interview.reason
        self._gaps = answer_gaps(live)
        self._lists_all = False
        self._is_rating = False
        self._is_reading = False  # the transcript
        self._answers = AnswerList(self.take_sign, self._begin_summary)
        self._title = Static(id="heading")
        self._states = Static(id="states")
        self._review = AnswerReview()
        self._keys = Keys()
        self._reason = SequentialInput(interview.reason, id="reason")
        self._area = TextArea(
            self._summary,
            id="summary",
            tab_behavior="focus",
            compact=True,
            placeholder=SUMMARY_HINT,
        )
        self._area.cursor_blink = False  # an idle screen costs nothing
        self._waiting: Timer | None = None
        chosen = ORDER.index(self._recommended) if self._recommended else None
        options = [recommendation.words for recommendation in ORDER]
        self._choice = OneLineChoice(options, chosen, id="recommendation")
        self._choice.can_focus = False  # its digits work from the list; Tab goes to the summary

    def compose(self) -> ComposeResult:
        """Answers, the one under the cursor, recommendation, summary."""
        yield self._title
        yield self._states
        yield self._answers
        yield self._review
        yield self._choice
        yield self._area
        yield self._reason
        yield self._keys

    def on_resize(self) -> None:
        """The counts in the heading stay in sight."""
        self._show_heading()

    def on_mount(self) -> None:
        """What was written so far goes on at its end."""
        self.set_class(len(self.live.questions) > STATES_IN_ROW, "-many")
        self._area.move_cursor(self._area.document.end)
        self._show_all()

    def on_unmount(self) -> None:
        """Leaving by any door saves the summary."""
        self._save()

    # What is shown

    def _show_all(self) -> None:
        self._gaps = answer_gaps(self.live)
        self._show_heading()
        self._states.update(state_line(self._gaps))
        self._list()
        self._ask_why()

    def _show_heading(self) -> None:
        """How much is open, and where it is no answer, that it is."""
        self._title.update(self._heading())
        is_recommended, is_summed_up = self._recommended is not None, self._area.text.strip()
        self._choice.border_title = f" Recommendation{'' if is_recommended else ' · open'} "
        self._area.border_title = f" Summary, in your own words{'' if is_summed_up else ' · open'} "

    def _heading(self) -> Content:
        live = self.live
        count = sum(gaps.is_open for gaps in self._gaps)
        count += (self._recommended is None) + (not self._area.text.strip())
        names = map(visible_line, (live.interview.candidate.name, live.interview.role.title))
        times = f"{as_clock(sum(live.spent.values()))} of {as_clock(live.kit.minutes * 60)}"
        counts = Content.assemble(
            " · ",
            (f"{count} open" if count else "nothing left open", "bold $text-warning" * bool(count)),
            (f" · {times}", "$muted"),
        )
        title = Content.assemble(("Wrap-up", "bold"), f" · {' · '.join(names)}")
        room = max(0, self.app.size.width - 2 - counts.cell_length)  # long names give way
        return Content.assemble(title.truncate(room, ellipsis=True), counts)

    def _list(self) -> None:
        self._keys.rename("wrap_up.all", "What is open" if self._lists_all else "All answers")
        self._answers.list_answers(self._gaps, self._ask, lists_all=self._lists_all)

    def _ask(self, gaps: AnswerGaps) -> str:
        if not gaps.position:
            return PAGE_TITLES[gaps.answer.question]
        return visible_line(self.live.bank.question(gaps.answer.question).ask)

    @on(OptionList.OptionHighlighted, "#answers")
    def _show_review(self) -> None:
        self._await_rating(False)
        gaps, bank = self._answers.current, self.live.bank
        if gaps is None:
            return
        answer, anchors = gaps.answer, {}
        title = PAGE_TITLES.get(answer.question, "")
        if gaps.position:
            question = bank.question(answer.question)
            title = f"{gaps.position} · {bank.competency(question.competency).name}"
            anchors = dict(bank.anchors(question))
        self._review.show(title, self._ask(gaps), as_clock(answer.seconds), answer, anchors)

    def _ask_why(self) -> None:
        """A line for the reason, where recommendation and ratings differ."""
        top, answers = self.live.bank.ratings[-1], self.live.answers
        doubt = mismatch(self._recommended, answers, top) if self._recommended else ""
        self._reason.display = bool(doubt)
        self.set_class(bool(doubt), "-why")
        self._reason.border_title = f" {doubt} Why? "

    # Keys and clicks on the list

    def take_sign(self, sign: str) -> None:
        """A digit recommends, behind a slash it rates; a sign says what a probe brought."""
        is_rating = self._is_rating
        self._await_rating(sign == "/")
        if sign == "/":
            return
        if sign in SIGNS:
            self._set_outcome(sign)
        elif is_rating:
            self.action_rate(int(sign))
        elif 1 <= int(sign) <= len(ORDER):
            self._choice.action_choose(int(sign) - 1)

    def _begin_summary(self, text: str) -> None:
        self._area.focus()
        self._area.insert(text)

    def _await_rating(self, is_rating: bool) -> None:
        """Behind a slash the anchors have the notes' room, too, where both have little."""
        self._is_rating = is_rating
        self.set_class(is_rating, "-rating")

    def action_rate(self, rating: int) -> None:
        """Rate the answer under the cursor; 0 is not assessed."""
        gaps = self._answers.current
        if gaps is None or not gaps.position:
            return
        if rating > self.live.bank.ratings[-1]:
            self.notify(f"Ratings go from 1 to {self.live.bank.ratings[-1]}.", timeout=4)
            return
        self._change(lambda: self.live.rate(rating or None, gaps.answer.question))

    def _set_outcome(self, sign: str) -> None:
        gaps = self._answers.current
        if gaps is None or not gaps.outcomes:
            self.notify("No probe of this answer waits for an outcome.", timeout=4)
            return
        probe, outcome = gaps.outcomes[0], SIGNS[sign]
        self._change(lambda: self.live.set_outcome(outcome, probe.probe, gaps.answer.question))

    def _change(self, change: Callable[[], None]) -> None:
        """Make a change and show what is open now."""
        try:
            change()
        except InterviewKitError as error:
            self.notify(str(error), severity="error", timeout=12)
            return
        self._looked = self._looked._replace(answers=tuple(self.live.answers))
        self._show_all()

    def action_review(self, question: str) -> None:
        """Show an answer that was clicked, which may be no open one."""
        if not self._answers.point_at(question):
            self.action_list_all()
            self._answers.point_at(question)
        self._answers.focus()

    def action_scroll_notes(self, pages: int) -> None:
        """More notes than there is room for."""
        self._review.scroll_notes(pages)

    async def action_transcript(self) -> None:
        """What was said at the answer under the cursor, or the form that adds a transcript."""
        question = gaps.answer.question if (gaps := self._answers.current) else ""
        self._is_reading = True
        await self.run_action(f"app.transcript('{self.live.interview.id}', '{question}')")

    def on_screen_resume(self) -> None:
        """Show the notes that were made of lines of a transcript."""
        if self._is_reading:
            self._is_reading = False
            self._take_in(self.live.look_again())

    def action_list_all(self) -> None:
        """All answers, or only what is open."""
        self._lists_all = not self._lists_all
        self._list()

    @on(OptionList.OptionSelected, "#answers")
    def _jump(self, event: OptionList.OptionSelected) -> None:
        self.dismiss(event.option.id)

    @on(OneLineChoice.Chosen)
    def _recommend(self, event: OneLineChoice.Chosen) -> None:
        try:
            self.live.notebook.recommend(ORDER[event.index])
            self._recommended = ORDER[event.index]
            self._ask_why()
            self._show_heading()
        except InterviewKitError as error:
            self.notify(str(error), severity="error", timeout=12)

    @on(TextArea.Changed)
    @on(Input.Changed)
    def _typed(self) -> None:
        if self._waiting is None:
            self._waiting = self.set_timer(DRAFT_AFTER, self._save)

    def _save(self) -> None:
        if self._waiting is not None:
            self._waiting.stop()
            self._waiting = None
        # A reason that is asked for no more spoke of another recommendation.
        text, reason = self._area.text, self._reason.value if self._reason.display else ""
        try:
            if text != self._summary:
                self.live.notebook.summarise(text)
                self._summary = text
                self._show_heading()
            if reason != self._why:
                self.live.notebook.explain(reason)
                self._why = reason
        except InterviewKitError as error:
            self.notify(str(error), severity="error", timeout=12)

    def action_back(self) -> None:
        """To the question the interview stands at."""
        self.dismiss(self.live.page)

    @work
    async def action_submit(self) -> None:
        """Look once more at what is there, ask once, then seal what was seen."""
        if self.app.screen is not self:
            return
        try:
            if await self._has_changed():
                return
            self._save()
            if self._is_ready() and await self.app.push_screen_wait(self._question()):
                seal = self.live.notebook.submit(self._snapshot())
                self.notify(f"Submitted and sealed ({seal[:12]}…). Thank you.", timeout=10)
                self.dismiss(None)
        except ChangedMeanwhileError:
            await self._has_changed()
        except InterviewKitError as error:
            self.notify(str(error), severity="error", timeout=12)

    def _is_ready(self) -> bool:
        """Whether all is there that a scorecard needs; else says what is not and goes to it."""
        if self._recommended is None:
            self.notify("Choose a recommendation first: 1 to 4.", severity="warning")
            self._answers.focus()
            return False
        if self._reason.display and not self._reason.value.strip():
            self.notify("Say in a sentence why you recommend this.", severity="warning")
            self._reason.focus()
            return False
        return True

    # Another window

    def _snapshot(self) -> InterviewSnapshot:
        """The interview as this screen shows it."""
        return InterviewSnapshot(
            self._looked.interview._replace(
                recommendation=self._recommended, summary=self._summary, reason=self._why
            ),
            self._looked.answers,
        )

    async def _has_changed(self) -> bool:
        """Take in and show what another window changed; whether there was anything."""
        snapshot, current = self._snapshot(), self.live.look_again()
        if current.interview.submitted_at is not None:
            self.notify("Another window has submitted this scorecard.", timeout=12)
            self.dismiss(None)
            return True
        lines = changes(snapshot, current)
        if lines:
            self._take_in(current)
            text = Content("\n".join([*lines, "", "Check the changes, then submit again."]))
            await self.app.push_screen_wait(TextDialog("Changed in another window", text))
        return bool(lines)

    def _take_in(self, current: InterviewSnapshot) -> None:
        """Show the interview as it is on disk. Of two summaries written at once none is lost."""
        self._looked, interview = current, current.interview
        typed = self._area.text
        if interview.summary != self._summary:
            is_typed = typed not in (self._summary, interview.summary)
            self._area.text = f"{interview.summary}\n\n{typed}" if is_typed else interview.summary
            self._area.move_cursor(self._area.document.end)
        if interview.reason != self._why:
            self._reason.value = interview.reason
        self._recommended, self._summary, self._why = (
            interview.recommendation,
            interview.summary,
            interview.reason,
        )
        if interview.recommendation is not None:
            choice = self._choice
            with choice.prevent(OneLineChoice.Chosen):  # it is on disk already
                choice.action_choose(ORDER.index(interview.recommendation))
        self._show_all()

    def _question(self) -> Confirm:
        numbers = [str(gaps.position) for gaps in self._gaps if gaps.is_unrated]
        gap = ""
        if numbers:
            *most, final = numbers
            subject = (
                f"Questions {', '.join(most)} and {final} have" if most else f"Question {final} has"
            )
            gap = f"{subject} no rating and will count as not assessed.\n"
        count = sum(len(gaps.outcomes) for gaps in self._gaps)
        if count:
            gap += f"What {count_noun(count, 'probe')} brought will stay not noted.\n"
        question = f"{gap}A submitted scorecard is sealed and cannot be changed, only amended."
        return Confirm("Submit the scorecard?", question, "Submit", "Not yet")
