"""``interviewkit bank diff``: how two banks differ."""

from dataclasses import asdict
from itertools import groupby

import click

from interviewkit.cli.bank.argument import bank_named
from interviewkit.cli.completers import complete_bank_id_or_file
from interviewkit.cli.output import AS_JSON, echo, print_json


@click.command("diff")
@click.argument("old", metavar="A", shell_complete=complete_bank_id_or_file)
@click.argument("new", metavar="B", shell_complete=complete_bank_id_or_file)
@AS_JSON
def diff(old: str, new: str, as_json: bool) -> None:
    """Show how bank B differs from bank A. Give ids, or paths of files.

    Exits with 0 whether or not they differ.
    """
    from interviewkit.banks.diff import diff_banks

    changes = diff_banks(bank_named(old).bank, bank_named(new).bank)
    if as_json:
        print_json([asdict(difference) for difference in changes])
        return
    for group, members in groupby(changes, key=lambda change: change.group):
        echo(group)
        for difference in members:
            echo(f"  {difference.what}")
    count = f"{len(changes)} difference{'' if len(changes) == 1 else 's'}"
    echo(f"{count if changes else 'No difference'}.", err=True)
