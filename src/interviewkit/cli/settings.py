"""``interviewkit settings``: show the settings and their sources, write a settings file."""

import json
import os

import click

from interviewkit.cli.lazy_group import Group
from interviewkit.cli.output import echo, echo_text, print_json, print_rows
from interviewkit.errors import InterviewKitError
from interviewkit.settings import (
    FIELDS,
    LoadedSettings,
    load_settings,
    sample,
    settings_path,
    settings_schema,
)


@click.group("settings", cls=Group)
def settings() -> None:
    """Show the settings and where they come from; write a settings file."""


@settings.command("show")
@click.option("--json", "as_json", is_flag=True, help="As JSON.")
def show_settings(as_json: bool) -> None:
    """Show each setting in force, and whether the file or a variable set it.

    Reports faults on stderr and still shows the settings in force.
    """
    path = settings_path()
    reading = load_settings(path)
    current = reading.settings
    _tell(reading)
    rows = [
        (setting.name, getattr(current, setting.name), current.sources.get(setting.name, ""))
        for setting in FIELDS
    ]
    if as_json:
        values = {
            name: {"value": value, "from": source or "default"} for name, value, source in rows
        }
        print_json(
            {
                "file": str(path),
                "exists": os.path.lexists(path),
                "settings": values,
            }
        )
    else:
        note = "" if os.path.lexists(path) else " (not there; settings new creates it)"
        echo(f"{path}{note}", err=True)
        print_rows(
            [(name, _value_text(value), source or "default") for name, value, source in rows]
        )
    if reading.faults:
        raise SystemExit(1)


@settings.command("path")
def print_settings_path() -> None:
    """Print the path of the settings file."""
    echo(settings_path())


@settings.command("schema")
def print_settings_schema() -> None:
    """Print the JSON Schema of the settings file, for editors that check as you type."""
    print_json(settings_schema())


@settings.command("new")
def new_settings() -> None:
    """Write a settings file that explains each setting and sets none. Never overwrites a file."""
    path = settings_path()
    if os.path.lexists(path):
        raise InterviewKitError(f"{path} exists already.", "Nothing was written.")
    try:
        path.parent.mkdir(parents=True, exist_ok=True)
        with path.open("x", encoding="utf-8") as file:
            file.write(sample())
    except OSError as error:
        raise InterviewKitError(
            f"{path} cannot be written: {error.strerror}.",
            "Set INTERVIEWKIT_SETTINGS to another path.",
        ) from error
    echo(f"Wrote {path}.", err=True)


def _tell(reading: LoadedSettings) -> None:
    from interviewkit.tui.key_checks import key_faults

    if reading.faults:
        echo_text(reading.error().message, colour="red", err=True)
        echo("Faulty settings are ignored.", err=True)
    for fault in key_faults(reading.settings.keys):
        echo(fault, err=True)


def _value_text(value: object) -> str:
    if value is None or value == {}:
        return "-"
    if isinstance(value, dict):
        return ", ".join(f"{name} = {json.dumps(key)}" for name, key in value.items())
    return str(value)
