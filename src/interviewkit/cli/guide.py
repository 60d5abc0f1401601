"""``interviewkit guide``: a kit of a bank as a guide on paper."""

from pathlib import Path
from typing import TYPE_CHECKING

import click

from interviewkit.cli.bank.argument import bank_named
from interviewkit.cli.completers import complete_bank_id_or_file, complete_kit
from interviewkit.cli.context import records_path
from interviewkit.cli.output import count_noun, echo
from interviewkit.errors import InterviewKitError

if TYPE_CHECKING:
    from interviewkit.export.guide.content import Guide, Paper

_ENDINGS = (".html", ".docx")


@click.command("guide")
@click.argument("bank_id", metavar="BANK", shell_complete=complete_bank_id_or_file)
@click.argument("kit_id", metavar="KIT", shell_complete=complete_kit)
@click.option(
    "-o",
    "--output",
    "target",
    required=True,
    type=click.Path(path_type=Path),
    metavar="FILE",
    help="The file: .html to print, .docx to edit first.",
)
@click.option(
    "--paper",
    type=click.Choice(["a4", "letter"]),
    help="Paper size (default: A4, or Letter if the bank is only for the US and Canada).",
)
@click.pass_context
def guide(
    ctx: click.Context, bank_id: str, kit_id: str, target: Path, paper: "Paper | None"
) -> None:
    """Write a printable interview guide for a KIT of a BANK (its id, or its file).

    A page for each question, with its anchors, its probes and room for notes; how to use the
    guide, what not to ask, and a page for the recommendation. An existing file is replaced.
    """
    ending = target.suffix.lower()
    if ending not in _ENDINGS:
        raise InterviewKitError(
            f"{target} does not end in .html or .docx.",
            "End the name in .html for a page to print, or in .docx for Word.",
        )
    from interviewkit.export.guide.content import make_guide as guide_for
    from interviewkit.export.private_file import replace_private_file

    document = guide_for(bank_named(bank_id).bank, kit_id)
    content = _content(document, ending, paper or document.paper)
    with replace_private_file(target, records_path(ctx)) as file:
        file.write(content)
    echo(f"Wrote {target}: {count_noun(len(document.sheets), 'question')}.", err=True)
    if document.words.language != document.bank.language:
        echo(
            f"Words that do not come from the bank are in "
            f"English: there is no translation for {document.bank.language} yet.",
            err=True,
        )


def _content(document: "Guide", ending: str, paper: "Paper") -> bytes:
    if ending == ".html":
        from interviewkit.export.guide.html import guide_html

        return guide_html(document, paper).encode()
    from interviewkit.export.guide.docx import as_docx

    return as_docx(document, paper)
