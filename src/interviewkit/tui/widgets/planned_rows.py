"""The user's planned interviews as rows of home's list: today's, and those without a day."""

from collections.abc import Iterable

from textual.widgets.option_list import Option

from interviewkit.interview.clock import local
from interviewkit.interview.plan import PlanEntry
from interviewkit.interview.records import Role
from interviewkit.tui.content import Content
from interviewkit.visible_text import visible_line


def planned_rows(entries: Iterable[PlanEntry]) -> list[tuple[Option, Role]]:
    """(A row, its role) for each entry; a row's id is ``plan:`` and the id of the entry."""
    rows = []
    for entry in entries:
        is_today = bool(entry.starts_at)
        time = f"{local(entry.starts_at):%H:%M}" if is_today else " " * 5
        text = Content.assemble(
            (f"{time} ", "bold $text-accent"),
            (f"{visible_line(entry.candidate.name):<22} ", "bold"),
            f"{'today' if is_today else 'planned'} · {visible_line(entry.role.title)}",
            (f" · {entry.kit or 'no kit yet'}", "$muted"),
        )
        rows.append((Option(text, id=f"plan:{entry.id}"), entry.role))
    return rows
