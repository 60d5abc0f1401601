"""A sealed scorecard is added to, never changed."""

import json
from collections.abc import Iterable
from pathlib import Path

import pytest

from interviewkit.errors import BlockedError, RefusedImportError
from interviewkit.exchange.jsonl import export_lines, read_lines, sealed_line
from interviewkit.interview.people import Person
from interviewkit.interview.records import Interview, Recommendation
from interviewkit.interview.sealed_document import with_seal
from interviewkit.storage.file.connection import connect
from interviewkit.storage.file.error_messages import sqlite_errors
from interviewkit.storage.importer import Taken
from interviewkit.storage.store import Store
from support import PRIYA, HeldClock, begin, complete, rated

QUESTION = "unspoken-need"


@pytest.fixture
def sealed(store: Store) -> Interview:
    return complete(store, {QUESTION: 4, "broken-promise": 2})


def lines(store: Store) -> list[bytes]:
    door = store._exchange()
    return list(
        export_lines(store.banks_used(), door.sealed_scorecards(), door.document, door.amendments())
    )


def changed(line: bytes, change: dict[str, str]) -> bytes:
    """The line with another content, sealed as anyone who wrote it would have."""
    return sealed_line(with_seal(json.loads(line) | change))


def take(store: Store, raw: Iterable[bytes]) -> Taken:
    return store.import_documents(read_lines("file", raw))


def test_an_amended_rating_counts_and_the_original_stays(store: Store, sealed: Interview) -> None:
    notebook = store.notebook(sealed.id)
    notebook.amend("rating", QUESTION, "2", "Mixed up two candidates.", Person("", "priya raman"))
    answer = store._reads.answers(sealed.id)[1]
    assert (answer.rating, answer.counts) == (4, 2)
    assert answer.line == "2 · not probed · amended, was 4"
    assert [r for _, question, r in rated(store, sealed.role) if question == QUESTION] == [2]
    assert store._exchange().document(sealed)["sha256"] == sealed.seal


def test_of_several_the_last_counts_and_not_assessed_is_no_zero(
    store: Store, sealed: Interview, clock: HeldClock
) -> None:
    notebook = store.notebook(sealed.id)
    notebook.amend("rating", QUESTION, "5", "First thought.", PRIYA)
    clock.pass_(60)
    notebook.amend("rating", QUESTION, None, "It was never asked.", PRIYA)
    assert store._reads.answers(sealed.id)[1].line == "– · not probed · amended, was 4"
    assert [r for _, question, r in rated(store, sealed.role) if question == QUESTION] == [None]


def test_an_amended_recommendation_counts(store: Store, sealed: Interview) -> None:
    store.notebook(sealed.id).amend("recommendation", "", "no", "Spoke to a referee.", PRIYA)
    interview = store._reads.interview(sealed.id)
    assert interview.recommendation is Recommendation.YES
    assert interview.counts is Recommendation.NO
    assert {
        card.recommendation for card in store.seen_by(Person("", "")).ratings(sealed.role).cards
    } == {Recommendation.NO}


def test_it_needs_a_reason_a_seal_and_its_interviewer(store: Store, sealed: Interview) -> None:
    notebook = store.notebook(sealed.id)
    with pytest.raises(BlockedError, match="An amendment needs a reason"):
        notebook.amend("rating", QUESTION, "2", "  ", PRIYA)
    with pytest.raises(BlockedError, match="This is the scorecard of Priya Raman"):
        notebook.amend("rating", QUESTION, "2", "Because.", Person("", "Tom Becker"))
    open_one = store.notebook(begin(store, candidate="Bo Lindqvist").id)
    with pytest.raises(BlockedError, match="still under way"):
        open_one.amend("rating", QUESTION, "2", "Because.", PRIYA)


def test_an_amendment_cannot_be_changed_afterwards(store: Store, sealed: Interview) -> None:
    store.notebook(sealed.id).amend("note", QUESTION, "Said so by mail.", "Mail came.", PRIYA)
    connection = connect(store.path, store.unlock)
    with pytest.raises(sqlite_errors(), match="never changed"):
        connection.execute("UPDATE amendment SET value = 'other'")
    connection.close()


def test_amendments_travel_with_their_scorecard(
    store: Store, sealed: Interview, tmp_path: Path
) -> None:
    notebook = store.notebook(sealed.id)
    notebook.amend("rating", QUESTION, "2", "Mixed up two candidates.", PRIYA)
    notebook.amend("note", QUESTION, "Said so by mail.", "Mail came.", PRIYA)
    out = lines(store)
    with Store(tmp_path / "other.db") as other:
        assert take(other, reversed(out)).new["amendment"] == 2
        assert lines(other) == out
        assert not any(take(other, out).new.values())
        assert other._reads.answers(sealed.id)[1].counts == 2


@pytest.mark.parametrize(
    ("change", "sentence"),
    [
        ({"scorecard": "unknown"}, "the scorecard unknown is neither in the files nor"),
        ({"value": "9"}, "'9' is no value for a rating"),
        ({"reason": " "}, "reason"),
        ({"what": "mood"}, "what"),
    ],
)
def test_a_faulty_amendment_is_refused_by_its_line(
    store: Store, sealed: Interview, tmp_path: Path, change: dict[str, str], sentence: str
) -> None:
    store.notebook(sealed.id).amend("rating", QUESTION, "2", "Mixed up.", PRIYA)
    out = lines(store)
    out[-1] = changed(out[-1], change)
    with Store(tmp_path / "other.db") as other:
        with pytest.raises(RefusedImportError, match=f"line {len(out)}") as refused:
            take(other, out)
        assert sentence in refused.value.message
        assert other._reads.standings() == []


def test_an_amendment_known_with_another_content_is_refused(
    store: Store, sealed: Interview
) -> None:
    store.notebook(sealed.id).amend("rating", QUESTION, "2", "Mixed up.", PRIYA)
    out = lines(store)
    out[-1] = changed(out[-1], {"value": "5"})
    with pytest.raises(RefusedImportError, match="is known with another content"):
        take(store, out)
    assert store._reads.answers(sealed.id)[1].counts == 2


def test_an_amendment_by_another_or_of_an_unknown_question_is_refused(
    store: Store, sealed: Interview, tmp_path: Path
) -> None:
    store.notebook(sealed.id).amend("rating", QUESTION, "2", "Mixed up.", PRIYA)
    out = lines(store)
    for change, sentence in (
        ({"interviewer": "Mallory"}, "is Priya Raman's, and the amendment Mallory's"),
        ({"question": "never-asked"}, "has no question 'never-asked'"),
    ):
        bad = [*out[:-1], changed(out[-1], change)]
        with Store(tmp_path / "other.db") as other:
            with pytest.raises(RefusedImportError) as refused:
                take(other, bad)
            assert sentence in refused.value.message
            assert other._reads.standings() == []


def test_a_scorecard_from_before_our_time_is_refused(store: Store, sealed: Interview) -> None:
    store.notebook(sealed.id).amend("rating", QUESTION, "2", "Mixed up.", PRIYA)
    line = json.loads(lines(store)[-1]) | {"at": "0999-01-01T00:00:00Z", "id": "another"}
    with pytest.raises(RefusedImportError, match="no interview was held in the year 999"):
        take(store, [json.dumps(line).encode()])
