"""Which roles of a hub a recruiter's machine fetches: all of them, or a choice.

Roles in which one has a seat always come, and erasures come whatever one follows. What was fetched
before stays in the records.
"""

from collections.abc import Iterable, Sequence
from pathlib import Path
from typing import NamedTuple

from interviewkit.errors import BlockedError, NotFoundError
from interviewkit.hub.client import HubConnection, open_hub
from interviewkit.hub.membership import followed_roles, keep_followed_roles
from interviewkit.interview.people import normalize_name
from interviewkit.storage.store import Store
from interviewkit.workflows.hub_membership import hub_login
from interviewkit.workflows.team_documents import document_of_line


class HubRoleChoice(NamedTuple):
    """A role of the hub and whether it is fetched; ``has_seat``: it always is."""

    id: str
    title: str
    is_followed: bool
    has_seat: bool


def roles_to_fetch(records: Path, hub: HubConnection, roles: Sequence[str]) -> list[str]:
    """Those of the roles that one follows or has a seat in, in the same order."""
    followed = followed_roles(records)
    if followed is None:
        return list(roles)
    chosen = followed | hub.seats()
    return [role for role in roles if role in chosen]


def role_choices(store: Store) -> list[HubRoleChoice]:
    """Every role of the hub that one may read, by title; HubAwayError where the hub is away."""
    membership, password = hub_login(store)
    with open_hub(membership.address, password) as (hub, _):
        return _choices(store, hub)


def follow_hub_roles(store: Store, names: Iterable[str] | None) -> list[HubRoleChoice]:
    """Fetch these roles from now on, by title or id, and those with a seat; None for every role.

    BlockedError where one is no recruiter or where a title is that of several roles, NotFoundError
    for a role that the hub does not have; then nothing is changed.
    """
    membership, password = hub_login(store)
    with open_hub(membership.address, password) as (hub, identity):
        if identity.part != "recruiter":
            raise BlockedError(
                "Only a recruiter chooses roles: everything else you may read is yours to fetch.",
                "Run `interviewkit hub sync`.",
            )
        choices = _choices(store, hub)
        chosen = None if names is None else [_role_called(choices, name).id for name in names]
        keep_followed_roles(store.path, chosen)
        return _choices(store, hub)


def _choices(store: Store, hub: HubConnection) -> list[HubRoleChoice]:
    roles = hub.roles()
    fetched = set(roles_to_fetch(store.path, hub, roles))
    seats = hub.seats()
    titles = {role: _title(body) for role, body in hub.role_lines(roles).items()}
    choices = (
        HubRoleChoice(role, titles.get(role, "") or role, role in fetched, role in seats)
        for role in roles
    )
    return sorted(choices, key=lambda choice: (choice.title, choice.id))


def _title(body: bytes) -> str:
    return str((document_of_line(body.decode(errors="replace")) or {}).get("title", ""))


def _role_called(choices: Sequence[HubRoleChoice], name: str) -> HubRoleChoice:
    called = [
        choice
        for choice in choices
        if name == choice.id or normalize_name(name) == normalize_name(choice.title)
    ]
    if not called:
        raise NotFoundError(
            f"The hub has no role called {name!r} that you may read.",
            "`interviewkit hub follow` without a role lists them.",
        )
    if len(called) > 1:
        raise BlockedError(
            f"{len(called)} roles of the hub are called {name!r}: "
            f"{', '.join(choice.id for choice in called)}.",
            "Give the id of the one you mean.",
        )
    return called[0]
