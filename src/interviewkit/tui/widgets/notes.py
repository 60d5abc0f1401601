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
        """A note was clicked."""

        note: Note

    def __init__(self) -> None:
        super().__init__(id="notes")
        self.border_title = " Notes "
        self._shown: list[Line] = []
        self._numbers: Mapping[str, int] = {}
        self._width = 0

    def show(
        self, notes: Sequence[Note], probes: Sequence[Asked], numbers: Mapping[str, int]
    ) -> None:
        """Show these, changing only the rows that differ from what is there.

        ``numbers`` maps the ids of probes to their numbers.
        """
        lines = in_order(notes, probes)
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

    def pick(self, step: int) -> Note | None:
        """Move the mark to the next note up (-1) or down (1); None past the last one."""
        places = [index for index, line in enumerate(self._shown) if isinstance(line, Note)]
        current = len(self._shown) if self.highlighted is None else self.highlighted
        candidates = (
            [p for p in places if p < current] if step < 0 else [p for p in places if p > current]
        )
        if not candidates:
            if step > 0:
                self.highlighted = None
            return self.marked
        self.highlighted = candidates[-1] if step < 0 else candidates[0]
        return self.marked

    @property
    def marked(self) -> Note | None:
        """The note under the cursor."""
        line = None if self.highlighted is None else self._shown[self.highlighted]
        return line if isinstance(line, Note) else None

    def on_option_list_option_selected(self, event: OptionList.OptionSelected) -> None:
        """A click on a note picks it; one on a probe does nothing."""
        event.stop()
        if self.marked:
            self.post_message(self.Picked(self.marked))

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
            head = Content.styled(time + ("  " if line.probe else ""), "$muted")
            return hang(head, Content(text), self._width)
        probe_number = self._numbers.get(line.probe, -1)
        sign = f"?{probe_number} " if probe_number >= 0 else "? "
        outcome = ""
        if line.outcome:
            outcome = f"  {OUTCOME_SIGNS[line.outcome]} {OUTCOME_WORDS[line.outcome]}"
        return hang(
            Content.assemble((time, "$muted"), (sign, "bold $text-accent")),
            Content.assemble((line.text, "italic"), (outcome, "bold")),
            self._width,
        )


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
