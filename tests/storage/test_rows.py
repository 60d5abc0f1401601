"""Rows are read by name, so the names must stand in the order of the columns."""

import shutil
from pathlib import Path

import pytest

from interviewkit.errors import StorageError
from interviewkit.storage import rows
from interviewkit.storage.store import Store
from support import begin


def test_an_interview_row_names_the_columns_in_their_order(store: Store) -> None:
    cursor = store._connection.execute(f"{rows.INTERVIEW} LIMIT 0")
    assert tuple(column[0] for column in cursor.description) == rows.InterviewRow._fields


def test_answers_of_many_interviews_are_those_of_each_in_five_statements(
    demo: Path, tmp_path: Path
) -> None:
    with Store(Path(shutil.copy(demo, tmp_path))) as store:
        ids = [card.id for card in store._reads.submitted_interviews()]
        statements: list[str] = []
        store._connection.set_trace_callback(statements.append)
        together = rows.checked_answers_by_interview(store._connection, ids)
        store._connection.set_trace_callback(None)
        assert len(ids) > 5
        assert len(statements) == 5
        assert together == {key: rows.checked_answers(store._connection, key) for key in ids}
        assert any(answer.notes and answer.probes for answer in together[ids[0]])


def test_of_many_interviews_the_damaged_one_is_named(store: Store) -> None:
    interview = begin(store)
    store._connection.execute(
        "INSERT INTO tick (interview_id, question, element, present) "
        "SELECT interview_id, question, 'mood', 1 FROM answer WHERE interview_id = ? LIMIT 1",
        (interview.id,),
    )
    with pytest.raises(StorageError, match=interview.id):
        rows.checked_answers_by_interview(store._connection, [interview.id])
