"""The notes of one answer, with the probes asked where they were asked."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from textual.geometry import Size
from textual.message import Message
from textual.reactive import Reactive
from textual.widgets import OptionList
from textual.widgets.option_list import Option

from interviewkit.interview.clock import local
from interviewkit.interview.records import OUTCOME_SIGNS, OUTCOME_WORDS, Asked, Note
from interviewkit.tui.content import Content
from interviewkit.tui.widgets.text_layout import hang

# A pasted document is kept whole and shown by its head.
SHOWN = 600
Line = Note | Asked


class NotesView(OptionList):
    """Newest at the bottom, in sight. Never takes the focus: the note line keeps it."""

    can_focus = False
    # As it is in OptionList, but without laying the whole screen out again for each note: the list
    # has a fixed place, and where the scroll bar begins to show, that asks for it by itself.
    virtual_size = Reactive(Size(0, 0))

    @dataclass
    class Picked(Message):
        """A note, or a probe that was asked, was clicked."""

        line: Line

    def __init__(self) -> None:
        super().__init__(id="notes")
        self.border_title = " Notes "
        self._shown: list[Line] = []
        self._latest: Asked | None = None  # what it brings cannot be noted before it is answered
        self._numbers: Mapping[str, int] = {}
        self._width = 0

    def show(
        self, notes: Sequence[Note], probes: Sequence[Asked], numbers: Mapping[str, int]
    ) -> None:
        """Show these, changing only the rows that differ from what is there.

        ``numbers`` maps the ids of probes to their numbers.
        """
        lines = in_order(notes, probes)
        latest = probes[-1] if probes else None
        if self._latest is not None and latest != self._latest and self._latest in lines:
            self._shown = []  # its row now says that its outcome is not noted
            self.clear_options()
        self._latest = latest
        if not self._width:  # on_resize draws them
            self._shown, self._numbers = lines, dict(numbers)
            return
        if numbers != self._numbers:
            self._numbers, self._shown = dict(numbers), []
            self.clear_options()
        if lines[: len(self._shown)] == self._shown:
            self.add_options(Option(self._row(line)) for line in lines[len(self._shown) :])
        elif len(lines) == len(self._shown):
            for index, (old, new) in enumerate(zip(self._shown, lines, strict=True)):
                if old != new:
                    self.replace_option_prompt_at_index(index, self._row(new))
        else:
            self.set_options([Option(self._row(line)) for line in lines])
        self._shown = lines
        self.highlighted = None
        self.scroll_end(animate=False, immediate=True)
        self.call_after_refresh(self.scroll_end, animate=False)

    def pick(self, step: int) -> Line | None:
        """Move the cursor to the next line up (-1) or down (1); None below the last."""
        current = len(self._shown) if self.highlighted is None else self.highlighted
        target = max(0, current + step)
        self.highlighted = target if target < len(self._shown) else None
        return self.picked

    @property
    def picked(self) -> Line | None:
        """The note or asked probe under the cursor."""
        return None if self.highlighted is None else self._shown[self.highlighted]

    def on_option_list_option_selected(self, event: OptionList.OptionSelected) -> None:
        """A click picks a line."""
        event.stop()
        if self.picked:
            self.post_message(self.Picked(self.picked))

    def on_resize(self) -> None:
        """Wrap again where the width has changed."""
        if self._width != self.scrollable_content_region.width:
            self._width = self.scrollable_content_region.width
            marked = self.highlighted
            self.set_options([Option(self._row(line)) for line in self._shown])
            self.highlighted = marked
            self.call_after_refresh(self.scroll_end, animate=False)

    def _row(self, line: Line) -> Content:
        time = f"{local(line.at):%H:%M} "
        if isinstance(line, Note):
            text = line.text
            if len(text) > SHOWN:
                text = f"{text[:SHOWN]}… ({len(text):,} characters, all kept)"
            head = Content.assemble(
                (time + ("  " if line.probe else ""), "$muted"),
                ("* " if line.is_marked else "", "bold $text-accent"),
            )
            return hang(head, Content(text), self._width)
        sign = f"{probe_label(line, self._numbers)} "
        outcome = ("" if line == self._latest else "  not noted", "$text-warning")
        if line.outcome:
            outcome = (f"  {OUTCOME_SIGNS[line.outcome]} {OUTCOME_WORDS[line.outcome]}", "bold")
        return hang(
            Content.assemble((time, "$muted"), (sign, "bold $text-accent")),
            Content.assemble((line.text, "italic"), outcome),
            self._width,
        )


def probe_label(probe: Asked, numbers: Mapping[str, int]) -> str:
    """``?2``; ``??`` for a follow-up in one's own words, ``?`` for one the bank no longer has."""
    if probe.is_own:
        return "??"
    return f"?{numbers[probe.probe]}" if probe.probe in numbers else "?"


def in_order(notes: Sequence[Note], probes: Sequence[Asked]) -> list[Line]:
    """As it was written: what hangs under a probe follows it, the rest goes by time."""
    lines: list[Line] = [note for note in notes if note.probe is None]
    asked = {probe.probe for probe in probes}
    lines += [note for note in notes if note.probe is not None and note.probe not in asked]
    for probe in probes:
        at = next((i for i, line in enumerate(lines) if line.at > probe.at), len(lines))
        probe_notes = [note for note in notes if note.probe == probe.probe]
        lines[at:at] = [probe, *probe_notes]
    return lines
