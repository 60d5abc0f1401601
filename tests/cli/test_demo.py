"""``interviewkit demo``: a believable round in a file of its own."""

import shutil
from collections import Counter
from collections.abc import Iterator
from pathlib import Path

import pytest
from click.testing import CliRunner

from interviewkit.cli.main import cli
from interviewkit.interview.records import OPENING
from interviewkit.storage.store import Store


@pytest.fixture
def round_(demo: Path, tmp_path: Path) -> Iterator[Store]:
    with Store(Path(shutil.copy(demo, tmp_path))) as store:
        yield store


def test_it_is_one_role_with_six_candidates_and_three_interviewers_each(round_: Store) -> None:
    (role,) = round_.roles()
    assert len(round_.candidates(role)) == 6
    panel = Counter(standing.interview.candidate.name for standing in round_.standings(role))
    assert set(panel.values()) == {3}
    people = {
        (standing.interview.candidate.name, standing.interview.interviewer)
        for standing in round_.standings(role)
    }
    assert len(people) == 18


def test_one_interview_is_under_way_half_way_through(round_: Store) -> None:
    (open_,) = [one for one in round_.standings() if one.interview.submitted_at is None]
    assert 0 < open_.done < open_.questions
    assert open_.interview.page != OPENING
    assert open_.interview.draft


def test_every_seal_holds_and_every_rating_has_notes(round_: Store) -> None:
    cards = round_.scorecards()
    assert len(cards) == 17
    for interview, answers in cards:
        assert round_.exchange().document(interview)["sha256"] == interview.seal
        assert all(answer.notes for answer in answers if answer.rating is not None)
        assert interview.summary


def test_the_round_shows_what_there_is_to_see(round_: Store) -> None:
    answers = [answer for _, answers in round_.scorecards() for answer in answers]
    assert {answer.rating for answer in answers} >= {1, 2, 3, 4, 5, None}
    assert any(answer.skipped for answer in answers)
    assert any(answer.assessed is False for answer in answers)
    assert any(answer.probes for answer in answers)


def test_write_writes_the_file_and_says_how_to_open_it(tmp_path: Path) -> None:
    path = tmp_path / "round.db"
    result = CliRunner().invoke(cli, ["demo", "--write", str(path)])
    assert (result.exit_code, result.stdout) == (0, "")
    assert f"interviewkit --db {path}" in result.stderr
    with Store(path) as store:
        assert len(store.standings()) == 18


def test_write_refuses_a_file_that_exists_and_leaves_it_alone(tmp_path: Path) -> None:
    path = tmp_path / "round.db"
    path.write_text("precious")
    result = CliRunner().invoke(cli, ["demo", "--write", str(path)])
    assert result.exit_code == 1
    assert result.stderr.startswith(f"{path} exists already.\n")
    assert path.read_text() == "precious"


def test_write_touches_none_of_the_users_own_records(tmp_path: Path) -> None:
    CliRunner().invoke(cli, ["demo", "--write", str(tmp_path / "round.db")])
    assert list((tmp_path / "home").iterdir()) == []
