"""Where a team stands, from the records alone and, where it can be reached, the folder."""

from collections.abc import Sequence
from typing import NamedTuple

from interviewkit.errors import InterviewKitError
from interviewkit.storage.store import Store
from interviewkit.storage.team.arrival_files import ArrivalState, IncomingFile
from interviewkit.storage.team.outbox import OutboxEntry
from interviewkit.team.invitation import invitation_of
from interviewkit.team.members import Member, MemberCard
from interviewkit.workflows.team_banks import TeamBank, team_banks
from interviewkit.workflows.team_folder import look_at_folder, open_team, waiting_cards
from interviewkit.workflows.team_panel import CandidatePanel, candidate_panels
from interviewkit.workflows.team_sync import team_person
from interviewkit.workflows.withheld_documents import WithheldDocuments, withheld_documents


class AnsweredErasure(NamedTuple):
    """An erasure that travelled: names of members by what they said; ``silent`` said nothing."""

    id_sha256: str
    at: str
    erased: tuple[str, ...]
    held: tuple[str, ...]
    open: tuple[str, ...]
    silent: tuple[str, ...]


class TeamStatus(NamedTuple):
    """What ``team status`` and the team screen show.

    ``invitation`` is there for administrators, ``words`` as long as the user waits to be accepted.
    ``banks`` are those that shared roles use and the library does not have in this version.
    ``problem`` says why the folder cannot be reached.
    """

    folder: str
    team: str
    name: str
    is_member: bool
    is_admin: bool
    invitation: str
    words: str
    members: Sequence[Member]
    cards: Sequence[MemberCard]
    outbox: Sequence[OutboxEntry]
    files: Sequence[IncomingFile]
    panels: Sequence[CandidatePanel]
    erasures: Sequence[AnsweredErasure]
    banks: Sequence[TeamBank]
    uncounted: int
    withheld: WithheldDocuments
    problem: str

    def count(self, state: ArrivalState) -> int:
        """How many files of the folder are in a state."""
        return sum(file.state is state for file in self.files)


def team_status(store: Store) -> TeamStatus:
    """Where the team of these records stands; BlockedError where they belong to none."""
    session = open_team(store)
    person = team_person(store)
    members = session.members
    cards: list[MemberCard] = []
    words = problem = ""
    try:
        contents = look_at_folder(session)
        cards = waiting_cards(session, contents.cards)
        own = [card for card in cards if card.key == session.identity.key]
        words = own[0].spoken_words(session.team.id) if own and session.member is None else ""
    except InterviewKitError as error:
        problem = error.message
    is_admin = session.member is not None and session.member.is_admin
    sharing = store.sharing()
    files = open_files(store, session.source)
    return TeamStatus(
        session.team.folder,
        session.team.id,
        person.name,
        session.member is not None,
        is_admin,
        str(invitation_of(session.team.id, session.identity.key)) if is_admin else "",
        words,
        members.active if members else [],
        [card for card in cards if card.key != session.identity.key],
        sharing.outbox.waiting(session.source),
        files,
        candidate_panels(store, person),
        _erasures(store, members.active if members else []),
        team_banks(store),
        len(sharing.authorship.uncounted()),
        withheld_documents(store, person, files, members),
        problem,
    )


def open_files(store: Store, source: str) -> list[IncomingFile]:
    """What came from a folder or a hub and is not in the records, by name."""
    files = store.sharing().incoming.files(source).values()
    return [file for file in files if file.state is not ArrivalState.TAKEN]


def _erasures(store: Store, active: Sequence[Member]) -> list[AnsweredErasure]:
    names = {member.key: member.name for member in active}
    said: dict[str, dict[str, tuple[str, str]]] = {}
    for notice in store.sharing().erasures.notices():
        said.setdefault(notice.id_sha256, {})[notice.member] = (notice.state, notice.at)
    result = []
    for id_sha256, words in said.items():
        erased, held, open_ = (
            tuple(
                sorted(
                    names.get(key, "a former member")
                    for key, (said_state, _) in words.items()
                    if said_state == state
                )
            )
            for state in ("erased", "held", "open")
        )
        silent = tuple(name for key, name in names.items() if key not in words)
        at = min(at for _, at in words.values())
        result.append(AnsweredErasure(id_sha256, at, erased, held, open_, silent))
    return sorted(result, key=lambda erasure: erasure.at)
