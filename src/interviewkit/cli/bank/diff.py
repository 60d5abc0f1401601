"""``interviewkit bank diff``: how two banks differ."""

from itertools import groupby
from typing import TYPE_CHECKING

import click

from interviewkit.cli.bank.argument import bank_named
from interviewkit.cli.completers import complete_bank_id_or_file
from interviewkit.cli.output import AS_JSON, Styled, echo, print_json
from interviewkit.plurals import count_noun

if TYPE_CHECKING:
    from collections.abc import Sequence

    from interviewkit.banks.diff import BankChange

# Signs that stand in no bank, so that no colour is needed to tell what is gone from what is new.
_MARKS = {"same": ("", ""), "gone": ("[-", "-]"), "new": ("{+", "+}")}
_COLOURS = {"same": None, "gone": "red", "new": "green"}


@click.command("diff")
@click.argument("old", metavar="A", shell_complete=complete_bank_id_or_file)
@click.argument("new", metavar="B", shell_complete=complete_bank_id_or_file)
@AS_JSON
def diff(old: str, new: str, as_json: bool) -> None:
    """Show how bank B differs from bank A. Give ids, or paths of files.

    In a reworded text, [-removed words-] and {+added words+} are marked. Exits with 0 whether
    or not the banks differ.
    """
    from interviewkit.banks.diff import diff_banks

    changes = diff_banks(bank_named(old).bank, bank_named(new).bank)
    if as_json:
        print_json([_as_json(change) for change in changes])
        return
    print_bank_changes(changes)


def print_bank_changes(changes: "Sequence[BankChange]") -> None:
    """Each change under its group, and how many there are on stderr."""
    for group, members in groupby(changes, key=lambda change: change.group):
        echo(group)
        for change in members:
            _print_change(change)
    echo(f"{count_noun(len(changes), 'difference') if changes else 'No difference'}.", err=True)


def _print_change(change: "BankChange") -> None:
    from interviewkit.banks.word_diff import compare_words

    echo(f"  {change.what}")
    if change.is_rewording:
        pieces: list[object] = []
        for run in compare_words(change.old or "", change.new or ""):
            start, end = _MARKS[run.state]
            pieces += [" ", Styled(f"{start}{run.text}{end}", _COLOURS[run.state])]
        echo("     ", *pieces)
    elif change.old is None or change.new is None:
        text = change.new if change.old is None else change.old
        if text:
            echo(f"      {text}")


def _as_json(change: "BankChange") -> dict[str, object]:
    """With the runs of words where two texts differ, [] elsewhere."""
    from interviewkit.banks.word_diff import compare_words

    runs = compare_words(change.old, change.new) if change.old and change.new else []
    return {
        "group": change.group,
        "id": change.id,
        "what": change.what,
        "old": change.old,
        "new": change.new,
        "words": [{"state": run.state, "text": run.text} for run in runs],
    }
