"""Places where a database is not safe: a folder that is synchronised, a file system of a network.

A synchroniser copies the file while it is being written and knows nothing of the log beside it;
network file systems often do not keep the locks on which two windows rely.
"""

import os
import re
import sqlite3
import stat
import sys
from errno import ENAMETOOLONG
from pathlib import Path, PurePath

from interviewkit.errors import InterviewKitError, StorageError
from interviewkit.file_names import WINDOWS, path_length_fault, refuse_file_name
from interviewkit.storage.file.transaction import sqlite_errors_explained, transaction

MOUNTS = Path("/proc/mounts")
_REMOTE_DRIVE = 4  # DRIVE_REMOTE of GetDriveTypeW
_ELSEWHERE = "Name another file with --db PATH or INTERVIEWKIT_DB."
# As the programs themselves name their folders, also with more behind ("OneDrive - Example AG").
_SYNCED = {
    "dropbox": "Dropbox",
    "onedrive": "OneDrive",
    "google drive": "Google Drive",
    "googledrive": "Google Drive",
    "icloud": "iCloud",
    "iclouddrive": "iCloud",
    "mobile documents": "iCloud",
    "nextcloud": "Nextcloud",
    "owncloud": "ownCloud",
    "pcloud": "pCloud",
    "sync.com": "Sync.com",
    "syncthing": "Syncthing",
}
_NETWORK = ("nfs", "nfs4", "cifs", "smb3", "smbfs", "fuse.sshfs", "9p", "afs", "ceph", "davfs")


def refuse_unusable(records: Path) -> None:
    """StorageError for a name that no file can have, and for what is no file at all."""
    try:
        refuse_file_name(records)
    except InterviewKitError as error:
        raise StorageError(error.message, f"Nothing was made. {_ELSEWHERE}") from error
    too_long = path_length_fault(records.with_name(f"{records.name}-journal"))
    if too_long:
        raise StorageError(f"{records}: {too_long}.", f"Nothing was made. {_ELSEWHERE}")
    try:
        os.lstat(f"{records}-journal")  # the longest name that SQLite puts beside it
    except OSError as error:
        if error.errno == ENAMETOOLONG:
            raise StorageError(
                f"{records} is too long for the name of a file.", f"Nothing was made. {_ELSEWHERE}"
            ) from error
    try:
        mode = records.stat().st_mode
    except OSError:
        return  # not there, or anyone who opens it says why it cannot be
    if not stat.S_ISREG(mode) and not stat.S_ISDIR(mode):
        raise StorageError(f"{records} is a pipe or a device, not a file.", _ELSEWHERE)


def doubt(records: Path, mounts: Path = MOUNTS) -> str:
    """Why the place of the records is not safe, with what to do; "" when nothing is known."""
    folder = records.resolve().parent
    advice = "Keep it on this machine's own disk (--db PATH or INTERVIEWKIT_DB) and copy it with "
    backup = "interviewkit data backup."
    synced = _syncing_program(folder)
    if synced:
        return (
            f"The records stand in a folder that {synced} synchronises: {folder}. Two machines "
            f"writing there can destroy them. {advice}{backup}"
        )
    network = _network_file_system(folder, mounts)
    if network:
        return (
            f"The records stand on a network file system ({network}): {folder}. Two windows at "
            f"once can destroy them there. {advice}{backup}"
        )
    return ""


def open_to_others(records: Path, *, encrypted: bool, windows: bool = WINDOWS) -> str:
    """What protects the records on Windows if nothing but their folder's rights does; else "".

    A file's own rights say nothing there. A user's own folder is closed to other users.
    """
    folder = records.resolve().parent
    if encrypted or not windows or folder.is_relative_to(Path.home().resolve()):
        return ""
    return (
        f"All who may read the folder {folder} can read the records: it is outside your own "
        "folder, which Windows closes to other users. Encrypt them with interviewkit data "
        "encrypt, or move them into your own folder."
    )


def tell_once(connection: sqlite3.Connection, records: Path, at: str) -> str:
    """The doubt about this place the first time it is asked for, afterwards ""."""
    warning = doubt(records)
    if not warning:
        return ""
    key = f"place {records.resolve()}"
    with sqlite_errors_explained(records), transaction(connection):
        new = connection.execute(
            "INSERT INTO told (what, at) VALUES (?, ?) ON CONFLICT DO NOTHING", (key, at)
        ).rowcount
    return warning if new else ""


def _syncing_program(folder: Path) -> str:
    for name in map(str.casefold, folder.parts):
        for begins, program in _SYNCED.items():
            if name == begins or name.startswith((f"{begins} ", f"{begins}-", f"{begins}_")):
                return program
    return ""


def _network_file_system(folder: Path, mounts: Path) -> str:
    """The kind of network file system a folder is on, as the system lists its mounts."""
    if sys.platform == "win32":
        return "a share" if _is_on_share(folder) else ""
    try:
        lines = mounts.read_text(encoding="utf-8", errors="surrogateescape").splitlines()
    except OSError:
        return ""  # a system that keeps no such list
    best, kind = "", ""
    for line in lines:
        _, mount_point, name, *_ = line.split(" ")
        # The list writes blanks and the like as octal numbers.
        point = re.sub(r"\\([0-7]{3})", lambda octal: chr(int(octal[1], 8)), mount_point)
        if _within(folder, point) and len(point) >= len(best):
            best, kind = point, name
    return kind if kind in _NETWORK else ""


def _is_on_share(folder: PurePath) -> bool:
    """Whether Windows reaches a folder over the network, by its address or by a drive's letter."""
    if folder.drive.startswith("\\\\"):
        return True
    if sys.platform != "win32":
        return False
    import ctypes

    return int(ctypes.windll.kernel32.GetDriveTypeW(folder.anchor)) == _REMOTE_DRIVE


def _within(folder: Path, point: str) -> bool:
    return str(folder) == point or str(folder).startswith(point.rstrip(os.sep) + os.sep)
