import json
from pathlib import Path

import pytest
from click.testing import CliRunner, Result

from interviewkit.banks.elements import Element
from interviewkit.banks.library import find_bank
from interviewkit.banks.loader import read_bank
from interviewkit.cli.main import cli
from interviewkit.interview.records import Outcome, Recommendation
from interviewkit.storage.store import Store
from support import begin, complete

BANK, Q = "customer-focused-sales", "unspoken-need"


@pytest.fixture
def used(store: Store) -> Store:
    for number, rating in enumerate((1, 2, 3, 4, 5, 5)):
        name = f"Candidate {number}"
        notebook = store.notebook(begin(store, name).id)
        notebook.ask(Q, "how-found", "How did you find out?", (Element.OWN_ACTION,))
        notebook.set_outcome(Q, "how-found", Outcome.NEW_DETAIL)
        notebook.spend(Q, 240)
        complete(store, {Q: rating}, name)
    return store


def run(store: Store, *args: str) -> Result:
    return CliRunner().invoke(cli, ["--db", str(store.path), "bank", "stats", *args])


def test_it_says_what_each_question_and_probe_did(used: Store) -> None:
    result = run(used, BANK)
    assert (result.exit_code, result.stderr) == (0, "")
    assert result.stdout.startswith("Customer-focused sales · 6 scorecards\n")
    assert "  mean 3.3, spread 1.63, 50 % at the ends of the scale\n" in result.stdout
    assert "  minutes: 4.0 of 5.0 planned\n" in result.stdout
    assert "  ? how-found: asked 6, new detail 100 % (61 % to 100 %, n=6)\n" in result.stdout
    assert "Never asked: " in result.stdout


def test_json_is_the_documented_object(used: Store) -> None:
    data = json.loads(run(used, BANK, "--json").stdout)
    assert (data["bank"], data["scorecards"]) == (BANK, 6)
    question = next(one for one in data["questions"] if one["question"] == Q)
    assert (question["asked"], question["rated"], question["at_ends"]) == (6, 6, 0.5)
    assert question["item_rest"]["why"] == "too few to tell (n=0)"
    probe = next(one for one in question["probes"] if one["probe"] == "how-found")
    assert (probe["asked"], probe["new_detail"], probe["share"]["value"]) == (6, 6, 1.0)
    assert probe["not_noted"] == 0


def test_outcomes_nobody_noted_are_counted_apart(used: Store) -> None:
    notebook = used.notebook(begin(used, "Bo Lind").id)
    notebook.ask(Q, "how-found", "How did you find out?", ())
    notebook.recommend(Recommendation.YES)
    notebook.submit()
    data = json.loads(run(used, BANK, "--json").stdout)
    (question,) = [one for one in data["questions"] if one["question"] == Q]
    (probe,) = [one for one in question["probes"] if one["probe"] == "how-found"]
    assert (probe["asked"], probe["new_detail"], probe["not_noted"]) == (7, 6, 1)
    assert probe["share"]["n"] == 6


NOTHING_TO_SEE = f"No interview with {BANK} that you may see has been submitted yet.\n"


def test_a_bank_nobody_used_is_no_failure(store: Store) -> None:
    result = run(store, BANK)
    assert (result.exit_code, result.stdout) == (0, "")
    assert result.stderr == NOTHING_TO_SEE


def test_interviews_that_are_withheld_are_not_denied(used: Store) -> None:
    settings = ["--owner", "Dana Fox", "--visibility", "own"]
    args = ["--db", str(used.path), "role", "set", "Account executive", *settings]
    assert CliRunner().invoke(cli, args).exit_code == 0
    assert run(used, BANK, "--interviewer", "Wei Chen").stderr == NOTHING_TO_SEE


def test_an_imported_bank_is_read_from_the_records(
    store: Store, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    folder = tmp_path / "banks"
    folder.mkdir()
    monkeypatch.setenv("INTERVIEWKIT_BANKS", str(folder))
    text = find_bank(BANK).path.read_text(encoding="utf-8")
    theirs = folder / "theirs.yaml"
    theirs.write_text(text.replace(f"id: {BANK}", "id: theirs"), encoding="utf-8")
    for name in ("Ada", "Bo"):
        complete(store, {Q: 4}, name, file=read_bank(theirs))
    theirs.unlink()
    result = run(store, "theirs")
    assert result.exit_code == 0
    assert result.stdout.startswith("Customer-focused sales · 2 scorecards\n")
    assert f"{Q}: " in result.stdout
    assert result.stderr == (
        "No bank file here has the id theirs: read from the records' own copy.\n"
    )
    unknown = run(store, "nobodys")
    assert unknown.exit_code == 1
    assert "There is no bank called 'nobodys'." in unknown.stderr


def test_whom_one_still_interviews_is_left_out(used: Store) -> None:
    begin(used, "Candidate 5", interviewer="Tom")
    assert json.loads(run(used, BANK, "--json", "--interviewer", "tom").stdout)["scorecards"] == 5
