"""A bank that builds on another: the two files' nodes made into one.

What has an id (competencies, questions, probes, kits) is matched by it: fields that the extending
file gives replace those of the base, what is new comes behind. ``accepted`` is added to. Every
other field that the extending file gives replaces what stood there, kits' questions and weights
included. What is dropped takes along what hung on it: a competency its questions, a question its
places in the base's kits.

Nodes, not values, because a node still knows its line, and so each finding names the right file.
"""

from collections.abc import Callable, Collection, Iterator
from functools import partial

import yaml

from interviewkit.banks.model import Drop
from interviewkit.banks.validation import Fault, nearest

_BY_ID = {
    None: ("competencies", "questions", "kits"),
    "questions": ("probes",),
}  # by the list above
_ADDED_TO = ("accepted",)
_OWN = ("extends", "drop")


def merge_nodes(base: yaml.MappingNode, override: yaml.MappingNode, drop: Drop) -> yaml.MappingNode:
    """The whole bank. ``base`` is used up: its nodes become part of the result."""
    _leave_out(base, drop)
    result = _onto(base, override)
    result.value = [pair for pair in result.value if pair[0].value not in _OWN]
    return result


def leading_nowhere(base: yaml.MappingNode, drop: Drop) -> Iterator[Fault]:
    """Names under ``drop`` that the base does not have."""
    for kind in ("competencies", "questions", "kits"):
        ids = [_id(item) for item in _items(base, kind)]
        for index, name in enumerate(getattr(drop, kind)):
            if name not in ids:
                message = f"the base has no {name} among its {kind}{nearest(name, ids)}"
                yield ("drop", kind, index), "unknown-id", message
    probes = [
        f"{_id(question)}/{_id(probe)}"
        for question in _items(base, "questions")
        for probe in _items(question, "probes")
    ]
    for index, name in enumerate(drop.probes):
        if name not in probes:
            message = f"the base has no probe {name}{nearest(name, probes)}"
            yield ("drop", "probes", index), "unknown-id", message


def _onto(
    base: yaml.MappingNode, override: yaml.MappingNode, within: str | None = None
) -> yaml.MappingNode:
    """``own`` over ``base``, in the order of the base; the node that results is ``own``."""
    by_name = {key.value: (key, value) for key, value in base.value}
    for key, value in override.value:
        name = key.value
        if name in _BY_ID.get(within, ()) and name in by_name:
            value = _lists(by_name[name][1], value, name)
        elif name in _ADDED_TO and name in by_name and _is_list(value, by_name[name][1]):
            value.value = [*by_name[name][1].value, *value.value]
        by_name[name] = (key, value)
    override.value = list(by_name.values())
    return override


def _lists(base: yaml.Node, override: yaml.Node, within: str) -> yaml.Node:
    if not _is_list(base, override):
        return override
    items = {_id(item) or str(index): item for index, item in enumerate(base.value)}
    for position, item in enumerate(override.value):
        name = _id(item)
        if name in items and isinstance(item, yaml.MappingNode):
            items[name] = _onto(items[name], item, within)
        else:
            items[name or f"own {position}"] = item
    override.value = list(items.values())
    return override


def _leave_out(base: yaml.MappingNode, drop: Drop) -> None:
    questions = set(drop.questions) | {
        _id(question)
        for question in _items(base, "questions")
        if _text(question, "competency") in drop.competencies
    }
    _keep(base, "competencies", lambda item: _id(item) not in drop.competencies)
    _keep(base, "questions", lambda item: _id(item) not in questions)
    _keep(base, "kits", lambda item: _id(item) not in drop.kits)
    for question in _items(base, "questions"):
        gone = {
            path.partition("/")[2] for path in drop.probes if path.startswith(_id(question) + "/")
        }
        _keep(question, "probes", partial(_is_not_in, gone))
    for kit in _items(base, "kits"):
        _keep(kit, "questions", lambda item: _text(item, "question") not in questions)
        _forget(kit, drop.competencies)


def _forget(kit: yaml.MappingNode, competencies: Collection[str]) -> None:
    """Weights and must-haves of dropped competencies, and their places on the panel."""
    for name in ("weights", "must_have"):
        values = _get(kit, name)
        if isinstance(values, yaml.MappingNode):
            values.value = [pair for pair in values.value if pair[0].value not in competencies]
    for seat in _items(kit, "panel"):
        focus = _get(seat, "focus")
        if isinstance(focus, yaml.SequenceNode):
            focus.value = [item for item in focus.value if item.value not in competencies]
    _keep(kit, "panel", lambda seat: bool(getattr(_get(seat, "focus"), "value", None)))


def _is_not_in(gone: Collection[str], item: yaml.MappingNode) -> bool:
    return _id(item) not in gone


def _keep(
    parent: yaml.MappingNode, name: str, predicate: Callable[[yaml.MappingNode], bool]
) -> None:
    node = _get(parent, name)
    if isinstance(node, yaml.SequenceNode):
        node.value = [
            item for item in node.value if not isinstance(item, yaml.MappingNode) or predicate(item)
        ]


def _items(parent: yaml.MappingNode, name: str) -> list[yaml.MappingNode]:
    node = _get(parent, name)
    items = node.value if isinstance(node, yaml.SequenceNode) else []
    return [item for item in items if isinstance(item, yaml.MappingNode)]


def _get(node: yaml.MappingNode, name: str) -> yaml.Node | None:
    return next((value for key, value in node.value if key.value == name), None)


def _text(node: yaml.MappingNode, name: str) -> str:
    value = _get(node, name)
    return str(value.value) if isinstance(value, yaml.ScalarNode) else ""


def _id(node: yaml.Node) -> str:
    return _text(node, "id") if isinstance(node, yaml.MappingNode) else ""


def _is_list(*nodes: yaml.Node) -> bool:
    return all(isinstance(node, yaml.SequenceNode) for node in nodes)
