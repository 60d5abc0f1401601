"""``interviewkit role``: who owns a role, who sees what of it, and how long it is kept."""

import click

from interviewkit.cli.completers import complete_interviewer, complete_role
from interviewkit.cli.context import open_store, viewer
from interviewkit.cli.lazy_group import Group
from interviewkit.cli.named_records import add_record_commands
from interviewkit.cli.output import echo, print_json, print_rows
from interviewkit.cli.shared_options import interviewer_option
from interviewkit.interview.clock import local_day
from interviewkit.interview.people import RecordKind
from interviewkit.interview.role_settings import RoleSettings, Visibility
from interviewkit.plurals import count_noun

_UNSET = ("place", "months", "decided", "hold")


@click.group("role", cls=Group)
def role() -> None:
    """Set who owns a role, what its interviewers see, and how long records are kept."""


@role.command("list")
@click.option("--json", "as_json", is_flag=True, help="One JSON list on stdout.")
@click.pass_context
def list_roles(ctx: click.Context, *, as_json: bool) -> None:
    """List the roles with their settings."""
    with open_store(ctx, only_existing=True) as store:
        door = store.retention()
        rows = [(role_record, door.settings(role_record)) for role_record in store.roles()]
    if as_json:
        print_json(
            [
                {"id": role_record.id, "role": role_record.title, **settings._asdict()}
                for role_record, settings in rows
            ]
        )
    elif not rows:
        echo("There are no roles yet.", err=True)
    else:
        print_rows(
            [
                (
                    role_record.title,
                    f"owner {settings.owner or 'nobody'}",
                    f"interviewers see {_visibility_words(settings)}",
                    _period_words(settings),
                )
                for role_record, settings in rows
            ]
        )


@role.command("show")
@click.argument("title", shell_complete=complete_role)
@click.option("--json", "as_json", is_flag=True, help="One JSON object on stdout.")
@click.pass_context
def show_role(ctx: click.Context, title: str, *, as_json: bool) -> None:
    """Show a role's settings and every change to them."""
    with open_store(ctx, only_existing=True) as store:
        role_record = store.role(title)
        door = store.retention()
        settings, history = door.settings(role_record), door.history(role_record)
    if as_json:
        changes = [change._asdict() for change in history]
        print_json({"role": role_record.title, **settings._asdict(), "changes": changes})
        return
    echo(f"{role_record.title} · owner {settings.owner or 'nobody'}")
    echo(f"  interviewers see {_visibility_words(settings)}")
    echo(f"  {_period_words(settings)}")
    if settings.decided:
        echo(f"  decided on {settings.decided}")
    for change in history:
        old, new = (_value_words(change.what, text) for text in (change.before, change.after))
        line = f"  {local_day(change.at)} {change.by}: {change.what} {old} → {new}"
        echo(line)


@role.command("set")
@click.argument("title", shell_complete=complete_role)
@click.option(
    "--owner",
    metavar="NAME",
    shell_complete=complete_interviewer,
    help="The person who sees everything and changes these settings.",
)
@click.option(
    "--visibility",
    type=click.Choice(["own", "after-own", "all"]),
    help="What the other interviewers see of each other's scorecards.",
)
@click.option("--place", metavar="PLACE", help="Whose retention rule counts; see data retention.")
@click.option(
    "--months",
    type=int,
    metavar="N",
    help="How many months to keep records, instead of the place's period.",
)
@click.option("--decided", metavar="YYYY-MM-DD", help="The day of the hiring decision.")
@click.option(
    "--hold",
    metavar="REASON",
    help="Begin a legal hold, with the reason: nothing is erased until it ends.",
)
@click.option(
    "--no-owner", is_flag=True, help="Remove the owner: the role is open to everyone again."
)
@click.option("--no-place", is_flag=True, help="Remove the place.")
@click.option("--no-months", is_flag=True, help="Use the place's period again.")
@click.option("--no-decided", is_flag=True, help="Remove the day of the decision.")
@click.option("--no-hold", is_flag=True, help="End the legal hold.")
@click.option(
    "--team/--no-team",
    "shared",
    default=None,
    help="Share the role with your team, or send nothing more of it.",
)
@interviewer_option("Set it as this person (default: you).")
@click.pass_context
def set_(
    ctx: click.Context,
    /,
    title: str,
    interviewer: str | None,
    visibility: str | None,
    shared: bool | None,
    **choices: str | int | bool | None,
) -> None:
    """Change a role's settings; options you do not give leave theirs as they are.

    Once a role has an owner, only the owner changes its settings.
    """
    with open_store(ctx, only_existing=True) as store:
        role_record = store.role(title)
        door = store.retention()
        settings = _apply_choices(door.settings(role_record), choices)
        if visibility:
            settings = settings._replace(visibility=Visibility(visibility.replace("-", "_")))
        if shared is not None:
            settings = settings._replace(shared=shared)
        settings = door.change(role_record, settings, viewer(store, interviewer).name)
    echo(
        f"{role_record.title}: owner {settings.owner or 'nobody'}, interviewers see "
        f"{_visibility_words(settings)}, {_period_words(settings)}"
        f"{', shared with your team' * settings.shared}.",
        err=True,
    )


def _apply_choices(
    settings: RoleSettings, choices: dict[str, str | int | bool | None]
) -> RoleSettings:
    values: dict[str, str | int | None] = {}
    for name in ("owner", *_UNSET):
        value, ends = choices[name], choices[f"no_{name}"]
        if value is not None and ends:
            raise click.UsageError(f"Choose one of --{name} and --no-{name}.")
        if isinstance(value, str) and not value.strip():
            raise click.UsageError(f"--{name} is empty; --no-{name} takes it away.")
        if value is not None:
            values[name] = value.strip() if isinstance(value, str) else int(value)
        elif ends:
            values[name] = None if name == "months" else ""
    changed = settings._replace(**values)  # type: ignore[arg-type]
    if choices["no_owner"]:
        changed = changed._replace(visibility=Visibility.AFTER_OWN)
    return changed


def _visibility_words(settings: RoleSettings) -> str:
    """Without an owner the setting does not apply, and the words say what does."""
    if settings.owner:
        return settings.visibility.words
    return "all, once they have no interview under way"


def _period_words(settings: RoleSettings) -> str:
    period = "no retention period set"
    if settings.months:
        period = f"kept {count_noun(settings.months, 'month')}"
    elif settings.place:
        period = f"kept by {settings.place}"
    return f"{period} · legal hold: {settings.hold}" if settings.hold else period


def _value_words(field: str, text: str) -> str:
    return text.replace("_", " ") if field == "visibility" else text or "none"


add_record_commands(role, RecordKind.ROLE)
