"""Greenhouse's interview kits to a bank: an interview is a kit and a competency of its own.

An interview comes alone, below the stages of a job, or under ``interview_kit``; its questions
keep their number, ``gh-12345``, so that the same kit read again has the same ids.
"""

from collections.abc import Iterable, Sequence
from typing import Any, NamedTuple

from interviewkit.banks.fresh import first_text
from interviewkit.banks.lint.placeholders import MARK
from interviewkit.banks.model import RATINGS
from interviewkit.errors import InterviewKitError
from interviewkit.intake.foreign_text import clean_line
from interviewkit.intake.greenhouse_banks import gh_id
from interviewkit.intake.greenhouse_json import Object, Placed
from interviewkit.intake.plain_html import html_lines
from interviewkit.intake.question_list import Unplaced, unplaced_comments

_MINUTES, _MOST = 30.0, 240.0  # of an interview that names none; of any
_LONGEST = 2000
_ID_LIMIT = 10**18  # a number beyond it is none of theirs, and too long for an id here


class KitBank(NamedTuple):
    """A bank's text, and what of the kits is in none of its fields."""

    text: str
    kits: int
    questions: int
    unplaced: tuple[Unplaced, ...]


class _Interview(NamedTuple):
    location: str
    name: str
    minutes: float
    questions: list[tuple[str, str]]


def has_kits(item: Object) -> bool:
    """Whether a JSON object is an interview with its kit, or a stage that has some."""
    return "interview_kit" in item or isinstance(item.get("interviews"), list)


def kits_bank(items: Sequence[Placed], bank_id: str, title: str) -> KitBank:
    """The bank of all interviews that ask anything; InterviewKitError where none does."""
    unplaced: list[Unplaced] = []
    interviews = [interview for item in items for interview in _interviews(item, unplaced)]
    if not interviews:
        raise InterviewKitError(
            "The files hold no interview kit with questions.",
            "Give what Greenhouse's Harvest API says of a job's stages.",
        )
    rows: dict[str, dict[str, Any]] = {}
    kits: list[dict[str, Any]] = []
    competencies: list[dict[str, Any]] = []
    for interview in interviews:
        key = _unique(gh_id(interview.name), [kit["id"] for kit in kits])
        competencies.append(_competency(key, interview.name))
        for question_id, ask in interview.questions:
            rows.setdefault(question_id, _question(question_id, key, ask))
        kits.append(_kit(key, interview))
    used = {row["competency"] for row in rows.values()}
    data = {
        "format": 1,
        "id": bank_id,
        "title": title,
        "about": f"{MARK} who this bank is for and what it asks about.",
        "language": "en",
        "version": "0.1",
        "competencies": [entry for entry in competencies if entry["id"] in used],
        "questions": list(rows.values()),
        "kits": kits,
    }
    text = first_text(data) + unplaced_comments("these texts of the kits", unplaced)
    return KitBank(text, len(kits), len(rows), tuple(unplaced))


def _interviews(item: Placed, unplaced: list[Unplaced]) -> Iterable[_Interview]:
    data = item.data
    if isinstance(data.get("interviews"), list):
        for entry in data["interviews"]:
            if isinstance(entry, dict):
                yield from _interviews(Placed(item.location, entry), unplaced)
        return
    kit = data.get("interview_kit")
    if not isinstance(kit, dict):
        return
    name = clean_line(str(data.get("name") or "Interview"))[:200] or "Interview"
    listed = kit.get("questions")
    questions = [
        (_question_id(entry.get("id"), ask), ask)
        for entry in (listed if isinstance(listed, list) else [])
        if isinstance(entry, dict)
        for ask in [" ".join(html_lines(str(entry.get("question") or "")))[:_LONGEST]]
        if ask
    ]
    unplaced.extend(
        Unplaced(name, line, "what the kit says to its interviewer")
        for line in html_lines(str(kit.get("content") or ""))
    )
    if questions:
        minutes = data.get("estimated_minutes")
        if not isinstance(minutes, int | float) or not 0 < minutes <= _MOST:
            minutes = _MINUTES
        yield _Interview(item.location, name, float(minutes), questions)
    else:
        unplaced.append(Unplaced(item.location, name, "an interview without questions"))


def _question_id(key: object, ask: str) -> str:
    if isinstance(key, bool) or not isinstance(key, int) or not 0 <= key < _ID_LIMIT:
        return gh_id(ask)
    return f"gh-{key}"


def _competency(key: str, name: str) -> dict[str, Any]:
    return {
        "id": key,
        "name": name,
        "about": f"{MARK} what somebody does who is good at this.",
        "anchors": {rating: f"{MARK} behaviour that earns a {rating}" for rating in RATINGS},
    }


def _question(question_id: str, competency: str, ask: str) -> dict[str, Any]:
    return {
        "id": question_id,
        "competency": competency,
        "ask": ask,
        "probes": [
            {"id": "to-write", "ask": f"{MARK} a follow-up", "elicits": ["own_action"]},
            {"id": "to-write-2", "ask": f"{MARK} another follow-up", "elicits": ["result"]},
        ],
    }


def _kit(key: str, interview: _Interview) -> dict[str, Any]:
    ids = list(dict.fromkeys(question_id for question_id, _ in interview.questions))
    share = max(0.1, round(interview.minutes / len(ids), 1))
    return {
        "id": key,
        "name": interview.name,
        "minutes": interview.minutes,
        "questions": [{"question": question_id, "minutes": share} for question_id in ids],
    }


def _unique(key: str, used: list[str]) -> str:
    count, unique = 2, key
    while unique in used:
        unique, count = f"{key[:55]}-{count}", count + 1
    return unique
