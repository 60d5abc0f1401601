"""Home: a greeting that leads to a first interview, a list that resumes and compares."""

from textual.widgets import Input, OptionList, Static

from driving import Running, type_at_once, until
from interviewkit.storage.store import Store
from interviewkit.tui.screens.comparison import ComparisonScreen
from interviewkit.tui.screens.home import HomeScreen
from interviewkit.tui.screens.live import LiveScreen
from interviewkit.tui.screens.start import StartScreen
from support import begin, complete


async def test_an_empty_home_greets_and_leads_to_a_first_interview(
    store: Store, running: Running
) -> None:
    async with running() as pilot:
        assert "Welcome to interviewkit" in str(
            pilot.app.screen.query_one("#welcome", Static).render()
        )
        await pilot.press("enter")
        await until(pilot, lambda: isinstance(pilot.app.screen, StartScreen))
        await type_at_once(pilot, "Ada Okafor")
        await pilot.press("tab")
        await type_at_once(pilot, "Account executive")
        await pilot.press("ctrl+s")
        await until(pilot, lambda: isinstance(pilot.app.screen, LiveScreen))
    (standing,) = store.standings()
    assert standing.interview.candidate.name == "Ada Okafor"
    assert standing.interview.role.title == "Account executive"
    assert standing.interview.interviewer == "Priya Raman"


async def test_the_form_says_what_is_missing_and_goes_there(store: Store, running: Running) -> None:
    async with running() as pilot:
        await pilot.press("enter")
        await until(pilot, lambda: isinstance(pilot.app.screen, StartScreen))
        await pilot.press("ctrl+s")
        assert "Type the candidate's name." in str(
            pilot.app.screen.query_one("#fault", Static).render()
        )
        assert pilot.app.focused is pilot.app.screen.query_one("#candidate", Input)
        await pilot.press("escape")
        await until(pilot, lambda: isinstance(pilot.app.screen, HomeScreen))
    assert store.standings() == []


async def test_a_bank_that_cannot_be_used_is_named_in_the_form(
    store: Store, running: Running, tmp_path: object, monkeypatch: object
) -> None:
    from interviewkit.banks.library import users_folder

    users_folder().mkdir(parents=True)
    (users_folder() / "broken.yaml").write_text("id: broken\n", encoding="utf-8")
    async with running() as pilot:
        await pilot.press("n")
        await until(pilot, lambda: isinstance(pilot.app.screen, StartScreen))
        assert "broken.yaml" in str(pilot.app.screen.query_one("#fault", Static).render())


async def test_the_list_shows_what_is_under_way_first_and_counts_scorecards(
    store: Store, running: Running
) -> None:
    complete(store, {"unspoken-need": 4}, candidate="Ada Okafor", interviewer="Tom Becker")
    begin(store, candidate="Bo Lindqvist")
    async with running() as pilot:
        rows = [str(o.prompt) for o in pilot.app.screen.query_one(OptionList).options]
    assert rows[0].startswith("▸ Bo Lindqvist")
    assert "0 of 8 · Account executive · Priya Raman" in rows[0]
    assert rows[1].strip() == "Account executive"
    assert "1 scorecard ·" in rows[2]
    assert "1 under way" in rows[3]


async def test_enter_resumes_an_interview_and_compares_a_role(
    store: Store, running: Running
) -> None:
    complete(store, {"unspoken-need": 4})
    begin(store, candidate="Bo Lindqvist")
    async with running() as pilot:
        await pilot.press("enter")
        await until(pilot, lambda: isinstance(pilot.app.screen, LiveScreen))
        await pilot.press("f9")
        await until(pilot, lambda: isinstance(pilot.app.screen, HomeScreen))
        await pilot.press("down", "enter")
        await until(pilot, lambda: isinstance(pilot.app.screen, ComparisonScreen))
        await pilot.press("escape")
        await until(pilot, lambda: isinstance(pilot.app.screen, HomeScreen))


async def test_names_with_markup_are_shown_as_they_are(store: Store, running: Running) -> None:
    complete(store, {"unspoken-need": 4}, candidate="[bold]Al[/] =1+1")
    async with running() as pilot:
        rows = [str(o.prompt) for o in pilot.app.screen.query_one(OptionList).options]
        assert any("[bold]Al[/] =1+1" in row for row in rows)
        await pilot.press("c")
        await until(pilot, lambda: isinstance(pilot.app.screen, ComparisonScreen))


async def test_keys_sent_all_at_once_reach_the_fields_they_are_meant_for(
    store: Store, running: Running
) -> None:
    async with running() as pilot:
        await pilot.press("n")
        await until(pilot, lambda: isinstance(pilot.app.screen, StartScreen))
        await type_at_once(pilot, "Ada\nAccount executive\n")
        await until(pilot, lambda: pilot.app.screen.query_one("#role", Input).value != "")
        assert pilot.app.screen.query_one("#candidate", Input).value == "Ada"
        assert pilot.app.screen.query_one("#role", Input).value == "Account executive"


async def test_delete_discards_an_empty_interview_and_no_other(
    store: Store, running: Running
) -> None:
    begin(store)
    async with running() as pilot:
        await pilot.press("delete")
        await pilot.pause()
        assert store.standings() == []
        assert any("Discarded" in note.message for note in pilot.app._notifications)
    store.notebook(begin(store).id).add_note("unspoken-need", "said something")
    async with running() as pilot:
        await pilot.press("delete")
        await pilot.pause()
        assert len(store.standings()) == 1
        assert any("so it stays" in note.message for note in pilot.app._notifications)
