"""Erased is erased: no name, no sentence, no id of the person in any byte of the files."""

import shutil
import sqlite3
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path

import pytest

from interviewkit.banks.elements import Element
from interviewkit.errors import BlockedError, StorageError
from interviewkit.interview.erasure import Why
from interviewkit.interview.people import Person
from interviewkit.interview.records import CLOSING, Course, Interview, Outcome, Recommendation
from interviewkit.interview.role_settings import RoleSettings
from interviewkit.storage.file.backup import folder_of
from interviewkit.storage.privacy.erased_backups import remove_backups
from interviewkit.storage.privacy.erasure import GONE
from interviewkit.storage.store import Store
from program import KILL, KILLED
from support import PRIYA, HeldClock, begin, complete

Q = "unspoken-need"
NAME = "Zdenka Quixworth"
SENTENCES = (
    "rang Hallborough at six because the truck stood in Fentwick",
    "told the buyer the truth about the nineteen pallets",
    "a note that was taken away again, grommets and all",
    "the first wording, about the marmalade account",
    "the second wording, about the treacle account",
    "skipped since Mopsworth Ltd had come up before",
    "the summary names the Ollerton depot",
    "a reason with the word perspicacious in it",
    "amended because of the vellum contract",
    "half a line about the oubliette",
    "and the summary of one under way, mentions quinces",
    "decided over the ledger of Umberfield",
    "next comes a walk through the brickyard",
)


def write(store: Store) -> list[Interview]:
    """Every kind of thing that can be written of a person, in every table."""
    sealed = begin(store, NAME)
    notebook = store.notebook(sealed.id)
    notebook.ask(Q, "first-step", "What did you yourself do first?", (Element.OWN_ACTION,))
    notebook.set_outcome(Q, "first-step", Outcome.NEW_DETAIL)
    notebook.add_note(Q, SENTENCES[0], "first-step")
    notebook.add_note(CLOSING, SENTENCES[1])
    notebook.add_note(Q, SENTENCES[2])
    notebook.undo()
    notebook.add_note(Q, SENTENCES[3])
    notebook.edit_note(Q, notebook.answer(Q).notes[-1].id, SENTENCES[4])
    notebook.tick(Q, Element.LEARNING, True)
    notebook.rate(Q, 2)
    notebook.skip("broken-promise", SENTENCES[5])
    notebook.summarise(SENTENCES[6])
    notebook.explain(SENTENCES[7])
    notebook.recommend(Recommendation.YES)
    notebook.submit()
    notebook.amend("note", Q, "see there", SENTENCES[8], PRIYA)
    open_one = begin(store, NAME, interviewer="Tom Becker")
    other = store.notebook(open_one.id)
    other.keep_draft(SENTENCES[9])
    store.decide(
        sealed.role, sealed.candidate, Course.HOLD, SENTENCES[11], SENTENCES[12], "Dana Fox"
    )
    other.summarise(SENTENCES[10])
    return [store._reads.interview(sealed.id), store._reads.interview(open_one.id)]


@pytest.fixture
def path(tmp_path: Path) -> Path:
    folder = tmp_path / "records"
    folder.mkdir()
    return folder / "records.db"


@pytest.fixture
def written(path: Path, clock: HeldClock) -> Iterator[list[Interview]]:
    with Store(path, clock) as store:
        interviews = write(store)
        for number in range(40):  # others, so that pages are shared and stay in use
            complete(store, {Q: 3}, f"Bo Lind {number}")
        list(store.search_index().catch_up())
    yield interviews


def traces(folder: Path, interviews: list[Interview]) -> list[str]:
    """What is found of the person, and of their ids, among the bytes of any file of the folder."""
    ids = [one.id for one in interviews] + [interviews[0].candidate.id]
    words = [word for text in SENTENCES for word in (text, *text.split()) if len(word) > 7]
    found = []
    for file in filter(Path.is_file, folder.rglob("*")):
        content = file.read_bytes()
        wanted = (NAME, "Quixworth", "quixworth", *words, *ids)
        found += [f"{file.name}: {text}" for text in wanted if text.encode() in content]
    return found


def test_nothing_of_the_person_is_left_in_any_byte(
    path: Path, clock: HeldClock, written: list[Interview]
) -> None:
    assert {word.split(": ")[1] for word in traces(path.parent, written)} >= {NAME, *SENTENCES}
    with Store(path, clock) as store:
        result = store.erasing().erase([store.candidate(NAME)], Why.REQUEST)
        assert traces(path.parent, written) == []  # while it is open, with its journal
        copy = path.with_name("copy.db")
        with sqlite3.connect(copy) as target:
            store._connection.backup(target)
        target.close()
        assert len(store._reads.standings()) == 40
        assert store._connection.execute("PRAGMA integrity_check").fetchone() == ("ok",)
        assert store._connection.execute("PRAGMA foreign_key_check").fetchall() == []
        assert store._connection.execute("PRAGMA journal_mode").fetchone() == ("wal",)
        store._connection.execute("INSERT INTO search (search) VALUES ('integrity-check')")
        assert len(store.seen_by(PRIYA).passages().find("lind").hits) == 40
    assert traces(path.parent, written) == []
    assert result.backups == ()


def test_what_others_hold_stays_and_their_seals_hold(
    path: Path, clock: HeldClock, written: list[Interview]
) -> None:
    with Store(path, clock) as store:
        store.erasing().erase([store.candidate(NAME)], Why.REQUEST)
        door = store._exchange()
        assert len([door.document(one) for one in door.sealed_scorecards()]) == 40


def test_the_receipt_speaks_of_nobody(
    path: Path, clock: HeldClock, written: list[Interview]
) -> None:
    with Store(path, clock) as store:
        plan = store.erasing().plan(store.candidate(NAME), PRIYA)
        (receipt,) = store.erasing().erase([store.candidate(NAME)], Why.REQUEST).receipts
        assert store.erasing().receipts() == [receipt]
        assert (receipt.why, receipt.interviews) == (Why.REQUEST, 2)
        assert receipt.at == "2026-03-02T09:00:00.000Z"
        assert (plan.interviews, plan.under_way) == (2, 1)
        assert receipt.rows == sum(plan.rows.values())
        assert plan.rows["audit_log"] > 5
        assert not store.erasing().is_unfinished()


def test_a_legal_hold_refuses_whole(path: Path, clock: HeldClock, written: list[Interview]) -> None:
    with Store(path, clock) as store:
        role = store.role("Account executive")
        store.retention().change(role, RoleSettings(hold="Charge 7-2026"), "Priya Raman")
        with pytest.raises(BlockedError, match="under a legal hold: Account executive, Charge 7"):
            store.erasing().erase([store.candidate(NAME)], Why.REQUEST)
        assert store.candidate(NAME).name == NAME
        assert store.erasing().receipts() == []
        store.retention().change(role, RoleSettings(), "Priya Raman")
        store.erasing().erase([store.candidate(NAME)], Why.REQUEST)


def test_an_ended_hold_that_named_the_person_forgets_the_name(
    path: Path, clock: HeldClock, written: list[Interview]
) -> None:
    with Store(path, clock) as store:
        role, door = store.role("Account executive"), store.retention()
        door.change(role, RoleSettings(hold=f"Charge of {NAME.upper()}"), "Priya Raman")
        door.change(role, RoleSettings(), "Priya Raman")
        store.erasing().erase([store.candidate(NAME)], Why.REQUEST)
        assert [(one.before, one.after) for one in door.history(role)] == [("", GONE), (GONE, "")]
        with pytest.raises(sqlite3.IntegrityError, match="only ever added to"):
            store._connection.execute("UPDATE role_change SET after = 'x'")
        with pytest.raises(sqlite3.IntegrityError, match="only ever added to"):
            store._connection.execute("DELETE FROM role_change")
    assert [word for word in traces(path.parent, written) if "QUIX" in word.upper()] == []


class another_window:  # noqa: N801 - reads as a context
    """A process of its own that has the records open, as the application has."""

    CODE = (
        "import sys; from pathlib import Path; from interviewkit.storage.store import Store\n"
        "with Store(Path(sys.argv[1])) as store:\n"
        "    store._reads.standings(); print('open', flush=True); sys.stdin.read()"
    )

    def __init__(self, path: Path) -> None:
        self.process = subprocess.Popen(
            [sys.executable, "-c", self.CODE, str(path)],
            stdin=subprocess.PIPE,
            stdout=subprocess.PIPE,
            text=True,
        )

    def __enter__(self) -> None:
        assert self.process.stdout
        assert self.process.stdout.readline() == "open\n"

    def __exit__(self, *_: object) -> None:
        self.process.communicate()


def test_it_is_refused_while_another_window_has_the_records_open(
    path: Path, clock: HeldClock, written: list[Interview]
) -> None:
    with Store(path, clock) as store:
        with (
            another_window(path),
            pytest.raises(BlockedError, match="open in another window or program"),
        ):
            store.erasing().erase([store.candidate(NAME)], Why.REQUEST)
        assert store._connection.execute("PRAGMA journal_mode").fetchone() == ("wal",)
        assert len(store._reads.answers(written[0].id)) > 1
        store.erasing().erase([store.candidate(NAME)], Why.REQUEST)
    assert traces(path.parent, written) == []


def test_all_of_several_or_nobody(path: Path, clock: HeldClock, written: list[Interview]) -> None:
    with Store(path, clock) as store:
        complete(store, {Q: 3}, "Cy Young", role="Held role")
        held = store.role("Held role")
        store.retention().change(held, RoleSettings(hold="A charge"), "Priya Raman")
        people = [store.candidate(NAME), store.candidate("Cy Young")]
        with pytest.raises(BlockedError):
            store.erasing().erase(people, Why.RETENTION)
        assert store.candidate(NAME).name == NAME
        store.retention().change(held, RoleSettings(), "Priya Raman")
        assert len(store.erasing().erase(people, Why.RETENTION).receipts) == 2


CUT_OFF = f"""
import sys
from pathlib import Path
from interviewkit.interview.erasure import Why
from interviewkit.storage.privacy.erasure import Erasing
from interviewkit.storage.store import Store

def killed(self, *args):
    {KILL}

setattr(Erasing, sys.argv[2], killed)
with Store(Path(sys.argv[1])) as store:
    store.erasing().erase([store.candidate(sys.argv[3])], Why.REQUEST)
"""


def test_one_that_is_cut_off_before_cleaning_is_ended_later(
    path: Path, clock: HeldClock, written: list[Interview]
) -> None:
    run = subprocess.run([sys.executable, "-c", CUT_OFF, str(path), "clean", NAME], check=False)
    assert run.returncode == KILLED
    with Store(path, clock) as store:
        assert store.erasing().is_unfinished()
        store.erasing().clean()
        assert not store.erasing().is_unfinished()
    assert traces(path.parent, written) == []


@pytest.mark.parametrize("moment", ["_forget_in_settings", "_delete"])
def test_one_that_is_cut_off_in_the_middle_erased_nobody(
    path: Path, clock: HeldClock, written: list[Interview], moment: str
) -> None:
    run = subprocess.run([sys.executable, "-c", CUT_OFF, str(path), moment, NAME], check=False)
    assert run.returncode == KILLED
    with Store(path, clock) as store:
        assert store._connection.execute("PRAGMA journal_mode").fetchone() == ("wal",)
        assert [store._reads.interview(one.id) for one in written] == written
        under_way = store._connection.execute("SELECT count(*) FROM erasure_under_way")
        assert under_way.fetchone() == (0,)
        assert not store.erasing().is_unfinished()
        store.erasing().erase([store.candidate(NAME)], Why.REQUEST)
    assert traces(path.parent, written) == []


def test_a_name_in_others_records_is_shown_and_only_where_it_may_be_read(
    path: Path, clock: HeldClock, written: list[Interview]
) -> None:
    with Store(path, clock) as store:
        for who in ("Tom Becker", "Priya Raman"):
            other = begin(store, "Cy Young", interviewer=who, role="Other role")
            notebook = store.notebook(other.id)
            notebook.add_note(Q, f"worked with zdenka  quixworth, says {who}")
            notebook.add_note(Q, "and a Quixworth cousin")
            notebook.recommend(Recommendation.NO)
            if who == "Tom Becker":
                notebook.submit()
        mentions = store.erasing().plan(store.candidate(NAME), PRIYA).mentions
        assert [(one.text[:11], one.is_whole) for one in mentions] == [
            ("", True),
            ("", False),
            ("worked with", True),
            ("and a Quixw", False),
        ]
        assert mentions[0].where == f"note on Cy Young by Tom Becker, {Q}"
        readers = store.erasing().plan(store.candidate(NAME), Person("", "Recruiter")).mentions
        assert [bool(one.text) for one in readers] == [True, True, False, False]


def test_a_name_in_an_own_follow_up_or_on_a_card_is_shown(
    path: Path, clock: HeldClock, written: list[Interview]
) -> None:
    with Store(path, clock) as store:
        other = begin(store, "Cy Young", interviewer="Priya Raman", role="Other role")
        store.notebook(other.id).ask_own(Q, "and what did Zdenka Quixworth say?")
        card = "Worked with Zdenka Quixworth: who led?"
        store.planning().add(
            candidate="Cy Young", role="Other role", interviewer="Tom Becker", card=card
        )
        mentions = store.erasing().plan(store.candidate(NAME), PRIYA).mentions
        assert [(one.where, one.text, one.is_whole) for one in mentions] == [
            (
                f"own follow-up on Cy Young by Priya Raman, {Q}",
                "and what did Zdenka Quixworth say?",
                True,
            ),
            ("card on Cy Young for Tom Becker", card, True),
        ]


def test_backups_that_hold_the_person_are_named_and_can_be_deleted(
    path: Path, clock: HeldClock, written: list[Interview]
) -> None:
    folder = folder_of(path)
    folder.mkdir()
    for name in ("monday.db", "tuesday.db"):
        shutil.copy(path, folder / name)
    (folder / "locked.db").write_bytes(b"\x8e" * 8192)
    with Store(folder / "empty.db") as empty:
        begin(empty, "Cy Young")
    with Store(path, clock) as store:
        erased = store.erasing().erase([store.candidate(NAME)], Why.REQUEST)
    assert [(one.path.name, one.is_read) for one in erased.backups] == [
        ("locked.db", False),
        ("monday.db", True),
        ("tuesday.db", True),
    ]
    remove_backups([one for one in erased.backups if one.is_read])
    assert sorted(one.name for one in folder.iterdir()) == ["empty.db", "locked.db"]


def test_the_backups_of_another_database_stay_and_what_was_cut_off_goes(
    path: Path, clock: HeldClock, written: list[Interview]
) -> None:
    folder = folder_of(path)
    folder.mkdir()
    own = folder / f"{path.name}.20260302T090000Z.daily"
    anothers = folder / "other.db.20260302T090000Z.daily"
    shutil.copy(path, own)
    shutil.copy(path, anothers)  # it holds the person, too, under the same ids
    unknown = path.with_name(".interviewkit-x1y2")
    shutil.copy(path, unknown)
    with Store(path, clock) as store:
        erased = store.erasing().erase([store.candidate(NAME)], Why.REQUEST)
    assert [(one.path, one.is_own) for one in erased.backups] == [(anothers, False), (own, True)]
    assert erased.leftovers == (unknown,)
    assert remove_backups(erased.backups) == [own]
    assert sorted(folder.iterdir()) == [anothers]


def test_an_encrypted_backup_of_ones_own_is_opened_and_can_be_deleted(
    path: Path, clock: HeldClock, written: list[Interview]
) -> None:
    from interviewkit.storage.file.backup import DAILY, back_up
    from interviewkit.storage.file.encryption import new_key
    from interviewkit.storage.file.reencrypt import reencrypt

    key = new_key("correct horse battery")
    with Store(path, clock) as store:
        own = back_up(store._connection, path, DAILY, clock.now())
    reencrypt(path, None, key)
    with Store(path, clock, unlock=lambda _: key) as store:
        erased = store.erasing().erase([store.candidate(NAME)], Why.REQUEST)
    assert [(one.path, one.is_removable) for one in erased.backups] == [(own, True)]


@pytest.mark.posix("a limit on a program's files")
def test_a_file_that_cannot_be_cleaned_says_so_and_is_cleaned_later(
    path: Path, clock: HeldClock, written: list[Interview]
) -> None:
    """VACUUM needs room for the file once more; here it may grow to no size at all."""
    code = (
        "import resource, sys; from pathlib import Path\n"
        "from interviewkit.errors import StorageError\n"
        "from interviewkit.storage.store import Store\n"
        "from interviewkit.storage.privacy.erasure import Erasing\n"
        "import signal; signal.signal(signal.SIGXFSZ, signal.SIG_IGN)\n"
        "with Store(Path(sys.argv[1])) as store:\n"
        "    store._connection.execute('UPDATE erasure SET cleaned = 0')\n"
        "    resource.setrlimit(resource.RLIMIT_FSIZE, (4096, 4096))\n"
        "    try:\n"
        "        store.erasing().clean()\n"
        "    except StorageError as error:\n"
        "        print(error)\n"
    )
    with Store(path, clock) as store:
        store.erasing().erase([store.candidate(NAME)], Why.REQUEST)
    run = subprocess.run(
        [sys.executable, "-c", code, str(path)], capture_output=True, text=True, check=True
    )
    assert "The rows are erased, but the file could not be cleaned yet: " in run.stdout
    assert "run `interviewkit data purge`" in run.stdout
    with Store(path, clock) as store:
        assert store.erasing().is_unfinished()
        store.erasing().clean()
        assert not store.erasing().is_unfinished()


def test_a_backup_that_cannot_be_deleted_is_named(tmp_path: Path) -> None:
    from interviewkit.interview.erasure import BackupWithPerson

    (tmp_path / "folder.db").mkdir()
    with pytest.raises(StorageError, match=r"folder\.db cannot be deleted"):
        remove_backups([BackupWithPerson(tmp_path / "folder.db", True)])
