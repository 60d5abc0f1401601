"""What an import did, in words."""

from collections.abc import Mapping
from typing import TYPE_CHECKING

from interviewkit.cli.output import echo
from interviewkit.interview.people import RecordKind
from interviewkit.plurals import count_noun
from interviewkit.shell_line import shell_command

if TYPE_CHECKING:
    from interviewkit.storage.import_report import Taken
_KITS = {  # by the values of SignatureState, whose module would come with the help of a command
    "signed": "signed with the key of the plan.",
    "unsigned": "unsigned: ask the interviewer whether it is theirs.",
    "not checked": "whose signature was not checked. Install interviewkit[team], then "
    "import the file again.",
}


def say_imported(imported: "Taken") -> None:
    """What an import added, left out, and whom it may have made twice."""
    new_count, known_count = sum(imported.new.values()), sum(imported.known.values())
    detail = f" ({count_kinds(imported.new)})" if new_count else ""
    echo(f"Imported: {new_count} new{detail}, {known_count} known.", err=True)
    erased = sum(line.state == "erased" for line in imported.lines)
    if erased:
        echo(f"Left out: {count_kinds({'line': erased})} of candidates erased here.", err=True)
    for state, sentence in _KITS.items():
        count = sum(kit_state == state for kit_state in imported.kits.values())
        if count:
            echo(f"From a fillable kit: {count_kinds({'scorecard': count})}, {sentence}", err=True)
    for record, similar in imported.similar:
        names = ", ".join(record_like.label for record_like in similar)
        warning = f"New {record.kind}: {record.label}. Did you mean {names}?"
        echo(warning, err=True)
        group = "people" if record.kind is RecordKind.PERSON else record.kind.value
        merge = shell_command(group, "merge", names=[record.id, similar[0].id])
        echo(f"  {merge}", err=True)


def count_kinds(counts: Mapping[str, int]) -> str:
    """``1 bank, 6 candidates``; what there is none of goes unsaid."""
    return ", ".join(count_noun(count, kind) for kind, count in counts.items() if count)
