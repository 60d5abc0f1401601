"""What an import did, in words."""

from collections.abc import Mapping
from typing import TYPE_CHECKING

from interviewkit.cli.output import echo
from interviewkit.interview.people import RecordKind

if TYPE_CHECKING:
    from interviewkit.storage.importer import Taken


def say_imported(taken: "Taken") -> None:
    """What an import added, left out, and whom it may have made twice."""
    new, known = sum(taken.new.values()), sum(taken.known.values())
    detail = f" ({count_kinds(taken.new)})" if new else ""
    echo(f"Imported: {new} new{detail}, {known} known.", err=True)
    erased = sum(line.state == "erased" for line in taken.lines)
    if erased:
        echo(f"Left out: {count_kinds({'line': erased})} of candidates erased here.", err=True)
    for record, similar in taken.similar:
        names = ", ".join(one.label for one in similar)
        words = f"New {record.kind}: {record.label}. Did you mean {names}?"
        echo(words, err=True)
        group = "people" if record.kind is RecordKind.PERSON else record.kind.value
        echo(f"  interviewkit {group} merge {record.id} {similar[0].id}", err=True)


def count_kinds(counts: Mapping[str, int]) -> str:
    """``1 bank, 6 candidates``; what there is none of goes unsaid."""
    return ", ".join(
        f"{count} {kind}{'' if count == 1 else 's'}" for kind, count in counts.items() if count
    )
