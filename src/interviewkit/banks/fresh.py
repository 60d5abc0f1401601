"""The text of a bank file that is not there yet, in the manner of those we ship."""

from collections.abc import Mapping
from typing import Any

from interviewkit.banks.schema import MODELINE
from interviewkit.banks.text.yaml_writer import FIELDS, SPACED, write_field, write_item, write_value

_LISTS = {"words", "scale", "competencies", "questions", "kits", "accepted"}


def first_text(data: Mapping[str, Any], extends: str = "") -> str:
    """A whole bank's text; for one that extends another only the fields that begin its file."""
    if extends:
        return (
            f"{MODELINE}\n\n"
            + write_field("format", 1, 0, ())
            + write_field("id", data["id"], 0, ())
            + write_field("extends", extends, 0, ())
            + write_field("title", data["title"], 0, ())
        )
    text = f"{MODELINE}\n\n"
    for name in FIELDS[()]:
        if name not in data:
            continue
        text += "\n" if name in _LISTS else ""
        if (name,) in SPACED:
            text += f"{name}:\n" + "\n".join(
                write_item(_short(entry), 2, (name,)) for entry in data[name]
            )
        else:
            text += f"{name}:" + write_value(data[name], 0, (name,), len(name) + 1)
    return text


def _short(entry: Mapping[str, Any]) -> dict[str, Any]:
    """Without the kind that most questions are of, the default."""
    return {
        key: value for key, value in entry.items() if (key, value) != ("kind", "past_behaviour")
    }
