"""``interviewkit plan``: who will interview whom."""

from typing import TYPE_CHECKING

import click

from interviewkit.cli.completers import (
    complete_bank_id,
    complete_candidate,
    complete_interviewer,
    complete_kit,
    complete_role,
)
from interviewkit.cli.context import open_store, viewer
from interviewkit.cli.lazy_group import Group
from interviewkit.cli.output import echo, print_json, print_rows
from interviewkit.cli.plan_import import import_plan
from interviewkit.interview.people import RecordKind

if TYPE_CHECKING:
    from interviewkit.interview.plan import PlanEntry
KINDS = [kind.value for kind in RecordKind]


@click.group("plan", cls=Group)
def plan() -> None:
    """Who will interview whom; what is planned blinds like an interview under way."""


plan.add_command(import_plan)


@plan.command("add")
@click.option(
    "--candidate",
    required=True,
    metavar="NAME",
    shell_complete=complete_candidate,
    help="Who will be interviewed.",
)
@click.option(
    "--role",
    required=True,
    metavar="TITLE",
    shell_complete=complete_role,
    help="What they are to become.",
)
@click.option(
    "--interviewer", metavar="NAME", shell_complete=complete_interviewer, help="You, unless named."
)
@click.option(
    "--bank",
    "bank_id",
    default="",
    metavar="ID",
    shell_complete=complete_bank_id,
    help="The question bank, if it is chosen.",
)
@click.option(
    "--kit",
    "kit_id",
    default="",
    metavar="ID",
    shell_complete=complete_kit,
    help="One of its kits, if it is chosen.",
)
@click.option(
    "--reference",
    default="",
    metavar="TEXT",
    help="The candidate's e-mail or number; one that nobody has makes a new candidate.",
)
@click.option(
    "--new",
    "new_kinds",
    multiple=True,
    type=click.Choice(KINDS),
    help="This one is new, though the name is another's or nearly so; may be given again.",
)
@click.pass_context
def add_to_plan(
    ctx: click.Context,
    candidate: str,
    role: str,
    interviewer: str | None,
    bank_id: str,
    kit_id: str,
    reference: str,
    new_kinds: tuple[str, ...],
) -> None:
    """Plan an interview of a candidate for a role.

    Who is named is given by name, reference or id; a name that is new makes a new record.
    """
    from interviewkit.cli.named_records import settled_name

    _check_kit(bank_id, kit_id)
    with open_store(ctx) as store:
        named = {
            RecordKind.CANDIDATE: candidate,
            RecordKind.ROLE: role,
            RecordKind.PERSON: interviewer or viewer(store, None).name,
        }
        settled_kinds = [*new_kinds, *(["candidate"] if reference else [])]
        settled = {
            kind.value: settled_name(store, kind, text, is_new=kind.value in settled_kinds)
            for kind, text in named.items()
        }
        entry = store.planning().add(
            candidate=settled["candidate"],
            role=settled["role"],
            interviewer=settled["person"],
            bank=bank_id,
            kit=kit_id,
            reference=reference,
            new=[RecordKind(kind) for kind in new_kinds],
        )
    echo(f"Planned: {_words(entry)}. Its id: {entry.id}", err=True)


@plan.command("list")
@click.option("--cancelled", is_flag=True, help="Those that were cancelled, too.")
@click.option("--json", "as_json", is_flag=True, help="One JSON list on stdout.")
@click.pass_context
def list_plan(ctx: click.Context, *, cancelled: bool, as_json: bool) -> None:
    """List what is planned."""
    with open_store(ctx, only_existing=True) as store:
        entries = store.planning().entries(cancelled=cancelled)
    if as_json:
        print_json([_data(entry) for entry in entries])
    elif not entries:
        echo("Nothing is planned.", err=True)
    else:
        print_rows(
            [
                (
                    entry.candidate.name,
                    entry.role.title,
                    entry.interviewer.name,
                    entry.kit or "any kit",
                    entry.words,
                    entry.id,
                )
                for entry in entries
            ]
        )


@plan.command("cancel")
@click.argument("entry_id", metavar="ID")
@click.pass_context
def cancel(ctx: click.Context, entry_id: str) -> None:
    """Cancel the entry with this ID; it stays in the plan as cancelled."""
    with open_store(ctx, only_existing=True) as store:
        door = store.planning()
        entry = door.cancel(door.entry(entry_id))
    echo(f"Cancelled: {_words(entry)}.", err=True)


def _check_kit(bank_id: str, kit_id: str) -> None:
    """NotFoundError for a bank or kit that does not exist: nobody could hold the interview."""
    if kit_id and not bank_id:
        raise click.UsageError("--kit goes with --bank.")
    if bank_id:
        from interviewkit.banks.library import find_bank
        from interviewkit.banks.loader import read_bank

        bank = read_bank(find_bank(bank_id).path).bank
        if kit_id:
            bank.kit(kit_id)


def _words(entry: "PlanEntry") -> str:
    return f"{entry.interviewer.name} interviews {entry.candidate.name} for {entry.role.title}"


def _data(entry: "PlanEntry") -> dict[str, object]:
    return {
        "id": entry.id,
        "role": {"id": entry.role.id, "title": entry.role.title},
        "candidate": entry.candidate._asdict(),
        "interviewer": {"id": entry.interviewer.id, "name": entry.interviewer.name},
        "bank": entry.bank,
        "kit": entry.kit,
        "state": entry.words,
        "at": entry.at,
        "starts_at": entry.starts_at,
    }
