"""Folders that are synchronised and file systems of a network are warned about, once."""

import os
import shutil
from pathlib import Path

import pytest

from interviewkit.storage.file.location_check import doubt
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
