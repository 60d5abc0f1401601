"""``interviewkit practice start``, ``list``, ``show`` and ``new``."""

import sys
from pathlib import Path
from typing import TYPE_CHECKING

import click

from interviewkit.cli.completers import complete_bank_id, complete_kit, complete_practice
from interviewkit.cli.output import AS_JSON, echo, echo_text, print_json, print_json_text
from interviewkit.errors import InterviewKitError
from interviewkit.shell_line import shell_command

if TYPE_CHECKING:
    from interviewkit.practice.reader import PracticeFile


@click.command("start")
@click.argument("name", metavar="[CANDIDATE]", required=False, shell_complete=complete_practice)
def start_practice(name: str | None) -> None:
    """Rehearse on the live screen with a candidate who answers; nothing is recorded.

    CANDIDATE is the id of a practice file or the path of one; without it, you choose on the screen.
    """
    from interviewkit.cli.run_app import practise

    practise(_file(name) if name else None)


@click.command("list")
@AS_JSON
def list_practice(as_json: bool) -> None:
    """List the scripted candidates; a file that cannot be used is listed with its error.

    What kind of stories they tell is not said: show does.
    """
    from interviewkit.practice.library import practice_locations
    from interviewkit.practice.reader import read_practice

    rows, broken = [], []
    for location in practice_locations():
        try:
            file = read_practice(location.path)
        except InterviewKitError as error:
            broken.append(error)
            continue
        script = file.script
        rows.append(
            {
                "id": script.id,
                "candidate": script.candidate,
                "bank": script.bank,
                "kit": script.kit,
                "language": script.language,
                "questions": len(script.answers),
                "minutes": file.kit.minutes,
                "shipped": location.shipped,
                "path": str(location.path),
            }
        )
    if as_json:
        print_json(rows)
    else:
        for row in rows:
            minutes = f"{row['minutes']:g} minutes"
            echo(f"{row['id']}  {row['candidate']}, {row['bank']}, kit {row['kit']}, {minutes}")
    for fault in broken:
        echo_text(str(fault), err=True)
    if broken:
        sys.exit(1)


@click.command("show")
@click.argument("name", metavar="CANDIDATE", shell_complete=complete_practice)
@AS_JSON
def show_practice(name: str, as_json: bool) -> None:
    """Print a whole script: all that can be heard, and an expert's ratings with their reasons.

    CANDIDATE is the id of a practice file or the path of one. Read it after you have rehearsed.
    """
    from interviewkit.practice.outline import outline_script
    from interviewkit.practice.reader import SCRIPT

    file = _file(name)
    if as_json:
        print_json_text(SCRIPT.dump_json(file.script, indent=2, exclude_none=True).decode())
    else:
        echo_text("\n".join(outline_script(file)))


@click.command("new")
@click.argument("path", type=click.Path(path_type=Path))
@click.option(
    "--bank",
    "bank_id",
    metavar="ID",
    required=True,
    shell_complete=complete_bank_id,
    help="The bank whose questions are answered.",
)
@click.option(
    "--kit", metavar="ID", required=True, shell_complete=complete_kit, help="The kit of that bank."
)
@click.option("--candidate", metavar="NAME", help="The candidate's name; invent one.")
def new_practice(path: Path, bank_id: str, kit: str, candidate: str | None) -> None:
    """Start a practice file of your own at PATH, which must not exist yet.

    It holds every question of the kit, with a text to replace for whatever its probes ask for.
    """
    from interviewkit.banks.library import find_bank
    from interviewkit.banks.loader import read_bank
    from interviewkit.banks.templates import id_from_title
    from interviewkit.practice.template import practice_template

    practice_id = id_from_title(path.stem)
    if path.suffix not in (".yaml", ".yml") or path.stem != practice_id:
        raise InterviewKitError(
            f"{path.name} cannot be the name of a practice file.",
            f"Call it by the id it will have: {practice_id}.yaml",
        )
    bank = read_bank(find_bank(bank_id).path).bank
    name = candidate or practice_id.replace("-", " ").title()
    text = practice_template(practice_id, name, bank, kit)
    try:
        with path.open("x", encoding="utf-8", newline="\n") as file:
            file.write(text)
    except OSError as error:
        raise InterviewKitError(
            f"{path} cannot be written: {error.strerror or error}.",
            "Name a file that does not exist yet, in a folder you may write to.",
        ) from error
    check = shell_command("practice", "check", names=[str(path)])
    echo(f"Wrote {path}. Check it with: {check}", err=True)


def _file(name: str) -> "PracticeFile":
    from interviewkit.practice.reader import open_practice

    return open_practice(name)
