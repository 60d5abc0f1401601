"""What to ask next, each with its reason; and the word that is missing about the last probe."""

from textual.content import Content
from textual.style import Style
from textual.widgets import Static

from interviewkit.interview.records import OUTCOME_SIGNS, OUTCOME_WORDS
from interviewkit.interview.suggestions import Offer
from interviewkit.tui.widgets.hanging import hang


class AskNext(Static):
    """Suggestions in their order; a click asks. Numbers stay with their probes."""

    auto_links = False  # what can be clicked keeps its own colours

    def __init__(self) -> None:
        super().__init__(id="ask")
        self.border_title = " Ask next "
        self._shown: tuple[Offer | None, int | None] | None = None

    def show(self, offer: Offer | None, pending: int | None) -> None:
        """``pending`` is the number of an asked probe whose outcome nobody noted yet."""
        if (offer, pending) != self._shown:
            self._shown = (offer, pending)
            self._draw()

    def on_resize(self) -> None:
        """Wrap anew."""
        self._draw()

    def _draw(self) -> None:
        if self._shown is None:
            return
        (offer, pending), width = self._shown, self.content_size.width
        parts: list[Content] = []
        if pending is not None:
            parts.append(_brought(pending))
        if offer and offer.word:
            parts.append(Content.styled(offer.word, "$muted"))
        for one in offer.suggestions if offer else ():
            head = Content.styled(f"?{one.number} ", "bold $text-accent")
            reason = Content.styled(f"   {one.reason}", "$muted")
            ask = Content("\n").join([hang(head, Content(one.ask), width), reason])
            parts.append(ask.stylize(Style.from_meta({"@click": f"screen.type('?{one.number}')"})))
        self.update(Content("\n").join(parts), layout=False)  # what is left is its height


def _brought(number: int) -> Content:
    signs = Content("  ").join(
        Content.assemble((OUTCOME_SIGNS[outcome], "bold"), f" {words}").stylize(
            Style.from_meta({"@click": f"screen.type('{OUTCOME_SIGNS[outcome]}')"})
        )
        for outcome, words in OUTCOME_WORDS.items()
    )
    head = Content.styled(f"What did ?{number} bring?", "bold $text-accent")
    return Content("\n").join([head, signs])
