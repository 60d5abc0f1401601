"""``interviewkit bank schema``: what an editor needs to complete and check a bank."""

import click

from interviewkit.cli.output import print_json_text


@click.command("schema")
def print_bank_schema() -> None:
    """Print the JSON Schema of a bank file, for editors that check as you type."""
    from interviewkit.banks.schema import schema_text

    print_json_text(schema_text(), nl=False)
