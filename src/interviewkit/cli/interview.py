"""``interviewkit interview``: straight to the live screen, new or resumed."""

from typing import TYPE_CHECKING

import click

from interviewkit.cli.completing import bank_ids, candidates, interviewers, kits, roles
from interviewkit.cli.opening import open_store, records_path, whoever
from interviewkit.cli.screen import refuse_without_terminal, show

if TYPE_CHECKING:
    from interviewkit.banks.reading import BankFile


def _named(ctx: click.Context, param: click.Parameter, value: str | None) -> str | None:
    if value is not None and not value.strip():
        raise click.BadParameter("is empty; type a name.")
    return value


@click.command()
@click.option(
    "--candidate", required=True, metavar="NAME", shell_complete=candidates, callback=_named
)
@click.option("--role", required=True, metavar="TITLE", shell_complete=roles, callback=_named)
@click.option(
    "--bank",
    "bank_id",
    required=True,
    metavar="ID",
    shell_complete=bank_ids,
    help="See `bank list`.",
)
@click.option(
    "--kit", "kit_id", required=True, metavar="ID", shell_complete=kits, help="See `bank show ID`."
)
@click.option(
    "--interviewer",
    metavar="NAME",
    shell_complete=interviewers,
    callback=_named,
    help="You, unless named.",
)
@click.pass_context
def interview(
    ctx: click.Context,
    candidate: str,
    role: str,
    bank_id: str,
    kit_id: str,
    interviewer: str | None,
) -> None:
    """Start an interview, or resume the one under way.

    The same candidate, role, bank, kit and interviewer give the same interview, at the same
    question with the same text, until it is submitted. An interview under way keeps the bank as
    it stood when it began, even when the file has changed since.
    """
    me = interviewer or whoever()
    names = {
        "candidate": candidate,
        "role": role,
        "interviewer": me,
        "bank": bank_id,
        "kit": kit_id,
    }
    begun = None
    if records_path(ctx).exists():
        with open_store(ctx) as store:
            begun = store.under_way(**names)
    if begun is None:
        # Before anything is written: a wrong name leaves no empty database behind.
        file, pages = _read(bank_id, kit_id)
        refuse_without_terminal()
        with open_store(ctx) as store:
            begun = store.start(**names, bank_text=(file.sha256, file.text), pages=pages)
    with open_store(ctx) as store:
        show(store, begun.id, me, keep=True)


def _read(bank_id: str, kit_id: str) -> tuple["BankFile", list[tuple[str, str | None]]]:
    """The bank's file, and the pages of its kit."""
    from interviewkit.banks.library import find_bank
    from interviewkit.banks.reading import read_bank
    from interviewkit.interview.progress import pages

    file = read_bank(find_bank(bank_id).path)
    return file, pages(file.bank, file.bank.kit(kit_id))
