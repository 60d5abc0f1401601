"""Two programs on one database, killed at random moments, and what must be there afterwards."""

import json
import random
import subprocess
import sys
import threading
from collections.abc import Iterator
from dataclasses import dataclass, field
from functools import cache
from pathlib import Path
from typing import Any

from interviewkit.storage.store import Store

OPERATING = Path(__file__).with_name("operating.py")
TESTS = Path(__file__).parents[1]


@dataclass
class Said:
    """What one program acknowledged, over all the times it was started."""

    done: list[dict[str, Any]] = field(default_factory=list)
    drafts: dict[str, set[str]] = field(default_factory=dict)  # interview → drafts it may have
    kills: int = 0
    failures: list[str] = field(default_factory=list)

    def take(self, line: str) -> None:
        word, _, rest = line.partition(" ")
        said = json.loads(rest)
        if word == "did":
            self.done.append(said)
            self.drafts[said["interview"]] = {said["draft"]}
        else:
            self.drafts.setdefault(said["interview"], set()).add(said["draft"])


def run(path: Path, operations: int, seed: int) -> list[Said]:
    """Both programs until each has done half of ``operations``; gives what they said."""
    Store(path).close()
    said = [Said(), Said()]
    threads = [
        threading.Thread(target=_keep_running, args=(path, name, operations // 2, seed + name, one))
        for name, one in enumerate(said)
    ]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    return said


def _keep_running(path: Path, name: int, wanted: int, seed: int, said: Said) -> None:
    chance = random.Random(seed)
    while len(said.done) < wanted and not said.failures:
        command = [sys.executable, str(OPERATING), str(path), f"Interviewer {name}"]
        program = subprocess.Popen(
            [*command, str(chance.randrange(10**9)), "100000"],
            stdout=subprocess.PIPE,
            stderr=subprocess.PIPE,
            text=True,
            env={"PYTHONPATH": str(TESTS)},
        )
        assert program.stdout
        lines = chance.randrange(2, 120)
        for line in _lines(program, lines):
            said.take(line)
        program.kill()
        # Not communicate(): it leaves out what was read ahead with the last line.
        rest = program.stdout.read()
        _, errors = program.communicate()
        for line in rest[: rest.rfind("\n") + 1].splitlines():
            said.take(line)
        said.kills += 1
        if program.returncode != -9:
            said.failures.append(errors)


def _lines(program: "subprocess.Popen[str]", count: int) -> Iterator[str]:
    assert program.stdout
    for _ in range(count):
        line = program.stdout.readline()
        if not line.endswith("\n"):
            return
        yield line


def lost(path: Path, said: list[Said]) -> list[str]:
    """Acknowledged things that are not there."""
    missing = []
    with Store(path) as store:
        history, interview = cache(store._reads.history), cache(store._reads.interview)
        for one in said:
            for done in one.done:
                changes = history(done["interview"])
                there = len(changes) >= done["changes"]
                if done["changes"] and (
                    not there or repr(changes[done["changes"] - 1]) != done["last"]
                ):
                    missing.append(f"a change: {done}")
                if done["seal"] and interview(done["interview"]).seal != done["seal"]:
                    missing.append(f"a seal: {done}")
            for key, drafts in one.drafts.items():
                if interview(key).draft not in drafts:
                    missing.append(f"a draft: {key} {drafts}")
    return missing
