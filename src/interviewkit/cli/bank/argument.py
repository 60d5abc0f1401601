"""A bank that somebody named on the command line: by its id, or by the path of its file."""

import os
from pathlib import Path
from typing import TYPE_CHECKING

from interviewkit.banks.library import find_bank
from interviewkit.errors import InterviewKitError
from interviewkit.file_names import refuse_file_name

if TYPE_CHECKING:
    from interviewkit.banks.loader import BankFile


def bank_named(name: str) -> "BankFile":
    """The bank at the path ``name``, if it looks like one; else the bank with that id.

    No id has a slash or a dot, so the two cannot be taken for each other.
    """
    from interviewkit.banks.loader import read_bank

    is_path = "." in name or os.sep in name or "/" in name
    return read_bank(Path(name) if is_path else find_bank(name).path)


def refuse_bank_path(path: Path) -> None:
    """InterviewKitError where a new bank cannot be written to ``path``."""
    refuse_file_name(path)
    if path.suffix not in {".yaml", ".yml"}:
        raise InterviewKitError(f"{path} is not a name for a bank file.", "End the name in .yaml.")
    if os.path.lexists(path):
        raise InterviewKitError(f"{path} exists already.", "Name a file that does not exist yet.")
