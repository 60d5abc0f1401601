"""``records from-greenhouse``: scorecards out of files of Greenhouse."""

import sys
from pathlib import Path
from typing import TYPE_CHECKING

import click

from interviewkit.cli.completers import complete_role
from interviewkit.cli.context import open_store
from interviewkit.cli.import_report import say_imported
from interviewkit.cli.output import echo, is_confirmed
from interviewkit.cli.shared_options import join_options
from interviewkit.errors import InterviewKitError, NotFoundError

if TYPE_CHECKING:
    from interviewkit.intake.greenhouse_json import Placed
    from interviewkit.intake.greenhouse_scorecards import GreenhouseImport
    from interviewkit.interview.people import Person
    from interviewkit.interview.records import Role
    from interviewkit.storage.store import Store

_PATH = click.Path(path_type=Path)


@click.command("from-greenhouse")
@click.argument("files", nargs=-1, required=True, metavar="FILE...", type=_PATH)
@click.option(
    "--names",
    type=_PATH,
    metavar="CSV",
    help="Two columns: a candidate's number in Greenhouse, and the name.",
)
@click.option(
    "--role",
    "title",
    default="Greenhouse",
    metavar="TITLE",
    shell_complete=complete_role,
    help="The role they were interviewed for, which scorecards do not say.",
)
@click.option(
    "--private-notes/--no-private-notes",
    default=None,
    help="Whether Private Notes come in, too; asked in a terminal, else no.",
)
@join_options
@click.pass_context
def records_from_greenhouse(
    ctx: click.Context,
    files: tuple[Path, ...],
    names: Path | None,
    title: str,
    private_notes: bool | None,
    same: tuple[tuple[str, str], ...],
    *,
    apart: bool,
) -> None:
    """Add the scorecards in each FILE of Greenhouse's JSON: all of them, or nothing.

    The same file a second time changes nothing; what was changed there becomes an amendment. A
    candidate without a name appears under a number until you give --names.
    """
    from interviewkit.intake import greenhouse_scorecards
    from interviewkit.intake.name_table import read_names
    from interviewkit.storage.import_joins import JoinAnswers

    scorecards, ignored = _read_scorecards(files)
    private_notes = _private_notes(scorecards, private_notes)
    name_by_number = read_names(names) if names else {}
    with open_store(ctx) as store:
        naming = greenhouse_scorecards.Naming(
            name_by_number,
            _role(store, title),
            *_recorded_names(store),
            _interviewers(store, scorecards),
        )
        offered = greenhouse_scorecards.scorecard_offers(
            scorecards, naming, private_notes=private_notes
        )
        imported = store.import_documents(offered.offers, JoinAnswers(dict(same), apart))
    say_imported(imported)
    _say_left_out(ignored, offered)


def _read_scorecards(files: tuple[Path, ...]) -> "tuple[list[Placed], int]":
    """(Scorecards, how many objects are none); InterviewKitError where there is no scorecard."""
    from interviewkit.intake import greenhouse_json, greenhouse_scorecards

    scorecards: list[Placed] = []
    ignored = 0
    for file in files:
        chosen, count = greenhouse_json.read_objects(file, greenhouse_scorecards.is_scorecard)
        scorecards += chosen
        ignored += count
    if not scorecards:
        raise InterviewKitError(
            "The files hold no scorecard of Greenhouse.",
            "A scorecard has attributes, candidate_id and overall_recommendation.",
        )
    return scorecards, ignored


def _say_left_out(ignored: int, offered: "GreenhouseImport") -> None:
    for count, reason in (
        (ignored, "no scorecards"),
        (offered.drafts, "scorecards not submitted in Greenhouse"),
    ):
        if count:
            echo(f"Left out: {count} that are {reason}.", err=True)
    for name, name_here in offered.renamed.items():
        echo(f"{name} in Greenhouse is {name_here} here; `people rename` changes that.", err=True)
    if offered.unnamed:
        echo(f"Without a name: {offered.unnamed}. Give one with --names.", err=True)


def _private_notes(scorecards: "list[Placed]", answer: bool | None) -> bool:
    from interviewkit.intake.greenhouse_scorecards import has_private_notes

    count = has_private_notes(scorecards)
    if answer is not None or not count:
        return bool(answer)
    if sys.stdin.isatty():
        return is_confirmed(f"{count} of the scorecards have Private Notes. Take them in?")
    echo(f"Private Notes of {count} were left out; --private-notes takes them in.", err=True)
    return False


def _role(store: "Store", title: str) -> "Role":
    from interviewkit.intake.greenhouse_banks import gh_id
    from interviewkit.interview.records import Role

    title = " ".join(title.split())
    if not title:
        raise InterviewKitError("The role has no title.", "Give one with --role.")
    try:
        return store.role(title)
    except NotFoundError:
        return Role(gh_id(title, "greenhouse-role"), title)


def _recorded_names(store: "Store") -> "tuple[dict[str, str], str]":
    """(Candidate id → name here, the moment)."""
    from interviewkit.interview.clock import stamp

    return {c.id: c.name for c in store.candidates()}, stamp(store.clock.now())


def _interviewers(store: "Store", scorecards: "list[Placed]") -> "dict[str, Person]":
    """Record id → the person it stands for, of the interviewers whom the records know."""
    from interviewkit.intake.greenhouse_scorecards import interviewer_record_id

    people = {key: store.person(key) for key in set(map(interviewer_record_id, scorecards))}
    return {key: person for key, person in people.items() if person.id}
