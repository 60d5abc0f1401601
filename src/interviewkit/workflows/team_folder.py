"""What a team's folder holds, read as far as it can be: envelopes opened, members known.

Reading changes nothing in the records; :mod:`interviewkit.workflows.team_sync` does that.
"""

from collections.abc import Iterable
from dataclasses import dataclass, field
from pathlib import Path

from interviewkit.errors import BlockedError, InterviewKitError
from interviewkit.storage.store import Store
from interviewkit.storage.team.arrival_files import SETTLED, ArrivalState, IncomingFile
from interviewkit.storage.team.membership import TeamRow
from interviewkit.team import envelope as envelopes
from interviewkit.team import folder as folders
from interviewkit.team.encryption import LockedError
from interviewkit.team.identity import Identity, read_identity
from interviewkit.team.members import (
    Member,
    MemberCard,
    MembersList,
    list_in_force,
    lists_beside,
    parse_card,
    parse_members,
)
from interviewkit.workflows.team_documents import document_of_line


@dataclass(frozen=True, slots=True)
class TeamSession:
    """The team of open records, with the secret of the member who sits here."""

    store: Store
    team: TeamRow
    identity: Identity

    @property
    def folder(self) -> Path:
        """Where the team meets."""
        return Path(self.team.folder)

    @property
    def source(self) -> str:
        """What the records call this folder, as a source and as a target."""
        return f"folder {self.team.id}"

    @property
    def members(self) -> MembersList | None:
        """The list of members in force; None before an administrator accepted this one."""
        return members_of_line(self.team.id, self.team.members_list)

    @property
    def member(self) -> Member | None:
        """Who sits here as a member; None as long as they are not accepted, or once they left."""
        members = self.members
        member = members.member(self.identity.key) if members else None
        return None if member is None or member.left_at else member


@dataclass(slots=True)
class FolderContents:
    """What one look at the folder gave. ``files`` are all of them by name.

    ``vanished`` are names that the records know and the folder had no longer. ``opened`` are
    documents that could be read, as (file, envelope, body); ``notes`` say of files that could not
    be read why; ``cards`` ask to join.
    """

    files: dict[str, folders.FolderFile] = field(default_factory=dict)
    vanished: list[str] = field(default_factory=list)
    opened: list[tuple[folders.FolderFile, envelopes.Envelope, str]] = field(default_factory=list)
    notes: list[IncomingFile] = field(default_factory=list)
    lists: list[MembersList] = field(default_factory=list)
    cards: list[MemberCard] = field(default_factory=list)
    gone: list[tuple[str, str]] = field(default_factory=list)  # (key, body) of tombstones and words


def key_folder() -> Path:
    """Where secrets are kept on systems without a keyring."""
    from platformdirs import user_data_path

    return user_data_path("interviewkit", appauthor=False) / "team-keys"


def open_team(store: Store) -> TeamSession:
    """The team of these records; BlockedError where they belong to none.

    InterviewKitError where the extra is missing, or this computer has no key for the team.
    """
    team = store.sharing().membership.current()
    if team is None:
        raise BlockedError(
            "These records belong to no team.",
            "Begin one with `interviewkit team new FOLDER`, or join one with an invitation.",
        )
    return TeamSession(store, team, read_identity(team.id, team.key, key_folder()))


def members_of_line(team: str, line: str) -> MembersList | None:
    """The list of members in a file of the folder; None where there is none."""
    if not line:
        return None
    envelope = envelopes.read_envelope(line.encode())
    return parse_members(envelope.body, envelope.key, line)


def look_at_folder(session: TeamSession) -> FolderContents:
    """Read what is new or was not settled; InterviewKitError where the folder cannot be read."""
    contents = FolderContents()
    if folders.team_of_folder(session.folder) != session.team.id:
        raise InterviewKitError(
            f"{session.folder} is another team's folder now.", "Put the team's folder back there."
        )
    contents.files = {file.name: file for file in folders.list_files(session.folder)}
    known = session.store.sharing().incoming.files(session.source)
    contents.vanished = [name for name in known if name not in contents.files]
    for file in contents.files.values():
        earlier = known.get(file.name)
        if file.is_placeholder:
            contents.notes.append(_note(file, ArrivalState.NOT_DOWNLOADED))
        elif file.section != folders.DOCUMENTS or not _is_settled(session, file, earlier):
            _read(session, file, contents)
    return contents


def _is_settled(
    session: TeamSession, file: folders.FolderFile, earlier: IncomingFile | None
) -> bool:
    """Whether nothing new can come of reading a document again."""
    if earlier is None or earlier.stamp != file.stamp:
        return False
    if earlier.state is ArrivalState.LOCKED:
        return bool(earlier.document) and session.identity.key not in earlier.receivers.split()
    return earlier.state in SETTLED


def _read(session: TeamSession, file: folders.FolderFile, contents: FolderContents) -> None:
    try:
        data = folders.read_file(session.folder, file.name)
        envelope = envelopes.read_envelope(data)
    except envelopes.EnvelopeError as error:
        contents.notes.append(_note(file, ArrivalState.REFUSED, error.message))
        return
    except InterviewKitError as error:  # not whole, or not to be read just now
        contents.notes.append(_note(file, ArrivalState.NOT_WHOLE, error.message))
        return
    receivers = " ".join(envelope.receivers)
    try:
        body = envelopes.open_envelope(session.team.id, envelope, session.identity)
        _sort(session, file, envelope, body, data, contents)
    except LockedError:
        note = _note(file, ArrivalState.LOCKED)
        contents.notes.append(
            note._replace(document=document_signature(envelope), receivers=receivers)
        )
    except envelopes.EnvelopeError as error:
        contents.notes.append(_note(file, ArrivalState.REFUSED, error.message))


def document_signature(envelope: envelopes.Envelope) -> str:
    """Signer and signature, which stand for a document that cannot be opened.

    All files of a document have the same; so a release names the locked file it was made of.
    """
    return f"{envelope.key} {envelope.signature}"


def _sort(
    session: TeamSession,
    file: folders.FolderFile,
    envelope: envelopes.Envelope,
    body: str,
    data: bytes,
    contents: FolderContents,
) -> None:
    """Put what a file holds where it belongs; what it is counts, not where it lies."""
    content = document_of_line(body) or {}
    kind = content.get("type")
    if kind in ("card", "members") and content.get("team") != session.team.id:
        raise envelopes.EnvelopeError("This belongs to another team.", "It is left alone.")
    if kind == "card":
        contents.cards.append(parse_card(body, envelope.key))
    elif kind == "members":
        contents.lists.append(parse_members(body, envelope.key, data.decode()))
    elif kind in ("gone", "erasure_notice"):
        contents.gone.append((envelope.key, body))
    else:
        contents.opened.append((file, envelope, body))


def _note(file: folders.FolderFile, state: ArrivalState, message: str = "") -> IncomingFile:
    return IncomingFile(file.name, "", "", "", state, message, "", file.stamp)


def newest_members(session: TeamSession, lists: Iterable[MembersList]) -> MembersList | None:
    """The list to go by from now on; it never steps back."""
    return list_in_force(lists, session.members, session.team.inviter)


def unjoined_lists(session: TeamSession, lists: Iterable[MembersList]) -> list[MembersList]:
    """Lists that another administrator signed at the same time as the one in force."""
    members = session.members
    return lists_beside(lists, members) if members else []


def waiting_cards(session: TeamSession, cards: Iterable[MemberCard]) -> list[MemberCard]:
    """Those who ask to join and are neither accepted nor removed, by name."""
    members = session.members
    known = {member.key for member in members.members} if members else set()
    waiting = {card.key: card for card in cards if card.key not in known}
    return sorted(waiting.values(), key=lambda card: (card.name, card.key))


def receiver_keys(members: MembersList, people: Iterable[str]) -> dict[str, str]:
    """Public key → age recipient of the members in use who are among these people (ids)."""
    ids = frozenset(people)
    return {member.key: member.recipient for member in members.active if member.person in ids}
