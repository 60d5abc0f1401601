"""Search: what is typed is found while it is typed, and opens where it stands."""

from textual.widgets import Input, OptionList, Static

from driving import Running, type_at_once, until
from interviewkit.storage.store import Store
from interviewkit.tui.screens.home import HomeScreen
from interviewkit.tui.screens.live.screen import LiveScreen
from interviewkit.tui.screens.scorecards import ScorecardsScreen
from interviewkit.tui.screens.search import SearchScreen
from support import HeldClock, begin, complete

Q = "unspoken-need"


def rows(pilot: object) -> list[str]:
    return [str(o.prompt) for o in pilot.app.screen.query_one(OptionList).options]  # type: ignore[attr-defined]


def said(pilot: object) -> str:
    return str(pilot.app.screen.query_one("#said", Static).render())  # type: ignore[attr-defined]


async def test_typing_finds_and_enter_opens_the_scorecard_at_that_answer(
    store: Store, running: Running, clock: HeldClock
) -> None:
    complete(store, {"broken-promise": 3, Q: 4}, "Ada Okafor", "Tom Becker")
    clock.pass_(60)
    complete(store, {Q: 4}, "Bo Lind", "Tom Becker")
    async with running() as pilot:
        await pilot.press("slash")
        await until(pilot, lambda: isinstance(pilot.app.screen, SearchScreen))
        assert "Type two letters" in said(pilot)
        await type_at_once(pilot, f"said {Q}")
        await until(pilot, lambda: len(rows(pilot)) == 2)
        assert said(pilot) == "2 found"
        assert rows(pilot)[0].startswith("Bo Lind · 2 Mar 2026 · Account executive · Tom Becker")
        assert f"what Ada Okafor said of {Q}" in rows(pilot)[1]
        await pilot.press("down")
        await until(pilot, lambda: isinstance(pilot.app.focused, OptionList))
        await pilot.press("down", "enter")
        await until(pilot, lambda: isinstance(pilot.app.screen, ScorecardsScreen))
        text = pilot.app.screen.query_one("#text", Static)
        await until(pilot, lambda: f"what Ada Okafor said of {Q}" in str(text.render()))
        await pilot.press("escape")
        await until(pilot, lambda: isinstance(pilot.app.screen, SearchScreen))
        await pilot.press("slash")
        await until(pilot, lambda: isinstance(pilot.app.focused, Input))
        await pilot.press("escape")
        await until(pilot, lambda: isinstance(pilot.app.screen, HomeScreen))


async def test_a_hit_in_ones_own_interview_resumes_it(store: Store, running: Running) -> None:
    notebook = store.notebook(begin(store).id)
    notebook.add_note(Q, "rang Hallborough at six")
    async with running() as pilot:
        await pilot.press("slash")
        await until(pilot, lambda: isinstance(pilot.app.screen, SearchScreen))
        await type_at_once(pilot, "hallb", "enter")
        await until(pilot, lambda: isinstance(pilot.app.focused, OptionList))
        await pilot.press("enter")
        await until(pilot, lambda: isinstance(pilot.app.screen, LiveScreen))


async def test_what_one_may_not_see_is_not_found(store: Store, running: Running) -> None:
    complete(store, {Q: 4}, "Bo Lind", "Tom Becker")
    store.notebook(begin(store, "Cy Young", interviewer="Tom Becker").id).add_note(Q, "said so")
    begin(store, "Bo Lind")
    async with running() as pilot:
        await pilot.press("slash")
        await until(pilot, lambda: isinstance(pilot.app.screen, SearchScreen))
        await until(pilot, lambda: store.search_index().behind() == 0)
        await type_at_once(pilot, "said", "enter")
        await until(pilot, lambda: said(pilot) == "No passage that you may see matches.")
        assert rows(pilot) == []


async def test_words_are_no_markup(store: Store, running: Running) -> None:
    store.notebook(begin(store).id).add_note(Q, "[red]pallets[/] \x1b[2J [@click=app.quit]x[/]")
    async with running() as pilot:
        await pilot.press("slash")
        await until(pilot, lambda: isinstance(pilot.app.screen, SearchScreen))
        await type_at_once(pilot, "[red]pallets")
        await until(pilot, lambda: len(rows(pilot)) == 1)
        assert "[red]pallets[/] ␛[2J [@click=app.quit]x[/]" in rows(pilot)[0]


async def test_many_are_read_in_while_one_types(store: Store, running: Running) -> None:
    notebook = store.notebook(begin(store).id)
    notebook.add_notes(Q, [f"pallets {number}" for number in range(1200)])
    async with running() as pilot:
        await pilot.press("slash")
        await until(pilot, lambda: isinstance(pilot.app.screen, SearchScreen))
        await type_at_once(pilot, "pallets")
        await until(pilot, lambda: store.search_index().behind() == 0)
        await until(pilot, lambda: said(pilot) == "The newest 50. Add a word to narrow it.")
        assert "pallets 1199" in rows(pilot)[0]


async def test_one_letter_is_enough_where_a_letter_is_a_word(
    store: Store, running: Running
) -> None:
    notebook = store.notebook(begin(store).id)
    notebook.add_note(Q, "大客户投诉我们")
    notebook.ask_own(Q, "客户是谁?")
    async with running() as pilot:
        await pilot.press("slash")
        await until(pilot, lambda: isinstance(pilot.app.screen, SearchScreen))
        pilot.app.screen.query_one("#words", Input).value = "z"
        await until(pilot, lambda: "Type two letters" in said(pilot))
        pilot.app.screen.query_one("#words", Input).value = "客"
        await until(pilot, lambda: len(rows(pilot)) == 2)
        assert any(f"follow-up: {Q}" in row for row in rows(pilot))
