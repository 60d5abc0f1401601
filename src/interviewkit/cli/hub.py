"""``interviewkit hub``: an organisation's hub on PostgreSQL, as a member of it."""

import sys
from pathlib import Path

import click

from interviewkit.cli.context import open_store
from interviewkit.cli.hub_administration import (
    add_hub_member,
    clean_hub,
    create_hub,
    list_hub_members,
    show_hub_audit,
    turn_hub_member_off,
)
from interviewkit.cli.lazy_group import Group
from interviewkit.cli.output import echo


@click.group("hub", cls=Group)
def hub() -> None:
    """Share roles by a PostgreSQL server that decides who reads what."""


@hub.group("member", cls=Group)
def hub_member() -> None:
    """Let people into the hub, and out again (administrator)."""


hub.add_command(create_hub)
hub_member.add_command(add_hub_member)
hub_member.add_command(turn_hub_member_off)
hub_member.add_command(list_hub_members)


@hub.command("join")
@click.argument("invitation")
@click.pass_context
def join(ctx: click.Context, invitation: str) -> None:
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
def leave(ctx: click.Context) -> None:
    """Belong to the hub no longer; what came from it stays in your records."""
    from interviewkit.hub.membership import forget_membership
    from interviewkit.workflows.hub_membership import joined_hub

    with open_store(ctx, only_existing=True) as store:
        joined, _ = joined_hub(store)
        forget_membership(store.path)
    echo(f"These records no longer belong to the hub of {joined.organisation}.", err=True)
    echo("The administrator closes your login: interviewkit hub member off", err=True)


hub.add_command(show_hub_audit)
hub.add_command(clean_hub)


def _invitation_text(named: str) -> str:
    if named == "-":
        return sys.stdin.read()
    path = Path(named)
    if len(named) < 256 and path.is_file():
        return path.read_text(encoding="utf-8", errors="replace")
    return named
