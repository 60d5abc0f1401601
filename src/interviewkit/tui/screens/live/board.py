"""The reading part of the live screen: everything above the note line."""

from textual.app import ComposeResult
from textual.containers import Horizontal, Vertical
from textual.widgets import Static

from interviewkit.interview.clock import as_clock
from interviewkit.interview.evidence import Evidence, State
from interviewkit.interview.pace import in_words, planned_minutes
from interviewkit.interview.records import CLOSING, OPENING, Answer
from interviewkit.interview.suggestions import Offer
from interviewkit.tui.content import Content
from interviewkit.tui.widgets.ask_next import AskNext
from interviewkit.tui.widgets.hour_rail import HourRail
from interviewkit.tui.widgets.live_header import Heading
from interviewkit.tui.widgets.notes import NotesView, probe_label
from interviewkit.tui.widgets.question import QuestionPanel
from interviewkit.tui.widgets.rating_scale import RatingStrip
from interviewkit.tui.widgets.story import StoryStrip
from interviewkit.tui.widgets.text_layout import hang
from interviewkit.workflows.live_interview import LiveInterview

PLACES = {OPENING: "opening", CLOSING: "closing"}
TITLES = {
    OPENING: "Opening · read aloud, Enter starts",
    CLOSING: "Closing · read aloud, then note the candidate's questions",
}


class ListenFor(Static):
    """What to listen for and to mind in an answer, one point below the other."""

    def __init__(self) -> None:
        super().__init__(id="listen")
        self.border_title = " Listen for "
        self._points: list[str] = []

    def show(self, points: list[str]) -> None:
        """Another question's points."""
        self._points = points
        self.set_class(not points, "-nothing")
        self.on_resize()

    def on_resize(self) -> None:
        """Wrap to the new width; while it is hidden there is none, and nothing to lay out."""
        width = self.content_size.width
        if not width:
            return
        lines = [hang(Content("· "), Content(point), width) for point in self._points]
        self.update(Content("\n").join(lines) if lines else Content("Nothing in particular."))


class Board(Vertical):
    """Shows the interview as it stands; each part changes only what differs."""

    def __init__(self, live: LiveInterview) -> None:
        super().__init__(id="board")
        self._live = live
        self._planned = planned_minutes(live.kit)
        self.heading = Heading(*self.subject())
        self.rail = HourRail(lambda competency: live.bank.competency(competency).name)
        self.question = QuestionPanel()
        self.notes = NotesView()
        self.ask_next = AskNext()
        self._listen = ListenFor()
        self.story = StoryStrip()
        self.rating = RatingStrip()
        # As the notes of an answer have it; whatever is changed in it makes another answer.
        self._offered: tuple[Answer, Evidence, Offer | None] | None = None

    def subject(self) -> list[str]:
        """What the heading names; where there is no room the last ones go first."""
        interview = self._live.interview
        if self._live.is_trial:
            return ["TRIAL, nothing is recorded", interview.role.title]
        return [
            interview.candidate.name,
            interview.role.title,
            self._live.kit.name,
            interview.interviewer,
        ]

    def compose(self) -> ComposeResult:
        """From top to bottom as one reads it, beside the questions of the kit."""
        yield self.heading
        yield self.rail
        yield self.question
        with Horizontal(id="middle"):
            yield self.notes
            with Vertical(id="side"):
                if self._live.card:
                    card = Static(Content(self._live.card), id="card")
                    card.border_title = " Ask about "
                    yield card
                yield self.ask_next
                yield self._listen
        yield self.story
        yield self.rating

    def show_page(self) -> None:
        """Another question or page; the caller shows the story, which needs the note line."""
        live = self._live
        question = live.question
        self.story.set_class(live.is_role_play(live.page), "-nothing")
        position = f"question {live.number} of {len(live.questions)}"
        self.heading.show(place=PLACES.get(live.page, position))
        if question:
            title = live.bank.competency(question.competency).name
            self.question.show(title, question.ask)
            self.ask_next.border_title = " You play · ctrl+g whole " if live.brief else " Ask next "
            points = [*question.listen_for, *(f"Mind: {point}" for point in question.watch_for)]
            self._listen.show(points)
        else:
            page = live.kit.opening if live.page == OPENING else live.kit.closing
            self.question.show(TITLES[live.page], page.say if page else "")
        self.show_time()
        self.show_answer()

    def show_answer(self) -> None:
        """Notes and rating, here and in the row of the kit's questions."""
        live, answer = self._live, self._live.answer
        self.notes.show(answer.notes, answer.probes, live.numbers)
        if live.question:
            self.rating.show(live.bank.anchors(live.question), answer, live.bank.scale or {})
        self.show_hour()

    def show_story(self, draft: str) -> None:
        """The evidence, that of the half-typed note included; what to ask follows kept notes."""
        live, answer = self._live, self._live.answer
        if live.question is None:
            return
        if self._offered is None or self._offered[0] is not answer:
            notes = live.texts()
            reading = live.evidence(notes)
            self._offered = (answer, reading, live.offer(reading, notes))
        _, committed, offer = self._offered
        drafted = live.evidence(live.texts(draft))
        self.story.show(drafted.states, answer.ticks)
        typed = [
            element
            for element, state in drafted.states.items()
            if state is State.PRESENT is not committed.states[element]
        ]
        current = live.hanging or (answer.probes[-1].probe if answer.probes else None)
        labels = {probe.probe: probe_label(probe, live.numbers) for probe in answer.open_outcomes}
        pending = labels.pop(current, "") if current else ""
        self.ask_next.show(offer, pending, typed, list(labels.values()))
        self.story.aim(self.ask_next.gaps)

    def show_time(self) -> None:
        """Used and planned time, of the whole and of the question."""
        live = self._live
        pace = live.pace()
        total = live.kit.minutes * 60
        whole = f"{as_clock(pace.used)} of {as_clock(total)}"
        spent, planned = live.spent[live.page], self._planned[live.page] * 60
        times = f"{as_clock(spent)} of {as_clock(planned)}"
        style = "bold $text-warning" if pace.over else ""
        if live.paused:
            whole, style = f"paused at {as_clock(pace.used)}", "bold $text-accent"
        self.heading.show(time=(whole, "bold $text-warning" if pace.short else ""))
        used = spent / planned if planned else 0.0
        self.question.show_time(f"{times}, over" if pace.over else times, style, used)
        self.show_hour()

    def show_hour(self) -> None:
        """The kit's questions with their minutes; where they have no column, only the pace."""
        live = self._live
        pace = live.pace()
        sentence = in_words(pace, live.questions)
        if self.rail.display:
            used = pace.used / (live.kit.minutes * 60)
            self.rail.show(live.timetable(), used, sentence)
        self.ask_next.show_pace("" if self.rail.display else sentence)
