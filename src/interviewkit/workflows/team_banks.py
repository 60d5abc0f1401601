"""The banks that shared roles go by, held against one's own library by the hash of their text.

The owner's version travels with the plan. Nobody's library changes by itself: what it does not
have, or has in another version, is offered, and copied into it only once its user says yes.
"""

import hashlib
from pathlib import Path
from typing import NamedTuple

from interviewkit.banks.library import BankLocation, claimed_identity, find_bank, users_folder
from interviewkit.errors import InterviewKitError, NotFoundError
from interviewkit.files import replace_file, write_refusal
from interviewkit.interview.people import Person
from interviewkit.storage.store import Store

_NAMED = 8  # letters of a hash in the name of a file


class TeamBank(NamedTuple):
    """A bank in the version that shared roles go by, where the library has no such text.

    ``in_library`` is the file of this id, None where there is none.
    """

    id: str
    sha256: str
    title: str
    in_library: BankLocation | None

    @property
    def sentence(self) -> str:
        """What is so, as a person reads it."""
        state = "another version than yours" if self.in_library else "not in your library"
        return f"Bank {self.id}, {self.title}: {state}"


def keep_planned_banks(store: Store, person: Person) -> None:
    """Put to each open entry of one's own shared roles the version its bank has here now.

    An entry whose bank is not in the library, or cannot be read, stays as it is.
    """
    own = {role.id for role in store.sharing().offers.shared_roles(person) if role.is_own}
    if not own:
        return
    texts: dict[str, tuple[str, str] | None] = {}
    for entry in store.planning().entries():
        if entry.role.id not in own or entry.is_submitted or not entry.bank:
            continue
        if entry.bank not in texts:
            texts[entry.bank] = _text_in_library(entry.bank)
        sha256, text = texts[entry.bank] or (entry.bank_sha256, "")
        if sha256 != entry.bank_sha256:
            store.planning().keep_planned_bank(entry, sha256, text)


def team_banks(store: Store) -> list[TeamBank]:
    """What is offered: banks of shared roles that the library lacks or has in another version."""
    offered = []
    for bank_id, sha256 in sorted(store.sharing().offers.banks_in_use().items()):
        try:
            location = find_bank(bank_id)
        except NotFoundError:
            location = None
        if location is not None and (_text_in_library(bank_id) or ("",))[0] == sha256:
            continue
        text = store.sharing().bank_text(sha256)[1]
        title = claimed_identity(text, Path(bank_id))[0].title or bank_id
        offered.append(TeamBank(bank_id, sha256, title, location))
    return offered


def team_bank(store: Store, bank_id: str) -> TeamBank:
    """The offered bank of this id; NotFoundError where none is offered under it."""
    offered = team_banks(store)
    for bank in offered:
        if bank.id == bank_id:
            return bank
    if bank_id in store.sharing().offers.banks_in_use():
        raise NotFoundError(
            f"Your library has the bank {bank_id} as the team does.", "There is nothing to take."
        )
    ids = ", ".join(bank.id for bank in offered) or "none"
    raise NotFoundError(f"The team offers no bank {bank_id}.", f"What it offers: {ids}.")


def bank_change_lines(store: Store, bank: TeamBank) -> list[str]:
    """How the team's version differs from one's own, a line each; of a new one how large it is.

    BankError where one of them is not a bank that this version can use.
    """
    team_version = store.bank(bank.sha256)
    if bank.in_library is None:
        return [f"{bank.sentence}. It has {len(team_version.questions)} questions."]
    from interviewkit.banks.diff import diff_banks
    from interviewkit.banks.loader import read_bank

    lines = []
    for change in diff_banks(read_bank(bank.in_library.path).bank, team_version):
        lines.append(f"{change.group}: {change.what}")
        is_shown = change.is_rewording or change.old is None or change.new is None
        lines += [f"  - {change.old}"] if change.old and is_shown else []
        lines += [f"  + {change.new}"] if change.new and is_shown else []
    return lines or ["The two say the same; their texts differ only in form."]


def copy_to_library(store: Store, bank: TeamBank) -> tuple[Path, Path | None]:
    """Write the bank into the user's folder; gives its file, and where the old one is kept.

    BankError where it is not a bank that this version can use, InterviewKitError where it cannot be
    written; then the library is as it was.
    """
    store.bank(bank.sha256)
    text = store.sharing().bank_text(bank.sha256)[1]
    folder = users_folder()
    path, old_path = _free_path(folder, bank), None
    try:
        folder.mkdir(parents=True, exist_ok=True)
        if bank.in_library is not None and not bank.in_library.shipped:
            path = bank.in_library.path
            old = path.read_bytes()
            old_path = path.with_name(f"{path.name}.{hashlib.sha256(old).hexdigest()[:_NAMED]}.old")
            with replace_file(old_path, private=False) as target:
                target.write(old)
    except OSError as error:
        raise write_refusal(path, error) from error
    with replace_file(path, private=False) as target:
        target.write(text.encode())
    return path, old_path


def _free_path(folder: Path, bank: TeamBank) -> Path:
    path = folder / f"{bank.id}.yaml"
    return folder / f"{bank.id}-{bank.sha256[:_NAMED]}.yaml" if path.exists() else path


def _text_in_library(bank_id: str) -> tuple[str, str] | None:
    """(SHA-256, text) of the whole bank; None where there is none that can be used."""
    from interviewkit.banks.loader import read_bank

    try:
        file = read_bank(find_bank(bank_id).path)
    except InterviewKitError:
        return None
    return file.sha256, file.text
