"""Practice files are read whole or refused with every problem at its line."""

from pathlib import Path

import pytest

from interviewkit.banks.elements import Element
from interviewkit.errors import InterviewKitError, NotFoundError, PracticeError
from interviewkit.practice.library import (
    find_practice,
    own_practice_folder,
    practice_locations,
    shipped_practice_folder,
)
from interviewkit.practice.model import StoryLevel
from interviewkit.practice.reader import open_practice, read_practice

SHIPPED = sorted(shipped_practice_folder().glob("*.yaml"))
RUTH = (shipped_practice_folder() / "ruth-adeyemi.yaml").read_text(encoding="utf-8")


@pytest.mark.parametrize("path", SHIPPED, ids=lambda path: path.stem)
def test_a_shipped_file_answers_every_question_of_its_kit(path: Path) -> None:
    file = read_practice(path)
    assert set(file.script.by_question) == {entry.question for entry in file.kit.questions}
    assert file.script.language == file.bank.language


def test_a_script_holds_what_the_file_says() -> None:
    script = open_practice("ruth-adeyemi").script
    answer = script.by_question["new-skill"]
    assert (script.candidate, answer.level, answer.rating) == (
        "Ruth Adeyemi",
        StoryLevel.CANNED,
        2,
    )
    assert not answer.replies[Element.NUMBERS].exists
    assert answer.replies[Element.TASK].exists


def problems(
    folder: Path, text: str, name: str = "ruth-adeyemi.yaml"
) -> list[tuple[int, str, str]]:
    path = folder / name
    path.write_text(text, encoding="utf-8")
    with pytest.raises(PracticeError) as caught:
        read_practice(path)
    assert "so the practice file is not used" in caught.value.message
    return [(finding.line, finding.code, finding.message) for finding in caught.value.findings]


def line_of(text: str, part: str) -> int:
    return text[: text.index(part)].count("\n") + 1


@pytest.mark.parametrize(
    ("old", "new", "code", "message", "line"),
    [
        ("kit: screen-30", "kit: screen-20", "unknown-id", "no kit screen-20", "kit: screen-20"),
        ("bank: customer", "bank: custom", "unknown-id", "Did you mean", "bank: custom"),
        ("language: en", "language: de", "wrong-language", "the bank speaks en", "language: de"),
        (": new-skill", ": new-skil", "unknown-id", "did you mean new-skill?", ": new-skil"),
        ("level: canned", "level: false", "unknown-value", "lived-rich", "level: false"),
        ("   numbers:\n", "   number:\n", "unknown-value", "did you mean numbers?", "number:"),
        ("    rating: 2\n", "    rating: 9\n", "off-scale", "from 1 to 5", "rating: 9"),
        ("    rating: 2\n", "    rating: 6\n", "off-scale", "from 1 to 5", "rating: 6"),
        ("    rating: 5\n", "    rating: 4\n", "missing-field", "not_higher is", "missing-answer"),
        ("    rating: 4\n", "    rating: 5\n", "unknown-field", "the top", "not_higher"),
        ("    rating: 4\n", "    rating: 1\n", "unknown-field", "the bottom", "not_lower"),
        ("otherwise: As", "otherwize: As", "unknown-field", "mean otherwise?", "otherwize"),
        ("practice: 1", "practice: 2", "unknown-value", "practice", "practice: 2"),
        ("id: ruth-adeyemi", "id: ruth", "file-name", "call it ruth.yaml", "id: ruth"),
    ],
)
def test_a_fault_is_told_with_its_line(
    tmp_path: Path, old: str, new: str, code: str, message: str, line: str
) -> None:
    text = RUTH.replace(old, new, 1)
    assert text != RUTH
    told = [(row, code) for row, code, sentence in problems(tmp_path, text) if message in sentence]
    assert [told_code for _, told_code in told] == [code]
    assert line in text.splitlines()[told[0][0] - 1]


def test_all_faults_are_told_at_once(tmp_path: Path) -> None:
    text = RUTH.replace("level: canned", "level: smooth").replace("rating: 5", "rating: 7")
    assert {code for _, code, _ in problems(tmp_path, text)} == {"unknown-value", "off-scale"}


def test_a_question_without_an_answer_is_named(tmp_path: Path) -> None:
    text = RUTH[: RUTH.index("  - question: late-delivery")]
    told = problems(tmp_path, text)
    assert [(code, "late-delivery" in message) for _, code, message in told] == [
        ("answer-missing", True)
    ]
    assert told[0][0] == line_of(RUTH, "answers:")


def test_a_question_answered_twice_is_refused(tmp_path: Path) -> None:
    start = RUTH.index("  - question: late-delivery")
    told = problems(tmp_path, RUTH + RUTH[start:])
    assert [code for _, code, _ in told] == ["duplicate-id"]


def test_a_kit_with_a_role_play_cannot_be_rehearsed(tmp_path: Path) -> None:
    text = RUTH.replace("kit: screen-30", "kit: work-sample-20")
    codes = [code for _, code, _ in problems(tmp_path, text)]
    assert "role-play" in codes


def test_what_is_no_yaml_is_refused_as_a_practice_file(tmp_path: Path) -> None:
    assert problems(tmp_path, "practice: [1\n")[0][1] == "yaml"
    assert problems(tmp_path, "")[0][1] == "empty"


def test_a_bank_that_cannot_be_read_is_told_at_its_name(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("INTERVIEWKIT_BANKS", str(tmp_path / "banks"))
    (tmp_path / "banks").mkdir()
    (tmp_path / "banks" / "mine.yaml").write_text("id: mine\nformat: 1\n", encoding="utf-8")
    text = RUTH.replace("bank: customer-focused-sales", "bank: mine")
    told = problems(tmp_path, text)
    assert [(line, code) for line, code, _ in told] == [
        (line_of(text, "bank: mine"), "bank-unusable")
    ]


def test_one_s_own_file_stands_before_a_shipped_one(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("INTERVIEWKIT_PRACTICE", str(tmp_path))
    (tmp_path / "ruth-adeyemi.yaml").write_text(RUTH, encoding="utf-8")
    located = find_practice("ruth-adeyemi")
    assert (located.path.parent, located.shipped, located.candidate) == (
        tmp_path,
        False,
        "Ruth Adeyemi",
    )
    assert [location.id for location in practice_locations()].count("ruth-adeyemi") == 1


def test_files_are_looked_for_in_the_data_folder_without_a_setting() -> None:
    assert own_practice_folder().name == "practice_files"


def test_an_id_that_is_unknown_is_answered_with_the_nearest() -> None:
    with pytest.raises(NotFoundError, match="Did you mean ruth-adeyemi"):
        open_practice("ruth-adeyem")


def test_a_path_that_is_not_there_is_told(tmp_path: Path) -> None:
    with pytest.raises(InterviewKitError, match="cannot be read"):
        open_practice(str(tmp_path / "none.yaml"))
