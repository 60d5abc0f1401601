"""Drafts on real files: kept, found again, held by one window, put aside when damaged."""

import hashlib
import os
import subprocess
import sys
from pathlib import Path

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from interviewkit.banks import autosave
from interviewkit.banks.autosave import AutosaveSlot, UnsavedBank, recover
from interviewkit.banks.library import drafts_folder, users_folder
from interviewkit.errors import InterviewKitError
from support import has_mode

RAW = "format: 1\nid: mine\ntitle: Größe\n".encode()
NO_UTF8 = b'# {"bank": "/x", "made_from": null, "form": null}\n\xff'


@pytest.fixture
def bank(tmp_path: Path) -> Path:
    return tmp_path / "mine.yaml"


def kept(bank: Path, raw: bytes = RAW, form: object = None) -> AutosaveSlot:
    place = AutosaveSlot(bank)
    place.write(UnsavedBank(bank, raw, None, form))
    return place


def test_what_is_kept_is_found_again_byte_for_byte(bank: Path) -> None:
    form = {"at": ["questions", "ä\n"], "kind": "", "fields": ["Größe\u2028", 1, []]}
    place = kept(bank, RAW, form)
    place.close()
    assert "Größe" in place.path.read_text(encoding="utf-8")
    again = recover(bank, AutosaveSlot(bank))
    assert again.unsaved == UnsavedBank(bank, RAW, None, form)
    assert (again.more, again.is_elsewhere) == (0, False)


@pytest.mark.skipif(sys.platform != "linux", reason="names are Unicode there")
def test_a_path_that_is_no_unicode_comes_back(tmp_path: Path) -> None:
    bank = tmp_path / "b\udcffnk.yaml"
    kept(bank).close()
    unsaved = recover(bank, AutosaveSlot(bank)).unsaved
    assert unsaved is not None
    assert unsaved.bank == bank


@settings(suppress_health_check=[HealthCheck.function_scoped_fixture], max_examples=60)
@given(text=st.text(st.characters(exclude_categories=["Cs"])))
def test_any_text_comes_back(text: str, bank: Path) -> None:
    raw = text.encode()
    kept(bank, raw).close()
    place = AutosaveSlot(bank)
    unsaved = recover(bank, place).unsaved
    assert unsaved is not None
    assert unsaved.raw == raw
    place.clear()
    assert not autosave.is_waiting(bank)


def test_it_is_for_its_owner_s_eyes_alone(bank: Path) -> None:
    place = kept(bank)
    assert has_mode(place.path, 0o600)
    assert has_mode(place.path.parent, 0o700)


def test_a_file_is_the_same_whichever_way_it_is_named(
    bank: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    kept(bank).close()
    monkeypatch.chdir(bank.parent)
    assert recover(Path("mine.yaml"), AutosaveSlot(bank)).unsaved is not None
    assert recover(bank.with_name("other.yaml"), AutosaveSlot(bank)).unsaved is None


@pytest.mark.posix("links that any user may make")
def test_a_link_is_the_file_it_leads_to_and_one_in_a_circle_is_none(bank: Path) -> None:
    bank.touch()
    link, circle = bank.with_name("link.yaml"), bank.with_name("circle.yaml")
    link.symlink_to(bank)
    circle.symlink_to(circle)
    kept(link).close()
    assert autosave.is_waiting(bank)
    assert not autosave.is_waiting(circle)


def test_what_a_living_window_keeps_is_left_to_it(bank: Path) -> None:
    place = kept(bank)
    second = recover(bank, AutosaveSlot(bank))
    assert (second.unsaved, second.is_elsewhere) == (None, True)
    place.write(
        UnsavedBank(bank, RAW + b"# more\n", None)
    )  # the new file is held as the old one was
    assert recover(bank, AutosaveSlot(bank)).is_elsewhere
    place.close()
    third = recover(bank, AutosaveSlot(bank))
    assert third.unsaved is not None
    assert third.unsaved.raw.endswith(b"# more\n")


KEEPS = """
import sys, pathlib
from interviewkit.banks.autosave import AutosaveSlot, UnsavedBank
bank = pathlib.Path(sys.argv[1])
place = AutosaveSlot(bank); place.write(UnsavedBank(bank, b"of another process", None))
print("kept", flush=True); sys.stdin.read()
"""


def test_what_a_killed_window_kept_is_free(bank: Path) -> None:
    with subprocess.Popen(
        [sys.executable, "-c", KEEPS, str(bank)], stdin=subprocess.PIPE, stdout=subprocess.PIPE
    ) as other:
        assert other.stdout
        assert other.stdout.readline().strip() == b"kept"
        assert recover(bank, AutosaveSlot(bank)).is_elsewhere
        other.kill()
        other.wait()
    unsaved = recover(bank, AutosaveSlot(bank)).unsaved
    assert unsaved is not None
    assert unsaved.raw == b"of another process"


def test_of_several_the_latest_comes_first_and_the_others_wait(bank: Path) -> None:
    for number in range(3):
        place = kept(bank, b"%d" % number)
        os.utime(place.path, (number, number))
        place.close()
    for number, more in ((2, 2), (1, 1), (0, 0)):
        place = AutosaveSlot(bank)
        taken = recover(bank, place)
        assert taken.unsaved is not None
        assert (taken.unsaved.raw, taken.at, taken.more) == (b"%d" % number, number, more)
        place.clear()
    assert recover(bank, AutosaveSlot(bank)).unsaved is None


@settings(suppress_health_check=[HealthCheck.function_scoped_fixture], max_examples=60)
@given(data=st.data())
def test_a_damaged_one_is_put_aside_whole(bank: Path, data: st.DataObject) -> None:
    place = kept(bank)
    place.close()
    whole = place.path.read_bytes()
    at = data.draw(st.integers(0, len(whole) - 1))
    if data.draw(st.booleans()):
        damaged = whole[:at]
    else:
        damaged = whole[:at] + bytes([whole[at] ^ data.draw(st.integers(1, 255))]) + whole[at + 1 :]
    place.path.write_bytes(damaged)
    assert recover(bank, AutosaveSlot(bank)).unsaved is None
    (aside,) = autosave.quarantine_unreadable()
    assert aside.read_bytes() == damaged
    assert autosave.quarantine_unreadable() == []
    assert not autosave.is_waiting(bank)
    aside.unlink()


def test_with_a_right_sum_but_other_words_it_is_damaged_too(bank: Path) -> None:
    place = kept(bank)
    place.close()
    for rest in (
        b'# {"bank": 7}\n',
        b"# []\n",
        b"# not JSON\n",
        b"",
        b'# {"bank": "/x"}\n',
        NO_UTF8,
    ):
        head = b"# interviewkit: not saved yet; sha256 of what follows: "
        place.path.write_bytes(head + hashlib.sha256(rest).hexdigest().encode() + b"\n" + rest)
        assert recover(bank, AutosaveSlot(bank)).unsaved is None
        (aside,) = autosave.quarantine_unreadable()
        aside.rename(place.path)


def test_a_place_that_cannot_be_written_is_named_and_keeps_what_was_there(bank: Path) -> None:
    drafts_folder().parent.mkdir(parents=True, exist_ok=True)
    drafts_folder().write_text("no folder")
    place = AutosaveSlot(bank)
    with pytest.raises(InterviewKitError, match="cannot be written") as caught:
        place.write(UnsavedBank(bank, RAW, None))
    assert str(drafts_folder()) in caught.value.message
    place.clear()
    assert recover(bank, place).unsaved is None
    assert autosave.quarantine_unreadable() == []
    assert not autosave.is_waiting(bank)


NO_ROOM = """
import pathlib, resource, sys
from interviewkit.banks.autosave import AutosaveSlot, UnsavedBank
from interviewkit.errors import InterviewKitError
bank = pathlib.Path(sys.argv[1])
place = AutosaveSlot(bank)
place.write(UnsavedBank(bank, b"before", None))
resource.setrlimit(resource.RLIMIT_FSIZE, (1000, 1000))
for _ in range(500):  # more often than a program may have files open
    try:
        place.write(UnsavedBank(bank, b"x" * 2000, None))
    except InterviewKitError as error:
        assert "File too large" in error.message, error
    else:
        raise SystemExit("written")
"""


@pytest.mark.posix("a limit on a program's files")
def test_a_disk_that_takes_no_more_leaves_what_was_kept_before(bank: Path) -> None:
    limited = f"import resource; resource.setrlimit(resource.RLIMIT_NOFILE, (64, 64)){NO_ROOM}"
    subprocess.run([sys.executable, "-c", limited, str(bank)], check=True)
    unsaved = recover(bank, AutosaveSlot(bank)).unsaved
    assert unsaved is not None
    assert unsaved.raw == b"before"
    assert len(list(drafts_folder().glob("*.yaml"))) == 1


def test_only_banks_of_the_folder_that_have_no_file_are_begun(tmp_path: Path) -> None:
    users_folder().mkdir(parents=True)
    (users_folder() / "saved.yaml").write_bytes(RAW)
    for path in (users_folder() / "saved.yaml", users_folder() / "begun.yaml", tmp_path / "x.yaml"):
        kept(path).close()
    assert [one.bank for one in autosave.unsaved_new_banks(users_folder())] == [
        users_folder() / "begun.yaml"
    ]
    ids = [one.id for one in autosave.banks_to_open() if not one.shipped]
    assert ids == ["mine", "mine"]
