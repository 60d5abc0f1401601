"""``interviewkit bank``: the group; each command is in a module of its own kind."""

import click

from interviewkit.cli.lazy_group import LazyGroup

COMMANDS = {
    "list": ("bank.show", "list_banks", "List every bank there is."),
    "show": ("bank.show", "show_bank", "Print a bank whole."),
    "check": ("bank.check", "check_banks", "Check bank files, each finding with its line."),
    "new": ("bank.new", "new_bank", "Begin a bank of your own."),
    "diff": ("bank.diff", "diff", "Say how two banks differ."),
    "schema": ("bank.schema", "print_bank_schema", "Print the JSON Schema of a bank, for editors."),
    "to-xlsx": ("bank.excel", "to_xlsx", "Write a bank as a workbook to edit in Excel."),
    "from-xlsx": ("bank.excel", "from_xlsx", "Read such a workbook back into a bank file."),
    "from-list": ("bank.from_list", "from_list", "Make a bank of a list of questions."),
    "from-greenhouse": ("greenhouse", "bank_from_greenhouse", "Make a bank of Greenhouse's kits."),
    "stats": ("bank.stats", "stats", "What each question and probe has done so far."),
    "try": ("bank.show", "try_question", "Try a question; nothing is recorded."),
}


@click.group("bank", cls=LazyGroup, commands_at=COMMANDS)
def bank() -> None:
    """Question banks: your own and those that come with interviewkit."""
