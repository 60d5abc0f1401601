"""Scorecards and kits of Greenhouse: read exactly, twice without effect, changed as amendments."""

import json
from pathlib import Path
from typing import Any

import pytest
from click.testing import CliRunner

from interviewkit.banks.lint.linter import lint
from interviewkit.banks.loader import read_bank
from interviewkit.cli.main import cli
from interviewkit.interview.people import Person
from interviewkit.interview.records import CLOSING, Interview
from interviewkit.shell_line import shell_command, shell_line
from interviewkit.storage.store import Store

INA = {"id": 4218086003, "name": "Ina Viewer", "first_name": "Ina", "last_name": "Viewer"}
SCORECARD: dict[str, Any] = {
    "id": 9664505003,
    "updated_at": "2021-09-29T17:23:11.468Z",
    "created_at": "2021-09-29T17:23:11.468Z",
    "interview": "Preliminary Screening Call",
    "interview_step": {"id": 5628615003, "name": "Preliminary Screening Call"},
    "candidate_id": 40517966003,
    "application_id": 44937562003,
    "interviewed_at": "2021-09-29T01:00:00.000Z",
    "submitted_by": {"id": 1, "name": "Somebody Else"},
    "interviewer": INA,
    "submitted_at": "2021-09-29T17:23:11.468Z",
    "overall_recommendation": "no_decision",
    "attributes": [
        {"name": "Willing to travel", "type": "Details", "note": None, "rating": "yes"},
        {
            "name": "Three years of experience",
            "type": "Qualifications",
            "note": "<p>Two &amp; a half<br>in Kassel</p><script>x()</script>",
            "rating": "mixed",
        },
        {"name": "Empathetic", "type": "Traits", "note": None, "rating": "strong_yes"},
        {"name": "Communication", "type": "Skills", "note": None, "rating": "no"},
        {"name": "Negotiation", "type": "Skills", "note": None, "rating": "no_decision"},
        {"name": "Closing", "type": "Skills", "note": None, "rating": "definitely_not"},
    ],
    "questions": [
        {"id": None, "question": "Key Take-Aways", "answer": "<b>Quick</b> to the point"},
        {"id": None, "question": "Private Notes", "answer": "between us"},
        {"id": 3, "question": "Salary?", "answer": "not discussed"},
    ],
}
KEY = "greenhouse-9664505003"


@pytest.fixture
def place(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    monkeypatch.chdir(tmp_path)
    monkeypatch.setenv("INTERVIEWKIT_DB", str(tmp_path / "records.db"))
    return tmp_path


def run(*args: str) -> tuple[int, str, str]:
    result = CliRunner().invoke(cli, args)
    return result.exit_code, result.stdout, result.stderr


def take(content: object, *args: str, name: str = "gh.json") -> str:
    text = content if isinstance(content, str) else json.dumps(content)
    Path(name).write_text(text, "utf-8")
    code, out, narration = run("records", "from-greenhouse", name, *args)
    assert (code, out) == (0, ""), narration
    return narration


def refused(content: object, *args: str) -> str:
    text = content if isinstance(content, str) else json.dumps(content)
    Path("gh.json").write_text(text, "utf-8")
    code, _, narration = run("records", "from-greenhouse", "gh.json", *args)
    assert code == 1
    return narration


def scorecard(place: Path) -> tuple[Interview, dict[str, Any]]:
    with Store(place / "records.db") as store:
        reader = store.seen_by(Person("", "Nora Lind"))
        (whole, *_), _ = reader.whole_of(store.candidates()[0])
        return whole.interview, {answer.question: answer for answer in whole.answers}


class TestScorecards:
    def test_every_field_comes_in_where_it_belongs(self, place: Path) -> None:
        take(SCORECARD)
        interview, answers = scorecard(place)
        assert interview.interviewer == "Ina Viewer"
        assert (interview.started_at, interview.submitted_at) == (
            "2021-09-29T01:00:00.000Z",
            "2021-09-29T17:23:11.468Z",
        )
        assert (interview.kit, interview.recommendation) == ("gh-preliminary-screening-call", None)
        assert (interview.summary, interview.origin) == ("Quick to the point", "Greenhouse")
        assert {name: (a.competency, a.rating, a.assessed) for name, a in answers.items()} == {
            "gh-willing-to-travel": ("gh-details", 4, True),
            "gh-three-years-of-experience": ("gh-qualifications", 3, True),
            "gh-empathetic": ("gh-traits", 5, True),
            "gh-communication": ("gh-skills", 2, True),
            "gh-negotiation": ("gh-skills", None, False),
            "gh-closing": ("gh-skills", 1, True),
            CLOSING: (None, None, None),
        }
        noted = [note.text for note in answers["gh-three-years-of-experience"].notes]
        assert noted == ["Two & a half", "in Kassel"]
        assert [note.text for note in answers[CLOSING].notes] == ["Salary?: not discussed"]

    @pytest.mark.parametrize(
        ("overall", "ours"),
        [
            ("definitely_not", "definitely_not"),
            ("no", "no"),
            ("yes", "yes"),
            ("strong_yes", "definitely_yes"),
        ],
    )
    def test_the_four_recommendations_are_ours(self, overall: str, ours: str, place: Path) -> None:
        take(SCORECARD | {"overall_recommendation": overall})
        assert scorecard(place)[0].recommendation == ours

    def test_no_id_in_a_hint_does_anything_in_a_shell(self, place: Path) -> None:
        for key, name in (("1; touch x", "Ina Viewer"), ("2$(touch y)", "Viewer Ina")):
            person = INA | {"id": key, "name": name}
            narration = take(SCORECARD | {"id": key, "interviewer": person})
        assert (
            shell_command(
                "people",
                "merge",
                names=["greenhouse-user-2$(touch y)", "greenhouse-user-1; touch x"],
            )
            in narration
        )
        person = INA | {"id": "3`touch z`", "name": "Ina Viewer"}
        option = shell_line(["--same", "greenhouse-user-3`touch z`", "greenhouse-user-1; touch x"])
        assert f"{option}," in refused(SCORECARD | {"id": 3, "interviewer": person})
        code, _, narration = run("people", "merge", "Viewer Ina", "Ina Viewer")
        assert code == 0
        assert (
            shell_command("people", "unmerge", names=["greenhouse-user-2$(touch y)"]) in narration
        )

    def test_private_notes_come_in_only_when_that_is_said(self, place: Path) -> None:
        narration = take(SCORECARD)
        assert "Private Notes of 1 were left out; --private-notes takes them in." in narration
        second = SCORECARD | {"id": 2, "candidate_id": 7}
        take(second, "--private-notes")
        with Store(place / "records.db") as store:
            ids = {"greenhouse-candidate-7", "greenhouse-candidate-40517966003"}
            assert {candidate.id for candidate in store.candidates()} == ids
            whole = store.seen_by(Person("", "Nora")).whole_of(
                store.candidate("greenhouse-candidate-7")
            )[0][0]
        texts = [note.text for answer in whole.answers for note in answer.notes]
        assert "Private Notes: between us" in texts

    @pytest.mark.parametrize(
        "wrapped",
        [
            json.dumps([SCORECARD]),
            json.dumps({"stream": "scorecards", "data": SCORECARD}),
            json.dumps({"stream": "offers", "data": {"id": 1}})
            + "\n"
            + json.dumps({"type": "RECORD", "record": {"stream": "s", "data": SCORECARD}}),
            json.dumps({"scorecards": [SCORECARD, SCORECARD]}),
        ],
        ids=["list", "stream", "lines", "page"],
    )
    def test_any_wrapping_is_read_once(self, wrapped: str, place: Path) -> None:
        assert "1 scorecard" in take(wrapped)
        assert scorecard(place)[0].id == KEY

    def test_the_same_file_twice_changes_nothing(self, place: Path) -> None:
        take(SCORECARD)
        before = (place / "records.db").read_bytes()
        assert "Imported: 0 new, 5 known." in take(SCORECARD)
        assert (place / "records.db").read_bytes() == before

    def test_a_changed_scorecard_becomes_amendments_and_the_original_stays(
        self, place: Path
    ) -> None:
        take(SCORECARD)
        attributes = [dict(item) for item in SCORECARD["attributes"]]
        attributes[0] |= {"rating": "no_decision", "note": "asked again"}
        attributes.append({"name": "New one", "type": "Skills", "note": None, "rating": "yes"})
        changed = SCORECARD | {
            "attributes": attributes,
            "overall_recommendation": "yes",
            "updated_at": "2021-10-02T08:00:00.000Z",
            "questions": [{"question": "Key Take-Aways", "answer": "Slower than thought"}],
        }
        assert "5 amendments" in take(changed)
        interview, answers = scorecard(place)
        travel = answers["gh-willing-to-travel"]
        assert (travel.rating, travel.counts) == (4, None)
        assert (interview.recommendation, interview.counts) == (None, "yes")
        assert interview.amended_why == "changed in Greenhouse"
        added = [a.value for a in answers[CLOSING].amendments]
        assert added == ["gh-new-one: 4", "Summary: Slower than thought"]
        assert "Imported: 0 new" in take(changed)
        assert "Imported: 0 new" in take(SCORECARD)  # an older state changes nothing back
        assert run("data", "check")[0] == 0

    def test_names_come_from_a_file_and_a_renamed_candidate_keeps_the_name(
        self, place: Path
    ) -> None:
        assert "Without a name: 1. Give one with --names." in take(SCORECARD)
        Path("names.csv").write_text("id;name\n40517966003;Jane Roe\n", "utf-16")
        take(SCORECARD, "--names", "names.csv")
        assert scorecard(place)[0].candidate.name == "Jane Roe"
        assert run("candidate", "rename", "Jane Roe", "Jane Doe")[0] == 0
        take(SCORECARD, "--names", "names.csv")
        assert scorecard(place)[0].candidate.name == "Jane Doe"

    @pytest.mark.parametrize("merged", [False, True])
    def test_an_interviewer_who_changed_their_name_there_stays_one_person(
        self, merged: bool, place: Path
    ) -> None:
        take(SCORECARD)
        known = "Ina Viewer"
        if merged:
            args = ("--candidate", "Bo Lind", "--role", "AE", "--interviewer", "Ina V")
            assert run("plan", "add", *args, "--new", "person")[0] == 0
            assert run("people", "merge", "Ina Viewer", "Ina V")[0] == 0
            known = "Ina V"
        renamed = {"interviewer": INA | {"name": "Ina Berger"}}
        later = SCORECARD | renamed | {"id": 2, "candidate_id": 7}
        for change in (later, SCORECARD | renamed, later):
            narration = take(change)
            assert f"Ina Berger in Greenhouse is {known} here" in narration
        with Store(place / "records.db") as store:
            people = {person.name for person in store.people()}
            standings = store.seen_by(Person("", "Nora")).standings()
            ids = store._database.rows("SELECT DISTINCT interviewer_id FROM interview")
        assert "Ina Berger" not in people
        assert {standing.interview.interviewer for standing in standings} == {"Ina Viewer", known}
        assert len(ids) == 1
        assert run("data", "check")[0] == 0

    def test_two_candidates_of_one_name_stay_two(self, place: Path) -> None:
        Path("names.csv").write_text("1,Jane Roe\n2,Jane Roe\n")
        cards = [SCORECARD | {"id": n, "candidate_id": n} for n in (1, 2)]
        take(cards, "--names", "names.csv")
        with Store(place / "records.db") as store:
            assert len(store.candidates()) == 2

    def test_it_goes_out_and_in_again_and_is_marked_where_it_counts(self, place: Path) -> None:
        take(SCORECARD, "--role", "Account executive")
        assert (
            "1 scorecard comes from Greenhouse."
            in json.loads(run("compare", "Account executive", "--json")[1])["warnings"]
        )
        name = "Greenhouse candidate 40517966003"
        assert "from Greenhouse" in run("candidate", "show", name)[1]
        assert run("records", "export", "out.jsonl")[0] == 0
        assert run("--db", "other.db", "records", "import", "out.jsonl")[0] == 0
        shown = json.loads(run("--db", "other.db", "candidate", "show", name, "--json")[1])
        assert shown["interviews"][0]["origin"] == "Greenhouse"
        assert run("--db", "other.db", "data", "check")[0] == 0

    def test_whoever_is_still_to_interview_sees_nothing_of_it(self, place: Path) -> None:
        take(SCORECARD, "--role", "AE")
        name = "Greenhouse candidate 40517966003"
        args = ("--candidate", name, "--role", "AE", "--interviewer", "Tom Becker")
        assert run("plan", "add", *args, "--new", "person")[0] == 0
        changed = SCORECARD | {
            "updated_at": "2021-10-02T08:00:00.000Z",
            "overall_recommendation": "strong_yes",
        }
        narration = take(changed, "--role", "AE")
        assert "yes" not in narration
        _, out, _ = run("candidate", "show", name, "--json", "--interviewer", "Tom Becker")
        (shown,) = json.loads(out)["interviews"]
        assert (shown["withheld"], shown["recommendation"]) == (True, None)
        compared = json.loads(run("compare", "AE", "--json", "--interviewer", "Tom Becker")[1])
        assert not any("Greenhouse." in warning for warning in compared["warnings"])


class TestRefusals:
    @pytest.mark.parametrize(
        ("change", "words"),
        [
            ({"overall_recommendation": "maybe"}, "overall_recommendation is 'maybe'"),
            ({"attributes": [{"name": "A", "type": "B", "rating": 7}]}, "A is rated 7"),
            ({"attributes": [{"type": "B"}]}, "an attribute has no name"),
            ({"attributes": "none"}, "attributes is no list of objects"),
            ({"interviewer": None}, "it names no interviewer"),
            ({"interviewer": {"id": 1}}, "its interviewer has no name"),
            ({"candidate_id": None}, "candidate_id is missing"),
            ({"submitted_at": "yesterday"}, "submitted_at is 'yesterday'"),
            ({"interviewed_at": "2021-09-29T01:00:00"}, "no moment with a time zone"),
        ],
    )
    def test_a_scorecard_that_cannot_be_read_is_named(
        self, change: dict[str, Any], words: str, place: Path
    ) -> None:
        narration = refused(SCORECARD | change)
        assert words in narration
        assert "9664505003" in narration
        assert "Nothing was imported." in narration

    @pytest.mark.parametrize("text", ["{", '{"a": 1}\n{', "[" * 100_000, "\x00\x01"])
    def test_what_is_no_json_is_named(self, text: str, place: Path) -> None:
        assert "this is not JSON" in refused(text)

    def test_a_file_without_scorecards_and_drafts(self, place: Path) -> None:
        assert "hold no scorecard of Greenhouse" in refused([{"id": 1}])
        narration = take([SCORECARD, SCORECARD | {"id": 5, "submitted_at": None}, {"id": 6}])
        assert "Left out: 1 that are scorecards not submitted in Greenhouse." in narration
        assert "Left out: 1 that are no scorecards." in narration

    def test_names_and_roles(self, place: Path) -> None:
        Path("names.csv").write_text("1,a,b\n")
        assert "does not have two cells" in refused(SCORECARD, "--names", "names.csv")
        Path("names.csv").write_text("1,a\n1,b\n")
        assert "1 has two names" in refused(SCORECARD, "--names", "names.csv")
        assert "The role has no title" in refused(SCORECARD, "--role", " ")


STAGES = [
    {
        "id": 1,
        "name": "Phone",
        "interviews": [
            {
                "id": 2,
                "name": "Screen",
                "estimated_minutes": 20,
                "interview_kit": {
                    "id": 3,
                    "content": "<p>Look for grit</p>",
                    "questions": [
                        {"id": 11, "question": "<p>Tell me about a lost deal.</p>"},
                        {"id": 12, "question": "What did you change?"},
                    ],
                },
            },
            {"id": 4, "name": "Chat", "interview_kit": {"content": "", "questions": []}},
        ],
    }
]


class TestKits:
    def test_an_interview_is_a_kit_with_its_minutes_and_ids(self, place: Path) -> None:
        Path("stages.json").write_text(json.dumps(STAGES))
        code, _, narration = run("bank", "from-greenhouse", "stages.json", "ours.yaml")
        assert code == 0, narration
        assert "Wrote ours.yaml: 1 kit, 2 questions." in narration
        assert "Not placed: Screen: Look for grit" in narration
        file = read_bank(Path("ours.yaml"))
        assert [(kit.name, kit.minutes) for kit in file.bank.kits] == [("Screen", 20)]
        assert [q.id for q in file.bank.questions] == ["gh-11", "gh-12"]
        assert {finding.level for finding in lint(file)} <= {"warning", "advice"}
        assert "# Screen (what the kit says to its interviewer): Look for grit" in file.text

    def test_what_is_no_list_and_no_id_is_left_aside(self, place: Path) -> None:
        questions = [{"id": key, "question": f"Why {key!r}?"} for key in (True, -5, 10**80)]
        kits = [{"interview_kit": {"questions": asked}} for asked in (5, questions)]
        Path("kits.json").write_text(json.dumps(kits))
        assert run("bank", "from-greenhouse", "kits.json", "ours.yaml")[0] == 0
        ids = [question.id for question in read_bank(Path("ours.yaml")).bank.questions]
        assert ids[:2] == ["gh-why-true", "gh-why-5"]

    def test_refusals(self, place: Path) -> None:
        digits = "9" * 5000
        for text in (f'{{"id": {digits}}}', f'{{"id": 1}}\n{{"id": {digits}}}'):
            Path("stages.json").write_text(text)
            code, _, narration = run("bank", "from-greenhouse", "stages.json", "o.yaml")
            assert (code, "a number has too many digits" in narration) == (1, True)
        Path("stages.json").write_text("[]")
        assert "hold no interview kit" in run("bank", "from-greenhouse", "stages.json", "o.yaml")[2]
        assert (
            "is not a name for a bank file"
            in run("bank", "from-greenhouse", "stages.json", "o.txt")[2]
        )
        Path("o.yaml").write_text("")
        assert "exists already" in run("bank", "from-greenhouse", "stages.json", "o.yaml")[2]
        assert run("bank", "from-greenhouse", "o.yaml")[0] == 2
