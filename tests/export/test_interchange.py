import hashlib
import json
import re
from collections.abc import Callable
from typing import Any

import jsonschema
import pytest

from interviewkit.errors import RefusedImportError
from interviewkit.exchange.jsonl import dump_line, export_lines, read_lines
from interviewkit.exchange.jsonl_schema import line_schema
from interviewkit.interview.sealed_document import seal
from interviewkit.storage.store import Store
from support import ROOT, complete, shipped

Line = dict[str, Any]


@pytest.fixture
def lines(store: Store) -> list[bytes]:
    complete(store, {"unspoken-need": 4, "honest-feedback": None})
    door = store._exchange()
    return list(export_lines(store.banks_used(), door.sealed_scorecards(), door.document))


@pytest.fixture
def scorecard(lines: list[bytes]) -> Line:
    line: Line = json.loads(lines[-1])
    return line


def refused(*lines: bytes) -> RefusedImportError:
    with pytest.raises(RefusedImportError) as error:
        list(read_lines("file", lines))
    assert "Nothing was imported." in error.value.hint
    return error.value


def test_every_line_we_write_fits_the_schema_we_print(lines: list[bytes]) -> None:
    printed = line_schema()
    jsonschema.Draft202012Validator.check_schema(printed)
    validator = jsonschema.Draft202012Validator(printed)
    for line in lines:
        validator.validate(json.loads(line))


@pytest.mark.parametrize(
    "change", [{"colour": "red"}, {"recommendation": "maybe"}, {"sha256": None}, {"type": "person"}]
)
def test_the_schema_refuses_what_import_refuses(scorecard: Line, change: Line) -> None:
    validator = jsonschema.Draft202012Validator(line_schema())
    assert not validator.is_valid(scorecard | change)
    refused(dump_line(scorecard | change))


@pytest.mark.parametrize(
    ("raw", "said"),
    [
        (b"{", "file, line 2: this is not JSON: expecting property name"),
        (b'{"type": "role"} {}', "file, line 2: this is not JSON: extra data at character 18."),
        (b'{"a": NaN}', "file, line 2: this is not JSON: NaN is not a number."),
        (b'{"a": 1, "a": 2}', "file, line 2: this is not JSON: a appears twice in one object."),
        (b'{"a": ' + b"9" * 5000 + b"}", "file, line 2: this is not JSON: "),
        (b"[" * 100_000, "file, line 2: this is too deeply nested."),
        (b"[]", "file, line 2: this is not an object such as {…} is."),
        (b'"\\ud800"', "file, line 2: a text contains half a character (a lone surrogate)."),
        (b'{"a": "\xff"}', "file, line 2: this is not UTF-8 text (byte 8 of the line)."),
        (
            b"{}",
            "file, line 2: type is missing; it is one of bank, role, candidate, scorecard, "
            "amendment, decision, log_head, signature, calibration_set, calibration, person, "
            "role_settings, plan, gone, alias.",
        ),
        (b'{"type": "animal"}', "file, line 2: type is 'animal'; it is one of bank, role"),
        (b'{"type": ["role"]}', "file, line 2: type is ['role']; it is one of bank, role"),
        (b'{"type": "role", "id": "r"}', "file, line 2: title: is missing."),
        (b'{"type": "role", "id": "r", "title": " "}', "file, line 2: title: string should have"),
        (b'{"type": "role", "id": 1, "title": "T"}', "file, line 2: id: input should be a valid"),
        (
            b'{"type": "candidate", "id": "c", "name": "A", "nme": 1}',
            "file, line 2: nme: is not a field here; did you mean name?",
        ),
        (b'{"type": "scorecard"}', "file, line 2: the scorecard has no seal."),
    ],
)
def test_a_line_at_fault_is_named_with_its_number(raw: bytes, said: str) -> None:
    assert refused(b"\n", raw).message.startswith(said)


def test_a_missing_seal_is_told_how_to_be_computed() -> None:
    hint = refused(b'{"type": "scorecard"}').hint
    assert "SHA-256" in hint
    assert "sorted keys" in hint


def _at(*path: str | int, value: object) -> Callable[[Line], None]:
    def change(line: Line) -> None:
        inner: Any = line
        for step in path[:-1]:
            inner = inner[step]
        inner[path[-1]] = value

    return change


@pytest.mark.parametrize(
    ("change", "said"),
    [
        (_at("answers", 0, "rating", value=8), "answers 1, rating: input should be less than"),
        (_at("answers", 0, "rating", value=0), "answers 1, rating: input should be greater than"),
        (_at("answers", 0, "rating", value=True), "answers 1, rating: input should be a valid int"),
        (_at("answers", 0, "rating", value=4.0), "answers 1, rating: input should be a valid int"),
        (_at("answers", 0, "seconds", value=-1), "answers 1, seconds: input should be greater"),
        (_at("answers", 0, "seconds", value="1"), "answers 1, seconds: input should be a valid n"),
        (_at("answers", 0, "notes", 0, "at", value="2026-13-01T00:00:00Z"), "time does not exist"),
        (
            _at("answers", 0, "notes", 0, "at", value="0001-01-01T00:00:00+05:00"),
            "time does not exist",
        ),
        (_at("started_at", value="2026-03-02 09:00"), "started_at: string should match pattern"),
        (_at("answers", 0, "ticks", value={"lies": True}), "answers 1, ticks, lies: input should"),
        (_at("answers", 0, "note", value=[]), "answers 1, note: is not a field here; did you mean"),
        (_at("bank", "sha", value=""), "bank, sha: is not a field here; did you mean sha256?"),
        (_at("answers", 0, "notes", 0, value={}), "answers 1, notes 1, id: is missing; "),
        (_at("recommendation", value="maybe"), "recommendation: input should be 'definitely_not'"),
        (_at("pages", 0, "page", value="middle"), "pages 1, page: input should be 'opening' or"),
    ],
)
def test_a_fault_is_named_with_its_field(
    scorecard: Line, change: Callable[[Line], None], said: str
) -> None:
    change(scorecard)
    assert said in refused(dump_line(scorecard)).message


def test_of_many_faults_in_a_line_the_first_few_are_named(scorecard: Line) -> None:
    for answer in scorecard["answers"]:
        answer["rating"] = 9
    assert refused(dump_line(scorecard)).message.endswith("; and 3 more.")


def test_a_scorecard_that_was_changed_is_refused(scorecard: Line) -> None:
    scorecard["answers"][0]["rating"] = 5
    said = refused(dump_line(scorecard)).message
    assert said.startswith(f"file, line 1: the scorecard {scorecard['id']} does not match its seal")


@pytest.mark.parametrize(
    ("part", "said"),
    [
        ("answers", "answers: unspoken-need appears twice."),
        ("pages", "pages: opening appears twice."),
    ],
)
def test_what_stands_twice_is_refused(scorecard: Line, part: str, said: str) -> None:
    scorecard[part].append(scorecard[part][0])
    scorecard["sha256"] = seal(scorecard)
    assert said in refused(dump_line(scorecard)).message


def test_a_probe_asked_twice_is_refused(scorecard: Line) -> None:
    probe = {"probe": "p", "text": "t", "elicits": [], "asked_at": "2026-03-02T09:00:00Z"}
    scorecard["answers"][1]["probes"] = [probe | {"outcome": None}] * 2
    scorecard["sha256"] = seal(scorecard)
    assert "answers 2, probes: p appears twice." in refused(dump_line(scorecard)).message


def test_a_banks_text_must_be_what_it_says() -> None:
    file = shipped()
    line = {"type": "bank", "id": file.bank.id, "sha256": file.sha256, "text": file.text}
    changed = dump_line(line | {"text": file.text + "\n"})
    assert "sha256 is not the hash of the bank's text" in refused(changed).message
    renamed = dump_line(line | {"id": "another"})
    said = refused(renamed).message
    assert said == "file, line 1: id is another, but the text is the bank customer-focused-sales."
    text = "format: 1\n"
    sha256 = hashlib.sha256(text.encode()).hexdigest()
    unreadable = line | {"text": text, "sha256": sha256}
    error = refused(dump_line(unreadable))
    assert error.message.startswith("file, line 1, the bank customer-focused-sales: ")
    assert "questions is missing" in error.hint


def test_the_recipe_in_the_documentation_computes_our_seals(lines: list[bytes]) -> None:
    text = (ROOT / "docs" / "interchange.md").read_text(encoding="utf-8")
    recipe = re.findall(r"```python\n(.*?)```", text, re.DOTALL)
    assert len(recipe) == 1
    names: dict[str, Any] = {}
    exec(recipe[0], names)
    line = lines[-1].decode()
    assert names["seal"](line) == json.loads(line)["sha256"]


def test_the_documentation_names_every_field() -> None:
    text = (ROOT / "docs" / "interchange.md").read_text(encoding="utf-8")
    parts = line_schema()["$defs"]
    assert isinstance(parts, dict)
    for name, part in parts.items():
        for field in part.get("properties", {}):
            assert f"`{field}`" in text, f"{field} of {name}"
