"""What the workshop says and asks about changes that are not in the bank's file yet."""

from collections.abc import Iterator, Sequence
from datetime import datetime
from pathlib import Path

from interviewkit.banks.text.paths import Address
from interviewkit.tui.screens.workshop.prompts import Choose
from interviewkit.workflows.bank_editor import BankEditor

SAVE, LATER, THROW = "save", "later", "throw"
RELOAD, BOTH, MINE = "reload", "both", "mine"
MERGED = "Another program changed the file. Its changes and yours are now both here."
NO_PLACE = "What you typed in a form no longer fits into the bank. It was moved to:"


def waiting(editor: BankEditor) -> Iterator[str]:
    """What was found when the bank was opened, a sentence each."""
    recovered = editor.recovered
    if editor.is_changed or editor.form is not None:
        at = datetime.fromtimestamp(recovered.at).astimezone()
        older = " Older changes appear once these are saved or discarded." if recovered.more else ""
        yield (
            f"Here are your changes up to {at.day} {at:%b}, {at:%H:%M}, which were not "
            f"saved. Ctrl+S saves them to {editor.path.name}; Esc asks whether to save or discard "
            f"them.{older}"
        )
    if recovered.is_elsewhere:
        yield "Another window has this bank open, with unsaved changes. They are not shown here."


def outdated_warning(editor: BankEditor) -> str:
    """What to know when another program has changed the file."""
    return (
        f"{editor.path} was changed by another program. F5 reloads it and keeps your unsaved "
        "changes, unless both changed the same entries; then you are asked."
    )


def how_to_fix(editor: BankEditor) -> str:
    """What to do with a bank that has errors."""
    if editor.is_changed:
        return "Press Ctrl+S, fix the file in a text editor, then press F5."
    return "Fix the file in a text editor, then press F5."


def quitting(editor: BankEditor) -> str:
    """What quitting now means."""
    if editor.fault:
        return "Your unsaved changes to the bank would be lost."
    return f"Your changes are not in {editor.path} yet. They are kept until you open it again."


def whose(path: Path, conflicts: Sequence[Address]) -> Choose:
    """Which of two texts it shall be, since both changed these entries."""
    names = ", ".join(" / ".join(map(str, address[1::2] or address)) for address in conflicts[:3])
    more = f" and {len(conflicts) - 3} more" if len(conflicts) > 3 else ""
    both = f" Both changed {names}{more}." if names else ""
    return Choose(
        "Changed by another program",
        f"{path} has changed since it was read here.{both} Which version do you want to keep?",
        [
            (BOTH, "Keep both: save mine in a file beside it, then reload"),
            (RELOAD, "Reload the file; discard my unsaved changes"),
            (MINE, "Keep mine; overwrite what the other program wrote"),
        ],
        "Decide later",
    )


def leaving(editor: BankEditor) -> Choose:
    """What becomes of changes that are not saved."""
    ways = [
        (SAVE, "Save and leave"),
        (LATER, "Leave; keep it for next time"),
        (THROW, "Leave and discard it"),
    ]
    if editor.fault:
        del ways[1]
    message = f"Your changes are not in {editor.path} yet."
    return Choose("Not saved yet", message, ways, "Stay")
