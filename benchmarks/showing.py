"""The rows of a run as a table: on the terminal, and in a page of the documentation."""

from collections.abc import Iterable, Mapping
from pathlib import Path
from typing import Any

HEAD = (
    f"{'what / floor':<62} {'ours':>10} {'floor':>10} {'ratio':>7} {'p95':>6} {'p99':>6} "
    f"{'target':>7}"
)
BEGINS, ENDS = "<!-- table begins -->", "<!-- table ends -->"
Found = Mapping[str, Any]  # a row as `Row.as_json` writes it


def line(row: Found) -> str:
    """A row for the terminal."""
    what = f"{row['what']} ({row['unit']})" if row["unit"] else row["what"]
    ours, floor, ratio, p95, p99, target = _cells(row)
    missed = "  missed" if row["met"] is False else ""
    return f"{what:<62} {ours:>10} {floor:>10} {ratio:>7} {p95:>6} {p99:>6} {target:>7}{missed}"


def into_page(rows: Iterable[Found], page: Path) -> None:
    """Put the table between the marks of a page."""
    lines = [
        "| what / its floor | ours | floor | ratio | p95 | p99 | target | |",
        "|---|---:|---:|---:|---:|---:|---:|---|",
    ]
    for row in rows:
        what = row["what"].strip() + (f", {row['unit']}" if row["unit"] else "")
        met = {True: "met", False: "**missed**", None: ""}[row["met"]]
        lines.append(f"| {' | '.join([what, *_cells(row), met])} |")
    before, _, rest = page.read_text(encoding="utf-8").partition(BEGINS)
    _, _, after = rest.partition(ENDS)
    table = "\n".join([BEGINS, "", *lines, "", ENDS])
    page.write_text(before + table + after, encoding="utf-8")


def check(page: Path) -> None:
    """ValueError when the page has no place for a table."""
    text = page.read_text(encoding="utf-8") if page.is_file() else ""
    if not -1 < text.find(BEGINS) < text.find(ENDS):
        raise ValueError(f"{page} has no place for a table, which is {BEGINS} and then {ENDS}")


def _cells(row: Found) -> tuple[str, str, str, str, str, str]:
    ratio = "" if row["ratio"] is None else f"{row['ratio']:.2f}×"
    p95, p99 = ("" if row[name] is None else f"{row[name]:.2f}" for name in ("p95", "p99"))
    target = "" if row["target"] is None else f"{row['target']:g}"
    return _figure(row["ours"]), _figure(row["floor"]), ratio, p95, p99, target


def _figure(value: float | None) -> str:
    if value is None:
        return ""
    return f"{value:,.0f}" if value >= 1000 else f"{value:.3g}"
