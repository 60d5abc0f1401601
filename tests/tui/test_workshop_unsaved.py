"""Nothing typed in the workshop is lost: it is there again, or let go by choice."""

from collections.abc import Awaitable, Callable
from pathlib import Path
from typing import cast

import pytest
from textual.pilot import Pilot
from textual.widgets import Input, OptionList, Select, Static

from driving import Running, type_at_once, until
from interviewkit.banks import autosave
from interviewkit.banks.library import drafts_folder, users_folder
from interviewkit.banks.loader import read_bank
from interviewkit.banks.text.paths import Address
from interviewkit.tui.screens.dialogs import Confirm
from interviewkit.tui.screens.workshop import form
from interviewkit.tui.screens.workshop.bank_list import BanksScreen
from interviewkit.tui.screens.workshop.editor import WorkshopScreen
from interviewkit.tui.screens.workshop.form import FormScreen
from interviewkit.tui.screens.workshop.prompts import Choose
from interviewkit.tui.widgets.form_state import field_values
from interviewkit.tui.widgets.ordered_picker import MustHavePicker, OrderedPicker, WeightPicker
from interviewkit.tui.widgets.outline import Outline
from interviewkit.tui.widgets.text_area import GrowingTextArea
from support import ROOT
from workshop_driving import checked, entry, in_form, open_bank, shows, words

SMALL = (ROOT / "tests/banks/small.yaml").read_text(encoding="utf-8")
ASKED = "Tell me about a promise that was not kept."
QUESTION: Address = ("questions", "broken-promise")


@pytest.fixture
def path() -> Path:
    users_folder().mkdir(parents=True)
    path = users_folder() / "small.yaml"
    path.write_text(SMALL, encoding="utf-8")
    return path


async def go(pilot: Pilot[None], at: Address = QUESTION) -> None:
    await open_bank(pilot)
    pilot.app.screen.query_one(Outline).go(at)
    await pilot.pause()


async def change(pilot: Pilot[None], more: str = " Why?") -> None:
    """Type behind the question, and put it into the bank without saving."""
    await in_form(pilot)
    await type_at_once(pilot, more)
    await pilot.press("escape")
    await shows(pilot, Choose)
    await pilot.press("home", "enter")
    await shows(pilot, WorkshopScreen)
    await until(pilot, lambda: more in words(pilot))


async def choose(pilot: Pilot[None], row: int) -> str:
    """Take this row of a few ways; all of them, to look at."""
    await shows(pilot, Choose)
    rows = pilot.app.screen.query_one(OptionList)
    said = "\n".join(str(option.prompt) for option in rows.options)
    await pilot.press("home", *["down"] * row, "enter")
    return said


def told(pilot: Pilot[None]) -> str:
    return "\n".join(note.message for note in pilot.app._notifications)


def kept_form() -> object:
    """What the only draft keeps of an open form."""
    (path,) = drafts_folder().glob("*.yaml")
    return autosave._unpack(path.read_bytes()).form


async def test_left_for_later_it_is_there_the_next_time(running: Running, path: Path) -> None:
    async with running() as pilot:
        await go(pilot)
        await change(pilot)
        assert "kept, not saved" in words(pilot, "#heading")
        await pilot.press("escape")
        ways = await choose(pilot, 1)
        assert "Leave; keep it for next time" in ways
        await shows(pilot, BanksScreen)
        row = pilot.app.screen.query_one(OptionList).options[0].prompt
        assert "your own · unsaved changes" in str(row)
    async with running() as pilot:
        await go(pilot)
        assert "Here are your changes up to" in told(pilot)
        assert "Ctrl+S saves them to small.yaml" in told(pilot)
        assert "not kept. Why?" in words(pilot)
        assert path.read_text(encoding="utf-8") == SMALL
        await pilot.press("ctrl+s")
        await until(pilot, lambda: "saved ●" in words(pilot, "#heading"))
        await pilot.press("escape")
        await shows(pilot, BanksScreen)
        row = pilot.app.screen.query_one(OptionList).options[0].prompt
        assert "not saved" not in str(row)
    assert path.read_text(encoding="utf-8") == SMALL.replace(ASKED, f"{ASKED} Why?")


async def test_thrown_away_it_is_gone(running: Running, path: Path) -> None:
    async with running() as pilot:
        await go(pilot)
        await change(pilot)
        await pilot.press("escape")
        assert "discard it" in (await choose(pilot, 2)).splitlines()[2]
        await shows(pilot, BanksScreen)
        assert not autosave.is_waiting(path)
        await pilot.press("enter")
        await shows(pilot, WorkshopScreen)
        assert "saved ●" in words(pilot, "#heading")
        assert told(pilot) == ""
    assert path.read_text(encoding="utf-8") == SMALL


async def test_reading_the_file_again_lets_go_of_it_after_asking(
    running: Running, path: Path
) -> None:
    async with running() as pilot:
        await go(pilot)
        await change(pilot)
        await pilot.press("f5")
        await shows(pilot, Confirm)
        assert autosave.is_waiting(path)
        await pilot.press("enter")
        await until(pilot, lambda: not autosave.is_waiting(path))
        await shows(pilot, WorkshopScreen)
        assert "Why?" not in words(pilot)


async def test_quitting_says_that_it_waits(running: Running, path: Path) -> None:
    async with running() as pilot:
        await go(pilot)
        await change(pilot)
        await pilot.press("ctrl+q")
        await shows(pilot, Confirm)
        said = " ".join(str(one.render()) for one in pilot.app.screen.query(Static))
        assert "They are kept until you open it again." in said
        await pilot.press("enter")
        await until(pilot, lambda: not pilot.app.is_running)
    async with running() as pilot:
        await go(pilot)
        assert "not kept. Why?" in words(pilot)


async def test_what_is_typed_in_a_form_is_kept_while_one_types(
    running: Running, path: Path
) -> None:
    async with running() as pilot:
        await go(pilot)
        await in_form(pilot)
        await type_at_once(pilot, " Why?")
        await until(pilot, lambda: autosave.is_waiting(path))
        await until(pilot, lambda: f"{ASKED} Why?" in str(kept_form()))
        await pilot.press(*["backspace"] * 5)
        await until(pilot, lambda: not autosave.is_waiting(path))
        await type_at_once(pilot, " Who?")
        await until(pilot, lambda: autosave.is_waiting(path))
        await pilot.press("escape")
        await choose(pilot, 1)  # throw it away
        await shows(pilot, WorkshopScreen)
        assert not autosave.is_waiting(path)
        assert words(pilot, "#heading").rstrip().endswith("saved ●")


async def fill_in_question(pilot: Pilot[None]) -> None:
    await in_form(pilot)
    await pilot.press("ctrl+a", "ctrl+x")  # an empty question is an error, and is kept, too
    await pilot.press("tab", "right", "tab")
    entry(pilot, "competency").query_one(Select).value = "ownership"
    entry(pilot, "listen_for").query_one(GrowingTextArea).focus()
    await type_at_once(pilot, "one \n two")
    list(entry(pilot, "anchors").query(GrowingTextArea))[2].focus()
    await type_at_once(pilot, "Sagte es sofort: „Größe“")


async def fill_in_new_probe(pilot: Pilot[None]) -> None:
    await in_form(pilot, "a")
    if isinstance(pilot.app.screen, Choose):
        await pilot.press("home", "enter")
    await type_at_once(pilot, "When was that?")
    await pilot.press("tab", "space", "right", "space", "tab")
    await type_at_once(pilot, "when")


async def fill_in_new_kit(pilot: Pilot[None]) -> None:
    await in_form(pilot, "a")
    await type_at_once(pilot, "Second round")
    entry(pilot, "minutes").query_one(Input).focus()
    await type_at_once(pilot, "20x")
    pilot.app.screen.query_one(OrderedPicker).focus()
    await pilot.press("down", "space", "home", "down", "space", "home", "plus", "ctrl+down")
    pilot.app.screen.query_one(WeightPicker).focus()
    await pilot.press("plus", "plus")
    pilot.app.screen.query_one(MustHavePicker).focus()
    await pilot.press("plus")
    entry(pilot, "panel").query_one(GrowingTextArea).focus()
    await type_at_once(pilot, "Peer: ownership")


@pytest.mark.parametrize(
    ("at", "fill_in"),
    [
        (QUESTION, fill_in_question),
        ((*QUESTION, "probes", "first-step"), fill_in_new_probe),
        (("kits", "short"), fill_in_new_kit),
    ],
)
async def test_a_form_left_open_is_open_again_with_all_that_stood_in_it(
    running: Running, path: Path, at: Address, fill_in: Callable[[Pilot[None]], Awaitable[None]]
) -> None:
    async with running() as pilot:
        await go(pilot, at)
        await fill_in(pilot)
        form = cast("FormScreen", pilot.app.screen)
        before = field_values(form._fields)
        assert form._form.is_changed
        thing = form._form.thing
        pilot.app.exit()  # before a pause in typing could keep the last of it
    async with running() as pilot:
        await open_bank(pilot)
        await shows(pilot, FormScreen)
        await checked(pilot)
        form = cast("FormScreen", pilot.app.screen)
        assert field_values(form._fields) == before
        assert (form._form.thing, form._form.is_changed) == (thing, True)
        assert "Here are your changes up to" in told(pilot)
        pilot.app.exit()
    assert path.read_text(encoding="utf-8") == SMALL


async def test_what_went_on_in_a_form_left_open_is_saved_as_ever(
    running: Running, path: Path
) -> None:
    async with running() as pilot:
        await go(pilot)
        await in_form(pilot)
        await type_at_once(pilot, " Why?")
        pilot.app.exit()
    async with running() as pilot:
        await open_bank(pilot)
        await shows(pilot, FormScreen)
        await type_at_once(pilot, " And then?")
        await pilot.press("ctrl+s")
        await shows(pilot, WorkshopScreen)
        await until(pilot, lambda: not autosave.is_waiting(path))
    assert path.read_text(encoding="utf-8") == SMALL.replace(ASKED, f"{ASKED} Why? And then?")


async def test_a_form_whose_thing_is_gone_is_put_aside_and_named(
    running: Running, path: Path
) -> None:
    async with running() as pilot:
        await go(pilot, (*QUESTION, "probes", "who-knew"))
        await in_form(pilot)
        await type_at_once(pilot, " And who was told?")
        pilot.app.exit()
    text = SMALL.replace("who-knew", "another")
    assert text != SMALL
    path.write_text(text, encoding="utf-8")
    (kept,) = drafts_folder().iterdir()
    kept.write_bytes(autosave._pack(renamed(autosave._unpack(kept.read_bytes()), text)))
    async with running() as pilot:
        await open_bank(pilot)
        await until(pilot, lambda: "moved to" in told(pilot))
        (aside,) = drafts_folder().glob("*.aside")
        assert str(aside) in told(pilot)
        assert "And who was told?" in aside.read_text(encoding="utf-8")
        assert isinstance(pilot.app.screen, WorkshopScreen)


def renamed(unsaved: autosave.UnsavedBank, text: str) -> autosave.UnsavedBank:
    """As if the form had been kept while the bank's text was this one."""
    return autosave.UnsavedBank(unsaved.bank, text.encode(), None, unsaved.form)


async def test_a_form_with_other_fields_than_before_is_put_aside(
    running: Running, path: Path
) -> None:
    place = autosave.AutosaveSlot(path)
    form = {"at": list(QUESTION), "kind": "", "fields": ["of another version"]}
    place.write(autosave.UnsavedBank(path, SMALL.encode(), None, form))
    place.close()
    async with running() as pilot:
        await open_bank(pilot)
        await shows(pilot, FormScreen)
        await until(pilot, lambda: "moved to" in told(pilot))
        (aside,) = drafts_folder().glob("*.aside")
        assert "of another version" in aside.read_text(encoding="utf-8")
        assert not cast("FormScreen", pilot.app.screen)._form.is_changed


async def test_where_nothing_can_be_kept_that_is_said(running: Running, path: Path) -> None:
    drafts_folder().parent.mkdir(parents=True, exist_ok=True)
    drafts_folder().write_text("no folder")
    async with running() as pilot:
        await go(pilot)
        await in_form(pilot)
        await type_at_once(pilot, " Why?")
        said = "Your changes are not kept until you save them with Ctrl+S"
        await until(pilot, lambda: said in told(pilot))
        await pilot.press("escape")
        await choose(pilot, 0)
        await shows(pilot, WorkshopScreen)
        await until(pilot, lambda: "Why?" in words(pilot))
        assert said in told(pilot)  # the question in between has not taken it away
        assert str(drafts_folder()) in told(pilot)
        assert "not kept, not saved" in words(pilot, "#heading")
        await pilot.press("ctrl+q")
        await shows(pilot, Confirm)
        said = " ".join(str(one.render()) for one in pilot.app.screen.query(Static))
        assert "would be lost" in said
        await pilot.press("escape")
        await shows(pilot, WorkshopScreen)
        await pilot.press("escape")
        assert "waits" not in await choose(pilot, 0)  # save and leave
        await shows(pilot, BanksScreen)
    assert "Why?" in path.read_text(encoding="utf-8")


async def test_what_is_in_the_bank_but_not_in_its_file_leaves_the_form(
    running: Running, path: Path
) -> None:
    async with running() as pilot:
        await go(pilot, (*QUESTION, "probes", "first-step"))
        await in_form(pilot, "a")
        await type_at_once(pilot, "When was that?")
        await pilot.press("tab", "space")
        path.unlink()
        path.mkdir()
        await pilot.press("ctrl+s")
        await shows(pilot, WorkshopScreen)
        await until(pilot, lambda: "kept, not saved" in words(pilot, "#heading"))
        assert f"{path} cannot be written" in told(pilot)
        path.rmdir()
        await pilot.press("ctrl+s")
        assert "Keep mine" in (await choose(pilot, 2)).splitlines()[2]
        await until(pilot, path.exists)
    probes = read_bank(path).bank.question("broken-promise").probes
    assert [one.id for one in probes] == ["first-step", "when-was-that", "who-knew"]


async def test_what_could_not_be_kept_is_tried_again_without_a_key(
    running: Running, path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(form, "AGAIN_AFTER", 0.05)
    drafts_folder().parent.mkdir(parents=True, exist_ok=True)
    drafts_folder().write_text("no folder")
    async with running() as pilot:
        await go(pilot)
        await in_form(pilot)
        await type_at_once(pilot, " Why?")
        await until(pilot, lambda: "are not kept until you save them" in told(pilot))
        drafts_folder().unlink()
        await until(pilot, lambda: autosave.is_waiting(path))
        assert f"{ASKED} Why?" in str(kept_form())
        pilot.app.exit()


async def test_when_another_program_was_at_the_file_both_texts_can_stay(
    running: Running, path: Path
) -> None:
    async with running() as pilot:
        await go(pilot)
        await change(pilot)
        pilot.app.exit()
    theirs = SMALL.replace("A small bank", "Theirs")
    path.write_text(theirs, encoding="utf-8")
    async with running() as pilot:
        await go(pilot)
        assert "was changed by another program" in told(pilot)
        assert "not kept. Why?" in words(pilot)
        await pilot.press("ctrl+s")
        await shows(pilot, Choose)
        assert told(pilot) == ""  # nothing lies over what is asked
        assert "Keep both" in (await choose(pilot, 0)).splitlines()[0]
        await until(pilot, lambda: "Theirs" in words(pilot, "#heading"))
        assert str(path.with_name("small.yaml.mine")) in told(pilot)
    assert path.read_text(encoding="utf-8") == theirs
    mine = path.with_name("small.yaml.mine").read_text(encoding="utf-8")
    assert mine == SMALL.replace(ASKED, f"{ASKED} Why?")
    assert not autosave.is_waiting(path)


async def test_a_damaged_draft_is_put_aside_and_named_in_the_list(
    running: Running, path: Path
) -> None:
    async with running() as pilot:
        await go(pilot)
        await change(pilot)
        pilot.app.exit()
    (kept,) = drafts_folder().iterdir()
    kept.write_bytes(kept.read_bytes()[:200])
    async with running() as pilot:
        await go(pilot)
        (aside,) = drafts_folder().iterdir()
        assert f"cannot be read. They were moved to: {aside}" in told(pilot)
        assert ASKED in words(pilot)
        assert "saved ●" in words(pilot, "#heading")
    assert aside.stat().st_size == 200


async def test_an_unsaved_bank_with_errors_is_saved_before_it_is_mended(
    running: Running, path: Path
) -> None:
    place = autosave.AutosaveSlot(path)
    broken = SMALL.replace("competency: recovery", "competency: recovry")
    form = {"at": list(QUESTION), "kind": "", "fields": ["typed before"]}
    place.write(autosave.UnsavedBank(path, broken.encode(), None, form))
    place.close()
    async with running() as pilot:
        await open_bank(pilot)
        await until(pilot, lambda: "moved to" in told(pilot))
        await pilot.press("e")
        await until(pilot, lambda: "Press Ctrl+S, fix the file" in told(pilot))
        assert autosave.is_waiting(path)


async def test_a_bank_begun_and_not_saved_stands_in_the_list(running: Running) -> None:
    async with running() as pilot:
        await open_bank(pilot)
        pilot.app.screen.query_one(Outline).go(())
        await pilot.press("e")
        await choose(pilot, 0)  # a small file that builds on it
        await shows(pilot, FormScreen)
        await type_at_once(pilot, " of mine")
        pilot.app.exit()
    assert not users_folder().exists()
    async with running() as pilot:
        await pilot.press("b")
        await shows(pilot, BanksScreen)
        rows = pilot.app.screen.query_one(OptionList)
        await until(pilot, lambda: "questions" in str(rows.options[0].prompt))
        assert "your own · unsaved changes" in str(rows.options[0].prompt)
        await pilot.press("enter")
        await shows(pilot, FormScreen)
        await checked(pilot)
        await pilot.press("ctrl+s")
        await shows(pilot, WorkshopScreen)
        await until(pilot, lambda: users_folder().exists())
    (own,) = users_folder().iterdir()
    assert read_bank(own).bank.title.endswith(" of mine")
    assert not autosave.is_waiting(own)
