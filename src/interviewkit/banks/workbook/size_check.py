"""How much a workbook unpacks to, told by its directory before anything is unpacked."""

import zipfile
from pathlib import Path

MOST_UNPACKED = (
    256 * 1024 * 1024
)  # bytes unpacked; a bank's workbook has less than one in a hundred
MOST_ROWS = 100_000  # of a bank's sheet: one cell far down makes empty rows of all above it


def fault_of_file(path: Path) -> str:
    """Why a workbook is not to be opened, "" for nothing or for what is no workbook.

    A directory that gives less than there is deceives nobody: no more than it says is unpacked.
    """
    try:
        if path.is_fifo():
            return "it is a pipe, not a file"
        with zipfile.ZipFile(path) as packed:
            size = sum(entry.file_size for entry in packed.infolist())
    except (OSError, zipfile.BadZipFile, ValueError, NotImplementedError):
        return ""  # anyone who opens it says what it is
    if size <= MOST_UNPACKED:
        return ""
    return f"it unpacks to {size / 1024**2:,.0f} MiB; at most {MOST_UNPACKED // 1024**2} are read"
