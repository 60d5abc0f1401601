import json
import shutil
import subprocess
import sys
from html.parser import HTMLParser
from pathlib import Path

import pytest
from click.testing import CliRunner, Result

from interviewkit.banks.elements import Element
from interviewkit.cli.main import cli
from interviewkit.interview.records import Course, Recommendation
from interviewkit.interview.role_settings import RoleSettings, Visibility
from interviewkit.storage.store import Store
from support import PRIYA, HeldClock, begin, complete, has_mode

Q = "unspoken-need"


@pytest.fixture(autouse=True)
def _a_name(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("INTERVIEWKIT_INTERVIEWER", "Recruiter")


def run(db: Path, *args: str) -> Result:
    return CliRunner().invoke(cli, ["--db", str(db), "candidate", *args])


@pytest.fixture
def db(tmp_path: Path, clock: HeldClock) -> Path:
    """Ada seen by Tom and Priya, Bo by Tom while Priya is interviewing Bo."""
    path = tmp_path / "records" / "records.db"
    with Store(path, clock) as store:
        complete(store, {Q: 4}, "Ada Okafor", "Tom Becker")
        complete(store, {Q: 2}, "Ada Okafor", "Priya Raman", recommendation=Recommendation.NO)
        complete(store, {Q: 3}, "Bo Lind", "Tom Becker")
        notebook = store.notebook(begin(store, "Bo Lind", interviewer="Priya Raman").id)
        notebook.add_note(Q, "rang Sandra Meyer, as Ada Okafor would have")
        notebook.keep_draft("half a line")
    return path


def settings(db: Path, of: RoleSettings, by: str = "Dana Fox") -> None:
    with Store(db) as store:
        store.retention().change(store.role("Account executive"), of, by)


class TestListing:
    def test_everybody_with_how_long_they_are_kept(self, db: Path) -> None:
        settings(db, RoleSettings(place="us"))
        result = run(db, "list")
        assert (result.exit_code, result.stderr) == (0, "")
        assert result.stdout == (
            "Ada Okafor  Account executive  2 scorecards  kept until 2 Mar 2027\n"
            "Bo Lind     Account executive  1 scorecard   kept until 2 Mar 2027\n"
        )
        data = json.loads(run(db, "list", "--json").stdout)
        assert [(one["name"], one["scorecards"], one["under_way"]) for one in data] == [
            ("Ada Okafor", 2, 0),
            ("Bo Lind", 1, 1),
        ]
        assert data[0]["keep_until"] == "2027-03-02"
        assert data[0]["roles"][0]["months"] == 12

    def test_nobody_yet(self, tmp_path: Path) -> None:
        Store(tmp_path / "empty.db").close()
        result = run(tmp_path / "empty.db", "list")
        assert (result.exit_code, result.stdout) == (0, "")
        assert result.stderr == "There are no candidates yet.\n"

    def test_one_with_their_interviews_and_the_clock(self, db: Path) -> None:
        settings(db, RoleSettings(months=3, hold="Charge 7"))
        result = run(db, "show", "ada OKAFOR")
        assert result.exit_code == 0
        lines = result.stdout.splitlines()
        assert lines[0] == "Ada Okafor · kept: legal hold on Account executive"
        assert lines[1] == (
            "  Account executive: last recorded 2026-03-02, until 2026-06-02 · legal hold: Charge 7"
        )
        assert lines[3] == "2026-03-02  submitted  Account executive  Tom Becker   yes"

    def test_what_the_viewer_may_not_see_is_withheld(self, db: Path) -> None:
        shown = json.loads(run(db, "show", "Bo Lind", "--json").stdout)["interviews"]
        assert [one["recommendation"] for one in shown] == ["yes", None]
        own = run(db, "show", "Bo Lind", "--json", "--interviewer", "priya raman").stdout
        assert [one["recommendation"] for one in json.loads(own)["interviews"]] == [None, None]
        text = run(db, "show", "Bo Lind", "--interviewer", "Priya Raman").stdout
        assert text.splitlines()[3].endswith("Tom Becker   withheld")

    def test_what_another_recommends_before_submitting_is_not_told(self, db: Path) -> None:
        with Store(db) as store:
            interview = begin(store, "Bo Lind", interviewer="Priya Raman")
            store.notebook(interview.id).recommend(Recommendation.DEFINITELY_NOT)
        shown = json.loads(run(db, "show", "Bo Lind", "--json").stdout)["interviews"]
        assert [one["recommendation"] for one in shown] == ["yes", None]
        own = run(db, "show", "Bo Lind", "--json", "--interviewer", "Priya Raman").stdout
        recommendations = [one["recommendation"] for one in json.loads(own)["interviews"]]
        assert recommendations == [None, "definitely_not"]

    def test_an_unknown_name_is_told_the_nearest(self, db: Path) -> None:
        result = run(db, "show", "Ada Okafer")
        assert (result.exit_code, result.stdout) == (1, "")
        assert result.stderr.startswith("There is no candidate called 'Ada Okafer'.\nDid you mean ")


class Page(HTMLParser):
    """The text of a page, and what in it could act or load something."""

    def __init__(self, text: str) -> None:
        super().__init__()
        self.text = ""
        self.acts: list[str] = []
        self.feed(text)

    def handle_data(self, data: str) -> None:
        self.text += data

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        if tag in ("script", "a", "img", "link", "iframe", "form"):
            self.acts.append(tag)
        self.acts += [name for name, _ in attrs if name.startswith("on") or name in ("src", "href")]


class TestExporting:
    def test_the_pack_holds_everything_in_two_forms(self, db: Path, tmp_path: Path) -> None:
        with Store(db) as store:
            (sealed,) = [
                card for card, _ in store._reads.scorecards() if card.interviewer == "Priya Raman"
            ]
            notebook = store.notebook(sealed.id)
            notebook.amend("rating", Q, "3", "Mixed up.", PRIYA)
            notebook.amend("recommendation", "", "yes", "Spoke to a referee.", PRIYA)
            store.decide(
                sealed.role, sealed.candidate, Course.HIRE, "All agreed.", "Call her.", "Dana Fox"
            )
        folder = tmp_path / "a folder" / "Ada's"
        result = run(db, "export", "Ada Okafor", str(folder))
        assert (result.exit_code, result.stdout) == (0, "")
        assert result.stderr.startswith(
            f"Wrote {folder / 'pack.json'} and {folder / 'pack.html'}.\n"
        )
        assert has_mode(folder, 0o700)
        assert all(has_mode(file, 0o600) for file in folder.iterdir())
        pack = json.loads((folder / "pack.json").read_text(encoding="utf-8"))
        assert pack["candidate"]["name"] == "Ada Okafor"
        tom, priya = pack["interviews"]
        assert (tom["interviewer"], tom["state"], tom["recommendation"]) == (
            "Tom Becker",
            "submitted",
            "yes",
        )
        answer = next(one for one in priya["answers"] if one["question"] == Q)
        assert (answer["rating"], answer["rating_that_counts"]) == (2, 3)
        assert answer["notes"][0]["text"] == f"what Ada Okafor said of {Q}"
        assert answer["asked"].startswith("Take me back to a sale")
        assert priya["amended_recommendation"] == "yes"
        assert [one["what"] for one in priya["history"]] == ["note", "rating", "recommendation"]
        page = Page((folder / "pack.html").read_text(encoding="utf-8"))
        assert page.acts == []
        for words in (
            "Ada Okafor",
            f"what Ada Okafor said of {Q}",
            "rated 3 of 5 (amended, was 2)",
            "Reason: Spoke to a referee.",
            "Account executive: hire, recorded by Dana Fox",
            "Reason: All agreed. Next steps: Call her.",
            answer["asked"],
        ):
            assert words in page.text

    def test_one_under_way_is_part_of_it(self, db: Path, tmp_path: Path) -> None:
        assert run(db, "export", "Bo Lind", str(tmp_path / "bo")).exit_code == 0
        pack = json.loads((tmp_path / "bo" / "pack.json").read_text(encoding="utf-8"))
        assert [one["state"] for one in pack["interviews"]] == ["submitted", "under way"]
        assert pack["interviews"][1]["draft"] == "half a line"
        assert "Not yet entered" in (tmp_path / "bo" / "pack.html").read_text(encoding="utf-8")

    def test_whoever_is_interviewing_cannot_read_others_through_it(
        self, db: Path, tmp_path: Path
    ) -> None:
        result = run(db, "export", "Bo Lind", str(tmp_path / "bo"), "--interviewer", "priya raman")
        assert result.exit_code == 1
        assert result.stderr.startswith("You are interviewing Bo Lind yourself")
        assert not (tmp_path / "bo").exists()

    def test_where_a_role_limits_it_the_owner_makes_the_pack(
        self, db: Path, tmp_path: Path
    ) -> None:
        settings(db, RoleSettings(owner="Dana Fox", visibility=Visibility.OWN))
        result = run(db, "export", "Ada Okafor", str(tmp_path / "ada"), "--interviewer", "Tom")
        assert result.exit_code == 1
        assert result.stderr.endswith("Let Dana Fox make it.\n")
        assert not (tmp_path / "ada").exists()
        result = run(db, "export", "Ada Okafor", str(tmp_path / "ada"), "--interviewer", "dana fox")
        assert result.exit_code == 0

    def test_what_is_written_in_it_never_acts_on_the_page(
        self, tmp_path: Path, clock: HeldClock
    ) -> None:
        nasty = "<script>alert(1)</script><img src=x onerror=y> & \x1b[2J"
        with Store(tmp_path / "r.db", clock) as store:
            begin_one = begin(store, nasty, role=nasty, interviewer=nasty)
            store.notebook(begin_one.id).add_note(Q, nasty)
        assert run(tmp_path / "r.db", "export", nasty, str(tmp_path / "out")).exit_code == 0
        page = Page((tmp_path / "out" / "pack.html").read_text(encoding="utf-8"))
        assert page.acts == []
        assert "<script>alert(1)</script><img src=x onerror=y> & ␛[2J" in page.text

    def test_a_probe_stands_between_the_notes_as_it_was_asked(
        self, tmp_path: Path, clock: HeldClock
    ) -> None:
        with Store(tmp_path / "r.db", clock) as store:
            notebook = store.notebook(begin(store, "Ada Okafor").id)
            for text in ("first", "third"):
                notebook.add_note(Q, f"the {text} line")
                clock.pass_(10)
                notebook.ask(Q, f"after-{text}", f"asked after the {text}", (Element.TIME,))
                clock.pass_(10)
        run(tmp_path / "r.db", "export", "Ada Okafor", str(tmp_path / "out"))
        text = Page((tmp_path / "out" / "pack.html").read_text(encoding="utf-8")).text
        told = [
            "the first line",
            "asked after the first",
            "the third line",
            "asked after the third",
        ]
        places = [text.index(words) for words in told]
        assert places == sorted(places)

    def test_own_follow_ups_marks_and_cards_are_part_of_it(
        self, tmp_path: Path, clock: HeldClock
    ) -> None:
        with Store(tmp_path / "r.db", clock) as store:
            store.planning().add(
                role="Account executive",
                candidate="Ada Okafor",
                interviewer="Tom Becker",
                card="Verify what\nSandra Meyer signed.",
            )
            notebook = store.notebook(begin(store, "Ada Okafor").id)
            notebook.ask_own(Q, "and Herbert Kunz, what of him?")
            notebook.add_note(Q, "he left")
            notebook.mark_note(Q, notebook.answer(Q).notes[0].id, marked=True)
            notebook.tick(Q, Element.TIME, False)
        result = run(tmp_path / "r.db", "export", "Ada Okafor", str(tmp_path / "out"))
        assert "  Herbert Kunz ×1\n" in result.stderr
        assert "  Sandra Meyer ×1\n" in result.stderr
        pack = json.loads((tmp_path / "out" / "pack.json").read_text(encoding="utf-8"))
        assert [card["text"] for card in pack["cards"]] == ["Verify what\nSandra Meyer signed."]
        (answer,) = [one for one in pack["interviews"][0]["answers"] if one["question"] == Q]
        assert [probe["is_own"] for probe in answer["probes"]] == [True]
        assert [note["is_marked"] for note in answer["notes"]] == [True]
        changed = [change["what"] for change in pack["interviews"][0]["history"]]
        assert changed == ["follow_up", "note", "mark", "tick"]
        text = Page((tmp_path / "out" / "pack.html").read_text(encoding="utf-8")).text
        for words in (
            "Asked in own words: and Herbert Kunz, what of him? (outcome not noted)",
            ", tied to the rating",
            "time: marked by hand as not there",
            "For Tom Becker, Account executive, 2026-03-02",
            "Verify what\nSandra Meyer signed.",
        ):
            assert words in text
        run(tmp_path / "r.db", "export", "Ada Okafor", str(tmp_path / "masked"), "--anonymous")
        masked = (tmp_path / "masked" / "pack.json").read_text(encoding="utf-8")
        assert "Tom Becker" not in masked

    def test_names_in_the_notes_are_listed_for_review(self, db: Path, tmp_path: Path) -> None:
        result = run(db, "export", "Bo Lind", str(tmp_path / "bo"))
        assert "Words in the notes that look like names" in result.stderr
        assert "  Sandra Meyer ×1\n" in result.stderr
        assert "  Ada Okafor ×1\n" in result.stderr
        assert "--hide" not in result.stderr

    def test_an_anonymous_pack_names_nobody_who_is_known_or_hidden(
        self, db: Path, tmp_path: Path
    ) -> None:
        folder = tmp_path / "bo"
        result = run(db, "export", "Bo Lind", str(folder), "--anonymous")
        assert "  Sandra Meyer ×1\n" in result.stderr
        assert "--hide NAME removes one" in result.stderr
        result = run(db, "export", "Bo Lind", str(folder), "--anonymous", "--hide", "Sandra Meyer")
        assert "Sandra" not in result.stderr
        with Store(db) as store:
            ids = [one.interview.id for one in store._reads.standings()] + [
                store.candidate("Bo Lind").id
            ]
            seals = [card.seal for card, _ in store._reads.scorecards()]
        for file in folder.iterdir():
            text = file.read_text(encoding="utf-8")
            for name in ("Bo", "Lind", "Ada", "Okafor", "Tom", "Becker", "Priya", "Sandra"):
                assert name not in text
            assert "interviewer A" in text
            assert "[somebody], as [somebody] would have" in text
            assert not any(str(one) in text for one in [*ids, *seals])

    def test_hiding_names_goes_with_anonymous(self, db: Path, tmp_path: Path) -> None:
        result = run(db, "export", "Bo Lind", str(tmp_path / "x"), "--hide", "Sandra")
        assert result.exit_code == 2
        assert "--hide needs --anonymous." in result.stderr

    def test_a_folder_that_cannot_be_made_is_told(self, db: Path, tmp_path: Path) -> None:
        (tmp_path / "file").write_text("in the way")
        result = run(db, "export", "Ada Okafor", str(tmp_path / "file" / "deeper"))
        assert result.exit_code == 1
        assert "deeper cannot be made: " in result.stderr


class TestDecisionInAPack:
    def test_a_pack_is_refused_rather_than_made_without_a_decision(
        self, tmp_path: Path, clock: HeldClock
    ) -> None:
        path = tmp_path / "records.db"
        with Store(path, clock) as store:
            role = begin(store, "Ada Okafor", "Sales manager", "Priya Raman").role
            ada = store.candidate("Ada Okafor")
            store.decide(role, ada, Course.HIRE, "The panel said so.", "", "Dana Fox")
        result = run(
            path, "export", "Ada Okafor", str(tmp_path / "pack"), "--interviewer", "Priya Raman"
        )
        assert result.exit_code == 1
        assert result.stderr.splitlines() == [
            "You are interviewing Ada Okafor yourself, and the pack holds what a panel decided.",
            "Submit your own scorecard first, or let somebody else make the pack.",
        ]
        assert not (tmp_path / "pack").exists()


class TestErasing:
    def test_without_yes_it_only_says_what_would_go(self, db: Path) -> None:
        result = run(db, "erase", "ada okafor")
        assert result.exit_code == 0
        lines = result.stdout.splitlines()
        assert lines[0] == "Ada Okafor: 2 interviews."
        assert lines[1].startswith("Rows: answer ")
        assert lines[2].startswith("The name, or a part of it, in others' records")
        assert lines[3] == f"  note on Bo Lind by Priya Raman, {Q}: (you may not read it)"
        assert result.stderr == "Nothing was erased. Add --yes to do it.\n"
        assert "Ada Okafor" in run(db, "list").stdout

    def test_a_mention_elsewhere_is_to_be_looked_at_first(self, db: Path) -> None:
        result = run(db, "erase", "Ada Okafor", "--yes")
        assert result.exit_code == 1
        assert "is also in others' records" in result.stderr
        assert "Ada Okafor" in run(db, "list").stdout
        result = run(db, "erase", "Ada Okafor", "--yes", "--leave-mentions", "--why", "mistake")
        assert result.exit_code == 0
        assert "Erased. Receipt " in result.stderr
        assert (
            "Exports, workbooks and copies made elsewhere cannot be found from here"
            in result.stderr
        )
        assert run(db, "list").stdout.startswith("Bo Lind")

    def test_a_hold_is_told_beforehand_and_refuses(self, db: Path) -> None:
        settings(db, RoleSettings(hold="Charge 7"))
        told = run(db, "erase", "Bo Lind")
        assert "Legal hold on Account executive: Charge 7. It would be refused." in told.stderr
        result = run(db, "erase", "Bo Lind", "--yes")
        assert result.exit_code == 1
        assert "Bo Lind is under a legal hold: Account executive, Charge 7." in result.stderr
        assert "Bo Lind" in run(db, "list").stdout

    def test_while_an_interview_is_open_elsewhere_it_is_refused(self, db: Path) -> None:
        code = (
            "import sys; from pathlib import Path; from interviewkit.storage.store import Store\n"
            "with Store(Path(sys.argv[1])) as store:\n"
            "    store._reads.standings(); print('open', flush=True); sys.stdin.read()"
        )
        with subprocess.Popen(
            [sys.executable, "-c", code, str(db)], stdin=subprocess.PIPE, stdout=subprocess.PIPE
        ) as window:
            assert window.stdout
            window.stdout.readline()
            result = run(db, "erase", "Bo Lind", "--yes")
            window.communicate()
        assert result.exit_code == 1
        assert "The records are open in another window or program." in result.stderr
        assert "Bo Lind" in run(db, "list").stdout

    @pytest.mark.parametrize("remove", [True, False])
    def test_backups_that_remain_are_named_or_deleted(self, db: Path, remove: bool) -> None:
        (db.parent / "backups").mkdir()
        backup = db.parent / "backups" / "2026-03-02.db"
        shutil.copy(db, backup)
        result = run(db, "erase", "Bo Lind", "--yes", *(["--backups"] if remove else []))
        assert result.exit_code == 0
        assert backup.exists() is not remove
        said = "Deleted the backup" if remove else "The backup"
        assert f"{said} {backup}" in result.stderr
        assert ("--backups deletes these now" in result.stderr) is not remove

    @pytest.mark.parametrize(
        ("count", "sentence"),
        [
            ("3", "The program keeps the last 3 of each kind and deletes older ones"),
            ("0", "The settings keep no daily backups, so the program deletes none of these"),
        ],
    )
    def test_how_long_backups_remain_is_as_the_settings_say(
        self, db: Path, monkeypatch: pytest.MonkeyPatch, count: str, sentence: str
    ) -> None:
        monkeypatch.setenv("INTERVIEWKIT_BACKUPS", count)
        (db.parent / "backups").mkdir()
        shutil.copy(db, db.parent / "backups" / "2026-03-02.db")
        assert sentence in run(db, "erase", "Bo Lind", "--yes").stderr
