"""What the workshop says and asks about changes that are not in the bank's file yet."""

from collections.abc import Iterator
from datetime import datetime
from pathlib import Path

from interviewkit.tui.screens.workshop.prompts import Choose
from interviewkit.workflows.bank_editor import BankEditor

SAVE, LATER, THROW = "save", "later", "throw"
RELOAD, BOTH, MINE = "reload", "both", "mine"
NO_PLACE = "What you typed in a form no longer fits into the bank. It was moved to:"


def waiting(bench: BankEditor) -> Iterator[str]:
    """What was found when the bank was opened, a sentence each."""
    recovered = bench.taken
    if bench.is_changed or bench.form is not None:
        at = datetime.fromtimestamp(recovered.at).astimezone()
        older = " Older changes appear once these are saved or discarded." if recovered.more else ""
        yield (
            f"Here are your changes up to {at.day} {at:%b}, {at:%H:%M}, which were not "
            f"saved. Ctrl+S saves them to {bench.path.name}; Esc asks whether to save or discard "
            f"them.{older}"
        )
    if recovered.is_elsewhere:
        yield "Another window has this bank open, with unsaved changes. They are not shown here."


def outdated_warning(bench: BankEditor) -> str:
    """What to know when another program has changed the file."""
    return (
        f"{bench.path} was changed by another program. F5 reloads it; your unsaved changes would "
        "be lost. Ctrl+S asks before it overwrites anything."
    )


def how_to_fix(bench: BankEditor) -> str:
    """What to do with a bank that has errors."""
    if bench.is_changed:
        return "Press Ctrl+S, fix the file in a text editor, then press F5."
    return "Fix the file in a text editor, then press F5."


def quitting(bench: BankEditor) -> str:
    """What quitting now means."""
    if bench.fault:
        return "Your unsaved changes to the bank would be lost."
    return f"Your changes are not in {bench.path} yet. They are kept until you open it again."


def whose(path: Path) -> Choose:
    """Which of two texts it shall be."""
    return Choose(
        "Changed by another program",
        f"{path} has changed since it was read here. Which version do you want to keep?",
        [
            (BOTH, "Keep both: save mine in a file beside it, then reload"),
            (RELOAD, "Reload the file; discard my unsaved changes"),
            (MINE, "Keep mine; overwrite what the other program wrote"),
        ],
        "Decide later",
    )


def leaving(bench: BankEditor) -> Choose:
    """What becomes of changes that are not saved."""
    ways = [
        (SAVE, "Save and leave"),
        (LATER, "Leave; keep it for next time"),
        (THROW, "Leave and discard it"),
    ]
    if bench.fault:
        del ways[1]
    message = f"Your changes are not in {bench.path} yet."
    return Choose("Not saved yet", message, ways, "Stay")
