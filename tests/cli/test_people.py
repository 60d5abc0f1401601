"""Whatever takes a name takes an id or a reference, and refuses a name that several bear."""

import json
from collections.abc import Iterator
from pathlib import Path

import click
import pytest
from click.testing import CliRunner, Result

from interviewkit.cli import completers
from interviewkit.cli.main import cli
from interviewkit.interview.people import RecordKind
from interviewkit.storage.store import Store
from support import HeldClock, complete

Q = "unspoken-need"
BANK = ("--bank", "customer-focused-sales", "--kit", "first-45")
# Every command with each of its names that is a candidate's, a role's or a person's, as TWICE.
KIT_FILE = ("guide", "customer-focused-sales", "screen-30", "--fillable", "-o", "kit.html")
AS_ONE = ("--interviewer", "ONE")
TRANSCRIPT = ("transcript", "add")
CONSENT = ("--consent-by", "ONE", "--consent-day", "2026-03-02")
TAKES_A_NAME = {
    "interview candidate": ("interview", "--candidate", "TWICE", "--role", "x", *BANK),
    "interview role": ("interview", "--candidate", "x", "--role", "TWICE", *BANK),
    "interview interviewer": (
        *("interview", "--candidate", "x", "--role", "y", "--interviewer", "TWICE"),
        *BANK,
    ),
    "compare role": ("compare", "TWICE"),
    "calibration new interviewer": (
        *("calibration", "new", "ruth-adeyemi", "-o", "x.jsonl", "--interviewer"),
        "TWICE",
    ),
    "calibration list interviewer": ("calibration", "list", "--interviewer", "TWICE"),
    "calibration export interviewer": (
        *("calibration", "export", "x", "x.jsonl", "--interviewer"),
        "TWICE",
    ),
    "calibration show interviewer": ("calibration", "show", "x", "--interviewer", "TWICE"),
    "calibration round interviewer": (
        *("calibration", "round", "x", "-o", "x.jsonl", "--interviewer"),
        "TWICE",
    ),
    "calibration remove interviewer": ("calibration", "remove", "x", "--interviewer", "TWICE"),
    "feedback title": ("feedback", "--role", "TWICE"),
    "feedback interviewer": ("feedback", "--interviewer", "TWICE"),
    "candidate erase name": ("candidate", "erase", "TWICE", "--yes"),
    "candidate erase interviewer": ("candidate", "erase", "ONE", "--interviewer", "TWICE"),
    "candidate export name": ("candidate", "export", "TWICE", "pack"),
    "candidate export interviewer": (
        *("candidate", "export", "ONE", "pack", "--interviewer"),
        "TWICE",
    ),
    "candidate merge name": ("candidate", "merge", "TWICE", "ONE"),
    "candidate merge target": ("candidate", "merge", "ONE", "TWICE"),
    "candidate reference name": ("candidate", "reference", "TWICE", "r"),
    "candidate rename name": ("candidate", "rename", "TWICE", "x"),
    "candidate show name": ("candidate", "show", "TWICE"),
    "candidate show interviewer": ("candidate", "show", "ONE", "--interviewer", "TWICE"),
    "role merge name": ("role", "merge", "TWICE", "ONE"),
    "role merge target": ("role", "merge", "ONE", "TWICE"),
    "role reference name": ("role", "reference", "TWICE", "r"),
    "role rename name": ("role", "rename", "TWICE", "x"),
    "role set title": ("role", "set", "TWICE", "--months", "6"),
    "role set owner": ("role", "set", "ONE", "--owner", "TWICE"),
    "role set interviewer": ("role", "set", "ONE", "--months", "6", "--interviewer", "TWICE"),
    "role show title": ("role", "show", "TWICE"),
    "people email name": ("people", "email", "TWICE", "x@y.org"),
    "people me name": ("people", "me", "TWICE"),
    "people merge name": ("people", "merge", "TWICE", "ONE"),
    "people merge target": ("people", "merge", "ONE", "TWICE"),
    "people rename name": ("people", "rename", "TWICE", "x"),
    "plan add candidate": ("plan", "add", "--candidate", "TWICE", "--role", "ONE"),
    "plan add role": ("plan", "add", "--candidate", "ONE", "--role", "TWICE"),
    "plan add interviewer": (
        *("plan", "add", "--candidate", "ONE", "--role", "ONE", "--interviewer"),
        "TWICE",
    ),
    "plan import role": ("plan", "import", "x.csv", "--role", "TWICE", "--interviewer", "ONE"),
    "plan import interviewers": (
        *("plan", "import", "x.csv", "--role", "ONE", "--interviewer"),
        "TWICE",
    ),
    "plan import candidate": ("plan", "import", "x.ics", "--role", "ONE", "--candidate", "TWICE"),
    "records export candidate": ("records", "export", "-", "--for-ats", "--candidate", "TWICE"),
    "records from-greenhouse title": ("records", "from-greenhouse", "x.json", "--role", "TWICE"),
    "guide candidate": (*KIT_FILE, *AS_ONE, "--candidate", "TWICE", "--role", "ONE"),
    "guide role": (*KIT_FILE, *AS_ONE, "--candidate", "ONE", "--role", "TWICE"),
    "guide interviewer": (
        *(*KIT_FILE, "--candidate", "ONE", "--role", "ONE", "--interviewer"),
        "TWICE",
    ),
    "transcript add name": (*TRANSCRIPT, "x.vtt", "TWICE", *CONSENT),
    "transcript add role": (*TRANSCRIPT, "x.vtt", "ONE", *CONSENT, "--role", "TWICE"),
    "transcript add interviewer": (
        *(*TRANSCRIPT, "x.vtt", "ONE", *CONSENT, "--interviewer"),
        "TWICE",
    ),
    "transcript list interviewer": ("transcript", "list", "--interviewer", "TWICE"),
    "transcript show name": ("transcript", "show", "TWICE"),
    "transcript show role": ("transcript", "show", "ONE", "--role", "TWICE"),
    "transcript show interviewer": ("transcript", "show", "ONE", "--interviewer", "TWICE"),
    "transcript remove name": ("transcript", "remove", "TWICE"),
    "transcript remove role": ("transcript", "remove", "ONE", "--role", "TWICE"),
    "transcript remove interviewer": ("transcript", "remove", "ONE", "--interviewer", "TWICE"),
}
INVITATION = (
    "BEGIN:VCALENDAR\r\nVERSION:2.0\r\nPRODID:x\r\nBEGIN:VEVENT\r\nUID:u\r\n"
    "DTSTART:20260302T090000Z\r\nATTENDEE;CN=ONE:mailto:o@ours.example\r\n"
    "ORGANIZER:mailto:o@ours.example\r\nEND:VEVENT\r\nEND:VCALENDAR\r\n"
)
SCORECARD = '{"attributes": [], "candidate_id": 1, "overall_recommendation": "yes"}'
# These take anyone who looks, on records where only the name decides; or a name that only merged
# records bear.
ELSEWHERE = {
    *("transcript add held_by", "transcript show held_by", "transcript remove held_by"),
    "hub erase candidate",
    *("bank stats interviewer", "compare interviewer", "search interviewer"),
    *("records export interviewer", "candidate unmerge name", "role unmerge name"),
    *("people unmerge name", "calibration rate interviewer"),
    *(
        f"{group} {command} interviewer"
        for group in ("candidate", "role", "people")
        for command in ("merge", "reference", "email", "rename", "unmerge")
    ),
}


def run(db: Path, *args: str, text: str | None = None) -> Result:
    return CliRunner().invoke(cli, ["--db", str(db), *args], input=text)


@pytest.fixture
def db(tmp_path: Path, clock: HeldClock, monkeypatch: pytest.MonkeyPatch) -> Path:
    """Two candidates, roles and people called TWICE, one of each called ONE."""
    monkeypatch.setenv("INTERVIEWKIT_INTERVIEWER", "Recruiter")
    monkeypatch.chdir(tmp_path)
    (tmp_path / "x.csv").write_text("name\nONE\n")
    (tmp_path / "x.ics").write_text(INVITATION, newline="")
    (tmp_path / "x.json").write_text(SCORECARD)
    (tmp_path / "x.vtt").write_text("WEBVTT\n\n00:01.000 --> 00:02.000\nONE: Yes.\n")
    path = tmp_path / "records" / "records.db"
    with Store(path, clock) as store:
        for name in ("TWICE", "Second", "ONE"):
            complete(store, {Q: 4}, candidate=name, role=name, interviewer=name)
        registry = store.registry()
        for kind in RecordKind:
            second = registry.resolve(kind, "Second")
            registry.set_reference(second, f"REF-{kind}", "")
            registry.rename(second, "TWICE", "")
    return path


def commands(group: click.Group, path: tuple[str, ...] = ()) -> Iterator[tuple[str, click.Command]]:
    ctx = click.Context(group)
    for name in group.list_commands(ctx):
        command = group.get_command(ctx, name)
        if isinstance(command, click.Group):
            yield from commands(command, (*path, name))
        elif command is not None:
            yield " ".join((*path, name)), command


def test_no_command_that_takes_a_name_is_left_out() -> None:
    names = (
        completers.complete_candidate,
        completers.complete_role,
        completers.complete_interviewer,
    )
    taking = {
        f"{path} {param.name}"
        for path, command in commands(cli)
        for param in command.params
        if getattr(param, "_custom_shell_complete", None) in names
    }
    assert taking - ELSEWHERE == set(TAKES_A_NAME)


@pytest.mark.parametrize("args", TAKES_A_NAME.values(), ids=TAKES_A_NAME)
def test_an_ambiguous_name_is_refused_and_whom_it_could_mean_is_listed(
    db: Path, args: tuple[str, ...]
) -> None:
    with Store(db) as store:
        before = list(store._connection.iterdump())
    result = run(db, *args)
    assert result.exit_code == 1
    assert "'TWICE' could mean 2" in result.stderr
    assert "REF-" in result.stderr
    with Store(db) as store:
        assert list(store._connection.iterdump()) == before


def test_a_reference_and_an_id_mean_one(db: Path) -> None:
    assert "TWICE" in run(db, "candidate", "show", "REF-candidate").stdout
    with Store(db) as store:
        key = store.candidate("REF-candidate").id
    assert run(db, "candidate", "erase", key, "--yes", "--leave-mentions").exit_code == 0
    assert run(db, "candidate", "show", "TWICE").exit_code == 0  # the other one is still here


class TestCommands:
    def test_rename_merge_and_unmerge(self, db: Path) -> None:
        renamed = run(db, "candidate", "rename", "ONE", "Ada Okafor")
        assert renamed.stderr == "ONE is now called Ada Okafor.\n"
        merged = run(db, "candidate", "merge", "ONE", "REF-candidate")
        assert merged.exit_code == 0
        undo = merged.stderr.splitlines()[-1]
        assert undo.startswith("To undo it: interviewkit candidate unmerge ")
        assert len(json.loads(run(db, "candidate", "list", "--json").stdout)) == 2
        assert run(db, "candidate", "unmerge", undo.rpartition(" ")[2]).exit_code == 0
        assert len(json.loads(run(db, "candidate", "list", "--json").stdout)) == 3

    def test_references_are_set_and_taken_away(self, db: Path) -> None:
        assert run(db, "role", "reference", "ONE", "REQ-1").stderr == "ONE: reference REQ-1.\n"
        assert run(db, "people", "email", "ONE", "one@x.org").stderr == "ONE: email one@x.org.\n"
        assert run(db, "people", "email", "one@x.org", "").stderr == "ONE: email none.\n"

    def test_who_one_is(self, db: Path, monkeypatch: pytest.MonkeyPatch) -> None:
        said = run(db, "people", "me", "ONE")
        assert "On this computer you are ONE." in said.stderr
        assert "The settings say Recruiter, and they take precedence" in said.stderr
        assert run(db, "people", "me").stdout == "Recruiter\n"
        monkeypatch.delenv("INTERVIEWKIT_INTERVIEWER")
        assert run(db, "people", "me").stdout == "ONE\n"
        listed = json.loads(run(db, "people", "list", "--json").stdout)
        assert [one["name"] for one in listed if one["is_you"]] == ["ONE"]
        assert run(db, "people", "list").stdout.count("you") == 1

    def test_a_plan_is_made_listed_and_cancelled(self, db: Path) -> None:
        add = ("plan", "add", "--candidate", "ONE", "--role", "ONE", "--interviewer")
        added = run(db, *add, "Tom Becker", *BANK)
        assert added.stderr.startswith("Planned: Tom Becker interviews ONE for ONE. Its id: ")
        (entry,) = json.loads(run(db, "plan", "list", "--json").stdout)
        assert (entry["state"], entry["kit"]) == ("planned", "first-45")
        assert entry["id"] in run(db, "plan", "list").stdout
        assert run(db, "plan", "cancel", entry["id"]).exit_code == 0
        assert run(db, "plan", "list").stderr == "Nothing is planned.\n"
        assert "cancelled" in run(db, "plan", "list", "--cancelled").stdout
        unknown = run(db, *add, "Tom Becker", "--bank", "customer-focused-sales", "--kit", "no")
        assert (unknown.exit_code, "no kit called 'no'" in unknown.stderr) == (1, True)
        assert run(db, *add, "Tom", "--kit", "first-45").exit_code == 2

    def test_a_name_nearly_known_is_asked_about(self, db: Path) -> None:
        run(db, "role", "rename", "ONE", "Account executive")
        add = ("plan", "add", "--candidate", "ONE", "--role", "account exec")
        refused = run(db, *add)
        assert refused.exit_code == 1
        assert "New role: account exec. Did you mean Account executive?" in refused.stderr
        assert "--new role" in refused.stderr
        assert run(db, *add, "--new", "role").exit_code == 0

    def test_an_import_asks_who_is_who(self, db: Path, tmp_path: Path) -> None:
        with Store(tmp_path / "other.db", HeldClock()) as other:
            complete(other, {Q: 2}, candidate="ONE", role="ONE", interviewer="Uma Voss")
        run(tmp_path / "other.db", "records", "export", "other.jsonl")
        refused = run(db, "records", "import", "other.jsonl")
        assert refused.exit_code == 1
        assert "candidate ONE" in refused.stderr
        assert "--same" in refused.stderr
        assert "--apart" in refused.stderr
        taken = run(db, "records", "import", "other.jsonl", "--same", "ONE", "ONE")
        assert taken.exit_code == 0, taken.stderr
        assert "known  candidate" in taken.stderr
        assert "new    scorecard" in taken.stderr
        again = run(db, "records", "import", "other.jsonl", "--json")
        assert json.loads(again.stdout)["new"] == 0
