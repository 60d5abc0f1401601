"""A bank file under change: its text is edited, not rewritten.

Comments, order, blank lines and quoting stay byte for byte wherever nothing was changed. Every
edit is verified: the text is read again, and unless its values are those from before with just
that change, the edit is refused and nothing has happened. A draft may have findings on the way;
whether to save it so is for anyone who edits to say.
"""

import hashlib
from collections.abc import Callable, Mapping
from copy import deepcopy
from pathlib import Path
from typing import Any

from interviewkit import files
from interviewkit.banks.inheritance import override_diff
from interviewkit.banks.loader import (
    BankFile,
    UsableBank,
    base_of,
    read_as,
    read_text,
    values_of,
)
from interviewkit.banks.text import paths
from interviewkit.banks.text.item_lines import patch_item, reread_items
from interviewkit.banks.text.paths import Address, list_names
from interviewkit.banks.text.three_way_merge import merge_values
from interviewkit.banks.text.yaml_nodes import PositionedData, compose, read_positions
from interviewkit.banks.text.yaml_patch import Hint, patch_text, same
from interviewkit.errors import BankError, ChangedOnDiskError, Finding, InterviewKitError
from interviewkit.gc_pause import collector_paused

_BOM = b"\xef\xbb\xbf"


class Draft:
    """The text of one bank file, changed by address (see :mod:`interviewkit.banks.text.paths`).

    In a file that extends another bank, addresses lead through the whole bank. Changing what is
    inherited writes an override (the id and what differs), removing it an entry under ``drop``.
    """

    def __init__(self, text: str, path: Path, on_disk: bytes | None) -> None:
        self.path = path
        self.made_from = digest(on_disk)
        self._bom = _BOM if on_disk and on_disk.startswith(_BOM) else b""
        self._saved: str | None = text
        self._text = text
        self._before: list[str] = []
        self._read: tuple[str, BankFile | None, tuple[Finding, ...]] | None = None
        self._positions: tuple[str, PositionedData] | None = None  # of the text looked at last
        self._usable: UsableBank | None = None  # as it was read last without errors

    @classmethod
    def open(cls, path: Path) -> "Draft":
        """The file at ``path``; InterviewKitError when it cannot be read as text."""
        return cls(read_text(path), path, path.read_bytes())

    @classmethod
    def of(cls, text: str, path: Path) -> "Draft":
        """A text that is in no file yet and would be saved at ``path``."""
        return cls(text, path, None)

    @classmethod
    def again(cls, raw: bytes, path: Path, made_from: str | None) -> "Draft":
        """A draft that was kept: what would have been saved at ``path``, as it was then.

        It was made from a file with the SHA-256 ``made_from``, None for no file. When the file
        says something else by now, it counts as changed by another program.
        """
        draft = cls(raw.decode("utf-8-sig"), path, raw)
        disk_text = draft._now_on_disk()
        same_text = disk_text is not None and disk_text.removeprefix(_BOM) == raw.removeprefix(_BOM)
        draft.made_from = digest(disk_text) if same_text else made_from
        if not same_text:
            is_known = disk_text is not None and digest(disk_text) == made_from
            draft._saved = read_text(path) if is_known else None
        return draft

    def scratch(self) -> "Draft":
        """The text as it stands now, to try changes on."""
        draft = Draft.of(self._text, self.path)
        draft._read, draft._positions, draft._usable = self._read, self._positions, self._usable
        return draft

    @property
    def raw(self) -> bytes:
        """The bytes that :meth:`save` would write."""
        return self._bom + self._text.encode()

    @property
    def text(self) -> str:
        """The whole text as it stands now."""
        return self._text

    @property
    def is_changed(self) -> bool:
        """Whether it differs from what was opened or saved last."""
        return self._text != self._saved

    @property
    def file(self) -> BankFile | None:
        """The bank as it would be read; None as long as it has errors."""
        return self._reading()[0]

    @property
    def findings(self) -> tuple[Finding, ...]:
        """The errors that keep the text from being a bank."""
        return self._reading()[1]

    @property
    def positions(self) -> PositionedData:
        """The text composed and walked; BankError when it is not even YAML."""
        return self._walk(self._text)

    def set(self, address: Address, value: object) -> None:
        """Put a plain value (text, number, list, mapping) there; None removes an optional field."""
        self._edit(lambda data, _: paths.set_value(data, address, value))

    def add(self, address: Address, item: object, after: str | int | None = None) -> None:
        """Add an item to the list at ``address``, behind the one called ``after`` or at its head.

        In a file that extends another, what is new always comes behind what is inherited.
        """
        self._edit(lambda data, _: paths.add_item(data, address, item, after))

    def remove(self, address: Address) -> None:
        """Remove an item of a list, with the comments directly above it.

        An inherited competency takes its inherited questions along, and a question its places in
        kits: that is what an entry under ``drop`` means.
        """

        def change(data: Any, base: Any) -> object:
            if base is not None and override_diff.hangs_on(base, address):
                return override_diff.less(base, data, *address)
            return paths.remove_item(data, address)

        self._edit(change)

    def move(self, address: Address, after: str | int | None = None) -> None:
        """Move an item behind the one called ``after``, or to the head of its list."""
        moved = Hint(list_names(address[:-1]), moved=address[-1])
        self._edit(lambda data, _: paths.move_item(data, address, after), moved)

    def duplicate(self, address: Address, new_id: str) -> None:
        """Copy an item, its comments included, right behind itself under another id."""
        copied = Hint(list_names(address[:-1]), copied=(new_id, address[-1]))
        self._edit(lambda data, _: paths.duplicate_item(data, address, new_id), copied)

    def rewrite(self, data: Mapping[str, object]) -> None:
        """Make it the bank with these values, writing only what differs from those it has.

        Fields that say the default (an empty list, ``kind: past_behaviour``) may be
        missing in ``data``; where the file has them they stay.
        """
        self._edit(lambda now, _: _spelled_out(now, paths.plain_copy(data)))

    def undo(self) -> bool:
        """Take the last edit back; False when there is none."""
        if not self._before:
            return False
        self._text = self._before.pop()
        return True

    @property
    def is_outdated(self) -> bool:
        """Whether the file is no longer what was opened or saved last."""
        return digest(self._now_on_disk()) != self.made_from

    def save(self, *, over: bool = False) -> None:
        """Write the file, whole or not at all.

        ChangedOnDiskError when the file is no longer what was opened, unless it is to be written
        ``over``; InterviewKitError when it cannot be written. In both cases the file on disk and
        the draft are as they were.
        """
        if self.is_outdated and not over:
            raise ChangedOnDiskError(
                f"{self.path} has been changed by another program since it was opened.",
                "Reload it and make your changes again, or save yours under another name.",
            )
        raw = self.raw
        with files.replace_file(self.path, private=False) as file:
            file.write(raw)
        self.made_from, self._saved = digest(raw), self._text

    def reload(self) -> None:
        """Read the file again; unsaved changes and what could be undone are gone."""
        draft = Draft.open(self.path)
        self.made_from, self._bom = draft.made_from, draft._bom
        self._saved = self._text = draft.text
        self._before.clear()

    def merge_disk(self) -> tuple[Address, ...]:
        """Take in what another program wrote; what is changed here stays changed, on top of it.

        Gives the entries that both changed; then, and with InterviewKitError when what results is
        no bank, nothing has happened. What could be undone is gone.
        """
        raw = self._now_on_disk()
        if self._saved is None or raw is None:
            raise _refusal()
        disk_text, path = read_text(self.path), str(self.path)
        base, theirs = (
            _editable(read_positions(text, path)).data for text in (self._saved, disk_text)
        )
        merged, conflicts = merge_values(base, self.positions.data, theirs)
        if conflicts:
            return conflicts
        text = patch_text(disk_text, compose(disk_text, path), theirs, merged)
        self._verify(text, merged)
        read_as(text, self.path, self._walk(text))
        self.made_from, self._bom = digest(raw), _BOM if raw.startswith(_BOM) else b""
        self._saved, self._text = disk_text, text
        self._before.clear()
        return ()

    def _reading(self) -> tuple[BankFile | None, tuple[Finding, ...]]:
        if self._read is None or self._read[0] != self._text:
            file, findings = None, tuple[Finding, ...]()
            try:
                file = self._bank_file()
            except BankError as error:
                findings = error.findings
            self._read = (self._text, file, findings)
        return self._read[1:]

    def _bank_file(self) -> BankFile:
        """What did not change since the text was a bank last is not read again."""
        text, positions = self._text, self.positions
        file = self._usable.read_again(text, positions) if self._usable else None
        if file is None:
            file = read_as(text, self.path, positions)
        if not file.extends:
            self._usable = UsableBank(file, positions.data)
        return file

    def _walk(self, text: str) -> PositionedData:
        """Walked once, however often it is asked for: in a large bank that takes most of the time.

        What an edit has verified is what is read, shown and edited next. Where only items of a list
        differ from the text looked at last, only these are.
        """
        positions = None
        if self._positions is not None:
            previous_text, previous = self._positions
            if previous_text == text:
                return previous
            positions = reread_items(previous, previous_text, text)
        self._positions = (text, positions or read_positions(text, str(self.path)))
        return self._positions[1]

    def _edit(self, change: Callable[[Any, Any], object], hint: Hint | None = None) -> None:
        """Change the whole bank's values, write what that means for this file, and verify."""
        current = _editable(self._walk(self._text))
        data = current.data
        base = _base(data)
        if base is None:
            goal = change(data, None)
        else:
            whole = _mapping(values_of(self._text, self.path))
            changed = _mapping(change(whole, base))
            target = override_diff.behind_the_base(base, changed)
            if target == whole != changed:
                raise InterviewKitError(
                    f"What comes from {data['extends']} keeps its order from there.",
                    "You can only reorder your own items.",
                )
            goal = override_diff.own_part(base, target, data)
        text = patch_item(self._text, current, goal, hint)
        if text is None:
            with collector_paused():
                root = compose(self._text, str(self.path))
                text = patch_text(self._text, root, data, goal, hint)
        self._verify(text, goal)
        if base is not None:
            result = values_of(text, self.path)
            if not same(
                override_diff.normalize_lists(result), override_diff.normalize_lists(target)
            ):
                raise _refusal()
        if text != self._text:
            self._before.append(self._text)
            self._text = text

    def _verify(self, text: str, target: object) -> None:
        try:
            result = _editable(self._walk(text)).data
        except InterviewKitError as error:
            raise _refusal() from error
        if not same(result, target):
            raise _refusal()

    def _now_on_disk(self) -> bytes | None:
        try:
            return self.path.read_bytes()
        except FileNotFoundError:
            return None
        except OSError as error:
            raise files.write_refusal(self.path, error) from error


def digest(raw: bytes | None) -> str | None:
    """SHA-256 of a file's bytes in hexadecimal; None for no file."""
    return None if raw is None else hashlib.sha256(raw).hexdigest()


def _editable(walked_text: PositionedData) -> PositionedData:
    """The same; InterviewKitError where it cannot be edited."""
    if walked_text.walk.aliases:
        raise InterviewKitError(
            f"{walked_text.walk.path} refers to another part by *name.",
            "Write the value out in full, then edit it here.",
        )
    return walked_text


def _base(data: Any) -> dict[str, Any] | None:
    """The values of the bank that this one extends, None when it stands by itself."""
    if not isinstance(data, dict) or not isinstance(data.get("extends"), str):
        return None
    file = base_of(data["extends"], data.get("id"))
    path = str(file.path or data["extends"])
    return _mapping(_editable(read_positions(file.text, path)).data)


def _spelled_out(current: Any, target: Any) -> Any:
    """``wanted`` in the way ``now`` says it, where both say the same."""
    if same(
        override_diff.normalize_lists(_strip_texts(current)), override_diff.normalize_lists(target)
    ):
        return deepcopy(current)
    if isinstance(current, dict) and isinstance(target, dict):
        result = {
            key: _spelled_out(current.get(key), value)
            for key, value in target.items()
            if key in current or override_diff.normalize_lists({key: value}) != {}
        }
        for key, value in current.items():
            if key not in target and override_diff.normalize_lists({key: value}) == {}:
                result[key] = deepcopy(value)
        return result
    if isinstance(current, list) and isinstance(target, list):
        return _spelled_out_list(current, target)
    return target


def _spelled_out_list(current: list[Any], target: list[Any]) -> list[Any]:
    """Each item beside the one before that it is, by id or by what it says."""
    by_identity: dict[object, list[Any]] = {}
    for item in current:
        by_identity.setdefault(_name(item), []).append(item)
    result = []
    for item in target:
        same_name = by_identity.get(_name(item))
        result.append(_spelled_out(same_name.pop(0), item) if same_name else item)
    return result


def _name(item: Any) -> object:
    if isinstance(item, dict):
        return next((item[key] for key in ("id", "question", "seat", "code") if key in item), None)
    return item.strip() if isinstance(item, str) else item


def _strip_texts(value: Any) -> Any:
    """As the models keep it: texts without the blanks around them."""
    if isinstance(value, dict):
        return {key: _strip_texts(item) for key, item in value.items()}
    if isinstance(value, list):
        return [_strip_texts(item) for item in value]
    return value.strip() if isinstance(value, str) else value


def _mapping(value: object) -> dict[str, Any]:
    assert isinstance(value, dict)  # noqa: S101 - a bank that was read is one
    return value


def _refusal() -> InterviewKitError:
    return InterviewKitError(
        "This change would affect something else; nothing was changed.",
        "Make it in the file itself.",
    )
