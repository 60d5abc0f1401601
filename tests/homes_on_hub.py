"""Homes on one machine that share by a hub, each with records and a login of its own."""

import json
from dataclasses import dataclass, field
from pathlib import Path

from click.testing import CliRunner

from interviewkit.cli.main import cli
from interviewkit.hub.invitation import HubInvitation, invitation_text
from interviewkit.workflows.hub_membership import join_hub
from interviewkit.workflows.hub_sync import sync_hub
from interviewkit.workflows.team_sync import SyncReport
from round_on_hub import HubDatabase, Organisation
from support import HeldClock
from team_round import ROLE, Home, Round, visible

OWNER, *PANEL = ["Dana Holt", "Priya Raman", "Tom Berg", "Wei Chen"]
RECRUITER = "Rita Moss"
ADA, BO = "Ada Okafor", "Bo Lind"
RATINGS: dict[str, dict[str, int | None]] = {
    "Priya Raman": {"unspoken-need": 4, "broken-promise": 3},
    "Tom Berg": {"unspoken-need": 3, "broken-promise": None},
    "Wei Chen": {"unspoken-need": 5},
}


@dataclass
class HubRound:
    """Homes on one machine that share by a hub."""

    organisation: Organisation
    homes: dict[str, Home] = field(default_factory=dict)

    def add(self, name: str, folder: Path, empty: Path, part: str = "interviewer") -> Home:
        home = self.homes[name] = Round(folder, CLOCK).add_home(name, folder, empty)
        login = self.organisation.invite(name, part)
        address = login.address
        invitation = HubInvitation(
            *(address.host, address.port, address.database, address.login),
            *(login.password, login.organisation, name),
        )
        with home.records() as store:
            join_hub(store, invitation_text(invitation))
        return home

    def sync(self, *names: str) -> list[SyncReport]:
        reports = []
        for name in names or self.homes:
            with self.homes[name].records() as store:
                reports.append(sync_hub(store))
            assert reports[-1].problem == ""
        return reports


CLOCK = HeldClock()


def begin(database: HubDatabase, folder: Path, empty: Path) -> HubRound:
    hub = HubRound(database.organisation())
    for name in (OWNER, *PANEL):
        hub.add(name, folder, empty)
    hub.add(RECRUITER, folder, empty, "recruiter")
    return hub


def comparison(home: Home) -> str:
    runner = CliRunner(env={"INTERVIEWKIT_INTERVIEWER": home.name})
    result = runner.invoke(cli, ["compare", ROLE, "--json", "--db", str(home.path)])
    assert result.exit_code == 0, result.stderr
    assert json.loads(result.stdout)["withheld"] == []
    return result.stdout


def seen(hub: HubRound) -> dict[str, set[str]]:
    """Name → whose scorecards of Ada they read now."""
    return {
        name: {interviewer for candidate, interviewer in visible(home) if candidate == ADA}
        for name, home in hub.homes.items()
    }
