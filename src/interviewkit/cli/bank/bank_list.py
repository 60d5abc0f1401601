"""``interviewkit bank list``, which imports less than the commands that read a bank."""

import sys
from collections.abc import Iterable
from pathlib import Path

import click

from interviewkit.banks.library import BankLocation, banks, drafts_folder, users_folder
from interviewkit.banks.summaries import summarize_banks
from interviewkit.cli.output import AS_JSON, echo, echo_text, print_json
from interviewkit.errors import InterviewKitError


@click.command("list")
@AS_JSON
def list_banks(as_json: bool) -> None:
    """List every bank there is; a bank that cannot be used is listed with its error."""
    rows, broken = [], []
    locations = banks()
    for location, summary in summarize_banks(locations):
        if isinstance(summary, InterviewKitError):
            broken.append(summary)
        else:
            row = {**summary._asdict(), "shipped": location.shipped, "path": str(location.path)}
            rows.append(row)
    if as_json:
        print_json(rows)
    else:
        for row in rows:
            kits = ", ".join(row["kits"])
            echo(f"{row['id']}  {row['title']}, {row['questions']} questions; kits: {kits}")
    for fault in broken:
        echo_text(str(fault), err=True)
    for path in _not_saved(locations):
        echo(f"The workshop has changes of {path} that are not saved.", err=True)
    if broken:
        sys.exit(1)


def _not_saved(locations: Iterable[BankLocation]) -> list[Path]:
    """Files of banks that have changes in the workshop, or that are only there yet."""
    if not drafts_folder().is_dir():
        return []
    from interviewkit.banks.autosave import is_waiting, unsaved_new_banks

    begun = [item.bank for item in unsaved_new_banks(users_folder())]
    return [item.path for item in locations if is_waiting(item.path)] + begun
