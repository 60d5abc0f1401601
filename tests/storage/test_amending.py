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
from interviewkit.storage.import_report import Taken
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
        ({"value": "9"}, "'9' is not a valid rating"),
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


def with_outcomes(store: Store) -> tuple[Interview, bytes, bytes]:
    """A scorecard with a probe and an own follow-up, its line, and that of an amended outcome."""
    notebook = store.notebook(begin(store, candidate="Di New").id)
    notebook.ask(QUESTION, "how-found", "How did you find out?", ())
    notebook.ask_own(QUESTION, "and then?")
    notebook.recommend(Recommendation.YES)
    notebook.submit()
    notebook.amend("outcome", QUESTION, "no_answer", "Forgot.", PRIYA, "how-found")
    *_, scorecard, amendment = lines(store)
    return store._reads.interview(notebook.interview_id), scorecard, amendment


@pytest.mark.parametrize(
    ("change", "sentence"),
    [
        ({"probe": ""}, "probe goes with an outcome, and an outcome with a probe"),
        ({"what": "rating", "value": "4"}, "probe goes with an outcome, and an outcome with"),
        ({"value": "new detail"}, "'new detail' is not a valid outcome"),
        ({"probe": "how-put"}, "nothing was asked under the id 'how-put' at the question unspoken"),
        ({"question": "broken-promise"}, "nothing was asked under the id 'how-found' at the"),
        ({"weather": "rain"}, "weather: is not a field here"),
    ],
)
def test_an_amended_outcome_of_nothing_that_was_asked_is_refused(
    store: Store, change: dict[str, str], sentence: str
) -> None:
    _, _, amendment = with_outcomes(store)
    with pytest.raises(RefusedImportError) as refused:
        take(store, [changed(amendment, {"id": "other"} | change)])
    assert sentence in refused.value.message
    assert "Nothing was imported." in refused.value.hint


def test_of_format_2_there_are_no_amended_outcomes(store: Store) -> None:
    _, _, amendment = with_outcomes(store)
    document = json.loads(amendment) | {"format": 2}
    with pytest.raises(RefusedImportError, match="what: input should be 'rating', 'note' or"):
        take(store, [sealed_line(with_seal(document))])


@pytest.mark.parametrize(
    ("old", "new", "sentence"),
    [
        ('"follow_ups"', '"own_words"', "own_words: is not a field here"),
        ('"outcome":null,"text":"and', '"outcome":"good","text":"and', "follow_ups 1, outcome: "),
        ('"text":"and then?"', '"text":"and then?","marked":true', "marked: is not a field here"),
    ],
)
def test_a_follow_up_in_another_shape_is_refused(
    store: Store, old: str, new: str, sentence: str
) -> None:
    _, scorecard, _ = with_outcomes(store)
    document = json.loads(scorecard.decode().replace(old, new)) | {"id": "other"}
    with pytest.raises(RefusedImportError) as refused:
        take(store, [sealed_line(with_seal(document))])
    assert sentence in refused.value.message


def test_a_follow_up_with_the_id_of_a_probe_is_refused(store: Store) -> None:
    _, scorecard, _ = with_outcomes(store)
    document = json.loads(scorecard) | {"id": "other"}
    (entry,) = [answer for answer in document["answers"] if answer["question"] == QUESTION]
    entry["follow_ups"][0]["id"] = "how-found"
    with pytest.raises(RefusedImportError, match="answers 1, follow_ups: how-found appears twice"):
        take(store, [sealed_line(with_seal(document))])


def test_notes_of_pages_cannot_be_marked(store: Store) -> None:
    notebook = store.notebook(begin(store, candidate="Di New").id)
    notebook.add_note("@closing", "asks about ramp time")
    notebook.recommend(Recommendation.YES)
    notebook.submit()
    document = json.loads(lines(store)[-1]) | {"id": "other"}
    document["pages"][-1]["notes"][0]["marked"] = True
    with pytest.raises(RefusedImportError, match="pages 2, notes 1, marked: is not a field here"):
        take(store, [sealed_line(with_seal(document))])
