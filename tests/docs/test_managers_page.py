"""The answer that the page for hiring managers types brings what the page says it brings."""

import json
import re

from click.testing import CliRunner

from interviewkit.cli.main import cli
from support import ROOT

PAGE = (ROOT / "docs" / "managers.md").read_text(encoding="utf-8")


def try_notes(*notes: str) -> tuple[dict[str, str], list[dict[str, object]]]:
    args = ["bank", "try", "customer-focused-sales", "broken-promise", "--json"]
    result = CliRunner().invoke(cli, args, input="\n".join(notes))
    outcome = json.loads(result.stdout)
    return outcome["evidence"], outcome["suggestions"]


def test_the_first_note_brings_the_neutral_re_ask_with_the_reason_shown() -> None:
    row = re.search(
        r"^\| `([^`?]+)` \| the note; .*`\?0 ([^`]+)`.*: \*(.+)\* \|$", PAGE, re.MULTILINE
    )
    assert row
    note, ask, reason = row.groups()
    _, suggestions = try_notes(note)
    assert (suggestions[0]["ask"], suggestions[0]["reason"]) == (ask, reason)


def test_the_second_note_shows_the_elements_named() -> None:
    row = re.search(
        r"^\| `([^`]+)` \| a note below the probe; ✓ at ([^|]+) \|$", PAGE, re.MULTILINE
    )
    assert row
    elements = set(re.split(r", | and ", row[2]))
    evidence, _ = try_notes(row[1])
    assert {name for name, state in evidence.items() if state == "present"} == elements
