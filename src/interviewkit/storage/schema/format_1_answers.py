"""The answers of a scorecard as format 1 sealed them, read from the tables of migrations 1 to 5.

Part of migration 6, so never changed once released: what reads answers today knows later columns.
"""

import json
import sqlite3
from typing import Any

_PAGES = ("@opening", "@closing")


def format_1_entries(connection: sqlite3.Connection, interview_id: str) -> dict[str, list[Any]]:
    """``answers`` and ``pages`` of the document. ValueError or TypeError for damaged values."""
    entries = [
        _entry(connection, interview_id, row)
        for row in connection.execute(
            "SELECT question, competency, rating, skipped, seconds FROM answer "
            "WHERE interview_id = ? ORDER BY position",
            (interview_id,),
        ).fetchall()
    ]
    return {
        "answers": [entry for entry in entries if entry["question"] not in _PAGES],
        "pages": [
            {
                "page": entry["question"].removeprefix("@"),
                "seconds": entry["seconds"],
                "notes": entry["notes"],
            }
            for entry in entries
            if entry["question"] in _PAGES
        ],
    }


def _entry(
    connection: sqlite3.Connection, interview_id: str, row: tuple[Any, ...]
) -> dict[str, Any]:
    question, competency, rating, skipped, seconds = row
    keys = (interview_id, question)
    notes = connection.execute(
        "SELECT id, at, text, probe FROM note WHERE interview_id = ? AND question = ? "
        "AND text IS NOT NULL ORDER BY id",
        keys,
    )
    asked = connection.execute(
        "SELECT probe, text, elicits, at, outcome FROM asked WHERE interview_id = ? "
        "AND question = ? AND taken_back = 0 ORDER BY at",
        keys,
    )
    ticks = connection.execute(
        "SELECT element, present FROM tick WHERE interview_id = ? AND question = ? "
        "ORDER BY element",
        keys,
    )
    return {
        "question": question,
        "competency": competency,
        "rating": rating,
        "skipped": skipped,
        "seconds": round(float(seconds), 1),
        "notes": [dict(zip(("id", "at", "text", "probe"), note, strict=True)) for note in notes],
        "probes": [
            {
                "probe": probe,
                "text": text,
                "elicits": json.loads(elicits),
                "asked_at": at,
                "outcome": outcome,
            }
            for probe, text, elicits, at, outcome in asked
        ],
        "ticks": {element: bool(present) for element, present in ticks},
    }
