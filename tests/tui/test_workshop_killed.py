"""The workshop in a real terminal: SIGKILL, a terminal that is gone, two windows on one bank."""

import random
import string
from pathlib import Path

import pytest

from interviewkit.banks import autosave
from interviewkit.banks.library import drafts_folder, users_folder
from support import ROOT
from terminal import Terminal

pytestmark = pytest.mark.posix("pseudo-terminals")

SMALL = (ROOT / "tests/banks/small.yaml").read_text(encoding="utf-8")
TITLE = "title: A small bank"  # the last of its line
ESCAPE = "\x1b"
SAVE = "\x13"


@pytest.fixture
def path(tmp_path: Path) -> Path:
    users_folder().mkdir(parents=True)
    path = users_folder() / "small.yaml"
    path.write_text(SMALL, encoding="utf-8")
    return path


def window(tmp_path: Path) -> Terminal:
    """Home, in a terminal with records of its own."""
    return Terminal(["--db", str(tmp_path / "records.db")])


def open_bank(terminal: Terminal, *shown: str) -> None:
    """The bank that stands first in the list."""
    terminal.until("f1 Help")
    terminal.send("b")
    terminal.until("Question banks", "A small bank")
    terminal.send("\r")
    terminal.until(*shown)


def put(terminal: Terminal, words: str) -> None:
    """Type behind the bank's title and put it into the bank, until that is shown."""
    terminal.send("e")
    terminal.until("Purpose")
    terminal.send(words)
    terminal.until(words)
    terminal.send(ESCAPE)
    terminal.until("Keep it, to be saved with the other changes")
    terminal.send("\r")
    terminal.until(f"{words} · your own", "kept, not saved")


def test_a_change_that_was_shown_survives_a_kill(tmp_path: Path, path: Path) -> None:
    with window(tmp_path) as terminal:
        open_bank(terminal, "saved ●")
        put(terminal, " of mine")
        terminal.kill()
    assert path.read_text(encoding="utf-8") == SMALL
    with window(tmp_path) as terminal:
        open_bank(terminal, "A small bank of mine · your own", "kept, not saved")
        terminal.until("Here are your changes up to")
        terminal.send(SAVE)
        terminal.until("saved ●")
        terminal.kill()
    assert path.read_text(encoding="utf-8") == SMALL.replace(TITLE, f"{TITLE} of mine")
    assert not autosave.is_waiting(path)


def test_what_stood_in_a_form_survives_a_kill_after_a_pause(tmp_path: Path, path: Path) -> None:
    with window(tmp_path) as terminal:
        open_bank(terminal, "saved ●")
        terminal.send("e")
        terminal.until("Purpose")
        terminal.send(" half a wo")
        while not any("half a wo" in str(form) for form in forms()):
            terminal.until("half a wo")
        terminal.kill()
    with window(tmp_path) as terminal:
        open_bank(terminal, "A small bank half a wo", "Purpose")
        terminal.send("rd")
        terminal.until("A small bank half a word")
        terminal.send(SAVE)
        terminal.until("saved ●")
    assert path.read_text(encoding="utf-8") == SMALL.replace(TITLE, f"{TITLE} half a word")


def forms() -> list[object]:
    """What drafts keep of open forms."""
    return [autosave._unpack(one.read_bytes()).form for one in drafts_folder().glob("*.yaml")]


def test_with_its_terminal_the_program_ends_and_the_form_is_kept(
    tmp_path: Path, path: Path
) -> None:
    with window(tmp_path) as terminal:
        open_bank(terminal, "saved ●")
        terminal.send("e")
        terminal.until("Purpose")
        terminal.send(" and gone")
        terminal.until("and gone")
        terminal.hang_up()
        terminal.ended()
    (form,) = forms()
    assert "A small bank and gone" in str(form)


def test_two_windows_on_one_bank_lose_neither_s_changes(tmp_path: Path, path: Path) -> None:
    with window(tmp_path) as first:
        open_bank(first, "saved ●")
        put(first, " first")
        with window(tmp_path) as second:
            open_bank(second, "saved ●", "Another window has this bank open")
            put(second, " second")
            second.kill()
        first.kill()
    kept = [autosave.recover(path, autosave.AutosaveSlot(path)) for _ in range(2)]
    assert [one.more for one in kept] == [1, 0]
    titles = [f"{TITLE} first".encode(), f"{TITLE} second".encode()]
    assert all(any(title in one.unsaved.raw for one in kept if one.unsaved) for title in titles)


@pytest.mark.soak
def test_killed_at_any_moment_a_draft_is_whole_and_has_what_was_shown(
    tmp_path: Path, path: Path
) -> None:
    chance = random.Random(7)
    title = "A small bank"
    for letter in string.ascii_letters[:30]:  # short, so that the screen has room for the title
        with window(tmp_path) as terminal:
            open_bank(terminal, f"{title} · your own", "f Finding")
            put(terminal, letter)
            title += letter
            terminal.send("e")
            terminal.until("Purpose")
            terminal.send("x" * chance.randint(0, 3))  # being typed as the end comes
            terminal.kill()
        (draft,) = drafts_folder().glob("*.yaml")
        there = autosave._unpack(draft.read_bytes())
        assert f"title: {title}\n" in there.raw.decode()
        drop_form(path)


def drop_form(path: Path) -> None:
    """Let the next window begin without the form."""
    place = autosave.AutosaveSlot(path)
    there = autosave.recover(path, place).unsaved
    assert there is not None
    place.write(autosave.UnsavedBank(there.bank, there.raw, there.made_from))
    place.close()
