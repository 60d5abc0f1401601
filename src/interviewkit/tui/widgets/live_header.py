"""The first line of the live screen: who and what on the left, saved and time on the right."""

from textual.widgets import Static

from interviewkit.tui.content import Content
from interviewkit.visible_text import visible_line

SAVED = ("saved ●", "$text-success")
FAILED = ("NOT SAVED ▲", "bold $text-error")


class Heading(Static):
    """Shows what it was last told; ``saved`` is one of SAVED and FAILED."""

    saved: tuple[str, str] = SAVED

    def __init__(self, *subject: str, is_recorded: bool = True) -> None:
        """``subject``: what it is about, the most important first.

        Where nothing ``is_recorded``, only a failure is said of it.
        """
        super().__init__(id="heading")
        self._subject = [visible_line(name) for name in subject]
        self._is_recorded = is_recorded
        self._place = ""
        self._time: tuple[str, str] = ("", "")

    def show(
        self,
        *,
        place: str | None = None,
        time: tuple[str, str] | None = None,
        saved: tuple[str, str] | None = None,
    ) -> None:
        """Tell it something new; what is left out stays. ``time`` is (text, style)."""
        old = (self._place, self._time, self.saved)
        self._place = self._place if place is None else place
        self._time = time or self._time
        self.saved = saved or self.saved
        if old != (self._place, self._time, self.saved):
            self.refresh()

    def render(self) -> Content:
        """The right side keeps its place; the subject gives way."""
        saved = self.saved if self._is_recorded or self.saved != SAVED else ("", "")
        parts = [
            Content.styled(*part) for part in (saved, (self._place, ""), self._time) if part[0]
        ]
        right = Content("   ").join(parts)
        room = self.size.width - right.cell_length - 1
        subjects = [" · ".join(self._subject[:n]) for n in range(len(self._subject), 0, -1)]
        fits = next((text for text in subjects if Content(text).cell_length <= room), subjects[-1])
        subject = Content.styled(fits, "bold").truncate(room, ellipsis=True, pad=True)
        return Content.assemble(subject, " ", right)
