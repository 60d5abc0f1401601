"""``interviewkit calibration`` from making a set to reading the panel, and what it refuses."""

import json
from dataclasses import replace
from pathlib import Path

import pytest
from click.testing import CliRunner, Result
from openpyxl import load_workbook

from interviewkit.cli.main import cli
from interviewkit.errors import InterviewKitError
from interviewkit.interview.people import Person
from interviewkit.practice.reader import PracticeFile, open_practice
from interviewkit.storage.store import Store
from interviewkit.workflows.calibration_files import make_set
from support import HeldClock
from written_answers import PEOPLE, TRAINER, keep_set, rate_set, table, written_set

SHIFTS = ((1, 0), (0, 0, -1), (1, 1, 0, -1), (-1,))


def run(db: Path, *args: str, user: str = "Dana Fox") -> Result:
    env = {"INTERVIEWKIT_INTERVIEWER": user, "COLUMNS": "100"}
    return CliRunner(env=env).invoke(cli, ["--db", str(db), "calibration", *args])


@pytest.fixture
def db(tmp_path: Path, clock: HeldClock, monkeypatch: pytest.MonkeyPatch) -> Path:
    """A trainer's records: four people have handed in, two of them a second round as well."""
    monkeypatch.chdir(tmp_path)
    path = tmp_path / "records" / "records.db"
    with Store(path, clock) as store:
        calibration_set = keep_set(store)
        for name, shifts in zip(PEOPLE, SHIFTS, strict=True):
            rate_set(store, calibration_set, name, table(*shifts))
        calibrations = store.seen_by(store.person("Dana Fox")).calibrations()
        later = calibrations.open_round(calibration_set)
        for name in PEOPLE[:2]:
            rate_set(store, later, name, table(0))
    return path


def named(name: str) -> PracticeFile:
    """The practice file we ship, of a candidate called ``name``."""
    file = open_practice("ruth-adeyemi")
    return replace(file, script=replace(file.script, candidate=name))


class TestASet:
    def test_it_holds_what_can_be_heard_and_no_rating(self, tmp_path: Path) -> None:
        out = tmp_path / "set.jsonl"
        result = run(tmp_path / "r.db", "new", "ruth-adeyemi", "-o", str(out))
        assert result.exit_code == 0, result.stderr
        assert "5 answers to rate." in result.stderr
        lines = [json.loads(line) for line in out.read_text().splitlines()]
        assert [line["type"] for line in lines] == ["person", "calibration_set"]
        script = open_practice("ruth-adeyemi").script
        text = " ".join(out.read_text().split())
        for scripted in script.answers:
            assert scripted.because.strip() not in text
            assert scripted.otherwise.strip() not in text
            (answer,) = [a for a in lines[1]["answers"] if a["question"] == scripted.question]
            spoken = " ".join(turn["says"] for turn in answer["turns"])
            assert spoken.startswith(scripted.opening.strip())
            assert all(reply.says.strip() in spoken for reply in scripted.replies.values())
            assert scripted.silence is None or spoken.endswith(scripted.silence.strip())
            assert answer["turns"][0]["asks"] == ""
        assert "ruth-adeyemi" not in text  # the name of a file may say what to think of it

    def test_two_candidates_answer_in_the_order_of_the_files(self, store: Store) -> None:
        made = make_set(store, TRAINER, [named("Ruth"), named("Jonas")])
        assert made.title == "Ruth, Jonas"
        assert [answer.candidate for answer in made.answers] == ["Ruth"] * 5 + ["Jonas"] * 5
        assert len({answer.id for answer in made.answers}) == 10

    def test_one_candidate_twice_is_refused(self, store: Store) -> None:
        with pytest.raises(InterviewKitError, match="Two of the files have a candidate called"):
            make_set(store, TRAINER, [named("Ruth"), named("Ruth")])

    def test_two_kits_are_refused(self, store: Store) -> None:
        file = named("Jonas")
        other = replace(file, script=replace(file.script, kit="first-45"))
        with pytest.raises(InterviewKitError, match=r"is for customer-focused-sales, first-45; "):
            make_set(store, TRAINER, [named("Ruth"), other])

    @pytest.mark.parametrize(
        ("title", "sentence"),
        [("a\u202eb", "The title holds U\\+202E"), ("x" * 301, "has 301 characters")],
    )
    def test_a_title_that_nobody_could_take_in_is_refused(
        self, title: str, sentence: str, store: Store
    ) -> None:
        with pytest.raises(InterviewKitError, match=sentence):
            make_set(store, TRAINER, [named("Ruth")], title)

    @pytest.mark.parametrize(
        ("candidates", "sentence"),
        [
            (("Ru\u202eth",), r"The candidate's name in .*ruth-adeyemi\.yaml holds U\+202E"),
            (("x" * 301,), "The name of the candidate has 301 characters"),
            (("x" * 150, "y" * 149), "The name of the set has 301 characters"),
        ],
    )
    def test_nor_are_candidates_kept_whom_nobody_could_take_in(
        self, candidates: tuple[str, ...], sentence: str, store: Store
    ) -> None:
        with pytest.raises(InterviewKitError, match=sentence):
            make_set(store, TRAINER, [named(name) for name in candidates])
        assert store.seen_by(TRAINER).calibrations().sets() == []


class TestThePanel:
    def test_the_trainer_reads_both_rounds_and_what_changed(self, db: Path) -> None:
        result = run(db, "show", "autumn panel")
        assert result.exit_code == 0, result.stderr
        assert result.stdout.count("Ada Park") == 2
        assert "Autumn panel · round 2" in result.stdout
        assert "From round 1 to round 2: 2 people" in result.stdout
        assert "Too few to tell: 2 people of 4." in result.stdout
        assert "sees" not in result.stderr

    def test_everybody_else_reads_it_without_names(self, db: Path) -> None:
        result = run(db, "show", "autumn panel", user="Ada Park")
        assert "Round 1: 4 people" in result.stdout
        assert not any(name in result.stdout for name in PEOPLE)
        same = run(db, "show", "autumn panel", "--panel")
        assert same.stdout == result.stdout
        made = json.loads(run(db, "show", "set-1", "--json", user="Ada Park").stdout)
        assert list(made) == ["title", "answers", "rounds", "change"]

    def test_before_handing_in_it_is_withheld(self, db: Path) -> None:
        result = run(db, "show", "autumn panel", user="Cy Moss")
        assert (result.exit_code, result.stdout) == (1, "")
        assert "withheld from you" in result.stderr

    @pytest.mark.parametrize(
        "args", [["--person", "Bo Lind"], ["--xlsx", "panel.xlsx"]], ids=lambda args: args[0]
    )
    def test_names_are_for_the_trainer_alone(self, args: list[str], db: Path) -> None:
        result = run(db, "show", "set-1", *args, user="Ada Park")
        assert (result.exit_code, result.stdout) == (1, "")
        assert "was made by Dana Fox, and you are Ada Park." in result.stderr
        assert not Path("panel.xlsx").exists()

    def test_one_persons_page_gives_the_experts_reasons(self, db: Path) -> None:
        result = run(db, "show", "set-1", "--person", "ada park")
        assert "Autumn panel · Ada Park" in result.stdout
        assert "Round 2: your 12 ratings" in result.stdout
        assert "you gave 5, the expert 4. zqkey1/ownership-1 more" in result.stdout
        assert "Bo Lind" not in result.stdout
        nobody = run(db, "show", "set-1", "--person", "Nora Lind")
        assert "Nora Lind has handed in no ratings of Autumn panel." in nobody.stderr

    def test_the_workbook_holds_every_rating_and_the_numbers_shown(self, db: Path) -> None:
        result = run(db, "show", "set-1", "--xlsx", "panel.xlsx")
        assert result.exit_code == 0, result.stderr
        assert "It names people: keep it to yourself." in result.stderr
        book = load_workbook("panel.xlsx")
        assert book.sheetnames == ["Panel", "Answers", "Ratings"]
        rows = list(book["Ratings"].iter_rows(min_row=2, values_only=True))
        assert len(rows) == 12 * 6
        ratings = [row[4] for row in rows if row[:2] == (1, "Ada Park")]
        assert ratings == table(1, 0)
        made = json.loads(run(db, "show", "set-1", "--json").stdout)
        ada = made["rounds"][0]["people"][0]
        cells = [row for row in book["Panel"].iter_rows(values_only=True) if row[0] == "Ada Park"]
        assert cells[0][3:6] == (ada["exact"], ada["distance"], ada["leniency"]["value"])
        answers = list(book["Answers"].iter_rows(min_row=4, values_only=True))
        assert len(answers) == 24
        assert answers[0][-3] == "zqkey1/ownership-1"

    def test_a_name_that_looks_like_a_formula_stays_text(self, db: Path) -> None:
        formula = '=HYPERLINK("http://example.org")'
        with Store(db, HeldClock()) as store:
            calibrations = store.seen_by(store.person("Dana Fox")).calibrations()
            rate_set(store, calibrations.calibration_set("set-1"), formula, table(0))
        assert run(db, "show", "set-1", "--xlsx", "panel.xlsx").exit_code == 0
        book = load_workbook("panel.xlsx")
        kinds = {cell.data_type for sheet in book for row in sheet for cell in row if cell.value}
        assert kinds == {"s", "n"}
        assert any(row[1] == formula for row in book["Ratings"].iter_rows(values_only=True))

    @pytest.mark.parametrize(
        ("args", "sentence"),
        [
            (["--panel", "--xlsx", "x"], "Choose one of --person, --panel and --xlsx."),
            (["--json", "--xlsx", "x"], "--json works only with --panel."),
        ],
    )
    def test_what_does_not_go_together(self, args: list[str], sentence: str, db: Path) -> None:
        result = run(db, "show", "set-1", *args)
        assert result.exit_code == 2
        assert sentence in result.stderr


class TestFiles:
    def test_ones_own_are_exported_with_the_last_round(self, db: Path, tmp_path: Path) -> None:
        result = run(db, "export", "set-1", "own.jsonl", user="Ada Park")
        assert result.exit_code == 0, result.stderr
        assert "12 ratings, round 2. Send it to Dana Fox." in result.stderr
        person, ratings = [json.loads(line) for line in Path("own.jsonl").read_text().splitlines()]
        assert (person["name"], ratings["person"]) == ("Ada Park", person["id"])
        ids = [answer.id for answer in written_set().answers]
        assert ratings["ratings"] == dict(zip(ids, table(0), strict=True))

    def test_nothing_handed_in_is_a_sentence(self, db: Path) -> None:
        result = run(db, "export", "set-1", "own.jsonl", user="Nora Lind")
        assert result.exit_code == 1
        assert "Nora Lind has handed in no ratings of set-1 yet." in result.stderr

    def test_a_round_is_opened_by_its_trainer_alone(self, db: Path) -> None:
        assert run(db, "round", "set-1", "-o", "s.jsonl", user="Ada Park").exit_code == 1
        assert not Path("s.jsonl").exists()
        result = run(db, "round", "set-1", "-o", "s.jsonl")
        assert "round 3 of Autumn panel." in result.stderr
        assert json.loads(Path("s.jsonl").read_text().splitlines()[1])["round"] == 3

    def test_removing_says_first_what_would_go(self, db: Path) -> None:
        assert "This would remove your ratings" in run(db, "remove", "set-1", user="Bo Lind").stderr
        result = run(db, "remove", "set-1", "--yes", user="Bo Lind")
        assert "Removed your ratings of Autumn panel: 2 rounds." in result.stderr
        assert "3 people" in run(db, "show", "set-1", "--panel").stdout
        whole = run(db, "remove", "set-1", "--yes")
        assert "Removed everybody's ratings of Autumn panel: 4 rounds." in whole.stderr
        assert "no written answers to rate yet" in run(db, "list").stderr

    def test_a_file_without_a_set_is_named(self, db: Path, tmp_path: Path) -> None:
        from interviewkit.workflows.calibration_files import read_set

        run(db, "export", "set-1", "own.jsonl", user="Ada Park")
        with Store(db) as store:
            with pytest.raises(InterviewKitError, match=r"own\.jsonl holds no written answers"):
                read_set(store, Path("own.jsonl"))
            with pytest.raises(InterviewKitError, match=r"none\.jsonl cannot be read"):
                read_set(store, Path("none.jsonl"))

    def test_the_records_are_never_replaced(self, db: Path) -> None:
        result = run(db, "round", "set-1", "-o", str(db))
        assert result.exit_code == 1
        assert "holds the records themselves" in result.stderr

    def test_what_cannot_be_handed_out_is_not_kept(self, db: Path, tmp_path: Path) -> None:
        out = str(tmp_path / "nowhere" / "set.jsonl")
        before = run(db, "list", "--json").stdout
        for command in (("round", "set-1"), ("new", "ruth-adeyemi")):
            result = run(db, *command, "-o", out)
            assert (result.exit_code, "cannot be written" in result.stderr) == (1, True)
        assert run(db, "list", "--json").stdout == before

    def test_the_list_says_how_far_one_is(self, db: Path) -> None:
        assert "2 handed in" in run(db, "list").stdout
        assert "12 answers to rate" in run(db, "list", user="Cy Moss").stdout
        (own,) = json.loads(run(db, "list", "--json", user="Ada Park").stdout)
        assert (own["is_yours"], own["handed_in"], own["rated"]) == (False, None, 12)


def test_rating_needs_a_terminal(db: Path) -> None:
    result = run(db, "rate", "set-1", user="Cy Moss")
    assert result.exit_code == 1
    assert "needs a terminal" in result.stderr


def test_a_reader_without_a_name_is_nobody(db: Path) -> None:
    with Store(db) as store:
        assert store.seen_by(Person("", "")).calibrations().standings()[0].own is None
