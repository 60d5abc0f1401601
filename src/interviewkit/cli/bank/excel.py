"""``interviewkit bank to-xlsx`` and ``from-xlsx``."""

from pathlib import Path
from typing import Any

import click

from interviewkit import files
from interviewkit.cli.bank.argument import bank_named
from interviewkit.cli.completers import complete_bank_id_or_file
from interviewkit.cli.output import echo
from interviewkit.errors import InterviewKitError

_FILE = click.Path(path_type=Path)


@click.command("to-xlsx")
@click.argument("bank_id", metavar="ID", shell_complete=complete_bank_id_or_file)
@click.argument("out", type=_FILE)
def to_xlsx(bank_id: str, out: Path) -> None:
    """Write a bank as a workbook to edit in Excel or LibreOffice.

    ID is the bank's, or the path of its file.
    """
    from interviewkit.banks.workbook.writer import write_spreadsheet

    file = bank_named(bank_id)
    with files.replace_file(out, private=False) as target:
        write_spreadsheet(target, file)
    echo(f"{out} holds the bank {bank_id}; its first sheet says how to edit it.", err=True)


@click.command("from-xlsx")
@click.argument("workbook", metavar="IN", type=_FILE)
@click.argument("out", type=_FILE)
def from_xlsx(workbook: Path, out: Path) -> None:
    """Write a workbook's bank to a YAML file; comments and order of an existing one are kept.

    Nothing is written while anything in the workbook is wrong.
    """
    from interviewkit.banks.document import Draft
    from interviewkit.banks.fresh import first_text
    from interviewkit.banks.inheritance.override_diff import normalize_lists
    from interviewkit.banks.loader import values_of
    from interviewkit.banks.workbook.reader import read_spreadsheet

    data, extends, remarks = read_spreadsheet(workbook)
    is_new = not out.exists()
    draft = Draft.of(first_text(data, extends), out) if is_new else Draft.open(out)
    values_before = {} if is_new else values_of(draft.text, out)
    if not is_new or extends:
        draft.rewrite(data)
    if draft.findings:
        raise InterviewKitError(
            f"{out} would not be a valid bank; nothing was written.",
            "\n".join(map(str, draft.findings)),
        )
    if normalize_lists(values_of(draft.text, out)) != normalize_lists(data):
        raise InterviewKitError(
            "The rows that come from the base are not in the base's order.",
            "Put the grey rows back in their order, then your own rows. Nothing was written.",
        )
    state = "written" if is_new else "changed" if draft.is_changed else "unchanged"
    if is_new or draft.is_changed:
        draft.save()
    for line in (*remarks, *([] if is_new else _differences(values_before, data))):
        echo(line, err=True)
    echo(f"{out} is {state}.", err=True)


def _differences(old_values: Any, new_values: Any) -> list[str]:
    """Ids that came and went, in words: a renamed one is both."""
    lines = []
    for name in ("competencies", "questions", "kits"):
        old, new = (
            [item["id"] for item in data.get(name) or []] for data in (old_values, new_values)
        )
        lines += [f"{name}: {item} is taken away" for item in old if item not in new]
        lines += [f"{name}: {item} is new" for item in new if item not in old]
    return lines
