"""A scorecard for another system: every rating with its evidence, and none rounded in silence."""

import csv
import io
from pathlib import Path

import pytest
from click.testing import CliRunner

from interviewkit.cli.main import cli
from interviewkit.export.ats import (
    COLUMNS,
    RatedCompetency,
    ats_csv,
    ats_text,
    on_four_points,
    rated_competencies,
    rating_words,
)
from interviewkit.interview.records import (
    Amendment,
    Answer,
    Candidate,
    Interview,
    Note,
    Recommendation,
    Role,
)
from support import shipped

BANK = shipped().bank
FIRST, SECOND = BANK.questions[0], BANK.questions[1]
AT = "2026-03-02T12:00:00.000Z"
INTERVIEW = Interview(
    id="i1",
    role=Role("r", "Account executive"),
    candidate=Candidate("c", "=Ada Okafor", "REQ-1"),
    interviewer="Priya Raman",
    bank=BANK.id,
    bank_sha256="",
    kit="first-45",
    started_at=AT,
    page="@closing",
    submitted_at=AT,
    recommendation=Recommendation.YES,
    summary="Kept her word.",
)


def answer(question: str, competency: str, rating: int | None, *notes: str) -> Answer:
    kept = tuple(Note(f"n{at}", AT, text) for at, text in enumerate(notes))
    return Answer(question, competency, rating=rating, assessed=rating is not None, notes=kept)


ANSWERS = [
    answer("a", FIRST.competency, 4, "rang the same hour"),
    answer("b", FIRST.competency, 3),
    answer("c", BANK.competencies[-1].id, None, "did not come up"),
    Answer("@closing", None, notes=(Note("n9", AT, "asks about pay"),)),
]


def test_a_rating_is_the_mean_of_a_competency_with_what_was_noted() -> None:
    rated, missing = rated_competencies(ANSWERS, BANK)
    assert (rated.rating, rated.points, rated.evidence) == (3.5, 5, ("rang the same hour",))
    assert (missing.rating, missing.evidence) == (None, ("did not come up",))


def test_amendments_count() -> None:
    amended = ANSWERS[0]._replace(
        amendments=(
            Amendment("m1", "i1", "a", "rating", "2", "misheard", "Priya Raman", AT),
            Amendment("m2", "i1", "a", "note", "two hours later", "misheard", "Priya Raman", AT),
        )
    )
    (rated,) = rated_competencies([amended], BANK)
    assert (rated.rating, rated.evidence) == (2.0, ("rang the same hour", "two hours later"))


def test_the_text_names_all_of_it() -> None:
    text = ats_text(INTERVIEW, ANSWERS, BANK)
    name = BANK.competency(FIRST.competency).name
    assert "Recommendation: yes\nSummary: Kept her word.\n" in text
    assert f"\n{name}: 3.5 of 5\n- rang the same hour\n" in text
    assert f"\n{BANK.competencies[-1].name}: not assessed\n- did not come up\n" in text
    assert "asks about pay" not in text
    nobody = INTERVIEW._replace(recommendation=None, origin="Greenhouse")
    assert "Recommendation: none\nFrom: Greenhouse\n" in ats_text(nobody, [], BANK)


@pytest.mark.parametrize(
    ("rating", "points", "three", "scaled"),
    [
        (1.0, 5, 2, 1),
        (2.0, 5, 2, 2),
        (3.0, 5, 2, 2),
        (3.0, 5, 3, 3),
        (3.4, 5, 2, 2),
        (3.5, 5, 2, 3),
        (4.0, 5, 2, 3),
        (5.0, 5, 2, 4),
        (2.5, 4, 2, 3),
        (3.0, 7, 2, None),
        (None, 5, 2, None),
    ],
)
def test_four_points(rating: float | None, points: int, three: int, scaled: int | None) -> None:
    assert on_four_points(RatedCompetency("x", rating, points, ()), three) == scaled


def test_the_true_rating_stands_beside_each_on_four_points() -> None:
    assert rating_words(RatedCompetency("x", 3.5, 5, ()), 2) == "3 of 4 (true rating: 3.5 of 5)"
    assert rating_words(RatedCompetency("x", 3.0, 7, ()), 2) == "3 of 7 (not put on four points)"


def test_the_table_has_a_row_for_each_competency_and_no_formula() -> None:
    noted = answer("a", FIRST.competency, 4, "rang the same hour", "=1+1")
    answers = [noted, *ANSWERS[1:]]
    rows = list(csv.reader(io.StringIO(ats_csv([(INTERVIEW, answers, BANK)], 2))))
    assert tuple(rows[0]) == COLUMNS
    first, second = (dict(zip(COLUMNS, row, strict=True)) for row in rows[1:])
    assert first["candidate"] == "'=Ada Okafor"
    assert (first["rating"], first["of"], first["rating_of_4"]) == ("3.5", "5", "3")
    assert first["evidence"] == "rang the same hour\n'=1+1"
    assert (second["rating"], second["rating_of_4"]) == ("", "")


class TestCommand:
    @pytest.fixture(autouse=True)
    def place(self, tmp_path: Path, demo: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
        (tmp_path / "records.db").write_bytes(demo.read_bytes())
        monkeypatch.chdir(tmp_path)
        monkeypatch.setenv("INTERVIEWKIT_DB", str(tmp_path / "records.db"))
        return tmp_path

    def run(self, *args: str) -> tuple[int, str, str]:
        result = CliRunner().invoke(cli, ["records", "export", *args])
        return result.exit_code, result.stdout, result.stderr

    def test_text_for_one_candidate_on_stdout(self) -> None:
        code, out, narration = self.run("-", "--for-ats", "--candidate", "Ada Okafor")
        assert code == 0
        assert out.startswith("Ada Okafor · ")
        assert out.count("Recommendation: ") == int(narration.split(": ")[1].split()[0])
        assert "Yusuf Demir" not in out

    def test_a_table_in_a_file(self) -> None:
        assert self.run("out.csv", "--for-ats", "--scale", "4", "--three", "3")[0] == 0
        rows = list(csv.DictReader(io.StringIO(Path("out.csv").read_text("utf-8"))))
        assert {row["rating_of_4"] for row in rows} <= {"", "1", "2", "3", "4"}
        assert all(row["rating"] for row in rows if row["rating_of_4"])

    def test_wrong_usage(self) -> None:
        for args, words in (
            (("-", "--scale", "4"), "go with --for-ats"),
            (("-", "--for-ats", "--three", "2"), "--three goes with --scale 4"),
            (("-", "--for-ats", "--scale", "4"), "Say with --three"),
        ):
            code, out, narration = self.run(*args)
            assert (code, out) == (2, "")
            assert words in narration
