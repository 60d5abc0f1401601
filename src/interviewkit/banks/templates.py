"""The text of a bank that somebody begins: from our template, or on another bank."""

import json
import re
import unicodedata
from importlib.resources import files

from interviewkit.banks.schema import MODELINE

_LONGEST = 60


def id_from_title(text: str) -> str:
    """Words as an id: lower-case letters, digits, single hyphens; ``my-bank`` if none is left."""
    plain = unicodedata.normalize("NFKD", text).encode("ascii", "ignore").decode()
    slug = re.sub(r"[^a-z0-9]+", "-", plain.lower()).strip("-")[:_LONGEST].strip("-")
    if slug.isdigit() or slug in {"true", "false", "null"}:
        return f"bank-{slug}"  # without quotes it would be a number, or no text at all
    return slug or "my-bank"


def from_template(bank_id: str, title: str | None = None) -> str:
    """A small bank, complete and with comments, under an id and a title of its own."""
    text = (files("interviewkit.banks") / "template.yaml").read_text(encoding="utf-8")
    text = text.replace("id: my-bank  ", f"id: {bank_id}  ", 1)
    return text.replace("title: My bank\n", f"title: {_quote_yaml(title or bank_id)}\n", 1)


def extending(bank_id: str, base: str, title: str) -> str:
    """A bank that is the bank ``base``, called ``title`` until its author changes something."""
    return f"""\
{MODELINE}
#
# This bank is {base} with the changes below. Name a competency, question, probe or kit by
# its id and give the fields to change; a new id adds one. What you leave out stays as it is there.

format: 1
id: {bank_id}
extends: {base}
title: {_quote_yaml(title)}

# drop:
#   questions: [an-id]            # they are dropped from kits, too
#   probes: [a-question/a-probe]

# questions:
#   - id: an-id
#     ask: The question in your own words?
"""


def guided_template(bank_id: str, title: str, competencies: list[str], question: str) -> str:
    """The template with a title, competencies and a first question that were typed in.

    The first competency and the first question take the place of the template's.
    """
    text = from_template(bank_id, title)
    for name, example in zip(competencies, ("Keeping one's word", "Learning"), strict=False):
        text = text.replace(f"    name: {example}\n", f"    name: {_quote_yaml(name)}\n", 1)
    start = text.index("    ask: ")
    end = text.index("\n", start)
    return f"{text[:start]}    ask: {_quote_yaml(question)}{text[end:]}" if question else text


def _quote_yaml(text: str) -> str:
    """JSON's double quotes are YAML's, so that no sign in the words means anything."""
    return json.dumps(" ".join(text.split()), ensure_ascii=False)
