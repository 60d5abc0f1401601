"""The screen on which one person rates written answers, alone and without seeing anybody's."""

from textual import events, work
from textual.app import ComposeResult
from textual.binding import Binding
from textual.containers import Container, VerticalScroll
from textual.screen import Screen
from textual.style import Style
from textual.widgets import Static

from interviewkit.errors import InterviewKitError
from interviewkit.interview.calibration import CalibrationSet, WrittenAnswer
from interviewkit.interview.people import Person
from interviewkit.plurals import count_noun
from interviewkit.storage.store import Store
from interviewkit.tui.content import Content
from interviewkit.tui.widgets.key_line import Keys

HELP = """
# Rate written answers

Read what is asked and said, then press the digit of the anchor that fits. **Enter** goes to the
next answer, **Backspace** to the one before; a rating can be changed until you hand in. The arrows
scroll. You can leave with **Escape** at any time: the ratings you gave are kept.

**h** hands in once every answer is rated. Nobody sees your ratings before that. Then the trainer
who made the set sees them with your name; everybody else sees the panel without names.

Rate by the anchors alone, as in an interview: what was said, not how well it was said.
"""


class RateAnswersScreen(Screen[bool]):
    """Ends with whether the ratings were handed in."""

    CSS_PATH = "calibration.tcss"
    HELP = HELP
    HORIZONTAL_BREAKPOINTS = [(0, "-narrow"), (110, "-wide")]
    BINDINGS = [
        Binding("enter,right", "go(1)", "Next", id="calibrate.next"),
        Binding("backspace,left", "go(-1)", "Previous", id="calibrate.back"),
        Binding("o", "open_answer", "Next unrated", id="calibrate.open"),
        Binding("h", "hand_in", "Hand in", id="calibrate.hand_in"),
        Binding("escape,f9", "leave", "Leave", id="calibrate.leave"),
    ]

    def __init__(self, store: Store, person: Person, calibration_set: CalibrationSet) -> None:
        """BlockedError where this person's ratings of the open round are handed in already."""
        super().__init__()
        self._calibrations = store.seen_by(person).calibrations()
        self._set = calibration_set
        self._blind = self._calibrations.begin(calibration_set)
        self._at = self._next_open(0)

    def compose(self) -> ComposeResult:
        """The question above; what was said, and the anchors below or beside it."""
        yield Static(id="heading", classes="title")
        yield Static(id="asked")
        with Container(id="body"):
            with VerticalScroll(id="spoken"):
                yield Static(id="said")
            with VerticalScroll(id="anchors", can_focus=False):
                yield Static(id="points")
        yield Keys()

    def on_mount(self) -> None:
        """Show the first answer that has no rating yet."""
        self.query_one("#spoken").focus()
        self._show()

    @property
    def _answer(self) -> WrittenAnswer:
        return self._set.answers[self._at]

    def _next_open(self, start: int) -> int:
        """The next answer without a rating, from ``start`` on and round; ``start`` if none is."""
        count = len(self._set.answers)
        order = [(start + step) % count for step in range(count)]
        unrated = [at for at in order if self._set.answers[at].id not in self._blind.ratings]
        return unrated[0] if unrated else start

    def _show(self) -> None:
        answer, count = self._answer, len(self._set.answers)
        self.query_one("#heading", Static).update(
            Content(
                f"{self._set.title} · round {self._set.round} · answer {self._at + 1} of {count} "
                f"· {len(self._blind.ratings)} rated"
            )
        )
        self.query_one("#asked", Static).update(
            Content.assemble((answer.candidate, "bold $text-primary"), f"  {answer.ask}")
        )
        turns = [
            Content("\n").join(
                [
                    *([Content.styled(f"? {turn.asks}", "$text-accent")] if turn.asks else []),
                    Content(turn.says),
                ]
            )
            for turn in answer.turns
        ]
        self.query_one("#said", Static).update(Content("\n\n").join(turns))
        self.query_one("#spoken", VerticalScroll).scroll_home(animate=False)
        self._show_rating()

    def _show_rating(self) -> None:
        rating = self._blind.ratings.get(self._answer.id)
        anchors = self._answer.anchors
        lines = [
            Content.assemble(
                (f"{'▸' if point == rating else ' '}{point} ", "bold"),
                (anchors.get(point, "between"), "bold reverse" if point == rating else ""),
            ).stylize(Style.from_meta({"@click": f"screen.give({point})"}))
            for point in self._set.scale
        ]
        box = self.query_one("#anchors")
        ends = f"{self._set.scale[0]} to {self._set.scale[-1]}"
        text = f"press {ends}" if rating is None else f"you gave {rating}"
        box.border_title = Content(f" Rating · {text} ")
        self.query_one("#points", Static).update(Content("\n").join(lines))

    def on_key(self, event: events.Key) -> None:
        """A digit rates; the line of keys has no room for seven of them."""
        if event.character and event.character in "1234567":
            event.stop()
            self.action_give(int(event.character))

    def action_give(self, point: int) -> None:
        """Give the answer on the screen a rating."""
        if point not in self._set.scale:
            self.notify(f"The scale goes from {self._set.scale[0]} to {self._set.scale[-1]}.")
            return
        try:
            self._blind = self._calibrations.rate(self._blind, self._answer.id, point)
        except InterviewKitError as error:
            self.notify(str(error), severity="error", timeout=12)
            return
        self._show()

    def action_go(self, step: int) -> None:
        """The next answer, or the one before; after the last, hand in."""
        at = self._at + step
        if at >= len(self._set.answers):
            self.action_hand_in()
        elif at >= 0:
            self._at = at
            self._show()

    def action_open_answer(self) -> None:
        """The next answer that has no rating yet."""
        self._at = self._next_open((self._at + 1) % len(self._set.answers))
        self._show()

    @work
    async def action_hand_in(self) -> None:
        """Hand in, after asking; where an answer has no rating yet, go there."""
        from interviewkit.tui.screens.dialogs import Confirm

        left = len(self._set.answers) - len(self._blind.ratings)
        if left:
            self._at = self._next_open(self._at)
            self._show()
            many = count_noun(left, "answer has", "answers have")
            self.notify(f"{many} no rating yet. This is the first: a digit rates it, o goes on.")
            return
        question = (
            f"{self._set.title}, round {self._set.round}. After that no rating can be changed. "
            f"{self._set.trainer.name} sees your ratings with your name, everybody else the panel "
            "without names."
        )
        if not await self.app.push_screen_wait(
            Confirm("Hand in your ratings?", question, "Hand in", "Not yet", careful=True)
        ):
            return
        try:
            self._calibrations.hand_in(self._blind, self._set)
        except InterviewKitError as error:
            self.notify(str(error), severity="error", timeout=12)
            return
        self.dismiss(True)

    def action_leave(self) -> None:
        """Go back; what was given is kept."""
        self.dismiss(False)
