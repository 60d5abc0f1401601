"""A bank that somebody named on the command line: by its id, or by the path of its file."""

import os
from pathlib import Path
from typing import TYPE_CHECKING

from interviewkit.banks.library import find_bank

if TYPE_CHECKING:
    from interviewkit.banks.reading import BankFile


def bank_with_id(name: str) -> "BankFile":
    """The bank with this id, read and checked."""
    from interviewkit.banks.reading import read_bank

    return read_bank(find_bank(name).path)


def bank_named(name: str) -> "BankFile":
    """The bank at the path ``name``, if it looks like one; else the bank with that id.

    No id has a slash or a dot, so the two cannot be taken for each other.
    """
    from interviewkit.banks.reading import read_bank

    is_path = "." in name or os.sep in name or "/" in name
    return read_bank(Path(name)) if is_path else bank_with_id(name)
