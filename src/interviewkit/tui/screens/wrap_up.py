"""The wrap-up: every answer in one glance, the recommendation, the summary, and the seal."""

from textual import events, on, work
from textual.app import ComposeResult
from textual.binding import Binding
from textual.containers import Horizontal
from textual.screen import Screen
from textual.timer import Timer
from textual.widgets import Button, Input, OptionList, Static, TextArea
from textual.widgets.option_list import Option

from interviewkit.banks.elements import LABELS
from interviewkit.errors import ChangedMeanwhileError, InterviewKitError
from interviewkit.interview.evidence import State
from interviewkit.interview.protected_topics import topic_names
from interviewkit.interview.records import Answer, Recommendation
from interviewkit.interview.sealed_document import mismatch
from interviewkit.interview.second_look import InterviewSnapshot, changes
from interviewkit.tui.content import Content
from interviewkit.tui.screens.dialogs import Confirm, TextDialog
from interviewkit.tui.widgets.choice import OneLineChoice
from interviewkit.tui.widgets.key_line import Keys
from interviewkit.tui.widgets.note_line import DRAFT_AFTER
from interviewkit.tui.widgets.sequential_keys import done_in_turn
from interviewkit.tui.widgets.text_input import SequentialInput
from interviewkit.workflows.live_interview import LiveInterview

ORDER = tuple(Recommendation)
NOT_FOUND = (State.ASKED, State.MISSING)
NARROWEST, WIDEST = 24, 38  # cells of a competency's name in the list
HELP = """
# Wrap-up

Every answer with its rating, what its probes brought, and what was not found in the notes.
**Enter** on one goes back to it. An answer without a rating counts as not assessed, never as zero.
Below the list it says which answers have a note on a topic that is not to be asked about.

Choose your recommendation. Ratings do not force it; where the two differ, say why in a sentence.
Write a summary in your own words, then **submit**.
If another window has changed anything since this page was drawn, you see what before it is sealed.
A submitted scorecard is sealed: it stays as it is, and from then on you see what the others wrote.
"""


class _Answers(OptionList):
    """What is typed behind Tab is for the recommendation, however fast it comes."""

    async def on_key(self, event: events.Key) -> None:
        """A key does what it does before the next one is looked at."""
        await done_in_turn(self, event, types=False)


class WrapUpScreen(Screen[str | None]):
    """Ends with the page to go back to, or None when the scorecard was submitted."""

    CSS_PATH = "records.tcss"
    HELP = HELP
    BINDINGS = [
        Binding("escape", "back", "Back", id="wrap_up.back"),
        Binding("ctrl+s", "submit", "Submit", id="wrap_up.submit"),
    ]

    def __init__(self, live: LiveInterview) -> None:
        super().__init__()
        self.live = live
        self._looked = live.look_again()
        now = self._looked.interview
        self._recommended = now.recommendation
        self._summary = now.summary
        self._why = now.reason
        self._reason = SequentialInput(now.reason, id="reason")
        self._area = TextArea(self._summary, id="summary", tab_behavior="focus", compact=True)
        self._waiting: Timer | None = None

    def compose(self) -> ComposeResult:
        """Answers, recommendation, summary, submit."""
        yield Static(self._heading(), id="heading")
        answers = _Answers(*self._rows(), id="answers", compact=True)
        answers.border_title = " Answers "
        yield answers
        yield Static(id="gaps")
        topics = Static(Content(self._topics()), id="topics")
        topics.display = bool(self._topics())
        yield topics
        chosen = ORDER.index(self._recommended) if self._recommended else None
        choice = OneLineChoice([one.words for one in ORDER], chosen, id="recommendation")
        choice.border_title = " Recommendation "
        yield choice
        yield self._reason
        self._area.border_title = " Summary, in your own words "
        yield self._area
        with Horizontal(id="buttons"):
            yield Button("Submit", id="submit", variant="primary", compact=True)
            yield Button("Back to the interview", id="back", compact=True)
        yield Keys()

    def _heading(self) -> Content:
        names = self.live.interview.candidate.name, self.live.interview.role.title
        return Content.assemble(("Wrap-up", "bold"), f" · {' · '.join(names)} · ", self._open())

    def on_mount(self) -> None:
        """What was written so far goes on at its end."""
        self._area.move_cursor(self._area.document.end)

        self._ask_why()

    def _ask_why(self) -> None:
        """A line for the reason, where recommendation and ratings differ."""
        top, answers = self.live.bank.ratings[-1], self.live.answers
        said = mismatch(self._recommended, answers, top) if self._recommended else ""
        self._reason.display = bool(said)
        self._reason.border_title = f" {said} Why? "

    def on_unmount(self) -> None:
        """Leaving by any door saves the summary."""
        self._save()

    def _open(self) -> str:
        count = sum(self._is_open(answer) for answer in self.live.answers)
        if not count:
            return "nothing left open"
        return f"{count} without a rating"

    def _rows(self) -> list[Option]:
        names = [Content(one.name).cell_length for one in self.live.bank.competencies]
        width = max(NARROWEST, min(WIDEST, max(names)))
        return [self._row(answer, width) for answer in self.live.answers if answer.competency]

    def _row(self, answer: Answer, width: int) -> Option:
        question = self.live.bank.question(answer.question)
        number = self.live.questions.index(answer.question) + 1
        name = Content.styled(self.live.bank.competency(question.competency).name, "bold")
        name = name.truncate(width, ellipsis=True, pad=True)
        parts: list[str | Content | tuple[str, str]] = [(f"{number:>2} ", "bold"), name, " "]
        if answer.skipped is not None:
            parts.append((f"skipped: {answer.skipped}", "$muted"))
        elif answer.assessed is None:
            parts.append((f"○ no rating{answer.line.removeprefix('–')}", "bold $text-warning"))
        else:
            given = "not assessed" if answer.rating is None else str(answer.rating)
            parts.append(f"{given}{answer.line[1:]}")
        if answer.skipped is None:
            parts.append((f"  {self._gaps(answer)}", "$muted"))
        return Option(Content.assemble(*parts), id=answer.question)

    def _gaps(self, answer: Answer) -> str:
        if not answer.notes:
            return "no notes"
        if self.live.is_role_play(answer.question):
            return "role play"
        states = self.live.evidence([note.text for note in answer.notes], answer).states
        gaps = [LABELS[element] for element, state in states.items() if state in NOT_FOUND]
        return f"not found: {', '.join(gaps)}" if gaps else "nothing clearly missing"

    def _topics(self) -> str:
        """Which answers have a note on a topic that must not be asked about."""
        lines = []
        for answer in self.live.answers:
            texts = [note.text for note in answer.notes]
            topics = dict.fromkeys(topic for text in texts for topic in self.live.topics(text))
            if topics:
                number = self._number(answer)
                lines.append(f"{number} has a note on {topic_names(tuple(topics))}")
        return f"Not to ask about: {'; '.join(lines)}." if lines else ""

    def _number(self, answer: Answer) -> str:
        if answer.question in self.live.questions:
            return f"question {self.live.questions.index(answer.question) + 1}"
        return f"the {answer.question.removeprefix('@')}"

    @on(OptionList.OptionHighlighted, "#answers")
    def _tell(self, event: OptionList.OptionHighlighted) -> None:
        """A row has no room for everything; the line below it has."""
        answer = next(a for a in self.live.answers if a.question == event.option.id)
        number = self.live.questions.index(answer.question) + 1
        noun = "note" if len(answer.notes) == 1 else "notes"
        count = f" · {len(answer.notes)} {noun}" if answer.notes else ""
        said = f"{number}{count} · {self._gaps(answer)}"
        self.query_one("#gaps", Static).update(Content(said))

    @staticmethod
    def _is_open(answer: Answer) -> bool:
        return answer.competency is not None and answer.is_open

    @on(OptionList.OptionSelected, "#answers")
    def _jump(self, event: OptionList.OptionSelected) -> None:
        self.dismiss(event.option.id)

    @on(OneLineChoice.Chosen)
    def _recommend(self, event: OneLineChoice.Chosen) -> None:
        try:
            self.live.notebook.recommend(ORDER[event.index])
            self._recommended = ORDER[event.index]
            self._ask_why()
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
        text, why = self._area.text, self._reason.value if self._reason.display else ""
        try:
            if text != self._summary:
                self.live.notebook.summarise(text)
                self._summary = text
            if why != self._why:
                self.live.notebook.explain(why)
                self._why = why
        except InterviewKitError as error:
            self.notify(str(error), severity="error", timeout=12)

    @on(Button.Pressed, "#back")
    def action_back(self) -> None:
        """To the question the interview stands at."""
        self.dismiss(self.live.page)

    @on(Button.Pressed, "#submit")
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
                seal = self.live.notebook.submit(self._seen())
                self.notify(f"Submitted and sealed ({seal[:12]}…). Thank you.", timeout=10)
                self.dismiss(None)
        except ChangedMeanwhileError:
            await self._has_changed()
        except InterviewKitError as error:
            self.notify(str(error), severity="error", timeout=12)

    def _is_ready(self) -> bool:
        """Whether all is there that a scorecard needs; else says what is not and goes to it."""
        if self._recommended is None:
            self.notify("Choose a recommendation first.", severity="warning")
            self.query_one(OneLineChoice).focus()
            return False
        if self._reason.display and not self._reason.value.strip():
            self.notify("Say in a sentence why you recommend this.", severity="warning")
            self._reason.focus()
            return False
        return True

    # Another window

    def _seen(self) -> InterviewSnapshot:
        """The interview as this screen shows it."""
        return InterviewSnapshot(
            self._looked.interview._replace(
                recommendation=self._recommended, summary=self._summary, reason=self._why
            ),
            self._looked.answers,
        )

    async def _has_changed(self) -> bool:
        """Take in and show what another window changed; whether there was anything."""
        seen, current = self._seen(), self.live.look_again()
        if current.interview.submitted_at is not None:
            self.notify("Another window has submitted this scorecard.", timeout=12)
            self.dismiss(None)
            return True
        lines = changes(seen, current)
        if lines:
            self._take_in(current)
            words = "\n".join([*lines, "", "Look at it, then submit again."])
            await self.app.push_screen_wait(TextDialog("Changed in another window", Content(words)))
        return bool(lines)

    def _take_in(self, current: InterviewSnapshot) -> None:
        """Show what is on disk now. Of two summaries written at once none is lost."""
        self._looked, now = current, current.interview
        typed = self._area.text
        if now.summary != self._summary:
            is_typed = typed not in (self._summary, now.summary)
            self._area.text = f"{now.summary}\n\n{typed}" if is_typed else now.summary
            self._area.move_cursor(self._area.document.end)
        if now.reason != self._why:
            self._reason.value = now.reason
        self._recommended, self._summary, self._why = now.recommendation, now.summary, now.reason
        if now.recommendation is not None:
            choice = self.query_one(OneLineChoice)
            with choice.prevent(OneLineChoice.Chosen):  # it is on disk already
                choice.action_choose(ORDER.index(now.recommendation))
        self.query_one("#heading", Static).update(self._heading())
        self.query_one("#answers", OptionList).set_options(self._rows())
        self._ask_why()

    def _question(self) -> Confirm:
        *most, last = [
            str(self.live.questions.index(answer.question) + 1)
            for answer in self.live.answers
            if self._is_open(answer)
        ] or [""]
        gap = ""
        if last:
            named = (
                f"Questions {', '.join(most)} and {last} have" if most else f"Question {last} has"
            )
            gap = f"{named} no rating and will count as not assessed.\n"
        words = f"{gap}A submitted scorecard is sealed and stays as it is."
        return Confirm("Submit the scorecard?", words, "Submit", "Not yet")
