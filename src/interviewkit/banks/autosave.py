"""What was changed in the workshop and not saved, kept outside the bank's file.

A file for each bank in each window, in the state folder, for its owner's eyes alone: not beside
the bank, where it would litter a folder under version control, and where one may not always write.
Two lines say what it is of, then comes the text as it would be saved, so that it can be read in
any editor.
"""

import hashlib
import json
import os
import secrets
from collections.abc import Iterable, Iterator
from contextlib import suppress
from dataclasses import dataclass
from pathlib import Path

from interviewkit import files
from interviewkit.banks.library import (
    BankLocation,
    banks,
    claimed_identity,
    drafts_folder,
    users_folder,
)
from interviewkit.file_lock import FileLock

_HEAD = b"# interviewkit: not saved yet; sha256 of what follows: "
_LONGEST = 40  # characters of the bank's own name in the draft's


@dataclass(frozen=True, slots=True)
class UnsavedBank:
    """What would be saved at ``bank``, byte for byte.

    ``made_from`` is the SHA-256 of the file that was changed, None where there was none. ``form``
    is what stood in an open form, as JSON holds it; None when none was open.
    """

    bank: Path
    raw: bytes
    made_from: str | None
    form: object = None


class AutosaveSlot:
    """Where one window keeps what it has not saved of one bank; other windows leave it alone."""

    def __init__(self, bank: Path) -> None:
        name = f"{bank.stem[:_LONGEST]}-{_key(bank)}-{secrets.token_hex(4)}.yaml"
        self.path = drafts_folder() / name
        self._lock = _lock_of(self.path)

    def write(self, unsaved: UnsavedBank) -> None:
        """Keep this; it is on disk when the call returns.

        InterviewKitError when it cannot be; then what was kept before still is.
        """
        try:
            self.path.parent.mkdir(parents=True, exist_ok=True, mode=0o700)
            self._lock.acquire()  # before the draft is there, so never without
        except OSError as error:
            raise files.write_refusal(self.path, error) from error
        with files.replace_file(self.path, private=True) as file:
            file.write(_pack(unsaved))

    def clear(self) -> None:
        """There is nothing to keep any more. InterviewKitError when it cannot be removed."""
        try:
            self.path.unlink(missing_ok=True)
        except NotADirectoryError:
            pass  # no folder, no draft
        except OSError as error:
            raise files.write_refusal(self.path, error) from error
        self.close()

    def close(self) -> None:
        """Let other windows have what is kept."""
        self._lock.release()

    def take_over(self, path: Path, lock: FileLock) -> None:
        """What is kept at ``path``, under this lock, is this window's from now on."""
        self.close()
        self.path, self._lock = path, lock


@dataclass(frozen=True, slots=True)
class RecoveredDraft:
    """What opening a bank finds: the latest draft that no window has, kept ``at`` (a time stamp).

    ``more`` wait besides. ``is_elsewhere``: another window has changes of its own.
    """

    unsaved: UnsavedBank | None = None
    at: float = 0.0
    more: int = 0
    is_elsewhere: bool = False


def is_waiting(bank: Path) -> bool:
    """Whether anything of this bank is kept, by whichever window."""
    return any(_all_of(bank))


def unsaved_new_banks(parent: Path) -> list[UnsavedBank]:
    """Banks of this folder that were begun and never saved, a draft each."""
    unsaved_banks: dict[Path, UnsavedBank] = {}
    for path in sorted(drafts_folder().glob("*.yaml")):
        with suppress(OSError, ValueError):  # put_aside tells
            unsaved = _unpack(path.read_bytes())
            if unsaved.bank.parent.resolve() == parent.resolve() and not unsaved.bank.exists():
                unsaved_banks[unsaved.bank] = unsaved
    return list(unsaved_banks.values())


def quarantine_unreadable() -> list[Path]:
    """Give drafts that cannot be read another name, to be told once; the names they have now."""
    aside = []
    for path in sorted(drafts_folder().glob("*.yaml")):
        try:
            _unpack(path.read_bytes())
        except FileNotFoundError:
            continue  # saved or let go by its window this moment
        except (OSError, ValueError):
            aside.append(set_aside(path))
    return aside


def banks_to_open() -> list[BankLocation]:
    """Every bank there is, also one's own that were begun and never saved."""
    located = banks()
    begun = [_begun(item, located) for item in unsaved_new_banks(users_folder())]
    mine = [item for item in located if not item.shipped] + begun
    ids = {item.id for item in mine}
    return mine + [item for item in located if item.shipped and item.id not in ids]


def _begun(unsaved: UnsavedBank, located: Iterable[BankLocation]) -> BankLocation:
    location, extends = claimed_identity(unsaved.raw.decode("utf-8-sig", "replace"), unsaved.bank)
    titles = {item.id: item.title for item in located}
    return location._replace(title=location.title or titles.get(extends, location.id))


def recover(bank: Path, slot: AutosaveSlot) -> RecoveredDraft:
    """The latest draft of ``bank``, which is ``place``'s from now on."""
    free: list[_Free] = []
    is_elsewhere = False
    for path in _all_of(bank):
        try:
            free.append(_free(path))
        except BlockingIOError:
            is_elsewhere = True
        except (OSError, ValueError):
            continue  # saved or let go by its window this moment; or for put_aside to tell
    free.sort(key=lambda one: one.at)
    latest = free.pop() if free else None
    for draft in free:
        draft.lock.release()
    if latest is None:
        return RecoveredDraft(is_elsewhere=is_elsewhere)
    slot.take_over(latest.path, latest.lock)
    return RecoveredDraft(latest.unsaved, latest.at, len(free), is_elsewhere)


def set_aside(path: Path) -> Path:
    """The file under a name at which no draft is looked for; where that cannot be, as it is."""
    target = path.with_name(f"{path.name}.aside")
    try:
        path.rename(target)
    except OSError:
        return path
    return target


@dataclass(frozen=True, slots=True)
class _Free:
    """A draft that no other window has; ``lock`` keeps others from taking it."""

    path: Path
    at: float
    unsaved: UnsavedBank
    lock: FileLock


def _free(path: Path) -> _Free:
    """BlockingIOError when a window has it, ValueError when it is damaged, OSError as reading."""
    lock = _lock_of(path)
    lock.acquire()
    try:
        return _Free(path, path.stat().st_mtime, _unpack(path.read_bytes()), lock)
    except (OSError, ValueError):
        lock.release()
        raise


def _lock_of(draft: Path) -> FileLock:
    return FileLock(draft.with_suffix(".lock"))


def _pack(unsaved: UnsavedBank) -> bytes:
    header = {
        "bank": str(unsaved.bank.absolute()),
        "made_from": unsaved.made_from,
        "form": unsaved.form,
    }
    line = json.dumps(header, ensure_ascii=False)  # read by people, too, when it is put aside
    content = b"# " + line.encode("utf-8", "surrogatepass") + b"\n" + unsaved.raw
    return _HEAD + hashlib.sha256(content).hexdigest().encode() + b"\n" + content


def _unpack(packed: bytes) -> UnsavedBank:
    """ValueError for whatever :func:`_pack` did not give."""
    head, _, content = packed.partition(b"\n")
    if head != _HEAD + hashlib.sha256(content).hexdigest().encode():
        raise ValueError("not what was written")
    header, _, raw = content.partition(b"\n")
    raw.decode()
    match json.loads(header.removeprefix(b"# ")):
        case {"bank": str(bank), "made_from": str() | None as made_from, "form": form}:
            return UnsavedBank(Path(bank), raw, made_from, form)
    raise ValueError("not in the form it is written in")


def _all_of(bank: Path) -> Iterator[Path]:
    drafts = drafts_folder()
    if not drafts.is_dir():  # as with most people: nothing was ever left unsaved
        return iter(())
    return drafts.glob(f"*-{_key(bank)}-*.yaml")


def _key(bank: Path) -> str:
    """The same for one file whichever way it is named."""
    return hashlib.sha256(os.fsencode(os.path.realpath(bank))).hexdigest()[:16]
