"""Erasures that travel: a tombstone without a name, obeyed by every laptop, which says when.

The tombstone is a hash of the candidate's id, signed by an administrator or the owner of a role.
Who obeys it erases here as ``candidate erase`` does, deletes the person's files from the folder,
and leaves a signed word, so that the person who answers the candidate can say who has done it.
"""

import re
from contextlib import suppress
from dataclasses import dataclass, field
from datetime import datetime

from interviewkit.errors import BlockedError, InterviewKitError, LegalHoldError
from interviewkit.exchange.jsonl import read_lines
from interviewkit.interview.authorship import Signer
from interviewkit.interview.clock import stamp
from interviewkit.interview.erasure import Why
from interviewkit.interview.records import Candidate
from interviewkit.interview.sealed_document import canonical
from interviewkit.interview.shared_records import Gone
from interviewkit.storage.store import Store
from interviewkit.storage.team.arrival_files import ArrivalState
from interviewkit.storage.team.erasure_notices import ErasureNotice
from interviewkit.team import envelope as envelopes
from interviewkit.team import folder as folders
from interviewkit.workflows.team_documents import document_of_line, tombstone_line
from interviewkit.workflows.team_folder import FolderContents, TeamSession

ERASED, HELD, OPEN = "erased", "held", "open"
_SHA256 = re.compile(r"[0-9a-f]{64}")
_MOMENT = re.compile(r"2\d{3}-\d\d-\d\dT\d\d:\d\d:\d\d(\.\d{3})?Z", re.ASCII)


@dataclass(slots=True)
class ErasureReport:
    """What a round erased here, and what it could not: a hold, or records open elsewhere."""

    erased: int = 0
    blocked: list[str] = field(default_factory=list)


def follow_erasures(
    session: TeamSession, contents: FolderContents, *, erases: bool
) -> ErasureReport:
    """Obey tombstones, and note what others say of them.

    ``erases``: False leaves the erasing for later, and the word to the others says "open".
    """
    report = ErasureReport()
    members = session.members
    if members is None:
        return report
    erasures = session.store.sharing().erasures
    for key, body in contents.gone:
        member = members.member(key)
        if member is None:
            continue
        tombstone = _tombstone(body)
        if tombstone is None:
            notice = _notice(body, key)
            if notice is not None:
                erasures.keep(notice)
        elif not member.left_at:
            _obey(session, tombstone, member.signer, contents, report, erases=erases)
    return report


def send_erasures(session: TeamSession, contents: FolderContents) -> None:
    """Tombstones of what was erased here, and this member's word on every erasure."""
    sharing = session.store.sharing()
    present = {body for key, body in contents.gone if key == session.identity.key}
    known = {gone.id_sha256 for gone in map(_tombstone, (b for _, b in contents.gone)) if gone}
    tombstones = sharing.erasures.tombstones()
    bodies = [tombstone_line(gone) for gone in tombstones if gone.id_sha256 not in known]
    for tombstone in tombstones:
        _say(session, tombstone.id_sha256, ERASED, _now(session))
    bodies += [
        _notice_body(notice)
        for notice in sharing.erasures.notices()
        if notice.member == session.identity.key
    ]
    for body in bodies:
        if body not in present:
            data = envelopes.write_open(session.team.id, session.identity, body)
            folders.add_file(session.folder, folders.GONE, data)
            contents.gone.append((session.identity.key, body))


def _obey(
    session: TeamSession,
    tombstone: Gone,
    signer: Signer,
    contents: FolderContents,
    report: ErasureReport,
    *,
    erases: bool,
) -> None:
    erasures = session.store.sharing().erasures
    candidate = erasures.candidate_of(tombstone)
    if candidate is None:
        if signer.is_admin or erasures.is_known(tombstone):
            erasures.note_gone(tombstone)
            _say(session, tombstone.id_sha256, ERASED, _now(session))
        return  # nobody here; an owner's word is asked for again once somebody is
    if not erasures.may_erase(candidate, signer):
        return
    incoming = session.store.sharing().incoming.files(session.source)
    ids = erasures.ids_of(candidate)
    names = [name for name, file in incoming.items() if file.candidate in ids]
    state = carry_out_erasure(session.store, candidate, tombstone, report, erases=erases)
    if state == ERASED:
        _delete(session, contents, names)
    _say(session, tombstone.id_sha256, state, _now(session))


def carry_out_erasure(
    store: Store, candidate: Candidate, tombstone: Gone, report: ErasureReport, *, erases: bool
) -> str:
    """Erase somebody here for the reason that a tombstone gives; gives the word for the others."""
    if not erases:
        report.blocked.append("It is done when the program ends.")
        return OPEN
    reason = next((why for why in Why if why == tombstone.why), Why.REQUEST)
    try:
        store.erasing().erase([candidate], reason)
    except BlockedError as error:
        report.blocked.append(error.message)
        return HELD if isinstance(error, LegalHoldError) else OPEN
    report.erased += 1
    store.sharing().erasures.note_gone(tombstone)
    return ERASED


def _say(session: TeamSession, id_sha256: str, state: str, at: str) -> None:
    """This member's word on an erasure, kept once: the same word is not said again."""
    erasures = session.store.sharing().erasures
    key = session.identity.key
    said = {n.id_sha256: n.state for n in erasures.notices() if n.member == key}
    if said.get(id_sha256) not in (state, ERASED):
        erasures.keep(ErasureNotice(id_sha256, key, state, at))


def delete_erased_files(session: TeamSession, contents: FolderContents) -> None:
    """Delete what the folder holds of people whose erasure travels, later copies included.

    Whom somebody erased on their own laptop alone keeps what others wrote there.
    """
    sharing = session.store.sharing()
    agreed = {
        notice.id_sha256
        for notice in sharing.erasures.notices()
        if notice.member == session.identity.key and notice.state == ERASED
    }
    names = [
        name
        for name, file in sharing.incoming.files(session.source).items()
        if file.state is ArrivalState.ERASED and sharing.erasures.hash_of(file.candidate) in agreed
    ]
    _delete(session, contents, names)


def _delete(session: TeamSession, contents: FolderContents, names: list[str]) -> None:
    names = [name for name in names if name in contents.files]
    folders.delete_files(session.folder, names)
    for name in names:
        del contents.files[name]
    contents.opened = [entry for entry in contents.opened if entry[0].name in contents.files]


def _tombstone(body: str) -> Gone | None:
    content = document_of_line(body)
    if content is None or content.get("type") != "gone":
        return None
    try:
        offers = [offer for _, offer in read_lines("gone", [body.encode()])]
    except InterviewKitError:
        return None
    gone = offers[0] if offers else None
    return gone if isinstance(gone, Gone) else None


def _notice(body: str, key: str) -> ErasureNotice | None:
    content = document_of_line(body) or {}
    texts = [content.get(name) for name in ("id_sha256", "state", "at")]
    if content.get("type") != "erasure_notice" or not all(isinstance(t, str) for t in texts):
        return None
    id_sha256, state, at = map(str, texts)
    is_right = state in (ERASED, HELD, OPEN) and _SHA256.fullmatch(id_sha256) and _is_moment(at)
    return ErasureNotice(id_sha256, key, state, at) if is_right else None


def _is_moment(text: str) -> bool:
    """Whether a text is a moment as we write them, which every reader may show as a day."""
    with suppress(ValueError):
        return bool(_MOMENT.fullmatch(text) and datetime.fromisoformat(text))
    return False


def _notice_body(notice: ErasureNotice) -> str:
    return canonical(
        {
            "type": "erasure_notice",
            "id_sha256": notice.id_sha256,
            "state": notice.state,
            "at": notice.at,
        }
    ).decode()


def _now(session: TeamSession) -> str:
    return stamp(session.store.clock.now())
