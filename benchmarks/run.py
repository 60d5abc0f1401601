"""Every figure beside a floor measured in the same run; absolute times say little.

Usage: python benchmarks/run.py [--quick] [--only PART]... [--json FILE] [--against FILE]
                                [--others NAME[=COMMAND]]... [--markdown FILE] [--show FILE]

Each run is kept as JSON in `benchmarks/runs`, with what it ran on; `--against` names an earlier
one. `--others` starts another terminal program beside ours: posting where it is on the PATH, or
posting=/path/to/posting. `--markdown` writes the table into a page, between its two marks, and
`--show` takes the rows of an earlier run and measures nothing.
"""

import argparse
import shutil
import sys
import tempfile
import traceback
from collections.abc import Callable, Iterable, Iterator, Mapping
from functools import partial
from pathlib import Path
from typing import Any

import bank_changes
import bank_check
import comparing
import counts
import folder_scan
import history
import hub
import importing
import keeping
import memory
import others
import reading_notes
import scrolling
import search
import showing
import starting
import typing_keys
import workbook
from measuring import Extent, Row

Part = Callable[[Path, Extent], Iterator[Row]]
SUITE: dict[str, Part] = {
    "counts": counts.rows,
    "start": starting.rows,
    "keys": typing_keys.rows,
    "records": keeping.rows,
    "search": search.rows,
    "evidence": reading_notes.rows,
    "bank-check": bank_check.rows,
    "bank-changes": bank_changes.rows,
    "comparison": comparing.rows,
    "import": importing.rows,
    "folder": folder_scan.rows,
    "workbook": workbook.rows,
    "scrolling": scrolling.rows,
    "memory": memory.rows,
    "hub": hub.rows,
}


def measured(parts: Mapping[str, Part], extent: Extent) -> tuple[list[dict[str, Any]], list[str]]:
    """Run the parts, printing each row: the rows and the parts that failed, which say so while
    the rest goes on.
    """
    rows: list[dict[str, Any]] = []
    failed = []
    for name, part in parts.items():
        with tempfile.TemporaryDirectory() as place:
            try:
                for row in part(Path(place), extent):
                    rows.append(row.as_json())
                    print(showing.line(rows[-1]), flush=True)
            except Exception:  # noqa: BLE001 - an hour of figures is not lost for one of them
                failed.append(name)
                print(f"{name} could not be measured:\n{traceback.format_exc()}", flush=True)
    return rows, failed


def commands(named: Iterable[str]) -> dict[str, str]:
    """Name → command of other programs. ValueError where there is none."""
    found = {}
    for item in named:
        name, _, command = item.partition("=")
        program = command or shutil.which(name)
        if not program:
            raise ValueError(f"{name} is not on the PATH; say {name}=COMMAND")
        found[name] = program
    return found


def _arguments() -> argparse.ArgumentParser:
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("--quick", action="store_true", help="small sizes and few rounds")
    parser.add_argument(
        "--only", action="append", choices=[*SUITE, "others"], help="a part, perhaps several"
    )
    parser.add_argument("--json", type=Path, metavar="FILE", help="keep the run here")
    parser.add_argument(
        "--against", type=Path, metavar="FILE", help="an earlier run to compare with"
    )
    parser.add_argument("--others", action="append", default=[], metavar="NAME[=COMMAND]")
    parser.add_argument("--markdown", type=Path, metavar="FILE", help="a page with the two marks")
    parser.add_argument(
        "--show", type=Path, metavar="FILE", help="an earlier run, nothing measured"
    )
    return parser


def _chosen(only: list[str] | None, programs: dict[str, str]) -> dict[str, Part]:
    every = SUITE | ({"others": partial(others.rows, programs=programs)} if programs else {})
    if only and "others" in only and not programs:
        raise ValueError("say with --others which other programs to start")
    return {name: every[name] for name in only or every}


def main(words: list[str] | None = None) -> int:
    """Print the table; 0 when every part was measured."""
    parser = _arguments()
    args = parser.parse_args(words)
    try:
        parts = _chosen(args.only, commands(args.others))
        before = history.rows_of(args.against) if args.against else None
        rows = history.rows_of(args.show) if args.show else []
        if args.markdown:
            showing.check(args.markdown)
    except ValueError as error:
        parser.error(str(error))
    print(showing.HEAD)
    failed: list[str] = []
    if args.show:
        print("\n".join(map(showing.line, rows)))
    else:
        extent = Extent.QUICK if args.quick else Extent.FULL
        rows, failed = measured(parts, extent)
        print(f"kept in {history.kept(rows, failed, extent.name.lower(), args.json)}")
    if args.markdown:
        showing.into_page(rows, args.markdown)
    if before is not None:
        said = history.slower(rows, before) or ["nothing"]
        print("\n".join(["", "slower than before:", *said]))
    return 1 if failed else 0


if __name__ == "__main__":
    sys.exit(main())
