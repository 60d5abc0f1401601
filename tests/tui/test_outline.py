"""The outline after a change: the same nodes where it is the same things, and nothing old."""

import asyncio
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
from textual.app import App, ComposeResult

from interviewkit.banks.document import Draft
from interviewkit.banks.lint.linter import lint
from interviewkit.banks.text.paths import Address
from interviewkit.tui.widgets.outline import Node, Outline
from interviewkit.workflows.bank_editor import BankSnapshot, locate_findings
from support import ROOT

SMALL = (ROOT / "tests" / "banks" / "small.yaml").read_text(encoding="utf-8")
OPENED: Address = ("questions", "broken-promise")
PROBE: Address = (*OPENED, "probes", "who-knew")
NEW_PROBE = {"id": "again", "ask": "What next?", "elicits": ["result"]}


class Alone(App[None]):
    """An outline and nothing else."""

    def compose(self) -> ComposeResult:
        yield Outline()


def snapshot(draft: Draft) -> BankSnapshot:
    assert draft.file is not None
    return locate_findings(draft, draft.file, lint(draft.file))


def drawn(outline: Outline) -> list[tuple[str, object, bool]]:
    """Every node in order: its label, its address, whether it is open."""

    def below(node: Node) -> Iterator[tuple[str, object, bool]]:
        for child in node.children:
            yield child.label.markup, child.data, child.is_expanded  # type: ignore[union-attr]
            yield from below(child)

    return list(below(outline.root))


EDITS: dict[str, tuple[str, tuple[Any, ...], bool]] = {
    "a probe in other words": ("set", ((*PROBE, "ask"), "Who else, and do they smoke?"), True),
    "a question with a finding": ("set", ((*OPENED, "ask"), "Do you have children?"), True),
    "a competency's name": ("set", (("competencies", "recovery", "name"), "Repair " * 20), True),
    "minutes of a kit": ("set", (("kits", "short", "minutes"), 20), True),
    "a probe less": ("remove", (PROBE,), False),
    "a probe more": ("add", ((*OPENED, "probes"), NEW_PROBE, "who-knew"), False),
    "the first probes": ("set", (("questions", "other-department", "probes"), [NEW_PROBE]), False),
    "probes in another order": ("move", (PROBE, None), False),
    "a question more": ("duplicate", (OPENED, "broken-again"), False),
}


@pytest.mark.parametrize(("kind", "given", "stays"), EDITS.values(), ids=EDITS)
def test_after_a_change_it_is_as_if_drawn_for_the_first_time(
    kind: str, given: tuple[Any, ...], stays: bool
) -> None:
    asyncio.run(_changed(kind, given, stays))


async def _changed(kind: str, given: tuple[Any, ...], stays: bool) -> None:
    draft = Draft.of(SMALL, Path("small.yaml"))
    app, fresh = Alone(), Alone()
    async with app.run_test(size=(40, 24)) as pilot:
        outline = app.query_one(Outline)
        outline.show(snapshot(draft), PROBE)
        await pilot.pause()
        node = outline._node_at[OPENED]
        getattr(draft, kind)(*given)
        outline.show(snapshot(draft), OPENED)
        await pilot.pause()
        assert (outline._node_at[OPENED] is node) == stays
        assert outline.address == OPENED
        shown, width = drawn(outline), outline.virtual_size.width
    async with fresh.run_test(size=(40, 24)) as pilot:
        outline = fresh.query_one(Outline)
        outline.show(snapshot(draft), (*OPENED, "probes", "first-step"))
        await pilot.pause()
        assert shown == drawn(outline)
        assert width == outline.virtual_size.width
