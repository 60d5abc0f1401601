"""``interviewkit practice``: scripted candidates to list, read, write, check and rehearse with."""

import click

from interviewkit.cli.lazy_group import LazyGroup

COMMANDS = {
    "start": ("practice_files", "start_practice", "Rehearse with a candidate who answers."),
    "list": ("practice_files", "list_practice", "List the scripted candidates."),
    "show": ("practice_files", "show_practice", "Print a whole script, with its ratings."),
    "new": ("practice_files", "new_practice", "Start a practice file of your own."),
    "check": (
        "practice_check",
        "check_practice",
        "Check practice files, each finding with its line.",
    ),
}


@click.group("practice", cls=LazyGroup, commands_at=COMMANDS)
def practice() -> None:
    """Rehearse with scripted candidates; nothing is recorded."""
