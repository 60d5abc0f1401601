"""Folders that are synchronised and file systems of a network are warned about, once."""

import os
import shutil
from pathlib import Path, PureWindowsPath

import pytest

from interviewkit import file_names
from interviewkit.errors import StorageError
from interviewkit.storage.file.file_address import sqlite_uri
from interviewkit.storage.file.location_check import (
    _is_on_share,
    doubt,
    open_to_others,
    refuse_unusable,
)
from interviewkit.storage.file.reencrypt import reencrypt
from interviewkit.storage.store import Store
from support import HeldClock, begin

KEY = f"x'{'ab' * 32}{'cd' * 16}'"  # of the encrypted records that the tests of storage share


@pytest.mark.parametrize(
    ("folder", "program"),
    [
        ("Dropbox", "Dropbox"),
        ("Dropbox (Example AG)/hiring", "Dropbox"),
        ("OneDrive - Example AG/Documents", "OneDrive"),
        ("Library/Mobile Documents/com~apple~CloudDocs", "iCloud"),
        ("iCloudDrive", "iCloud"),
        ("Google Drive/My Drive", "Google Drive"),
        ("Nextcloud", "Nextcloud"),
        ("dropboxes", ""),
        ("Documents", ""),
    ],
)
def test_a_synchronised_folder_is_known_by_its_name(
    tmp_path: Path, folder: str, program: str
) -> None:
    place = tmp_path / folder
    place.mkdir(parents=True)
    said = doubt(place / "records.db")
    assert (f"a folder that {program} synchronises" in said) if program else said == ""
    assert not program or "data backup" in said


@pytest.mark.posix("a list of mounts")
@pytest.mark.parametrize(
    ("kind", "network"), [("nfs4", True), ("cifs", True), ("fuse.sshfs", True), ("ext4", False)]
)
def test_a_network_file_system_is_known_from_the_mounts(
    tmp_path: Path, kind: str, network: bool
) -> None:
    share = tmp_path / "a share" / "ü"
    share.mkdir(parents=True)
    point = str(share).replace(" ", r"\040")
    mounts = tmp_path / "mounts"
    mounts.write_text(
        f"/dev/sda1 / ext4 rw 0 0\nserver:/x {point} {kind} rw 0 0\n"
        f"tmpfs {point}{os.sep}deeper tmpfs rw 0 0\n",
        encoding="utf-8",
    )
    said = doubt(share / "records.db", mounts)
    assert (f"network file system ({kind})" in said) is network
    (share / "deeper").mkdir()
    assert doubt(share / "deeper" / "records.db", mounts) == ""
    assert doubt(tmp_path / "records.db", mounts) == ""
    assert doubt(tmp_path / "records.db", tmp_path / "no-list") == ""


def test_it_is_said_once_for_each_place(tmp_path: Path, clock: HeldClock) -> None:
    for folder in ("Dropbox", "OneDrive"):
        place = tmp_path / folder / "records.db"
        with Store(place, clock) as store:
            assert folder in store.doubt_once()
            assert store.doubt_once() == ""
        with Store(place, clock) as again:
            assert again.doubt_once() == ""
    with Store(tmp_path / "records.db", clock) as store:
        assert store.doubt_once() == ""


@pytest.mark.posix("names with a colon")
def test_encrypted_records_are_a_file_too_whatever_their_name_looks_like(
    empty_encrypted: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.chdir(tmp_path)
    name = Path(shutil.copy(empty_encrypted, "file:x.db"))
    for _ in range(2):
        with Store(name, HeldClock(), unlock=lambda _: KEY) as store:
            begin(store)
    reencrypt(name, lambda _: KEY, None)
    assert [path.name for path in tmp_path.glob("*x.db")] == ["file:x.db"]
    with Store(name, HeldClock()) as store:
        assert len(store._reads.standings()) == 1


def test_a_share_is_known_by_its_address() -> None:
    assert _is_on_share(PureWindowsPath(r"\\server\interviews\2026"))
    assert not _is_on_share(PureWindowsPath(r"C:\Users\ada"))


def test_sqlite_takes_the_name_of_a_share_for_no_host() -> None:
    address = sqlite_uri(PureWindowsPath(r"\\server\a share\round.db"))
    assert address == "file:////server/a%20share/round.db"
    assert sqlite_uri(PureWindowsPath(r"C:\round.db")) == "file:///C:/round.db"


def test_on_windows_only_a_users_own_folder_or_a_key_protects_records(tmp_path: Path) -> None:
    own, outside = Path.home() / "round.db", tmp_path / "shared" / "round.db"
    for records, encrypted, windows, is_open in (
        (outside, False, True, True),
        (outside, True, True, False),
        (own, False, True, False),
        (outside, False, False, False),
    ):
        warning = open_to_others(records, encrypted=encrypted, windows=windows)
        assert bool(warning) == is_open
        assert not warning or "interviewkit data encrypt" in warning


def test_a_name_of_a_device_is_no_place_for_records(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(file_names, "WINDOWS", True)
    with pytest.raises(StorageError, match="keeps the name nul for a device") as caught:
        refuse_unusable(Path("nul"))
    assert "--db PATH" in caught.value.hint
