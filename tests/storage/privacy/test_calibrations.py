"""Who may see and change what of a calibration: one's own, the trainer's, and the panel's."""

import json
import sqlite3
from pathlib import Path

import pytest

from interviewkit.comparison.calibration import calibration_statistics
from interviewkit.errors import BlockedError, NotFoundError, RefusedImportError, StorageError
from interviewkit.exchange.jsonl import dump_line, read_lines
from interviewkit.interview.calibration_documents import ratings_document, set_document
from interviewkit.interview.people import Person, RecordKind
from interviewkit.storage.integrity.check import check_records
from interviewkit.storage.store import Store
from interviewkit.workflows.calibration_files import write_ratings, write_set
from support import HeldClock
from written_answers import (
    PEOPLE,
    TRAINER,
    expert_key,
    keep_set,
    rate_set,
    table,
    written_set,
)

SHIFTS = ((1, 0), (0, 0, -1), (1, 1, 0, -1), (-1,))


def whole_panel(store: Store, people: int = 4) -> None:
    calibration_set = keep_set(store)
    for name, shifts in zip(PEOPLE[:people], SHIFTS, strict=False):
        rate_set(store, calibration_set, name, table(*shifts))


class TestSeeing:
    def test_the_trainer_sees_who_gave_what(self, store: Store) -> None:
        whole_panel(store)
        calibrations = store.seen_by(store.person("dana fox")).calibrations()
        calibration_set = calibrations.calibration_set("autumn PANEL")
        (item,) = calibrations.statistics(calibration_set).rounds
        assert [rater.person.name for rater in item.people] == list(PEOPLE)
        assert calibrations.key(calibration_set) == expert_key()
        (standing,) = calibrations.standings()
        assert (standing.is_trainer, standing.handed_in, standing.own) == (True, 4, None)
        assert standing.words == "4 handed in"

    def test_nobody_else_sees_anybodys_ratings_or_the_experts(self, store: Store) -> None:
        whole_panel(store)
        calibrations = store.seen_by(store.person("Ada Park")).calibrations()
        calibration_set = calibrations.calibration_set("set-1")
        with pytest.raises(BlockedError, match=r"was made by Dana Fox, and you are Ada Park\."):
            calibrations.statistics(calibration_set)
        assert calibrations.key(calibration_set) == {}
        assert [blind.person.name for blind in calibrations.own_ratings(calibration_set)] == [
            "Ada Park"
        ]
        (standing,) = calibrations.standings()
        assert (standing.is_trainer, standing.handed_in) == (False, None)
        assert standing.words == "handed in"

    def test_the_panel_is_shown_without_names_once_one_has_handed_in(self, store: Store) -> None:
        whole_panel(store)
        calibrations = store.seen_by(store.person("Ada Park")).calibrations()
        summary = calibrations.summary(calibrations.calibration_set("set-1"))
        assert summary.rounds[0].agreement.value is not None
        assert not any(name in repr(summary) for name in PEOPLE)

    @pytest.mark.parametrize("has_begun", [False, True])
    def test_before_that_it_is_withheld(self, has_begun: bool, store: Store) -> None:
        whole_panel(store)
        calibrations = store.seen_by(Person("", "Zoe Hart")).calibrations()
        calibration_set = calibrations.calibration_set("set-1")
        if has_begun:
            calibrations.begin(calibration_set)
        with pytest.raises(BlockedError, match="withheld from you"):
            calibrations.summary(calibration_set)

    def test_a_second_round_withholds_it_again(self, store: Store) -> None:
        whole_panel(store)
        calibrations = store.seen_by(store.person("Dana Fox")).calibrations()
        later = calibrations.open_round(calibrations.calibration_set("set-1"))
        assert later.round == 2
        with pytest.raises(BlockedError, match="withheld from you"):
            store.seen_by(store.person("Ada Park")).calibrations().summary(later)

    def test_somebody_of_the_trainers_name_is_not_the_trainer(self, store: Store) -> None:
        whole_panel(store)
        calibrations = store.seen_by(Person("another-id", "Dana Fox")).calibrations()
        calibration_set = calibrations.calibration_set("set-1")
        assert not calibrations.is_trainer(calibration_set)
        with pytest.raises(BlockedError):
            calibrations.statistics(calibration_set)

    def test_an_unknown_set_names_those_there_are(self, store: Store) -> None:
        keep_set(store)
        with pytest.raises(NotFoundError, match="Autumn panel"):
            store.seen_by(TRAINER).calibrations().calibration_set("Spring")

    def test_no_rating_stands_in_the_log(self, store: Store) -> None:
        whole_panel(store)
        logged = store._database.rows(
            "SELECT what, after FROM audit_log WHERE subject = 'calibration'"
        )
        assert {what for what, _ in logged} == {"added", "handed_in"}
        assert {after for what, after in logged if what == "handed_in"} == {"1"}


class TestRating:
    def test_what_was_begun_goes_on(self, store: Store) -> None:
        calibration_set = keep_set(store)
        calibrations = store.seen_by(Person("", "Ada Park")).calibrations()
        own = calibrations.begin(calibration_set)
        calibrations.rate(own, "1/learning-1", 2)
        calibrations.rate(own, "1/learning-1", 4)
        again = store.seen_by(store.person("Ada Park")).calibrations().begin(calibration_set)
        assert (again.id, again.ratings) == (own.id, {"1/learning-1": 4})
        (standing,) = store.seen_by(store.person("Ada Park")).calibrations().standings()
        assert standing.words == "1 of 12 rated"

    def test_only_a_whole_set_is_handed_in(self, store: Store) -> None:
        calibration_set = keep_set(store)
        calibrations = store.seen_by(Person("", "Ada Park")).calibrations()
        own = calibrations.begin(calibration_set)
        with pytest.raises(BlockedError, match="12 answers of Autumn panel have no rating yet"):
            calibrations.hand_in(own, calibration_set)

    def test_what_is_handed_in_stays(self, store: Store) -> None:
        calibration_set = keep_set(store)
        own = rate_set(store, calibration_set, "Ada Park", table(0))
        calibrations = store.seen_by(store.person("Ada Park")).calibrations()
        with pytest.raises(BlockedError, match="handed in, and stay as they are"):
            calibrations.rate(own, "1/learning-1", 1)
        with pytest.raises(BlockedError, match="handed in, and stay as they are"):
            calibrations.hand_in(own, calibration_set)
        with pytest.raises(BlockedError, match="handed in, and stay as they are"):
            calibrations.begin(calibration_set)

    def test_neither_does_another_program_change_it(self, store: Store) -> None:
        own = rate_set(store, keep_set(store), "Ada Park", table(0))
        for statement in (
            "UPDATE calibration_rating SET rating = 1",
            f"INSERT INTO calibration_rating VALUES ('{own.id}', 'x', 1)",
            "UPDATE calibration SET round = 3",
        ):
            with pytest.raises(sqlite3.IntegrityError, match="never changed"):
                store._connection.execute(statement)

    def test_only_the_trainer_opens_a_round(self, store: Store) -> None:
        calibration_set = keep_set(store)
        with pytest.raises(BlockedError, match="may open another round"):
            store.seen_by(Person("", "Ada Park")).calibrations().open_round(calibration_set)


class TestPeople:
    def test_a_name_may_change(self, store: Store) -> None:
        whole_panel(store)
        registry = store.registry()
        for old, new in (("Ada Park", "Ada Lane"), ("Dana Fox", "Dana Holt")):
            registry.rename(registry.resolve(RecordKind.PERSON, old), new, "Dana Fox")
        calibrations = store.seen_by(store.person("Dana Holt")).calibrations()
        calibration_set = calibrations.calibration_set("set-1")
        assert calibration_set.trainer.name == "Dana Holt"
        names = [r.person.name for r in calibrations.statistics(calibration_set).rounds[0].people]
        assert names == ["Ada Lane", *PEOPLE[1:]]

    def test_two_who_are_the_same_count_as_one_and_apart_again(self, store: Store) -> None:
        whole_panel(store)
        registry = store.registry()
        ada, bo = (registry.resolve(RecordKind.PERSON, name) for name in PEOPLE[:2])
        registry.merge(bo, ada, "Dana Fox")
        calibrations = store.seen_by(store.person("Dana Fox")).calibrations()
        calibration_set = calibrations.calibration_set("set-1")
        people = calibrations.statistics(calibration_set).rounds[0].people
        assert [rater.person.name for rater in people] == ["Ada Park", *PEOPLE[2:]]
        assert (
            len(store.seen_by(store.person("Ada Park")).calibrations().own_ratings(calibration_set))
            == 2
        )
        registry.unmerge(RecordKind.PERSON, "Bo Lind", "Dana Fox")
        people = calibrations.statistics(calibration_set).rounds[0].people
        assert [rater.person.name for rater in people] == list(PEOPLE)
        assert check_records(store.path).faults == ()

    def test_a_trainer_who_was_merged_keeps_the_set(self, store: Store) -> None:
        whole_panel(store)
        registry = store.registry()
        with store._database.transaction():
            registry.ensure(RecordKind.PERSON, "D. Fox")
        dana, other = (registry.resolve(RecordKind.PERSON, name) for name in ("Dana Fox", "D. Fox"))
        registry.merge(dana, other, "Dana Fox")
        calibrations = store.seen_by(store.person("D. Fox")).calibrations()
        assert calibrations.is_trainer(calibrations.calibration_set("set-1"))

    def test_a_person_takes_out_their_own(self, store: Store) -> None:
        whole_panel(store)
        registry = store.registry()
        ada, bo = (registry.resolve(RecordKind.PERSON, name) for name in PEOPLE[:2])
        registry.merge(bo, ada, "Dana Fox")
        calibrations = store.seen_by(store.person("Ada Park")).calibrations()
        calibration_set = calibrations.calibration_set("set-1")
        assert calibrations.remove(calibration_set) == 2
        assert calibrations.own_ratings(calibration_set) == []
        assert store._database.rows(
            "SELECT count(*) FROM merged_row WHERE table_name = 'calibration'"
        ) == [(0,)]
        trainers = store.seen_by(store.person("Dana Fox")).calibrations()
        assert trainers.statistics(calibration_set).rounds[0].raters == 2

    def test_its_trainer_takes_out_all_of_it(self, store: Store) -> None:
        whole_panel(store)
        calibrations = store.seen_by(store.person("Dana Fox")).calibrations()
        assert calibrations.remove(calibrations.calibration_set("set-1")) == 4
        assert calibrations.sets() == []
        for name in ("calibration_set", "calibration", "calibration_rating"):
            assert store._database.rows(f"SELECT count(*) FROM {name}") == [(0,)]
        assert check_records(store.path).faults == ()


class TestFiles:
    """One trainer and two interviewers, each with records of their own."""

    def records(self, folder: Path, name: str) -> Store:
        return Store(folder / f"{name}.db", HeldClock())

    def test_a_set_goes_out_and_ratings_come_back(self, tmp_path: Path) -> None:
        with self.records(tmp_path, "trainer") as trainer:
            calibration_set = keep_set(trainer)
            write_set(tmp_path / "set.jsonl", calibration_set, trainer.path)
            assert "zqkey" not in (tmp_path / "set.jsonl").read_text()
            for name, shifts in zip(PEOPLE, SHIFTS, strict=True):
                with self.records(tmp_path, name) as own:
                    lines = (tmp_path / "set.jsonl").read_bytes().splitlines()
                    taken = own.import_documents(read_lines("set", lines))
                    assert taken.new["calibration_set"] == 1
                    (received,) = own.seen_by(Person("", name)).calibrations().sets()
                    assert received.answers == calibration_set.answers
                    blind = rate_set(own, received, name, table(*shifts))
                    write_ratings(tmp_path / "back.jsonl", blind, own.path)
                back = (tmp_path / "back.jsonl").read_bytes().splitlines()
                for expected in (1, 0):
                    taken = trainer.import_documents(read_lines("back", back))
                    assert taken.new["calibration"] == expected
            calibrations = trainer.seen_by(trainer.person("Dana Fox")).calibrations()
            statistics = calibrations.statistics(calibration_set)
            assert [rater.person.name for rater in statistics.rounds[0].people] == list(PEOPLE)
        with self.records(tmp_path, "one") as together:
            whole_panel(together)
            calibrations = together.seen_by(together.person("Dana Fox")).calibrations()
            same = calibrations.statistics(calibrations.calibration_set("set-1")).rounds[0]
        assert same.agreement.single.words == statistics.rounds[0].agreement.single.words
        assert same.answers == statistics.rounds[0].answers

    def test_a_later_round_of_a_set_opens_it(self, store: Store, tmp_path: Path) -> None:
        keep_set(store)
        later = set_document(written_set()._replace(round=2, trainer=Person("d", "Dana Fox")))
        offers = [dump_line({"type": "person", "id": "d", "name": "Dana Fox"}), dump_line(later)]
        from interviewkit.storage.import_joins import JoinAnswers

        same = JoinAnswers({"d": "Dana Fox"})
        assert store.import_documents(read_lines("set", offers), same).new["calibration_set"] == 1
        (known,) = store.seen_by(TRAINER).calibrations().sets()
        assert known.round == 2
        earlier = [offers[0], dump_line(later | {"round": 1})]
        store.import_documents(read_lines("set", earlier))
        assert store.seen_by(TRAINER).calibrations().sets()[0].round == 2

    @pytest.mark.parametrize(
        ("change", "sentence"),
        [
            ({"set": "nowhere"}, "the calibration nowhere is neither in the files nor"),
            ({"ratings": {}}, r"this line has no rating for '1/learning-1'\."),
            ({"person": "nobody"}, "the person nobody is neither in the files"),
            ({"ratings": {"9/x": 1}}, "this line has no rating for '1/learning-1'"),
            ({"round": 0}, "round: input should be greater than or equal to 1"),
            ({"ratings": {"1/learning-1": 8}}, "ratings, 1/learning-1: input should be less"),
            ({"expert": 1}, "expert: is not a field here"),
        ],
    )
    def test_ratings_that_do_not_fit_are_refused(
        self, change: dict[str, object], sentence: str, store: Store
    ) -> None:
        own = rate_set(store, keep_set(store), "Ada Park", table(0))
        line = ratings_document(own._replace(id="new")) | change
        with pytest.raises(RefusedImportError, match=sentence):
            store.import_documents(read_lines("back", [dump_line(line)]))

    def test_an_answer_that_is_not_in_the_set_is_named(self, store: Store) -> None:
        own = rate_set(store, keep_set(store), "Ada Park", table(0))
        line = ratings_document(own._replace(id="new", ratings={**own.ratings, "0/x": 1}))
        with pytest.raises(RefusedImportError, match=r"calibration set-1 has no answer '0/x'\."):
            store.import_documents(read_lines("back", [dump_line(line)]))

    def test_a_rating_off_the_scale_of_the_set_is_refused(self, store: Store) -> None:
        own = rate_set(store, keep_set(store), "Ada Park", table(0))
        line = ratings_document(own._replace(id="new", ratings=dict.fromkeys(own.ratings, 6)))
        with pytest.raises(RefusedImportError, match="6 is not on the scale of this set, 1 to 5"):
            store.import_documents(read_lines("back", [dump_line(line)]))

    def test_what_is_known_never_changes(self, store: Store) -> None:
        own = rate_set(store, keep_set(store), "Ada Park", table(0))
        changed = ratings_document(own._replace(ratings=dict.fromkeys(own.ratings, 1)))
        with pytest.raises(RefusedImportError, match="known with another content"):
            store.import_documents(read_lines("back", [dump_line(changed)]))
        other = set_document(written_set(title="Spring")._replace(trainer=Person("d", "Dana Fox")))
        with pytest.raises(RefusedImportError, match="calibration set-1 is known with another"):
            store.import_documents(read_lines("set", [dump_line(other)]))

    @pytest.mark.parametrize(
        ("change", "sentence"),
        [
            ({"scale": [1, 3, 2]}, "scale has its points in order"),
            ({"answers": []}, "answers: tuple should have at least 1 item"),
            ({"key": 1}, "key: is not a field here"),
        ],
    )
    def test_a_set_of_the_wrong_shape_is_refused(
        self, change: dict[str, object], sentence: str
    ) -> None:
        line = set_document(written_set()._replace(trainer=Person("d", "Dana Fox"))) | change
        with pytest.raises(RefusedImportError, match=sentence):
            list(read_lines("set", [dump_line(line)]))

    def test_answers_of_one_id_are_refused(self) -> None:
        document = set_document(written_set()._replace(trainer=Person("d", "Dana Fox")))
        line = json.loads(json.dumps(document))
        line["answers"] = [line["answers"][0]] * 2
        with pytest.raises(RefusedImportError, match="answers have ids of their own"):
            list(read_lines("set", [dump_line(line)]))

    def test_records_export_leaves_all_of_it_behind(self, store: Store, tmp_path: Path) -> None:
        """What one gave is one's own: it leaves by a command of its own."""
        from click.testing import CliRunner

        from interviewkit.cli.main import cli

        whole_panel(store)
        store.close()
        result = CliRunner().invoke(cli, ["--db", str(store.path), "records", "export", "-"])
        assert "calibration" not in result.stdout


def test_statistics_in_the_records_are_those_of_the_ratings(store: Store) -> None:
    whole_panel(store)
    calibrations = store.seen_by(store.person("Dana Fox")).calibrations()
    calibration_set = calibrations.calibration_set("set-1")
    everybody = [
        blind
        for name in PEOPLE
        for blind in store.seen_by(store.person(name)).calibrations().own_ratings(calibration_set)
    ]
    assert calibrations.statistics(calibration_set) == calibration_statistics(
        calibration_set, expert_key(), everybody
    )


def test_a_damaged_set_is_a_sentence(store: Store) -> None:
    keep_set(store)
    store._connection.execute("UPDATE calibration_set SET content = '{'")
    with pytest.raises(StorageError, match="calibration"):
        store.seen_by(TRAINER).calibrations().sets()
