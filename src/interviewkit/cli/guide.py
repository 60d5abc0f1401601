"""``interviewkit guide``: a kit of a bank as a guide on paper, or as a file to fill in."""

from pathlib import Path
from typing import TYPE_CHECKING

import click

from interviewkit.cli.bank.argument import bank_named
from interviewkit.cli.completers import (
    complete_bank_id_or_file,
    complete_candidate,
    complete_kit,
    complete_role,
)
from interviewkit.cli.context import open_store, records_path
from interviewkit.cli.output import echo
from interviewkit.cli.shared_options import interviewer_option
from interviewkit.errors import InterviewKitError
from interviewkit.interview.people import RecordKind
from interviewkit.plurals import count_noun

if TYPE_CHECKING:
    from interviewkit.export.guide.content import Guide, Paper
    from interviewkit.interview.plan import PlanEntry
    from interviewkit.storage.store import Store

_ENDINGS = (".html", ".docx")
_KINDS = {
    "candidate": RecordKind.CANDIDATE,
    "role": RecordKind.ROLE,
    "interviewer": RecordKind.PERSON,
}


@click.command("guide")
@click.argument(
    "bank_id", metavar="[BANK]", required=False, shell_complete=complete_bank_id_or_file
)
@click.argument("kit_id", metavar="[KIT]", required=False, shell_complete=complete_kit)
@click.option(
    "-o",
    "--output",
    "target",
    required=True,
    type=click.Path(path_type=Path),
    metavar="FILE",
    help="The file: .html to print or fill in, .docx to edit first.",
)
@click.option(
    "--paper",
    type=click.Choice(["a4", "letter"]),
    help="Paper size (default: A4, or Letter if the bank is only for the US and Canada).",
)
@click.option(
    "--fillable",
    is_flag=True,
    help="A page to fill in: notes, ratings, a sealed scorecard, without installing anything.",
)
@click.option(
    "--plan", "entry_id", metavar="ID", help="With --fillable: for this entry of the plan."
)
@click.option(
    "--candidate",
    metavar="NAME",
    shell_complete=complete_candidate,
    help="With --fillable, without --plan: the candidate.",
)
@click.option(
    "--role",
    metavar="TITLE",
    shell_complete=complete_role,
    help="With --fillable, without --plan: the role.",
)
@interviewer_option("With --fillable, without --plan: the interviewer.")
@click.option(
    "--new",
    "new_kinds",
    multiple=True,
    type=click.Choice([kind.value for kind in RecordKind]),
    help="Create a new one, although the name is taken or similar; can be repeated.",
)
@click.pass_context
def guide(
    ctx: click.Context,
    bank_id: str | None,
    kit_id: str | None,
    target: Path,
    paper: "Paper | None",
    entry_id: str | None,
    candidate: str | None,
    role: str | None,
    interviewer: str | None,
    new_kinds: tuple[str, ...],
    *,
    fillable: bool,
) -> None:
    """Write an interview guide for a KIT of a BANK (its id, or its file), to print or to fill in.

    On paper: a page for each question, with its anchors, its probes and room for notes; how to use
    the guide, what not to ask, and a page for the recommendation. An existing file is replaced.

    With --fillable: one page that works offline in any browser, for the interviewer of an entry of
    the plan, which may name BANK and KIT. Without --plan the interview is planned.
    """
    names = {"candidate": candidate, "role": role, "interviewer": interviewer}
    if fillable:
        _refuse_ending(target, (".html",))
        if paper:
            raise click.UsageError("--paper is for a guide on paper.")
        with open_store(ctx) as store:
            entry = _planned(store, entry_id, names, new_kinds, bank_id, kit_id)
            _write_fillable(store, entry, bank_id, kit_id, target)
        return
    if entry_id or any(names.values()) or new_kinds:
        raise click.UsageError(
            "--plan, --candidate, --role, --interviewer and --new go with --fillable."
        )
    if not bank_id or not kit_id:
        raise click.UsageError("Name the BANK and the KIT.")
    _refuse_ending(target, _ENDINGS)
    from interviewkit.export.guide.content import make_guide as guide_for
    from interviewkit.export.private_file import replace_private_file

    document = guide_for(bank_named(bank_id).bank, kit_id)
    content = _content(document, target.suffix.lower(), paper or document.paper)
    with replace_private_file(target, records_path(ctx)) as file:
        file.write(content)
    echo(f"Wrote {target}: {count_noun(len(document.sheets), 'question')}.", err=True)
    if document.words.language != document.bank.language:
        _say_untranslated(document.bank.language)


def _say_untranslated(language: str) -> None:
    echo(
        f"Words that do not come from the bank are in "
        f"English: there is no translation for {language} yet.",
        err=True,
    )


def _refuse_ending(target: Path, endings: tuple[str, ...]) -> None:
    if target.suffix.lower() in endings:
        return
    if endings == _ENDINGS:
        raise InterviewKitError(
            f"{target} does not end in .html or .docx.",
            "End the name in .html for a page to print, or in .docx for Word.",
        )
    raise InterviewKitError(
        f"{target} does not end in .html.", "A guide to fill in is a page: end its name in .html."
    )


def _planned(
    store: "Store",
    entry_id: str | None,
    names: dict[str, str | None],
    new_kinds: tuple[str, ...],
    bank_id: str | None,
    kit_id: str | None,
) -> "PlanEntry":
    """The entry of the plan that the options name; with names it is made where there is none."""
    if entry_id:
        if any(names.values()):
            raise click.UsageError("--plan names the people already.")
        return store.planning().entry(entry_id)
    missing = [f"--{name}" for name, text in names.items() if not text]
    if missing:
        raise click.UsageError(f"--fillable needs --plan, or {', '.join(missing)}.")
    if not bank_id or not kit_id:
        raise click.UsageError("Name the BANK and the KIT.")
    from interviewkit.cli.named_records import settled_name

    file = bank_named(bank_id)
    file.bank.kit(kit_id)
    settled = {
        name: settled_name(store, _KINDS[name], text or "", is_new=_KINDS[name].value in new_kinds)
        for name, text in names.items()
    }
    new = [RecordKind(kind) for kind in new_kinds]
    return store.planning().add(**settled, bank=file.bank.id, kit=kit_id, new=new)


def _write_fillable(
    store: "Store", entry: "PlanEntry", bank_id: str | None, kit_id: str | None, target: Path
) -> None:
    from interviewkit.workflows.fillable_kit import write_fillable_kit

    bank_id, kit_id = bank_id or entry.bank, kit_id or entry.kit
    if not bank_id or not kit_id:
        raise InterviewKitError(
            "This entry of the plan names no kit.", "Name the BANK and the KIT before -o."
        )
    file = bank_named(bank_id)
    if entry.kit and (file.bank.id, kit_id) != (entry.bank, entry.kit):
        raise InterviewKitError(
            f"The entry of the plan is for {entry.bank}/{entry.kit}, not {file.bank.id}/{kit_id}.",
            "Leave BANK and KIT out, or plan the other kit with `interviewkit plan add`.",
        )
    kit = write_fillable_kit(store, entry, file, kit_id, target)
    echo(
        f"Wrote {target} ({kit.size // 1000} kB): {entry.interviewer.name} interviews "
        f"{entry.candidate.name} for {entry.role.title}.",
        err=True,
    )
    for sentence in kit.warnings():
        echo(sentence, err=True)
    if kit.is_untranslated:
        _say_untranslated(file.bank.language)


def _content(document: "Guide", ending: str, paper: "Paper") -> bytes:
    if ending == ".html":
        from interviewkit.export.guide.html import guide_html

        return guide_html(document, paper).encode()
    from interviewkit.export.guide.docx import as_docx

    return as_docx(document, paper)
