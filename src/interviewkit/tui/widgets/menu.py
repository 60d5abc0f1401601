"""What may follow what was typed, in full, just above the note line."""

from collections.abc import Collection, Mapping, Sequence
from itertools import zip_longest

from textual.style import Style
from textual.widgets import Static

from interviewkit.interview.timetable import TimetableRow
from interviewkit.tui.content import Content
from interviewkit.tui.widgets.hour_rail import LEGEND, CompetencyNames, row_line

# On one line of 80 columns: what says itself has no second word.
COMMANDS = (
    ("/n", " next"),
    ("/b", " back"),
    ("/q N", " go to"),
    ("/skip why", ""),
    ("/e", " edit note"),
    ("/undo", ""),
    ("/end", " wrap up"),
)


class Menu(Static):
    """Hidden while there is nothing to say."""

    auto_links = False  # what can be clicked keeps its own colours

    def __init__(self) -> None:
        super().__init__(id="menu")
        self.display = False
        self._shown = Content("")

    def hide(self) -> None:
        """Hide the menu."""
        self.display = False

    def say(self, sentence: str) -> None:
        """A sentence about the line as it stands."""
        self._put(Content.styled(sentence, "bold"))

    def say_below(self, sentence: str) -> None:
        """The same below what can follow, which stays; alone where nothing is shown."""
        if not self.display:
            self.say(sentence)
        elif sentence not in self._shown.plain:
            self._put(Content("\n").join([self._shown, Content.styled(sentence, "bold")]))

    def follow(
        self,
        line: str,
        probes: Sequence[tuple[int, str]],
        asked: Collection[int],
        anchors: Mapping[int, str],
        names: Mapping[int, str],
    ) -> None:
        """What can follow ``line``; nothing for a plain note."""
        if line.startswith("??") and not line.startswith("???") and probes:
            self.say("A follow-up in your own words; Enter logs that you asked it.")
        elif line.startswith("?") and probes and not line[1:2].isalpha():
            self.probes(probes, asked)
        elif line.startswith("/"):
            self.ratings(anchors, names)
        else:
            self.hide()

    def probes(self, probes: Sequence[tuple[int, str]], asked: Collection[int]) -> None:
        """(number, text) of all probes of the question; asked ones say so."""
        lines = []
        for position, text in probes:
            done = position in asked
            line = Content.assemble(
                (f"?{position} ", "bold $text-accent"),
                (text, "dim" if done else ""),
                ("  asked" if done else "", "$muted"),
            )
            lines.append(line.stylize(Style.from_meta({"@click": f"screen.type('?{position}')"})))
        lines.append(Content.assemble(("?? ", "bold $text-accent"), "then your own words"))
        self._put(Content("\n").join(lines))

    def ratings(self, anchors: Mapping[int, str], names: Mapping[int, str]) -> None:
        """The anchors in full, each with the name of its point, and the other commands."""
        lines = [
            Content.assemble(
                (f"/{rating} ", "bold $text-accent"),
                (f"{names[rating]}: " if rating in names else "", "bold"),
                text,
            ).stylize(Style.from_meta({"@click": f"screen.type('/{rating}')"}))
            for rating, text in anchors.items()
        ]
        if anchors:
            zero = Content.assemble(("/0 ", "bold $text-accent"), "Not assessed")
            lines.append(zero.stylize(Style.from_meta({"@click": "screen.type('/0')"})))
        content = Content("  ").join(
            Content.assemble((sign, "bold $text-accent"), meaning) for sign, meaning in COMMANDS
        )
        self._put(Content("\n").join([*lines, content]))

    def show_hour(self, rows: Sequence[TimetableRow], name_of: CompetencyNames) -> None:
        """The kit's questions in two columns, with what their signs mean."""
        width = self.screen.size.width - 4
        column = min(44, (width - 3) // 2)
        lines = [row_line(row, name_of, column) for row in rows]
        half = (len(lines) + 1) // 2
        pairs = zip_longest(lines[:half], lines[half:], fillvalue=Content(""))
        content = [Content.assemble(first_line, "   ", second) for first_line, second in pairs]
        legend = Content.styled(f"{LEGEND}  /q 3 goes to question 3", "$muted")
        self._put(Content("\n").join([*content, legend]))

    def _put(self, content: Content) -> None:
        self._shown = content
        self.update(content)
        self.display = True
