"""The commands of ``interviewkit hub`` for its administrator, who needs no records."""

from pathlib import Path
from typing import TYPE_CHECKING

import click

from interviewkit.cli.output import AS_JSON, echo, print_json, print_rows
from interviewkit.errors import InterviewKitError
from interviewkit.interview.clock import local_day
from interviewkit.plurals import count_noun

if TYPE_CHECKING:
    from interviewkit.hub.administration import HubLogin
    from interviewkit.hub.invitation import HubInvitation

ADMIN = click.option(
    "--admin",
    "dsn",
    required=True,  # libpq would go to a database of this machine that nobody named
    envvar="INTERVIEWKIT_HUB_ADMIN",
    metavar="DSN",
    help="The hub's address as administrator (or set INTERVIEWKIT_HUB_ADMIN).",
)
ORGANISATION = click.option(
    "--organisation", default="", metavar="NAME", help="Which organisation, if the hub has several."
)


@click.command("create")
@click.argument("dsn", envvar="INTERVIEWKIT_HUB_ADMIN")
@click.option("--organisation", default="", metavar="NAME", help="The organisation's name.")
def create_hub(dsn: str, organisation: str) -> None:
    """Make a hub in the database that DSN names, or bring it up to date.

    DSN is such as postgresql://admin@db.example.com/hub; the administrator has to be
    allowed to create roles. The password comes from ~/.pgpass or PGPASSWORD.
    """
    from interviewkit.hub.administration import HubAdministration

    with HubAdministration(dsn) as administration:
        setup = administration.set_up(organisation)
    if setup.files:
        echo(f"The hub of {setup.organisation} is set up ({', '.join(setup.files)}).", err=True)
    else:
        echo(f"The hub of {setup.organisation} is up to date.", err=True)
    for guard in setup.missing_guards:
        echo(f"A superuser has to close {guard} to members; docs/hub.md has the lines.", err=True)


@click.command("add")
@click.argument("name")
@click.option(
    "--part",
    type=click.Choice(["interviewer", "recruiter"]),
    help="A recruiter reads every role and plans its interviews. Without this, a new member is an "
    "interviewer, and a member keeps their part.",
)
@click.option(
    "--also",
    "names",
    multiple=True,
    metavar="NAME",
    help="Another name they have in scorecards; can be repeated.",
)
@click.option("--host", default="", help="The server's name for members, if it differs from yours.")
@click.option(
    "--authority",
    type=click.Path(exists=True, dir_okay=False, path_type=Path),
    help="Certificates (PEM) that vouch for the server's, if the system does not know them.",
)
@ORGANISATION
@ADMIN
def add_hub_member(
    dsn: str,
    name: str,
    part: str | None,
    names: tuple[str, ...],
    host: str,
    authority: Path | None,
    organisation: str,
) -> None:
    """Let NAME in: prints an invitation for that person alone.

    NAME is what stands in their scorecards. The invitation can be used one time, within
    7 days. For somebody who is a member already it makes a new one.
    """
    from interviewkit.hub.administration import INVITATION_DAYS, HubAdministration
    from interviewkit.hub.invitation import invitation_text

    certificates = _certificates(authority)
    with HubAdministration(dsn) as administration:
        login = administration.add_member(name.strip(), part or "", names, organisation)
    echo(invitation_text(_invitation(login, host, certificates)))
    echo(
        f"Give this to {login.name} alone, in a way that nobody else can read. It is valid for "
        f"{INVITATION_DAYS} days and is for: interviewkit hub join -",
        err=True,
    )


def _invitation(login: "HubLogin", host: str, certificates: str) -> "HubInvitation":
    from interviewkit.hub.invitation import HubInvitation

    address = login.address
    return HubInvitation(
        host or address.host,
        address.port,
        address.database,
        address.login,
        login.password,
        login.organisation,
        login.name,
        certificates,
    )


def _certificates(path: Path | None) -> str:
    if path is None:
        return ""
    text = path.read_text(encoding="utf-8", errors="replace")
    if "BEGIN CERTIFICATE" not in text or "PRIVATE KEY" in text:
        raise InterviewKitError(
            f"{path} holds something other than certificates.",
            "Name the file of the authority's certificate in PEM, without any private key.",
        )
    return text


@click.command("off")
@click.argument("name")
@ORGANISATION
@ADMIN
def turn_hub_member_off(dsn: str, name: str, organisation: str) -> None:
    """Close the login of NAME now; their scorecards stay."""
    from interviewkit.hub.administration import HubAdministration

    with HubAdministration(dsn) as administration:
        administration.close_member(name, organisation)
    echo(f"{name} can no longer log in. What they wrote stays.", err=True)


@click.command("list")
@ORGANISATION
@ADMIN
@AS_JSON
def list_hub_members(dsn: str, organisation: str, *, as_json: bool) -> None:
    """List members with their part, whether they have joined, and their login."""
    from interviewkit.hub.administration import HubAdministration

    with HubAdministration(dsn) as administration:
        members = administration.members(organisation)
    if as_json:
        print_json([member._asdict() for member in members])
        return
    if not members:
        echo("The hub has no members yet.", err=True)
        return
    print_rows(
        [
            (
                member.name,
                member.part,
                _standing(member.joined_at, is_active=member.is_active),
                member.login,
            )
            for member in members
        ]
    )


def _standing(joined_at: str, *, is_active: bool) -> str:
    if not is_active:
        return "closed"
    return f"joined {local_day(joined_at)}" if joined_at else "invited"


@click.command("audit")
@click.option(
    "--limit",
    type=click.IntRange(1),
    default=100,
    show_default=True,
    metavar="N",
    help="The most entries to show.",
)
@ORGANISATION
@click.option(
    "--admin",
    "dsn",
    default="",
    envvar="INTERVIEWKIT_HUB_ADMIN",
    metavar="DSN",
    help="The hub's address as administrator (or set INTERVIEWKIT_HUB_ADMIN).",
)
@AS_JSON
@click.pass_context
def show_hub_audit(
    ctx: click.Context, dsn: str, organisation: str, limit: int, *, as_json: bool
) -> None:
    """Show who did what in the hub, the newest first.

    A recruiter sees everybody's, any other member their own; the administrator sees
    all with --admin.
    """
    if dsn:
        from interviewkit.hub.administration import HubAdministration

        with HubAdministration(dsn) as administration:
            entries = administration.audit(organisation, limit)
    else:
        from interviewkit.cli.context import open_store
        from interviewkit.hub.client import open_hub
        from interviewkit.workflows.hub_membership import hub_login

        with open_store(ctx, only_existing=True) as store:
            joined, password = hub_login(store)
        with open_hub(joined.address, password) as (hub, _):
            entries = hub.audit(limit)
    if as_json:
        names = ("at", "by", "action", "subject")
        print_json([dict(zip(names, entry, strict=True)) for entry in entries])
    elif entries:
        print_rows(entries)
    else:
        echo("Nothing has happened yet.", err=True)


@click.command("clean")
@ADMIN
def clean_hub(dsn: str) -> None:
    """Rewrite the hub's tables, so that none of their pages holds erased text.

    For the administrator, at night: members wait while it runs.
    """
    from interviewkit.hub.administration import HubAdministration

    with HubAdministration(dsn) as administration:
        count = administration.rewrite_tables()
    if not count:
        echo("No erased text is waiting to be cleaned.", err=True)
        return
    echo(f"Cleaned after {count_noun(count, 'erasure')}.", err=True)
    echo(
        "The write-ahead log and base backups hold the text until they expire: docs/hub.md.",
        err=True,
    )
