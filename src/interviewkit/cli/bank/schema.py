"""``interviewkit bank schema``: what an editor needs to complete and check a bank."""

import click


@click.command()
def schema() -> None:
    """Print the JSON Schema of a bank file, for editors that check while one types."""
    from interviewkit.banks.schema import schema_text

    click.echo(schema_text().encode(), nl=False)
