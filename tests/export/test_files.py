import os
import threading
from pathlib import Path

import pytest

from interviewkit.errors import InterviewKitError
from interviewkit.export.private_file import replace_private_file
from interviewkit.files import write_refusal
from support import has_mode


def write(path: Path, records: Path = Path("/nowhere"), content: bytes = b"new") -> None:
    with replace_private_file(path, records) as file:
        file.write(content)


def test_the_file_is_private_and_nothing_is_left_beside_it(tmp_path: Path) -> None:
    write(tmp_path / "out")
    assert (tmp_path / "out").read_bytes() == b"new"
    assert has_mode(tmp_path / "out", 0o600)
    assert [path.name for path in tmp_path.iterdir() if path.is_file()] == ["out"]


@pytest.mark.posix("folders that can be flushed to disk")
def test_content_and_name_are_on_disk_when_it_returns(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    flushed = []

    def fsync(number: int) -> None:
        there = os.fstat(number)
        flushed.append((there.st_ino, (tmp_path / "out").exists()))

    monkeypatch.setattr(os, "fsync", fsync)
    write(tmp_path / "out")
    file, folder = (tmp_path / "out").stat().st_ino, tmp_path.stat().st_ino
    assert flushed == [(file, False), (folder, True)]


def test_when_it_fails_what_was_there_stays(tmp_path: Path) -> None:
    target = tmp_path / "out"
    target.write_bytes(b"old")
    with (
        pytest.raises(ValueError, match="half-way"),
        replace_private_file(target, tmp_path / "db") as file,
    ):
        file.write(b"new")
        raise ValueError("half-way")
    assert target.read_bytes() == b"old"
    assert [path.name for path in tmp_path.iterdir() if path.is_file()] == ["out"]


@pytest.mark.posix("links that any user may make")
def test_a_link_stays_a_link(tmp_path: Path) -> None:
    (tmp_path / "real").write_bytes(b"old")
    (tmp_path / "link").symlink_to(tmp_path / "real")
    write(tmp_path / "link")
    assert (tmp_path / "link").is_symlink()
    assert (tmp_path / "real").read_bytes() == b"new"


def test_the_records_are_never_replaced(tmp_path: Path) -> None:
    records = tmp_path / "records.db"
    records.write_bytes(b"old")
    for path in (records, tmp_path / "a" / ".." / "records.db"):
        with pytest.raises(InterviewKitError, match="holds the records themselves"):
            write(path, records)
    assert records.read_bytes() == b"old"


@pytest.mark.posix("links that any user may make")
def test_the_records_are_never_replaced_through_a_link(tmp_path: Path) -> None:
    records = tmp_path / "records.db"
    records.write_bytes(b"old")
    (tmp_path / "link").symlink_to(records)
    with pytest.raises(InterviewKitError, match="holds the records themselves"):
        write(tmp_path / "link", records)
    assert records.read_bytes() == b"old"


def test_a_file_that_is_open_for_a_moment_is_replaced_all_the_same(tmp_path: Path) -> None:
    (tmp_path / "out").write_bytes(b"old")
    with (tmp_path / "out").open("rb") as held:
        timer = threading.Timer(0.2, held.close)
        timer.start()
        write(tmp_path / "out")
        timer.join()
    assert (tmp_path / "out").read_bytes() == b"new"


@pytest.mark.windows
def test_a_file_that_stays_open_is_left_as_it_is(tmp_path: Path) -> None:
    (tmp_path / "out").write_bytes(b"old")
    with (
        (tmp_path / "out").open("rb"),
        pytest.raises(InterviewKitError, match="is open in another program"),
    ):
        write(tmp_path / "out")
    assert (tmp_path / "out").read_bytes() == b"old"
    assert [path.name for path in tmp_path.iterdir() if path.is_file()] == ["out"]


@pytest.mark.parametrize("code", [5, 32, 33])
def test_of_a_file_open_in_excel_it_is_said_where_to_close_it(tmp_path: Path, code: int) -> None:
    (tmp_path / "out.xlsx").write_bytes(b"old")
    error = PermissionError(13, "Access is denied")
    error.winerror = code  # type: ignore[attr-defined]
    refusal = write_refusal(tmp_path / "out.xlsx", error)
    assert refusal.message == f"{tmp_path / 'out.xlsx'} is open in another program."
    assert refusal.hint.startswith("Close it there, in Excel for instance, then try again.")


@pytest.mark.parametrize(
    ("name", "said"),
    [
        ("", "is a folder, not a file"),
        ("none/out", "cannot be written: No such file or directory"),
        ("file/out", r"cannot be written: (Not a directory|No such file or directory)"),
    ],
)
def test_what_cannot_be_written_is_said(tmp_path: Path, name: str, said: str) -> None:
    (tmp_path / "file").write_bytes(b"")
    with pytest.raises(InterviewKitError, match=said) as error:
        write(tmp_path / name)
    assert error.value.hint == "Name a file in a folder you can write to. Nothing was written."


@pytest.mark.posix("devices with a path")
def test_a_device_is_not_replaced() -> None:
    with pytest.raises(InterviewKitError, match="is a device, not a file"):
        write(Path("/dev/null"))


@pytest.mark.skipif(not Path("/dev/full").exists(), reason="there is no /dev/full")
def test_a_full_disk_is_said(tmp_path: Path) -> None:
    with (
        pytest.raises(InterviewKitError, match="cannot be written: No space left on device"),
        replace_private_file(tmp_path / "out", tmp_path / "db") as file,
    ):
        full = os.open("/dev/full", os.O_WRONLY)
        os.dup2(full, file.fileno())
        os.close(full)
        file.write(b"new")
    assert not (tmp_path / "out").exists()
