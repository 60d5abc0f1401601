"""``interviewkit bank from-list``: questions in somebody's own file to a bank."""

import sys
from pathlib import Path
from typing import TYPE_CHECKING

import click

from interviewkit import files
from interviewkit.cli.bank.argument import refuse_bank_path
from interviewkit.cli.output import echo
from interviewkit.errors import InterviewKitError
from interviewkit.plurals import count_noun
from interviewkit.shell_line import shell_command

if TYPE_CHECKING:
    from interviewkit.intake.question_list import Unplaced

STDIO = "-"
_LISTED = 20  # lines that could not be placed, before the rest is counted


@click.command("from-list")
@click.argument("file", type=click.Path(path_type=Path, allow_dash=True))
@click.argument("out", type=click.Path(path_type=Path))
@click.option("--title", default="", metavar="TEXT", help="The bank's title; else the list's own.")
@click.option(
    "--language",
    default="",
    metavar="CODE",
    help="Two letters, such as de; else German or English by its words.",
)
def from_list(file: Path, out: Path, title: str, language: str) -> None:
    """Make a bank from a list of questions: .csv, .xlsx, .md, .docx or text (- is stdin).

    Removes numbers, bullets and repeats, and counts them. Marks TO WRITE what the list does not
    say; lists the lines that fit no field, and keeps them as comments at the end of the bank.
    """
    from interviewkit.banks.templates import id_from_title
    from interviewkit.intake import list_import
    from interviewkit.intake.foreign_text import decode_text

    refuse_bank_path(out)
    if language and not (len(language) == 2 and language.isascii() and language.islower()):
        raise InterviewKitError(f"{language!r} is no language.", "Give two letters, such as en.")
    if str(file) == STDIO:
        listed = list_import.list_in_text(decode_text(sys.stdin.buffer.read()))
    else:
        listed = list_import.list_in_file(file)
    draft = list_import.make_bank(listed, id_from_title(out.stem), title.strip(), language)
    with files.replace_file(out, private=False) as target:
        target.write(draft.text.encode())
    for line in list_import.summary_lines(listed, draft):
        echo(line, err=True)
    _name_unplaced(draft.unplaced)
    check = shell_command("bank", "check", names=[str(out)])
    echo(f"Wrote {out}. Check it with: {check}", err=True)


def _name_unplaced(unplaced: "tuple[Unplaced, ...]") -> None:
    if not unplaced:
        return
    lines = count_noun(len(unplaced), "line")
    echo(f"Not placed: {lines}, kept as comments at the end of the bank.", err=True)
    for entry in unplaced[:_LISTED]:
        text = entry.text if len(entry.text) <= 80 else f"{entry.text[:79]}…"
        echo(f"  {entry.location}: {text} ({entry.reason.partition('.')[0]})", err=True)
    if len(unplaced) > _LISTED:
        echo(f"  and {len(unplaced) - _LISTED} more", err=True)
