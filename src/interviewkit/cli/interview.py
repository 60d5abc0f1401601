"""``interviewkit interview``: straight to the live screen, new or resumed."""

import sys
from pathlib import Path
from typing import TYPE_CHECKING

import click

from interviewkit.cli.completers import (
    complete_bank_id,
    complete_candidate,
    complete_interviewer,
    complete_kit,
    complete_role,
)
from interviewkit.cli.context import open_store, records_path, viewer
from interviewkit.cli.output import ask_choice, echo
from interviewkit.errors import InterviewKitError
from interviewkit.interview.clock import local_day_words
from interviewkit.interview.people import RecordKind

if TYPE_CHECKING:
    from interviewkit.interview.records import Interview
    from interviewkit.storage.store import Store

Text = tuple[str, str]  # (sha256, the text itself)
Pages = list[tuple[str, str | None]]  # (question or page, competency or None)


def _refuse_empty_name(ctx: click.Context, param: click.Parameter, value: str | None) -> str | None:
    if value is not None and not value.strip():
        raise click.BadParameter("is empty; type a name.")
    return value


@click.command("interview")
@click.option(
    "--candidate",
    required=True,
    metavar="NAME",
    shell_complete=complete_candidate,
    callback=_refuse_empty_name,
    help="The candidate's name.",
)
@click.option(
    "--role",
    required=True,
    metavar="TITLE",
    shell_complete=complete_role,
    callback=_refuse_empty_name,
    help="The role's title.",
)
@click.option(
    "--bank",
    "bank_id",
    required=True,
    metavar="ID",
    shell_complete=complete_bank_id,
    help="The question bank; see `bank list`.",
)
@click.option(
    "--kit",
    "kit_id",
    required=True,
    metavar="ID",
    shell_complete=complete_kit,
    help="One of its kits; see `bank show ID`.",
)
@click.option(
    "--interviewer",
    metavar="NAME",
    shell_complete=complete_interviewer,
    callback=_refuse_empty_name,
    help="The interviewer (default: you; see `people me`).",
)
@click.option(
    "--second",
    is_flag=True,
    help="Start a second interview although one like it has been submitted.",
)
@click.option(
    "--reference",
    default="",
    metavar="TEXT",
    help="The candidate's e-mail or number; a new one creates a new candidate.",
)
@click.option(
    "--new",
    "new_kinds",
    multiple=True,
    type=click.Choice([kind.value for kind in RecordKind]),
    help="Create a new one, although the name is taken or similar; can be repeated.",
)
@click.pass_context
def interview(
    ctx: click.Context,
    candidate: str,
    role: str,
    bank_id: str,
    kit_id: str,
    interviewer: str | None,
    reference: str,
    new_kinds: tuple[str, ...],
    *,
    second: bool,
) -> None:
    """Start an interview, or resume the one under way.

    The same candidate, role, bank, kit and interviewer reopen the same interview, at the same
    question with the same text, until it is submitted. After that the command asks whether to
    amend the scorecard or start a second interview. An interview under way keeps the bank as
    it was at the start, even if the file has changed since.

    For example: `interview --candidate "Ada Okafor" --role "Account executive" --bank
    customer-focused-sales --kit first-45`.

    On the screen you type notes; F1 shows what else a line can be and all keys, and /end leads to
    the wrap-up, where you seal the scorecard. Then `compare` counts it.
    """
    from interviewkit.cli.run_app import refuse_without_terminal, run_screens, show_scorecard

    asked = None
    if not records_path(ctx).exists():
        # Before anything is written: a wrong name leaves no empty database behind.
        asked = _bank_and_pages(bank_id, kit_id)
        refuse_without_terminal()
    with open_store(ctx) as store:
        new = [RecordKind(kind) for kind in new_kinds]
        names = _names(store, candidate, role, interviewer, new, has_reference=bool(reference))
        alike = {**names, "candidate": reference or names["candidate"]}
        begun = None if new else store.under_way(**alike, bank=bank_id, kit=kit_id)
        if begun is None and not new and not second:
            submitted = store.submitted_alike(**alike, bank=bank_id, kit=kit_id)
            sealed = submitted and store.seen_by(store.person(names["interviewer"])).interview(
                submitted
            )
            if sealed and _wants_to_amend(sealed):
                show_scorecard(store, sealed)
                return
        if begun is None:
            kit = asked or _bank_and_pages(bank_id, kit_id, store)
            refuse_without_terminal()
            begun = _begin(store, names, bank_id, kit_id, kit, reference, new)
        else:
            store.open_as(begun, store.current_user())
        run_screens(store, begun, keep=True)


def _begin(
    store: "Store",
    names: dict[str, str],
    bank_id: str,
    kit_id: str,
    kit: tuple[Text, Pages],
    reference: str,
    new: list[RecordKind],
) -> str:
    """Begin an interview; gives its id. ``kit`` as :func:`_bank_and_pages` gives it."""
    bank_text, pages = kit
    return store.start(
        **names,
        bank=bank_id,
        kit=kit_id,
        bank_text=bank_text,
        pages=pages,
        opener=store.current_user(),
        reference=reference,
        new=new,
    ).id


def _names(
    store: "Store",
    candidate: str,
    role: str,
    interviewer: str | None,
    new: list[RecordKind],
    *,
    has_reference: bool,
) -> dict[str, str]:
    """The names by what Store.start calls them, once those that are nearly known are settled."""
    from interviewkit.cli.named_records import settled_name

    person = viewer(store, interviewer)
    # Giving a reference says who is meant.
    settled_kinds = {*new, RecordKind.CANDIDATE} if has_reference else set(new)
    return {
        name: settled_name(store, kind, text, is_new=kind in settled_kinds)
        for name, kind, text in (
            ("candidate", RecordKind.CANDIDATE, candidate),
            ("role", RecordKind.ROLE, role),
            ("interviewer", RecordKind.PERSON, person.id or person.name),
        )
    }


def _wants_to_amend(sealed: "Interview") -> bool:
    """Whether to amend the scorecard; False begins a second interview.

    InterviewKitError where nobody can be asked.
    """
    day = local_day_words(sealed.submitted_at or sealed.started_at)
    if not sys.stdin.isatty():
        raise InterviewKitError(
            f"You submitted this interview on {day}.",
            "Add --second to start a second one. To amend it run interviewkit in a terminal: s on "
            "the candidate, then a.",
        )
    echo(f"Submitted on {day}. Amend it, or start a second interview?", err=True)
    answer = ask_choice("a amends it, s starts a second one, q quits", ["a", "s", "q"])
    if answer == "q":
        raise SystemExit(0)
    return answer == "a"


def _bank_and_pages(bank_id: str, kit_id: str, store: "Store | None" = None) -> tuple[Text, Pages]:
    """The bank's text with its hash, and the pages of its kit."""
    from interviewkit.banks.library import find_bank
    from interviewkit.interview.pace import interview_pages

    path = find_bank(bank_id).path
    text = _used_before(path, store) if store else None
    if store and text:
        bank = store.bank(text[0])
    else:
        from interviewkit.banks.loader import read_bank  # YAML and pydantic

        file = read_bank(path)
        bank, text = file.bank, (file.sha256, file.text)
    return text, interview_pages(bank, bank.kit(kit_id))


def _used_before(path: Path, store: "Store") -> Text | None:
    """What is in the file, when an interview has used this very text and it need not be read.

    A file that cannot be read is not known either: reading it as a bank says what is wrong.
    """
    try:
        if path.is_fifo():
            return None
        text = path.read_bytes().decode("utf-8-sig")
    except (OSError, UnicodeDecodeError):
        return None
    import hashlib

    sha256 = hashlib.sha256(text.encode()).hexdigest()
    return (sha256, text) if store.has_bank(sha256) else None
