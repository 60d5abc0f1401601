"""``interviewkit bank``: the group; each command is in a module of its own kind."""

import click

from interviewkit.cli.lazy_group import LazyGroup

COMMANDS = {
    "list": ("bank.bank_list", "list_banks", "List every bank there is."),
    "show": ("bank.show", "show_bank", "Print a whole bank."),
    "check": ("bank.check", "check_banks", "Check bank files, each finding with its line."),
    "new": ("bank.new", "new_bank", "Start a bank of your own."),
    "diff": ("bank.diff", "diff", "Show how two banks differ."),
    "schema": ("bank.schema", "print_bank_schema", "Print the JSON Schema of a bank, for editors."),
    "to-xlsx": ("bank.excel", "to_xlsx", "Write a bank as a workbook to edit in Excel."),
    "from-xlsx": ("bank.excel", "from_xlsx", "Read that workbook back into a bank file."),
    "from-list": ("bank.from_list", "from_list", "Make a bank from a list of questions."),
    "from-greenhouse": (
        "bank.from_greenhouse",
        "bank_from_greenhouse",
        "Make a bank from Greenhouse's interview kits.",
    ),
    "stats": ("bank.stats", "stats", "Show statistics of each question and probe."),
    "try": ("bank.show", "try_question", "Try a question; nothing is recorded."),
}


@click.group("bank", cls=LazyGroup, commands_at=COMMANDS)
def bank() -> None:
    """Question banks: your own and those that come with interviewkit."""
