"""Whatever was done in an interview is sealed, exported, imported and verified without a loss."""

import json
from collections.abc import Iterator
from itertools import count
from pathlib import Path

import jsonschema
import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from interviewkit.exchange.jsonl import export_lines, read_lines
from interviewkit.exchange.jsonl_schema import line_schema
from interviewkit.interview.people import Person
from interviewkit.interview.records import Answer, Outcome, Recommendation
from interviewkit.interview.sealed_document import seal
from interviewkit.storage.integrity.check import check_records
from interviewkit.storage.notebook import Notebook
from interviewkit.storage.store import Store
from support import PRIYA, begin, shipped

QUESTIONS = ("unspoken-need", "broken-promise")
TEXTS = st.text(st.characters(exclude_categories=["Cs"]), min_size=1, max_size=20).filter(
    lambda text: text.strip() != ""
)
OUTCOMES = st.sampled_from([*Outcome, None])
# (what, question, a text, a place, an outcome or a rating)
STEPS = st.lists(
    st.tuples(
        st.sampled_from(["note", "mark", "own", "probe", "outcome", "rate", "skip", "undo"]),
        st.sampled_from(QUESTIONS),
        TEXTS,
        st.integers(0, 7),
        OUTCOMES,
    ),
    max_size=25,
)
AMENDED = st.lists(st.tuples(st.sampled_from(QUESTIONS), st.integers(0, 7), OUTCOMES), max_size=3)
_numbers = count()


def carry_out(notebook: Notebook, step: tuple[str, str, str, int, Outcome | None]) -> None:
    what, question, text, place, outcome = step
    answer = notebook.answer(question)
    if what == "note":
        under = answer.probes[-1].probe if answer.probes else None
        notebook.add_notes(question, [text] * (place % 3 + 1), under)
    elif what == "mark" and answer.notes:
        note = answer.notes[place % len(answer.notes)]
        notebook.mark_note(question, note.id, marked=not note.is_marked)
    elif what == "own":
        notebook.ask_own(question, text)
    elif what == "probe":
        probes = shipped().bank.question(question).probes
        probe = probes[place % len(probes)]
        if probe.id not in [asked.probe for asked in answer.probes]:
            notebook.ask(question, probe.id, probe.ask, probe.elicits)
    elif what == "outcome" and answer.probes:
        notebook.set_outcome(question, answer.probes[place % len(answer.probes)].probe, outcome)
    elif what == "rate":
        notebook.rate(question, place % 5 + 1 if outcome else None)
    elif what == "skip":
        notebook.skip(question, text)
    elif what == "undo":
        notebook.undo()


def exported(store: Store) -> list[bytes]:
    door = store._exchange()
    return list(
        export_lines(store.banks_used(), door.sealed_scorecards(), door.document, door.amendments())
    )


@pytest.fixture
def other(empty_records: Path, tmp_path_factory: pytest.TempPathFactory) -> Iterator[Store]:
    path = tmp_path_factory.mktemp("other") / "records.db"
    path.write_bytes(empty_records.read_bytes())
    with Store(path) as opened:
        yield opened


@settings(max_examples=30, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(steps=STEPS, amended=AMENDED)
def test_what_was_done_comes_out_and_in_again_word_for_word(
    store: Store,
    other: Store,
    steps: list[tuple[str, str, str, int, Outcome | None]],
    amended: list[tuple[str, int, Outcome | None]],
) -> None:
    notebook = store.notebook(begin(store, candidate=f"Candidate {next(_numbers)}").id)
    for step in steps:
        carry_out(notebook, step)
    notebook.recommend(Recommendation.YES)
    notebook.submit()
    for question, place, outcome in amended:
        probes = notebook.answer(question).probes
        if probes:
            probe = probes[place % len(probes)].probe
            notebook.amend("outcome", question, outcome, "Forgot.", PRIYA, probe)
    lines = exported(store)
    validator = jsonschema.Draft202012Validator(line_schema())
    documents = [json.loads(line) for line in lines[-4:]]
    for document in documents:
        validator.validate(document)
        if document["type"] in ("scorecard", "amendment"):
            assert (document["format"], seal(document)) == (3, document["sha256"])
    other.import_documents(read_lines("file", lines))
    assert exported(other) == lines
    assert answers(other, notebook) == answers(store, notebook)


def answers(store: Store, notebook: Notebook) -> list[Answer]:
    """What was noted and asked, as it reads; how a question came to be open is not sealed."""
    return [
        answer._replace(assessed=None)
        for answer in store._reads.answers(notebook.interview_id)
        if answer.competency
    ]


@settings(max_examples=10, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(steps=STEPS)
def test_undo_goes_back_to_the_empty_interview_whatever_was_done(
    store: Store, steps: list[tuple[str, str, str, int, Outcome | None]]
) -> None:
    notebook = store.notebook(begin(store, candidate=f"Candidate {next(_numbers)}").id)
    for step in steps:
        carry_out(notebook, step)
    while notebook.undo():
        pass
    assert all(
        (answer.notes, answer.probes, answer.assessed, answer.skipped) == ((), (), None, None)
        for answer in notebook.answers()
    )
    assert check_records(store.path).faults == ()


def test_the_reader_sees_the_same_scorecard_on_both_machines(store: Store, other: Store) -> None:
    notebook = store.notebook(begin(store).id)
    own = notebook.ask_own("broken-promise", "and then?")
    notebook.add_note("broken-promise", "nine days late", own)
    notebook.mark_note("broken-promise", notebook.answer("broken-promise").notes[0].id, marked=True)
    notebook.rate("broken-promise", 4)
    notebook.recommend(Recommendation.YES)
    notebook.submit()
    other.import_documents(read_lines("file", exported(store)))
    for records in (store, other):
        ((_, read),) = records.seen_by(Person("", "Nora Lind")).scorecards()
        (answer,) = [answer for answer in read if answer.question == "broken-promise"]
        assert answer.line == "4 · probed 1, 1 not noted"
        assert answer.probes[0].is_own
        assert answer.notes[0].is_marked
        assert answer.notes[0].probe == own
    store.close()
    other.close()
    assert check_records(store.path).faults == check_records(other.path).faults == ()
