"""One round with the team's folder: erase, send, take in, release, and say what happened.

1. Who belongs to the team, and who was erased: both come before anything else is believed.
2. What waits in the outbox goes out; a folder that is away makes it wait on.
3. What is new comes in, document by document.
4. What a member cannot open yet is encrypted to their key, too (a release).

Nothing here touches an interview under way, and nothing waits for the folder but this.
"""

from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import datetime, timedelta

from interviewkit.errors import InterviewKitError, RefusedImportError
from interviewkit.interview.people import Person, RecordKind
from interviewkit.interview.shared_records import OfferedRecord
from interviewkit.storage.store import Store
from interviewkit.storage.team.arrival_files import ArrivalState, IncomingFile
from interviewkit.storage.team.intake import Arrival, ArrivalResult
from interviewkit.team import envelope as envelopes
from interviewkit.team import folder as folders
from interviewkit.team.members import (
    Member,
    MemberCard,
    MembersList,
    join_lists,
    members_body,
    parse_members,
)
from interviewkit.workflows.team_banks import keep_planned_banks
from interviewkit.workflows.team_documents import (
    TeamDocument,
    document_id,
    document_line,
    document_of_line,
    documents_to_share,
    offer_of_line,
    refusal_reason,
)
from interviewkit.workflows.team_erasure import (
    ErasureReport,
    delete_erased_files,
    follow_erasures,
    send_erasures,
)
from interviewkit.workflows.team_folder import (
    FolderContents,
    TeamSession,
    document_signature,
    look_at_folder,
    newest_members,
    open_team,
    receiver_keys,
    unjoined_lists,
    waiting_cards,
)
from interviewkit.workflows.team_release import release_documents

LATE = timedelta(hours=24)  # after which a file that is not whole is named


@dataclass(slots=True)
class SyncReport:
    """What a round did, for a folder as for a hub.

    ``taken`` counts new documents by kind, ``sent`` how many went out and ``released`` how many
    were encrypted to somebody who could not open them; ``waiting`` is what is still in the outbox.
    ``files`` are those that were not taken, by state. ``cards`` ask to join. ``problem`` says why
    the folder could not be reached.
    """

    taken: Mapping[str, int] = field(default_factory=dict)
    sent: int = 0
    released: int = 0
    waiting: int = 0
    files: Mapping[ArrivalState, Sequence[IncomingFile]] = field(default_factory=dict)
    late: Sequence[str] = ()
    cards: Sequence[MemberCard] = ()
    erasures: ErasureReport = field(default_factory=ErasureReport)
    is_member: bool = False
    is_admin: bool = False
    is_list_older: bool = False
    problem: str = ""

    def count(self, state: ArrivalState) -> int:
        """How many files are in a state."""
        return len(self.files.get(state, ()))


def sync_folder(
    store: Store,
    same: Mapping[str, str] | None = None,
    *,
    apart: bool = False,
    erases: bool = True,
) -> SyncReport:
    """One round; ``same`` and ``apart`` answer who is who, as for an import.

    ``erases``: erasures are carried out now, for which the records may be open nowhere else.
    BlockedError where the records belong to no team. A folder that cannot be reached is no error:
    the report says so, and what is to go out waits.
    """
    session = open_team(store)
    queue_documents(store, session.source)
    report = SyncReport(is_member=session.member is not None)
    try:
        contents = look_at_folder(session)
        session, report.is_list_older = follow_members(session, contents)
        report.is_member = session.member is not None
        report.is_admin = session.member is not None and session.member.is_admin
        report.cards = waiting_cards(session, contents.cards)
        report.erasures = follow_erasures(session, contents, erases=erases)
        if report.is_member:
            send_erasures(session, contents)
            report.sent = send_documents(session, contents)
        report.taken = take_in_documents(session, contents, same or {}, apart=apart)
        delete_erased_files(session, contents)
        if report.is_member:
            report.released = release_documents(session, contents.files)
    except InterviewKitError as error:
        report.problem = str(error)
        store.sharing().outbox.mark_all_failed(session.source, error.message)
    report_waiting(store, session.source, report)
    return report


def queue_documents(store: Store, target: str) -> list[TeamDocument]:
    """Let everything that this person answers for wait for a target; what went already stays."""
    sharing = store.sharing()
    keep_planned_banks(store, team_person(store))
    documents = documents_to_share(store, team_person(store))
    sharing.outbox.queue(
        target, [(document.sha256, document.kind, document.candidate) for document in documents]
    )
    return documents


def team_person(store: Store) -> Person:
    """Who sits here, by the key of the team: a name in the settings changes nothing."""
    team = store.sharing().membership.current()
    people = {person.id: person for person in store.people()}
    if team is None:
        return store.current_user()
    return people.get(team.person) or store.person(team.person)


# Members


def follow_members(
    session: TeamSession, contents: FolderContents | None = None
) -> tuple[TeamSession, bool]:
    """Go by the newest list; gives the session with it, and whether the folder has only older.

    InterviewKitError where the folder has to be looked at and cannot be read.
    """
    contents = contents or look_at_folder(session)
    newest = newest_members(session, contents.lists)
    if newest is None:
        return session, False
    current = session.members
    if current is None or newest.members_id != current.members_id:
        session = _with_members(session, newest)
    beside = unjoined_lists(session, contents.lists)
    member = session.member
    if beside and member is not None and member.is_admin:
        session = sign_members(session, join_lists(newest, beside), beside)
    is_older = bool(contents.lists) and all(of.n < newest.n for of in contents.lists)
    return session, is_older


def _with_members(session: TeamSession, members: MembersList) -> TeamSession:
    """Put a list in force, and everybody on it into the records."""
    session.store.sharing().membership.keep_members(
        members.line, is_admin=members.is_admin(session.identity.key)
    )
    session.store.sharing().intake.take_in(
        [
            Arrival(
                f"the list of members, {member.name}",
                OfferedRecord(RecordKind.PERSON, member.person, member.name),
                member.signer._replace(left_at=""),
            )
            for member in members.members
        ]
    )
    team = session.team._replace(members_list=members.line)
    return TeamSession(session.store, team, session.identity)


def sign_members(
    session: TeamSession, members: Iterable[Member], beside: Sequence[MembersList] = ()
) -> TeamSession:
    """Sign the next list and add it to the folder; InterviewKitError where it cannot be written."""
    current = session.members
    previous = [of.members_id for of in (current, *beside) if of is not None]
    n = max((of.n for of in (current, *beside) if of is not None), default=0) + 1
    body = members_body(session.team.id, n, previous, members)
    data = envelopes.write_open(session.team.id, session.identity, body)
    folders.add_file(session.folder, folders.MEMBERS, data)
    return _with_members(session, parse_members(body, session.identity.key, data.decode()))


# Out


def send_documents(session: TeamSession, contents: FolderContents) -> int:
    """Send what its receivers cannot open yet; gives how many documents went."""
    members = session.members
    if members is None:
        return 0
    sharing = session.store.sharing()
    known = _receivers_by_document(session, contents)
    count = 0
    delivered: list[str] = []
    for document in documents_to_share(session.store, team_person(session.store)):
        keys = receiver_keys(members, document.receivers)
        keys[session.identity.key] = session.identity.recipient
        missing = {key: keys[key] for key in keys if key not in known.get(document.sha256, ())}
        if missing:
            line = document_line(session.store, document)
            _send(session, document, line, missing)
            count += 1
        delivered.append(document.sha256)
    waiting = {entry.document for entry in sharing.outbox.waiting(session.source)}
    sharing.outbox.mark_delivered(session.source, [key for key in delivered if key in waiting])
    return count


def _receivers_by_document(session: TeamSession, contents: FolderContents) -> dict[str, set[str]]:
    """Document → keys that can open it, by the files that are in the folder now."""
    receivers: dict[str, set[str]] = {}
    for file in session.store.sharing().incoming.files(session.source).values():
        if file.document and file.name in contents.files:
            receivers.setdefault(file.document, set()).update(file.receivers.split())
    for _, envelope, body in contents.opened:
        document = document_of_line(body)
        if document is not None:
            receivers.setdefault(document_id(document), set()).update(envelope.receivers)
    return receivers


def _send(
    session: TeamSession, document: TeamDocument, line: str, recipients: Mapping[str, str]
) -> None:
    signature = envelopes.signature_of(session.team.id, session.identity, line)
    data = envelopes.write_encrypted(session.identity.key, signature, line, recipients)
    name = folders.add_file(session.folder, folders.DOCUMENTS, data)
    session.store.sharing().incoming.keep(
        session.source,
        [
            IncomingFile(
                *(name, document.sha256, document.kind, document.candidate, ArrivalState.TAKEN),
                receivers=" ".join(sorted(recipients)),
                stamp=folders.stamp_of(session.folder, name),
            )
        ],
    )


# In


def take_in_documents(
    session: TeamSession,
    contents: FolderContents,
    same: Mapping[str, str],
    *,
    apart: bool = False,
) -> dict[str, int]:
    """Take in what was opened, and note what became of every file; gives what is new by kind."""
    members = session.members
    notes = {note.name: note for note in contents.notes}
    arrivals: list[Arrival] = []
    bodies: dict[str, IncomingFile] = {}
    by_document: dict[str, list[str]] = {}
    for file, envelope, body in contents.opened:
        note = _note_of(file, envelope, body)
        member = members.member(envelope.key) if members else None
        if member is None:
            state = ArrivalState.REFUSED if members else ArrivalState.WAITING
            message = "signed with a key that no list of members names"
            notes[file.name] = note._replace(state=state, message=message)
            continue
        by_document.setdefault(f"{note.document} {envelope.key}", []).append(file.name)
        bodies[file.name] = note
        if len(by_document[f"{note.document} {envelope.key}"]) > 1:
            continue  # a copy of one that is taken in anyway
        try:
            offer = offer_of_line(file.name, body)
        except RefusedImportError as error:
            reason = refusal_reason(error, file.name)
            notes[file.name] = note._replace(state=ArrivalState.REFUSED, message=reason)
            continue
        if offer is None:
            notes[file.name] = note._replace(state=ArrivalState.UNKNOWN)
            continue
        arrivals.append(Arrival(file.name, offer, member.signer))
    results = session.store.sharing().intake.take_in(arrivals, same, apart=apart)
    _note_results(results, bodies, by_document, notes)
    incoming = session.store.sharing().incoming
    known = incoming.files(session.source)
    _note_opened_elsewhere(contents, known, notes)
    incoming.keep(session.source, (note for note in notes.values() if note != known.get(note.name)))
    incoming.forget(session.source, contents.vanished)  # not what was sent since then
    return dict(Counter(result.kind for result in results if result.is_new))


def _note_of(file: folders.FolderFile, envelope: envelopes.Envelope, body: str) -> IncomingFile:
    document = document_of_line(body) or {}
    candidate = document.get("candidate", "")
    if document.get("type") == "candidate":
        candidate = document.get("id", "")
    return IncomingFile(
        file.name,
        document_id(document),
        str(document.get("type", "")),
        candidate if isinstance(candidate, str) else "",
        ArrivalState.WAITING,
        "",
        " ".join(envelope.receivers),
        file.stamp,
    )


def _note_results(
    results: Iterable[ArrivalResult],
    bodies: Mapping[str, IncomingFile],
    by_document: Mapping[str, Sequence[str]],
    notes: dict[str, IncomingFile],
) -> None:
    """What became of a document became of every copy of it."""
    copies = {names[0]: names for names in by_document.values()}
    for result in results:
        for name in copies[result.name]:
            notes[name] = bodies[name]._replace(
                kind=result.kind,
                candidate=result.candidate or bodies[name].candidate,
                state=result.state,
                message=result.message,
            )
    for name, names in copies.items():
        if name in notes and name not in {result.name for result in results}:
            for copy in names[1:]:
                notes[copy] = bodies[copy]._replace(
                    state=notes[name].state, message=notes[name].message
                )


def _note_opened_elsewhere(
    contents: FolderContents, known: Mapping[str, IncomingFile], notes: dict[str, IncomingFile]
) -> None:
    """A locked file of a document that came in as a release, too, is settled with it.

    Whom it is encrypted to is forgotten: nothing vouches that it holds what its signature says.
    """
    taken = {
        document_signature(envelope): note
        for file, envelope, _ in contents.opened
        if (note := notes.get(file.name)) and note.state is ArrivalState.TAKEN
    }
    for file in {**known, **notes}.values():
        if file.state is ArrivalState.LOCKED and (note := taken.get(file.document)):
            notes[file.name] = note._replace(name=file.name, stamp=file.stamp, receivers="")


def report_waiting(store: Store, source: str, report: SyncReport) -> None:
    """Note in a report what still waits to go out, and what came in and was not taken."""
    sharing = store.sharing()
    report.waiting = len(sharing.outbox.waiting(source))
    files: dict[ArrivalState, list[IncomingFile]] = {}
    late = []
    now = store.clock.now()
    for file in sharing.incoming.files(source).values():
        if file.state is not ArrivalState.TAKEN:
            files.setdefault(file.state, []).append(file)
        is_late = now - datetime.fromisoformat(file.noticed_at) > LATE
        if file.state is ArrivalState.NOT_WHOLE and is_late:
            late.append(file.name)
    report.files, report.late = files, late
