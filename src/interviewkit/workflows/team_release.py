"""Releases: a document encrypted to somebody who may read it and cannot open it yet.

Who writes it does so with the next round, and so does the owner of its role. Should both be away,
one of those who can open it does: the one whom the document's own hash picks, so that not everybody
writes the same. The signature stays the writer's, so a release is the document itself once more.
"""

import hashlib
from collections.abc import Mapping

from interviewkit.errors import InterviewKitError
from interviewkit.storage.team.arrival_files import ArrivalState, IncomingFile
from interviewkit.storage.team.offers import Audience
from interviewkit.team import envelope as envelopes
from interviewkit.team import folder as folders
from interviewkit.team.members import MembersList
from interviewkit.workflows.team_documents import bank_document_id
from interviewkit.workflows.team_folder import TeamSession, receiver_keys


def release_documents(session: TeamSession, present: Mapping[str, folders.FolderFile]) -> int:
    """Encrypt what others wrote to those who may read it and cannot; gives how many documents."""
    members = session.members
    if members is None:
        return 0
    incoming = session.store.sharing().incoming
    files = incoming.files(session.source)
    by_document: dict[str, list[IncomingFile]] = {}
    for file in files.values():
        if file.state is ArrivalState.TAKEN and file.receivers and file.name in present:
            by_document.setdefault(file.document, []).append(file)
    count = 0
    offers = session.store.sharing().offers
    audiences = offers.sealed_audiences() | {
        bank_document_id(session.store, sha256): audience
        for sha256, audience in offers.bank_audiences().items()
    }
    for document, audience in audiences.items():
        copies = by_document.get(document, [])
        keys = {key for file in copies for key in file.receivers.split()}
        missing = {
            key: recipient
            for key, recipient in receiver_keys(members, audience.receivers).items()
            if key not in keys
        }
        if not missing or not _is_mine_to_release(session, members, document, keys, audience):
            continue
        count += _release(session, copies, document, missing)
    return count


def _is_mine_to_release(
    session: TeamSession,
    members: MembersList,
    document: str,
    keys: set[str],
    audience: Audience,
) -> bool:
    if session.team.person in audience.senders:
        return True
    openers = [
        member.key
        for member in members.active
        if member.key in keys and member.person not in audience.senders
    ]
    return bool(openers) and session.identity.key == min(
        openers, key=lambda key: hashlib.sha256(f"{document}{key}".encode()).hexdigest()
    )


def _release(
    session: TeamSession, copies: list[IncomingFile], document: str, missing: Mapping[str, str]
) -> int:
    for file in copies:
        if session.identity.key not in file.receivers.split():
            continue
        try:
            envelope = envelopes.read_envelope(folders.read_file(session.folder, file.name))
            body = envelopes.open_envelope(session.team.id, envelope, session.identity)
        except InterviewKitError:
            continue  # gone or damaged since it was read; another copy may do
        data = envelopes.write_encrypted(envelope.key, envelope.signature, body, missing)
        name = folders.add_file(session.folder, folders.DOCUMENTS, data)
        session.store.sharing().incoming.keep(
            session.source,
            [
                IncomingFile(
                    *(name, document, file.kind, file.candidate, ArrivalState.TAKEN),
                    receivers=" ".join(sorted(missing)),
                    stamp=folders.stamp_of(session.folder, name),
                )
            ],
        )
        return 1
    return 0
