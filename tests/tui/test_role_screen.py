"""The role's form from home, and the retention date where scorecards are opened."""

from textual.widgets import Input, Static

from driving import Running, type_at_once, until
from interviewkit.interview.role_settings import RoleSettings, Visibility
from interviewkit.storage.store import Store
from interviewkit.tui.screens.home import HomeScreen
from interviewkit.tui.screens.role_form import RoleScreen
from interviewkit.tui.screens.scorecards import ScorecardsScreen
from interviewkit.tui.widgets.choice import OneLineChoice
from support import complete

Q = "unspoken-need"


def fault(pilot: object) -> str:
    return str(pilot.app.screen.query_one("#fault", Static).render())  # type: ignore[attr-defined]


async def test_a_role_is_set_in_the_form(store: Store, running: Running) -> None:
    complete(store, {Q: 4})
    role = store.role("Account executive")
    async with running() as pilot:
        await pilot.press("r")
        await until(pilot, lambda: isinstance(pilot.app.screen, RoleScreen))
        await type_at_once(pilot, "Priya Raman")
        pilot.app.screen.query_one(OneLineChoice).focus()
        await pilot.press("1", "tab", "2", "tab")
        await type_at_once(pilot, "uss")
        await pilot.press("tab")
        await type_at_once(pilot, "six")
        await pilot.press("ctrl+s")
        assert fault(pilot) == "'six' is not a number of months."
        pilot.app.screen.query_one("#months", Input).value = "18"
        await pilot.press("ctrl+s")
        assert "There is no place called 'uss'" in fault(pilot)
        pilot.app.screen.query_one("#place", Input).value = "us"
        await pilot.press("ctrl+s")
        await until(pilot, lambda: isinstance(pilot.app.screen, HomeScreen))
    assert store.retention().settings(role) == RoleSettings(
        "Priya Raman", Visibility.OWN, "us", 18, "", "", shared=True
    )


async def test_leaving_the_form_changes_nothing(store: Store, running: Running) -> None:
    complete(store, {Q: 4})
    async with running() as pilot:
        await pilot.press("r")
        await until(pilot, lambda: isinstance(pilot.app.screen, RoleScreen))
        await type_at_once(pilot, "Tom")
        await pilot.press("escape")
        await until(pilot, lambda: isinstance(pilot.app.screen, HomeScreen))
    assert store.retention().settings(store.role("Account executive")) == RoleSettings()


async def test_another_owners_role_is_not_changed(store: Store, running: Running) -> None:
    complete(store, {Q: 4})
    role = store.role("Account executive")
    store.retention().change(role, RoleSettings(owner="Dana Fox"), "Dana Fox")
    async with running() as pilot:
        await pilot.press("r")
        await until(pilot, lambda: isinstance(pilot.app.screen, RoleScreen))
        pilot.app.screen.query_one("#hold", Input).value = "A charge"
        await pilot.press("ctrl+s")
        assert "Account executive is the role of Dana Fox" in fault(pilot)
    assert store.retention().settings(role).hold == ""


async def test_a_long_name_does_not_hide_how_long_they_are_kept(
    store: Store, running: Running
) -> None:
    complete(store, {Q: 4}, candidate="Ada " * 40)
    async with running() as pilot:
        await pilot.press("down", "s")
        await until(pilot, lambda: isinstance(pilot.app.screen, ScorecardsScreen))
        heading = pilot.app.screen.query_one("#heading", Static)
        await until(pilot, lambda: "no retention period set" in str(heading.render()))
        assert len(str(heading.render())) <= 78
        await pilot.resize_terminal(120, 36)
        await until(pilot, lambda: len(str(heading.render())) > 100)


async def test_scorecards_say_how_long_they_are_kept_and_hide_what_the_role_hides(
    store: Store, running: Running
) -> None:
    complete(store, {Q: 4}, interviewer="Tom Becker")
    complete(store, {Q: 2})
    role = store.role("Account executive")
    of = RoleSettings(owner="Dana Fox", visibility=Visibility.OWN, place="us")
    store.retention().change(role, of, "Dana Fox")
    async with running() as pilot:
        await pilot.press("down", "s")
        await until(pilot, lambda: isinstance(pilot.app.screen, ScorecardsScreen))
        heading = str(pilot.app.screen.query_one("#heading", Static).render())
        assert heading.endswith("kept until 2 Mar 2027")
        cards = pilot.app.screen
        assert isinstance(cards, ScorecardsScreen)
        assert {card.interviewer for card, _ in cards._cards.values()} == {"Priya Raman"}
