"""``interviewkit hub follow``: which roles a recruiter's machine fetches."""

import click

from interviewkit.cli.context import open_store
from interviewkit.cli.output import AS_JSON, echo, print_json, print_rows
from interviewkit.plurals import count_noun


@click.command("follow")
@click.argument("roles", nargs=-1, metavar="[ROLE]...")
@click.option("--all", "every", is_flag=True, help="Fetch every role again.")
@AS_JSON
@click.pass_context
def follow_roles(ctx: click.Context, roles: tuple[str, ...], *, every: bool, as_json: bool) -> None:
    """Fetch these roles of the hub and no other, by title or id; without ROLE, list all.

    For a recruiter, who fetches every role otherwise. The roles named replace those of
    an earlier choice; a role that you own or interview for always comes. What has come
    before stays in your records.
    """
    from interviewkit.workflows.hub_follow import follow_hub_roles, role_choices

    if roles and every:
        raise click.UsageError("Name roles, or give --all.")
    with open_store(ctx, only_existing=True) as store:
        if roles or every:
            choices = follow_hub_roles(store, None if every else roles)
        else:
            choices = role_choices(store)
    if as_json:
        print_json([choice._asdict() for choice in choices])
        return
    if roles or every:
        count = sum(choice.is_followed for choice in choices)
        echo(
            f"From now on {count_noun(count, 'role')} of {len(choices)} will be fetched.", err=True
        )
        return
    if not choices:
        echo("The hub has no role that you may read.", err=True)
        return
    print_rows(
        [
            (
                choice.title,
                "followed" if choice.is_followed else "not followed",
                "your seat" if choice.has_seat else "",
                choice.id,
            )
            for choice in choices
        ]
    )
