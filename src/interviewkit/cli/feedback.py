"""``interviewkit feedback``: how one interviews, from one's own scorecards, for oneself."""

import shutil
from dataclasses import asdict

import click

from interviewkit.cli.completers import complete_role
from interviewkit.cli.context import open_store, viewer
from interviewkit.cli.output import AS_JSON, echo, echo_text, print_json
from interviewkit.cli.shared_options import interviewer_option


@click.command("feedback")
@click.option(
    "--role",
    "title",
    metavar="TITLE",
    shell_complete=complete_role,
    help="Only this role's scorecards (default: all of yours).",
)
@AS_JSON
@interviewer_option("Whose scorecards (default: yours).")
@click.pass_context
def feedback(
    ctx: click.Context, title: str | None, interviewer: str | None, *, as_json: bool
) -> None:
    """Show how you interview, from the scorecards you submitted: for you alone.

    What you ask and what it brings, what you leave out, how long a question takes, and how you
    use the scale beside others. Below a least number it says that there are too few to tell.
    """
    from interviewkit.export.text_report import blocks_text
    from interviewkit.workflows.own_feedback import own_feedback

    with open_store(ctx, only_existing=True) as store:
        person = viewer(store, interviewer)
        own = own_feedback(store, person, store.role(title) if title else None)
    if as_json:
        print_json({"feedback": asdict(own.feedback), "scale": asdict(own.profile)})
    elif not own.feedback.scorecards:
        echo(f"{person.name} has submitted no scorecard yet.", err=True)
    else:
        heading = f"Interviews by {person.name} · {own.title}"
        echo_text(blocks_text(heading, own.blocks(), shutil.get_terminal_size().columns), nl=False)
