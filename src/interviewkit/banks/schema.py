"""The JSON Schema of a bank file, for editors that complete and check while one types.

Made from the models, so it cannot drift from what :func:`interviewkit.banks.loader.read_bank`
takes. A bank that extends another may leave out what it does not change; what only a reading of
the whole file can tell (names that lead nowhere, gaps in anchors) is `bank check`'s to say.
"""

import json
from typing import Any

from interviewkit.banks.field_docs import FIELDS
from interviewkit.banks.model import FEWEST, MOST, Bank
from interviewkit.banks.pydantic_adapters import BANK, EXTENSION

FILE_NAME = "bank.schema.json"
MODELINE = f"# yaml-language-server: $schema={FILE_NAME}"
_CHANGED = ("Competency", "Question", "Probe", "Kit")  # with only an id, what is changed in a base
_LISTS = ("competencies", "questions", "kits")


def bank_schema() -> dict[str, Any]:
    """JSON Schema, draft 2020-12, of a bank file, whole or extending another."""
    whole = BANK.json_schema()
    extension = EXTENSION.json_schema()
    parts: dict[str, Any] = {**whole.pop("$defs"), **extension.pop("$defs")}
    for name, definition in parts.items():
        _tidy(definition, FIELDS.get(name, {}))
    fields = {**extension["properties"], **whole["properties"]}
    _tidy({"properties": fields}, FIELDS["Bank"])
    for name in _CHANGED:
        changed = {**parts[name], "required": ["id"]}
        changed["title"] = f"Changed {name.lower()}"
        parts[f"Changed{name}"] = _pointing_at_changed(changed)
    return {
        "$schema": "https://json-schema.org/draft/2020-12/schema",
        "title": "A question bank of interviewkit",
        "description": _first(Bank.__doc__),
        "type": "object",
        "additionalProperties": False,
        "properties": {name: _loose(name, field) for name, field in fields.items()},
        "required": ["format", "id"],
        "if": {"required": ["extends"]},
        "else": {
            "required": whole["required"],
            "properties": {
                name: {"items": {"$ref": fields[name]["items"]["$ref"]}} for name in _LISTS
            },
        },
        "$defs": parts,
    }


def schema_text() -> str:
    """The text of the schema's file."""
    return json.dumps(bank_schema(), ensure_ascii=False, indent=2) + "\n"


def _loose(name: str, field: dict[str, Any]) -> dict[str, Any]:
    """Of a list whose items an extending bank may give in part, only that it is a list of them."""
    return _pointing_at_changed({name: field})[name] if name in _LISTS else field


def _pointing_at_changed(definition: dict[str, Any]) -> dict[str, Any]:
    """The same with references to parts that have an id led to what may be given of them."""
    result: dict[str, Any] = {}
    for key, value in definition.items():
        if key == "$ref" and value.rpartition("/")[2] in _CHANGED:
            prefix, _, name = value.rpartition("/")
            result[key] = f"{prefix}/Changed{name}"
        else:
            result[key] = _pointing_at_changed(value) if isinstance(value, dict) else value
    return result


def _tidy(definition: dict[str, Any], descriptions: dict[str, str]) -> None:
    """A field's sentence instead of a title that repeats its name; maps with their names closed."""
    for name, field in definition.get("properties", {}).items():
        field.pop("title", None)
        field["description"] = descriptions[name]
        for shape in (field, *field.get("anyOf", ())):
            if name in {"anchors", "scale"} and shape.get("type") == "object":
                _name_by_points(shape)
            if "patternProperties" in shape:
                shape["additionalProperties"] = False
        if name == "scale":
            field["anyOf"][0].update(minProperties=FEWEST, maxProperties=MOST)
    if "description" in definition:
        definition["description"] = _first(definition["description"])


def _name_by_points(shape: dict[str, Any]) -> None:
    """JSON has only text for names: a rating is the text of its digit."""
    shape["patternProperties"] = {f"^[1-{MOST}]$": shape.pop("additionalProperties")}


def _first(docstring: str | None) -> str:
    return " ".join((docstring or "").split("\n\n")[0].split())
