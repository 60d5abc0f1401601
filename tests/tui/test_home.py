"""Home: a greeting that leads to a first interview, a list that resumes and compares."""

from pathlib import Path

import pytest
from textual.widgets import Button, Input, OptionList, Select, Static

from driving import Running, type_at_once, until
from interviewkit.banks.library import users_folder
from interviewkit.banks.loader import BankFile, read_bank
from interviewkit.storage.store import Store
from interviewkit.tui.screens import interview_form
from interviewkit.tui.screens.comparison.screen import ComparisonScreen
from interviewkit.tui.screens.dialogs import Confirm
from interviewkit.tui.screens.home import HomeScreen
from interviewkit.tui.screens.interview_form import StartScreen
from interviewkit.tui.screens.live.screen import LiveScreen
from interviewkit.tui.screens.wrap_up import WrapUpScreen
from support import begin, complete, shipped, shipped_ids


async def test_an_empty_home_greets_and_leads_to_a_first_interview(
    store: Store, running: Running
) -> None:
    async with running() as pilot:
        greeting = str(pilot.app.screen.query_one("#welcome", Static).render())
        assert "Welcome to interviewkit" in greeting
        assert "To join the team of somebody who invited you: m, then j" in greeting
        await pilot.press("enter")
        await until(pilot, lambda: isinstance(pilot.app.screen, StartScreen))
        await type_at_once(pilot, "Ada Okafor")
        await pilot.press("tab")
        await type_at_once(pilot, "Account executive")
        await pilot.press("ctrl+s")
        await until(pilot, lambda: isinstance(pilot.app.screen, LiveScreen))
    (standing,) = store._reads.standings()
    assert standing.interview.candidate.name == "Ada Okafor"
    assert standing.interview.role.title == "Account executive"
    assert standing.interview.interviewer == "Priya Raman"


async def test_the_form_says_what_is_missing_and_goes_there(store: Store, running: Running) -> None:
    async with running() as pilot:
        await pilot.press("enter")
        await until(pilot, lambda: isinstance(pilot.app.screen, StartScreen))
        await pilot.press("ctrl+s")
        fault = pilot.app.screen.query_one("#fault", Static)
        await until(pilot, lambda: "Type the candidate's name." in str(fault.render()))
        assert pilot.app.focused is pilot.app.screen.query_one("#candidate", Input)
        await pilot.press("escape")
        await until(pilot, lambda: isinstance(pilot.app.screen, HomeScreen))
    assert store._reads.standings() == []


def own_bank(name: str, text: str) -> None:
    users_folder().mkdir(parents=True, exist_ok=True)
    (users_folder() / f"{name}.yaml").write_text(text, encoding="utf-8")


def values_of(select: Select[str]) -> list[str]:
    return [str(value) for _, value in select._options]  # a blank row would be one more


async def test_a_bank_that_cannot_be_used_is_named_when_it_is_chosen(
    store: Store, running: Running
) -> None:
    own_bank("broken", "id: broken\ntitle: '[b]Broken[/]'\n")
    async with running() as pilot:
        await pilot.press("n")
        await until(pilot, lambda: isinstance(pilot.app.screen, StartScreen))
        screen = pilot.app.screen
        fault, start = screen.query_one("#fault", Static), screen.query_one("#start", Button)
        await until(pilot, lambda: "broken.yaml" in str(fault.render()))
        assert start.disabled
        screen.query_one("#bank", Select).value = "customer-focused-sales"
        await until(pilot, lambda: not start.disabled)
        assert str(fault.render()) == ""
        kits = ["screen-30", "first-45", "deep-60", "peer-40", "accounts-30", "work-sample-20"]
        assert values_of(screen.query_one("#kit", Select)) == kits


async def test_only_the_bank_that_is_chosen_is_read_and_the_one_used_last_is_first(
    store: Store, running: Running, monkeypatch: pytest.MonkeyPatch
) -> None:
    begin(store, file=shipped("sales-leadership"), kit="first-45")
    read: list[str] = []

    def noting(path: Path) -> BankFile:
        read.append(path.stem)
        return read_bank(path)

    monkeypatch.setattr(interview_form, "read_bank", noting)
    async with running() as pilot:
        await pilot.press("n")
        await until(pilot, lambda: isinstance(pilot.app.screen, StartScreen))
        kit = pilot.app.screen.query_one("#kit", Select)
        await until(pilot, lambda: not kit.disabled)
        there = values_of(pilot.app.screen.query_one("#bank", Select))
    assert read == ["sales-leadership"]
    assert there[0] == "sales-leadership"
    assert sorted(there) == shipped_ids()
    assert values_of(kit) == [one.id for one in shipped("sales-leadership").bank.kits]


async def test_the_kit_chosen_is_the_kit_of_the_interview(store: Store, running: Running) -> None:
    async with running() as pilot:
        await pilot.press("n")
        await until(pilot, lambda: isinstance(pilot.app.screen, StartScreen))
        await type_at_once(pilot, "Ada\nAE\n")
        screen = pilot.app.screen
        screen.query_one("#bank", Select).value = "sales-development"
        await until(
            pilot,
            lambda: screen._file is not None and screen._file.bank.id == "sales-development",  # type: ignore[attr-defined]
        )
        kit = shipped("sales-development").bank.kits[1].id
        screen.query_one("#kit", Select).value = kit
        await pilot.press("ctrl+s")
        await until(pilot, lambda: isinstance(pilot.app.screen, LiveScreen))
    (standing,) = store._reads.standings()
    assert (standing.interview.bank, standing.interview.kit) == ("sales-development", kit)


async def test_letters_find_a_bank_in_the_open_list(store: Store, running: Running) -> None:
    async with running() as pilot:
        await pilot.press("n")
        await until(pilot, lambda: isinstance(pilot.app.screen, StartScreen))
        bank = pilot.app.screen.query_one("#bank", Select)
        bank.focus()
        await pilot.press("enter", *"kundeno", "enter")
        await until(pilot, lambda: bank.value == "kundenorientierter-vertrieb")


@pytest.mark.parametrize("size", [(80, 24), (120, 36)])
async def test_the_whole_form_fits_the_screen(
    store: Store, running: Running, size: tuple[int, int]
) -> None:
    async with running(size=size) as pilot:
        await pilot.press("n")
        await until(pilot, lambda: isinstance(pilot.app.screen, StartScreen))
        await pilot.press("ctrl+s")
        fault = pilot.app.screen.query_one("#fault", Static)
        await until(pilot, lambda: "candidate" in str(fault.render()))
        dialog = pilot.app.screen.query_one(".dialog").region
        assert dialog.contains_region(pilot.app.screen.query_one("#start").region)


async def test_the_list_shows_what_is_under_way_first_and_counts_scorecards(
    store: Store, running: Running
) -> None:
    complete(store, {"unspoken-need": 4}, candidate="Ada Okafor", interviewer="Tom Becker")
    begin(store, candidate="Bo Lindqvist")
    async with running() as pilot:
        rows = [str(o.prompt) for o in pilot.app.screen.query_one(OptionList).options]
    assert rows[0].startswith("▸ Bo Lindqvist")
    assert "0 of 8 · Account executive · Priya Raman" in rows[0]
    assert rows[1] == ""
    assert rows[2].startswith("Account executive ─")
    assert "1 scorecard " in rows[3]
    assert "1 under way" in rows[4]


async def test_a_wide_screen_says_what_a_row_is_about_and_what_its_keys_do(
    store: Store, running: Running
) -> None:
    complete(store, {"unspoken-need": 4}, interviewer="Tom Becker")
    begin(store)
    async with running(size=(120, 36)) as pilot:
        context = pilot.app.screen.query_one("#context", Static)
        assert "0 of 8" in str(context.render())
        assert " enter resume it" in str(context.render())
        await pilot.press("down")
        assert "1 candidate · 1 of 2 scorecards in" in str(context.render())
        await pilot.press("down")
        lines = str(context.render()).splitlines()
        assert [line for line in lines if "Tom Becker" in line and "✓ in" in line]
        assert [line for line in lines if "Priya Raman" in line and "0 of 8" in line]
        await pilot.resize_terminal(80, 24)
        await until(pilot, lambda: not context.display)


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


async def test_after_an_interview_the_cursor_is_on_its_candidate(
    store: Store, running: Running
) -> None:
    complete(store, {"unspoken-need": 4})
    async with running() as pilot:
        await pilot.press("n")
        await until(pilot, lambda: isinstance(pilot.app.screen, StartScreen))
        await type_at_once(pilot, "Bo Lindqvist", "ctrl+s")
        await until(pilot, lambda: isinstance(pilot.app.screen, LiveScreen))
        await pilot.press("f9")
        await until(pilot, lambda: isinstance(pilot.app.screen, HomeScreen))
        places = pilot.app.screen.query_one("#places", OptionList)
        option = places.highlighted_option
        assert option and option.id and option.id.startswith("interview:")
        await pilot.press("enter")
        await until(pilot, lambda: isinstance(pilot.app.screen, LiveScreen))
        await type_at_once(pilot, "/end\n")
        await until(pilot, lambda: isinstance(pilot.app.screen, WrapUpScreen))
        await type_at_once(pilot, "3", "ctrl+s")
        await until(pilot, lambda: isinstance(pilot.app.screen, Confirm))
        await pilot.press("enter")
        await until(pilot, lambda: isinstance(pilot.app.screen, HomeScreen))
        option = places.highlighted_option
        assert option and option.id and option.id.startswith("candidate:")
        assert "Bo Lindqvist" in str(option.prompt)


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


async def test_delete_discards_an_empty_interview_at_once(store: Store, running: Running) -> None:
    begin(store)
    async with running() as pilot:
        await pilot.press("delete")
        await until(pilot, lambda: store._reads.standings() == [])
        assert any("nothing was written" in one.message for one in pilot.app._notifications)


async def test_delete_says_what_goes_and_enter_keeps_it(store: Store, running: Running) -> None:
    notebook = store.notebook(begin(store).id)
    notebook.add_notes("unspoken-need", ["rang them", "in March"])
    notebook.rate("unspoken-need", 4)
    async with running() as pilot:
        await pilot.press("delete")
        await until(pilot, lambda: isinstance(pilot.app.screen, Confirm))
        question = str(pilot.app.screen.query("Static").first().render())
        assert "Ada Okafor · Account executive" in question
        assert "This deletes for good, with its history: 2 notes, 1 rating." in question
        await pilot.press("enter")
        await until(pilot, lambda: isinstance(pilot.app.screen, HomeScreen))
        assert len(store._reads.standings()) == 1
        await pilot.press("delete")
        await until(pilot, lambda: isinstance(pilot.app.screen, Confirm))
        pilot.app.screen.query_one("#yes", Button).press()
        await until(pilot, lambda: store._reads.standings() == [])
    (change,) = store.retention().history(store.role("Account executive"))
    assert (change.what, change.before, change.by) == (
        "interview discarded",
        "first-45: 2 notes, 1 rating",
        "Priya Raman",
    )


async def test_an_interview_of_somebody_else_stays(store: Store, running: Running) -> None:
    interview = begin(store, interviewer="Tom Becker")
    store.notebook(interview.id).add_note("unspoken-need", "said something")
    async with running() as pilot:
        await pilot.press("delete")
        await until(pilot, lambda: bool(pilot.app._notifications))
        (said,) = [one.message for one in pilot.app._notifications]
        assert "This is the interview of Tom Becker, and something is written in it." in said
    assert len(store._reads.standings()) == 1


async def test_the_form_asks_before_it_begins_a_second_interview(
    store: Store, running: Running
) -> None:
    complete(store, {}, kit="screen-30")
    async with running() as pilot:
        await pilot.press("n")
        await until(pilot, lambda: isinstance(pilot.app.screen, StartScreen))
        await type_at_once(pilot, "Ada Okafor")
        await pilot.press("ctrl+s")
        await until(pilot, lambda: isinstance(pilot.app.screen, Confirm))
        question = str(pilot.app.screen.query("Static").first().render())
        assert question.startswith("Submitted on 2 Mar 2026.")
        await pilot.press("enter")
        await until(pilot, lambda: isinstance(pilot.app.screen, StartScreen))
        assert len(store._reads.standings()) == 1
        await pilot.press("ctrl+s")
        await until(pilot, lambda: isinstance(pilot.app.screen, Confirm))
        pilot.app.screen.query_one("#yes", Button).press()
        await until(pilot, lambda: isinstance(pilot.app.screen, LiveScreen))
    assert len(store._reads.standings()) == 2


async def test_a_kit_of_one_question_is_counted_in_the_singular(
    store: Store, running: Running
) -> None:
    async with running() as pilot:
        await pilot.press("n")
        await until(pilot, lambda: isinstance(pilot.app.screen, StartScreen))
        bank, kit = (pilot.app.screen.query_one(f"#{name}", Select) for name in ("bank", "kit"))
        await until(pilot, lambda: not kit.disabled)
        bank.value = "customer-focused-sales"
        await until(pilot, lambda: "late order" in " ".join(kit_prompts(kit)))
        prompts = kit_prompts(kit)
    assert "First round · 45 min, 8 questions" in prompts
    assert "Work sample, a late order · 20 min, 1 question" in prompts


def kit_prompts(kit: Select[str]) -> list[str]:
    return [str(prompt) for prompt, _ in kit._options]
