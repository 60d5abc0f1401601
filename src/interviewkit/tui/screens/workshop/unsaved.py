"""What the workshop says and asks about changes that are not in the bank's file yet."""

from collections.abc import Iterator, Sequence
from datetime import datetime
from pathlib import Path

from interviewkit.banks.text.paths import Address
from interviewkit.tui.screens.workshop.prompts import Choose
from interviewkit.workflows.bank_editor import BankEditor

SAVE, LATER, THROW = "save", "later", "throw"
RELOAD, BOTH, MINE = "reload", "both", "mine"
MERGED = "Another program had changed the file. Its changes and yours are both here now."
NO_PLACE = "What was typed in a form has no place in the bank any more. It was put aside:"


def waiting(editor: BankEditor) -> Iterator[str]:
    """What was found when the bank was opened, a sentence each."""
    recovered = editor.recovered
    if editor.is_changed or editor.form is not None:
        at = datetime.fromtimestamp(recovered.at).astimezone()
        older = (
            " Older changes come up once these are saved or thrown away." if recovered.more else ""
        )
        yield (
            f"Here is what you changed until {at.day} {at:%b}, {at:%H:%M}, and did not save. "
            f"Ctrl+S puts it into {editor.path.name}; Esc asks what is to become of it.{older}"
        )
    if recovered.is_elsewhere:
        yield (
            "Another window has this bank open, with changes that are not saved. They are not "
            "shown here."
        )


def outdated_warning(editor: BankEditor) -> str:
    """What to know when another program has changed the file."""
    return (
        f"{editor.path} was changed by another program. F5 reads it again. What you have not saved "
        "stays where both touch different entries; else you are asked."
    )


def how_to_fix(editor: BankEditor) -> str:
    """What to do with a bank that has errors."""
    if editor.is_changed:
        return "Press Ctrl+S, fix the file in a text editor, then press F5."
    return "Fix the file in a text editor first, then press F5."


def quitting(editor: BankEditor) -> str:
    """What quitting now means."""
    if editor.fault:
        return "What you changed in the bank and have not saved would be gone."
    return f"What you changed is not in {editor.path} yet. It waits here until you open it again."


def whose(path: Path, conflicts: Sequence[Address]) -> Choose:
    """Which of two texts it shall be, since both changed these entries."""
    names = ", ".join(" / ".join(map(str, address[1::2] or address)) for address in conflicts[:3])
    more = f" and {len(conflicts) - 3} more" if len(conflicts) > 3 else ""
    both = f" Both changed {names}{more}." if names else ""
    return Choose(
        "Changed by another program",
        f"{path} is no longer what was read here.{both} Which shall it be?",
        [
            (BOTH, "Keep both: put mine into a file beside it, then read it again"),
            (RELOAD, "Read the file again; what was not saved here is gone"),
            (MINE, "Keep mine; what the other program wrote is gone"),
        ],
        "Neither yet",
    )


def leaving(editor: BankEditor) -> Choose:
    """What becomes of changes that are not saved."""
    ways = [
        (SAVE, "Save and leave"),
        (LATER, "Leave; it waits here for the next time"),
        (THROW, "Leave and throw it away"),
    ]
    if editor.fault:
        del ways[1]
    message = f"What you changed is not in {editor.path} yet."
    return Choose("Not saved yet", message, ways, "Stay")
