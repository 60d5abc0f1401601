"""``interviewkit bank``: the group; each command is in a module of its own kind."""

import click

from interviewkit.cli.lazy import LazyGroup

COMMANDS = {
    "list": ("bank_reading", "list_banks", "List every bank there is."),
    "show": ("bank_reading", "show", "Print a bank whole."),
    "check": ("bank_checking", "check", "Check bank files, each finding with its line."),
    "to-xlsx": ("bank_excel", "to_xlsx", "Write a bank as a workbook to edit in Excel."),
    "from-xlsx": ("bank_excel", "from_xlsx", "Read such a workbook back into a bank file."),
    "new": ("bank_new", "new", "Begin a bank of your own."),
    "diff": ("bank_diff", "diff", "Say how two banks differ."),
    "schema": ("bank_schema", "schema", "Print the JSON Schema of a bank, for editors."),
    "try": ("bank_reading", "try_question", "Try a question; nothing is recorded."),
}


@click.group(cls=LazyGroup, commands_at=COMMANDS)
def bank() -> None:
    """Question banks: your own and those that come with interviewkit."""
