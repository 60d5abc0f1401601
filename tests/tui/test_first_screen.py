"""The first screen works its styles out once, and they are those of any later time."""

import pytest
from textual.css.styles import RulesMap
from textual.screen import Screen

from interviewkit.storage.store import Store
from interviewkit.tui.app import InterviewKitApp
from support import begin


def rules(screen: Screen[object]) -> dict[object, RulesMap]:
    return {widget: widget.styles.get_rules() for widget in screen.walk_children(with_self=True)}


@pytest.mark.parametrize("size", [(80, 24), (60, 12), (180, 50)])
@pytest.mark.parametrize("is_live", [False, True], ids=["home", "live"])
async def test_styles_are_as_if_worked_out_again(
    store: Store, *, is_live: bool, size: tuple[int, int]
) -> None:
    interview = begin(store).id
    app = InterviewKitApp(store, "Priya Raman", interview if is_live else None)
    async with app.run_test(size=size) as pilot:
        await pilot.pause()
        at_start = rules(app.screen)
        app.screen.update_node_styles(animate=False)
        assert rules(app.screen) == at_start


async def test_home_that_follows_an_interview_has_its_styles(store: Store) -> None:
    app = InterviewKitApp(store, "Priya Raman", begin(store).id)
    async with app.run_test(size=(80, 24)) as pilot:
        await pilot.press("f9")
        await pilot.pause()
        assert app.screen.query("#places")
        after_interview = rules(app.screen)
        app.screen.update_node_styles(animate=False)
        assert rules(app.screen) == after_interview
