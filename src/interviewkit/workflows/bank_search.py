"""Words looked for in question banks: in texts, competencies, elements and findings.

A plain word is looked for in the words of a thing and in its id. ``competency:``, ``element:`` and
``finding:`` before a word narrow it to what is rated, what probes elicit and what is found there.
Every word of a query must be there; "words in quotes" stay together.
"""

import re
import unicodedata
from collections.abc import Iterable, Iterator
from dataclasses import dataclass

from interviewkit.banks.elements import LABELS, Element
from interviewkit.banks.finding_locations import within
from interviewkit.banks.library import BankLocation
from interviewkit.banks.model import Bank, Competency, Kit, Probe, Question
from interviewkit.banks.text.paths import Address
from interviewkit.workflows.bank_editor import BankSnapshot

_TERM = re.compile(r'(?:(competency|element|finding):)?("[^"]*"?|\S+)', re.IGNORECASE)


@dataclass(frozen=True, slots=True)
class BankEntry:
    """A thing of a bank that can be found. ``text`` is what people read of it."""

    location: BankLocation
    bank_title: str
    address: Address
    label: str
    text: str
    fields: dict[str, str]  # "" for its own words, and what each filter looks through; all folded


def bank_entries(location: BankLocation, snapshot: BankSnapshot) -> list[BankEntry]:
    """Everything in a bank that can be found, in its order; of a broken one only its findings."""
    bank = snapshot.bank
    things = [((), location.title, location.title, "", ())] if bank is None else _things(bank)
    title = location.title if bank is None else bank.title
    claimed: set[int] = set()
    entries = []
    for address, label, text, competency, elements in sorted(
        things, key=lambda thing: len(thing[0]), reverse=True
    ):
        mine = [
            finding
            for at, finding in snapshot.findings
            if within(at, address) and id(finding) not in claimed
        ]
        claimed |= {id(finding) for finding in mine}
        fields = {
            "": f"{label} {text}",
            "competency": competency,
            "element": " ".join(f"{element.value} {LABELS[element]}" for element in elements),
            "finding": " ".join(f"{item.level} {item.code} {item.message}" for item in mine),
        }
        folded = {name: fold_text(value) for name, value in fields.items()}
        entries.append(BankEntry(location, title, address, label, text, folded))
    order = {thing[0]: index for index, thing in enumerate(things)}
    return sorted(entries, key=lambda entry: order[entry.address])


def find_entries(entries: Iterable[BankEntry], query: str) -> Iterator[BankEntry]:
    """Those that hold every word of the query; none for a query without words."""
    terms = [(kind.lower(), fold_text(term.strip('"'))) for kind, term in _TERM.findall(query)]
    terms = [(kind, term) for kind, term in terms if term]
    for entry in entries if terms else ():
        if all(term in entry.fields[kind] for kind, term in terms):
            yield entry


def fold_text(text: str) -> str:
    """Without capitals, accents, hyphens and underscores: ``Rückruf`` is found as ``ruckruf``."""
    plain = unicodedata.normalize("NFKD", text.casefold())
    plain = "".join(letter for letter in plain if not unicodedata.combining(letter))
    return " ".join(re.sub(r"[-_]", " ", plain).split())


_Thing = tuple[Address, str, str, str, tuple[Element, ...]]


def _things(bank: Bank) -> list[_Thing]:
    """(address, label, text, competency, elements) of each, questions below their competency."""
    things: list[_Thing] = [((), bank.id, f"{bank.title} {bank.about}", "", ())]
    for competency in bank.competencies:
        things.append(_competency(competency))
        for question in bank.questions:
            if question.competency == competency.id:
                things += _question(question, competency)
    return things + [_kit(kit, bank) for kit in bank.kits]


def _competency(competency: Competency) -> _Thing:
    text = " · ".join([competency.name, competency.about, *competency.anchors.values()])
    name = f"{competency.id} {competency.name}"
    return ("competencies", competency.id), competency.id, text, name, ()


def _question(question: Question, competency: Competency) -> Iterator[_Thing]:
    anchors = (question.anchors or {}).values()
    text = " · ".join([question.ask, *question.listen_for, *question.watch_for, *anchors])
    name = f"{competency.id} {competency.name}"
    address: Address = ("questions", question.id)
    yield address, question.id, text, name, ()
    for probe in question.probes:
        yield _probe(probe, question, name)


def _probe(probe: Probe, question: Question, competency: str) -> _Thing:
    address: Address = ("questions", question.id, "probes", probe.id)
    return address, f"{question.id} / {probe.id}", probe.ask, competency, probe.elicits


def _kit(kit: Kit, bank: Bank) -> _Thing:
    pages = [page.say for page in (kit.opening, kit.closing) if page]
    rated = {bank.question(entry.question).competency for entry in kit.questions}
    names = " ".join(f"{item.id} {item.name}" for item in bank.competencies if item.id in rated)
    return ("kits", kit.id), kit.id, " · ".join([kit.name, *pages]), names, ()
