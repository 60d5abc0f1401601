"""Files that a kill left are told from those under way, and removed."""

import os
import subprocess
import sys
from pathlib import Path

import pytest

from interviewkit import files
from interviewkit.scratch_files import (
    STALE,
    is_abandoned,
    leftovers,
    noted_in,
    scratch_name,
    sweep,
)

pytestmark = pytest.mark.posix("processes that can be asked for")


def ended_process() -> int:
    program = subprocess.Popen([sys.executable, "-c", ""])
    program.wait()
    return program.pid


def cut_off(folder: Path) -> Path:
    machine = scratch_name().split("-")[1]
    path = folder / f".interviewkit-{machine}-{ended_process()}-0123456789abcdef"
    path.write_text("half a copy")
    return path


def test_what_a_process_left_that_has_ended_is_removed(tmp_path: Path) -> None:
    path = cut_off(tmp_path)
    assert is_abandoned(path)
    assert sweep(tmp_path) == []
    assert not path.exists()


@pytest.mark.parametrize("name", ["", ".interviewkit-00000000-1-ab", ".interviewkit-x1y2"])
def test_what_may_be_under_way_stays_for_a_day(name: str, tmp_path: Path) -> None:
    path = tmp_path / (name or scratch_name())
    path.write_text("half a copy")
    assert sweep(tmp_path) == [path]
    old = path.stat().st_mtime - STALE - 1
    os.utime(path, (old, old))
    assert sweep(tmp_path) == []


def test_a_file_elsewhere_is_found_by_its_note(tmp_path: Path) -> None:
    (tmp_path / "usb").mkdir()
    path = cut_off(tmp_path / "usb")
    with noted_in(tmp_path, path):
        assert leftovers(tmp_path) == [path]
        assert sweep(tmp_path) == []
        assert not path.exists()
    assert list(tmp_path.glob(".interviewkit-*")) == []


def test_writing_in_a_folder_removes_what_was_cut_off_there(tmp_path: Path) -> None:
    path = cut_off(tmp_path)
    with files.replace_file(tmp_path / "export.json", private=True) as file:
        file.write(b"{}")
    assert not path.exists()
    assert [one.name for one in tmp_path.iterdir() if one.is_file()] == ["export.json"]


def test_a_folder_that_is_missing_holds_none(tmp_path: Path) -> None:
    assert leftovers(tmp_path / "nowhere") == []
