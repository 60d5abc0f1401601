"""The workshop on real files: to read a bank, change it, save it, and lose nothing."""

from collections.abc import AsyncIterator, Callable
from contextlib import AbstractAsyncContextManager, asynccontextmanager
from pathlib import Path
from typing import cast

import pytest
from textual.content import Content
from textual.pilot import Pilot
from textual.screen import Screen
from textual.widgets import Input, OptionList, Static

from driving import Running, type_at_once, until
from interviewkit.banks import autosave
from interviewkit.banks.library import BankLocation, users_folder
from interviewkit.banks.loader import BankFile, read_bank
from interviewkit.banks.text.paths import Address
from interviewkit.errors import Finding
from interviewkit.tui.screens.dialogs import Confirm
from interviewkit.tui.screens.home import HomeScreen
from interviewkit.tui.screens.workshop.bank_list import BanksScreen, NewBankScreen
from interviewkit.tui.screens.workshop.editor import WorkshopScreen
from interviewkit.tui.screens.workshop.form import FormScreen
from interviewkit.tui.screens.workshop.prompts import AskId, Choose
from interviewkit.tui.widgets.multi_select import MultiSelect
from interviewkit.tui.widgets.ordered_picker import MustHavePicker, OrderedPicker, WeightPicker
from interviewkit.tui.widgets.outline import Outline
from interviewkit.tui.widgets.text_area import GrowingTextArea
from interviewkit.workflows import bank_editor as bench_module
from interviewkit.workflows.bank_editor import BankEditor
from support import ROOT
from workshop_driving import checked, entry, in_form, open_bank, shows, words

SMALL = (ROOT / "tests/banks/small.yaml").read_text(encoding="utf-8")
SMALL = SMALL.replace("questions:\n  - id: broken", "# Mine.\nquestions:\n\n  - id: broken", 1)
HOSTILE = "[bold]x[/b] [/] [@click=app.quit] $accent {1}"
ASKED = "Tell me about a promise that was not kept."
QUESTION: Address = ("questions", "broken-promise")
SIZES = pytest.mark.parametrize("size", [(80, 24), (120, 36)])
Open = Callable[..., AbstractAsyncContextManager[Pilot[None]]]


@pytest.fixture
def path() -> Path:
    users_folder().mkdir(parents=True)
    path = users_folder() / "small.yaml"
    path.write_text(SMALL, encoding="utf-8")
    return path


@pytest.fixture
def opened(running: Running) -> Open:
    """The workshop on the bank that stands at ``row`` of the list."""

    @asynccontextmanager
    async def run(
        at: Address = (), row: int = 0, size: tuple[int, int] = (80, 24)
    ) -> AsyncIterator[Pilot[None]]:
        async with running(size=size) as pilot:
            await open_bank(pilot, row)
            pilot.app.screen.query_one(Outline).go(at)
            await pilot.pause()
            yield pilot

    return run


@SIZES
async def test_the_bank_is_there_to_read_with_lines_and_elements(
    opened: Open, path: Path, size: tuple[int, int]
) -> None:
    async with opened(QUESTION, size=size) as pilot:
        said = words(pilot)
        assert said.startswith("broken-promise · line 24")
        assert "Tell me about a promise that was not kept." in said
        assert "?2 Who else knew of it?" in said
        assert "✓ own action" in said
        assert "· situation" in said
        await pilot.press("right", "right")
        await pilot.pause()
        assert words(pilot).startswith("broken-promise / first-step")
        await pilot.press("left", "left", "left")
        await pilot.pause()
        assert words(pilot).startswith("Recovery · line 17")
        await pilot.press("end")
        await pilot.pause()
        assert "11 of 15 minutes planned" in words(pilot)
        assert "Recovery  1 question, weight 2" in words(pilot)


async def test_a_change_is_saved_and_nothing_else_in_the_file_is_different(
    opened: Open, path: Path
) -> None:
    async with opened(QUESTION) as pilot:
        await in_form(pilot)
        await type_at_once(pilot, " Why?")
        await checked(pilot)
        await pilot.press("ctrl+s")
        await until(pilot, lambda: "Why?" in path.read_text(encoding="utf-8"))
        await shows(pilot, WorkshopScreen)
        assert "not kept. Why?" in words(pilot)
    assert path.read_text(encoding="utf-8") == SMALL.replace("not kept.", "not kept. Why?")


async def test_a_mistake_is_told_below_its_field_and_what_is_typed_stays(
    opened: Open, path: Path
) -> None:
    async with opened(("kits", "short")) as pilot:
        await in_form(pilot)
        minutes = entry(pilot, "minutes").query_one(Input)
        minutes.focus()
        await type_at_once(pilot, "x")
        await checked(pilot)
        found = entry(pilot, "minutes").query_one(".found", Static)
        assert found.display
        assert str(found.render()).startswith("✗ bad-value")
        await pilot.press("ctrl+s")
        await until(pilot, lambda: any(pilot.app._notifications))
        assert isinstance(pilot.app.screen, FormScreen)
        assert minutes.value == "15x"
        minutes.focus()
        await pilot.press("end", "backspace")
        await checked(pilot)
        assert not found.display
    assert path.read_text(encoding="utf-8") == SMALL


async def test_leaving_a_form_asks_what_becomes_of_what_was_typed(opened: Open, path: Path) -> None:
    async with opened(QUESTION) as pilot:
        for key, wanted in (("down", False), ("up", True)):
            await in_form(pilot)
            await type_at_once(pilot, " Why?")
            await pilot.press("escape")
            await shows(pilot, Choose)
            await pilot.press("home", *([key] if key == "down" else []), "enter")
            await shows(pilot, WorkshopScreen)
            await until(pilot, lambda wanted=wanted: ("Why?" in words(pilot)) is wanted)  # type: ignore[misc]
        assert "not saved" in words(pilot, "#heading")
        await pilot.press("u")
        await until(pilot, lambda: "Why?" not in words(pilot))
    assert path.read_text(encoding="utf-8") == SMALL


async def test_leaving_with_unsaved_changes_asks_and_so_does_quitting(
    opened: Open, path: Path
) -> None:
    async with opened(QUESTION) as pilot:
        workshop = pilot.app.screen
        await in_form(pilot)
        await type_at_once(pilot, " Why?")
        await pilot.press("ctrl+q")
        await shows(pilot, Confirm)
        await pilot.press("escape")
        await shows(pilot, FormScreen)
        await pilot.press("escape")
        await shows(pilot, Choose)
        await pilot.press("home", "enter")
        await until(pilot, lambda: pilot.app.screen is workshop)
        await pilot.press("escape")
        await shows(pilot, Choose)
        await pilot.press("escape")
        await until(pilot, lambda: pilot.app.screen is workshop)
        await pilot.press("escape")
        await shows(pilot, Choose)
        await pilot.press("home", "enter")
        await shows(pilot, BanksScreen)
        await pilot.press("escape")
        await shows(pilot, HomeScreen)
    assert read_bank(path).bank.question("broken-promise").ask.endswith("Why?")


@pytest.mark.parametrize(("row", "title"), [(0, "Theirs"), (1, "Theirs"), (2, "A small bank")])
async def test_what_another_program_wrote_is_noticed_and_one_chooses(
    opened: Open, path: Path, row: int, title: str
) -> None:
    async with opened(QUESTION) as pilot:
        workshop = pilot.app.screen
        await in_form(pilot)
        await type_at_once(pilot, " Why?")
        theirs = SMALL.replace("A small bank", "Theirs").replace(ASKED, "Theirs, too?")
        path.write_text(theirs, encoding="utf-8")
        await pilot.press("ctrl+s")
        await shows(pilot, Choose)
        assert "Both changed broken-promise." in words(pilot, "#question")
        await pilot.press("home", *["down"] * row, "enter")
        if title == "Theirs":
            await shows(pilot, FormScreen)  # what was typed still stands there
            assert "Why?" in entry(pilot, "ask").query_one(GrowingTextArea).text
            await until(pilot, lambda: autosave.is_waiting(path))
            await pilot.press("escape")
            await shows(pilot, Choose)
            await pilot.press("home", "down", "enter")
        await until(pilot, lambda: pilot.app.screen is workshop and title in words_of(workshop))
        assert not autosave.is_waiting(path)
    bank = read_bank(path).bank
    assert bank.title == title
    assert bank.question("broken-promise").ask.endswith("Why?") is (title == "A small bank")


@pytest.mark.parametrize("key", ["ctrl+s", "f5"])
async def test_what_another_program_wrote_elsewhere_stays_beside_what_is_typed(
    opened: Open, path: Path, key: str
) -> None:
    async with opened(QUESTION) as pilot:
        workshop = pilot.app.screen
        await in_form(pilot)
        await type_at_once(pilot, " Why?")
        await pilot.press("escape")
        await shows(pilot, Choose)
        await pilot.press("home", "enter")
        await until(pilot, lambda: pilot.app.screen is workshop)
        theirs = SMALL.replace("A small bank", "Theirs  # as agreed").replace("Who else", "Who")
        path.write_text(theirs, encoding="utf-8")
        await pilot.press(key)
        await until(pilot, lambda: "Theirs" in words_of(workshop))
        await pilot.press("ctrl+s")
        await until(pilot, lambda: "saved ●" in words_of(workshop))
    assert path.read_text(encoding="utf-8") == theirs.replace(ASKED, f"{ASKED} Why?")


def words_of(screen: Screen[object]) -> str:
    return str(screen.query_one("#heading", Static).render())


async def test_a_shipped_bank_is_changed_in_a_file_of_ones_own(opened: Open) -> None:
    async with opened(QUESTION, row=2) as pilot:
        workshop = pilot.app.screen
        assert "comes with interviewkit" in words(pilot, "#heading")
        await pilot.press("e")
        await shows(pilot, Choose)
        await pilot.press("escape")
        await until(pilot, lambda: pilot.app.screen is workshop)
        assert not users_folder().exists()
        await pilot.press("e")
        await shows(pilot, Choose)
        await pilot.press("enter")
        await shows(pilot, FormScreen)
        await type_at_once(pilot, " Why?")
        await pilot.press("ctrl+s")
        await until(pilot, lambda: users_folder().exists() and any(users_folder().iterdir()))
        await until(pilot, lambda: pilot.app.screen is workshop)
        await until(pilot, lambda: "your own" in words(pilot, "#heading"))
    (own,) = users_folder().iterdir()
    assert "extends: customer-focused-sales" in own.read_text(encoding="utf-8")
    assert read_bank(own).bank.question("broken-promise").ask.endswith("Why?")


def points(toggles: MultiSelect) -> bool:
    content = toggles.render()
    assert isinstance(content, Content)
    return any("reverse" in str(span.style) for span in content.spans)


async def test_a_probe_is_added_behind_the_one_under_the_cursor(opened: Open, path: Path) -> None:
    async with opened((*QUESTION, "probes", "first-step")) as pilot:
        await in_form(pilot, "a")
        await type_at_once(pilot, "When was that?")
        await pilot.press("tab")
        toggles = pilot.app.screen.query_one(MultiSelect)
        assert toggles.has_focus
        await checked(pilot)
        found = entry(pilot, "elicits").query_one(".found", Static)
        assert str(found.render()).endswith("elicits needs at least one item")
        await pilot.press("space", *["right"] * 5, "space")
        await checked(pilot)
        assert points(toggles)
        await pilot.press("tab")
        assert not toggles.has_focus
        assert not points(toggles)
        await pilot.press("ctrl+s")
        await shows(pilot, WorkshopScreen)
        await until(pilot, lambda: "When was that?" in path.read_text(encoding="utf-8"))
    probes = read_bank(path).bank.question("broken-promise").probes
    assert [one.id for one in probes] == ["first-step", "when-was-that", "who-knew"]
    assert [str(one) for one in probes[1].elicits] == ["situation", "time"]
    assert "# Mine." in path.read_text(encoding="utf-8")


async def test_a_question_is_added_copied_moved_and_taken_away(opened: Open, path: Path) -> None:
    def asks() -> list[str]:
        return [one.id for one in read_bank(path).bank.questions]

    async with opened(QUESTION) as pilot:
        workshop = cast("WorkshopScreen", pilot.app.screen)
        await pilot.press("d")
        await shows(pilot, AskId)
        await pilot.press("enter")
        await until(
            pilot, lambda: workshop.query_one(Outline).address[-1:] == ("broken-promise-2",)
        )
        await pilot.press("ctrl+up")
        await until(pilot, lambda: first_of(workshop) == "broken-promise-2")
        await pilot.press("ctrl+s")
        await until(pilot, lambda: len(asks()) == 3)
        assert asks() == ["broken-promise-2", "broken-promise", "other-department"]
        workshop.query_one(Outline).go(QUESTION)
        await pilot.press("delete")
        await shows(pilot, Confirm)
        await pilot.press("enter")
        await until(pilot, lambda: pilot.app.screen is workshop and bool(workshop.unsaved))
        await pilot.press("ctrl+s")
        await until(pilot, lambda: len(asks()) == 2)
    assert asks() == ["broken-promise-2", "other-department"]
    kit = read_bank(path).bank.kits[0]
    assert [one.question for one in kit.questions] == ["other-department"]


def first_of(workshop: WorkshopScreen) -> str:
    bank = workshop._editor.snapshot.bank
    return bank.questions[0].id if bank else ""


async def test_a_kit_is_made_by_picking(opened: Open, path: Path) -> None:
    async with opened(("kits", "short")) as pilot:
        await in_form(pilot, "a")
        await type_at_once(pilot, "Second round")
        await pilot.press("tab")
        await type_at_once(pilot, "20")
        await pilot.press("tab", "down", "space", "home", "down", "space")
        picking = pilot.app.screen.query_one(OrderedPicker)
        assert list(picking.value) == ["other-department", "broken-promise"]
        await pilot.press("home", "plus", "plus", "ctrl+down", "tab", "plus", "plus")
        assert pilot.app.screen.query_one(WeightPicker).value == {"ownership": 2}
        await pilot.press("tab", "plus", "plus")
        assert pilot.app.screen.query_one(MustHavePicker).value == {"ownership": 3.5}
        await checked(pilot)
        await pilot.press("ctrl+s")
        await shows(pilot, WorkshopScreen)
    kit = read_bank(path).bank.kit("second-round")
    assert [(one.question, one.minutes) for one in kit.questions] == [
        ("broken-promise", 5),
        ("other-department", 7),
    ]
    assert (kit.minutes, kit.weights) == (20, {"ownership": 2})
    assert kit.must_have == {"ownership": 3.5}


async def test_a_must_have_begins_half_way_and_ends_below_the_scale(
    opened: Open, path: Path
) -> None:
    async with opened(("kits", "short")) as pilot:
        await in_form(pilot, "e")
        picker = pilot.app.screen.query_one(MustHavePicker)
        picker.focus()
        seen = []
        for key in ("minus", *("plus",) * 6, *("minus",) * 8):
            await pilot.press(key)
            seen.append(next(iter(picker.value.values()), None))
        assert seen == [
            *(None, 3, 3.5, 4, 4.5, 5, 5),
            *(4.5, 4, 3.5, 3, 2.5, 2, 1.5, None),
        ]
        assert str(picker.get_option_at_index(0).prompt).startswith("–")
        await pilot.press("plus")
        assert str(picker.get_option_at_index(0).prompt).startswith("≥3 ")
        await checked(pilot)
        await pilot.press("ctrl+s")
        await shows(pilot, WorkshopScreen)
        await until(pilot, lambda: "must have at least 3" in words(pilot))
    first = read_bank(path).bank.competencies[0].id
    assert read_bank(path).bank.kit("short").must_have == {first: 3}


async def test_a_must_have_on_what_the_kit_does_not_ask_is_named(opened: Open, path: Path) -> None:
    async with opened(("kits", "short")) as pilot:
        await in_form(pilot, "e")
        pilot.app.screen.query_one(OrderedPicker).focus()
        await pilot.press("home", "space")
        pilot.app.screen.query_one(MustHavePicker).focus()
        await pilot.press("home", "plus", "down", "plus")
        await checked(pilot)
        found = str(entry(pilot, "must_have").query_one(".found", Static).render())
        assert "is a must-have, but the kit does not ask about it" in found


async def test_the_list_of_questions_stays_where_it_is_when_one_is_picked(
    opened: Open, path: Path
) -> None:
    text = (ROOT / "question_banks/customer-focused-sales.yaml").read_text(encoding="utf-8")
    path.write_text(text, encoding="utf-8")
    async with opened(("kits", "screen-30")) as pilot:
        await in_form(pilot)
        picker = pilot.app.screen.query_one(OrderedPicker)
        picker.focus()
        await pilot.press(*["down"] * 20)
        await pilot.pause()
        offset, name = picker.scroll_offset.y, picker.highlighted_option
        assert offset > 0
        assert name is not None
        await pilot.press("space")
        await pilot.pause()
        assert list(picker.value)[-1] == name.id
        assert abs(picker.scroll_offset.y - offset) <= 1
        assert "6 questions" in str(entry(pilot, "questions").query_one(".sum", Static).render())
        await pilot.press("escape")
        await shows(pilot, Choose)
        await pilot.press("home", "down", "enter")
        await shows(pilot, WorkshopScreen)


async def test_anchors_of_its_own_are_all_given_or_none(opened: Open, path: Path) -> None:
    async with opened(QUESTION) as pilot:
        await in_form(pilot)
        areas = list(entry(pilot, "anchors").query(GrowingTextArea))
        areas[0].focus()
        await type_at_once(pilot, "Kept silent")
        await checked(pilot)
        assert "no anchor for 2, 3, 4, 5" in str(
            entry(pilot, "anchors").query_one(".found", Static).render()
        )
        for rating, area in enumerate(areas[1:], 2):
            area.focus()
            await type_at_once(pilot, f"Did {rating}")
        await checked(pilot)
        said = str(entry(pilot, "anchors").query_one(".found", Static).render())
        assert "2 ▲ anchor-vague" in said
        await pilot.press("ctrl+s")
        await shows(pilot, WorkshopScreen)
    anchors = read_bank(path).bank.question("broken-promise").anchors
    assert anchors == {1: "Kept silent", 2: "Did 2", 3: "Did 3", 4: "Did 4", 5: "Did 5"}


@SIZES
async def test_hostile_words_are_shown_as_they_are_everywhere(
    opened: Open, path: Path, size: tuple[int, int]
) -> None:
    text = SMALL
    for old in ("A small bank", "name: Recovery", "name: Short", "What did you yourself do first?"):
        text = text.replace(
            old, f"{old.partition(': ')[0]}: '{HOSTILE}'" if ": " in old else f"'{HOSTILE}'"
        )
    text = text.replace("Tell me about a promise that was not kept.", f"'{HOSTILE}'")
    path.write_text(text, encoding="utf-8")
    read_bank(path)
    async with opened(QUESTION, size=size) as pilot:
        assert HOSTILE in words(pilot).replace("\n", " ")
        assert HOSTILE in words(pilot, "#heading")
        for at in ((*QUESTION, "probes", "first-step"), ("competencies", "recovery"), ()):
            pilot.app.screen.query_one(Outline).go(at)
            await pilot.pause()
            assert HOSTILE in words(pilot)
            screen = await in_form(pilot)
            assert not screen._form.is_changed
            await pilot.press("escape")
            await shows(pilot, WorkshopScreen)
        await pilot.press("escape")
        await shows(pilot, BanksScreen)
        rows = pilot.app.screen.query_one(OptionList)
        assert HOSTILE in cast("Content", rows.options[0].prompt).plain


async def test_a_bank_with_errors_says_where_they_are_and_is_read_again(
    opened: Open, path: Path
) -> None:
    path.write_text(SMALL.replace("competency: recovery", "competency: recovry"), encoding="utf-8")
    async with opened() as pilot:
        assert "line 25 · unknown-id there is no" in words(pilot)
        await pilot.press("e", "a", "t")
        await pilot.pause()
        assert isinstance(pilot.app.screen, WorkshopScreen)
        path.write_text(SMALL, encoding="utf-8")
        await pilot.press("f5")
        await until(pilot, lambda: words(pilot).startswith("A small bank"))


async def test_a_new_bank_is_begun_from_the_list(running: Running) -> None:
    async with running() as pilot:
        await pilot.press("b")
        await shows(pilot, BanksScreen)
        await pilot.press("n")
        await shows(pilot, NewBankScreen)
        await type_at_once(pilot, "Selling to hospitals\nSales development\n")
        fault = pilot.app.screen.query_one("#fault", Static)
        await until(pilot, lambda: "lower-case" in str(fault.render()))
        await pilot.press("ctrl+u")
        await type_at_once(pilot, "sales-development\n")
        await until(pilot, lambda: "already" in str(fault.render()))
        await pilot.press("ctrl+u")
        await type_at_once(pilot, "hospital-sales\n")
        await shows(pilot, WorkshopScreen)
        assert "Selling to hospitals · your own" in words(pilot, "#heading")
    assert read_bank(users_folder() / "hospital-sales.yaml").bank.title == "Selling to hospitals"


async def test_the_list_tells_what_each_bank_holds(
    opened: Open, path: Path, running: Running
) -> None:
    (users_folder() / "broken.yaml").write_text("id: broken\n", encoding="utf-8")
    async with running() as pilot:
        await pilot.press("b")
        await shows(pilot, BanksScreen)
        rows = pilot.app.screen.query_one(OptionList)

        def row(index: int) -> str:
            return cast("Content", rows.options[index].prompt).plain

        await until(pilot, lambda: "…" not in row(rows.option_count - 1))
        assert "cannot be used  ✗" in row(0)
        assert "A small bank · your own" in row(1)
        assert "2 questions · 1 kit · en · version 1.0" in row(1)
        assert "comes with interviewkit" in row(2)


def closed(file: BankFile) -> list[Finding]:
    """A rule that finds fault with every question that can be answered by yes or no."""
    return [
        Finding(*file.where(("questions", index, "ask")), "closed", "yes or no", "warning")
        for index, question in enumerate(file.bank.questions)
        if question.ask.startswith("Did ")
    ]


@SIZES
async def test_what_is_found_stands_beside_what_it_is_about(
    running: Running, path: Path, size: tuple[int, int]
) -> None:
    path.write_text(SMALL.replace(ASKED, "Did you keep it?"), encoding="utf-8")
    async with running(size=size) as pilot:
        editor = BankEditor(BankLocation("small", path, False), closed)
        pilot.app.push_screen(WorkshopScreen(editor, lambda file, question: None))
        await shows(pilot, WorkshopScreen)
        assert "▲1" in words(pilot, "#heading")
        await pilot.press("f")
        await pilot.pause()
        assert "Did you keep it?\n  ▲ line 27 · closed yes or no\n" in words(pilot)
        await in_form(pilot)
        found = entry(pilot, "ask").query_one(".found", Static)
        assert str(found.render()) == "▲ closed yes or no"
        await pilot.press("ctrl+a")
        await type_at_once(pilot, "How ")
        await checked(pilot)
        assert not found.display
        await pilot.press("ctrl+s")
        await shows(pilot, WorkshopScreen)
        await until(pilot, lambda: "clean" in words(pilot, "#heading"))
        await pilot.press("f")
        assert any("There are no findings" in note.message for note in pilot.app._notifications)


async def test_a_large_bank_is_checked_when_a_field_is_left(
    opened: Open, path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(bench_module, "LARGE", 100)
    async with opened(("kits", "short")) as pilot:
        await pilot.press("e")
        await shows(pilot, FormScreen)
        minutes = entry(pilot, "minutes").query_one(Input)
        minutes.focus()
        await checked(pilot)
        await type_at_once(pilot, "x")
        screen = cast("FormScreen", pilot.app.screen)
        assert not screen.is_checked
        await pilot.press("tab")
        await checked(pilot)
        assert entry(pilot, "minutes").query_one(".found", Static).display


async def test_the_bank_s_own_page_leaves_to_its_parts_what_is_theirs(
    opened: Open, path: Path
) -> None:
    async with opened() as pilot:
        assert "▲" in words(pilot, "#heading")
        assert "anchor-vague" not in words(pilot)
