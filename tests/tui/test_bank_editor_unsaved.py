"""What is changed and not saved: on disk at once, there again, and gone when it is saved."""

from collections.abc import Sequence
from contextlib import suppress
from pathlib import Path

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from interviewkit.banks import autosave
from interviewkit.banks.library import BankLocation, drafts_folder, find_bank, users_folder
from interviewkit.errors import ChangedOnDiskError, InterviewKitError
from interviewkit.workflows.bank_editor import BankEditor, Step, read_snapshot
from support import ROOT

SMALL = (ROOT / "tests/banks/small.yaml").read_text(encoding="utf-8")
ASKED = "Tell me about a promise that was not kept."
ASK = ("questions", "broken-promise", "ask")
SHIPPED = "customer-focused-sales"
BOM = b"\xef\xbb\xbf"


@pytest.fixture
def path() -> Path:
    users_folder().mkdir(parents=True)
    path = users_folder() / "small.yaml"
    path.write_text(SMALL, encoding="utf-8")
    return path


def opened(path: Path) -> BankEditor:
    return BankEditor(BankLocation("small", path, False))


def ask(editor: BankEditor, words: str) -> None:
    editor.apply([lambda draft: draft.set(ASK, words)])


def asked(editor: BankEditor) -> str:
    assert editor.snapshot.bank is not None
    return editor.snapshot.bank.question("broken-promise").ask


def test_a_change_is_there_again_and_gone_from_the_drafts_once_saved(path: Path) -> None:
    editor = opened(path)
    assert not autosave.is_waiting(path)
    ask(editor, "Mine?")
    assert autosave.is_waiting(path)
    editor.close()
    again = opened(path)
    assert (asked(again), again.is_changed, again.is_outdated) == ("Mine?", True, False)
    assert path.read_text(encoding="utf-8") == SMALL
    again.save()
    assert not autosave.is_waiting(path)
    assert path.read_text(encoding="utf-8") == SMALL.replace(ASKED, "Mine?")
    assert not any(drafts_folder().iterdir())


@pytest.mark.parametrize("way", ["undo", "reload", "let_go"])
def test_what_is_taken_back_or_let_go_is_kept_no_longer(path: Path, way: str) -> None:
    editor = opened(path)
    ask(editor, "Mine?")
    getattr(editor, way)()
    editor.close()
    assert not autosave.is_waiting(path)
    assert asked(opened(path)) == ASKED


def test_taking_back_one_of_two_changes_keeps_the_other(path: Path) -> None:
    editor = opened(path)
    ask(editor, "One?")
    ask(editor, "Two?")
    editor.undo()
    editor.close()
    assert asked(opened(path)) == "One?"


def test_a_bank_changed_by_another_program_loses_neither_text(path: Path) -> None:
    editor = opened(path)
    ask(editor, "Mine?")
    editor.close()
    theirs = SMALL.replace("A small bank", "Theirs")
    path.write_text(theirs, encoding="utf-8")
    again = opened(path)
    assert (asked(again), again.is_changed, again.is_outdated) == ("Mine?", True, True)
    with pytest.raises(ChangedOnDiskError):
        again.save()
    assert path.read_text(encoding="utf-8") == theirs
    assert autosave.is_waiting(path)
    for name in ("small.yaml.mine", "small.yaml.mine-2"):
        beside = again.put_beside()
        assert beside == path.with_name(name)
        assert beside.read_text(encoding="utf-8") == SMALL.replace(ASKED, "Mine?")
    again.save(over=True)
    assert path.read_text(encoding="utf-8") == SMALL.replace(ASKED, "Mine?")
    assert not autosave.is_waiting(path)


def test_a_bank_taken_away_meanwhile_is_still_there_in_its_draft(path: Path) -> None:
    editor = opened(path)
    ask(editor, "Mine?")
    editor.close()
    path.unlink()
    (found,) = [one for one in autosave.banks_to_open() if not one.shipped]
    again = BankEditor(found)
    assert (asked(again), again.is_outdated) == ("Mine?", True)
    with pytest.raises(InterviewKitError, match="cannot be read"):
        again.reload()
    assert autosave.is_waiting(path)
    again.save(over=True)
    assert path.read_text(encoding="utf-8") == SMALL.replace(ASKED, "Mine?")


def test_what_the_file_says_by_now_is_no_longer_unsaved(path: Path) -> None:
    editor = opened(path)
    ask(editor, "Mine?")
    editor.close()
    path.write_text(SMALL.replace(ASKED, "Mine?"), encoding="utf-8")
    again = opened(path)
    assert (again.is_changed, again.is_outdated) == (False, False)
    assert not autosave.is_waiting(path)


@pytest.mark.parametrize("bom", [b"", BOM])
def test_byte_order_mark_and_line_ends_come_back_too(path: Path, bom: bytes) -> None:
    raw = bom + SMALL.replace("\n", "\r\n").encode()
    path.write_bytes(raw)
    editor = opened(path)
    ask(editor, "Mine?")
    editor.close()
    again = opened(path)
    ask(again, "Mine, again?")
    again.save()
    assert path.read_bytes() == raw.replace(ASKED.encode(), b"Mine, again?")


def test_a_bank_begun_on_a_shipped_one_waits_under_its_own_name() -> None:
    editor = BankEditor(find_bank(SHIPPED))
    editor.extend()
    ask(editor, "Mine?")
    editor.close()
    assert not users_folder().exists()
    (found,) = [one for one in autosave.banks_to_open() if one.id == SHIPPED]
    assert (found.path, found.shipped) == (users_folder() / f"{SHIPPED}.yaml", False)
    assert found.title == find_bank(SHIPPED).title
    snapshot = read_snapshot(found)
    assert snapshot.bank is not None
    assert snapshot.bank.question("broken-promise").ask == "Mine?"
    another = BankEditor(find_bank(SHIPPED))
    another.extend()
    assert another.path == users_folder() / f"{SHIPPED}-2.yaml"
    again = BankEditor(found)
    assert (asked(again), again.is_changed, again.is_outdated) == ("Mine?", True, False)
    again.save()
    assert find_bank(SHIPPED).path == found.path
    assert not autosave.is_waiting(found.path)


def test_where_nothing_can_be_kept_the_change_is_made_and_one_is_told(path: Path) -> None:
    drafts_folder().parent.mkdir(parents=True, exist_ok=True)
    drafts_folder().write_text("no folder")
    editor = opened(path)
    ask(editor, "Mine?")
    assert asked(editor) == "Mine?"
    assert "cannot be written" in editor.fault
    drafts_folder().unlink()
    ask(editor, "Mine, again?")
    assert editor.fault == ""
    editor.close()
    assert asked(opened(path)) == "Mine, again?"


def test_two_windows_keep_what_each_has_changed(path: Path) -> None:
    first, second = opened(path), opened(path)
    ask(first, "First?")
    assert not second.recovered.is_elsewhere
    third = opened(path)
    assert (third.recovered.is_elsewhere, third.is_changed) == (True, False)
    ask(second, "Second?")
    ask(first, "First, again?")
    for editor in (first, second, third):
        editor.close()
    found = []
    for more in (1, 0):
        again = opened(path)
        found.append(asked(again))
        assert again.recovered.more == more
        again.let_go()
    assert sorted(found) == ["First, again?", "Second?"]
    assert asked(opened(path)) == ASKED


def test_a_draft_that_is_no_bank_any_more_can_still_be_saved(path: Path) -> None:
    editor = opened(path)
    ask(editor, "Mine?")
    editor.close()
    (kept,) = drafts_folder().iterdir()
    place = autosave.AutosaveSlot(path)
    unsaved = autosave.recover(path, place).unsaved
    assert unsaved is not None
    raw = unsaved.raw.replace(b"competency: recovery", b"competency: recovry")
    place.write(autosave.UnsavedBank(path, raw, unsaved.made_from))
    place.close()
    again = opened(path)
    assert again.snapshot.bank is None
    assert again.is_changed
    again.save()
    assert path.read_bytes() == raw
    assert not kept.exists()


WORDS = st.text("ab: #-'\"é🦊?", min_size=1, max_size=12)
CHANGE = st.one_of(
    st.tuples(st.just("set"), st.sampled_from([ASK, ("title",), ("about",)]), WORDS),
    st.tuples(st.just("move"), st.sampled_from(["broken-promise", "other-department"])),
    st.tuples(st.just("copy"), st.integers(0, 3)),
    st.tuples(st.just("remove"), st.integers(0, 3)),
    st.tuples(st.sampled_from(["undo", "save", "reload", "window"])),
)


def steps_of(change: Sequence[object]) -> list[Step]:
    match change:
        case "set", tuple(address), str(words):
            return [lambda draft: draft.set(address, words)]
        case "move", str(name):
            return [lambda draft: draft.move(("questions", name))]
        case "copy", number:
            return [lambda draft: draft.duplicate(("questions", "broken-promise"), f"new-{number}")]
        case "remove", number:
            return [lambda draft: draft.remove(("questions", f"new-{number}"))]
    raise AssertionError(change)


@settings(
    max_examples=25, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture]
)
@given(changes=st.lists(CHANGE, max_size=8))
def test_after_any_changes_the_draft_says_what_memory_does(
    path: Path, changes: list[tuple[object, ...]]
) -> None:
    path.write_text(SMALL, encoding="utf-8")
    editor = BankEditor(BankLocation("small", path, False), lambda file: [])
    for change in changes:
        if change[0] == "window":
            before = editor._draft.text
            editor.close()
            editor = BankEditor(BankLocation("small", path, False), lambda file: [])
            assert editor._draft.text == before
        elif change[0] in ("undo", "save", "reload"):
            getattr(editor, str(change[0]))()
        else:
            with suppress(InterviewKitError):  # nothing such is there, or there already
                editor.apply(steps_of(change))
        unsaved = [autosave._unpack(one.read_bytes()) for one in drafts_folder().glob("*.yaml")]
        assert [one.raw.decode() for one in unsaved] == [editor._draft.text] * editor.is_changed
    editor.let_go()
