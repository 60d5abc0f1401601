"""Another question is placed anew only where it needs other lines than the one before."""

import pytest
from textual.geometry import Region
from textual.screen import Screen
from textual.widget import Widget

from driving import Running
from interviewkit.storage.store import Store
from support import begin


def regions(screen: Screen[object]) -> dict[Widget, Region]:
    return {widget: widget.region for widget in screen.walk_children(Widget)}


@pytest.mark.parametrize("size", [(80, 24), (50, 12), (120, 40)])
async def test_every_page_stands_where_a_full_layout_puts_it(
    store: Store, running: Running, size: tuple[int, int]
) -> None:
    async with running(begin(store).id, size=size) as pilot:
        screen = pilot.app.screen
        for key in [*["pagedown"] * 9, *["pageup"] * 4]:
            await pilot.press(key)
            await pilot.pause()
            turned = regions(screen)
            screen.refresh(layout=True)
            await pilot.pause()
            assert regions(screen) == turned


async def test_a_question_with_as_many_lines_moves_nothing(store: Store, running: Running) -> None:
    async with running(begin(store).id, size=(80, 24)) as pilot:
        screen = pilot.app.screen
        await pilot.press("pagedown")
        await pilot.pause()
        layouts = list[Screen[object]]()
        screen.screen_layout_refresh_signal.subscribe(screen, layouts.append)
        panels = regions(screen)
        for _ in range(3):
            await pilot.press("pagedown")
            await pilot.pause()
            assert regions(screen) == panels
        assert not layouts
