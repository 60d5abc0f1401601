"""The documents that shared roles send: each one line of the exchange format, named by its hash.

A *document* is a canonical line: role, candidate, person, alias, role_settings, plan, bank,
scorecard, amendment, decision or gone. A folder and a hub carry the same ones, and one rule takes
them in.
"""

from typing import NamedTuple

from interviewkit.errors import RefusedImportError
from interviewkit.exchange import people_lines
from interviewkit.exchange.jsonl import read_lines, sealed_line
from interviewkit.interview.documents import Document, Offer
from interviewkit.interview.people import Person
from interviewkit.interview.role_settings import Visibility
from interviewkit.interview.sealed_document import canonical, seal
from interviewkit.interview.shared_records import Gone
from interviewkit.storage.store import Store
from interviewkit.storage.team.offers import SharedRole, TeamOffer
from interviewkit.team.envelope import EnvelopeError, json_object

# What a team exchanges; a line of any other type is left alone and counted.
TYPES = (
    *("bank", "person", "role", "candidate", "alias", "role_settings", "plan"),
    *("scorecard", "amendment", "decision"),
)


class TeamDocument(NamedTuple):
    """A document that this person answers for.

    ``sha256`` names it (see :func:`document_id`). ``receivers`` are the ids of the people who
    should be able to read it, every id that stands for one of them.
    """

    sha256: str
    kind: str
    id: str
    role: str
    candidate: str
    receivers: frozenset[str]
    offer: TeamOffer


def document_id(document: Document) -> str:
    """The SHA-256 of a document's canonical form, in hexadecimal: of a sealed one its seal."""
    return seal(document)


def document_of_line(line: str) -> Document | None:
    """The object in a line; None where the line is no object that can be sealed."""
    try:
        return json_object(line)
    except EnvelopeError:
        return None


def documents_to_share(store: Store, person: Person) -> list[TeamDocument]:
    """Every document of shared roles that this person answers for, referred to before referring."""
    sharing = store.sharing()
    roles = {role.id: role for role in sharing.offers.shared_roles(person)}
    documents: dict[str, TeamDocument] = {}
    for offer in sharing.offers.offers(person):
        sha256 = offer_sha256(store, offer)
        receivers = _receivers(roles[offer.role], offer, person)
        if sha256 in documents:  # of several roles: those who take part in one of them read it
            receivers |= documents[sha256].receivers
        documents[sha256] = TeamDocument(
            sha256, offer.kind, offer.id, offer.role, offer.candidate, receivers, offer
        )
    return list(documents.values())


def document_line(store: Store, document: TeamDocument) -> str:
    """The canonical line of a document, without a line's end, as everybody else would write it."""
    return offer_line(store, document.offer)


def offer_line(store: Store, offer: TeamOffer) -> str:
    """The same of what is offered."""
    if offer.record is not None:
        return canonical(people_lines.record_line(offer.record)).decode()
    if offer.kind == "bank":
        bank_id, text = store.sharing().bank_text(offer.sha256)
        body = canonical({"type": "bank", "id": bank_id, "text": text})
        return f'{body.decode()[:-1]},"sha256":"{offer.sha256}"}}'
    return (
        sealed_line(store.sharing().sealed_document(offer.kind, offer.id))
        .decode()
        .removesuffix("\n")
    )


def tombstone_line(tombstone: Gone) -> str:
    """The canonical line that says that a record was erased."""
    return canonical(people_lines.record_line(tombstone)).decode()


def offer_of_line(name: str, line: str) -> Offer | None:
    """What a line offers; None where it is of a type that teams do not exchange.

    RefusedImportError says what is wrong with it by itself.
    """
    parsed = document_of_line(line)
    if parsed is not None and parsed.get("type") not in (*TYPES, "gone"):
        return None
    offers = [offer for _, offer in read_lines(name, [line.encode()])]
    if len(offers) != 1:
        raise RefusedImportError(f"{name}: this is not one document.", "")
    return offers[0]


def refusal_reason(error: RefusedImportError, name: str) -> str:
    """What is wrong with the only line of a document, without the place, which stands beside it."""
    return error.message.removeprefix(f"{name}, line 1: ").partition("\n")[0]


def offer_sha256(store: Store, offer: TeamOffer) -> str:
    """The name of the document that is offered (see :func:`document_id`)."""
    if offer.record is not None:
        return document_id(people_lines.record_line(offer.record))
    if offer.kind == "bank":
        return bank_document_id(store, offer.sha256)
    return offer.sha256


def bank_document_id(store: Store, sha256: str) -> str:
    """The document of the bank whose text has this hash."""
    bank_id, text = store.sharing().bank_text(sha256)
    return document_id({"type": "bank", "id": bank_id, "text": text})


def _receivers(role: SharedRole, offer: TeamOffer, person: Person) -> frozenset[str]:
    """The owner, the panel and the sender; of what judges a candidate as the role's settings say.

    The program of each shows others' judgements only by the same settings; what a key cannot open
    it cannot show at all.
    """
    receivers = role.owner | {person.id}
    if not (offer.is_judgement and role.visibility is Visibility.OWN):
        receivers |= role.panel
    return receivers
