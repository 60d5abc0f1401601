"""The answers of an interview as the wrap-up lists them: what is open, or all of them."""

from collections.abc import Callable, Sequence

from textual import events
from textual.binding import Binding
from textual.style import Style
from textual.widgets import OptionList
from textual.widgets.option_list import Option

from interviewkit.interview.grammar import SIGNS
from interviewkit.interview.timetable import PageState, page_state
from interviewkit.tui.content import Content
from interviewkit.tui.widgets.hour_rail import SIGNS as STATE_SIGNS
from interviewkit.tui.widgets.sequential_keys import done_in_turn
from interviewkit.visible_text import visible_line
from interviewkit.workflows.answer_gaps import AnswerGaps


class AnswerList(OptionList, inherit_bindings=False):
    """A row names what is open in an answer, and its question.

    Digits and signs go to ``on_sign``, other characters that are no key of the screen to
    ``on_text``: somebody has begun to write. Both are called in the turn of the key.
    """

    # OptionList's without its page keys, which are for the notes of the answer under the cursor.
    BINDINGS = [
        Binding("down", "cursor_down", "Next", id="answers.down", show=False),
        Binding("up", "cursor_up", "Previous", id="answers.up", show=False),
        Binding("home", "first", "First", id="answers.first", show=False),
        Binding("end", "last", "Last", id="answers.last", show=False),
        Binding("enter", "select", "To the question", id="answers.open"),
    ]

    def __init__(self, on_sign: Callable[[str], None], on_text: Callable[[str], None]) -> None:
        super().__init__(id="answers", compact=True)
        self._on_sign = on_sign
        self._on_text = on_text
        self._gaps: Sequence[AnswerGaps] = ()
        self._title = ""

    async def on_key(self, event: events.Key) -> None:
        """A key does what it does before the next one is looked at."""
        sign = event.character or ""
        is_sign = sign.isdecimal() or sign == "/" or sign in SIGNS
        is_key = event.key in self.screen.active_bindings
        is_text = event.is_printable and not (is_sign or is_key or sign.isspace())
        if not await done_in_turn(self, event, types=is_sign or is_text):
            event.stop()
            event.prevent_default()
            (self._on_sign if is_sign else self._on_text)(sign)

    def list_answers(
        self, gaps: Sequence[AnswerGaps], ask: Callable[[AnswerGaps], str], *, lists_all: bool
    ) -> None:
        """What is open; all answers where nothing is, or where ``lists_all`` asks for them."""
        open_gaps = [item for item in gaps if item.is_open]
        listed = [item for item in gaps if item.position or item.is_open]
        self._title = "All answers" if lists_all or not open_gaps else "Open"
        self._gaps = listed if lists_all else open_gaps or listed
        index = self.highlighted or 0
        self.set_options(_rows(self._gaps, ask))
        self.highlighted = min(index, len(self._gaps) - 1) if self._gaps else None

    def watch_highlighted(self, highlighted: int | None) -> None:
        """Where the cursor stands is in the title, since not all rows may fit."""
        super().watch_highlighted(highlighted)
        position = f" · {(highlighted or 0) + 1} of {len(self._gaps)}" if self._gaps else ""
        keys = f" · {_keys_of(self._gaps[highlighted])}" if highlighted is not None else ""
        self.border_title = Content(f" {self._title}{position}{keys} ")

    def point_at(self, question: str) -> bool:
        """Move the cursor to an answer; whether it is in the list."""
        questions = [item.answer.question for item in self._gaps]
        if question not in questions:
            return False
        self.highlighted = questions.index(question)
        return True

    @property
    def current(self) -> AnswerGaps | None:
        """The answer under the cursor."""
        return None if self.highlighted is None else self._gaps[self.highlighted]


def state_line(gaps: Sequence[AnswerGaps]) -> Content:
    """Each question's number with its rating or state; a click shows the answer."""
    cells = []
    for item in gaps:
        if item.position:
            state, rating = page_state(item.answer), item.answer.rating
            sign, style = STATE_SIGNS[PageState.HEARD if state is PageState.AHEAD else state]
            cell = Content.assemble(
                (f"{item.position}:", "$muted"),
                (sign if rating is None else str(rating), f"bold {style}"),
            )
            action = Style.from_meta({"@click": f"screen.review('{item.answer.question}')"})
            cells.append(cell.stylize(action))
    return Content("  ").join(cells)


def _rows(gaps: Sequence[AnswerGaps], ask: Callable[[AnswerGaps], str]) -> list[Option]:
    statuses = [Content.styled(*_status(item)) for item in gaps]
    width = max((status.cell_length for status in statuses), default=0)
    return [
        Option(
            Content.assemble(
                (f"{item.position or '':>2} ", "bold"),
                status.pad_right(width + 2 - status.cell_length),
                ask(item),
            ),
            id=item.answer.question,
        )
        for item, status in zip(gaps, statuses, strict=True)
    ]


def _keys_of(gaps: AnswerGaps) -> str:
    """The keys for what is open in an answer; where nothing is, those for a rating."""
    keys = []
    if gaps.position and (gaps.is_unrated or not gaps.is_open):
        keys.append("/1 /2 … rate it")
    if gaps.outcomes:
        keys.append(f"+ = ! for “{visible_line(gaps.outcomes[0].text)}”")
    return ", ".join(keys) or "Enter goes to its notes"


def _status(gaps: AnswerGaps) -> tuple[str, str]:
    """What is open in an answer, else how it was rated; and the style of it."""
    answer = gaps.answer
    if gaps.is_open:
        return f"○ {gaps.words}", "bold $text-warning"
    if answer.skipped is not None:
        return f"skipped: {visible_line(answer.skipped)}", "$muted"
    if answer.rating is None:
        return f"not assessed{answer.line.removeprefix('–')}", ""
    return answer.line, ""
