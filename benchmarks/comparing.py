"""``compare --json`` of a great role against the raw SQL aggregate that gives the same means.

10,000 candidates by 5 of 40 interviewers by 12 questions, each of its own competency: 600,000
ratings, and a probe asked for each; then the same with a tenth of the ratings blank. Both are
programs of their own, started in turn, and what counts is the processor's time of each from start
to end, which other work does not add to; the floor prints nothing.
"""

import json
import os
import random
import sqlite3
import statistics
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path

from interviewkit.storage.store import Store
from measuring import ENVIRONMENT, Extent, Row, growth

QUESTIONS, PANEL, PEOPLE, ROLE = 12, 5, 40, "Account executive"
AT = "2026-03-02T09:00:00.000Z"
RAW = """
WITH each AS (
    SELECT i.candidate_id, a.competency, i.interviewer, avg(a.rating) AS score
    FROM interview AS i JOIN answer AS a ON a.interview_id = i.id
    WHERE i.role_id = 'role' AND i.submitted_at IS NOT NULL AND a.rating IS NOT NULL
    GROUP BY i.candidate_id, a.competency, i.interviewer
), cell AS (
    SELECT candidate_id, competency, avg(score) AS mean, count(*) AS n
    FROM each GROUP BY candidate_id, competency
)
SELECT c.name, cell.competency, cell.mean, cell.n,
       avg(cell.mean) OVER (PARTITION BY cell.candidate_id)
FROM cell JOIN candidate AS c ON c.id = cell.candidate_id
"""
Pair = tuple[list[float], list[float]]
WATCH = """
import json, resource, subprocess, sys
subprocess.run(sys.argv[1:], check=True)
used = resource.getrusage(resource.RUSAGE_CHILDREN)
print(json.dumps([used.ru_utime + used.ru_stime, used.ru_maxrss / 1024]), file=sys.stderr)
"""
FLOOR = f"import sqlite3, sys; sqlite3.connect(sys.argv[1]).execute('''{RAW}''').fetchall()"


def bank() -> str:
    """A bank of twelve competencies with a question each."""
    lines = ["format: 1", "id: great", "title: Great", "about: A benchmark", 'version: "1"']
    lines.append("competencies:")
    anchors = "{1: a, 2: b, 3: c, 4: d, 5: e}"
    numbers = range(QUESTIONS)
    lines += [f"  - {{id: c{n}, name: C {n}, about: It, anchors: {anchors}}}" for n in numbers]
    lines.append("questions:")
    lines += [f"  - {{id: q{n}, competency: c{n}, ask: Tell me of {n}}}" for n in numbers]
    entries = ", ".join(f"{{question: q{n}, minutes: 5}}" for n in numbers)
    lines += ["kits:", f"  - {{id: kit, name: Kit, minutes: 60, questions: [{entries}]}}"]
    return "\n".join(lines)


def interviews(candidates: int) -> Iterator[tuple[str, str, str, list[int]]]:
    """(id, candidate, interviewer, ratings): a spread of .8 points, a single reliability of .44."""
    chance = random.Random(7)
    for number in range(candidates):
        level = chance.gauss(3.2, 0.53)
        for who in chance.sample(range(PEOPLE), PANEL):
            ratings = [min(5, max(1, round(chance.gauss(level, 0.6)))) for _ in range(QUESTIONS)]
            yield f"interview-{number:06}-{who:02}", f"candidate-{number:06}", f"I {who}", ratings


def fill(path: Path, candidates: int) -> None:
    """Write the records as rows; a real interview would take an hour each."""
    Store(path).close()
    every = list(interviews(candidates))
    db = sqlite3.connect(path)
    db.execute("INSERT INTO role (id, title, created_at) VALUES ('role', ?, ?)", (ROLE, AT))
    db.execute("INSERT INTO bank VALUES ('sha', 'great', ?)", (bank(),))
    db.executemany(
        "INSERT INTO candidate (id, name, created_at) VALUES (?, ?, ?)",
        [(key, f"Candidate {key[-6:]}", AT) for key in sorted({row[1] for row in every})],
    )
    db.executemany(
        "INSERT INTO interview (id, role_id, candidate_id, interviewer, bank_id, bank_sha256, kit, "
        "started_at, touched_at, page, recommendation, submitted_at) "
        "VALUES (?, 'role', ?, ?, 'great', 'sha', 'kit', ?, ?, '@closing', 'yes', ?)",
        [(key, candidate, who, AT, AT, AT) for key, candidate, who, _ in every],
    )
    answers = [(key, f"q{n}", n, f"c{n}", r) for key, *_, row in every for n, r in enumerate(row)]
    db.executemany(
        "INSERT INTO answer (interview_id, question, position, competency, rating, assessed) "
        "VALUES (?, ?, ?, ?, ?, 1)",
        answers,
    )
    db.executemany(
        "INSERT INTO asked (interview_id, question, probe, text, elicits, at, outcome) "
        "VALUES (?, ?, 'p', 'And then?', '[\"result\"]', ?, ?)",
        [(key, name, AT, "new_detail" if n % 2 else None) for key, name, n, *_ in answers],
    )
    db.commit()
    db.close()


def blank_a_tenth(path: Path) -> None:
    """Take every tenth rating away, by chance and the same each time."""
    chance = random.Random(3)
    db = sqlite3.connect(path)
    keys = db.execute("SELECT interview_id, question FROM answer ORDER BY 1, 2").fetchall()
    db.executemany(
        "UPDATE answer SET rating = NULL WHERE interview_id = ? AND question = ?",
        [key for key in keys if chance.random() < 0.1],
    )
    db.commit()
    db.close()


def run(command: list[str], out: Path) -> tuple[float, float]:
    """(Milliseconds of the processor, peak memory in MiB) of a program that writes to a file.

    It is the child of a small program: a child's peak is never less than what its parent held.
    """
    with out.open("wb") as file:
        ran = subprocess.run(
            [sys.executable, "-c", WATCH, *command],
            stdout=file,
            stderr=subprocess.PIPE,
            env=ENVIRONMENT,
            check=True,
            text=True,
        )
    seconds, peak = json.loads(ran.stderr.splitlines()[-1])
    return seconds * 1000, peak


def check(path: Path, out: Path) -> None:
    """Both must say the same, or their times mean nothing."""
    found = {item["name"]: item for item in json.loads(out.read_text())["candidates"]}
    for name, competency, mean, n, overall in sqlite3.connect(path).execute(RAW):
        cell = found[name]["scores"][competency]
        assert cell["n"] == n
        assert abs(cell["mean"] - mean) < 1e-9
        assert abs(found[name]["overall"] - overall) < 1e-9


def measure(path: Path, extent: Extent) -> tuple[Pair, Pair]:
    """(Times, peaks of memory), each of ours and of the floor."""
    ours, floor = [], []
    out = path.with_suffix(".json")
    command = [sys.executable, "-m", "interviewkit", "--db", str(path), "compare", ROLE]
    for _ in range(extent.of(1, 3, 3)):
        floor.append(run([sys.executable, "-c", FLOOR, str(path)], Path(os.devnull)))
        ours.append(run([*command, "--json"], out))
    check(path, out)
    times, peaks = (
        ([figures[at] for figures in ours], [figures[at] for figures in floor]) for at in range(2)
    )
    return times, peaks


def rows(folder: Path, extent: Extent) -> Iterator[Row]:
    """Three sizes; the figures are those of the largest."""
    sizes = extent.of((20, 40), (100, 200, 400), (1_000, 3_000, 10_000))
    medians = []
    for size in sizes:
        path = folder / f"great-{size}.db"
        fill(path, size)
        times, peaks = measure(path, extent)
        medians.append(statistics.median(times[0]))
    what = f"compare --json, {size:,} × {PANEL} × {QUESTIONS} / raw SQL"
    yield Row(what, *times, target=2.0 if extent is Extent.FULL else None)
    most = 2.0 if extent is Extent.FULL else None
    yield Row("  its memory at the peak", *peaks, unit="MiB", target=most)
    blank_a_tenth(path)
    times, peaks = measure(path, extent)
    yield Row("  with a tenth blank", *times, target=5.0 if extent is Extent.FULL else None)
    what = "  with a tenth blank, its memory at the peak"
    yield Row(what, *peaks, unit="MiB", target=most)
    yield growth("comparison, candidates", sizes, medians)
