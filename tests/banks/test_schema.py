"""The JSON Schema takes what we read, refuses what a writer most often gets wrong."""

import json
from pathlib import Path
from typing import Any

import jsonschema
import pytest
import yaml
from click.testing import CliRunner

from interviewkit.banks import schema
from interviewkit.banks.field_docs import FIELDS
from interviewkit.banks.library import shipped_folder
from interviewkit.banks.loader import read_bank
from interviewkit.banks.model import (
    Acceptance,
    Bank,
    Competency,
    Drop,
    Extension,
    Kit,
    KitQuestion,
    Page,
    Probe,
    Question,
    RolePlay,
    Seat,
    field_names,
)
from interviewkit.cli.main import cli
from support import ROOT, shipped_ids

VALIDATOR = jsonschema.Draft202012Validator(schema.bank_schema())
SMALL = (ROOT / "tests/banks/small.yaml").read_text(encoding="utf-8")
EXTENDING = """\
format: 1
id: ours
extends: small
jurisdictions: [eu]
drop:
  questions: [other-department]
  probes: [broken-promise/who-knew]
questions:
  - id: broken-promise
    probes:
      - id: first-step
        ask: What was the first thing you did?
"""


def faults(text: str) -> list[str]:
    data = json.loads(json.dumps(yaml.safe_load(text)))  # JSON has only text for names
    return [error.message for error in VALIDATOR.iter_errors(data)]


def test_the_schema_is_a_schema() -> None:
    jsonschema.Draft202012Validator.check_schema(schema.bank_schema())


def test_the_file_beside_the_banks_is_made_from_the_code() -> None:
    kept = (shipped_folder() / schema.FILE_NAME).read_text(encoding="utf-8")
    assert kept == schema.schema_text(), (
        "interviewkit bank schema > question_banks/bank.schema.json"
    )


def test_the_command_prints_that_very_file() -> None:
    result = CliRunner().invoke(cli, ["bank", "schema"])
    assert (result.exit_code, result.stdout) == (0, schema.schema_text())


@pytest.mark.parametrize("bank_id", shipped_ids())
def test_a_shipped_bank_names_the_schema_in_its_first_line_and_keeps_to_it(bank_id: str) -> None:
    text = (shipped_folder() / f"{bank_id}.yaml").read_text(encoding="utf-8")
    assert text.splitlines()[0] == schema.MODELINE
    assert faults(text) == []


def test_a_small_bank_and_one_that_extends_it_keep_to_the_schema(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("INTERVIEWKIT_BANKS", str(tmp_path))
    (tmp_path / "small.yaml").write_text(SMALL, encoding="utf-8")
    (tmp_path / "ours.yaml").write_text(
        EXTENDING.replace("questions: [other-department]", "questions: []"), encoding="utf-8"
    )
    assert (faults(SMALL), faults(EXTENDING)) == ([], [])
    read_bank(tmp_path / "ours.yaml")


MISTAKES = {
    "a misspelt field": ("ask: Who else", "aks: Who else"),
    "a field of another part": ("    minutes: 15", "    minutes: 15\n    seat: x"),
    "a misspelt element": ("[own_action]", "[own_actoin]"),
    "a kind there is not": ("past_behaviour", "past"),
    "an id with capitals": ("id: small", "id: Small Bank"),
    "a language in full": ("language: en", "language: english"),
    "a number for a version": ('version: "1.0"', "version: 1.0"),
    "no version": ('version: "1.0"\n', ""),
    "a rating above every scale": ("      5: five\n", "      5: five\n      8: eight\n"),
    "a rating of zero": ("      5: five\n", "      5: five\n      0: nought\n"),
    "one element outside a list": ("[own_action]", "own_action"),
    "no element at all": ("[own_action]", "[]"),
    "minutes of nought": ("minutes: 15", "minutes: 0"),
    "a weight below zero": ("recovery: 2", "recovery: -1"),
    "a weight for no id": ("recovery: 2", "Recovery and more: 2"),
    "another format": ("format: 1", "format: 2"),
    "a scale of two": ("language: en", "language: en\nscale: {1: no, 2: 'yes'}"),
    "a scale from nought": ("language: en", "language: en\nscale: {0: a, 1: b, 2: c}"),
    "a country there is not": ("language: en", "language: en\njurisdictions: [usa]"),
    "an acceptance without a reason": (
        "language: en",
        "language: en\naccepted: [{code: question-long}]",
    ),
    "a seat that covers nothing": (
        "    minutes: 15",
        "    minutes: 15\n    panel: [{seat: Peer, focus: []}]",
    ),
    "only a part, and of no other bank": ("    name: Recovery\n", ""),
    "words for no element": ("language: en", "language: en\nwords: {customers: [the grower]}"),
}


@pytest.mark.parametrize(("old", "new"), MISTAKES.values(), ids=MISTAKES)
def test_a_common_mistake_does_not_pass(old: str, new: str) -> None:
    assert SMALL.count(old) == 1
    assert faults(SMALL.replace(old, new))


@pytest.mark.parametrize(
    ("old", "new"),
    [("id: ours\n", ""), ("broken-promise/who-knew", "who-knew"), ("drop:", "drops:")],
    ids=["no id", "a probe without its question", "a misspelt drop"],
)
def test_a_mistake_in_an_extending_bank_does_not_pass(old: str, new: str) -> None:
    assert faults(EXTENDING.replace(old, new))


def test_every_field_has_its_sentence_and_every_sentence_its_field() -> None:
    parts: dict[str, Any] = {
        part.__name__: field_names(part)
        for part in (
            Competency,
            Question,
            RolePlay,
            Probe,
            Kit,
            KitQuestion,
            Page,
            Seat,
            Acceptance,
            Drop,
        )
    }
    parts["Bank"] = [*field_names(Extension), *field_names(Bank)]
    assert {name: set(fields) for name, fields in FIELDS.items()} == {
        name: set(fields) for name, fields in parts.items()
    }
    assert all(said.endswith(".") for fields in FIELDS.values() for said in fields.values())


def test_an_editor_shows_what_a_field_is_for() -> None:
    shown = schema.bank_schema()
    assert shown["properties"]["title"]["description"] == FIELDS["Bank"]["title"]
    changed = shown["$defs"]["ChangedQuestion"]["properties"]["ask"]["description"]
    assert changed == FIELDS["Question"]["ask"]


def test_the_schema_beside_the_banks_is_taken_for_no_bank(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    from interviewkit.banks.library import banks

    (tmp_path / schema.FILE_NAME).write_text(schema.schema_text(), encoding="utf-8")
    monkeypatch.setenv("INTERVIEWKIT_BANKS", str(tmp_path))
    assert [found.id for found in banks()] == shipped_ids()
    assert CliRunner().invoke(cli, ["bank", "check", str(tmp_path)]).exit_code == 1  # none there
