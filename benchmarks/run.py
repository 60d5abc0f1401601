"""Every figure beside a floor measured in the same run; absolute times say little.

Usage: python benchmarks/run.py [--quick] [--only NAME]... [--json FILE] [--against FILE]
                                [--others NAME=COMMAND]... [--markdown FILE]

Each run is kept as JSON in `benchmarks/runs`, with what it ran on; `--against` names an earlier
one. `--others` starts another terminal program beside ours, such as posting=/path/to/posting, and
`--markdown` writes the table into a page, between its two marks.
"""

import argparse
import json
import platform
import subprocess
import sys
import tempfile
import traceback
from collections.abc import Callable, Iterator
from datetime import UTC, datetime
from importlib.metadata import version
from pathlib import Path

import bank_check
import comparing
import keeping
import memory
import others
import reading_notes
import scrolling
import search
import starting
import typing_keys
import workbook
from measuring import Row

SUITE: dict[str, Callable[..., Iterator[Row]]] = {
    "start": starting.rows,
    "keys": typing_keys.rows,
    "records": keeping.rows,
    "search": search.rows,
    "evidence": reading_notes.rows,
    "bank-check": bank_check.rows,
    "comparison": comparing.rows,
    "workbook": workbook.rows,
    "scrolling": scrolling.rows,
    "memory": memory.rows,
}
RUNS = Path(__file__).with_name("runs")
HEAD = (
    f"{'what / floor':<62} {'ours':>10} {'floor':>10} {'ratio':>7} {'p95':>6} {'p99':>6} "
    f"{'target':>7}"
)
BEGINS, ENDS = "<!-- table begins -->", "<!-- table ends -->"
SLOWER = 1.25  # times the earlier ratio: less than that is what the machine's other work does


def line(row: Row) -> str:
    """A row of the table."""
    found = row.as_json()
    cells = [_figure(found["ours"]), _figure(found["floor"])]
    ratio = f"{row.ratio:.2f}×" if row.floor else ""
    tails = [f"{found[name]:.2f}" if found[name] is not None else "" for name in ("p95", "p99")]
    target = "" if row.target is None else f"{row.target:g}"
    missed = "  missed" if row.is_met is False else ""
    what = f"{row.what} ({row.unit})" if row.unit else row.what
    return (
        f"{what:<62} {cells[0]:>10} {cells[1]:>10} {ratio:>7} {tails[0]:>6} {tails[1]:>6} "
        f"{target:>7}{missed}"
    )


def _figure(value: object) -> str:
    if not isinstance(value, int | float):
        return ""
    return f"{value:,.0f}" if value >= 1000 else f"{value:.3g}"


def measured(names: list[str], programs: dict[str, str], *, quick: bool) -> list[Row]:
    """Run what was asked for, printing each row; a part that fails says so and the rest goes on."""
    rows: list[Row] = []
    for name in names:
        with tempfile.TemporaryDirectory() as place:
            try:
                part = SUITE.get(name, others.rows)
                more = {} if name in SUITE else {"programs": programs}
                for row in part(Path(place), quick=quick, **more):
                    rows.append(row)
                    print(line(row), flush=True)
            except Exception:  # noqa: BLE001 - an hour of figures is not lost for one of them
                print(f"{name} could not be measured:\n{traceback.format_exc()}", flush=True)
    return rows


def kept(rows: list[Row], path: Path | None) -> Path:
    """Write the run as JSON; where it is."""
    now = datetime.now(UTC)
    path = path or RUNS / f"{now:%Y-%m-%d-%H%M%S}.json"
    path.parent.mkdir(parents=True, exist_ok=True)
    about = {
        "at": now.isoformat(timespec="seconds"),
        "commit": _commit(),
        "python": platform.python_version(),
        "platform": platform.platform(terse=True),
        "libraries": {name: version(name) for name in ("textual", "pydantic", "openpyxl")},
        "rows": [row.as_json() for row in rows],
    }
    path.write_text(json.dumps(about, indent=1, ensure_ascii=False) + "\n", encoding="utf-8")
    return path


def into_page(rows: list[Row], page: Path) -> None:
    """Put the table between the marks of a page of the documentation."""
    lines = [
        "| what / its floor | ours | floor | ratio | p95 | p99 | target | |",
        "|---|---:|---:|---:|---:|---:|---:|---|",
    ]
    for row in rows:
        found = row.as_json()
        tails = [f"{found[name]:.2f}" if found[name] is not None else "" for name in ("p95", "p99")]
        cells = [
            f"{row.what.strip()}" + (f", {row.unit}" if row.unit else ""),
            *(_figure(found["ours"]), _figure(found["floor"])),
            *(f"{row.ratio:.2f}×" if row.floor else "", *tails),
            "" if row.target is None else f"{row.target:g}",
            {True: "met", False: "**missed**", None: ""}[row.is_met],
        ]
        lines.append(f"| {' | '.join(cells)} |")
    text = page.read_text(encoding="utf-8")
    before, _, rest = text.partition(BEGINS)
    _, _, after = rest.partition(ENDS)
    table = "\n".join([BEGINS, "", *lines, "", ENDS])
    page.write_text(before + table + after, encoding="utf-8")


def slower(rows: list[Row], before: Path) -> list[str]:
    """What takes longer than in an earlier run, beyond what one machine differs from itself."""
    earlier = {row["what"]: row for row in json.loads(before.read_text(encoding="utf-8"))["rows"]}
    said = []
    for row in rows:
        was = earlier.get(row.what)
        figure = was and (was["ratio"] or was["ours"])
        if figure and row.ratio > figure * SLOWER:
            said.append(f"{row.what}: {figure:.2f} → {row.ratio:.2f}")
    return said


def _commit() -> str:
    asked = ["git", "-C", str(RUNS.parent), "rev-parse", "--short", "HEAD"]
    return subprocess.run(asked, capture_output=True, text=True, check=False).stdout.strip()


def main() -> None:
    """Print the table."""
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("--quick", action="store_true", help="small sizes and few rounds")
    parser.add_argument("--only", action="append", choices=SUITE, help="a part, perhaps several")
    parser.add_argument("--json", type=Path, help="keep the run here")
    parser.add_argument("--against", type=Path, help="an earlier run to compare with")
    parser.add_argument("--others", action="append", default=[], metavar="NAME=COMMAND")
    parser.add_argument("--markdown", type=Path, metavar="FILE", help="a page with the two marks")
    args = parser.parse_args()
    programs = dict(item.split("=", 1) for item in args.others)
    names = args.only or [*SUITE]
    print(HEAD)
    rows = measured([*names, *(["others"] if programs else [])], programs, quick=args.quick)
    print(f"kept in {kept(rows, args.json)}")
    if args.markdown:
        into_page(rows, args.markdown)
    if args.against:
        print("\n".join(["", "slower than before:", *(slower(rows, args.against) or ["nothing"])]))
    sys.exit(0 if rows else 1)


if __name__ == "__main__":
    main()
