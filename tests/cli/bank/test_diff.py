"""``bank diff`` in a trainer's words."""

import json
from dataclasses import replace
from pathlib import Path

import pytest
from click.testing import CliRunner, Result

from interviewkit.banks.diff import diff_banks
from interviewkit.banks.loader import parse_bank
from interviewkit.cli.main import cli
from support import ROOT, shipped

SMALL = (ROOT / "tests/banks/small.yaml").read_text(encoding="utf-8")
PROBE = "      - id: new-one\n        ask: What came of it?\n        elicits: [result]\n"
CHANGES = {
    "a probe added": (
        "      - id: who-knew\n",
        PROBE + "      - id: who-knew\n",
        ["probe added to broken-promise: new-one"],
    ),
    "an anchor reworded": (
        "      4: four\n",
        "      4: quattro\n",
        ["anchor 4 of ownership reworded: four → quattro"],
    ),
    "minutes of a question": (
        "        minutes: 5\n",
        "        minutes: 6\n",
        ["kit short: minutes of other-department 5 → 6"],
    ),
    "a weight": ("recovery: 2\n", "recovery: 3\n", ["kit short: weight of recovery 2 → 3"]),
    "a weight that counted 1 all along": ("recovery: 2\n", "recovery: 2\n      ownership: 1\n", []),
    "a question reworded": (
        "ask: Tell me about a promise",
        "ask: Tell me of a promise",
        ["ask of broken-promise reworded"],
    ),
    "what a probe elicits": (
        "[own_action]",
        "[own_action, time]",
        ["elicits of probe broken-promise/first-step changed: own_action → own_action; time"],
    ),
    "another competency": (
        "competency: recovery\n",
        "competency: ownership\n",
        ["question broken-promise now rated on ownership, was recovery"],
    ),
    "the version": ('"1.0"', '"1.1"', ["version reworded: 1.0 → 1.1"]),
    "an opening": (
        "    minutes: 15\n",
        "    minutes: 15\n    opening: {minutes: 2, say: Hello.}\n",
        ["opening of kit short added"],
    ),
}


def run(*args: object) -> Result:
    return CliRunner().invoke(cli, ["bank", "diff", *map(str, args)])


@pytest.mark.parametrize(("old", "new", "words"), CHANGES.values(), ids=CHANGES)
def test_a_change_is_told_once_in_plain_words(old: str, new: str, words: list[str]) -> None:
    assert SMALL.count(old) == 1
    found = diff_banks(parse_bank(SMALL, "a"), parse_bank(SMALL.replace(old, new), "b"))
    assert [one.what for one in found] == words


def test_added_and_removed_are_each_others_reverse() -> None:
    question = "  - id: extra\n    competency: recovery\n    ask: What else?\nkits:\n"
    more = parse_bank(SMALL.replace("kits:\n", question), "b")
    plain = parse_bank(SMALL, "a")
    assert [one.what for one in diff_banks(plain, more)] == ["question added: extra"]
    assert [one.what for one in diff_banks(more, plain)] == ["question removed: extra"]


def test_one_thing_that_moved_is_told_alone() -> None:
    bank = shipped().bank
    first, second, third, *rest = bank.questions
    moved = replace(bank, questions=(second, third, first, *rest))
    assert [one.what for one in diff_banks(bank, moved)] == [
        f"question {first.id} moved behind {third.id}"
    ]


def test_files_and_ids_can_be_compared_and_a_difference_is_no_failure(tmp_path: Path) -> None:
    path = tmp_path / "b.yaml"
    path.write_text(SMALL.replace("      4: four\n", "      4: quattro\n"), encoding="utf-8")
    result = run(ROOT / "tests/banks/small.yaml", path)
    assert result.exit_code == 0
    assert result.stdout.splitlines() == [
        "competencies",
        "  anchor 4 of ownership reworded: four → quattro",
    ]
    assert result.stderr == "1 difference.\n"
    assert run("sales-development", path).exit_code == 0


def test_the_same_bank_has_no_difference() -> None:
    result = run("sales-leadership", "sales-leadership")
    assert (result.exit_code, result.stdout, result.stderr) == (0, "", "No difference.\n")


def test_for_machines_it_is_a_list_of_objects(tmp_path: Path) -> None:
    path = tmp_path / "b.yaml"
    path.write_text(SMALL.replace('"1.0"', '"1.1"'), encoding="utf-8")
    result = run(ROOT / "tests/banks/small.yaml", path, "--json")
    assert json.loads(result.stdout) == [
        {
            "group": "bank",
            "id": "small",
            "what": "version reworded: 1.0 → 1.1",
            "old": "1.0",
            "new": "1.1",
            "words": [{"state": "gone", "text": "1.0"}, {"state": "new", "text": "1.1"}],
        }
    ]


LONG = "Tell me about a promise that was not kept. " + "And then what happened? " * 20


def test_the_words_that_changed_are_marked_in_the_whole_text(tmp_path: Path) -> None:
    old, new = tmp_path / "a.yaml", tmp_path / "b.yaml"
    text = SMALL.replace("Tell me about a promise that was not kept.", LONG.strip())
    old.write_text(text, encoding="utf-8")
    reworded = LONG.replace("about a", "of a").replace("not kept.", "broken.").strip()
    new.write_text(text.replace(LONG.strip(), reworded), encoding="utf-8")
    result = run(old, new)
    line = next(line for line in result.stdout.splitlines() if "[-" in line)
    assert line.startswith(
        "      Tell me [-about-] {+of+} a promise that was [-not kept.-] {+broken.+}"
    )
    assert line.endswith("And then what happened?")
    (change,) = json.loads(run(old, new, "--json").stdout)
    assert (change["old"], change["new"]) == (LONG.strip(), reworded)
    for state, whole in (("gone", LONG.strip()), ("new", reworded)):
        runs = [run["text"] for run in change["words"] if run["state"] in ("same", state)]
        assert " ".join(runs) == whole


def test_what_is_added_or_gone_is_shown_whole(tmp_path: Path) -> None:
    path = tmp_path / "b.yaml"
    path.write_text(SMALL.replace("      - id: who-knew\n", PROBE + "      - id: who-knew\n"))
    small = ROOT / "tests/banks/small.yaml"
    assert "new-one\n      What came of it?\n" in run(small, path).stdout
    assert "removed from broken-promise: new-one\n      What came of it?" in run(path, small).stdout


def test_a_bank_that_cannot_be_used_is_a_failure() -> None:
    assert run(ROOT / "tests/banks/twelve-faults.yaml", "sales-leadership").exit_code == 1
