"""The debrief of one candidate: an agenda by spread, ratings beside evidence, gaps, a decision."""

from textual import on, work
from textual.app import ComposeResult
from textual.binding import Binding
from textual.containers import Container, VerticalScroll
from textual.screen import Screen
from textual.widgets import OptionList, Static
from textual.widgets.option_list import Option

from interviewkit.banks.elements import LABELS
from interviewkit.comparison.debrief import Point, debrief
from interviewkit.comparison.disagreement import TALK_FROM
from interviewkit.errors import InterviewKitError
from interviewkit.export.sanitize import truncate
from interviewkit.interview.clock import local, local_day_words
from interviewkit.interview.people import Person
from interviewkit.interview.records import Candidate, Decision, Interview, Role
from interviewkit.interview.reminders import panels
from interviewkit.storage.store import Store
from interviewkit.tui.content import Content
from interviewkit.tui.screens.comparison.answers import AnswersScreen
from interviewkit.tui.screens.comparison.decision_form import Decided, DecideScreen
from interviewkit.tui.screens.dialogs import TEXT_CELLS, TextDialog
from interviewkit.tui.widgets.history_text import history_text
from interviewkit.tui.widgets.key_line import Keys
from interviewkit.tui.widgets.scorecard_text import recommendation_line
from interviewkit.tui.widgets.side_by_side import answers_abreast, question_text
from interviewkit.workflows.visible_scorecards import cards_and_banks

HELP = """
# Debrief

The agenda begins with what interviewers rated two or more points apart (**≠**): what did each hear?
Then come the other questions, the widest differences first. Beside each interviewer's rating is
what was found in the notes (✓ found, ~ perhaps, – asked for and not found, · not found) and what
probes brought.
**Gaps** lists what nobody rated and what nobody asked about.

**Enter** shows the notes side by side, **o** the whole scorecards, **h** who changed which rating
or note of the question and when, **w** what was said there (if there is a transcript), **t** the
text to copy. **d** records what the panel decided, with the reason. It is kept for good, with the
time and the name. A new decision adds to the old one. The ratings stay as each interviewer gave
them alone.
"""
SHORT_ASK = 60  # columns of a question that stand for it in a list
ALL_ANCHORS = 34  # rows of a terminal that has room for anchors nobody gave
SUMMARY, GAPS, DECISIONS = "summary", "gaps", "decisions"


class DebriefScreen(Screen[None]):
    """One candidate for one role."""

    CSS_PATH = "comparison.tcss"
    HELP = HELP
    HORIZONTAL_BREAKPOINTS = [(0, "-narrow"), (110, "-wide")]
    BINDINGS = [
        Binding("escape,f9", "app.pop_screen", "Back", id="debrief.back"),
        Binding("d", "decide", "Decide", id="debrief.decide"),
        Binding("o", "scorecard", "Scorecards", id="debrief.scorecards"),
        Binding("h", "history", "History", id="debrief.history"),
        Binding("w", "transcript", "Transcript", id="debrief.transcript"),
        Binding("t", "copy", "Copy the agenda", id="debrief.copy"),
        Binding("x", "workbook", "Excel", id="debrief.workbook"),
    ]

    def __init__(self, store: Store, role: Role, candidate: Candidate, viewer: Person) -> None:
        """BlockedError while the candidate is withheld from ``viewer``."""
        super().__init__()
        self._store, self._role, self._candidate, self._viewer = store, role, candidate, viewer
        self._cards, self._banks = cards_and_banks(store, role, candidate, viewer)
        self._debrief = debrief(self._cards, self._banks)
        self._decisions = store.seen_by(viewer).decisions(role, candidate)
        self._points = {f"point:{at}": point for at, point in enumerate(self._debrief.agenda)}

    def compose(self) -> ComposeResult:
        """The agenda, and beside or below it what is under its cursor."""
        title = f"Debrief · {self._candidate.name} · {self._role.title}"
        yield Static(Content(title), id="heading", classes="title")
        with Container(id="both"):
            yield OptionList(id="agenda", compact=True)
            with VerticalScroll(id="point", can_focus=True):
                yield Static(id="text")
        yield Keys()

    def on_mount(self) -> None:
        """Begin at the first point, or at the summary where there is none."""
        self._fill()
        agenda = self.query_one(OptionList)
        ids = [option.id for option in agenda.options]
        agenda.highlighted = ids.index("point:0") if "point:0" in ids else 0
        agenda.focus()

    def on_resize(self) -> None:
        """Columns take the room there is."""
        self.call_after_refresh(self._show)

    def action_workbook(self) -> None:
        """The workbook of the whole role."""
        from interviewkit.tui.screens.export import ExportScreen

        self.app.push_screen(ExportScreen(self._store, self._role, self._viewer))

    # The agenda

    def _fill(self) -> None:
        agenda = self.query_one(OptionList)
        highlighted = agenda.highlighted
        agenda.set_options(
            [
                Option(self._summary_line(), id=SUMMARY),
                *[Option(self._point_line(point), id=key) for key, point in self._points.items()],
                Option(self._gaps_line(), id=GAPS),
                Option(self._decisions_line(), id=DECISIONS),
            ]
        )
        agenda.highlighted = highlighted

    def _summary_line(self) -> Content:
        count = len(self._cards)
        apart = sum(point.is_apart for point in self._debrief.agenda)
        summary = f"{apart} to talk about" if apart else f"nothing {TALK_FROM} points apart"
        return Content.assemble(("Scorecards", "bold"), f" · {count} · {summary}")

    @staticmethod
    def _point_line(point: Point) -> Content:
        sign = ("≠ ", "bold $text-accent") if point.is_apart else "  "
        values = list(point.ratings.values())
        reach = f"{min(values):g}–{max(values):g}" if len(set(values)) > 1 else f"{values[0]:g}"
        count = ("" if len(values) > 1 else " ×1", "$muted")
        name = _short_ask(point) if point.question else f"{point.competency_name} (as a whole)"
        return Content.assemble(sign, (f"{reach:<5}", "bold"), f" {name}", count)

    def _gaps_line(self) -> Content:
        return Content.assemble(("Gaps", "bold"), f" · {_gap_count(self)}")

    def _decisions_line(self) -> Content:
        if not self._decisions:
            return Content.assemble(("Decision", "bold"), (" · none yet, d writes one", "$muted"))
        latest = self._decisions[-1]
        return Content.assemble(
            ("Decision", "bold"), f" · {latest.course.words}, {local_day_words(latest.at)}"
        )

    # What is under the cursor

    @on(OptionList.OptionHighlighted, "#agenda")
    def _show_point(self) -> None:
        self._show()
        self.query_one("#point").scroll_home(animate=False)

    def _show(self) -> None:
        option = self.query_one(OptionList).highlighted_option
        key = (option and option.id) or SUMMARY
        width = max(20, self.query_one("#point").scrollable_content_region.width - 3)
        if key in self._points:
            text = self._point(self._points[key], width)
        else:
            text = {SUMMARY: self._summary, GAPS: self._gaps, DECISIONS: self._decision_lines}[
                key
            ]()
        self.query_one("#text", Static).update(text)

    def _point(self, point: Point, width: int) -> Content:
        parts = []
        if point.spread is not None:
            ratings = ", ".join(f"{name} {value:g}" for name, value in point.ratings.items())
            noun = "point" if point.spread == 1 else "points"
            heading = f"{point.spread:g} {noun} apart" if point.spread else "All agree"
            parts.append(Content.assemble((heading, "bold $text-accent"), f": {ratings}"))
        if point.question:
            all_anchors = self.app.size.height >= ALL_ANCHORS
            parts.append(question_text(point, width, every=all_anchors))
            if missing := point.not_asked_about:
                names = ", ".join(LABELS[element] for element in missing)
                parts.append(Content.assemble(("Nobody asked about: ", "$text-warning"), names))
            parts.append(answers_abreast(point.said, width, notes=False))
        else:
            note = (
                "No single question is that far apart; the questions of this competency are below."
            )
            parts.append(Content(note))
        return Content("\n\n").join(parts)

    def _summary(self) -> Content:
        parts = []
        for interview, _ in self._cards:
            head = f"{interview.interviewer} · {recommendation_line(interview)}"
            summary = "\n".join(text for text in (interview.summary, interview.reason) if text)
            parts.append(Content.assemble((head, "bold"), f"\n{summary or 'no summary'}"))
        for panel in panels(self._store.seen_by(self._viewer).standings(self._role)):
            if panel.candidate.id == self._candidate.id and panel.under_way:
                names = ", ".join(standing.interview.interviewer for standing in panel.under_way)
                parts.append(Content.assemble(("Still under way: ", "$text-warning"), names))
        return Content("\n\n").join(parts or [Content("No scorecard is in yet.")])

    def _gaps(self) -> Content:
        parts = [
            Content.assemble(("Nobody assessed ", "$text-warning"), name)
            for name in self._debrief.unassessed
        ]
        for point in self._debrief.unrated:
            reasons = ", ".join(
                f"{answer.interview.interviewer}: {answer.answer.skipped or 'not rated'}"
                for answer in point.said
            )
            head = f"“{_short_ask(point)}” ({point.competency_name})"
            parts.append(Content.assemble((f"Nobody rated {head}", "bold"), f" · {reasons}"))
        for point in self._debrief.agenda:
            if missing := point.not_asked_about:
                names = ", ".join(LABELS[element] for element in missing)
                parts.append(
                    Content.assemble((_short_ask(point), "bold"), f": nobody asked about {names}")
                )
        if not parts:
            return Content("Everything was rated, and every missing part of a story was asked for.")
        return Content("\n").join(parts)

    def _decision_lines(self) -> Content:
        if not self._decisions:
            return Content(
                "Nothing has been decided yet. Press d to record what the panel decides, and why."
            )
        newest_first = [_decision_text(decision) for decision in reversed(self._decisions)]
        return Content("\n\n").join(newest_first)

    # What can be done

    @on(OptionList.OptionSelected, "#agenda")
    def _open_scorecard(self, event: OptionList.OptionSelected) -> None:
        key = event.option.id or ""
        if key == DECISIONS:
            self.action_decide()
        elif key == SUMMARY:
            self.action_scorecard()
        else:
            point = self._points.get(key)
            self._answers(point.competency if point else None)

    def _answers(self, competency: str | None) -> None:
        try:
            screen = AnswersScreen(
                self._store, self._role, self._candidate, self._viewer, competency
            )
        except InterviewKitError as error:
            self.notify(str(error), severity="error", timeout=12)
            return
        self.app.push_screen(screen)

    def action_scorecard(self, interview_id: str = "") -> None:
        """The whole scorecards."""
        from interviewkit.tui.screens.scorecards import ScorecardsScreen

        self.app.push_screen(
            ScorecardsScreen(
                self._store, self._role, self._candidate, self._viewer, f"{interview_id}/"
            )
        )

    def action_history(self) -> None:
        """Who changed what in the answers to the question under the cursor, and when."""
        option = self.query_one(OptionList).highlighted_option
        point = self._points.get((option and option.id) or "")
        if point is None or not point.question:
            self.notify("Move to a question first.", timeout=4)
            return
        reader = self._store.seen_by(self._viewer)
        try:
            histories = [
                reader.answer_history(heard.interview.id, point.question) for heard in point.said
            ]
        except InterviewKitError as error:
            self.notify(str(error), severity="error", timeout=12)
            return
        texts = [history_text(changes, TEXT_CELLS) for changes in histories]
        self.app.push_screen(TextDialog("History", Content("\n\n").join(texts)))

    def action_transcript(self) -> None:
        """What was said at the question under the cursor, in the interviews with a transcript."""
        from interviewkit.tui.screens.transcript import TranscriptScreen

        option = self.query_one(OptionList).highlighted_option
        point = self._points.get((option and option.id) or "")
        transcribed = [interview.id for interview in self._transcribed()]
        if not transcribed:
            self.notify("There is no transcript yet. Add one from a scorecard: o, then w.")
            return
        question = point.question if point else ""
        heard = [item.interview.id for item in point.said] if point else []
        order = sorted(transcribed, key=lambda key: key not in heard)
        self.app.push_screen(
            TranscriptScreen(self._store, self._viewer, order, question), self._take_in
        )

    def _transcribed(self) -> list[Interview]:
        """The interviews of this debrief that have a transcript."""
        transcripts = self._store.seen_by(self._viewer).transcripts()
        listed = transcripts.entries(self._role, self._candidate)
        ids = {item.interview.id for item in listed}
        return [interview for interview, _ in self._cards if interview.id in ids]

    def _take_in(self, is_amended: bool | None) -> None:
        """Show amendments that were made of lines of a transcript."""
        if is_amended:
            self._cards, self._banks = cards_and_banks(
                self._store, self._role, self._candidate, self._viewer
            )
            self._debrief = debrief(self._cards, self._banks)
            self._points = {f"point:{at}": item for at, item in enumerate(self._debrief.agenda)}
            self._fill()
            self._show()

    @work
    async def action_decide(self) -> None:
        """Write down what the panel decided."""
        transcripts = self._store.seen_by(self._viewer).transcripts()
        count = transcripts.count_at_decision(self._role, self._candidate)
        form = DecideScreen(self._candidate.name, self._viewer.name, len(self._decisions), count)
        decided = await self.app.push_screen_wait(form)
        if decided:
            self._keep(decided)

    def _keep(self, decided: Decided) -> None:
        try:
            decision = self._store.decide(
                self._role,
                self._candidate,
                decided.course,
                decided.reason,
                decided.next_steps,
                decided.by,
            )
        except InterviewKitError as error:
            self.notify(str(error), severity="error", timeout=12)
            return
        self._decisions = [*self._decisions, decision]
        self._fill()
        agenda = self.query_one(OptionList)
        agenda.highlighted = agenda.option_count - 1
        self._show()
        self.notify(f"Kept: {decision.course.words}.", timeout=4)

    def action_copy(self) -> None:
        """The agenda as text, to the clipboard and to be seen."""
        text = self._as_text()
        self.app.copy_to_clipboard(text)
        self.app.push_screen(TextDialog("Agenda, copied to the clipboard", Content(text)))

    def _as_text(self) -> str:
        lines = [f"Debrief: {self._candidate.name}, {self._role.title}"]
        for point in self._debrief.agenda:
            ratings = ", ".join(f"{name} {value:g}" for name, value in point.ratings.items())
            lines.append(f"{'≠' if point.is_apart else '-'} {point.ask} ({ratings})")
        lines += [f"- Nobody assessed {name}." for name in self._debrief.unassessed]
        lines += [_decision_text(decision).plain for decision in self._decisions]
        return "\n".join(lines)


def _gap_count(screen: DebriefScreen) -> str:
    debrief = screen._debrief
    unasked = sum(bool(point.not_asked_about) for point in debrief.agenda)
    parts = [
        f"{len(debrief.unassessed)} not assessed" if debrief.unassessed else "",
        f"{len(debrief.unrated)} unrated" if debrief.unrated else "",
        f"{unasked} not fully asked" if unasked else "",
    ]
    return ", ".join(phrase for phrase in parts if phrase) or "none"


def _decision_text(decision: Decision) -> Content:
    day = f"{local_day_words(decision.at)} {local(decision.at):%H:%M}"
    head = f"{decision.course.words} · {day}, recorded by {decision.by}"
    lines = [Content.styled(head, "bold"), Content(decision.reason)]
    if decision.next_steps:
        lines.append(Content(f"Next: {decision.next_steps}"))
    return Content("\n").join(lines)


def _short_ask(point: Point) -> str:
    """The first words of the question, as the interview asks it."""
    return truncate(point.ask, SHORT_ASK)
