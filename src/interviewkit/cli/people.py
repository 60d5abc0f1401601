"""``interviewkit people``: who interviews, owns roles and decides, and who you are."""

import click

from interviewkit.cli.completers import complete_interviewer
from interviewkit.cli.context import open_store
from interviewkit.cli.lazy_group import Group
from interviewkit.cli.named_records import add_record_commands
from interviewkit.cli.output import echo, print_json, print_rows
from interviewkit.interview.people import RecordKind


@click.group("people", cls=Group)
def people() -> None:
    """List and rename people who interview, own roles or decide; say who you are."""


@people.command("list")
@click.option("--json", "as_json", is_flag=True, help="One JSON list on stdout.")
@click.pass_context
def list_people(ctx: click.Context, *, as_json: bool) -> None:
    """List people with their e-mail and the other names they go by."""
    with open_store(ctx, only_existing=True) as store:
        everybody, me = store.people(), store.current_user()
    if as_json:
        rows = [{**person._asdict(), "is_you": person.id == me.id} for person in everybody]
        print_json(rows)
    elif not everybody:
        echo("There are no people yet.", err=True)
    else:
        print_rows(
            [
                (
                    person.name,
                    person.email or "no e-mail",
                    f"also {', '.join(person.spellings)}" if person.spellings else "",
                    "you" if person.id == me.id else "",
                    person.id,
                )
                for person in everybody
            ]
        )


@people.command("me")
@click.argument("name", required=False, shell_complete=complete_interviewer)
@click.option("--email", default="", metavar="ADDRESS", help="Your e-mail, if you are new.")
@click.pass_context
def me(ctx: click.Context, name: str | None, email: str) -> None:
    """Show who you are on this computer, or set it to NAME.

    NAME is your name, your id or your e-mail. A new name creates a new person; to
    change the name you have, use rename.
    """
    from interviewkit.settings import valid_setting

    with open_store(ctx) as store:
        if name is None:
            person = store.current_user()
            echo(person.name)
            return
        person = store.registry().identify(name, email)
    echo(f"On this computer you are {person.name}.", err=True)
    named = str(valid_setting("interviewer") or "")
    if named:
        echo(
            f"The settings say {named}, and they take precedence; remove `interviewer` there.",
            err=True,
        )


add_record_commands(people, RecordKind.PERSON)
