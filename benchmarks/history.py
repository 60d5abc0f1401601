"""Runs that are kept, and one held against an earlier one."""

import json
import math
import os
import platform
import shutil
import sqlite3
import subprocess
from collections.abc import Mapping, Sequence
from datetime import UTC, datetime
from importlib.metadata import version
from pathlib import Path
from typing import Any

RUNS = Path(__file__).with_name("runs")
# By so much one machine differs from itself, even between runs that scatter little.
LEAST = 0.2
SURE = 3  # times what the figures of both runs scatter


def kept(
    rows: Sequence[Mapping[str, Any]], failed: Sequence[str], extent: str, path: Path | None
) -> Path:
    """Write a run as JSON, with what it ran on; where it is."""
    now = datetime.now(UTC)
    path = path or RUNS / f"{now:%Y-%m-%d-%H%M%S}.json"
    path.parent.mkdir(parents=True, exist_ok=True)
    about = {
        "at": now.isoformat(timespec="seconds"),
        "commit": _commit(),
        "extent": extent,
        "python": platform.python_version(),
        "sqlite": sqlite3.sqlite_version,
        "platform": platform.platform(terse=True),
        "cores": os.cpu_count(),
        "libraries": {name: version(name) for name in ("textual", "pydantic", "openpyxl")},
        "failed": list(failed),
        "rows": list(rows),
    }
    path.write_text(json.dumps(about, indent=1, ensure_ascii=False) + "\n", encoding="utf-8")
    return path


def rows_of(path: Path) -> list[dict[str, Any]]:
    """The rows of a run that was kept. ValueError when it is none."""
    try:
        rows: list[dict[str, Any]] = json.loads(path.read_text(encoding="utf-8"))["rows"]
    except (OSError, ValueError, KeyError, TypeError) as error:
        raise ValueError(f"{path} is no run that was kept here: {error}") from error
    return rows


def slower(rows: Sequence[Mapping[str, Any]], before: Sequence[Mapping[str, Any]]) -> list[str]:
    """What takes longer than in an earlier run, beyond noise; rows of one of them are left out."""
    earlier = {row["what"]: row for row in before}
    pairs = [(row, earlier[row["what"]]) for row in rows if row["what"] in earlier]
    return [
        f"{row['what']}: {_figure(was):.2f} → {_figure(row):.2f}"
        for row, was in pairs
        if _figure(row) > _figure(was) + _noise(row, was)
    ]


def _figure(row: Mapping[str, Any]) -> float:
    return float(row["ours"] if row["ratio"] is None else row["ratio"])


def _noise(row: Mapping[str, Any], was: Mapping[str, Any]) -> float:
    """Exponents, shares and counts lie near 0, so a share of them says nothing."""
    if row["unit"] in ("", "%"):
        return LEAST
    scatter = math.hypot(*(one.get("scatter", 0) for one in (row, was)))
    return max(LEAST, SURE * scatter) * _figure(was)


def _commit() -> str:
    if not shutil.which("git"):
        return ""
    asked = ["git", "-C", str(RUNS.parent), "rev-parse", "--short", "HEAD"]
    return subprocess.run(asked, capture_output=True, text=True, check=False).stdout.strip()
