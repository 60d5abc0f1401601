import json
from collections.abc import Callable, Iterable, Iterator
from pathlib import Path
from typing import Any

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from interviewkit.errors import InterviewKitError, RefusedImportError, StorageError
from interviewkit.exchange.jsonl import dump_line, export_lines, read_lines, sealed_line
from interviewkit.interview.people import Person
from interviewkit.interview.records import Outcome, Recommendation
from interviewkit.interview.sealed_document import with_seal
from interviewkit.storage.import_joins import JoinAnswers, OpenJoinsError
from interviewkit.storage.import_report import Taken
from interviewkit.storage.integrity.check import check_records
from interviewkit.storage.store import Store
from support import HeldClock, begin, complete, shipped

Line = dict[str, Any]


def exported(store: Store) -> list[bytes]:
    door = store._exchange()
    return list(export_lines(store.banks_used(), door.sealed_scorecards(), door.document))


def take(store: Store, lines: Iterable[bytes]) -> Taken:
    return store.import_documents(read_lines("file", lines))


def sealed_anew(line: Line) -> bytes:
    return sealed_line(with_seal(line))


@pytest.fixture
def other(tmp_path: Path) -> Iterator[Store]:
    with Store(tmp_path / "other.db", HeldClock()) as opened:
        yield opened


@pytest.fixture
def lines(store: Store) -> list[bytes]:
    """A bank, a role, a candidate and one scorecard."""
    complete(store, {"unspoken-need": 4, "honest-feedback": None})
    return exported(store)


def dump_of(store: Store) -> list[str]:
    return list(store._connection.iterdump())


def test_what_goes_out_and_comes_in_goes_out_the_same(store: Store, other: Store) -> None:
    clock = store.clock
    assert isinstance(clock, HeldClock)
    for candidate, interviewer in (("Bo Lind", "Tom"), ("Ada", "Tom"), ("Ada", "Priya")):
        interview = begin(store, candidate, interviewer=interviewer)
        notebook = store.notebook(interview.id)
        probe = shipped().bank.question("unspoken-need").probes[0]
        notebook.add_note("@opening", "came by train")
        notebook.ask("unspoken-need", probe.id, probe.ask, probe.elicits)
        clock.pass_(70)
        notebook.add_note("unspoken-need", "two\nlines, \x1b and 🦊", probe.id)
        notebook.set_outcome("unspoken-need", probe.id, Outcome.NEW_DETAIL)
        notebook.tick("unspoken-need", probe.elicits[0], False)
        notebook.rate("unspoken-need", 4)
        notebook.skip("honest-feedback", "no time")
        notebook.spend("unspoken-need", 71.26)
        notebook.recommend(Recommendation.NO)
        notebook.submit()
    first = exported(store)
    assert [json.loads(line)["type"] for line in first] == [
        "bank",
        "role",
        *["candidate"] * 2,
        *["scorecard"] * 3,
    ]
    taken = take(other, first)
    counts = {"bank": 1, "role": 1, "candidate": 2, "scorecard": 3}
    assert {kind: count for kind, count in taken.new.items() if count} == counts
    assert exported(other) == first
    assert [a for _, a in other._reads.scorecards()] != []
    role = store.role("Account executive")
    there = other.seen_by(Person("", "Nobody")).ratings(other.role(role.title))
    assert there.cards == store.seen_by(Person("", "Nobody")).ratings(role).cards
    assert len(there.cards) == 3


ODD = ["\u05e9\u05dc\u05d5\u05dd \u202e", "👩\u200d🚀", "\x00\x1b\x85\u2028\r\n"]
TEXT = st.text(alphabet=st.characters(exclude_categories=["Cs"]), min_size=1)


@settings(
    max_examples=25,
    suppress_health_check=[HealthCheck.function_scoped_fixture, HealthCheck.too_slow],
    deadline=None,
)
@given(
    st.lists(TEXT | st.sampled_from(["שלום ‮", "👩‍🚀", "\x00\x1b\x85\u2028\r\n"]), max_size=4), TEXT
)
def test_any_text_comes_back_as_it_was(
    tmp_path_factory: pytest.TempPathFactory, notes: list[str], summary: str
) -> None:
    folder = tmp_path_factory.mktemp("any")
    with Store(folder / "a.db", HeldClock()) as one, Store(folder / "b.db", HeldClock()) as other:
        notebook = one.notebook(begin(one, candidate="Ada").id)
        for note in notes:
            notebook.add_note("unspoken-need", note)
        notebook.summarise(summary)
        notebook.recommend(Recommendation.YES)
        notebook.submit()
        first = exported(one)
        take(other, first)
        assert exported(other) == first
        (_, answers), (_, before) = (
            other._reads.scorecards()[0],
            one._reads.scorecards()[0],
        )
        assert answers[1].notes == before[1].notes


@pytest.mark.parametrize("count", [63, 64, 65, 129])
def test_however_many_notes_there_are_all_come_in(store: Store, other: Store, count: int) -> None:
    """They are inserted 64 by one statement."""
    notebook = store.notebook(begin(store, candidate="Ada").id)
    for number in range(count):
        notebook.add_note("unspoken-need", f"note {number}")
    notebook.recommend(Recommendation.YES)
    notebook.submit()
    first = exported(store)
    take(other, first)
    assert exported(other) == first
    ((_, answers),) = other._reads.scorecards()
    assert [note.text for note in answers[1].notes] == [f"note {n}" for n in range(count)]


def test_the_same_lines_twice_change_nothing(other: Store, lines: list[bytes]) -> None:
    take(other, lines)
    before = dump_of(other)
    taken = take(other, [*lines, *lines])
    assert sum(taken.new.values()) == 0
    assert sum(taken.known.values()) == 2 * len(lines)
    assert dump_of(other) == before


def test_the_order_of_the_lines_does_not_matter(other: Store, lines: list[bytes]) -> None:
    take(other, reversed(lines))
    assert exported(other) == lines


def test_blank_lines_and_a_byte_order_mark_are_ignored(other: Store, lines: list[bytes]) -> None:
    take(other, [b"\xef\xbb\xbf" + lines[0], b"\n", b"  \r\n", *lines[1:]])
    assert exported(other) == lines


def test_names_that_exist_are_joined_and_the_sealed_ids_kept(
    other: Store, lines: list[bytes]
) -> None:
    complete(other, {"unspoken-need": 2}, candidate="ADA okafor", interviewer="Tom")
    own = exported(other)
    with pytest.raises(OpenJoinsError):
        take(other, lines)
    same = {name: name for name in ("Ada Okafor", "Account executive")}
    taken = other.import_documents(read_lines("file", lines), JoinAnswers(same))
    assert (taken.new["role"], taken.new["candidate"], taken.new["scorecard"]) == (0, 0, 1)
    assert len(other.candidates()) == 1
    assert len(other.roles()) == 1
    assert lines[-1] in exported(other)
    assert own[-1] in exported(other)
    # By its sealed id alone the candidate is still found.
    again = dict(json.loads(lines[-1]), id="another", answers=[])
    assert take(other, [sealed_anew(again)]).new["scorecard"] == 1
    renamed = dump_line({"type": "candidate", "id": again["candidate"], "name": "Bo"})
    with pytest.raises(RefusedImportError, match=r"already known as 'Ada Okafor'"):
        take(other, [renamed])


def test_a_scorecard_of_another_program_goes_out_field_for_field(
    other: Store, lines: list[bytes]
) -> None:
    line = json.loads(lines[-1])
    del line["pages"]
    line["started_at"] = "2026-03-02T10:00:00+01:00"
    for answer in line["answers"]:
        del answer["skipped"], answer["ticks"]
        answer["seconds"] = 12
    line["answers"][0]["notes"] = [
        {"id": number, "at": "2026-03-02T09:01:00Z", "text": f"note {number}", "probe": None}
        for number in ("9", "10", "11")
    ]
    foreign = sealed_anew(line)
    second = sealed_anew(line | {"id": "second"})
    take(other, [*lines[:-1], foreign, second])
    assert exported(other)[-2:] == [foreign, second]
    interview, answers = other._reads.scorecards()[0]
    assert interview.started_at == "2026-03-02T09:00:00.000Z"
    assert [note.text for note in answers[0].notes] == ["note 9", "note 10", "note 11"]
    before = dump_of(other)
    take(other, [foreign, second])
    assert dump_of(other) == before


def test_the_log_seals_the_rows_of_another_program_as_they_are_read_back(
    other: Store, lines: list[bytes]
) -> None:
    line = json.loads(lines[-1])
    answer = line["answers"][0]
    probes = shipped().bank.question(answer["question"]).probes
    answer["seconds"] = -0.0
    answer["probes"] = [
        {
            "probe": probe.id,
            "text": probe.ask,
            "elicits": list(probe.elicits),
            "asked_at": "2026-03-02T10:01:00+01:00",
            "outcome": None,
        }
        for probe in sorted(probes, key=lambda probe: probe.id, reverse=True)
    ]
    answer["notes"] = [
        {"id": number, "at": "2026-03-02T09:01:00Z", "text": "x\0y", "probe": None}
        for number in ("9", "10")
    ]
    take(other, [*lines[:-1], sealed_anew(line), sealed_anew(line | {"id": "second"})])
    assert check_records(other.path).faults == ()


def test_an_imported_scorecard_is_sealed_and_compared_like_any(
    other: Store, lines: list[bytes]
) -> None:
    take(other, lines)
    role = other.role("account executive")
    comparison = other.seen_by(Person("", "Somebody")).comparison(role)
    assert comparison.candidates[0].overall == 4.0
    standing = other._reads.standings()[0]
    assert (standing.done, standing.questions) == (8, 8)


@pytest.mark.parametrize("missing", ["bank", "role", "candidate"])
def test_what_a_scorecard_refers_to_must_be_there(
    other: Store, lines: list[bytes], missing: str
) -> None:
    kept = [line for line in lines if json.loads(line)["type"] != missing]
    before = dump_of(other)
    with pytest.raises(
        RefusedImportError, match="neither in the files nor in the records"
    ) as error:
        take(other, kept)
    assert error.value.message.startswith("file, line 3: the ")
    assert f"type '{missing}'" in error.value.hint
    assert dump_of(other) == before


def _without_kit(line: Line) -> None:
    line["kit"] = "first-46"


def _other_question(line: Line) -> None:
    line["answers"][0]["question"] = "unspoken-needs"


def _page_for_a_question(line: Line) -> None:
    line["answers"][0]["question"] = "@opening"


def _other_competency(line: Line) -> None:
    line["answers"][0]["competency"] = "learning"


def _other_bank(line: Line) -> None:
    line["bank"]["id"] = "another"


def _changed(line: Line) -> None:
    line["summary"] = "another"


@pytest.mark.parametrize(
    ("change", "said", "hint"),
    [
        (_without_kit, "There is no kit called 'first-46'", "Did you mean first-45?"),
        (_other_question, "There is no question called 'unspoken-needs'", "Did you mean"),
        (_page_for_a_question, "There is no question called '@opening'", ""),
        (_other_competency, "unspoken-need is about customer-needs in the bank", "Fix"),
        (_other_bank, "bank.sha256 is that of the bank customer-focused-sales", "Fix bank.id"),
    ],
)
def test_a_scorecard_must_fit_its_bank(
    other: Store, lines: list[bytes], change: Callable[[Line], None], said: str, hint: str
) -> None:
    line = json.loads(lines[-1])
    change(line)
    before = dump_of(other)
    with pytest.raises(RefusedImportError) as error:
        take(other, [*lines[:-1], sealed_anew(line)])
    assert error.value.message.startswith("file, line 4: ")
    assert said in error.value.message
    assert "Nothing was imported." in error.value.hint
    assert hint in error.value.hint
    assert dump_of(other) == before


def test_an_id_known_with_another_content_is_refused(other: Store, lines: list[bytes]) -> None:
    line = json.loads(lines[-1])
    _changed(line)
    twin = sealed_anew(line)
    with pytest.raises(
        RefusedImportError, match=r"line 5: the scorecard .* known with another content"
    ):
        take(other, [*lines, twin])
    take(other, lines)
    with pytest.raises(
        RefusedImportError, match=r"line 1: the scorecard .* known with another content"
    ):
        take(other, [twin])
    role = dump_line({"type": "role", "id": line["role"], "title": "Clerk"})
    with pytest.raises(
        RefusedImportError, match=r"the role .* is called 'Clerk' here, but is already"
    ):
        take(other, [role])
    twins = [dump_line({"type": "candidate", "id": "c", "name": name}) for name in ("Bo", "Cy")]
    with pytest.raises(RefusedImportError, match=r"line 2: the candidate c is called 'Cy'"):
        take(other, twins)
    assert [candidate.name for candidate in other.candidates()] == ["Ada Okafor"]


def test_the_id_of_an_interview_under_way_is_refused(other: Store, lines: list[bytes]) -> None:
    under_way = begin(other)
    line = json.loads(lines[-1]) | {"id": under_way.id}
    offers = read_lines("file", [*lines[:-1], sealed_anew(line)])
    with pytest.raises(RefusedImportError, match="has the id of one under way here"):
        other.import_documents(offers, JoinAnswers(apart=True))


def test_a_scorecard_that_was_changed_in_the_database_is_not_sealed_anew(store: Store) -> None:
    interview = complete(store, {"unspoken-need": 2})
    store._connection.execute("DROP TRIGGER answer_is_not_changed_when_sealed")
    store._connection.execute("UPDATE answer SET rating = 5 WHERE rating = 2")
    with pytest.raises(StorageError, match=f"{interview.id}.* is not what was sealed"):
        exported(store)


def test_withheld_candidates_are_left_out_with_everything_about_them(store: Store) -> None:
    complete(store, {"unspoken-need": 2}, candidate="Ada")
    complete(store, {"unspoken-need": 2}, candidate="Bo", role="Clerk")
    begin(store, candidate="Bo", role="Account executive", interviewer="Tom")
    leaving = store.seen_by(Person("", " tom ")).export()
    assert [interview.candidate.name for interview in leaving.scorecards] == ["Ada"]
    assert leaving.left_out == (1, 0)
    out = b"".join(export_lines(store.banks_used(), leaving.scorecards, leaving.document))
    assert b"Bo" not in out.split(b'"type":"role"')[1]
    assert b"Clerk" not in out.split(b'"type":"role"')[1]
    clerk = store.seen_by(Person("", "Tom")).comparison(store.role("Clerk"))
    assert (clerk.candidates, clerk.withheld[0].name) == ((), "Bo")


def test_thousands_of_scorecards_come_in(other: Store, lines: list[bytes]) -> None:
    line = json.loads(lines[-1])
    for answer in line["answers"]:
        for note in answer["notes"]:
            note["id"] = "same everywhere"
    many = [sealed_anew(line | {"id": f"number {number:04}"}) for number in range(1000)]
    taken = take(other, [*lines[:-1], *many])
    assert taken.new["scorecard"] == 1000
    assert exported(other)[3:] == many


def steps_of_taking(path: Path, count: int) -> int:
    """Steps of SQLite's machine, in hundreds, for an import of so many candidates."""
    steps = 0

    def step() -> int:
        nonlocal steps
        steps += 1
        return 0

    lines = [
        dump_line({"type": "candidate", "id": f"c{number}", "name": f"Candidate {number}"})
        for number in range(count)
    ]
    with Store(path, HeldClock()) as store:
        store._connection.set_progress_handler(step, 100)
        assert take(store, lines).new["candidate"] == count
    return steps


def test_twice_the_candidates_take_twice_the_work(tmp_path: Path) -> None:
    few = steps_of_taking(tmp_path / "few.db", 1000)
    many = steps_of_taking(tmp_path / "many.db", 2000)
    assert many < 2.5 * few


def test_names_are_joined_within_a_file_too(other: Store) -> None:
    lines = [
        dump_line({"type": "candidate", "id": key, "name": name})
        for key, name in (("a", "Ada Okafor"), ("b", "ada  OKAFOR"), ("c", "Bo Lind"))
    ]
    assert take(other, lines).new["candidate"] == 2
    assert [one.id for one in other.candidates()] == ["a", "c"]


@pytest.mark.parametrize(
    ("line", "words"),
    [
        (
            {"type": "candidate", "id": "c", "name": "x" * 301},
            "file, line 1: name: string should have at most 300 characters.",
        ),
        (
            {"type": "role", "id": "r" * 201, "title": "Sales"},
            "file, line 1: id: string should have at most 200 characters.",
        ),
        (
            {"type": "bank", "id": "b", "sha256": "0" * 64, "text": "x" * 20_000_001},
            "file, line 1: text: string should have at most 20000000 characters.",
        ),
    ],
    ids=["name", "id", "bank"],
)
def test_what_is_too_long_is_refused(other: Store, line: Line, words: str) -> None:
    with pytest.raises(RefusedImportError) as refused:
        take(other, [dump_line(line)])
    assert refused.value.message == words
    assert other.candidates() == []


def test_a_text_that_is_too_long_is_refused(other: Store, lines: list[bytes]) -> None:
    scorecard = json.loads(lines[-1])
    with pytest.raises(RefusedImportError) as refused:
        take(other, [*lines[:-1], sealed_anew(scorecard | {"summary": "x" * 1_000_001})])
    assert refused.value.message == (
        "file, line 4: summary: string should have at most 1000000 characters."
    )


@pytest.mark.parametrize("kind", ["candidate", "role", "interviewer"])
def test_an_interview_does_not_begin_under_a_name_that_no_file_could_hold(
    store: Store, kind: str
) -> None:
    names = dict.fromkeys(("candidate", "role", "interviewer"), "Ada") | {kind: "x" * 301}
    with pytest.raises(InterviewKitError) as refused:
        begin(store, names["candidate"], names["role"], names["interviewer"])
    assert str(refused.value) == (
        f"The name of the {kind} has 301 characters; at most 300 are kept.\n"
        "Shorten it, and put the rest in a note."
    )
    assert store._reads.standings() == []
