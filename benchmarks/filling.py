"""Databases of any size for benchmarks: many submitted scorecards, written in one transaction."""

import random
import sqlite3
from collections.abc import Iterator
from pathlib import Path

from interviewkit.banks.library import find_bank
from interviewkit.banks.loader import BankFile, read_bank
from interviewkit.banks.model import Bank
from interviewkit.interview.records import (
    Answer,
    Asked,
    Candidate,
    Interview,
    Note,
    Outcome,
    Recommendation,
    Role,
)
from interviewkit.interview.sealed_document import scorecard_content
from interviewkit.interview.sealed_document import seal as seal_of
from interviewkit.storage.bank_texts import keep_text
from interviewkit.storage.scorecard_insert import insert_scorecard
from interviewkit.storage.store import Store

ROLE = "Account executive"
TOLD = (
    "rang the plant manager the same hour and told him what had gone wrong, then agreed a new "
    "date with logistics and drove over twice; 180k at risk, kept all of it"
)
WORDS = TOLD.split()


def bank_file() -> BankFile:
    """The bank of these records."""
    return read_bank(find_bank("customer-focused-sales").path)


def scorecards(
    candidates: int, interviewers: int = 3, seed: int = 7
) -> Iterator[tuple[Interview, list[Answer]]]:
    """Submitted interviews of one role; the same arguments give the same ones."""
    chance = random.Random(seed)
    file = bank_file()
    kit = file.bank.kit("first-45")
    for number in range(candidates):
        level = chance.gauss(3, 0.7)
        for place in range(interviewers):
            day = f"2026-03-{1 + number % 28:02}"
            answers = [
                _answer(chance, file.bank, entry.question, level, f"{number:06}-{place}", day)
                for entry in kit.questions
            ]
            interview = Interview(
                id=f"i{number:06}-{place}",
                role=Role("role", ROLE),
                candidate=Candidate(f"c{number:06}", f"Candidate {number:06}"),
                interviewer=f"Interviewer {place}",
                bank=file.bank.id,
                bank_sha256=file.sha256,
                kit=kit.id,
                started_at=f"{day}T09:00:00.000Z",
                page=answers[0].question,
                submitted_at=f"{day}T10:00:00.000Z",
                recommendation=chance.choice(list(Recommendation)),
                summary=" ".join(chance.choices(WORDS, k=20)),
            )
            yield interview, answers


def fill(path: Path, candidates: int, interviewers: int = 3, seed: int = 7) -> None:
    """Write the records of one role; the same arguments give the same records."""
    file = bank_file()
    Store(path).close()
    connection = sqlite3.connect(path)
    keep_text(connection, file.sha256, file.text, file.bank.id)
    connection.execute(
        "INSERT INTO role (id, title, created_at) VALUES ('role', ?, '2026-01-01')", (ROLE,)
    )
    for interview, answers in scorecards(candidates, interviewers, seed):
        connection.execute(
            "INSERT OR IGNORE INTO candidate (id, name, created_at) VALUES (?, ?, '2026-01-01')",
            interview.candidate[:2],
        )
        sealed = interview._replace(seal=seal_of(scorecard_content(interview, answers)))
        insert_scorecard(connection, sealed, answers, "role", interview.candidate.id)
    connection.commit()
    connection.close()


def _answer(
    chance: random.Random, bank: Bank, question: str, level: float, key: str, day: str
) -> Answer:
    asked = bank.question(question)
    at = (
        f"{day}T09:{chance.randrange(60):02}:{chance.randrange(60):02}.{chance.randrange(1000):03}Z"
    )
    probe = asked.probes[chance.randrange(8)]
    return Answer(
        question=question,
        competency=asked.competency,
        seconds=240,
        rating=min(5, max(1, round(chance.gauss(level, 0.8)))),
        assessed=True,
        notes=tuple(
            Note(f"n{key}-{question}-{n}", at, " ".join(chance.choices(WORDS, k=12)))
            for n in range(4)
        ),
        probes=(Asked(probe.id, probe.ask, probe.elicits, at, chance.choice(list(Outcome))),),
    )
