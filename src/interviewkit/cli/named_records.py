"""What `people`, `candidate` and `role` share: rename, merge and unmerge, and names asked about."""

import sys
from typing import TYPE_CHECKING

import click

from interviewkit.cli.completers import complete_candidate, complete_interviewer, complete_role
from interviewkit.cli.context import open_store, viewer
from interviewkit.cli.output import ask_number, echo, is_confirmed
from interviewkit.cli.shared_options import interviewer_option
from interviewkit.errors import BlockedError
from interviewkit.interview.people import NamedRecord, RecordKind
from interviewkit.shell_line import shell_command

if TYPE_CHECKING:
    from interviewkit.storage.store import Store

COMPLETERS = {
    RecordKind.PERSON: complete_interviewer,
    RecordKind.ROLE: complete_role,
    RecordKind.CANDIDATE: complete_candidate,
}
_METAVAR = {RecordKind.PERSON: "NAME", RecordKind.ROLE: "TITLE", RecordKind.CANDIDATE: "NAME"}


def add_record_commands(group: click.Group, kind: RecordKind) -> None:
    """Give a group the commands that rename, tell apart, merge and take apart its records."""
    for make in (_rename, _reference, _merge, _unmerge):
        group.add_command(make(kind))


def _with_name_argument(kind: RecordKind, command: click.Command) -> click.Command:
    """The command with the record's name as its argument in front of all others."""
    name = click.Argument(
        ["name"], metavar=_METAVAR[kind], shell_complete=COMPLETERS[kind], required=True
    )
    command.params.insert(0, name)
    return command


def _rename(kind: RecordKind) -> click.Command:
    @click.command("rename", help=_help(_RENAME, kind))
    @click.argument("new_name", metavar="NEW")
    @_INTERVIEWER
    @click.pass_context
    def rename(ctx: click.Context, name: str, new_name: str, interviewer: str | None) -> None:
        with open_store(ctx, only_existing=True) as store:
            registry = store.registry()
            record = registry.resolve(kind, name)
            renamed = registry.rename(record, new_name, viewer(store, interviewer).name)
        echo(f"{record.name} is now called {renamed.name}.", err=True)

    return _with_name_argument(kind, rename)


def _reference(kind: RecordKind) -> click.Command:
    command = "email" if kind is RecordKind.PERSON else "reference"

    @click.command(command, help=_help(_REFERENCE[kind], kind))
    @click.argument("reference", metavar="ADDRESS" if command == "email" else "REFERENCE")
    @_INTERVIEWER
    @click.pass_context
    def set_reference(
        ctx: click.Context, name: str, reference: str, interviewer: str | None
    ) -> None:
        with open_store(ctx, only_existing=True) as store:
            registry = store.registry()
            record = registry.resolve(kind, name)
            changed = registry.set_reference(record, reference, viewer(store, interviewer).name)
        echo(f"{changed.name}: {command} {changed.reference or 'none'}.", err=True)

    return _with_name_argument(kind, set_reference)


def _merge(kind: RecordKind) -> click.Command:
    @click.command("merge", help=_help(_MERGE, kind))
    @click.argument("target", metavar="INTO", shell_complete=COMPLETERS[kind])
    @_INTERVIEWER
    @click.pass_context
    def merge(ctx: click.Context, name: str, target: str, interviewer: str | None) -> None:
        with open_store(ctx, only_existing=True) as store:
            registry = store.registry()
            record, into = registry.resolve(kind, name), registry.resolve(kind, target)
            registry.merge(record, into, viewer(store, interviewer).name)
        group = "people" if kind is RecordKind.PERSON else kind.value
        summary = f"{into.name} now stands for {record.label}, too."
        echo(summary, err=True)
        undo = shell_command(group, "unmerge", names=[record.id])
        echo(f"To undo it: {undo}", err=True)

    return _with_name_argument(kind, merge)


def _unmerge(kind: RecordKind) -> click.Command:
    @click.command("unmerge", help=_help(_UNMERGE, kind))
    @_INTERVIEWER
    @click.pass_context
    def unmerge(ctx: click.Context, name: str, interviewer: str | None) -> None:
        with open_store(ctx, only_existing=True) as store:
            restored = store.registry().unmerge(kind, name, viewer(store, interviewer).name)
        echo(f"{restored.label} stands for itself again.", err=True)

    return _with_name_argument(kind, unmerge)


def _help(template: str, kind: RecordKind) -> str:
    return template.format(metavar=_METAVAR[kind], kind=kind.value).strip()


_INTERVIEWER = interviewer_option("Do it as this person (default: you).")
_RENAME = """Give {metavar}, a {kind}, the name NEW everywhere.

The old name still finds the {kind}. Scorecards stay as they were sealed.
"""
_REFERENCE = {
    RecordKind.PERSON: """Set the e-mail address of NAME, which tells namesakes apart.

An empty ADDRESS ("") removes it.
""",
    RecordKind.ROLE: """Set the reference of TITLE, such as a requisition's number.

It tells roles with the same title apart. An empty REFERENCE ("") removes it.
""",
    RecordKind.CANDIDATE: """Set the reference of NAME: an e-mail, or another system's number.

It tells candidates with the same name apart. An empty REFERENCE ("") removes it.
""",
}
_MERGE = """Merge {metavar} into the {kind} INTO: both are the same from now on.

Everything of {metavar} counts for INTO. Scorecards stay as they were sealed, and unmerge takes
the two apart again.
"""
_UNMERGE = """Take {metavar}, a {kind} that was merged into another, apart again.

Scorecards submitted since then stay with the other one.
"""


def settled_name(store: "Store", kind: RecordKind, text: str, *, is_new: bool) -> str:
    """``text``, or the id of the record it was nearly the name of, as the user answers.

    ``is_new`` asks nothing. BlockedError where there is nobody to ask. AmbiguousNameError where
    the text could mean several.
    """
    from interviewkit.interview.similar_names import similar_records

    registry = store.registry()
    if is_new or registry.lookup(kind, text) is not None:
        return text
    similar = similar_records(text, registry.records(kind))
    if not similar:
        return text
    meant = " or ".join(record.name for record in similar[:3])
    question = f"New {kind}: {text}. Did you mean {meant}?"
    if not sys.stdin.isatty():
        raise BlockedError(question, f"Give the name that was meant, or add --new {kind}.")
    return _choose_record(similar, question) or text


def _choose_record(similar: list[NamedRecord], question: str) -> str:
    if len(similar) == 1:
        return similar[0].id if is_confirmed(question, default=True) else ""
    echo(question, err=True)
    for position, record in enumerate(similar, start=1):
        echo(f"  {position}  {record.label}", err=True)
    choice = ask_number("Number, or 0 for a new one", len(similar))
    return similar[choice - 1].id if choice else ""
