"""``plan import``: candidates and interviews out of tables and calendar invitations."""

from collections.abc import Iterator
from pathlib import Path
from typing import TYPE_CHECKING

import click

from interviewkit.cli.completers import (
    complete_bank_id,
    complete_candidate,
    complete_interviewer,
    complete_kit,
    complete_role,
)
from interviewkit.cli.context import open_store
from interviewkit.cli.output import echo, print_rows

if TYPE_CHECKING:
    from interviewkit.interview.plan import PlanEntry, ScheduleChange


@click.command("import")
@click.argument(
    "files", nargs=-1, required=True, metavar="FILE...", type=click.Path(path_type=Path)
)
@click.option(
    "--role",
    default="",
    metavar="TITLE",
    shell_complete=complete_role,
    help="The role, if the file does not name one.",
)
@click.option(
    "--candidate",
    default="",
    metavar="NAME",
    shell_complete=complete_candidate,
    help="The candidate, if an invitation does not name one.",
)
@click.option(
    "--interviewer",
    "interviewers",
    multiple=True,
    metavar="NAME",
    shell_complete=complete_interviewer,
    help="The interviewer, if an invitation does not name one; can be repeated.",
)
@click.option(
    "--domain",
    "domains",
    multiple=True,
    metavar="NAME",
    help="The domain of your own addresses, such as example.com; can be repeated.",
)
@click.option(
    "--bank",
    "bank_id",
    default="",
    metavar="ID",
    shell_complete=complete_bank_id,
    help="The question bank; plans its kit that the file names.",
)
@click.option(
    "--kit",
    "kit_id",
    default="",
    metavar="ID",
    shell_complete=complete_kit,
    help="One of its kits.",
)
@click.pass_context
def import_plan(
    ctx: click.Context,
    files: tuple[Path, ...],
    role: str,
    candidate: str,
    interviewers: tuple[str, ...],
    domains: tuple[str, ...],
    bank_id: str,
    kit_id: str,
) -> None:
    """Plan what is in each FILE: a table of candidates (.csv, .xlsx) or invitations (.ics).

    A table has the columns name, reference, role, round, interviewer, when; a row without an
    interviewer only makes the candidate. An invitation again, moved or cancelled, brings the plan
    up to date. Everything is planned, or nothing where a file or a name in it is unclear.
    """
    from interviewkit.intake.appointments import Circumstances
    from interviewkit.workflows.appointment_import import plan_from_files, read_plan_files

    circumstances = Circumstances(
        role=role,
        candidate=candidate,
        interviewers=interviewers,
        domains=frozenset(name.lower().lstrip("@") for name in domains),
        bank=bank_id,
        kit=kit_id,
        kits=_kits(bank_id, kit_id),
    )
    content = read_plan_files(files)
    with open_store(ctx) as store:
        imported = plan_from_files(store, content, circumstances)
    if imported.changes:
        print_rows([_line(entry, change) for entry, change in imported.changes], err=True)
    series = sum(item.is_series for item in content.invitations)
    if series:
        echo(f"{series} of the invitations are a series; only the first date counts.", err=True)
    if imported.candidates:
        echo(f"Candidates without an interviewer yet, added: {imported.candidates}.", err=True)
    echo(f"Planned: {_counts(imported.changes)}.", err=True)


def _kits(bank_id: str, kit_id: str) -> dict[str, str]:
    """Id → name of a bank's kits; NotFoundError for a bank or kit that there is not."""
    if not bank_id:
        if kit_id:
            raise click.UsageError("--kit goes with --bank.")
        return {}
    from interviewkit.banks.library import find_bank
    from interviewkit.banks.loader import read_bank

    bank = read_bank(find_bank(bank_id).path).bank
    if kit_id:
        bank.kit(kit_id)
    return {kit.id: kit.name for kit in bank.kits}


def _line(entry: "PlanEntry", change: "ScheduleChange") -> tuple[str, ...]:
    from interviewkit.interview.clock import local

    moment = f"{local(entry.starts_at):%Y-%m-%d %H:%M}" if entry.starts_at else "no time yet"
    people = (entry.candidate.name, entry.role.title, entry.interviewer.name)
    return (change.value, moment, *people, entry.kit or "any kit")


def _counts(changes: "list[tuple[PlanEntry, ScheduleChange]]") -> str:
    from interviewkit.interview.plan import ScheduleChange

    counts: Iterator[str] = (
        f"{count} {change.value}"
        for change in ScheduleChange
        if (count := sum(kind is change for _, kind in changes))
    )
    return ", ".join(counts) or "nothing"
