"""A list of questions to a bank that can be read: ids from the words, what is missing marked.

What the list lacks becomes a placeholder, which begins with ``TO WRITE:``; the
check names each of them. Nothing is invented: a placeholder says only what belongs there.
"""

import re
import unicodedata
from collections.abc import Collection, Iterator, Mapping, Sequence
from pathlib import Path
from typing import Any, NamedTuple

from interviewkit.banks.elements import Element
from interviewkit.banks.fresh import first_text
from interviewkit.banks.lint.linter import lint
from interviewkit.banks.lint.placeholders import MARK
from interviewkit.banks.loader import BankFile, read_as
from interviewkit.banks.model import FEWEST, MOST, RATINGS
from interviewkit.errors import InterviewKitError
from interviewkit.intake.line_meaning import WORDS
from interviewkit.intake.question_list import (
    ListedQuestion,
    QuestionList,
    Unplaced,
    unplaced_comments,
)

MINUTES = 6.0  # planned for a question of which the list says nothing
_LONGEST_TEXT, _MOST_KIT, _QUESTIONS_IN_KIT = 2000, 240.0, 20
_ID_WORDS, _ID_LETTERS = 6, 48
_SMALL = frozenset(WORDS["ids"]["small"])
_WOULD = re.compile(rf"\b(?:{'|'.join(WORDS['questions']['situational'])})\b", re.IGNORECASE)
_ELICITS = {
    Element(name): re.compile("|".join(words), re.IGNORECASE)
    for name, words in WORDS["elicits"].items()
}


class BankDraft(NamedTuple):
    """A bank made of a list: its text, and what of the list is in none of its fields."""

    text: str
    unplaced: tuple[Unplaced, ...]
    placeholders: int


class _Ids:
    """Ids out of words, each once."""

    def __init__(self) -> None:
        self._used: set[str] = set()

    def of(self, text: str, fallback: str) -> str:
        plain = unicodedata.normalize("NFKD", text.replace("ß", "ss").replace("'", ""))
        tokens = re.findall(r"[a-z0-9]+", plain.encode("ascii", "ignore").decode().lower())
        telling = [token for token in tokens if token not in _SMALL] or tokens
        base = "-".join(telling[:_ID_WORDS])[:_ID_LETTERS].strip("-")
        if not re.search(r"[a-z]", base) or base in {
            "true",
            "false",
            "null",
            "yes",
            "no",
            "on",
            "off",
        }:
            base = f"{fallback}-{base}".strip("-")
        unique, count = base, 2
        while unique in self._used:
            unique, count = f"{base}-{count}", count + 1
        self._used.add(unique)
        return unique


def draft_bank(listed: QuestionList, bank_id: str, title: str, language: str = "") -> BankDraft:
    """The text of a bank that reads, with warnings only.

    Questions that must not be asked are left out and named as unplaced, with the reason.
    """
    unplaced = list(listed.unplaced)
    questions = list(_usable(listed.questions, unplaced))
    language = language or language_of([question.ask for question in questions])
    data = _data(listed, questions, bank_id, title, language, unplaced)
    refused = _without_off_limits(questions, data, unplaced)
    if refused:
        questions = [question for question in questions if question.ask]
        if not questions:
            raise InterviewKitError(
                "No question of the list may be asked in an interview.", unplaced[-1].reason
            )
        data = _data(listed, questions, bank_id, title, language, [])
    text = first_text(data)
    comments = unplaced_comments("these lines of the list", unplaced)
    return BankDraft(text + comments, tuple(unplaced), text.count(MARK))


def language_of(texts: Sequence[str]) -> str:
    """``de`` or ``en``, by their small words."""
    tokens = re.findall(r"\w+", " ".join(texts).casefold())
    german = sum(
        token in {"sie", "und", "der", "die", "das", "wie", "eine", "ihnen"} for token in tokens
    )
    english = sum(
        token in {"you", "the", "and", "a", "your", "how", "to", "of"} for token in tokens
    )
    return "de" if german > english else "en"


def _usable(
    questions: Sequence[ListedQuestion], unplaced: list[Unplaced]
) -> Iterator[ListedQuestion]:
    for question in questions:
        if len(question.ask) > _LONGEST_TEXT:
            reason = f"longer than {_LONGEST_TEXT} letters"
            unplaced.append(Unplaced(question.location, question.ask, reason))
            continue
        for name in ("listen_for", "watch_for", "probes"):
            texts = getattr(question, name)
            for text in texts:
                if len(text) > _LONGEST_TEXT:
                    reason = f"longer than {_LONGEST_TEXT} letters"
                    unplaced.append(Unplaced(question.location, text, reason))
            setattr(question, name, [text for text in texts if len(text) <= _LONGEST_TEXT])
        yield question


def _data(
    listed: QuestionList,
    questions: Sequence[ListedQuestion],
    bank_id: str,
    title: str,
    language: str,
    unplaced: list[Unplaced],
) -> dict[str, Any]:
    names = list(dict.fromkeys(question.competency for question in questions))
    competency_ids, question_ids = _Ids(), _Ids()
    ids = {name: competency_ids.of(name or "Other questions", "competency") for name in names}
    points = _points(listed, questions)
    unplaced.extend(_stray_anchors(listed, questions, points))
    rows = [
        _question(question, question_ids.of(question.ask, "question"), ids, points)
        for question in questions
    ]
    data: dict[str, Any] = {
        "format": 1,
        "id": bank_id,
        "title": title,
        "about": f"{MARK} who this bank is for and what it asks about.",
        "language": language,
        "version": "0.1",
    }
    if listed.scale:
        data["scale"] = dict(sorted(listed.scale.items()))
    elif points != len(RATINGS):
        data["scale"] = {
            rating: f"{MARK} what {rating} of {points} is called" for rating in range(1, points + 1)
        }
    data["competencies"] = [
        {
            "id": ids[name],
            "name": name or "Other questions",
            "about": f"{MARK} what somebody does who is good at this.",
            "anchors": _anchors(listed.anchors.get(name) or listed.anchors.get("", {}), points),
        }
        for name in names
    ]
    data["questions"] = rows
    data["kits"] = list(_kits(listed, questions, rows, ids))
    return data


def _stray_anchors(
    listed: QuestionList, questions: Sequence[ListedQuestion], points: int
) -> Iterator[Unplaced]:
    """Anchors of a competency without a question, and those beyond the scale."""
    names = {question.competency for question in questions}
    for name, anchors in listed.anchors.items():
        if name and name not in names:
            for rating, text in anchors.items():
                reason = f"an anchor for {rating} of a competency without a question"
                yield Unplaced(name, text, reason)
    for question in questions:
        for rating, text in question.anchors.items():
            if rating > points:
                reason = f"an anchor for {rating}, and the scale has {points} points"
                yield Unplaced(question.location, text, reason)


def _points(listed: QuestionList, questions: Sequence[ListedQuestion]) -> int:
    """How many points the scale has: that of the rating table, else of the anchors, else five."""
    if listed.scale:
        return len(listed.scale)
    ratings = [max(anchors) for anchors in listed.anchors.values() if anchors]
    ratings += [max(question.anchors) for question in questions if question.anchors]
    return min(max(ratings, default=5), MOST) if max(ratings, default=5) >= FEWEST else 5


def _anchors(anchors: Mapping[int, str], points: int) -> dict[int, str]:
    return {
        rating: anchors.get(rating) or f"{MARK} behaviour that earns a {rating}"
        for rating in range(1, points + 1)
    }


def _question(
    question: ListedQuestion, question_id: str, ids: Mapping[str, str], points: int
) -> dict[str, Any]:
    row: dict[str, Any] = {"id": question_id, "competency": ids[question.competency]}
    if _WOULD.search(question.ask):
        row["kind"] = "situational"
    row["ask"] = question.ask
    for name in ("listen_for", "watch_for"):
        if getattr(question, name):
            row[name] = getattr(question, name)
    if question.anchors:
        row["anchors"] = _anchors(question.anchors, points)
    probe_ids = _Ids()
    row["probes"] = [
        {"id": probe_ids.of(text, "probe"), "ask": text, "elicits": [_guess_element(text)]}
        for text in question.probes
    ]
    for purpose, element in (("what they did themselves", "own_action"), ("the result", "result")):
        if len(row["probes"]) < 2:
            ask = f"{MARK} a follow-up that asks for {purpose}"
            row["probes"].append(
                {"id": probe_ids.of("", "to-write"), "ask": ask, "elicits": [element]}
            )
    return row


def _guess_element(text: str) -> str:
    for element, words in _ELICITS.items():
        if words.search(text):
            return element.value
    return Element.OWN_ACTION.value


def _kits(
    listed: QuestionList,
    questions: Sequence[ListedQuestion],
    rows: Sequence[Mapping[str, Any]],
    ids: Mapping[str, str],
) -> Iterator[dict[str, Any]]:
    """One kit of everything; of a long list one for each competency, in parts where it is long."""
    entries = [
        (question.competency, row["id"], _minutes(listed, question, questions))
        for question, row in zip(questions, rows, strict=True)
    ]
    if len(entries) <= _QUESTIONS_IN_KIT and sum(entry[2] for entry in entries) <= _MOST_KIT:
        yield _kit("all-questions", "All questions", entries)
        return
    for competency, competency_id in ids.items():
        chosen = [entry for entry in entries if entry[0] == competency]
        parts = [
            chosen[start : start + _QUESTIONS_IN_KIT]
            for start in range(0, len(chosen), _QUESTIONS_IN_KIT)
        ]
        for kit_index, kit_questions in enumerate(parts, 1):
            name = competency or "Other questions"
            is_whole = len(parts) == 1
            yield _kit(
                competency_id if is_whole else f"{competency_id}-{kit_index}",
                name if is_whole else f"{name}, part {kit_index}",
                kit_questions,
            )


def _kit(kit_id: str, name: str, entries: Sequence[tuple[str, str, float]]) -> dict[str, Any]:
    total = sum(entry[2] for entry in entries)
    share = min(1.0, _MOST_KIT / total)
    minutes = [_tidy_number(max(0.5, entry[2] * share)) for entry in entries]
    return {
        "id": kit_id,
        "name": name,
        "minutes": _tidy_number(min(_MOST_KIT, sum(minutes))),
        "questions": [
            {"question": entry[1], "minutes": planned}
            for entry, planned in zip(entries, minutes, strict=True)
        ],
    }


def _minutes(
    listed: QuestionList, question: ListedQuestion, questions: Collection[ListedQuestion]
) -> float:
    if question.minutes:
        return question.minutes
    section = listed.section_minutes.get(question.competency)
    if section:
        sharing = sum(peer.competency == question.competency for peer in questions)
        return max(0.5, section / sharing)
    return MINUTES


def _tidy_number(value: float) -> float | int:
    rounded = round(float(value), 1)
    return int(rounded) if rounded.is_integer() else rounded


def _without_off_limits(
    questions: Sequence[ListedQuestion], data: Mapping[str, Any], unplaced: list[Unplaced]
) -> bool:
    """Take out every text that the check calls an error; a question is emptied and all of it named.

    Whether there was any. A bank with such a text could be read, but no interviewer may ask it.
    """
    file = read_as(first_text(data), Path("list.yaml"))
    messages = {finding.line: finding.message for finding in lint(file) if finding.level == "error"}
    for at, question in enumerate(questions if messages else ()):
        reason = messages.get(file.where(("questions", at, "ask"))[1])
        if reason is not None:
            texts = [question.ask, *question.listen_for, *question.watch_for, *question.probes]
            question.ask = ""
            refusal = f"must not be asked: {reason}"
            unplaced.extend(Unplaced(question.location, text, refusal) for text in texts)
            continue
        for name in ("listen_for", "watch_for", "probes"):
            _drop_off_limits(file, at, question, name, messages, unplaced)
    return bool(messages)


def _drop_off_limits(
    file: BankFile,
    at: int,
    question: ListedQuestion,
    name: str,
    messages: Mapping[int, str],
    unplaced: list[Unplaced],
) -> None:
    lasting = []
    for index, text in enumerate(getattr(question, name)):
        loc = ("questions", at, name, index, *(("ask",) if name == "probes" else ()))
        reason = messages.get(file.where(loc)[1])
        if reason is None:
            lasting.append(text)
        else:
            unplaced.append(Unplaced(question.location, text, f"must not be asked: {reason}"))
    setattr(question, name, lasting)
