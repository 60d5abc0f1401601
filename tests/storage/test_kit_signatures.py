"""Scorecards that were filled in as a file: whether they are signed, and that they stay so."""

import json
import re
import sys
from base64 import b64decode
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey
from cryptography.hazmat.primitives.serialization import load_der_private_key

from interviewkit.errors import BlockedError, RefusedImportError
from interviewkit.exchange.jsonl import export_lines, read_lines
from interviewkit.interview.erasure import Why
from interviewkit.interview.kit_signature import KIT_ORIGIN, SignatureState
from interviewkit.interview.people import Person
from interviewkit.interview.plan import PlanEntry
from interviewkit.interview.records import Answer, Candidate, Interview, Recommendation, Role
from interviewkit.interview.sealed_document import canonical_json, scorecard_document, with_seal
from interviewkit.storage.import_report import Taken
from interviewkit.storage.integrity.check import check_records
from interviewkit.storage.store import Store
from interviewkit.workflows.fillable_kit import write_fillable_kit
from support import HeldClock, complete, shipped

QUESTION = shipped().bank.kit("first-45").questions[0].question
Line = dict[str, Any]


class FilledKit:
    """What stands in a kit's file, and what it would save."""

    def __init__(self, path: Path) -> None:
        text = path.read_text(encoding="utf-8")
        match = re.search(r'<script type="application/json" id="kit">(.*?)</script>', text)
        assert match
        self.data = json.loads(match[1])

    def document(self, document_id: str = "kit-1", **fields: object) -> Line:
        fixed = self.data["document"]
        interview = Interview(
            id=document_id,
            role=Role(fixed["role"], ""),
            candidate=Candidate(fixed["candidate"], ""),
            interviewer=fixed["interviewer"],
            bank="",
            bank_sha256="",
            kit=fixed["kit"],
            started_at="2026-03-02T09:00:00.000Z",
            page="",
            submitted_at="2026-03-02T09:45:00.000Z",
            recommendation=Recommendation.YES,
        )
        competency = shipped().bank.question(QUESTION).competency
        answers = [Answer(QUESTION, competency, 12.5, rating=4, assessed=True)]
        document = scorecard_document(interview, answers)
        return dict(with_seal(document | fixed | fields))

    def signature(self, document: Line, **fields: object) -> Line:
        key = load_der_private_key(b64decode(self.data["key"]["private"]), None)
        assert isinstance(key, Ed25519PrivateKey)
        line = {
            "type": "signature",
            "document": document["id"],
            "sha256": document["sha256"],
            "key": self.data["key"]["public"],
        }
        return line | {"signature": key.sign(canonical_json(line)).hex()} | fields


@pytest.fixture
def entry(store: Store) -> PlanEntry:
    return store.planning().add(
        candidate="Ada Okafor",
        role="Account executive",
        interviewer="Priya Raman",
        bank="customer-focused-sales",
        kit="first-45",
    )


def written(store: Store, entry: PlanEntry, folder: Path) -> FilledKit:
    path = folder / "kit.html"
    write_fillable_kit(store, entry, shipped(), "first-45", path)
    return FilledKit(path)


@pytest.fixture
def kit(store: Store, entry: PlanEntry, tmp_path: Path) -> FilledKit:
    return written(store, entry, tmp_path)


@pytest.fixture
def without_cryptography(monkeypatch: pytest.MonkeyPatch) -> None:
    for name in [name for name in sys.modules if name.split(".")[0] == "cryptography"]:
        monkeypatch.setitem(sys.modules, name, None)
    monkeypatch.setitem(sys.modules, "cryptography", None)


def take_in(store: Store, *lines: Line, accepts_second: bool = False) -> Taken:
    raw = [json.dumps(line, ensure_ascii=False).encode() for line in lines]
    offers = list(read_lines("kit.ikc", raw))
    return store.import_documents(offers, accepts_second=accepts_second)


def refusal(store: Store, *lines: Line) -> str:
    with pytest.raises(RefusedImportError) as caught:
        take_in(store, *lines)
    return f"{caught.value.message} {caught.value.hint}"


def origin(store: Store) -> str:
    ((interview, _),) = store.seen_by(Person("", "Priya Raman")).scorecards()
    return interview.origin


def exported(store: Store) -> Iterator[bytes]:
    leaving = store.seen_by(Person("", "Priya Raman")).export()
    return export_lines(
        store.banks_used(),
        leaving.scorecards,
        leaving.document,
        shared=leaving.shared_records(),
        signatures=leaving.signatures(),
    )


def faults(store: Store) -> list[str]:
    return [str(fault) for fault in check_records(store.path).faults]


def test_a_signature_of_the_plans_key_counts_and_twice_changes_nothing(
    store: Store, kit: FilledKit
) -> None:
    document = kit.document()
    lines = document, kit.signature(document)
    assert take_in(store, *lines).kits == {"kit-1": SignatureState.SIGNED}
    again = take_in(store, *lines)
    assert sum(again.new.values()) == 0
    assert again.kits == {"kit-1": SignatureState.SIGNED}
    assert origin(store) == f"{KIT_ORIGIN}, signed"
    assert faults(store) == []


def test_without_a_signature_or_with_a_key_of_no_plan_it_is_unsigned(
    store: Store, entry: PlanEntry, kit: FilledKit, tmp_path: Path
) -> None:
    document = kit.document()
    assert take_in(store, document).kits == {"kit-1": SignatureState.UNSIGNED}
    assert origin(store) == f"{KIT_ORIGIN}, unsigned"
    written(store, store.planning().entry(entry.id), tmp_path)  # a later file, another key
    assert take_in(store, document, kit.signature(document)).kits == {
        "kit-1": SignatureState.UNSIGNED
    }


def test_what_was_not_checked_is_checked_once_it_can_be(store: Store, kit: FilledKit) -> None:
    document = kit.document()
    lines = document, kit.signature(document)
    with pytest.MonkeyPatch.context() as absent:
        absent.setitem(sys.modules, "cryptography.exceptions", None)
        assert take_in(store, *lines).kits == {"kit-1": SignatureState.UNCHECKED}
        assert sum(take_in(store, *lines).new.values()) == 0
    assert origin(store) == f"{KIT_ORIGIN}, not checked"
    assert take_in(store, *lines).kits == {"kit-1": SignatureState.SIGNED}
    assert faults(store) == []


def test_a_signature_that_does_not_fit_is_refused(store: Store, kit: FilledKit) -> None:
    document = kit.document()
    forged = kit.signature(document, signature="0" * 128)
    assert refusal(store, document, forged) == (
        "kit.ikc, line 2: the signature of the scorecard kit-1 does not fit it: one of them was "
        "changed. Nothing was imported. Ask for the file as it was saved."
    )
    assert store.seen_by(Person("", "Priya Raman")).scorecards() == []


def test_the_key_of_other_people_is_refused(store: Store, kit: FilledKit, tmp_path: Path) -> None:
    other = store.planning().add(
        candidate="Bo Lind", role="Account executive", interviewer="Priya Raman"
    )
    others_kit = written(store, other, tmp_path)
    document = kit.document()
    assert "was made for another candidate." in refusal(
        store, document, others_kit.signature(document)
    )


def test_a_signature_of_what_is_not_there_or_was_no_kit_is_refused(
    store: Store, kit: FilledKit
) -> None:
    document = kit.document()
    assert "kit-1 that was signed is neither in the files nor in the records" in refusal(
        store, kit.signature(document)
    )
    ordinary = complete(store, {QUESTION: 3}, candidate="Bo Lind")
    line = {"id": ordinary.id, "sha256": ordinary.seal}
    assert "was not filled in as a file" in refusal(store, kit.signature(line))


def test_a_scorecard_has_one_signature(
    store: Store, entry: PlanEntry, kit: FilledKit, tmp_path: Path
) -> None:
    document = kit.document()
    take_in(store, document, kit.signature(document))
    later = written(store, store.planning().entry(entry.id), tmp_path)
    assert "is known with another signature" in refusal(store, document, later.signature(document))


def test_a_second_scorecard_from_one_kit_waits_to_be_accepted(store: Store, kit: FilledKit) -> None:
    first, second = kit.document(), kit.document("kit-2", summary="another")
    take_in(store, first, kit.signature(first))
    assert refusal(store, second) == (
        "kit.ikc, line 1: a scorecard by Priya Raman from this kit is in the records already "
        "(kit-1). Nothing was imported. Ask Priya Raman which of the two counts. If both do, "
        "import it with --second."
    )
    taken = take_in(store, second, kit.signature(second), accepts_second=True)
    assert taken.kits == {"kit-2": SignatureState.SIGNED}


def test_a_changed_scorecard_under_the_same_id_is_refused(store: Store, kit: FilledKit) -> None:
    document = kit.document()
    take_in(store, document)
    assert "is known with another content" in refusal(store, kit.document(summary="better"))


def test_no_document_says_of_itself_that_it_is_signed(store: Store, kit: FilledKit) -> None:
    assert "is not for it to say" in refusal(store, kit.document(origin=f"{KIT_ORIGIN}, signed"))


def test_a_signature_travels_with_its_scorecard_and_the_key_with_the_plan(
    store: Store, kit: FilledKit, tmp_path: Path, clock: HeldClock
) -> None:
    document = kit.document()
    take_in(store, document, kit.signature(document))
    lines = list(exported(store))
    with Store(tmp_path / "other.db", clock) as other:
        other.import_documents(read_lines("round.jsonl", lines))
        assert origin(other) == f"{KIT_ORIGIN}, signed"
        assert other.planning().entries()[0].kit_key == kit.data["key"]["public"]
        assert sum(other.import_documents(read_lines("round.jsonl", lines)).new.values()) == 0


def test_a_plan_without_a_kit_has_no_key_in_its_line(store: Store, entry: PlanEntry) -> None:
    assert b"kit_key" not in b"".join(exported(store))


def test_erasing_a_candidate_takes_the_signature_along(store: Store, kit: FilledKit) -> None:
    document = kit.document()
    take_in(store, document, kit.signature(document))
    store.erasing().erase([store.candidate("Ada Okafor")], Why.REQUEST)
    assert store._database.rows("SELECT * FROM kit_signature") == []
    taken = take_in(store, document, kit.signature(document))
    assert {line.state for line in taken.lines} == {"erased"}


def test_a_state_changed_by_hand_is_found(store: Store, kit: FilledKit) -> None:
    take_in(store, document := kit.document(), kit.signature(document))
    store._connection.execute("UPDATE kit_signature SET state = 'not checked'")
    (fault,) = faults(store)
    assert "what it says of its signature is not what the log says" in str(fault)


def test_comparisons_name_what_is_not_signed(store: Store, kit: FilledKit) -> None:
    document = kit.document()
    take_in(store, document)
    reader = store.seen_by(Person("", "Priya Raman"))
    role = store.role("Account executive")
    sentence = "1 scorecard comes from a fillable kit, unsigned."
    assert sentence in reader.ratings(role).not_shown
    take_in(store, document, kit.signature(document))
    assert sentence not in reader.ratings(role).not_shown


def test_a_cancelled_entry_gets_no_kit(store: Store, entry: PlanEntry, tmp_path: Path) -> None:
    cancelled = store.planning().cancel(entry)
    with pytest.raises(BlockedError, match="cancelled"):
        write_fillable_kit(store, cancelled, shipped(), "first-45", tmp_path / "kit.html")
    assert not (tmp_path / "kit.html").exists()


def test_without_the_extra_a_kit_has_no_key_and_says_so(
    store: Store, entry: PlanEntry, tmp_path: Path, without_cryptography: None
) -> None:
    path = tmp_path / "kit.html"
    kit = write_fillable_kit(store, entry, shipped(), "first-45", path)
    assert kit.warnings() == [
        "It carries no key, so its scorecard will come in unsigned. Install interviewkit[team] to "
        "write kits that sign."
    ]
    assert FilledKit(path).data["key"] is None
