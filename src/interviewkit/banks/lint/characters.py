"""Characters that would act on a terminal, or that nobody sees, in whatever text of a bank."""

from collections.abc import Iterator
from dataclasses import fields, is_dataclass

from interviewkit.banks.lint.rules import Told
from interviewkit.banks.model import Bank
from interviewkit.banks.text.yaml_nodes import Loc
from interviewkit.visible_text import hidden_characters


def characters(bank: Bank) -> Iterator[Told]:
    """One finding for each text that holds any; line ends and tabs are none."""
    for loc, text in _texts((), bank):
        hidden = hidden_characters(" ".join(text.split("\n")).replace("\t", " "))
        if hidden:
            yield (
                loc,
                "control-character",
                f"{hidden} is invisible or a control character; remove it",
            )


def _texts(loc: Loc, value: object) -> Iterator[tuple[Loc, str]]:
    if isinstance(value, str):
        if not (value.isascii() and value.isprintable()):
            yield loc, value
    elif isinstance(value, dict):
        for key, item in value.items():
            yield from _texts((*loc, key), item)
    elif isinstance(value, tuple | list | frozenset):
        for index, item in enumerate(value):
            yield from _texts((*loc, index), item)
    elif is_dataclass(value):
        for field in fields(value):
            yield from _texts((*loc, field.name), getattr(value, field.name))
