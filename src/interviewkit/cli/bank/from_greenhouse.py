"""``interviewkit bank from-greenhouse``: interview kits of Greenhouse to a bank."""

from pathlib import Path
from typing import TYPE_CHECKING

import click

from interviewkit import files
from interviewkit.cli.bank.argument import refuse_bank_path
from interviewkit.cli.output import echo
from interviewkit.plurals import count_noun
from interviewkit.shell_line import shell_command

if TYPE_CHECKING:
    from interviewkit.intake.greenhouse_json import Placed


@click.command("from-greenhouse")
@click.argument(
    "paths", nargs=-1, required=True, metavar="FILE... OUT", type=click.Path(path_type=Path)
)
@click.option("--title", default="", metavar="TEXT", help="The bank's title.")
def bank_from_greenhouse(paths: tuple[Path, ...], title: str) -> None:
    """Make the bank OUT from the interview kits in each FILE of Greenhouse's JSON.

    An interview is a kit with its minutes; anchors and probes, which Greenhouse does not have, are
    marked TO WRITE.
    """
    from interviewkit.banks.templates import id_from_title
    from interviewkit.intake import greenhouse_json, greenhouse_kits

    *sources, out = paths
    if not sources:
        raise click.UsageError("Name a file of Greenhouse and the bank to write.")
    refuse_bank_path(out)
    items: list[Placed] = []
    for file in sources:
        items += greenhouse_json.read_objects(file, greenhouse_kits.has_kits)[0]
    bank_id = id_from_title(out.stem)
    kit_bank = greenhouse_kits.kits_bank(items, bank_id, title.strip() or bank_id)
    with files.replace_file(out, private=False) as target:
        target.write(kit_bank.text.encode())
    for entry in kit_bank.unplaced[:20]:
        echo(f"Not placed: {entry.location}: {entry.text} ({entry.reason})", err=True)
    if len(kit_bank.unplaced) > 20:
        echo(f"and {len(kit_bank.unplaced) - 20} more, as comments in the bank", err=True)
    echo(
        f"Wrote {out}: {count_noun(kit_bank.kits, 'kit')}, "
        f"{count_noun(kit_bank.questions, 'question')}. "
        f"Check it with: {shell_command('bank', 'check', names=[str(out)])}",
        err=True,
    )
