"""Rules on what the interviewer says aloud: questions, probes, opening and closing words."""

import re
from collections.abc import Iterator

from interviewkit.banks.lint.language import Lists, Utterance
from interviewkit.banks.lint.rules import Told, join_names
from interviewkit.banks.lint.timeframe import lint_timeframe
from interviewkit.banks.lint.topics import off_limits
from interviewkit.banks.model import Bank, Kit, Question, RolePlay
from interviewkit.banks.text.yaml_nodes import Loc

WORDS_A_MINUTE = 150  # of someone who reads aloud calmly
_ABBREVIATION = re.compile(r"\b[A-Z][A-Z&/]*[A-Z]\d*s?\b")
_FAMILIAR = frozenset({"CEO", "CFO", "CV", "EU", "HR", "ID", "IT", "OK", "PC", "TV", "UK", "US"})
_MOST_ABBREVIATIONS = 1
GRAVE = frozenset({"off-limits", "leading", "accusing"})  # beside these, a habit is no matter


def lint_repetitions(bank: Bank, lists: Lists) -> Iterator[Told]:
    """Questions in the words of an earlier one."""
    asked: dict[str, str] = {}
    for index, question in enumerate(bank.questions):
        earlier_id = asked.setdefault(lists.analyze(question.ask).words, question.id)
        if earlier_id != question.id:
            message = f"{earlier_id} asks this in the same words"
            yield ("questions", index, "ask"), "duplicate-wording", message


def lint_asking(loc: Loc, question: Question, bank: Bank, lists: Lists) -> Iterator[Told]:
    """Rules on the wording of a question and of its role play."""
    yield from lint_question((*loc, "ask"), question, lists.analyze(question.ask), bank, lists)
    if question.role_play:
        yield from _briefs((*loc, "role_play"), question.role_play, bank, lists)


def lint_question(
    loc: Loc, question: Question, utterance: Utterance, bank: Bank, lists: Lists
) -> Iterator[Told]:
    """Rules on the wording of one question."""
    faults = list(heard(loc, utterance, bank, lists))
    yield from faults
    if question.role_play:
        return  # what is read aloud before a role play is not a question
    yield from _check_wording(loc, utterance, lists)
    grave = any(code in GRAVE for _, code, _ in faults)
    yield from lint_timeframe(loc, question, utterance, lists, only_plain=grave)
    if utterance.count > lists.limits.ask:
        message = f"{utterance.count} words in one question; people can follow {lists.limits.ask}"
        yield loc, "too-long", message


def heard(loc: Loc, utterance: Utterance, bank: Bank, lists: Lists) -> Iterator[Told]:
    """Rules on whatever a candidate is asked, questions and probes alike."""
    matches = utterance.found
    if matches:
        yield from off_limits(loc, utterance, bank, lists)
    lead = _lead(utterance, lists)
    if lead:
        yield loc, "leading", f"“{lead}” suggests the answer; ask openly"
    if "accusing" in matches:
        message = f"“{matches['accusing']}” accuses; ask what happened or what they did"
        yield loc, "accusing", message
    if "jargon" in matches:
        yield loc, "jargon", f"“{matches['jargon']}” is jargon; say it in everyday words"
    yield from _abbreviations(loc, utterance.text)
    if utterance.count > lists.limits.sentence:
        longest = max(sentence.count(" ") for sentence in utterance.sentences)
        if longest > lists.limits.sentence:
            most = lists.limits.sentence
            message = f"a sentence of {longest} words; listeners cannot follow more than {most}"
            yield loc, "too-long", message


def _briefs(loc: Loc, play: RolePlay, bank: Bank, lists: Lists) -> Iterator[Told]:
    """What must not be asked must not be played either."""
    for name in ("candidate_brief", "interviewer_plays", "interviewer_brief"):
        yield from heard((*loc, name), lists.analyze(getattr(play, name)), bank, lists)


def lint_pages(bank: Bank, lists: Lists) -> Iterator[Told]:
    """Rules on opening and closing words: their topics, and whether their minutes are enough."""
    for index, kit in enumerate(bank.kits):
        for name in ("opening", "closing"):
            yield from _page(("kits", index, name, "say"), kit, bank, lists)


def is_closed(utterance: Utterance, lists: Lists) -> bool:
    """Whether every sentence can be answered with yes or no."""
    parts = utterance.sentences
    return any(map(lists.closed.match, parts)) and not any(
        lists.open.match(sentence) or lists.telling.match(sentence) or lists.joins.search(sentence)
        for sentence in parts
    )


def _page(loc: Loc, kit: Kit, bank: Bank, lists: Lists) -> Iterator[Told]:
    name = loc[2]
    page = kit.opening if name == "opening" else kit.closing
    if not page:
        return
    yield from off_limits(loc, lists.analyze(page.say), bank, lists)
    count = len(page.say.split())
    if count > page.minutes * WORDS_A_MINUTE:
        minutes = count / WORDS_A_MINUTE
        message = (
            f"{count} words take {minutes:.1f} minutes to say; the {name} has {page.minutes:g}"
        )
        yield loc, "page-over-time", message


def _check_wording(loc: Loc, utterance: Utterance, lists: Lists) -> Iterator[Told]:
    if is_closed(utterance, lists):
        message = "can be answered with yes or no; start with what, how or “Tell me about a time”"
        yield loc, "closed", message
    several = several_questions(utterance, lists)
    if several:
        yield loc, "double-barrelled", several


def _lead(utterance: Utterance, lists: Lists) -> str:
    """The words that suggest the answer, or nothing; a statement asked as a question does, too."""
    if "leading" in utterance.found:
        return utterance.found["leading"]
    creed = lists.creed.match(utterance.words.removeprefix("^ "))
    if creed and utterance.text.rstrip().endswith("?"):
        return creed.group().strip()
    tag = lists.tag.search(utterance.text) if "," in utterance.text else None
    if tag:
        return tag.group().strip(" ,")
    if not utterance.text.rstrip().endswith("?"):
        return ""
    statement = utterance.sentences[-1] if utterance.sentences else ""
    if lists.is_asking(statement) or lists.question_words.intersection(statement.split()):
        return ""
    return statement.strip() if lists.statement.match(statement) else ""


def several_questions(utterance: Utterance, lists: Lists, *, is_probe: bool = False) -> str:
    """Why a question asks for too much at once, or nothing; a probe has no room for a second."""
    if "double" in utterance.found:
        return f"“{utterance.found['double']}” are two questions; ask for one of them"
    asking = [sentence for sentence in utterance.sentences if lists.is_asking(sentence)]
    tails = [tail for sentence in asking for tail in _tails(sentence, lists, 0 if is_probe else 1)]
    count = len(asking) + len(tails)
    if count >= 3:
        return f"asks {count} things at once; ask one and leave the others to probes"
    if len(asking) == 2:
        tail = lists.limits.tail
        if lists.open.match(asking[0]):
            tail = 0 if is_probe else lists.limits.short_tail
        if asking[1].count(" ") > tail:
            return "asks two questions at once; keep one and make the other a probe"
    if tails and not lists.telling.match(asking[0]):
        return f"“{tails[0]}” is a second question; make it a probe"
    return ""


def _tails(sentence: str, lists: Lists, shortest: int) -> list[str]:
    """The further questions inside a sentence; "and how?" is hardly one."""
    tails = [sentence[match.start() :].strip() for match in lists.joins.finditer(sentence)]
    return [tail for tail in tails if tail.count(" ") > shortest]


def _abbreviations(loc: Loc, text: str) -> Iterator[Told]:
    abbreviations = set(_ABBREVIATION.findall(text))
    if len(abbreviations) > _MOST_ABBREVIATIONS and not text.isupper():
        strange = sorted(abbreviations - _FAMILIAR)
        if len(strange) > _MOST_ABBREVIATIONS:
            yield loc, "jargon", f"{join_names(strange)} without explanation; spell them out"
