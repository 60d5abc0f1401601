"""Rewrite the table of faults in docs/reliability.md: ``make faults``. It takes some minutes."""

import sys
import tempfile
from pathlib import Path

from scenarios import SCENARIOS, Row

PAGE = Path(__file__).parents[2] / "docs" / "reliability.md"
BEGIN, END = "<!-- made by make faults -->", "<!-- end of the table -->"
HEAD = "| fault | times tried | records lost | what the user saw |\n|---|---:|---:|---|"


def rows_of(page: Path) -> dict[str, Row]:
    """The rows that the page shows, by fault."""
    text = page.read_text(encoding="utf-8")
    found = {}
    for line in text[text.index(BEGIN) : text.index(END)].splitlines()[3:]:
        fault, tried, lost, saw = (cell.strip() for cell in line.strip("|").split("|"))
        found[fault] = Row(fault, int(tried.replace(",", "")), int(lost), saw)
    return found


def main() -> None:
    lines = [BEGIN, *HEAD.splitlines()]
    for scenario, (times, _) in SCENARIOS.items():
        with tempfile.TemporaryDirectory() as folder:
            row = scenario(Path(folder), times)
        print(row, file=sys.stderr, flush=True)
        lines.append(f"| {row.fault} | {row.tried:,} | {row.lost} | {row.saw} |")
    text = PAGE.read_text(encoding="utf-8")
    before, after = text[: text.index(BEGIN)], text[text.index(END) :]
    PAGE.write_text(before + "\n".join(lines) + "\n" + after, encoding="utf-8")


if __name__ == "__main__":
    main()
