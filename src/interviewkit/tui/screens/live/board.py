"""The reading part of the live screen: everything above the note line."""

from textual.app import ComposeResult
from textual.containers import Horizontal, Vertical
from textual.widgets import Static

from interviewkit.interview.clock import as_clock
from interviewkit.interview.evidence import Evidence, State
from interviewkit.interview.progress import planned_minutes
from interviewkit.interview.records import CLOSING, OPENING, Answer
from interviewkit.interview.suggestions import Offer
from interviewkit.tui.content import Content
from interviewkit.tui.widgets.ask_next import AskNext
from interviewkit.tui.widgets.live_header import Heading
from interviewkit.tui.widgets.notes import NotesView
from interviewkit.tui.widgets.question import QuestionPanel
from interviewkit.tui.widgets.rating_scale import RatingStrip
from interviewkit.tui.widgets.story import StoryStrip
from interviewkit.tui.widgets.text_layout import hang
from interviewkit.workflows.live_interview import LiveInterview

LISTEN = 52  # columns of the panel, which is shown in wide terminals only
PLACES = {OPENING: "opening", CLOSING: "closing"}
TITLES = {
    OPENING: "Opening · read aloud, Enter begins",
    CLOSING: "Closing · read aloud, then note the candidate's questions",
}


class Board(Vertical):
    """Shows the interview as it stands; each part changes only what differs."""

    def __init__(self, live: LiveInterview) -> None:
        super().__init__(id="board")
        who = live.interview
        self._live = live
        self._planned = planned_minutes(live.kit)
        subject = [who.candidate.name, who.role.title, live.kit.name, who.interviewer]
        if live.is_trial:
            subject = ["TRIAL, nothing is recorded", who.role.title]
        self.heading = Heading(*subject)
        self._question = QuestionPanel()
        self.notes = NotesView()
        self.ask_next = AskNext()
        self._listen = Static(id="listen")
        self._listen.border_title = " Listen for "
        self.story = StoryStrip()
        self.rating = RatingStrip()
        # As the notes of an answer have it; whatever is changed in it makes another answer.
        self._offered: tuple[Answer, Evidence, Offer | None] | None = None

    def compose(self) -> ComposeResult:
        """From top to bottom as one reads it."""
        yield self.heading
        yield self._question
        with Horizontal(id="middle"):
            yield self.notes
            with Vertical(id="side"):
                yield self.ask_next
                yield self._listen
        yield self.story
        yield self.rating

    def show_page(self) -> None:
        """Another question or page; the caller shows the story, which needs the note line."""
        live = self._live
        question = live.question
        self.story.set_class(live.is_role_play(live.page), "-nothing")
        number = f"question {live.number} of {len(live.questions)}"
        self.heading.show(place=PLACES.get(live.page, number))
        if question:
            title = live.bank.competency(question.competency).name
            self._question.show(title, question.ask)
            points = [*question.listen_for, *(f"Mind: {point}" for point in question.watch_for)]
            lines = [hang(Content("· "), Content(point), LISTEN) for point in points]
            self._listen.update(Content("\n").join(lines))
            self._listen.set_class(not points, "-nothing")
        else:
            page = live.kit.opening if live.page == OPENING else live.kit.closing
            self._question.show(TITLES[live.page], page.say if page else "")
        self.show_time()
        self.show_answer()

    def show_answer(self) -> None:
        """Notes and rating."""
        live, answer = self._live, self._live.answer
        self.notes.show(answer.notes, answer.probes, live.numbers)
        if live.question:
            self.rating.show(live.bank.anchors(live.question), answer, live.bank.scale or {})

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
        last = answer.probes[-1] if answer.probes else None
        pending = live.number_of(last.probe) if last and last.outcome is None else None
        self.ask_next.show(offer, pending, typed)

    def show_time(self) -> None:
        """Used and planned time, of the whole and of the question."""
        live = self._live
        pace = live.pace()
        whole = f"{as_clock(pace.used)} of {as_clock(live.kit.minutes * 60)}"
        here = f"{as_clock(live.spent[live.page])} of {as_clock(self._planned[live.page] * 60)}"
        style = "bold $text-warning" if pace.over else ""
        if live.paused:
            whole, style = f"paused at {as_clock(pace.used)}", "bold $text-accent"
        self.heading.show(time=(whole, "bold $text-warning" if pace.short else ""))
        self._question.show_time(f"{here}, over" if pace.over else here, style)
