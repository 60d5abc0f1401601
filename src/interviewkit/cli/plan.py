"""``interviewkit plan``: who will interview whom."""

from typing import IO, TYPE_CHECKING

import click

from interviewkit.cli.completers import (
    complete_bank_id,
    complete_candidate,
    complete_kit,
    complete_role,
)
from interviewkit.cli.context import open_store, viewer
from interviewkit.cli.lazy_group import Group
from interviewkit.cli.output import echo, print_json, print_rows
from interviewkit.cli.plan_import import import_plan
from interviewkit.cli.shared_options import interviewer_option
from interviewkit.errors import InterviewKitError
from interviewkit.interview.people import RecordKind

if TYPE_CHECKING:
    from interviewkit.interview.plan import PlanEntry
_UTF_16 = (b"\xff\xfe", b"\xfe\xff")  # as Windows PowerShell writes files
_LARGEST_CARD = 1 << 20  # bytes read; what is kept is far shorter
KINDS = [kind.value for kind in RecordKind]


@click.group("plan", cls=Group)
def plan() -> None:
    """Plan who interviews which candidate; a planned interview withholds others' scorecards.

    What is planned for you today or without a day is at the top of the home screen: Enter begins
    it.
    """


plan.add_command(import_plan)


@plan.command("add")
@click.option(
    "--candidate",
    required=True,
    metavar="NAME",
    shell_complete=complete_candidate,
    help="The candidate's name.",
)
@click.option(
    "--role",
    required=True,
    metavar="TITLE",
    shell_complete=complete_role,
    help="The role's title.",
)
@interviewer_option("The interviewer (default: you).")
@click.option(
    "--bank",
    "bank_id",
    default="",
    metavar="ID",
    shell_complete=complete_bank_id,
    help="The question bank, if already chosen.",
)
@click.option(
    "--kit",
    "kit_id",
    default="",
    metavar="ID",
    shell_complete=complete_kit,
    help="One of its kits, if already chosen.",
)
@click.option(
    "--reference",
    default="",
    metavar="TEXT",
    help="The candidate's e-mail or number; a new one creates a new candidate.",
)
@click.option(
    "--card",
    "card_file",
    metavar="FILE",
    type=click.File("rb"),
    help="What the interviewer is to verify and to ask about, as plain text (- is stdin).",
)
@click.option(
    "--new",
    "new_kinds",
    multiple=True,
    type=click.Choice(KINDS),
    help="Create a new one, although the name is taken or similar; can be repeated.",
)
@click.pass_context
def add_to_plan(
    ctx: click.Context,
    candidate: str,
    role: str,
    interviewer: str | None,
    bank_id: str,
    kit_id: str,
    reference: str,
    card_file: IO[bytes] | None,
    new_kinds: tuple[str, ...],
) -> None:
    """Plan an interview of a candidate for a role.

    Name each by name, reference or id; a new name creates a new record.
    """
    from interviewkit.cli.named_records import settled_name

    _check_kit(bank_id, kit_id)
    with open_store(ctx) as store:
        named = {
            RecordKind.CANDIDATE: candidate,
            RecordKind.ROLE: role,
            RecordKind.PERSON: interviewer or viewer(store, None).name,
        }
        settled_kinds = [*new_kinds, *(["candidate"] if reference else [])]
        settled = {
            kind.value: settled_name(store, kind, text, is_new=kind.value in settled_kinds)
            for kind, text in named.items()
        }
        entry = store.planning().add(
            candidate=settled["candidate"],
            role=settled["role"],
            interviewer=settled["person"],
            bank=bank_id,
            kit=kit_id,
            reference=reference,
            card=_card_text(card_file) if card_file else "",
            new=[RecordKind(kind) for kind in new_kinds],
        )
    echo(f"Planned: {_words(entry)}. Its id: {entry.id}", err=True)


@plan.command("list")
@click.option("--cancelled", is_flag=True, help="Include cancelled entries.")
@click.option("--json", "as_json", is_flag=True, help="One JSON list on stdout.")
@click.pass_context
def list_plan(ctx: click.Context, *, cancelled: bool, as_json: bool) -> None:
    """List planned interviews."""
    with open_store(ctx, only_existing=True) as store:
        entries = store.planning().entries(cancelled=cancelled)
    if as_json:
        print_json([_data(entry) for entry in entries])
    elif not entries:
        echo("Nothing is planned.", err=True)
    else:
        print_rows(
            [
                (
                    entry.candidate.name,
                    entry.role.title,
                    entry.interviewer.name,
                    entry.kit or "any kit",
                    entry.words,
                    "card" if entry.card else "",
                    entry.id,
                )
                for entry in entries
            ]
        )


@plan.command("cancel")
@click.argument("entry_id", metavar="ID")
@click.pass_context
def cancel(ctx: click.Context, entry_id: str) -> None:
    """Cancel the entry with this ID; it stays in the plan as cancelled."""
    with open_store(ctx, only_existing=True) as store:
        door = store.planning()
        entry = door.cancel(door.entry(entry_id))
    echo(f"Cancelled: {_words(entry)}.", err=True)


@plan.command("card")
@click.argument("entry_id", metavar="ID")
@click.argument("card_file", metavar="[FILE]", required=False, type=click.File("rb"))
@click.pass_context
def show_or_set_card(ctx: click.Context, entry_id: str, card_file: IO[bytes] | None) -> None:
    """Print the card of the entry with this ID, or put the text of FILE on it.

    FILE is plain text (- is stdin): points to verify, what to ask about. An empty one takes the
    card away. Everybody who plans may read it and its interviewer has not judged yet, so it says
    neither ratings nor recommendations.
    """
    with open_store(ctx, only_existing=True) as store:
        door = store.planning()
        entry = door.entry(entry_id)
        if card_file is not None:
            entry = door.set_card(entry, _card_text(card_file))
    if card_file is not None:
        state = "The card was put on" if entry.card else "The card was taken off"
        echo(f"{state}: {_words(entry)}.", err=True)
    elif entry.card:
        for line in entry.card.splitlines():
            echo(line)
    else:
        echo("There is no card on this entry.", err=True)


def _card_text(card_file: IO[bytes]) -> str:
    content = card_file.read(_LARGEST_CARD)
    try:
        return content.decode("utf-16" if content.startswith(_UTF_16) else "utf-8-sig")
    except UnicodeDecodeError as error:
        raise InterviewKitError(
            f"The card is not UTF-8 text (byte {error.start + 1}).",
            "Save the card as plain text with the encoding UTF-8.",
        ) from error


def _check_kit(bank_id: str, kit_id: str) -> None:
    """NotFoundError for a bank or kit that does not exist: nobody could hold the interview."""
    if kit_id and not bank_id:
        raise click.UsageError("--kit needs --bank.")
    if bank_id:
        from interviewkit.banks.library import find_bank
        from interviewkit.banks.loader import read_bank

        bank = read_bank(find_bank(bank_id).path).bank
        if kit_id:
            bank.kit(kit_id)


def _words(entry: "PlanEntry") -> str:
    return f"{entry.interviewer.name} interviews {entry.candidate.name} for {entry.role.title}"


def _data(entry: "PlanEntry") -> dict[str, object]:
    return {
        "id": entry.id,
        "role": {"id": entry.role.id, "title": entry.role.title},
        "candidate": entry.candidate._asdict(),
        "interviewer": {"id": entry.interviewer.id, "name": entry.interviewer.name},
        "bank": entry.bank,
        "kit": entry.kit,
        "state": entry.words,
        "at": entry.at,
        "card": entry.card,
        "starts_at": entry.starts_at,
    }
