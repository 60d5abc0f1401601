"""People, roles and candidates as records: found, renamed, merged and taken apart again."""

import json
from collections.abc import Iterator
from pathlib import Path

import pytest

from interviewkit.errors import AmbiguousNameError, BlockedError, NotFoundError
from interviewkit.exchange.jsonl import export_lines, read_lines
from interviewkit.interview.erasure import Why
from interviewkit.interview.people import Person, RecordKind, id_of_name
from interviewkit.interview.records import Course
from interviewkit.interview.role_settings import RoleSettings, Visibility
from interviewkit.interview.shared_records import OfferedPlan
from interviewkit.storage.file.transaction import transaction
from interviewkit.storage.import_joins import JoinAnswers, OpenJoinsError
from interviewkit.storage.import_report import Taken
from interviewkit.storage.integrity.check import check_records
from interviewkit.storage.store import Store
from support import HeldClock, begin, complete

Q = "unspoken-need"
ROLE, CANDIDATE, PERSON = RecordKind.ROLE, RecordKind.CANDIDATE, RecordKind.PERSON


@pytest.fixture
def other(tmp_path: Path) -> Iterator[Store]:
    with Store(tmp_path / "other.db", HeldClock()) as opened:
        yield opened


def exported(store: Store) -> list[bytes]:
    leaving = store.seen_by(Person("", "Nobody")).export()
    return list(
        export_lines(
            store.banks_used(),
            leaving.scorecards,
            leaving.document,
            leaving.amendments(),
            leaving.decision_documents(),
            leaving.parties(),
            leaving.log_head(),
            leaving.shared_records(),
        )
    )


def take(store: Store, lines: list[bytes], **same: str) -> Taken:
    """Anyone who is not said to be the same is somebody else."""
    return store.import_documents(read_lines("file", lines), JoinAnswers(same, apart=True))


def kind(line: bytes) -> str:
    return str(json.loads(line)["type"])


def two_adas(store: Store) -> tuple[str, str]:
    """Two candidates of one name: the first without a reference, the second with one."""
    first = complete(store, {Q: 4}).candidate.id
    interview = store.start(
        candidate="Ada Okafor",
        role="Account executive",
        interviewer="Priya Raman",
        bank="customer-focused-sales",
        bank_text=(
            store._reads.interview(store._reads.standings()[0].interview.id).bank_sha256,
            "",
        ),
        kit="first-45",
        pages=[("@opening", None)],
        reference="REQ-12",
    )
    return first, interview.candidate.id


class TestFinding:
    def test_by_id_by_reference_by_name_and_as_it_is_shown(self, store: Store) -> None:
        first, second = two_adas(store)
        registry = store.registry()
        for text, wanted in (
            (first, first),
            (second, second),
            ("req-12", second),
            ("Ada Okafor · REQ-12", second),
            (f"ada okafor · {first}", first),
        ):
            assert registry.resolve(CANDIDATE, text).id == wanted

    def test_an_ambiguous_name_lists_whom_it_could_mean(self, store: Store) -> None:
        first, second = two_adas(store)
        with pytest.raises(AmbiguousNameError) as caught:
            store.candidate("Ada Okafor")
        assert caught.value.message == (
            "'Ada Okafor' could mean 2 candidates:\n"
            f"  Ada Okafor · {first} (Account executive: 1 interview)\n"
            "  Ada Okafor · REQ-12 (Account executive: 1 interview)"
        )
        assert "reference" in caught.value.hint
        assert second != first

    def test_whom_nobody_is_called_names_the_others(self, store: Store) -> None:
        two_adas(store)
        with pytest.raises(NotFoundError, match="no candidate called 'Bo'") as caught:
            store.candidate("Bo")
        assert caught.value.hint == "There is: Ada Okafor."

    def test_a_reference_of_somebody_else_is_refused(self, store: Store) -> None:
        two_adas(store)
        with pytest.raises(BlockedError, match="REQ-12 is the reference of Ada Okafor, not of Bo"):
            store.planning().add(
                role="Account executive", candidate="Bo", interviewer="Tom", reference="REQ-12"
            )

    def test_one_reference_belongs_to_one_record(self, store: Store) -> None:
        first, _ = two_adas(store)
        registry = store.registry()
        with pytest.raises(BlockedError, match="REQ-12 is the reference of Ada Okafor already"):
            registry.set_reference(registry.resolve(CANDIDATE, first), "REQ-12", "Priya Raman")

    def test_an_unknown_person_has_no_id(self, store: Store) -> None:
        assert store.person(" Nobody ") == Person("", "Nobody")


class TestRenaming:
    def test_the_old_name_still_finds_it_and_the_seal_holds(self, store: Store) -> None:
        interview = complete(store, {Q: 4})
        registry = store.registry()
        registry.rename(registry.resolve(PERSON, "Priya Raman"), "Priya  Sharma", "Priya Raman")
        registry.rename(registry.resolve(CANDIDATE, "Ada Okafor"), "Ada Lovelace", "Priya Raman")
        assert store.person("Priya Raman").name == "Priya Sharma"
        assert store.person("Priya Sharma").spellings == ("Priya Raman",)
        assert store.candidate("ada okafor").name == "Ada Lovelace"
        assert store._reads.interview(interview.id).seal == interview.seal
        (sealed,) = store._exchange().sealed_scorecards()
        document = store._exchange().document(sealed)
        assert (document["interviewer"], document["candidate_name"]) == (
            "Priya Raman",
            "Ada Okafor",
        )
        assert check_records(store.path).faults == ()

    def test_it_can_be_taken_back(self, store: Store) -> None:
        complete(store, {Q: 4})
        registry = store.registry()
        for name in ("Ada Lovelace", "Ada Okafor"):
            registry.rename(registry.resolve(CANDIDATE, "Ada Okafor"), name, "Priya Raman")
        record = registry.resolve(CANDIDATE, "Ada Okafor")
        assert (record.name, record.spellings) == ("Ada Okafor", ("Ada Lovelace",))

    def test_an_empty_name_is_refused(self, store: Store) -> None:
        complete(store, {Q: 4})
        registry = store.registry()
        with pytest.raises(BlockedError, match="A name cannot be empty"):
            registry.rename(registry.resolve(CANDIDATE, "Ada Okafor"), " ", "Priya Raman")

    def test_a_role_is_renamed_by_its_owner_alone(self, store: Store) -> None:
        role = complete(store, {Q: 4}).role
        store.retention().change(role, RoleSettings("Dana Fox", Visibility.OWN), "Dana Fox")
        registry = store.registry()
        record = registry.resolve(ROLE, role.id)
        with pytest.raises(BlockedError, match="Account executive is the role of Dana Fox"):
            registry.rename(record, "AE", "Priya Raman")
        registry.rename(registry.resolve(PERSON, "Dana Fox"), "Dana Wolf", "Dana Fox")
        assert registry.rename(record, "AE", "Dana Wolf").name == "AE"

    def test_of_two_machines_the_later_name_counts(self, store: Store, other: Store) -> None:
        complete(store, {Q: 4})
        take(other, exported(store))
        clock = store.clock
        assert isinstance(clock, HeldClock)
        clock.pass_(60)
        registry = store.registry()
        registry.rename(registry.resolve(CANDIDATE, "Ada Okafor"), "Ada Lovelace", "Priya Raman")
        lines = exported(store)
        take(other, lines)
        assert other.candidate("Ada Okafor").name == "Ada Lovelace"
        assert sum(take(other, lines).new.values()) == 0
        assert check_records(other.path).faults == ()


class TestMerging:
    def test_both_count_as_one_until_it_is_undone(self, store: Store) -> None:
        mine = complete(store, {Q: 4})
        double = complete(store, {Q: 2}, candidate="Okafor, Ada", interviewer="Tom Becker")
        registry = store.registry()
        record = registry.resolve(CANDIDATE, "Okafor, Ada")
        registry.merge(record, registry.resolve(CANDIDATE, "Ada Okafor"), "Priya Raman")
        assert [candidate.id for candidate in store.candidates()] == [mine.candidate.id]
        assert store.candidate("Okafor, Ada").id == mine.candidate.id
        assert store.candidate(double.candidate.id).id == mine.candidate.id
        assert {one.id for one, _ in store._reads.scorecards(candidate=mine.candidate)} == {
            mine.id,
            double.id,
        }
        assert check_records(store.path).faults == ()
        registry.unmerge(CANDIDATE, "Okafor, Ada", "Priya Raman")
        assert len(store.candidates()) == 2
        assert store._reads.interview(double.id).candidate == double.candidate
        assert check_records(store.path).faults == ()

    def test_merges_in_a_chain_are_undone_in_any_order(self, store: Store) -> None:
        names = ("Ada A", "Ada B", "Ada C")
        ids = {name: complete(store, {Q: 4}, candidate=name).id for name in names}
        registry = store.registry()

        def owners() -> list[str]:
            return [store._reads.interview(ids[name]).candidate.name for name in names]

        records = {name: registry.resolve(CANDIDATE, name) for name in names}
        registry.merge(records["Ada A"], records["Ada B"], "")
        registry.merge(records["Ada B"], records["Ada C"], "")
        assert owners() == ["Ada C"] * 3
        registry.unmerge(CANDIDATE, records["Ada A"].id, "")
        assert owners() == ["Ada A", "Ada C", "Ada C"]
        registry.unmerge(CANDIDATE, records["Ada B"].id, "")
        assert owners() == list(names)
        assert check_records(store.path).faults == ()

    def test_what_is_sealed_since_stays_with_whom_it_was_sealed_for(self, store: Store) -> None:
        under_way = begin(store, "Okafor, Ada")
        ada = complete(store, {Q: 4}, interviewer="Tom Becker").candidate
        registry = store.registry()
        registry.merge(
            registry.resolve(CANDIDATE, "Okafor, Ada"), registry.resolve(CANDIDATE, ada.id), ""
        )
        notebook = store.notebook(under_way.id)
        notebook.recommend(store._reads.scorecards()[0][0].recommendation)
        notebook.submit()
        registry.unmerge(CANDIDATE, "Okafor, Ada", "")
        assert store._reads.interview(under_way.id).candidate == ada
        assert check_records(store.path).faults == ()

    def test_two_interviews_under_way_are_not_joined(self, store: Store) -> None:
        begin(store, "Ada Okafor")
        begin(store, "Okafor, Ada")
        registry = store.registry()
        with pytest.raises(BlockedError, match="Priya Raman has an interview under way with both"):
            registry.merge(
                registry.resolve(CANDIDATE, "Okafor, Ada"),
                registry.resolve(CANDIDATE, "Ada Okafor"),
                "",
            )
        assert len(store.candidates()) == 2

    def test_people_and_roles_merge_likewise(self, store: Store) -> None:
        complete(store, {Q: 4}, role="Account exec")
        complete(store, {Q: 3}, interviewer="P. Raman")
        registry = store.registry()
        for kind, name, target in (
            (ROLE, "Account exec", "Account executive"),
            (PERSON, "P. Raman", "Priya Raman"),
        ):
            registry.merge(registry.resolve(kind, name), registry.resolve(kind, target), "")
        assert [role.title for role in store.roles()] == ["Account executive"]
        assert len(store._reads.scorecards(store.role("account exec"))) == 2
        assert store.person("P. Raman").spellings == ("P. Raman",)
        assert check_records(store.path).faults == ()
        registry.unmerge(PERSON, "P. Raman", "")
        assert len(store.people()) == 2

    def test_a_sealed_scorecard_moves_by_no_other_way(self, store: Store) -> None:
        interview = complete(store, {Q: 4})
        bo = complete(store, {Q: 4}, candidate="Bo Lind").candidate
        with pytest.raises(Exception, match="never changed, only amended"):
            store._connection.execute(
                "UPDATE interview SET candidate_id = ? WHERE id = ?", (bo.id, interview.id)
            )

    def test_what_is_not_merged_cannot_be_taken_apart(self, store: Store) -> None:
        complete(store, {Q: 4})
        with pytest.raises(NotFoundError, match="no merged candidate called 'Ada Okafor'"):
            store.registry().unmerge(CANDIDATE, "Ada Okafor", "")

    def test_an_alias_put_there_by_hand_is_found(self, store: Store) -> None:
        ada = complete(store, {Q: 4}).candidate
        bo = complete(store, {Q: 4}, candidate="Bo Lind").candidate
        store._connection.execute(
            "INSERT INTO alias VALUES ('candidate', ?, ?, '2026-03-02T09:00:00.000Z', '', '')",
            (bo.id, ada.id),
        )
        assert any(
            fault.where == f"candidate {bo.id}" for fault in check_records(store.path).faults
        )

    def test_an_erasure_takes_who_was_merged_along(self, store: Store) -> None:
        complete(store, {Q: 4})
        complete(store, {Q: 2}, candidate="Okafor, Ada", interviewer="Tom Becker")
        registry = store.registry()
        registry.merge(
            registry.resolve(CANDIDATE, "Okafor, Ada"),
            registry.resolve(CANDIDATE, "Ada Okafor"),
            "",
        )
        store.erasing().erase([store.candidate("Ada Okafor")], Why.REQUEST)
        assert store.candidates() == []
        assert b"Okafor" not in store.path.read_bytes()
        assert check_records(store.path).faults == ()


class TestImporting:
    def test_two_of_one_name_from_two_machines_stay_two(
        self, store: Store, other: Store, tmp_path: Path
    ) -> None:
        with Store(tmp_path / "third.db", HeldClock()) as third:
            complete(store, {Q: 4}, interviewer="Tom Becker")
            complete(other, {Q: 1}, interviewer="Uma Voss")
            take(third, exported(store))
            before = list(third._connection.iterdump())
            lines = exported(other)
            with pytest.raises(OpenJoinsError) as caught:
                third.import_documents(read_lines("file", lines))
            assert {question.offered.name for question in caught.value.questions} == {
                "Ada Okafor",
                "Account executive",
            }
            assert "--same" in caught.value.hint
            assert list(third._connection.iterdump()) == before
            role = other.role("Account executive").id
            take(third, lines, **{role: "Account executive"})
            assert [candidate.name for candidate in third.candidates()] == ["Ada Okafor"] * 2
            assert len(third.roles()) == 1
            assert len(third._reads.scorecards(third.role("Account executive"))) == 2
            assert check_records(third.path).faults == ()

    def test_who_is_said_to_be_the_same_is_merged_and_can_be_taken_apart(
        self, store: Store, other: Store
    ) -> None:
        complete(store, {Q: 4}, interviewer="Tom Becker")
        complete(other, {Q: 1}, interviewer="Uma Voss")
        take(
            store,
            exported(other),
            **{"Ada Okafor": "Ada Okafor", "Account executive": "Account executive"},
        )
        assert len(store.candidates()) == len(store.roles()) == 1
        theirs = other.candidate("Ada Okafor").id
        store.registry().unmerge(CANDIDATE, theirs, "")
        assert {candidate.id for candidate in store.candidates()} > {theirs}
        assert check_records(store.path).faults == ()

    def test_a_reference_joins_without_asking(self, store: Store, other: Store) -> None:
        for where, interviewer in ((store, "Tom Becker"), (other, "Uma Voss")):
            complete(where, {Q: 4}, interviewer=interviewer)
            registry = where.registry()
            registry.set_reference(registry.resolve(CANDIDATE, "Ada Okafor"), "ada@x.org", "")
            registry.set_reference(registry.resolve(ROLE, "Account executive"), "REQ-1", "")
        store.import_documents(read_lines("file", exported(other)))
        assert len(store.candidates()) == len(store.roles()) == 1
        assert check_records(store.path).faults == ()

    def test_names_and_merges_travel_there_and_back(self, store: Store, other: Store) -> None:
        complete(store, {Q: 4})
        double = complete(store, {Q: 2}, candidate="Okafor, Ada", interviewer="Tom Becker")
        registry = store.registry()
        registry.merge(
            registry.resolve(CANDIDATE, "Okafor, Ada"),
            registry.resolve(CANDIDATE, "Ada Okafor"),
            "Priya Raman",
        )
        registry.set_reference(registry.resolve(CANDIDATE, "Ada Okafor"), "REQ-9", "")
        take(other, exported(store))
        assert [c.reference for c in other.candidates()] == ["REQ-9"]
        assert len(other._reads.scorecards(candidate=other.candidate("REQ-9"))) == 2
        clock = other.clock
        assert isinstance(clock, HeldClock)
        clock.pass_(60)
        other.registry().unmerge(CANDIDATE, double.candidate.id, "")
        take(store, exported(other))
        assert store._reads.interview(double.id).candidate == double.candidate
        for records in (store, other):
            assert len(records.candidates()) == 2
            assert check_records(records.path).faults == ()
        assert sum(take(other, exported(store)).new.values()) == 0

    def test_settings_travel_and_the_higher_version_counts(
        self, store: Store, other: Store
    ) -> None:
        role = complete(store, {Q: 4}).role
        store.retention().change(role, RoleSettings("Dana Fox", Visibility.OWN), "Dana Fox")
        older = exported(store)
        store.retention().change(role, RoleSettings("Dana Fox", Visibility.ALL), "Dana Fox")
        take(other, exported(store))
        take(other, older)
        assert other.retention().settings(role) == RoleSettings("Dana Fox", Visibility.ALL)
        assert check_records(other.path).faults == ()

    def test_a_person_known_by_a_name_only_is_the_one_who_comes(
        self, store: Store, other: Store
    ) -> None:
        complete(store, {Q: 4})
        me = store.person("Priya Raman").id
        scorecards = [line for line in exported(store) if kind(line) != "person"]
        take(other, scorecards)
        assert other.people() == [Person(id_of_name("Priya Raman"), "Priya Raman")]
        other.import_documents(read_lines("file", exported(store)))
        assert [person.id for person in other.people()] == [me]
        assert check_records(other.path).faults == ()

    def test_an_erased_candidate_does_not_come_back(self, store: Store, other: Store) -> None:
        complete(store, {Q: 4})
        lines = exported(store)
        store.erasing().erase([store.candidate("Ada Okafor")], Why.REQUEST)
        taken = take(store, lines)
        assert {line.kind for line in taken.lines if line.state == "erased"} == {
            "candidate",
            "scorecard",
        }
        assert store.candidates() == []
        gone = [line for line in exported(store) if kind(line) == "gone"]
        assert len(gone) == 1
        assert b"Okafor" not in gone[0]
        assert check_records(store.path).faults == ()

    def test_an_answer_that_fits_nobody_is_refused(self, store: Store, other: Store) -> None:
        complete(other, {Q: 4})
        with pytest.raises(Exception, match="--same names Bo, whom the files do not hold"):
            take(store, exported(other), Bo="Ada Okafor")
        complete(store, {Q: 4})
        with pytest.raises(Exception, match="the records hold no such candidate"):
            take(store, exported(other), **{"Ada Okafor": "nobody"})

    def test_every_line_is_reported(self, store: Store, other: Store) -> None:
        interview = complete(store, {Q: 4})
        taken = take(other, exported(store))
        assert ("scorecard", interview.id, "new") in {
            (line.kind, line.id, line.state) for line in taken.lines
        }
        assert len(taken.lines) == len(exported(store)) - 1  # the head of a log is no record

    def test_names_nearly_known_are_told_after_it(self, store: Store, other: Store) -> None:
        complete(store, {Q: 4}, candidate="Okafor, Ada", role="account exec")
        complete(other, {Q: 4}, interviewer="Tom Becker")
        similar = take(other, exported(store)).similar
        assert {(record.name, known[0].name) for record, known in similar} == {
            ("Okafor, Ada", "Ada Okafor"),
            ("account exec", "Account executive"),
        }


class TestPlanning:
    def plan(self, store: Store, **changes: str) -> str:
        names = {"role": "Account executive", "candidate": "Ada Okafor"} | changes
        door = store.planning()
        return door.add(
            role=names["role"], candidate=names["candidate"], interviewer="Tom Becker"
        ).id

    def test_an_entry_is_added_one_time_and_cancelled(self, store: Store) -> None:
        entry = self.plan(store)
        assert self.plan(store) == entry
        door = store.planning()
        assert [one.words for one in door.entries()] == ["planned"]
        door.cancel(door.entry(entry))
        assert door.entries() == []
        assert [one.words for one in door.entries(cancelled=True)] == ["cancelled"]
        assert self.plan(store) != entry
        with pytest.raises(BlockedError, match="cancelled already"):
            door.cancel(door.entry(entry))
        assert check_records(store.path).faults == ()

    def test_it_is_done_with_the_scorecard(self, store: Store) -> None:
        self.plan(store)
        complete(store, {Q: 4}, interviewer="Tom Becker")
        assert [one.words for one in store.planning().entries()] == ["submitted"]

    def test_it_travels_and_the_later_state_counts(self, store: Store, other: Store) -> None:
        entry = self.plan(store)
        take(other, exported(store))
        clock = other.clock
        assert isinstance(clock, HeldClock)
        clock.pass_(60)
        other.planning().cancel(other.planning().entry(entry))
        take(store, exported(other))
        assert store.planning().entries() == []
        assert check_records(store.path).faults == ()

    def test_it_stays_behind_where_the_candidate_is_withheld(self, store: Store) -> None:
        complete(store, {Q: 4}, interviewer="Nora Fox")
        entry = self.plan(store)
        other = self.plan(store, candidate="Bo Lind")
        plans = {
            viewer: [
                record.id
                for record in store.seen_by(store.person(viewer)).export().shared_records()
                if isinstance(record, OfferedPlan)
            ]
            for viewer in ("Nora Fox", "Tom Becker")
        }
        # Tom is to interview both, and sees nothing of Ada's scorecard until then.
        assert plans == {"Nora Fox": [entry, other], "Tom Becker": []}
        complete(store, {Q: 2}, interviewer="Tom Becker")
        tom = store.seen_by(store.person("Tom Becker")).export().shared_records()
        assert [record.id for record in tom if isinstance(record, OfferedPlan)] == [entry]

    def test_an_empty_name_and_an_unknown_entry_are_refused(self, store: Store) -> None:
        with pytest.raises(BlockedError, match="The candidate is missing"):
            self.plan(store, candidate=" ")
        with pytest.raises(NotFoundError, match="no plan entry called 'x'"):
            store.planning().entry("x")

    def test_an_erasure_takes_it_along(self, store: Store) -> None:
        self.plan(store)
        store.erasing().erase([store.candidate("Ada Okafor")], Why.REQUEST)
        assert store.planning().entries(cancelled=True) == []


class TestIdentity:
    def test_it_is_kept_for_the_account(self, store: Store) -> None:
        assert store.registry().identity() is None
        me = store.registry().identify("Priya Raman", "priya@x.org")
        assert store.registry().identity() == me == store.current_user()
        assert (me.name, me.email) == ("Priya Raman", "priya@x.org")
        with Store(store.path, account="somebody") as another:
            assert another.registry().identity() is None
        assert store.registry().identify("priya@x.org") == me

    def test_the_settings_go_first(self, store: Store, monkeypatch: pytest.MonkeyPatch) -> None:
        store.registry().identify("Priya Raman")
        monkeypatch.setenv("INTERVIEWKIT_INTERVIEWER", "Tom Becker")
        assert store.current_user() == Person("", "Tom Becker")

    def test_an_empty_name_is_refused(self, store: Store) -> None:
        with pytest.raises(BlockedError, match="A name cannot be empty"):
            store.registry().identify(" ")


def test_candidates_who_share_a_name_are_told_apart_in_a_comparison(store: Store) -> None:
    known = complete(store, {Q: 4}, candidate="Ada Okafor").candidate
    registry = store.registry()
    registry.set_reference(registry.resolve(RecordKind.CANDIDATE, known.id), "REQ-7", "Dana Fox")
    with transaction(store._connection):
        registry.ensure(RecordKind.CANDIDATE, "Ada Okafor", "REQ-9", is_new=True)
    complete(store, {Q: 2}, candidate="REQ-9")
    comparison = store.seen_by(Person("", "Nobody")).comparison(store.role("Account executive"))
    names = {candidate.name for candidate in comparison.candidates}
    assert names == {"Ada Okafor · REQ-7", "Ada Okafor · REQ-9"}


def test_sealed_documents_say_who_by_id(store: Store) -> None:
    sealed = complete(store, {Q: 4}, interviewer="Tom Becker")
    tom = store.person("Tom Becker")
    store.notebook(sealed.id).amend("rating", Q, "2", "Mixed up two candidates.", tom)
    store.decide(sealed.role, sealed.candidate, Course.HOLD, "One more round.", "", "Tom Becker")
    documents = [json.loads(line) for line in exported(store)]
    ids = {
        document["type"]: document.get("interviewer_id", document.get("by_id"))
        for document in documents
        if document["type"] in ("scorecard", "amendment", "decision")
    }
    assert tom.id
    assert ids == dict.fromkeys(("scorecard", "amendment", "decision"), tom.id)
