"""Tables of candidates and calendar invitations: the plan they make, and bring up to date."""

import json
import sqlite3
from pathlib import Path
from typing import Any

import pytest
from click.testing import CliRunner

from interviewkit.cli.main import cli
from interviewkit.errors import InterviewKitError
from interviewkit.intake.appointments import kit_for, read_candidate_table
from interviewkit.intake.calendar_file import read_invitations
from interviewkit.storage.store import Store

WEST_EUROPE = """\
BEGIN:VTIMEZONE
TZID:W. Europe Standard Time
BEGIN:STANDARD
DTSTART:16010101T030000
TZOFFSETFROM:+0200
TZOFFSETTO:+0100
RRULE:FREQ=YEARLY;BYDAY=-1SU;BYMONTH=10
END:STANDARD
BEGIN:DAYLIGHT
DTSTART:16010101T020000
TZOFFSETFROM:+0100
TZOFFSETTO:+0200
RRULE:FREQ=YEARLY;BYDAY=-1SU;BYMONTH=3
END:DAYLIGHT
END:VTIMEZONE
"""


def invitation(
    start: str = "DTSTART:20260302T090000Z",
    *,
    sequence: int = 0,
    zone: str = "",
    uid: str = "u1@google.com",
    more: str = "",
    method: str = "REQUEST",
    guest: str = "ATTENDEE;CN=Ada Okafor:mailto:ada@mail.example",
) -> str:
    return (
        f"BEGIN:VCALENDAR\nVERSION:2.0\nPRODID:-//x//EN\nMETHOD:{method}\n{zone}BEGIN:VEVENT\n"
        f"UID:{uid}\nSEQUENCE:{sequence}\n{start}\n"
        "SUMMARY:First round, 45 minutes · Account executive\n"
        "ORGANIZER;CN=Rec Ruiter:mailto:rec@ours.example\n"
        "ATTENDEE;CN=Rec Ruiter:mailto:rec@ours.example\n"
        "ATTENDEE;CN=Priya Raman:MAILTO:Priya@ours.example\n"
        "ATTENDEE;CUTYPE=ROOM;CN=Room 4:mailto:room4@rooms.example\n"
        f"{guest}\n{more}END:VEVENT\nEND:VCALENDAR\n"
    ).replace("\n", "\r\n")


@pytest.fixture(autouse=True)
def place(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    monkeypatch.chdir(tmp_path)
    monkeypatch.setenv("INTERVIEWKIT_DB", str(tmp_path / "records.db"))
    return tmp_path


def take(text: str, *args: str, name: str = "invite.ics") -> str:
    Path(name).write_text(text, "utf-8")
    result = CliRunner().invoke(cli, ["plan", "import", name, "--role", "AE", *args])
    assert (result.exit_code, result.stdout) == (0, ""), result.stderr
    return result.stderr


def refused(text: str, *args: str, name: str = "invite.ics") -> str:
    Path(name).write_text(text, "utf-8")
    result = CliRunner().invoke(cli, ["plan", "import", name, *args])
    assert result.exit_code == 1
    return result.stderr


def plan(*args: str) -> list[dict[str, Any]]:
    result = CliRunner().invoke(cli, ["plan", "list", "--json", *args])
    data: list[dict[str, Any]] = json.loads(result.stdout)
    return data


class TestCalendar:
    def test_the_guest_is_the_candidate_and_the_organizer_no_interviewer(self) -> None:
        assert "Planned: 1 new." in take(invitation())
        (entry,) = plan()
        assert entry["candidate"]["name"] == "Ada Okafor"
        assert entry["candidate"]["reference"] == "ada@mail.example"
        assert (entry["interviewer"]["name"], entry["role"]["title"]) == ("Priya Raman", "AE")
        assert entry["starts_at"] == "2026-03-02T09:00:00.000Z"

    @pytest.mark.parametrize(
        ("start", "zone", "moment"),
        [
            ("DTSTART:20260702T090000Z", "", "2026-07-02T09:00:00.000Z"),
            ("DTSTART;TZID=Europe/Berlin:20260702T110000", "", "2026-07-02T09:00:00.000Z"),
            (
                "DTSTART;TZID=W. Europe Standard Time:20260702T110000",
                WEST_EUROPE,
                "2026-07-02T09:00:00.000Z",
            ),
            (
                "DTSTART;TZID=W. Europe Standard Time:20260102T110000",
                "",
                "2026-01-02T10:00:00.000Z",
            ),
            ("DTSTART;TZID=Pacific Standard Time:20260702T110000", "", "2026-07-02T18:00:00.000Z"),
            ("DTSTART;VALUE=DATE:20260702", "", ""),
        ],
        ids=["utc", "google", "outlook", "windows", "pacific", "day"],
    )
    def test_time_zones_of_google_outlook_and_windows(
        self, start: str, zone: str, moment: str
    ) -> None:
        Path("i.ics").write_text(invitation(start, zone=zone))
        (item,) = read_invitations(Path("i.ics"))
        assert item.starts_at == moment

    def test_the_same_again_changes_nothing_and_a_later_state_moves_it(self, place: Path) -> None:
        take(invitation())
        before = plan("--cancelled")
        assert "Planned: 1 known." in take(invitation())
        assert plan("--cancelled") == before
        moved = invitation("DTSTART:20260303T100000Z", sequence=1)
        assert "Planned: 1 moved." in take(moved)
        assert plan()[0]["starts_at"] == "2026-03-03T10:00:00.000Z"
        assert "Planned: 1 older." in take(invitation())
        assert plan()[0]["starts_at"] == "2026-03-03T10:00:00.000Z"
        assert plan()[0]["id"] == before[0]["id"]

    def test_each_change_of_a_time_is_in_the_log_and_no_other_program_makes_one(
        self, place: Path
    ) -> None:
        take(invitation())
        take(invitation("DTSTART:20260303T100000Z", sequence=1))
        with Store(place / "records.db") as store:
            times = store._database.rows(
                "SELECT before, after FROM audit_log WHERE subject = 'plan' "
                "AND what = 'starts_at' ORDER BY seq"
            )
            first, moved = '"2026-03-02T09:00:00.000Z"', '"2026-03-03T10:00:00.000Z"'
            assert times == [('""', first), (first, moved)]
        assert CliRunner().invoke(cli, ["data", "check"]).exit_code == 0
        with sqlite3.connect(place / "records.db") as connection:
            connection.execute("UPDATE plan SET starts_at = '2026-03-04T10:00:00.000Z'")
        connection.close()
        check = CliRunner().invoke(cli, ["data", "check"])
        assert (check.exit_code, "its starts_at is not what the log says" in check.stdout) == (
            1,
            True,
        )

    def test_a_state_beyond_the_formats_largest_is_its_largest(self) -> None:
        take(invitation(sequence=10**30))
        assert "Planned: 1 older." in take(invitation(sequence=2**31 - 2))

    @pytest.mark.parametrize("more", ["STATUS:CANCELLED\n", ""])
    def test_a_cancelled_invitation_closes_its_entry(self, more: str) -> None:
        take(invitation())
        method = "REQUEST" if more else "CANCEL"
        assert "Planned: 1 cancelled." in take(invitation(sequence=1, more=more, method=method))
        assert plan() == []
        assert "Planned: 1 older." in take(invitation())
        assert plan() == []

    def test_what_was_cancelled_by_hand_stays_so(self) -> None:
        take(invitation())
        CliRunner().invoke(cli, ["plan", "cancel", plan()[0]["id"]])
        assert "Planned: 1 known." in take(invitation())
        assert plan() == []

    def test_an_interviewer_who_is_invited_no_more_is_off_the_plan(self) -> None:
        tom = "ATTENDEE;CN=Tom Becker:mailto:tom@ours.example\n"
        take(invitation(more=tom))
        assert {entry["interviewer"]["name"] for entry in plan()} == {"Priya Raman", "Tom Becker"}
        take(invitation(sequence=1))
        assert {entry["interviewer"]["name"] for entry in plan()} == {"Priya Raman"}

    def test_a_kit_named_in_the_summary_is_planned(self) -> None:
        take(invitation(), "--bank", "customer-focused-sales", "--kit", "first-45")
        assert (plan()[0]["bank"], plan()[0]["kit"]) == ("customer-focused-sales", "first-45")
        kits = {"a": "First round", "b": "In depth"}
        assert kit_for("Interview: first ROUND with Ada", kits) == "a"
        assert kit_for("First round or in depth", kits) == ""

    def test_a_series_counts_once_and_that_is_said(self) -> None:
        narration = take(invitation(more="RRULE:FREQ=WEEKLY;COUNT=4\n"))
        assert "1 of the invitations are a series; only the first date counts." in narration
        assert len(plan()) == 1

    def test_names_come_from_addresses_and_a_known_candidate_stands_in_the_summary(self) -> None:
        take(invitation(guest="ATTENDEE:mailto:bo.lindqvist@mail.example"))
        assert plan()[0]["candidate"]["name"] == "Bo Lindqvist"
        second = invitation(uid="u2", guest="").replace("Account executive", "Bo Lindqvist")
        take(second)
        assert {entry["candidate"]["name"] for entry in plan()} == {"Bo Lindqvist"}

    def test_a_candidate_from_within_does_not_interview_themselves(self) -> None:
        colleague = "ATTENDEE;CN=Ada Okafor:mailto:ada@ours.example"
        take(invitation(guest=colleague), "--candidate", "Ada Okafor")
        assert {entry["interviewer"]["name"] for entry in plan()} == {"Priya Raman"}

    @pytest.mark.parametrize(
        ("text", "args", "words"),
        [
            ("no calendar", (), "is no calendar that can be read"),
            ("BEGIN:VCALENDAR\r\nEND:VCALENDAR\r\n", (), "holds no appointment"),
            (invitation(uid=""), (), "it has no UID"),
            (invitation(), (), "which role is it for?"),
            (invitation(guest=""), ("--role", "AE"), "who is the candidate?"),
            (
                invitation(more="ATTENDEE;CN=Other One:mailto:o@else.example\n"),
                ("--role", "AE"),
                "It invites Ada Okafor, Other One.",
            ),
            (invitation(), ("--role", "AE", "--domain", "nobody.example"), "who is the candidate?"),
        ],
    )
    def test_what_cannot_be_told_is_asked_for(
        self, text: str, args: tuple[str, ...], words: str, place: Path
    ) -> None:
        assert words in refused(text, *args)
        assert not (place / "records.db").exists() or plan("--cancelled") == []

    def test_whoever_is_invited_is_blind_until_they_have_submitted(self, place: Path) -> None:
        take(invitation())
        with Store(place / "records.db") as store:
            reader = store.seen_by(store.person("Priya Raman"))
            assert store.candidate("Ada Okafor").id in reader.limited_candidates()


class TestTable:
    TABLE = (
        "Name;Reference;Role;Round;Interviewer;When\r\n"
        "Ada Okafor;REQ-1;AE;First round, 45 minutes;Priya Raman, Tom Becker;02.03.2026 09:30\r\n"
        "Bo Lindqvist;REQ-2;;;;\r\n"
    )

    def test_a_row_plans_an_interview_and_one_without_an_interviewer_makes_the_candidate(
        self, place: Path, monkeypatch: pytest.MonkeyPatch
    ) -> None:
        narration = take(self.TABLE, "--bank", "customer-focused-sales", name="plan.csv")
        assert "Candidates without an interviewer yet, added: 1." in narration
        assert "Planned: 2 new." in narration
        assert {entry["interviewer"]["name"] for entry in plan()} == {"Priya Raman", "Tom Becker"}
        with Store(place / "records.db") as store:
            assert {c.reference for c in store.candidates()} == {"REQ-1", "REQ-2"}
        assert "Planned: 2 known." in take(
            self.TABLE, "--bank", "customer-focused-sales", name="plan.csv"
        )
        assert len(plan()) == 2

    @pytest.mark.parametrize(
        ("text", "words"),
        [
            ("Who,When\nAda,2026-03-02\n", "no column is called name"),
            ("Name,When\nAda,soon\n", "'soon' is no time that can be read"),
            ("Name,Role\n,AE\n", "the name is missing"),
            ("Name\n", "holds no candidates"),
            ("Name,Interviewer\nAda,Tom\n", "which role is it for?"),
        ],
    )
    def test_a_row_at_fault_is_named(self, text: str, words: str) -> None:
        assert words in refused(text, name="plan.csv")

    def test_nothing_is_planned_where_a_later_name_could_mean_two_candidates(self) -> None:
        rows = "Ada Okafor,REQ-1,Priya Raman\nAda Okafor,REQ-2,\nAda Okafor,,Tom Becker\n"
        words = refused(f"Name,Reference,Interviewer\n{rows}", "--role", "AE", name="plan.csv")
        assert "Ada Okafor" in words
        assert plan("--cancelled") == []
        with Store(Path("records.db")) as store:
            assert (store.candidates(), store.roles(), store.people()) == ([], [], [])

    def test_times_as_people_write_them(self) -> None:
        Path("plan.csv").write_text("name\twhen\nA\t2026-03-02T09:30:00Z\nB\t2 Mar 2026, 09:30\n")
        first, second = read_candidate_table(Path("plan.csv"))
        assert first.starts_at == "2026-03-02T09:30:00.000Z"
        assert second.starts_at.startswith("2026-03-0")

    def test_what_is_no_table_is_refused(self) -> None:
        Path("plan.xlsx").write_bytes(b"none")
        with pytest.raises(InterviewKitError, match="cannot be read"):
            read_candidate_table(Path("plan.xlsx"))
