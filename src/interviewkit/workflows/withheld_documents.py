"""Why what others wrote is not to be read here: never, not yet, or not until somebody releases it.

Everything here follows from what the reader knows anyway: their own seats, the settings of roles
they take part in, and to which keys a file in the folder is encrypted. Nothing is derived from what
others have submitted, so the answer is the same before and after they do.
"""

from collections.abc import Iterable
from typing import NamedTuple

from interviewkit.interview.people import Person, is_same_person
from interviewkit.interview.role_settings import Visibility
from interviewkit.plurals import count_noun
from interviewkit.storage.store import Store
from interviewkit.storage.team.arrival_files import ArrivalState, IncomingFile
from interviewkit.storage.team.offers import SharedRole
from interviewkit.team.members import MembersList


class OpenSeat(NamedTuple):
    """A candidate whom the reader is still to interview, and for which role."""

    candidate: str
    role: str


class WithheldDocuments(NamedTuple):
    """What the reader does not see, by the reason.

    ``until_own`` are the reader's own open seats: what others submit there is shown once the
    reader's scorecard is in. ``own_only`` are titles of roles in which interviewers see their own
    scorecards alone. The rest counts documents in a folder: ``not_for_you`` are encrypted to people
    with whom the reader shares no role; ``for_release`` to an earlier key of the reader, so
    somebody will encrypt them to the new one; of ``perhaps_for_release`` nobody can tell without
    the key whether they belong to a role of the reader's.
    """

    until_own: tuple[OpenSeat, ...] = ()
    own_only: tuple[str, ...] = ()
    not_for_you: int = 0
    for_release: int = 0
    perhaps_for_release: int = 0

    @property
    def sentences(self) -> list[str]:
        """Each reason as a person reads it."""
        until_own = [
            f"{seat.candidate} · {seat.role}: what others submit waits until you submit yours"
            for seat in self.until_own
        ]
        own_only = [f"{title}: what others submit is not for you" for title in self.own_only]
        counts = (
            (self.not_for_you, "not for you, as far as is known here"),
            (self.for_release, "waiting for a release to your new key"),
            (
                self.perhaps_for_release,
                "waiting for a release if of a role of yours, else not for you",
            ),
        )
        locked = [
            f"{count_noun(count, 'document')} in the folder: {reason}"
            for count, reason in counts
            if count
        ]
        return [*until_own, *own_only, *locked]


def withheld_documents(
    store: Store,
    person: Person,
    files: Iterable[IncomingFile] = (),
    members: MembersList | None = None,
    *,
    reads_all: bool = False,
) -> WithheldDocuments:
    """What ``person`` does not see in shared roles, and of the ``files`` of a folder.

    ``reads_all``: a recruiter, whom the settings of a role keep nothing from.
    """
    roles = {role.id: role for role in store.sharing().offers.shared_roles(person)}
    closed = {
        role.id
        for role in roles.values()
        if role.visibility is Visibility.OWN and not role.is_own and not reads_all
    }
    seats = [seat for role, seat in _open_seats(store, person) if role in roles.keys() - closed]
    locked: list[set[str]] = [set(), set(), set()]
    if members is not None:
        names = {member.key: member.person for member in members.members}
        circles = [_circle(store, role) for role in roles.values() if person.id in _own(role)]
        for file in files:
            if file.state is ArrivalState.LOCKED:
                receivers = {names.get(key, key) for key in file.receivers.split()}
                locked[_reason(person, receivers, circles)].add(file.document or file.name)
    return WithheldDocuments(
        tuple(sorted(set(seats))),
        tuple(sorted(roles[key].title for key in closed if person.id in roles[key].panel)),
        *map(len, locked),
    )


def _open_seats(store: Store, person: Person) -> list[tuple[str, OpenSeat]]:
    """(Id of the role, seat) of interviews planned or under way, but after one's own is in."""
    interviews = [
        standing.interview
        for standing in store.seen_by(person).standings()
        if is_same_person(person, standing.interview.interviewer)
    ]
    done = {(of.role.id, of.candidate.id) for of in interviews if of.submitted_at}
    planned = [
        entry
        for entry in store.planning().entries()
        if is_same_person(person, entry.interviewer.name, entry.interviewer.id)
    ]
    pairs = [(of.role, of.candidate) for of in planned]
    pairs += [(of.role, of.candidate) for of in interviews]
    return [
        (role.id, OpenSeat(candidate.name, role.title))
        for role, candidate in pairs
        if (role.id, candidate.id) not in done
    ]


def _own(role: SharedRole) -> frozenset[str]:
    return role.owner | role.panel


def _circle(store: Store, role: SharedRole) -> frozenset[str]:
    """All to whom a document of the role may be encrypted, those who were cancelled included."""
    planned = {
        entry.interviewer.id
        for entry in store.planning().entries(cancelled=True)
        if entry.role.id == role.id
    }
    return _own(role) | planned


def _reason(person: Person, receivers: set[str], circles: Iterable[frozenset[str]]) -> int:
    """0 not for the person, 1 for a release, 2 for a release or not."""
    if person.id in receivers:
        return 1
    return 2 if any(receivers <= circle for circle in circles) else 0
