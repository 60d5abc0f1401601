"""How SQLite is told which file to open, and whether only to read it."""

import os
from pathlib import Path, PurePath


def file_name(path: Path) -> str:
    """The path as SQLite takes it for a file's name, whatever it looks like.

    A relative ``file:records.db`` would be an address to it, and ``:memory:`` no file at all.
    """
    return str(path.absolute())


def is_read_only(path: Path) -> bool:
    """Whether a file is there that may be read, while it or its folder may not be written."""
    real = path.resolve()
    if not real.is_file() or not os.access(real, os.R_OK):
        return False
    return not (os.access(real, os.W_OK) and os.access(real.parent, os.W_OK))


def log_of(path: Path) -> Path | None:
    """The log in which something written to these records may stand; None without one."""
    log = path.resolve().with_name(f"{path.resolve().name}-wal")
    index = log.with_name(f"{path.resolve().name}-shm")
    return log if log.exists() and (log.stat().st_size or index.exists()) else None


def sqlite_address(path: Path) -> str:
    """What SQLite is to open: a name, or an address of its own kind for what is only read.

    Where nothing may be written SQLite can make no log to read with. A file without a log is whole
    as it stands, and read as one that does not change.
    """
    if not is_read_only(path):
        return file_name(path)
    still = "" if log_of(path) else "&immutable=1"
    return f"{sqlite_uri(path.resolve())}?mode=ro{still}"


def sqlite_uri(path: PurePath) -> str:
    """The path as SQLite takes it for an address: a share's name is no host to it."""
    uri = path.as_uri()
    return uri if uri.startswith("file:///") else uri.replace("file://", "file:////", 1)
