"""One round with a hub: erase, send, compare, fetch, take in, and say what happened.

Erasures come first, so that nothing of somebody erased goes out. Each document is sent and taken in
on its own. What to fetch is found by comparing what one sees with what came before, role by role:
no clock and no cursor, so what becomes visible by one's own submission comes like anything new.
"""

import hashlib
from collections import Counter
from collections.abc import Iterator, Mapping, Sequence

from interviewkit.errors import RefusedImportError
from interviewkit.exchange.jsonl import sealed_line
from interviewkit.hub.client import HubConnection, HubDocument, HubIdentity, digest_of, open_hub
from interviewkit.hub.membership import HubMembership
from interviewkit.hub.refusals import HubAwayError, RefusedByHubError
from interviewkit.interview.authorship import Signer
from interviewkit.interview.clock import stamp
from interviewkit.interview.erasure import Why
from interviewkit.interview.people import RecordKind
from interviewkit.interview.records import Candidate
from interviewkit.interview.sealed_document import canonical
from interviewkit.interview.shared_records import Gone
from interviewkit.storage.store import Store
from interviewkit.storage.team.arrival_files import ArrivalState, IncomingFile
from interviewkit.storage.team.erasure_notices import ErasureNotice
from interviewkit.storage.team.intake import Arrival
from interviewkit.workflows.hub_follow import roles_to_fetch
from interviewkit.workflows.hub_membership import hub_login
from interviewkit.workflows.team_banks import keep_planned_banks
from interviewkit.workflows.team_documents import (
    document_of_line,
    offer_line,
    offer_of_line,
    offer_sha256,
    refusal_reason,
)
from interviewkit.workflows.team_erasure import ERASED, HELD, carry_out_erasure
from interviewkit.workflows.team_sync import SyncReport, report_waiting

_ATTEMPTS = 2  # a deadlock or a server that starts again is over at the next
_NO_SEAT = "IK003"
_KEY = "hub"  # stands where a folder's documents have their signer's key


def hub_source(membership: HubMembership) -> str:
    """What the outbox and the list of what came call this hub."""
    return f"hub {membership.address.login}"


def sync_hub(
    store: Store,
    same: Mapping[str, str] | None = None,
    *,
    apart: bool = False,
    erases: bool = True,
) -> SyncReport:
    """One round; ``same`` and ``apart`` answer who is who, as for an import.

    ``erases``: erasures are carried out now, for which the records may be open nowhere else.
    BlockedError where the records belong to no hub. A hub that cannot be reached is no error: the
    report says so, and what is to go out waits. Any other fault of the hub is an error.
    """
    membership, password = hub_login(store)
    report = SyncReport(is_member=True)
    source = hub_source(membership)
    outgoing = _queue(store, source)
    for attempt in range(1, _ATTEMPTS + 1):
        report.erasures.blocked.clear()
        try:
            with open_hub(membership.address, password) as (hub, identity):
                _keep_part(store, identity)
                hub_round = _HubRound(store, hub, source, report)
                hub_round.follow_erasures(membership.address.login, erases=erases)
                if identity.may_write:
                    hub_round.send(outgoing)
                hub_round.take_in(same or {}, apart=apart)
            report.problem = ""
            break
        except HubAwayError as error:
            report.problem = str(error)
            if attempt == _ATTEMPTS:
                store.sharing().outbox.mark_all_failed(source, error.message)
    report_waiting(store, source, report)
    return report


def erase_in_hub(store: Store, candidate: Candidate, why: Why) -> SyncReport:
    """Erase a candidate in the hub, then here, by a round.

    RefusedByHubError where that is not one's to do, or under a legal hold: then nothing is erased.
    HubAwayError where the hub cannot be reached.
    """
    membership, password = hub_login(store)
    with open_hub(membership.address, password) as (hub, _):
        for candidate_id in sorted(store.sharing().erasures.ids_of(candidate)):
            hub.erase(_sha256(candidate_id.encode()), why.value)
    return sync_hub(store)


def _keep_part(store: Store, identity: HubIdentity) -> None:
    """A recruiter's own program withholds nothing that the hub gives them."""
    store.sharing().membership.keep_hub_member(
        store.current_user(), is_recruiter=identity.part == "recruiter"
    )


def _queue(store: Store, source: str) -> list[HubDocument]:
    """What goes to the hub and is not there yet: roles first, then what stands in them."""
    sharing = store.sharing()
    keep_planned_banks(store, store.current_user())
    user = store.current_user()
    offers = sharing.offers.offers(user)
    # Who has no seat in a role need not introduce themselves there. Who has one does so at once:
    # with the first scorecard, it would tell others that there is one.
    roles = {offer.role for offer in offers if offer.kind != "person"}
    roles |= {role.id for role in sharing.offers.shared_roles(user) if user.id in role.panel}
    offers = [offer for offer in offers if offer.role in roles]
    names = {offer: offer_sha256(store, offer) for offer in offers}
    sharing.outbox.queue(source, [(names[of], of.kind, of.candidate) for of in offers])
    known = sharing.incoming.files(source)
    return [
        HubDocument(
            offer.role, offer.kind, _body(offer_line(store, offer)), offer.id, offer.candidate
        )
        for offer in sorted(offers, key=lambda offer: offer.kind != "role")
        if _name(offer.role, names[offer]) not in known
    ]


class _HubRound:
    """One round, over one connection."""

    def __init__(self, store: Store, hub: HubConnection, source: str, report: SyncReport) -> None:
        self._store = store
        self._sharing = store.sharing()
        self._hub = hub
        self._source = source
        self._report = report

    # Erasures

    def follow_erasures(self, login: str, *, erases: bool) -> None:
        """Erase what was erased in the hub, and tell it of what was erased here and of who has."""
        erasures = self._sharing.erasures
        tombstones = [
            Gone(RecordKind(of.kind), of.id_sha256, of.at, of.why) for of in self._hub.tombstones()
        ]
        for tombstone in tombstones:
            if not erasures.is_known(tombstone):
                state = self._erase(tombstone, erases=erases)
                now = stamp(self._store.clock.now())
                erasures.keep(ErasureNotice(tombstone.id_sha256, login, state, now))
        known = {tombstone.id_sha256 for tombstone in tombstones}
        for tombstone in erasures.tombstones():
            if tombstone.id_sha256 not in known:
                self._ask_for_erasure(tombstone)
        self._acknowledge(login)

    def _erase(self, tombstone: Gone, *, erases: bool) -> str:
        candidate = self._sharing.erasures.candidate_of(tombstone)
        if candidate is None:
            self._sharing.erasures.note_gone(tombstone)
            return ERASED
        return carry_out_erasure(
            self._store, candidate, tombstone, self._report.erasures, erases=erases
        )

    def _ask_for_erasure(self, tombstone: Gone) -> None:
        try:
            self._hub.erase(tombstone.id_sha256, tombstone.why)
        except RefusedByHubError as error:
            self._report.erasures.blocked.append(
                f"somebody is erased here and not in the hub. {error.message}"
            )

    def _acknowledge(self, login: str) -> None:
        words = {ERASED: "", HELD: "hold"}
        own = {
            notice.id_sha256: words[notice.state]
            for notice in self._sharing.erasures.notices()
            if notice.member == login and notice.state in words
        }
        if not own:
            return
        known = {(id_sha256, name): refusal for id_sha256, name, refusal in self._hub.own_words()}
        for id_sha256, refusal in own.items():
            if known.get((id_sha256, login)) != refusal:
                self._hub.acknowledge(id_sha256, refusal)

    # Out

    def send(self, documents: Sequence[HubDocument]) -> None:
        """Send each; what the hub has taken is known from now on, what it refused waits on."""
        refusals: dict[str, str] = {}
        known = self._sharing.incoming.files(self._source)  # by a first try that broke off
        documents = [of for of in documents if _name(of.role, _sha256(of.body)) not in known]
        for reply in self._hub.send(documents):
            sha256 = _sha256(reply.document.body)
            if reply.refusal is not None:
                if reply.document.kind == "person" and reply.refusal.code == _NO_SEAT:
                    continue  # nobody waits for it; the next round offers it again
                refusals[sha256] = str(reply.refusal).replace("\n", " ")
                continue
            self._report.sent += 1
            self._sharing.incoming.keep(self._source, [_known_file(reply.document)])
        outbox = self._sharing.outbox
        waiting = {entry.document for entry in outbox.waiting(self._source)}
        outbox.mark_delivered(self._source, waiting - refusals.keys())
        for sha256, message in refusals.items():
            outbox.mark_failed(self._source, [sha256], message)

    # In

    def take_in(self, same: Mapping[str, str], *, apart: bool) -> None:
        """Fetch what is new for one, and what waited, and take in what fits the records."""
        arrivals: list[Arrival] = []
        files: dict[str, IncomingFile] = {}
        for document in self._new_documents():
            file = _known_file(document)
            try:
                offer = offer_of_line(file.name, _line(document))
            except RefusedImportError as error:
                reason = refusal_reason(error, file.name)
                files[file.name] = file._replace(state=ArrivalState.REFUSED, message=reason)
                continue
            files[file.name] = file._replace(state=ArrivalState.UNKNOWN)
            if offer is not None:
                arrivals.append(Arrival(file.name, offer, _signer(document)))
        results = self._sharing.intake.take_in(arrivals, same, apart=apart)
        for result in results:
            files[result.name] = files[result.name]._replace(
                state=result.state,
                message=result.message,
                candidate=result.candidate or files[result.name].candidate,
            )
        self._sharing.incoming.keep(self._source, files.values())
        self._report.taken = dict(Counter(result.kind for result in results if result.is_new))

    def _new_documents(self) -> Iterator[HubDocument]:
        known: dict[str, dict[bytes, IncomingFile]] = {}
        for name, file in self._sharing.incoming.files(self._source).items():
            role, _, sha256 = name.rpartition("/")
            known.setdefault(role, {})[bytes.fromhex(sha256)] = file
        readable = self._hub.roles()
        gone = [file.name for role in known.keys() - set(readable) for file in known[role].values()]
        roles = roles_to_fetch(self._store.path, self._hub, readable)
        digests = self._hub.digests(roles)
        wanted_seals = {
            role: [
                seal
                for seal, file in known.get(role, {}).items()
                if file.state is ArrivalState.WAITING
            ]
            for role in roles
        }
        changed = [role for role in roles if digest_of(list(known.get(role, ()))) != digests[role]]
        for role, seals in self._hub.seals(changed):
            files = known.get(role, {})
            wanted_seals[role] += sorted(seals - files.keys())
            gone += [file.name for seal, file in files.items() if seal not in seals]
        for role, seals_of_role in wanted_seals.items():
            yield from self._hub.documents(role, seals_of_role)
        self._sharing.incoming.forget(self._source, gone)


# A hub keeps bodies: canonical, without sha256, so that the hash of a body is the document's name.


def _body(line: str) -> bytes:
    return canonical(document_of_line(line) or {})


def _line(document: HubDocument) -> str:
    content = document_of_line(document.body.decode(errors="replace")) or {}
    if document.is_sealed:
        sealed = {**content, "sha256": _sha256(document.body)}
        return sealed_line(sealed).decode().removesuffix("\n")
    if document.kind == "bank":
        text = str(content.get("text", ""))
        return canonical(content).decode()[:-1] + f',"sha256":"{_sha256(text.encode())}"}}'
    return canonical(content).decode()


def _known_file(document: HubDocument) -> IncomingFile:
    sha256 = _sha256(document.body)
    return IncomingFile(
        _name(document.role, sha256),
        *(sha256, document.kind, document.candidate),
        ArrivalState.TAKEN,
    )


def _name(role: str, sha256: str) -> str:
    return f"{role}/{sha256}"


def _sha256(body: bytes) -> str:
    return hashlib.sha256(body).hexdigest()


def _signer(document: HubDocument) -> Signer:
    """Whose it is by what stands in it: the hub has held that against the sender's login."""
    content = document_of_line(document.body.decode(errors="replace")) or {}
    name = content.get("by" if document.kind == "decision" else "interviewer", "")
    person = content.get("by_id" if document.kind == "decision" else "interviewer_id", "")
    is_written = document.is_sealed and isinstance(name, str) and isinstance(person, str)
    return Signer(
        _KEY,
        str(name) if is_written else "",
        str(person) if is_written else "",
        is_checked=True,
    )
