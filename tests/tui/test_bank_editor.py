"""A bank under the editor: real files, changed, saved, undone, made one's own."""

from pathlib import Path

import pytest

from interviewkit.banks.ids import unused_id
from interviewkit.banks.library import BankLocation, find_bank, shipped_folder, users_folder
from interviewkit.banks.loader import read_bank
from interviewkit.errors import BankError, BlockedError, ChangedOnDiskError, InterviewKitError
from interviewkit.workflows import bank_edits
from interviewkit.workflows.bank_editor import BankEditor, begin_bank, read_snapshot
from support import ROOT, shipped

SMALL = (ROOT / "tests/banks/small.yaml").read_text(encoding="utf-8")
ASK = ("questions", "broken-promise", "ask")
SHIPPED = "customer-focused-sales"


@pytest.fixture
def path() -> Path:
    users_folder().mkdir(parents=True)
    path = users_folder() / "small.yaml"
    path.write_text(SMALL, encoding="utf-8")
    return path


@pytest.fixture
def editor(path: Path) -> BankEditor:
    return BankEditor(BankLocation("small", path, False))


def ask(editor: BankEditor, words: str) -> None:
    editor.apply([lambda draft: draft.set(ASK, words)])


def test_a_change_is_on_disk_once_it_is_saved_and_nothing_else_differs(
    editor: BankEditor, path: Path
) -> None:
    ask(editor, "What did you promise?")
    assert editor.is_changed
    assert path.read_text(encoding="utf-8") == SMALL
    editor.save()
    assert not editor.is_changed
    changed = SMALL.replace("Tell me about a promise that was not kept.", "What did you promise?")
    assert path.read_text(encoding="utf-8") == changed


def test_a_change_that_would_make_the_bank_unusable_is_refused_whole(editor: BankEditor) -> None:
    steps = [
        lambda draft: draft.set(("title",), "Another"),
        lambda draft: draft.set(ASK, ""),
    ]
    with pytest.raises(BankError):
        editor.apply(steps)
    assert not editor.is_changed
    assert editor.snapshot.bank is not None
    assert editor.snapshot.bank.title == "A small bank"


def test_trying_a_change_tells_where_it_is_wrong_and_changes_nothing(editor: BankEditor) -> None:
    snapshot = editor.preview([lambda draft: draft.set(ASK, "")])
    assert snapshot.file is None
    assert [address for address, _ in snapshot.findings] == [ASK]
    assert not editor.is_changed


def test_undo_takes_back_a_whole_change(editor: BankEditor) -> None:
    ask(editor, "One?")
    editor.apply(
        [
            lambda draft: draft.set(ASK, "Two?"),
            lambda draft: draft.set(("title",), "Two"),
        ]
    )
    assert editor.undo()
    assert editor.snapshot.bank is not None
    assert (editor.snapshot.bank.title, editor.snapshot.bank.questions[0].ask) == (
        "A small bank",
        "One?",
    )
    assert editor.undo()
    assert not editor.undo()
    assert not editor.is_changed


def test_what_another_program_wrote_is_noticed_and_written_over_only_when_asked(
    editor: BankEditor, path: Path
) -> None:
    assert not editor.is_outdated
    ask(editor, "Mine?")
    path.write_text(SMALL + "# theirs\n", encoding="utf-8")
    assert editor.is_outdated
    with pytest.raises(ChangedOnDiskError):
        editor.save()
    assert path.read_text(encoding="utf-8").endswith("# theirs\n")
    editor.save(over=True)
    assert "Mine?" in path.read_text(encoding="utf-8")
    assert not editor.is_outdated


def test_reading_again_gives_what_the_other_program_wrote(editor: BankEditor, path: Path) -> None:
    ask(editor, "Mine?")
    path.write_text(SMALL.replace("A small bank", "Theirs"), encoding="utf-8")
    editor.reload()
    assert editor.snapshot.bank is not None
    assert editor.snapshot.bank.title == "Theirs"
    assert not editor.is_changed
    assert not editor.undo()


def test_a_shipped_bank_is_extended_by_a_small_file_of_ones_own() -> None:
    editor = BankEditor(find_bank(SHIPPED))
    assert editor.shipped
    editor.extend()
    ask(editor, "Mine?")
    editor.save()
    mine = find_bank(SHIPPED)
    assert mine.path == users_folder() / f"{SHIPPED}.yaml"
    assert not mine.shipped
    assert len(mine.path.read_text(encoding="utf-8").splitlines()) < 15
    bank = read_bank(mine.path).bank
    assert bank.question("broken-promise").ask == "Mine?"
    assert len(bank.questions) == len(shipped().bank.questions)
    text = (shipped_folder() / f"{SHIPPED}.yaml").read_text(encoding="utf-8")
    assert "Mine?" not in text


def test_a_whole_copy_differs_in_its_id_only() -> None:
    editor = BankEditor(find_bank(SHIPPED))
    editor.copy("my-own")
    editor.save()
    text = (users_folder() / "my-own.yaml").read_text(encoding="utf-8")
    assert text == shipped().source.replace(f"\nid: {SHIPPED}\n", "\nid: my-own\n")


def test_a_copy_never_takes_the_file_of_another_bank(path: Path) -> None:
    editor = BankEditor(find_bank(SHIPPED))
    editor.copy("small")
    editor.save()
    assert path.read_text(encoding="utf-8") == SMALL
    assert (users_folder() / "small-2.yaml").exists()


def test_a_folder_that_cannot_be_made_is_said(monkeypatch: pytest.MonkeyPatch, path: Path) -> None:
    monkeypatch.setenv("INTERVIEWKIT_BANKS", str(path / "below a file"))
    editor = BankEditor(find_bank(SHIPPED))
    editor.extend()
    with pytest.raises(InterviewKitError, match="cannot be made"):
        editor.save()


def test_a_new_bank_can_be_used_at_once() -> None:
    found = begin_bank("hospital-sales", "Selling to 'hospitals': [b]x[/]")
    bank = read_bank(found.path).bank
    assert (bank.id, bank.title) == ("hospital-sales", "Selling to 'hospitals': [b]x[/]")
    assert find_bank("hospital-sales").title == bank.title


def test_a_bank_that_cannot_be_used_is_still_looked_at(path: Path) -> None:
    path.write_text(SMALL.replace("competency: recovery", "competency: recovry"), encoding="utf-8")
    snapshot = read_snapshot(BankLocation("small", path, False))
    assert snapshot.bank is None
    ((address, finding),) = snapshot.findings
    assert address == ("questions", "broken-promise", "competency")
    assert finding.line == 23
    path.write_text("a: [", encoding="utf-8")
    assert [
        address for address, _ in read_snapshot(BankLocation("small", path, False)).findings
    ] == [()]


# What can be done to a part, worked out before it is


def test_a_question_moves_among_those_of_its_competency() -> None:
    bank = shipped().bank
    order = [one.id for one in bank.questions if one.competency == "customer-needs"]
    every = [one.id for one in bank.questions]
    second: tuple[str, str] = ("questions", order[1])
    assert bank_edits.position_after_move(bank, ("questions", order[0]), -1) is None
    assert bank_edits.position_after_move(bank, second, 1) == bank_edits.NewPosition(order[2])
    before = every[every.index(order[0]) - 1]
    assert bank_edits.position_after_move(bank, second, -1) == bank_edits.NewPosition(before)
    assert bank_edits.position_after_move(
        bank, ("questions", every[1]), -1
    ) == bank_edits.NewPosition(None)
    assert bank_edits.position_after_move(bank, (), 1) is None


def test_what_is_taken_away_leaves_the_kits_too(editor: BankEditor) -> None:
    bank = editor.snapshot.bank
    assert bank is not None
    gone = bank_edits.removal(bank, ("questions", "broken-promise"))
    assert "from Short too" in gone.description
    editor.apply(gone.steps)
    assert editor.snapshot.bank is not None
    assert [entry.question for entry in editor.snapshot.bank.kits[0].questions] == [
        "other-department"
    ]
    assert gone.next == ("questions", "other-department")


@pytest.mark.parametrize(
    ("address", "words"),
    [
        (("competencies", "recovery"), "still has a question"),
        (("kits", "short"), "only one of its kind"),
    ],
)
def test_what_something_else_needs_is_not_taken_away(
    editor: BankEditor, address: tuple[str, ...], words: str
) -> None:
    assert editor.snapshot.bank is not None
    with pytest.raises(BlockedError, match=words):
        bank_edits.removal(editor.snapshot.bank, address)


def test_a_competency_goes_with_its_weights(editor: BankEditor) -> None:
    editor.apply(
        [lambda draft: draft.set(("questions", "broken-promise", "competency"), "ownership")]
    )
    assert editor.snapshot.bank is not None
    editor.apply(bank_edits.removal(editor.snapshot.bank, ("competencies", "recovery")).steps)
    assert editor.snapshot.bank.kits[0].weights == {}
    assert [one.id for one in editor.snapshot.bank.competencies] == ["ownership"]


@pytest.mark.parametrize(
    ("words", "taken", "name"),
    [
        ("Tell me about a time you lost", [], "lost"),
        ("Großer Ärger über alles hinaus", [], "grosser-arger-uber-alles"),
        ("東京", [], "new"),
        ("One", ["one", "one-2"], "one-3"),
        ("What did you do?", [], "what-did-you-do"),
        ("x" * 80, ["x" * 40], "x" * 40 + "-2"),
    ],
)
def test_an_id_is_made_from_words(words: str, taken: list[str], name: str) -> None:
    assert unused_id(words, taken) == name
