"""Where looking beats reading: candidates' profiles, and interviewers' severity.

The plotting library is imported with this module, which is imported when a plot is opened.
"""

from collections.abc import Sequence

from textual.app import ComposeResult
from textual.binding import Binding
from textual.screen import Screen
from textual.widgets import Static
from textual_plotext import PlotextPlot

from interviewkit.comparison.estimate import format_signed
from interviewkit.comparison.means import format_mean
from interviewkit.comparison.results import CandidateResult, Comparison
from interviewkit.tui.content import Content
from interviewkit.tui.widgets.grid import fit_to_width
from interviewkit.tui.widgets.key_line import Keys

FEWEST, MOST = 2, 4
# A sign for each candidate, so that lines are told apart without colours too.
SIGNS = ("●", "▲", "■", "◆")
ASIDE = 0.12  # of the way from one competency to the next
VARIABLES = ("primary", "accent", "success", "error")
HELP = """
# Profiles

Two to four candidates over the competencies, each with a sign of its own. A gap is a competency
that nobody assessed. The numbers are below; how far apart two candidates must be to differ at
all is in the comparison's words (**i**).
"""
SEVERITY_HELP = """
# Severity

How far each interviewer's ratings lie from those of others who rated the very same answers, in
points, with how many answers that rests on. It is shown and never applied: who was given the
stronger candidates is not known.
"""


class _PlotScreen(Screen[None]):
    """A plot with the numbers it shows below it, drawn again whenever the look changes."""

    CSS_PATH = "comparison.tcss"
    NAME = ""

    def __init__(self, comparison: Comparison) -> None:
        super().__init__()
        self._comparison = comparison

    def compose(self) -> ComposeResult:
        """The plot, then the numbers it shows."""
        title = f"{self.NAME} · {self._comparison.role.title}"
        yield Static(Content(title), id="heading", classes="title")
        yield PlotextPlot(id="plot")
        yield Static(self._numbers(), id="numbers")
        yield Keys()

    def on_mount(self) -> None:
        """Draw, and again whenever the look changes."""
        self._draw()
        self.app.theme_changed_signal.subscribe(self, lambda _: self._draw())

    def _numbers(self) -> Content:
        raise NotImplementedError

    def _draw(self) -> None:
        raise NotImplementedError


class ProfileScreen(_PlotScreen):
    """Marked candidates over competencies."""

    NAME = "Profiles"
    HELP = HELP
    BINDINGS = [Binding("escape,p,f9", "app.pop_screen", "Back", id="profile.back")]

    def __init__(self, comparison: Comparison, candidates: Sequence[CandidateResult]) -> None:
        super().__init__(comparison)
        self._candidates = candidates

    def _draw(self) -> None:
        widget = self.query_one(PlotextPlot)
        plot, scale = widget.plt, self._comparison.scale
        plot.clear_figure()
        names = [item.id for item in self._comparison.competencies]
        colours = self._colours()
        for at, candidate in enumerate(self._candidates):
            sign, colour = SIGNS[at], colours[at]
            # Side by side, so that two with the same value do not hide each other.
            aside = (at - (len(self._candidates) - 1) / 2) * ASIDE
            means = [candidate.cells[name].mean for name in names]
            for at, run in _runs(means):
                places = [at + 1 + step + aside for step in range(len(run))]
                plot.plot(places, run, color=colour, marker="braille")
                plot.scatter(places, run, color=colour, marker=sign)
        plot.ylim(scale[0], scale[-1])
        plot.yticks(list(scale), [str(point) for point in scale])
        plot.xlim(0.5, len(names) + 0.5)
        numbers = [float(at) for at in range(1, len(names) + 1)]
        plot.xticks(numbers, [f"{at:g}" for at in numbers])
        plot.grid(horizontal=True, vertical=False)
        widget.refresh()

    def _colours(self) -> list[tuple[int, int, int]]:
        from textual.color import Color

        variables = self.app.theme_variables
        return [Color.parse(variables[name]).rgb for name in VARIABLES]

    def _numbers(self) -> Content:
        """Candidates with their signs in rows, competencies by the numbers below the plot."""
        items = self._comparison.competencies
        head = " " * 22 + "".join(f"{column:>6}" for column in range(1, len(items) + 1))
        lines = [Content.styled(head, "$muted")]
        for sign, name, candidate in zip(SIGNS, VARIABLES, self._candidates, strict=False):
            values = "".join(f"{format_mean(candidate.cells[item.id].mean):>6}" for item in items)
            label = Content.styled(f"{sign} {fit_to_width(candidate.name, 20)}", f"${name}")
            lines.append(Content.assemble(label, values))
        legend = "  ".join(f"{column} {item.name}" for column, item in enumerate(items, 1))
        return Content("\n").join([*lines, Content.styled(legend, "$muted")])


class SeverityScreen(_PlotScreen):
    """A bar for each interviewer who rated answers that others rated, too."""

    NAME = "Severity"
    HELP = SEVERITY_HELP
    BINDINGS = [Binding("escape,v,f9", "app.pop_screen", "Back", id="severity.back")]

    def __init__(self, comparison: Comparison) -> None:
        super().__init__(comparison)
        rated = [item for item in comparison.severity if item.difference is not None]
        self._severity = sorted(rated, key=lambda item: item.difference or 0.0)

    def _numbers(self) -> Content:
        """An interviewer a line, the most generous first."""
        lines = [
            Content(
                f"{fit_to_width(item.interviewer, 28)} {format_signed(item.difference or 0.0):>6}"
                f" points (n={item.answers})"
            )
            for item in reversed(self._severity)
        ]
        note = "Below 0 rates lower than co-raters on the same answers. Shown, never applied."
        return Content("\n").join([*lines, Content.styled(note, "$muted")])

    def _draw(self) -> None:
        from textual.color import Color

        widget = self.query_one(PlotextPlot)
        plot = widget.plt
        plot.clear_figure()
        values = [item.difference or 0.0 for item in self._severity]
        names = [
            f"{fit_to_width(item.interviewer, 18).strip()} n={item.answers}"
            for item in self._severity
        ]
        colour = Color.parse(self.app.theme_variables["primary"]).rgb
        plot.bar(names, values, orientation="horizontal", color=colour, width=0.4)
        # Always the same axis, so that a small difference looks small in every round.
        reach = (self._comparison.scale[-1] - self._comparison.scale[0]) / 2
        plot.xlim(-reach, reach)
        plot.vertical_line(0)
        widget.refresh()


def _runs(values: Sequence[float | None]) -> list[tuple[int, list[float]]]:
    """(Where it begins, its values) for every stretch without a gap."""
    runs: list[tuple[int, list[float]]] = []
    for at, value in enumerate(values):
        if value is None:
            continue
        if runs and runs[-1][0] + len(runs[-1][1]) == at:
            runs[-1][1].append(value)
        else:
            runs.append((at, [value]))
    return runs
