"""What a workflow runs of others is named by the commit it was read at, with its tag beside it."""

import re
from pathlib import Path

import yaml

WORKFLOWS = sorted((Path(__file__).parents[1] / ".github" / "workflows").glob("*.yml"))
PINNED = re.compile(r"uses: [\w-]+/[\w-]+@[0-9a-f]{40}  # v\d+\.\d+\.\d+")
OWN = re.compile(r"uses: \./")


def test_every_action_is_pinned_by_a_commit_and_says_its_tag() -> None:
    loose = [
        f"{path.name}:{line_number}: {line.strip()}"
        for path in WORKFLOWS
        for line_number, line in enumerate(path.read_text(encoding="utf-8").splitlines(), 1)
        if "uses:" in line and not PINNED.search(line) and not OWN.search(line)
    ]
    assert loose == []


def test_one_action_is_pinned_at_one_commit_everywhere() -> None:
    pins: dict[str, set[str]] = {}
    for path in WORKFLOWS:
        for action, commit in re.findall(
            r"uses: ([\w-]+/[\w-]+)@(\S+)", path.read_text(encoding="utf-8")
        ):
            pins.setdefault(action, set()).add(commit)
    assert {action: commits for action, commits in pins.items() if len(commits) > 1} == {}


def test_the_newest_versions_are_tried_every_week_and_without_constraints() -> None:
    path = next(path for path in WORKFLOWS if path.name == "newest.yml")
    workflow = yaml.safe_load(path.read_text(encoding="utf-8"))
    (schedule,) = workflow[True]["schedule"]  # YAML 1.1 takes a bare `on` for true
    assert re.fullmatch(r"\d+ \d+ \* \* [0-6]", schedule["cron"])
    steps = workflow["jobs"]["newest"]["steps"]
    commands = "\n".join(step.get("run", "") for step in steps)
    assert "--upgrade-strategy eager" in commands
    assert "constraints.txt" not in commands
