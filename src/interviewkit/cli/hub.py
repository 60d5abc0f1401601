"""``interviewkit hub``: an organisation's hub on PostgreSQL, as a member of it."""

import sys
from pathlib import Path

import click

from interviewkit.cli.completers import complete_candidate
from interviewkit.cli.context import open_store
from interviewkit.cli.hub_administration import (
    add_hub_member,
    clean_hub,
    create_hub,
    list_hub_members,
    show_hub_audit,
    turn_hub_member_off,
)
from interviewkit.cli.hub_follow import follow_roles
from interviewkit.cli.lazy_group import Group
from interviewkit.cli.output import echo, print_json
from interviewkit.cli.shared_options import join_options
from interviewkit.interview.erasure import Why


@click.group("hub", cls=Group)
def hub() -> None:
    """Share roles through a PostgreSQL server that decides who reads what."""


@hub.group("member", cls=Group)
def hub_member() -> None:
    """Add members to the hub and close their logins (administrator)."""


hub.add_command(create_hub)
hub_member.add_command(add_hub_member)
hub_member.add_command(turn_hub_member_off)
hub_member.add_command(list_hub_members)


@hub.command("join")
@click.argument("invitation")
@click.pass_context
def join_with_invitation(ctx: click.Context, invitation: str) -> None:
    """Join the hub that INVITATION names: its text, a file that holds it, or - for stdin.

    Your login gets a password of its own, which is kept in the system's keyring, or in
    a private file beside your records. The invitation opens nothing afterwards.
    """
    from interviewkit.workflows.hub_membership import join_hub

    with open_store(ctx) as store:
        joined = join_hub(store, _invitation_text(invitation))
    echo(f"You are in the hub of {joined.organisation} as {joined.name}, {joined.part}.", err=True)
    echo("Fetch what is there for you: interviewkit hub sync", err=True)


@hub.command("leave")
@click.pass_context
def leave_hub(ctx: click.Context) -> None:
    """Leave the hub; what came from it stays in your records."""
    from interviewkit.workflows.hub_membership import end_hub_membership

    with open_store(ctx, only_existing=True) as store:
        joined = end_hub_membership(store)
    echo(f"These records no longer belong to the hub of {joined.organisation}.", err=True)
    echo("The administrator closes your login: interviewkit hub member off", err=True)


@hub.command("sync")
@join_options
@click.option("--json", "as_json", is_flag=True, help="The report as one JSON object on stdout.")
@click.pass_context
def sync_with_hub(
    ctx: click.Context, same: tuple[tuple[str, str], ...], *, apart: bool, as_json: bool
) -> None:
    """Send what waits, take in what is new for you, and carry out erasures."""
    from interviewkit.cli.team_output import say_reasons, say_sync_report, sync_report_data
    from interviewkit.workflows.hub_status import waiting_reasons
    from interviewkit.workflows.hub_sync import sync_hub

    with open_store(ctx, only_existing=True) as store:
        report = sync_hub(store, dict(same), apart=apart)
        reasons = waiting_reasons(store)
    if as_json:
        print_json({**sync_report_data(report), "reasons": reasons})
        return
    say_sync_report(report)
    if not report.problem:
        say_reasons(reasons)


@hub.command("status")
@click.option("--json", "as_json", is_flag=True, help="One JSON object on stdout.")
@click.pass_context
def show_hub_status(ctx: click.Context, *, as_json: bool) -> None:
    """Show who you are in the hub, its roles, what waits, and who has erased what."""
    from interviewkit.cli.team_output import hub_status_data, say_hub_status
    from interviewkit.workflows.hub_status import hub_status

    with open_store(ctx, only_existing=True) as store:
        status = hub_status(store)
    if as_json:
        print_json(hub_status_data(status))
    else:
        say_hub_status(status)


@hub.command("erase")
@click.argument("candidate", shell_complete=complete_candidate)
@click.option(
    "--why",
    type=click.Choice([why.value for why in Why]),
    default=Why.REQUEST.value,
    show_default=True,
    help="The reason, which the receipts state.",
)
@click.option("--yes", is_flag=True, help="Do it; without this, only say what would happen.")
@click.pass_context
def erase_everywhere(ctx: click.Context, candidate: str, why: str, *, yes: bool) -> None:
    """Erase CANDIDATE in the hub, here, and on every member's machine at its next sync.

    For the owner of the candidate's roles, or a recruiter.
    """
    from interviewkit.cli.team_output import say_sync_report
    from interviewkit.workflows.hub_membership import joined_hub
    from interviewkit.workflows.hub_sync import erase_in_hub

    with open_store(ctx, only_existing=True) as store:
        joined = joined_hub(store)
        person = store.candidate(candidate)
        if not yes:
            echo(
                f"Would erase {person.name} in the hub of {joined.organisation} and here; every "
                "other member's machine follows at its next sync.",
                err=True,
            )
            echo("Nothing was erased. Add --yes to do it.", err=True)
            return
        report = erase_in_hub(store, person, Why(why))
    say_sync_report(report)
    echo("Who has erased it: interviewkit hub status. What is left: docs/hub.md.", err=True)


hub.add_command(follow_roles)
hub.add_command(show_hub_audit)
hub.add_command(clean_hub)


def _invitation_text(named: str) -> str:
    if named == "-":
        return sys.stdin.read()
    path = Path(named)
    if len(named) < 256 and path.is_file():
        return path.read_text(encoding="utf-8", errors="replace")
    return named
