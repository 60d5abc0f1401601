"""A bank file, read: YAML to models with every problem at its line, all at once.

The only way from text to a :class:`Bank`. A bank that extends another is made whole here, so
that anyone who uses a bank never has to know; the text that records keep is then the whole bank's,
written out, and an old scorecard reads as it was asked whatever becomes of the base.
"""

import hashlib
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field, replace
from pathlib import Path
from typing import Any

import yaml
from pydantic import ValidationError

from interviewkit.banks import library
from interviewkit.banks.inheritance import merge
from interviewkit.banks.model import Bank, Extension
from interviewkit.banks.pydantic_adapters import BANK, EXTENSION, ITEMS
from interviewkit.banks.text.yaml_nodes import (
    LOADER,
    Loc,
    PositionedData,
    PositionIndex,
    SourceLocation,
    compose,
    place_of,
    read_positions,
    refusal,
)
from interviewkit.banks.validation import (
    Fault,
    check_references,
    is_consequence,
    is_of_scale,
    repetitions,
    translate_error,
)
from interviewkit.errors import BankError, Finding, InterviewKitError, NotFoundError
from interviewkit.gc_pause import collector_paused

_DUMPER: type = getattr(yaml, "CSafeDumper", yaml.SafeDumper)
LARGEST = 5 * 1024 * 1024  # bytes; a bank of 2,000 questions is under 2 MiB


@dataclass(frozen=True, slots=True)
class BankFile:
    """A usable bank with the whole text it stands for; ``sha256`` is the hash of that text.

    ``source`` is what the file itself holds: for a bank that extends another only its own part,
    else the same as ``text``. ``walk`` knows where each value stands.
    """

    bank: Bank
    text: str
    path: Path | None = None
    source: str = field(default="", repr=False)
    walk: PositionIndex | None = field(default=None, repr=False, compare=False)

    @property
    def sha256(self) -> str:
        """SHA-256 of the text, in hexadecimal."""
        return hashlib.sha256(self.text.encode()).hexdigest()

    @property
    def extends(self) -> bool:
        """Whether the file holds only what it changes in another bank."""
        return bool(self.source) and self.text != self.source

    def where(self, loc: Loc) -> SourceLocation:
        """The file, line and column of what stands at ``loc``, such as ("questions", 0, "ask")."""
        return self.walk.where(loc) if self.walk else (str(self.path or self.bank.id), 1, 1)


_SHELLS = (("/", "dev"), ("/", "proc"))  # where a shell's <(command) stands, which does end


def read_bank(path: Path) -> BankFile:
    """Read a file. Raises BankError with all problems, InterviewKitError if it cannot be opened."""
    return read_as(read_text(path), path)


def read_as(text: str, path: Path, positions: PositionedData | None = None) -> BankFile:
    """``text`` as if it stood in the file ``path``; BankError with all problems.

    ``positions`` is the text walked, if that has been done already. One that extends another is
    walked again, because making it whole takes its nodes.
    """
    with collector_paused():
        if positions and not _is_part(positions.data):
            walk = positions.walk
            bank = _validate(positions.data, walk, [*walk.findings, *_aliases(walk, text)])
            return BankFile(bank, text, path, text, walk)
        composed = _compose_whole(text, path)
        bank, walk, data = composed.bank()
        whole = _written_out(data) if composed.extends else text
    return BankFile(bank, whole, path, text, walk)


@dataclass(frozen=True, slots=True)
class UsableBank:
    """A bank as it was read, with the plain values it was read from."""

    file: BankFile
    data: object

    def read_again(self, text: str, positions: PositionedData) -> BankFile | None:
        """The bank in the changed ``text``, of which ``positions`` hold the values.

        None when it has to be read whole, because more than items of lists differ or something
        is wrong with it. An item that is the same object in both values is the same in both banks.
        """
        changes = self._changed_lists(positions.data)
        if changes is None or self.file.path is None:
            return None
        try:
            lists: dict[str, Any] = {
                name: self._items(name, items) for name, items in changes.items()
            }
        except ValidationError:
            return None
        if any(repetitions(positions.data)) or any(check_references(positions.data)):
            return None
        bank = replace(self.file.bank, **lists)
        return BankFile(bank, text, self.file.path, text, positions.walk)

    def _changed_lists(self, data: object) -> dict[str, list[object]] | None:
        """The lists that differ, by name; None where anything else does."""
        if not isinstance(self.data, dict) or not isinstance(data, dict):
            return None
        changes = {}
        for name in self.data.keys() | data.keys():
            old, new = self.data.get(name), data.get(name)
            if old is new:
                continue
            if name not in ITEMS or not isinstance(new, list) or not new:
                return None
            changes[name] = new
        return changes

    def _items(self, name: str, items: list[object]) -> tuple[object, ...]:
        assert isinstance(self.data, dict)  # noqa: S101 - its lists have been compared
        models = getattr(self.file.bank, name)
        known = {id(item): model for item, model in zip(self.data[name], models, strict=True)}
        return tuple(known.get(id(item)) or ITEMS[name].validate_python(item) for item in items)


def values_of(text: str, path: Path) -> object:
    """The plain values of the whole bank, its base's included, whatever is wrong with them.

    BankError when they cannot even be told, or the base cannot be used.
    """
    with collector_paused():
        composed = _compose_whole(text, path)
        if not composed.extends:
            return composed.data
        return PositionIndex(str(path), composed.origins).plain(composed.node)


def base_of(extends: str, bank_id: object) -> BankFile:
    """The bank that one with this id extends; NotFoundError or BankError when there is none."""
    return read_bank(library.find_bank(extends, shipped_only=extends == bank_id).path)


def read_text(path: Path) -> str:
    """The text of a bank file; errors as :func:`read_bank`."""
    try:
        if path.is_fifo() and path.parts[:2] not in _SHELLS:
            raise InterviewKitError(
                f"{path} is a pipe, not a file.", "Write the bank to a file first."
            )
        raw = path.read_bytes()
    except OSError as error:
        raise InterviewKitError(
            f"{path} cannot be read: {error.strerror or error}.",
            "Check the path and its permissions.",
        ) from error
    if len(raw) > LARGEST:
        raise refusal(str(path), (1, 1), "too-large", "the file is larger than 5 MB")
    try:
        return raw.decode("utf-8-sig")
    except UnicodeDecodeError as error:
        line = raw.count(b"\n", 0, error.start) + 1
        column = error.start - raw.rfind(b"\n", 0, error.start)
        message = "this is not UTF-8 text; save the file with the encoding UTF-8"
        raise refusal(str(path), (line, column), "not-utf8", message) from error


def parse_bank(text: str, path: str) -> Bank:
    """The whole bank in ``text``; ``path`` is for messages only. BankError with all problems.

    For texts that records keep: they build on nothing else.
    """
    with collector_paused():
        walked_text = read_positions(text, path)
        data, walk = walked_text.data, walked_text.walk
        if _is_part(data):
            message = (
                "this is only a part of a bank: outside your banks folder a bank must be complete"
            )
            raise BankError(path, [Finding(*walk.where(("extends",)), "not-whole", message)])
        return _validate(data, walk, [*walk.findings, *_aliases(walk, text)])


@dataclass(slots=True)
class _Composed:
    """A file's nodes, those of its base joined in; ``origins`` says which come from there."""

    node: yaml.Node
    own: PositionIndex
    data: object
    findings: list[Finding]
    origins: dict[int, str] = field(default_factory=dict)

    @property
    def extends(self) -> bool:
        return _is_part(self.data)

    def bank(self) -> tuple[Bank, PositionIndex, object]:
        """The whole bank, validated, with the walk and the plain values of it."""
        walk, data = self.own, self.data
        if self.extends:
            walk = PositionIndex(self.own.path, self.origins)
            data = walk.plain(self.node)
        return _validate(data, walk, self.findings), walk, data


def _compose_whole(text: str, path: Path, ancestors: tuple[Path, ...] = ()) -> _Composed:
    """``ancestors`` are the files that extend this one, to see a circle."""
    node, walk = compose(text, str(path)), PositionIndex(str(path))
    data = walk.plain(node)
    result = _Composed(node, walk, data, [*walk.findings, *_aliases(walk, text)])
    if not isinstance(data, dict) or "extends" not in data or walk.aliases:
        return result
    result.findings += _locate_faults(walk, repetitions(data))
    extension = _extension(data, walk, result.findings)
    base_path = _base(extension.extends, data.get("id"), walk)
    if base_path.resolve() in {ancestor.resolve() for ancestor in (path, *ancestors)}:
        raise _at_extends(walk, "circular", "this bank would extend itself")
    try:
        base = _compose_whole(read_text(base_path), base_path, (path, *ancestors))
        base.bank()
    except BankError as error:
        message = f"{extension.extends} cannot be used itself; check {base_path} first"
        raise _at_extends(walk, "base-unusable", message) from error
    assert isinstance(base.node, yaml.MappingNode) and isinstance(node, yaml.MappingNode)  # noqa: S101 - both hold a mapping of fields, or there were findings
    result.findings += _locate_faults(walk, merge.leading_nowhere(base.node, extension.drop))
    for base_node in _every(base.node):
        result.origins[id(base_node)] = base.origins.get(id(base_node), str(base_path))
    result.node = merge.merge_nodes(base.node, node, extension.drop)
    return result


def _is_part(data: object) -> bool:
    """Whether it says what it changes in another bank instead of being one."""
    return isinstance(data, dict) and "extends" in data


def _base(base_id: str, own_id: object, walk: PositionIndex) -> Path:
    """The file of the bank to extend: a bank that extends its own id means the one we ship."""
    try:
        return library.find_bank(base_id, shipped_only=base_id == own_id).path
    except NotFoundError as error:
        raise _at_extends(walk, "unknown-id", f"{error.message} {error.hint}") from error


def _extension(
    data: dict[object, object], walk: PositionIndex, findings: list[Finding]
) -> Extension:
    try:
        return EXTENSION.validate_python(data)
    except ValidationError as error:
        faults = map(translate_error, error.errors(include_url=False))
        raise BankError(walk.path, [*findings, *_locate_faults(walk, faults)]) from error


def _at_extends(walk: PositionIndex, code: str, message: str) -> BankError:
    return BankError(walk.path, [Finding(*walk.where(("extends",)), code, message)])


def _validate(data: object, walk: PositionIndex, findings: Iterable[Finding]) -> Bank:
    all_findings = list(findings)
    bank: Bank | None = None
    try:
        bank = BANK.validate_python(data)
    except ValidationError as error:
        faults = [
            translate_error(detail)
            for detail in error.errors(include_url=False)
            if detail["loc"] not in walk.aliases
            and not is_of_scale(detail)
            and not is_consequence(detail)
        ]
        all_findings += _locate_faults(walk, faults)
    all_findings += _locate_faults(walk, [*repetitions(data), *check_references(data)])
    if all_findings or bank is None:
        raise BankError(walk.path, all_findings)
    return bank


def validate_data(data: object) -> tuple[Bank | None, list[Fault]]:
    """The bank with these plain values, and all that is wrong with it; for what is in no YAML.

    A field that is missing is told at its own place, though nothing stands there.
    """
    bank, faults = None, list[Fault]()
    try:
        bank = BANK.validate_python(data)
    except ValidationError as error:
        for detail in error.errors(include_url=False):
            if not is_of_scale(detail) and not is_consequence(detail):
                loc, code, message = translate_error(detail)
                faults.append((detail["loc"] if code == "missing-field" else loc, code, message))
    return bank, [*faults, *repetitions(data), *check_references(data)]


def _locate_faults(walk: PositionIndex, faults: Iterable[Fault]) -> list[Finding]:
    return [Finding(*walk.where(loc), code, message) for loc, code, message in faults]


def _aliases(walk: PositionIndex, text: str) -> list[Finding]:
    """A node knows only where its anchor stands, not who refers to it; the events do."""
    if not walk.aliases:
        return []
    message = "refers to another part by *name; write the value out here"
    events = (e for e in yaml.parse(text, Loader=LOADER) if isinstance(e, yaml.AliasEvent))
    return [Finding(walk.path, *place_of(e.start_mark), "alias", message) for e in events]


def _every(node: yaml.Node) -> Iterator[yaml.Node]:
    yield node
    if isinstance(node, yaml.MappingNode):
        for key, value in node.value:
            yield key
            yield from _every(value)
    elif isinstance(node, yaml.SequenceNode):
        for item in node.value:
            yield from _every(item)


def _written_out(data: object) -> str:
    return str(yaml.dump(data, Dumper=_DUMPER, sort_keys=False, allow_unicode=True, width=1000))
