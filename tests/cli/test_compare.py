import csv
import io
import json
import re
from pathlib import Path

import pytest
from click.testing import CliRunner, Result
from openpyxl import load_workbook

from interviewkit.cli.main import cli
from interviewkit.interview.records import Recommendation
from interviewkit.storage.store import Store
from support import begin, complete, has_mode, shipped

ROLE = "Account executive"
EVERY = [entry.question for entry in shipped().bank.kit("first-45").questions]


@pytest.fixture(autouse=True)
def _a_width_and_a_name(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("COLUMNS", "100")
    monkeypatch.setenv("INTERVIEWKIT_INTERVIEWER", "Recruiter")


@pytest.fixture
def round_(store: Store) -> Store:
    """Ada seen by two; Bo by Tom, while Priya still interviews Bo."""
    complete(store, {"unspoken-need": 4, "hard-feedback": 5}, "Ada Okafor", "Priya Raman")
    complete(store, {"unspoken-need": 1}, "Ada Okafor", "Tom", recommendation=Recommendation.NO)
    complete(store, {"unspoken-need": 2}, "Bo Lind", "Tom")
    begin(store, "Bo Lind", interviewer="Priya Raman")
    return store


def run(store: Store, *args: str) -> Result:
    return CliRunner().invoke(cli, ["--db", str(store.path), "compare", *args])


def test_it_prints_a_table(round_: Store) -> None:
    result = run(round_, "account EXECUTIVE")
    assert (result.exit_code, result.stderr) == (0, "")
    assert result.stdout.startswith("Account executive · 2 candidates · 3 scorecards\n")
    assert "2.5 (2)" in result.stdout


def test_json_is_the_documented_object(round_: Store) -> None:
    result = run(round_, ROLE, "--json")
    data = json.loads(result.stdout)
    assert (result.exit_code, result.stderr) == (0, "")
    assert data["role"]["title"] == ROLE
    assert [item["name"] for item in data["candidates"]] == ["Ada Okafor", "Bo Lind"]
    ada = data["candidates"][0]
    assert (ada["overall"], ada["coverage"], ada["interviews"]) == (3.75, 0.25, 2)
    assert ada["scores"]["customer-needs"]["by_interviewer"] == {"Priya Raman": 4.0, "Tom": 1.0}
    assert ada["scores"]["insight"]["mean"] is None
    assert data["talk_about"][0]["question"] == "unspoken-need"
    assert data["warnings"] == [
        "Candidates were seen by different numbers of interviewers. 1: Bo Lind; 2: Ada Okafor.",
        "Nobody was assessed on half of the weight: the order assumes that what was not asked "
        "would have gone like what was.",
    ]


def test_csv_says_on_stderr_what_has_no_row(round_: Store) -> None:
    result = run(round_, ROLE, "--csv", "--interviewer", "priya raman")
    assert result.exit_code == 0
    rows = list(csv.DictReader(io.StringIO(result.stdout.removeprefix("\ufeff"))))
    assert {row["candidate"] for row in rows} == {"Ada Okafor"}
    assert result.stderr == (
        "Bo Lind: 1 scorecard in, withheld until you have submitted your own scorecard.\n"
        "Nobody was assessed on half of the weight: the order assumes that what was not asked "
        "would have gone like what was.\n"
    )
    assert "different numbers of interviewers" in run(round_, ROLE, "--csv").stderr


@pytest.mark.parametrize("form", ["--json", "--csv", "--xlsx", ""])
def test_a_candidate_one_still_interviews_is_withheld(
    round_: Store, tmp_path: Path, form: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("INTERVIEWKIT_INTERVIEWER", "Priya Raman")
    target = tmp_path / "out.xlsx"
    result = run(round_, ROLE, *([form] if form else []), *([str(target)] if "x" in form else []))
    assert result.exit_code == 0
    said = result.output
    if target.exists():
        sheets = load_workbook(target).worksheets
        rows = [row for sheet in sheets for row in sheet.iter_rows(values_only=True)]
        said = "\n".join(str(value) for row in rows for value in row)
    assert "Ada Okafor" in said
    assert "what Bo Lind said" not in said
    for line in said.splitlines():
        if "Bo Lind" in line and "name" not in line:
            assert "1 scorecard in" in line
    assert "different numbers of interviewers" not in said


def test_whoever_has_no_interview_under_way_sees_all(round_: Store) -> None:
    data = json.loads(run(round_, ROLE, "--json", "--interviewer", "Tom").stdout)
    assert (len(data["candidates"]), data["withheld"]) == (2, [])


def test_the_workbook_is_private_and_replaces_an_old_one_only_by_force(
    round_: Store, tmp_path: Path
) -> None:
    target = tmp_path / "out.xlsx"
    target.write_bytes(b"old")
    refused = run(round_, ROLE, "--xlsx", str(target))
    assert refused.exit_code == 1
    assert refused.stderr.startswith(f"{target} exists, and the panel may have filled in decisions")
    assert target.read_bytes() == b"old"
    result = run(round_, ROLE, "--xlsx", str(target), "--force")
    assert (result.exit_code, result.stdout) == (0, "")
    assert result.stderr == f"Wrote {target}: 2 candidates, 3 scorecards.\n"
    assert has_mode(target, 0o600)
    assert load_workbook(target).sheetnames[0] == "Summary"
    assert not list(tmp_path.glob(".interviewkit-*"))


def test_a_workbook_that_cannot_be_written_is_said(round_: Store, tmp_path: Path) -> None:
    target = tmp_path / "none" / "out.xlsx"
    result = run(round_, ROLE, "--xlsx", str(target))
    assert (result.exit_code, result.stdout) == (1, "")
    assert result.stderr == (
        f"{target} cannot be written: No such file or directory.\n"
        "Name a file in a folder you can write to. Nothing was written.\n"
    )


def test_the_records_are_not_overwritten(round_: Store) -> None:
    result = run(round_, ROLE, "--xlsx", str(round_.path))
    assert result.exit_code == 1
    assert "holds the records themselves" in result.stderr
    assert run(round_, ROLE).exit_code == 0


def test_an_unknown_role_is_told_the_nearest(round_: Store) -> None:
    result = run(round_, "Acount executive")
    assert (result.exit_code, result.stdout) == (1, "")
    assert result.stderr == (
        "There is no role called 'Acount executive'.\n"
        "Did you mean Account executive? There is: Account executive.\n"
    )


@pytest.mark.parametrize(
    ("form", "printed"),
    [
        ([], ""),
        (
            ["--csv"],
            "\ufeffcandidate,competency,competency_name,mean,n,ratings,weight,probed,new_detail,",
        ),
        (["--json"], '{\n  "role": {'),
    ],
)
def test_a_role_without_scorecards_is_no_failure(
    store: Store, form: list[str], printed: str
) -> None:
    begin(store)
    result = run(store, ROLE, *form)
    assert result.exit_code == 0
    assert result.stderr == "No scorecard has been submitted for Account executive yet.\n"
    assert result.stdout.startswith(printed)
    if "--json" in form:
        assert json.loads(result.stdout)["candidates"] == []


@pytest.mark.parametrize(
    "forms", [["--json", "--csv"], ["--json", "--xlsx", "x"], ["--csv", "--xlsx", "x"]]
)
def test_one_form_at_a_time(store: Store, forms: list[str]) -> None:
    result = run(store, ROLE, *forms)
    assert result.exit_code == 2
    assert "Choose one of --json, --csv and --xlsx." in result.stderr


@pytest.mark.parametrize("command", [["compare", "Sales"], ["records", "export", "-"]])
def test_a_mistyped_database_is_told_and_not_created(tmp_path: Path, command: list[str]) -> None:
    path = tmp_path / "typo" / "my.db"
    result = CliRunner().invoke(cli, ["--db", str(path), *command])
    assert result.exit_code == 1
    assert f"There is no database at {path}." in result.stderr
    assert not path.parent.exists()


class TestChoosing:
    """Weights, rounds, days and letters."""

    def overalls(self, store: Store, *args: str) -> dict[str, float | None]:
        result = run(store, ROLE, "--json", *args)
        assert result.exit_code == 0, result.stderr
        return {one["name"]: one["overall"] for one in json.loads(result.stdout)["candidates"]}

    def test_weights_stand_in_place_of_the_kits(self, round_: Store) -> None:
        assert self.overalls(round_)["Ada Okafor"] == 3.75
        weights = "customer-needs=3,learning=1"
        assert self.overalls(round_, "--weights", weights)["Ada Okafor"] == 3.125

    @pytest.mark.parametrize(
        "weights", ["", "learning", "learning=x", "=2", "learning=-1", "learning=nan", "a=1,,b=2"]
    )
    def test_what_is_no_weight_is_told(self, round_: Store, weights: str) -> None:
        result = run(round_, ROLE, "--weights", weights)
        assert (result.exit_code, result.stdout) == (2, "")
        assert "is not a weight. Write competency=number, from 0 to 100" in result.stderr

    def test_an_unknown_competency_is_told_the_nearest(self, round_: Store) -> None:
        result = run(round_, ROLE, "--weights", "lerning=2")
        assert (result.exit_code, result.stdout) == (1, "")
        assert "There is no competency called 'lerning' in this comparison." in result.stderr
        assert "Did you mean learning?" in result.stderr

    def test_a_round_is_a_kit(self, round_: Store) -> None:
        complete(round_, {"new-skill": 5}, "Cy Young", "Tom", kit="screen-30")
        assert set(self.overalls(round_, "--round", "screen-30")) == {"Cy Young"}
        assert len(self.overalls(round_, "--round", "screen-30", "--round", "first-45")) == 3
        result = run(round_, ROLE, "--round", "final")
        assert result.exit_code == 1
        assert "There is no round called 'final' in Account executive." in result.stderr

    def test_only_what_all_were_asked_counts_when_asked_for(self, round_: Store) -> None:
        complete(round_, {"new-skill": 5}, "Cy Young", "Tom", kit="screen-30")
        assert set(self.overalls(round_).values()) == {3.75, 2.0, 5.0}
        assert set(self.overalls(round_, "--comparable").values()) == {None}

    def test_a_day_and_a_moment(self, round_: Store) -> None:
        assert len(self.overalls(round_, "--as-of", "2026-03-03")) == 2
        result = run(round_, ROLE, "--as-of", "2026-03-01T12:00")
        assert (result.exit_code, result.stdout) == (0, "")
        assert "No scorecard has been submitted for Account executive by 2026-03-01 12:00." in (
            result.stderr
        )

    @pytest.mark.parametrize("text", ["yesterday", "2026-02-30", "12", "0001-01-01T00:00x"])
    def test_what_is_no_date_is_told(self, round_: Store, text: str) -> None:
        result = run(round_, ROLE, "--as-of", text)
        assert (result.exit_code, result.stdout) == (2, "")
        assert f"{text!r} is not a date. Write it as 2026-03-05" in result.stderr

    @pytest.mark.parametrize("form", [[], ["--json"], ["--csv"]])
    def test_without_names(self, round_: Store, form: list[str]) -> None:
        said = run(round_, ROLE, "--anonymous", *form).output
        assert "Candidate A" in said
        assert not any(name in said for name in ("Ada", "Okafor", "Bo Lind"))

    def test_the_workbook_follows_and_masks_notes(self, round_: Store, tmp_path: Path) -> None:
        target = tmp_path / "out.xlsx"
        args = ["--anonymous", "--as-of", "2026-03-03", "--weights", "learning=2"]
        result = run(round_, ROLE, "--xlsx", str(target), *args)
        assert (result.exit_code, result.stdout) == (0, "")
        rows = [
            str(value)
            for sheet in load_workbook(target).worksheets
            for row in sheet.iter_rows(values_only=True)
            for value in row
        ]
        assert any(re.search(r"what Candidate [AB] said of unspoken-need", one) for one in rows)
        assert not any(name in one for one in rows for name in ("Ada", "Okafor", "Bo Lind"))


def test_mine_is_about_the_viewer_alone(store: Store) -> None:
    ratings: dict[str, int | None] = dict.fromkeys(EVERY, 3)
    for name in ("Ada", "Bo", "Cy"):
        for who, change in (("Priya Raman", {EVERY[0]: 5, EVERY[1]: 1}), ("Tom", {})):
            complete(store, {**ratings, **change}, name, who)
    result = run(store, ROLE, "--mine", "--interviewer", "priya raman")
    assert (result.exit_code, result.stderr) == (0, "")
    assert result.stdout.startswith("Account executive · ratings by Priya Raman\n")
    assert "3 scorecards, 24 rated answers: 1: 13 %, 2: 0 %, 3: 75 %, 4: 0 %" in result.stdout
    assert "Tom" not in result.stdout
    data = json.loads(run(store, ROLE, "--mine", "--json", "--interviewer", "Tom").stdout)
    assert (data["interviewer"], data["points"], data["drift"]) == ("Tom", {"3": 24}, None)


def test_mine_says_when_there_is_nothing_of_the_viewer_and_what_it_does_not_go_with(
    round_: Store,
) -> None:
    result = run(round_, ROLE, "--mine")
    assert (result.exit_code, result.stdout) == (0, "")
    assert result.stderr == f"Recruiter has submitted no scorecard for {ROLE}.\n"
    refused = run(round_, ROLE, "--mine", "--csv")
    assert refused.exit_code == 2
    assert "--mine combines only with --json, --round, --comparable and --as-of." in refused.stderr
