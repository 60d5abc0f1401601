"""An interview that is not submitted can be taken out again, by its interviewer, and only then."""

import sqlite3
from contextlib import closing

import pytest

from interviewkit.errors import BlockedError
from interviewkit.interview.people import Person
from interviewkit.interview.records import Recommendation
from interviewkit.interview.role_settings import RoleSettings
from interviewkit.storage.integrity.check import check_records
from interviewkit.storage.store import Store
from support import begin, complete, shipped

PRIYA = "Priya Raman"


def written(store: Store, candidate: str = "Ada Okafor") -> str:
    """An interview under way in which there is some of everything."""
    interview = begin(store, candidate)
    notebook = store.notebook(interview.id)
    probe = shipped().bank.question("unspoken-need").probes[0]
    notebook.add_note("unspoken-need", "Zanzibar was mentioned")
    notebook.ask("unspoken-need", probe.id, probe.ask, probe.elicits)
    notebook.tick("unspoken-need", probe.elicits[0], False)
    notebook.rate("unspoken-need", 4)
    notebook.skip("honest-feedback", "no time")
    notebook.recommend(Recommendation.NO)
    notebook.summarise("Zanzibar, in all.")
    notebook.keep_draft("half a Zanz")
    for _ in store.search_index().catch_up():
        pass
    return interview.id


def test_it_says_what_is_written(store: Store) -> None:
    assert store.contents(written(store), PRIYA).words == (
        "1 note, 1 rating, 1 probe asked, 1 skipped question, the half-typed line, the "
        "recommendation, the summary"
    )
    empty = store.contents(begin(store, "Bo Lind").id, PRIYA)
    assert empty.is_empty


def test_what_was_taken_back_is_said_too(store: Store) -> None:
    interview = begin(store)
    notebook = store.notebook(interview.id)
    notebook.add_note("unspoken-need", "rang them")
    notebook.undo()
    found = store.contents(interview.id, PRIYA)
    assert (found.is_empty, found.words) == (False, "only what was taken back")


def test_nothing_of_it_stays_but_that_it_was_there(store: Store) -> None:
    other = written(store, "Bo Lind")
    complete(store, {"unspoken-need": 3}, interviewer="Tom")
    interview_id = written(store)
    store.discard(interview_id, PRIYA)
    assert interview_id not in [one.interview.id for one in store._reads.standings()]
    assert (
        store.under_way(
            candidate="Ada Okafor",
            role="Account executive",
            interviewer=PRIYA,
            bank="customer-focused-sales",
            kit="first-45",
        )
        is None
    )
    passages = store.seen_by(Person("", PRIYA)).passages()
    assert {hit.interview_id for hit in passages.find("zanzibar").hits} == {other}
    store.close()
    with closing(sqlite3.connect(store.path)) as connection:
        statements = list(connection.iterdump())
    (remaining,) = [statement for statement in statements if interview_id in statement]
    assert "'discarded'" in remaining  # the row of the log that says which of its rows are empty
    assert "first-45: 1 note, 1 rating" in "\n".join(statements)
    assert check_records(store.path).faults == ()


@pytest.mark.parametrize("kind", ["sealed", "another's", "held"])
def test_what_has_to_stay_stays(store: Store, kind: str) -> None:
    words, by = "", PRIYA
    if kind == "sealed":
        interview_id = complete(store, {"unspoken-need": 3}).id
        words = "This scorecard has been submitted and sealed."
    elif kind == "another's":
        interview_id, by = written(store), "Tom"
        words = "This is the interview of Priya Raman, and something is written in it."
    else:
        interview_id = written(store)
        role = store.role("Account executive")
        store.retention().change(role, RoleSettings(hold="A charge"), PRIYA)
        words = "Account executive is under a legal hold: A charge."
    before = list(store._connection.iterdump())
    with pytest.raises(BlockedError) as refused:
        store.discard(interview_id, by)
    assert refused.value.message == words
    assert list(store._connection.iterdump()) == before


def test_an_empty_one_begun_by_mistake_goes_without_a_word(store: Store) -> None:
    empty = begin(store)
    store.discard(empty.id, "Tom")
    assert store._reads.standings() == []
    assert store.retention().history(store.role("Account executive")) == []


def test_another_window_in_it_is_told(store: Store) -> None:
    notebook = store.notebook(written(store))
    with Store(store.path, store.clock) as other:
        other.discard(notebook.interview_id, PRIYA)
    for write in (
        lambda: notebook.add_note("unspoken-need", "and then"),
        lambda: notebook.keep_draft("and th"),
        notebook.submit,
    ):
        with pytest.raises(BlockedError, match="was discarded in another window"):
            write()
