"""``interviewkit bank new``: begin a bank of one's own."""

import os
import sys
from pathlib import Path

import click

from interviewkit.banks.library import find_bank, users_folder
from interviewkit.cli.bank.argument import refuse_bank_path
from interviewkit.cli.output import ask, echo
from interviewkit.errors import InterviewKitError
from interviewkit.shell_line import shell_command


@click.command("new")
@click.argument("path", type=click.Path(path_type=Path))
@click.option("--from", "base", metavar="ID", help="Build on this bank instead of the template.")
@click.option("--yes", is_flag=True, help="Ask nothing; take the template as it is.")
def new_bank(path: Path, base: str | None, yes: bool) -> None:
    """Start a bank of your own at PATH, which must not exist yet.

    A name without a folder and without .yaml puts it where interviews find your banks. In a
    terminal it asks for a title, two competencies and a first question. The JSON Schema that
    editors check with is put beside the bank when it is not there.

    Then edit the file, or press b on the home screen, and run `bank check`. `interview` takes the
    bank by its id, which `bank list` shows.
    """
    from interviewkit.banks import templates
    from interviewkit.banks.loader import parse_bank, read_bank
    from interviewkit.banks.schema import FILE_NAME, schema_text

    folder = users_folder()
    if path.name == str(path) and not path.suffix:
        path = folder / f"{path}.yaml"
    refuse_bank_path(path)
    bank_id = templates.id_from_title(path.stem)
    if base:
        of = read_bank(find_bank(base, shipped_only=base == bank_id).path).bank
        text = templates.extending(bank_id, base, of.title)
    else:
        is_asked = sys.stdin.isatty() and not yes
        text = _ask_for_template(bank_id) if is_asked else templates.from_template(bank_id)
        parse_bank(text, str(path))  # never write what cannot be used
    _write(path, text)
    beside = path.with_name(FILE_NAME)
    if not os.path.lexists(beside):
        _write(beside, schema_text())
    check = shell_command("bank", "check", names=[str(path)])
    echo(f"Wrote {path}. Check it with: {check}", err=True)
    if path.resolve().parent != folder.resolve():
        named = shell_command("bank", "new", names=[bank_id])
        echo(f"Interviews find banks in {folder}; this begins one there: {named}", err=True)


def _ask_for_template(bank_id: str) -> str:
    """Answers go to stderr's side of the talk; an empty one keeps the template's words."""
    from interviewkit.banks import templates

    title = ask("Title of the bank", default=bank_id)
    names = [
        ask("First competency", default="Keeping one's word"),
        ask("Second competency", default="Learning"),
    ]
    question = ask("First question (empty: an example)", default="")
    return templates.guided_template(bank_id, title, names, question)


def _write(path: Path, text: str) -> None:
    try:
        if path.parent == users_folder():
            path.parent.mkdir(parents=True, exist_ok=True)
        with path.open("x", encoding="utf-8", newline="\n") as file:
            file.write(text)
    except OSError as error:
        raise InterviewKitError(
            f"{path} cannot be written: {error.strerror or error}.",
            "Name a file in a folder you may write to.",
        ) from error
