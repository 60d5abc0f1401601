"""Which hub these records belong to, and the password of one's login there.

Both stand beside the records, in a file that its owner alone reads; the password in the system's
keyring where there is one.
"""

import json
from collections.abc import Iterable, Mapping
from pathlib import Path
from typing import TYPE_CHECKING, Any, NamedTuple

from interviewkit.errors import BlockedError, StorageError
from interviewkit.system_keyring import find_secret, forget_secret, keep_secret

if TYPE_CHECKING:  # a start asks whether there is a hub, and reaches none
    from interviewkit.hub.connection import HubAddress

SERVICE = "interviewkit hub"
_SUFFIX = ".hub.json"
_AUTHORITY_SUFFIX = ".hub.pem"


class HubMembership(NamedTuple):
    """A hub joined: who one is there, and since when (ISO, UTC)."""

    address: "HubAddress"
    organisation: str
    name: str
    part: str
    joined_at: str


def read_membership(records: Path) -> HubMembership | None:
    """The hub of these records; None where there is none. StorageError for a damaged file."""
    content = _read(records)
    if content is None:
        return None
    from interviewkit.hub.connection import HubAddress

    try:
        return HubMembership(
            HubAddress(**content["address"]),
            *(str(content[name]) for name in HubMembership._fields[1:]),
        )
    except (KeyError, TypeError) as error:
        raise _damaged(records) from error


def is_in_hub(records: Path) -> bool:
    """Whether these records belong to a hub."""
    return _path(records).exists()


def refuse_second_hub(records: Path) -> None:
    """BlockedError where these records belong to a hub already."""
    membership = read_membership(records)
    if membership is not None:
        raise BlockedError(
            f"These records already belong to the hub of {membership.organisation}.",
            "Leave it first with `interviewkit hub leave`, or use records of their own: --db PATH.",
        )


def keep_membership(records: Path, membership: HubMembership, password: str) -> None:
    """Keep a hub and the password of one's login there."""
    is_in_keyring = keep_secret(SERVICE, membership.address.login, password)
    content = {
        **membership._asdict(),
        "address": membership.address._asdict(),
        "password": None if is_in_keyring else password,
    }
    _write(records, content)


def keep_authority(records: Path, certificates: str) -> str:
    """Keep the certificates that vouch for the hub's own; gives their file, "" for none."""
    if not certificates:
        return ""
    path = records.with_name(records.name + _AUTHORITY_SUFFIX)
    from interviewkit.files import replace_file  # as above

    with replace_file(path, private=True) as file:
        file.write(certificates.encode())
    return str(path)


def password_of(records: Path, membership: HubMembership) -> str:
    """The password of one's login; StorageError where it is lost."""
    content = _read(records) or {}
    password = content.get("password") or find_secret(SERVICE, membership.address.login)
    if not isinstance(password, str) or not password:
        raise StorageError(
            "The password of your login at the hub is lost.",
            "Ask the administrator for a new invitation, run `interviewkit hub leave`, and join "
            "with it.",
        )
    return password


def followed_roles(records: Path) -> frozenset[str] | None:
    """Ids of the roles that one chose to fetch; None where one fetches every role."""
    roles = (_read(records) or {}).get("followed")
    return None if roles is None else frozenset(map(str, roles))


def keep_followed_roles(records: Path, roles: Iterable[str] | None) -> None:
    """Keep a choice of roles to fetch, by their ids; None for every role."""
    content = _read(records) or {}
    content["followed"] = None if roles is None else sorted(roles)
    _write(records, content)


def forget_membership(records: Path) -> None:
    """Belong to no hub any more; what came from it stays in the records."""
    membership = read_membership(records)
    if membership is not None:
        forget_secret(SERVICE, membership.address.login)
    for suffix in (_SUFFIX, _AUTHORITY_SUFFIX):
        records.with_name(records.name + suffix).unlink(missing_ok=True)


def _path(records: Path) -> Path:
    return records.with_name(records.name + _SUFFIX)


def _write(records: Path, content: Mapping[str, object]) -> None:
    from interviewkit.files import replace_file  # not for who asks whether there is a hub

    with replace_file(_path(records), private=True) as file:
        file.write(json.dumps(content, indent=2).encode())


def _read(records: Path) -> dict[str, Any] | None:
    path = _path(records)
    try:
        content = json.loads(path.read_text(encoding="utf-8"))
    except FileNotFoundError:
        return None
    except OSError as error:
        raise StorageError(
            f"{path} cannot be read: {error.strerror or error}.", "Check its permissions."
        ) from error
    except ValueError as error:
        raise _damaged(records) from error
    if not isinstance(content, dict):
        raise _damaged(records)
    return content


def _damaged(records: Path) -> StorageError:
    return StorageError(
        f"{_path(records)} does not say which hub the records belong to.",
        "Delete it, ask the administrator for a new invitation, and join with it.",
    )
