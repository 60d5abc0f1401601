"""Findings and elements as short marks; each says by a sign what its colour says, too."""

from collections.abc import Iterable, Sequence

from interviewkit.banks.elements import CHECKABLE, LABELS, STORY, Element
from interviewkit.banks.model import Probe
from interviewkit.errors import Finding
from interviewkit.tui.content import Content
from interviewkit.tui.widgets.text_layout import flow_content

SIGNS = {"error": "✗", "warning": "▲", "advice": "›"}
STYLES = {"error": "$text-error", "warning": "$text-warning", "advice": "$muted"}


def level_counts(findings: Sequence[Finding]) -> list[tuple[str, str]]:
    """How many of each level, the worst first, as (text, style); nothing when there is none."""
    levels = [finding.level for finding in findings]
    return [
        (f"{sign}{levels.count(level)}", STYLES[level])
        for level, sign in SIGNS.items()
        if level in levels
    ]


def finding_line(finding: Finding, *, with_line: bool = True) -> Content:
    """A finding as it stands beside what it is about."""
    location = f"line {finding.line} · " if with_line else ""
    return Content.assemble(
        (f"{SIGNS[finding.level]} {location}{finding.code} ", f"bold {STYLES[finding.level]}"),
        (finding.message, STYLES[finding.level]),
        (f" For example: “{finding.suggestion}”" if finding.suggestion else "", "$muted"),
    )


def elements_bar(probes: Iterable[Probe], width: int) -> Content:
    """The story, then what can be checked: how many probes elicit each element, · for none."""
    elicited = [element for probe in probes for element in probe.elicits]
    rows = [
        flow_content([_mark(element, elicited.count(element)) for element in row], width)
        for row in (STORY, CHECKABLE)
    ]
    return Content("\n").join(rows)


def _mark(element: Element, count: int) -> Content:
    if not count:
        return Content.styled(f"· {LABELS[element]}", "$text-warning")
    times = f" ×{count}" if count > 1 else ""
    return Content.assemble(("✓ ", "$text-success"), LABELS[element], (times, "$muted"))
