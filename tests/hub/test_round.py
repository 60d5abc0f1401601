"""A whole round over a hub: who sees what at each moment, and one comparison at the end."""

import json
import re
import shutil
from pathlib import Path

import pytest
from click.testing import CliRunner

from homes_on_hub import (
    ADA,
    BO,
    CLOCK,
    OWNER,
    PANEL,
    RATINGS,
    RECRUITER,
    HubRound,
    begin,
    comparison,
    seen,
)
from interviewkit.cli.main import cli
from interviewkit.errors import BlockedError
from interviewkit.interview.erasure import Why
from interviewkit.workflows.hub_sync import erase_in_hub, sync_hub
from interviewkit.workflows.team_news import finish_erasures, team_news
from interviewkit.workflows.team_panel import panel_line
from postgres_server import Server
from round_on_hub import HubDatabase, make_database
from support import complete
from team_round import ROLE, Home, Round, share_role, visible


def run_command(*arguments: str, home: Home) -> str:
    runner = CliRunner(env={"INTERVIEWKIT_INTERVIEWER": home.name})
    result = runner.invoke(cli, [*arguments, "--db", str(home.path)])
    assert result.exit_code == 0, result.stderr
    return result.stdout


def without_ids(text: str) -> str:
    """Ids are random; everything else is compared byte for byte."""
    return re.sub(r"[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}", "id", text)


def test_what_each_sees_at_each_moment_and_one_comparison(
    database: HubDatabase, tmp_path: Path, empty_records: Path
) -> None:
    hub = begin(database, tmp_path, empty_records)
    share_role(hub.homes[OWNER], {ADA: PANEL, BO: PANEL})
    hub.sync(OWNER)
    hub.sync()
    assert not any(seen(hub).values())
    everybody: set[str] = set()
    for name in PANEL:
        hub.homes[name].submit(ADA, RATINGS[name])
        CLOCK.pass_(60)
        hub.sync(name)
        hub.sync()
        everybody.add(name)
        sees = seen(hub)
        assert sees[OWNER] == sees[RECRUITER] == everybody
        for other in PANEL:
            assert sees[other] == (everybody if other in everybody else set())
    for name in PANEL:
        hub.homes[name].submit(BO, RATINGS[name])
        CLOCK.pass_(60)
    hub.sync()
    hub.sync()
    reports = hub.sync()
    assert all(not report.taken and not report.sent for report in reports)
    assert all(report.waiting == 0 for report in reports)
    assert len({comparison(home) for home in hub.homes.values()}) == 1


def test_the_owners_comparison_is_that_of_one_machine(
    database: HubDatabase, tmp_path: Path, empty_records: Path
) -> None:
    """Everything typed into one file, and the same over a hub by those who wrote it."""
    (tmp_path / "alone").mkdir()
    hub = begin(database, tmp_path, empty_records)
    share_role(hub.homes[OWNER], {ADA: PANEL, BO: PANEL[:2]})
    hub.sync(OWNER)
    hub.sync()
    for name in PANEL:
        hub.homes[name].submit(ADA, RATINGS[name])
    hub.sync()
    hub.sync(OWNER)
    owner = hub.homes[OWNER]
    alone = Round(tmp_path, CLOCK).add_home(OWNER, tmp_path / "alone", empty_records)
    share_role(alone, {ADA: PANEL, BO: PANEL[:2]})
    with alone.records() as store:
        for name in PANEL:
            complete(store, RATINGS[name], ADA, name, ROLE)
    assert without_ids(comparison(alone)) == without_ids(comparison(owner))
    assert len(json.loads(comparison(owner))["candidates"]) == 1


def test_the_owners_comparison_is_that_of_one_machine_with_the_same_documents(
    database: HubDatabase, tmp_path: Path, empty_records: Path
) -> None:
    """What came over the hub, imported from one file on another machine: equal to the last byte."""
    hub = begin(database, tmp_path, empty_records)
    share_role(hub.homes[OWNER], {ADA: PANEL, BO: PANEL[:2]})
    hub.sync(OWNER)
    hub.sync()
    for name in PANEL:
        hub.homes[name].submit(ADA, RATINGS[name])
        CLOCK.pass_(60)
    hub.sync()
    hub.sync(OWNER)
    alone = Home(OWNER, Path(shutil.copy(empty_records, tmp_path / "alone.db")), CLOCK)
    file = str(tmp_path / "owner.jsonl")
    run_command("records", "export", file, home=hub.homes[OWNER])
    run_command("records", "import", file, home=alone)
    empty = CliRunner().invoke(cli, ["compare", ROLE, "--db", str(alone.path)])
    assert empty.stderr.splitlines() == [
        f"No scorecard counts for {ROLE} yet.",
        "3 scorecards do not count: no member of the team signed them, and the role's owner has "
        "not accepted them (`interviewkit records accept`).",
    ]
    run_command("records", "accept", "--all", home=alone)
    assert comparison(alone) == comparison(hub.homes[OWNER])


def test_an_erasure_reaches_every_machine(
    database: HubDatabase, tmp_path: Path, empty_records: Path
) -> None:
    hub = begin(database, tmp_path, empty_records)
    share_role(hub.homes[OWNER], {ADA: PANEL, BO: PANEL})
    hub.sync(OWNER)
    hub.sync()
    for name in PANEL:
        hub.homes[name].submit(ADA, RATINGS[name])
    hub.sync()
    hub.sync()
    with hub.homes[OWNER].records() as store:
        report = erase_in_hub(store, store.candidate(ADA), Why.REQUEST)
        assert report.erasures.erased == 1
    reports = hub.sync()
    assert [report.erasures.erased for report in reports] == [0, 1, 1, 1, 1]
    for home in hub.homes.values():
        assert ADA.encode() not in home.path.read_bytes()
        assert b"what Ada Okafor said" not in home.path.read_bytes()
    assert all(not report.sent and not report.taken for report in hub.sync())
    with hub.homes[RECRUITER].records() as store:
        from interviewkit.workflows.hub_status import hub_status

        (erasure,) = hub_status(store).erasures
    assert sorted(erasure.done) == sorted([OWNER, *PANEL, RECRUITER])


def test_an_erasure_made_on_one_machine_goes_to_the_hub(
    database: HubDatabase, tmp_path: Path, empty_records: Path
) -> None:
    hub = begin(database, tmp_path, empty_records)
    share_role(hub.homes[OWNER], {ADA: PANEL})
    hub.sync(OWNER)
    hub.sync()
    owner = hub.homes[OWNER]
    with owner.records() as store:
        store.erasing().erase([store.candidate(ADA)], Why.MISTAKE)
    (report,) = hub.sync(OWNER)
    assert report.erasures.blocked == []
    assert [report.erasures.erased for report in hub.sync(*PANEL)] == [1, 1, 1]


def test_a_hold_stops_an_erasure_everywhere(
    database: HubDatabase, tmp_path: Path, empty_records: Path
) -> None:
    hub = begin(database, tmp_path, empty_records)
    share_role(hub.homes[OWNER], {ADA: PANEL})
    hub.sync(OWNER)
    hub.sync()
    with hub.homes[OWNER].records() as store:
        role = store.role(ROLE)
        settings = store.retention().settings(role)
        store.retention().change(role, settings._replace(hold="a claim"), OWNER)
    hub.sync(OWNER)
    with (
        hub.homes[OWNER].records() as store,
        pytest.raises(BlockedError, match="under a legal hold"),
    ):
        erase_in_hub(store, store.candidate(ADA), Why.REQUEST)


def test_who_has_no_seat_keeps_what_they_wrote_and_is_told_why(
    database: HubDatabase, tmp_path: Path, empty_records: Path
) -> None:
    hub = begin(database, tmp_path, empty_records)
    share_role(hub.homes[OWNER], {ADA: PANEL[:1]})
    hub.sync(OWNER)
    hub.sync()
    wei = hub.homes["Wei Chen"]
    share_role(wei, {ADA: ["Wei Chen"]})
    wei.submit(ADA, RATINGS["Wei Chen"])
    (report,) = hub.sync("Wei Chen")
    assert report.problem == ""
    assert visible(hub.homes[OWNER]) == []


def test_a_hub_that_is_away_lets_everything_wait(
    postgres: Server, tmp_path: Path, empty_records: Path
) -> None:
    hub = HubRound(make_database(postgres).organisation())
    owner = hub.add(OWNER, tmp_path, empty_records)
    share_role(owner, {ADA: [OWNER]})
    owner.submit(ADA, RATINGS["Tom Berg"])
    with owner.records() as store:
        file = Path(f"{store.path}.hub.json")
        text = file.read_text()
        file.write_text(text.replace("/tmp/ik-pg", "/tmp/no-pg"))
        report = sync_hub(store)
        assert "cannot be reached now" in report.problem
        assert report.waiting > 3
        file.write_text(text)
        report = sync_hub(store)
    assert (report.problem, report.waiting) == ("", 0)
    assert report.sent > 3


def test_home_says_what_the_hub_brings(
    database: HubDatabase, tmp_path: Path, empty_records: Path
) -> None:
    hub = begin(database, tmp_path, empty_records)
    share_role(hub.homes[OWNER], {ADA: PANEL})
    priya = hub.homes[PANEL[0]]
    with hub.homes[OWNER].records() as store:
        news = team_news(store)
        assert news is not None
        assert (news.sentence, news.is_changed, news.erasure_waits) == ("", False, False)
        assert [panel_line(panel) for panel in news.panels] == [
            "planned Priya Raman, Tom Berg, Wei Chen"
        ]
    with priya.records() as store:
        news = team_news(store)
        assert news is not None
        assert news.is_changed
    with hub.homes[OWNER].records() as store:
        erase_in_hub(store, store.candidate(ADA), Why.REQUEST)
    with priya.records() as store:
        news = team_news(store)
        assert news is not None
        assert news.sentence == "an erasure waits until you quit"
        assert news.erasure_waits
    with priya.records() as store:
        assert finish_erasures(store).erasures.erased == 1
        file = Path(f"{store.path}.hub.json")
        file.write_text(file.read_text().replace("/tmp/ik-pg", "/tmp/no-pg"))
        news = team_news(store)
        assert news is not None
        assert news.sentence.startswith("the hub cannot be reached")
    named = CliRunner(env={"INTERVIEWKIT_INTERVIEWER": PANEL[0]}).invoke(
        cli, ["compare", ROLE, "--interviewer", OWNER, "--db", str(priya.path)]
    )
    assert "You are Priya Raman here, not Dana Holt" in named.stderr
