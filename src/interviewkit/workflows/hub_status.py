"""How these records stand to their hub: what waits, what is seen, and who has erased what."""

from collections import Counter
from collections.abc import Iterable, Mapping
from typing import NamedTuple

from interviewkit.hub.client import HubConnection, open_hub
from interviewkit.hub.refusals import HubAwayError
from interviewkit.storage.store import Store
from interviewkit.storage.team.outbox import OutboxEntry
from interviewkit.workflows.hub_follow import roles_to_fetch
from interviewkit.workflows.hub_membership import hub_login, joined_hub
from interviewkit.workflows.hub_sync import hub_source
from interviewkit.workflows.team_panel import CandidatePanel, candidate_panels


class HubRole(NamedTuple):
    """A role of the hub and how many documents of it one sees."""

    title: str
    documents: int


class HubErasure(NamedTuple):
    """An erasure, and who has followed it, as far as one sees that."""

    at: str
    done: tuple[str, ...]
    held: tuple[str, ...]


class HubStatus(NamedTuple):
    """``problem`` says why the hub cannot be reached; then what comes from it is empty.

    ``reasons``: sentence → how many of what waits it holds back.
    """

    organisation: str
    name: str
    part: str
    server: str
    may_write: bool
    waiting: int
    reasons: Mapping[str, int]
    roles: tuple[HubRole, ...] = ()
    panels: tuple[CandidatePanel, ...] = ()
    erasures: tuple[HubErasure, ...] = ()
    problem: str = ""


def hub_status(store: Store) -> HubStatus:
    """What stands here and in the hub; BlockedError where the records belong to none."""
    membership, password = hub_login(store)
    waiting = store.sharing().outbox.waiting(hub_source(membership))
    status = HubStatus(
        *(membership.organisation, membership.name, membership.part),
        f"{membership.address.host}/{membership.address.database}",
        may_write=True,
        waiting=len(waiting),
        reasons=_reasons(waiting),
        panels=tuple(candidate_panels(store, store.current_user())),
    )
    try:
        with open_hub(membership.address, password) as (hub, identity):
            return status._replace(
                part=identity.part,
                may_write=identity.may_write,
                roles=_roles(store, hub),
                erasures=_erasures(hub),
            )
    except HubAwayError as error:
        return status._replace(problem=error.message)


def waiting_reasons(store: Store) -> dict[str, int]:
    """Why documents wait, in sentences, with how many each holds back."""
    return _reasons(store.sharing().outbox.waiting(hub_source(joined_hub(store))))


def _reasons(waiting: Iterable[OutboxEntry]) -> dict[str, int]:
    return dict(Counter(entry.message for entry in waiting if entry.message))


def _roles(store: Store, hub: HubConnection) -> tuple[HubRole, ...]:
    titles = {role.id: role.title for role in store.roles()}
    roles = roles_to_fetch(store.path, hub, hub.roles())
    return tuple(
        HubRole(titles.get(role, role), digest.documents)
        for role, digest in hub.digests(roles).items()
    )


def _erasures(hub: HubConnection) -> tuple[HubErasure, ...]:
    words: dict[tuple[str, bool], list[str]] = {}
    for id_sha256, name, refusal in hub.acknowledgements():
        words.setdefault((id_sha256, not refusal), []).append(name)
    return tuple(
        HubErasure(
            tombstone.at,
            tuple(words.get((tombstone.id_sha256, True), ())),
            tuple(words.get((tombstone.id_sha256, False), ())),
        )
        for tombstone in hub.tombstones()
    )
