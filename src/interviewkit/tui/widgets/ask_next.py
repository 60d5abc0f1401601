"""What to ask next, each with its reason; and the word that is missing about the last probe."""

from collections.abc import Collection, Sequence

from textual.style import Style
from textual.widgets import Static

from interviewkit.banks.elements import Element
from interviewkit.interview.records import OUTCOME_SIGNS, OUTCOME_WORDS
from interviewkit.interview.suggestions import Offer, Suggestion
from interviewkit.tui.content import Content
from interviewkit.tui.widgets.text_layout import hang


class AskNext(Static):
    """Suggestions in their order; a click asks, and one on a reason ticks the gap it names.

    Numbers stay with their probes, and the order stays while a note is typed.
    """

    auto_links = False  # what can be clicked keeps its own colours

    def __init__(self) -> None:
        super().__init__(id="ask")
        self.border_title = " Ask next "
        self._shown: tuple[Offer | None, str, tuple[str, ...], frozenset[Element]] | None = None
        self._pace = ""

    def show(
        self,
        offer: Offer | None,
        pending: str,
        typed: Collection[Element] = (),
        earlier: Sequence[str] = (),
    ) -> None:
        """``pending`` is the label of the probe at hand while nobody noted what it brought.

        ``earlier`` are the labels of earlier ones without an outcome; ``typed`` are the elements
        that only the half-typed note shows.
        """
        content = (offer, pending, tuple(earlier), frozenset(typed))
        if content != self._shown:
            self._shown = content
            self._draw()

    def show_pace(self, sentence: str) -> None:
        """Say above all else that time is short; nothing where it is not."""
        if sentence != self._pace:
            self._pace = sentence
            self._draw()

    @property
    def gaps(self) -> list[Element]:
        """The gaps that the suggestions name, those of the first suggestion first."""
        offer = self._shown[0] if self._shown else None
        suggestions = offer.suggestions if offer else ()
        return list(dict.fromkeys(gap for item in suggestions for gap in item.gaps))

    @property
    def first_gap(self) -> Element | None:
        """The gap that the first suggestion names first."""
        offer = self._shown[0] if self._shown else None
        gaps = offer.suggestions[0].gaps if offer and offer.suggestions else ()
        return gaps[0] if gaps else None

    def on_resize(self) -> None:
        """Wrap to the new width."""
        self._draw()

    def _draw(self) -> None:
        if self._shown is None:
            return
        (offer, pending, earlier, typed), width = self._shown, self.content_size.width
        parts: list[Content] = []
        if self._pace:
            parts.append(hang(Content(""), Content.styled(self._pace, "$text-warning"), width))
        if pending:
            parts.append(_brought(pending))
        if earlier:
            parts.append(_not_noted(earlier))
        if offer and offer.word:
            parts.append(Content.styled(offer.word, "$muted"))
        for suggestion in offer.suggestions if offer else ():
            head = Content.styled(f"?{suggestion.number} ", "bold $text-accent")
            ask = hang(head, Content(suggestion.ask), width)
            click = Style.from_meta({"@click": f"screen.type('?{suggestion.number}')"})
            parts += [ask.stylize(click), _reason(suggestion, typed)]
        self.update(Content("\n").join(parts), layout=False)  # what is left is its height


def _reason(suggestion: Suggestion, typed: frozenset[Element]) -> Content:
    if suggestion.gaps and typed.issuperset(suggestion.gaps):
        return Content.styled("   in the line you are typing", "$muted")
    reason = Content.styled(f"   {suggestion.reason}", "$muted")
    if not suggestion.gaps:
        return reason
    return reason.stylize(Style.from_meta({"@click": f"screen.tick_gap('{suggestion.gaps[0]}')"}))


def _not_noted(labels: Sequence[str]) -> Content:
    """The probes to go back to, each a click away; own follow-ups are picked with ↑."""
    parts = [
        Content.styled(label, "bold $text-accent").stylize(
            Style.from_meta({"@click": f"screen.type('{label}')"}) if label != "??" else ""
        )
        for label in labels
    ]
    return Content("  ").join([Content.styled("Not noted:", "$muted"), *parts])


def _brought(label: str) -> Content:
    signs = Content("  ").join(
        Content.assemble((OUTCOME_SIGNS[outcome], "bold"), f" {meaning}").stylize(
            Style.from_meta({"@click": f"screen.type('{OUTCOME_SIGNS[outcome]}')"})
        )
        for outcome, meaning in OUTCOME_WORDS.items()
    )
    name = "your follow-up" if label == "??" else label
    head = Content.styled(f"What did {name} bring?", "bold $text-accent")
    return Content("\n").join([head, signs])
