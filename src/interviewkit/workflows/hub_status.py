"""How these records stand to their hub: what waits, what is seen, and who has erased what."""

from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from typing import NamedTuple

from interviewkit.hub.client import HubConnection, open_hub
from interviewkit.hub.membership import HubMembership
from interviewkit.hub.refusals import HubAwayError
from interviewkit.storage.store import Store
from interviewkit.storage.team.arrival_files import ArrivalState, IncomingFile
from interviewkit.storage.team.outbox import OutboxEntry
from interviewkit.workflows.hub_follow import roles_to_fetch
from interviewkit.workflows.hub_membership import hub_login, joined_hub
from interviewkit.workflows.hub_sync import hub_source
from interviewkit.workflows.team_banks import TeamBank, team_banks
from interviewkit.workflows.team_panel import CandidatePanel, candidate_panels
from interviewkit.workflows.team_status import open_files
from interviewkit.workflows.withheld_documents import WithheldDocuments, withheld_documents

RECRUITER = "recruiter"


class HubRole(NamedTuple):
    """A role of the hub and how many documents of it one sees."""

    title: str
    documents: int


class JoinedMember(NamedTuple):
    """A member of the hub who has joined."""

    name: str
    part: str


class HubErasure(NamedTuple):
    """An erasure, and who has followed it, as far as one sees that.

    ``silent`` have said nothing yet. The hub tells a recruiter of every member, and anybody else of
    themselves alone.
    """

    at: str
    done: tuple[str, ...]
    held: tuple[str, ...]
    silent: tuple[str, ...]


class HubStatus(NamedTuple):
    """What ``hub status`` and the team screen show.

    ``problem`` says why the hub cannot be reached; then what comes from it is empty. ``reasons``:
    sentence → how many of what waits it holds back. ``files`` are documents that came and were not
    taken in.
    """

    organisation: str
    name: str
    part: str
    server: str
    login: str
    joined_at: str
    may_write: bool
    waiting: int
    reasons: Mapping[str, int]
    files: Sequence[IncomingFile]
    panels: Sequence[CandidatePanel]
    banks: Sequence[TeamBank]
    uncounted: int
    withheld: WithheldDocuments
    members: Sequence[JoinedMember] = ()
    roles: Sequence[HubRole] = ()
    erasures: Sequence[HubErasure] = ()
    problem: str = ""

    def count(self, state: ArrivalState) -> int:
        """How many documents are in a state."""
        return sum(file.state is state for file in self.files)


def hub_status(store: Store, *, asks_hub: bool = True) -> HubStatus:
    """What stands here and in the hub; BlockedError where the records belong to none.

    Without ``asks_hub`` what stands here alone, at once.
    """
    status = _status_here(store, joined_hub(store))
    if not asks_hub:
        return status
    membership, password = hub_login(store)
    try:
        with open_hub(membership.address, password) as (hub, identity):
            return status._replace(
                part=identity.part,
                may_write=identity.may_write,
                members=tuple(JoinedMember(*row) for row in hub.members()),
                roles=_roles(store, hub),
                erasures=_erasures(hub),
            )
    except HubAwayError as error:
        return status._replace(problem=error.message)


def waiting_reasons(store: Store) -> dict[str, int]:
    """Why documents wait, in sentences, with how many each holds back."""
    return _reasons(store.sharing().outbox.waiting(hub_source(joined_hub(store))))


def _status_here(store: Store, membership: HubMembership) -> HubStatus:
    person = store.current_user()
    source = hub_source(membership)
    waiting = store.sharing().outbox.waiting(source)
    return HubStatus(
        *(membership.organisation, membership.name, membership.part),
        f"{membership.address.host}/{membership.address.database}",
        *(membership.address.login, membership.joined_at),
        may_write=True,
        waiting=len(waiting),
        reasons=_reasons(waiting),
        files=open_files(store, source),
        panels=candidate_panels(store, person),
        banks=team_banks(store),
        uncounted=len(store.sharing().authorship.uncounted()),
        withheld=withheld_documents(store, person, reads_all=membership.part == RECRUITER),
    )


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
    members = [name for name, _ in hub.members()]
    erasures = []
    for tombstone in hub.tombstones():
        done = tuple(words.get((tombstone.id_sha256, True), ()))
        held = tuple(words.get((tombstone.id_sha256, False), ()))
        silent = tuple(name for name in members if name not in (*done, *held))
        erasures.append(HubErasure(tombstone.at, done, held, silent))
    return tuple(erasures)
