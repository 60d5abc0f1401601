"""``records from-greenhouse`` and ``bank from-greenhouse``: files of Greenhouse."""

import os
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
    from interviewkit.intake import greenhouse_json, greenhouse_scorecards
    from interviewkit.intake.name_table import read_names
    from interviewkit.storage.import_joins import JoinAnswers

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
    private_notes = _private_notes(scorecards, private_notes)
    name_by_number = read_names(names) if names else {}
    with open_store(ctx) as store:
        naming = greenhouse_scorecards.Naming(
            name_by_number, _role(store, title), *_recorded_names(store)
        )
        offered = greenhouse_scorecards.scorecard_offers(
            scorecards, naming, private_notes=private_notes
        )
        imported = store.import_documents(offered.offers, JoinAnswers(dict(same), apart))
    say_imported(imported)
    for count, reason in (
        (ignored, "no scorecards"),
        (offered.drafts, "scorecards not submitted in Greenhouse"),
    ):
        if count:
            echo(f"Left out: {count} that are {reason}.", err=True)
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


@click.command("from-greenhouse")
@click.argument("files", nargs=-1, required=True, metavar="FILE... OUT", type=_PATH)
@click.option("--title", default="", metavar="TEXT", help="The bank's title.")
def bank_from_greenhouse(files: tuple[Path, ...], title: str) -> None:
    """Make the bank OUT from the interview kits in each FILE of Greenhouse's JSON.

    An interview is a kit with its minutes; anchors and probes, which Greenhouse does not have, are
    marked TO WRITE.
    """
    from interviewkit import files as whole_files
    from interviewkit.banks.templates import id_from_title
    from interviewkit.comparison.counted_names import count_of
    from interviewkit.intake import greenhouse_json, greenhouse_kits

    *sources, out = files
    if not sources:
        raise click.UsageError("Name a file of Greenhouse and the bank to write.")
    if out.suffix not in {".yaml", ".yml"}:
        raise InterviewKitError(f"{out} is no name for a bank.", "End the name in .yaml.")
    if os.path.lexists(out):
        raise InterviewKitError(f"{out} exists already.", "Name a file that does not exist yet.")
    items: list[Placed] = []
    for file in sources:
        items += greenhouse_json.read_objects(file, greenhouse_kits.has_kits)[0]
    bank_id = id_from_title(out.stem)
    kit_bank = greenhouse_kits.kits_bank(items, bank_id, title.strip() or bank_id)
    with whole_files.replace_file(out, private=False) as target:
        target.write(kit_bank.text.encode())
    for entry in kit_bank.unplaced[:20]:
        echo(f"Not placed: {entry.location}: {entry.text} ({entry.reason})", err=True)
    if len(kit_bank.unplaced) > 20:
        echo(f"and {len(kit_bank.unplaced) - 20} more, as comments in the bank", err=True)
    echo(
        f"Wrote {out}: {count_of(kit_bank.kits, 'kit')}, "
        f"{count_of(kit_bank.questions, 'question')}. "
        f"Check it with: interviewkit bank check {out}",
        err=True,
    )
