"""Rules on what the interviewer says aloud: questions, probes, opening and closing words."""

import re
from collections.abc import Iterator

from interviewkit.banks.lint.language import Lists, Said
from interviewkit.banks.lint.rules import Told, listed
from interviewkit.banks.lint.topics import off_limits
from interviewkit.banks.model import Bank, Kit, Question
from interviewkit.banks.text.yaml_nodes import Loc

WORDS_A_MINUTE = 150  # of someone who reads aloud calmly
_ABBREVIATION = re.compile(r"\b[A-Z][A-Z&/]*[A-Z]\d*s?\b")
_FAMILIAR = frozenset({"CEO", "CFO", "CV", "EU", "HR", "ID", "IT", "OK", "PC", "TV", "UK", "US"})
_MOST_ABBREVIATIONS = 1


def questions(bank: Bank, lists: Lists) -> Iterator[Told]:
    """Rules on the wording of each question."""
    asked: dict[str, str] = {}
    for index, question in enumerate(bank.questions):
        loc: Loc = ("questions", index, "ask")
        said = lists.said(question.ask)
        first = asked.setdefault(said.words, question.id)
        if first != question.id:
            yield loc, "duplicate-wording", f"{first} asks this in the same words"
        yield from heard(loc, said, bank, lists)
        yield from _worded(loc, question, said, lists)
        if said.count > lists.limits.ask:
            words = f"{said.count} words in one question; {lists.limits.ask} can be followed"
            yield loc, "too-long", words


def heard(loc: Loc, said: Said, bank: Bank, lists: Lists) -> Iterator[Told]:
    """Rules on whatever a candidate is asked, questions and probes alike."""
    found = said.found
    if found:
        yield from off_limits(loc, said, bank, lists)
    if "leading" in found:
        yield loc, "leading", f"“{found['leading']}” suggests the answer; ask openly"
    if "accusing" in found:
        words = f"“{found['accusing']}” accuses; ask what happened or what they did"
        yield loc, "accusing", words
    if "jargon" in found:
        yield loc, "jargon", f"“{found['jargon']}” is jargon; say it in everyday words"
    yield from _abbreviations(loc, said.text)
    if said.count > lists.limits.sentence:
        longest = max(part.count(" ") for part in said.sentences)
        if longest > lists.limits.sentence:
            most = lists.limits.sentence
            words = f"a sentence of {longest} words; nobody follows more than {most} by ear"
            yield loc, "too-long", words


def pages(bank: Bank, lists: Lists) -> Iterator[Told]:
    """Rules on opening and closing words: their topics, and whether their minutes are enough."""
    for index, kit in enumerate(bank.kits):
        for name in ("opening", "closing"):
            yield from _page(("kits", index, name, "say"), kit, bank, lists)


def is_closed(said: Said, lists: Lists) -> bool:
    """Whether every sentence can be answered with yes or no."""
    parts = said.sentences
    return any(map(lists.closed.match, parts)) and not any(
        lists.open.match(part) or lists.telling.match(part) or lists.joins.search(part)
        for part in parts
    )


def _page(loc: Loc, kit: Kit, bank: Bank, lists: Lists) -> Iterator[Told]:
    name = loc[2]
    page = kit.opening if name == "opening" else kit.closing
    if not page:
        return
    yield from off_limits(loc, lists.said(page.say), bank, lists)
    count = len(page.say.split())
    if count > page.minutes * WORDS_A_MINUTE:
        minutes = count / WORDS_A_MINUTE
        words = f"{count} words take {minutes:.1f} minutes to say; the {name} has {page.minutes:g}"
        yield loc, "page-over-time", words


def _worded(loc: Loc, question: Question, said: Said, lists: Lists) -> Iterator[Told]:
    if is_closed(said, lists):
        words = "can be answered with yes or no; start with what, how or “Tell me about a time”"
        yield loc, "closed", words
    several = _several(said, lists)
    if several:
        yield loc, "double-barrelled", several
    yield from _of_its_kind(loc, question, said)


def _of_its_kind(loc: Loc, question: Question, said: Said) -> Iterator[Told]:
    """Past behaviour is asked as what happened, a situation as what one would do."""
    found = said.found
    supposed = found.get("hypothetical") if "not-hypothetical" not in found else None
    if question.kind == "past_behaviour":
        if supposed:
            words = f"“{supposed}” asks what they would do; ask for a time, or kind: situational"
            yield loc, "hypothetical", words
        elif "general" in found and "particular" not in found:
            words = f"“{found['general']}” brings how it is usually done; ask for one time"
            yield loc, "general", words
    elif question.kind == "situational" and "past" in found and not supposed:
        words = f"“{found['past']}” asks for what has been; that is kind: past_behaviour"
        yield loc, "kind-mismatch", words


def _several(said: Said, lists: Lists) -> str:
    """Why a question asks for too much at once, or nothing."""
    if "double" in said.found:
        return f"“{said.found['double']}” are two questions; ask for one of them"
    asking = [
        part
        for part in said.sentences
        if lists.open.match(part) or lists.telling.match(part) or lists.closed.match(part)
    ]
    tails = [tail for part in asking for tail in _tails(part, lists)]
    count = len(asking) + len(tails)
    if count >= 3:
        return f"asks {count} things at once; ask one and leave the others to probes"
    if len(asking) == 2 and asking[1].count(" ") > lists.limits.tail:
        return "asks two questions at once; keep one and make the other a probe"
    if tails and not lists.telling.match(asking[0]):
        return f"“{tails[0]}” is a second question; make it a probe"
    return ""


def _tails(part: str, lists: Lists) -> list[str]:
    """The further questions inside a sentence; "and how?" is hardly one."""
    tails = [part[match.start() :].strip() for match in lists.joins.finditer(part)]
    return [tail for tail in tails if tail.count(" ") > 1]


def _abbreviations(loc: Loc, text: str) -> Iterator[Told]:
    found = set(_ABBREVIATION.findall(text))
    if len(found) > _MOST_ABBREVIATIONS and not text.isupper():
        strange = sorted(found - _FAMILIAR)
        if len(strange) > _MOST_ABBREVIATIONS:
            yield loc, "jargon", f"{listed(strange)} in one breath; say what they stand for"
