"""What a trainer who has rehearsed a script would say about it.

Owns opinions, not faults: a file that cannot be read never gets here. Each opinion has a stable
code (:data:`PRACTICE_RULES`), which never changes its meaning and has its section in
``docs/practice-files.md``.
"""

import re
from collections.abc import Iterator, Mapping
from itertools import chain
from types import MappingProxyType

from interviewkit.banks.elements import LABELS, Element
from interviewkit.banks.lint.language import lists
from interviewkit.banks.lint.placeholders import MARK
from interviewkit.banks.lint.rules import Rule, Told
from interviewkit.banks.model import Question
from interviewkit.banks.text.yaml_nodes import Loc
from interviewkit.errors import Finding
from interviewkit.practice.model import ScriptedAnswer
from interviewkit.practice.reader import PracticeFile
from interviewkit.practice.spoken_phrases import SpokenPhrases, spoken_phrases
from interviewkit.visible_text import hidden_characters

PRACTICE_RULES: Mapping[str, Rule] = MappingProxyType(
    {
        "control-character": Rule("error", "control or invisible characters"),
        "placeholder": Rule("warning", "something that is still to be written"),
        "opening-length": Rule("warning", "an opening too short or too long"),
        "too-long": Rule("warning", "too long to say in one go"),
        "stage-direction": Rule("warning", "what is seen or done, not said"),
        "repeated-reply": Rule("warning", "says the same thing twice"),
        "contradicts-exists": Rule("warning", "a reply that contradicts its exists"),
        "judges-honesty": Rule("warning", "a reason that judges honesty"),
        "written-words": Rule("advice", "written, not spoken"),
        "probe-unanswered": Rule("advice", "probes that lead to nothing"),
        "reply-unreached": Rule("advice", "a reply that no probe asks for"),
        "no-silence": Rule("advice", "nothing to say after a silence"),
        "one-level": Rule("advice", "every story of the same kind"),
    }
)
FEWEST_OPENING, MOST_OPENING = 40, 120  # words; at 150 a minute 16 to 48 seconds
MOST_REPLY = 60  # words
LEAST_REPEATED = 4  # words; shorter replies may well be the same
LONG_DENIAL = 12  # words; a reply of so many may deny one thing and tell another
_WORD = re.compile(r"[^\W_]+(?:['’-][^\W_]+)*")
_DIRECTION = re.compile(r"\([^)]*\)|\[[^\]]*\]|\*[^*]+\*")
_SENTENCE_END = re.compile(r"(?<=[.!?…])\s+")
_WRITTEN_SIGNS = re.compile(r"[;→•/]|\s[-–]\s")
_DIGIT = re.compile(r"\d")
_SPOKEN_FIELDS = ("opening", "silence", "otherwise")
_REASON_FIELDS = ("because", "not_higher", "not_lower")


def check_script(file: PracticeFile) -> list[Finding]:
    """What could be better in a script, in the order of the file."""
    phrases = spoken_phrases(file.script.language)
    notices = list(_notices(file, phrases))
    gaps = {loc for loc, code, _ in notices if code == "placeholder"}
    findings = [
        Finding(*file.where(loc), code, message, PRACTICE_RULES[code].level)
        for loc, code, message in dict.fromkeys(notices)
        if code == "placeholder" or loc not in gaps  # how a gap is worded nobody has to hear
    ]
    return sorted(findings, key=lambda finding: (finding.line, finding.column, finding.code))


def _notices(file: PracticeFile, phrases: SpokenPhrases) -> Iterator[Told]:
    script = file.script
    yield from _any_text(("candidate",), script.candidate)
    yield from _any_text(("summary",), script.summary)
    for index, answer in enumerate(script.answers):
        loc: Loc = ("answers", index)
        yield from _speech(loc, answer, file, phrases)
        yield from _reasons(loc, answer, phrases)
        yield from _reach(loc, answer, file.bank.question(answer.question))
    yield from _repetitions(file)
    levels = {answer.level for answer in script.answers}
    if len(levels) == 1 and len(script.answers) > 1:
        message = f"every story is {next(iter(levels))}; after the second, raters stop listening"
        yield ("answers",), "one-level", message


def _any_text(loc: Loc, text: str) -> Iterator[Told]:
    if MARK in text:
        yield loc, "placeholder", f"still to be written: {text.replace(MARK, '').strip()}"
    hidden = hidden_characters(" ".join(text.split()))
    if hidden:
        message = f"{hidden} is invisible or a control character; remove it"
        yield loc, "control-character", message


def _spoken_texts(loc: Loc, answer: ScriptedAnswer) -> Iterator[tuple[Loc, str]]:
    for name in _SPOKEN_FIELDS:
        text = getattr(answer, name)
        if text:
            yield (*loc, name), text
    for element, reply in answer.replies.items():
        yield (*loc, "replies", element.value, "says"), reply.says


def _speech(
    loc: Loc, answer: ScriptedAnswer, file: PracticeFile, phrases: SpokenPhrases
) -> Iterator[Told]:
    limit = lists(file.script.language).limits.sentence
    for text_loc, text in _spoken_texts(loc, answer):
        yield from _any_text(text_loc, text)
        yield from _length(text_loc, text, limit, is_opening=text_loc[-1] == "opening")
        direction = _DIRECTION.search(text)
        if direction:
            message = f"“{direction[0]}” is not said; write only what can be heard"
            yield text_loc, "stage-direction", message
        written = _written_part(text, phrases)
        if written:
            yield text_loc, "written-words", f"nobody says “{written}”; write it as it is spoken"
    if answer.silence is None:
        message = "nothing is added after a silence; most people add something"
        yield loc, "no-silence", message
    for element, reply in answer.replies.items():
        says_loc = (*loc, "replies", element.value, "says")
        yield from _contradiction(says_loc, element, reply.says, phrases, exists=reply.exists)


def _length(loc: Loc, text: str, limit: int, *, is_opening: bool) -> Iterator[Told]:
    count = len(_WORD.findall(text))
    if is_opening and not FEWEST_OPENING <= count <= MOST_OPENING:
        message = (
            f"{count} words; a first answer takes {FEWEST_OPENING} to {MOST_OPENING}, less than a "
            "minute"
        )
        yield loc, "opening-length", message
    elif not is_opening and count > MOST_REPLY:
        yield loc, "too-long", f"{count} words; more than {MOST_REPLY} make a speech, not a reply"
    longest = max(len(_WORD.findall(sentence)) for sentence in _SENTENCE_END.split(text))
    if longest > limit:
        message = f"a sentence of {longest} words; people speak in sentences of up to {limit}"
        yield loc, "too-long", message


def _written_part(text: str, phrases: SpokenPhrases) -> str:
    sign = _WRITTEN_SIGNS.search(text)
    if sign:
        return sign[0].strip()
    return next((part for part in phrases.written if f" {part.lower()}" in text.lower()), "")


def _contradiction(
    loc: Loc, element: Element, says: str, phrases: SpokenPhrases, *, exists: bool
) -> Iterator[Told]:
    spoken = " ".join(says.replace("’", "'").lower().split())
    denial = next((denial for denial in phrases.denials if denial in spoken), "")
    if exists and denial and len(_WORD.findall(says)) < LONG_DENIAL:
        message = f"“{denial}” denies it, but exists is true"
        yield loc, "contradicts-exists", message
    if not exists and element is Element.NUMBERS and _DIGIT.search(says):
        yield loc, "contradicts-exists", "gives a figure, but exists is false"


def _reasons(loc: Loc, answer: ScriptedAnswer, phrases: SpokenPhrases) -> Iterator[Told]:
    for name in _REASON_FIELDS:
        text = getattr(answer, name)
        if text is None:
            continue
        yield from _any_text((*loc, name), text)
        spoken = f" {' '.join(_WORD.findall(text.lower()))} "
        judged = next((judged for judged in phrases.honesty if f" {judged} " in spoken), "")
        if judged:
            message = f"“{judged}” judges honesty, which nobody can hear; write about the anchors"
            yield (*loc, name), "judges-honesty", message


def _reach(loc: Loc, answer: ScriptedAnswer, question: Question) -> Iterator[Told]:
    """Probes that no reply answers, and replies that no probe opens."""
    unanswered = [
        f"?{position}"
        for position, probe in enumerate(question.probes, 1)
        if answer.replies.keys().isdisjoint(probe.elicits)
    ]
    if unanswered:
        message = f"{', '.join(unanswered)} lead only to `otherwise`; write a reply"
        yield (*loc, "replies"), "probe-unanswered", message
    elicited = set(chain.from_iterable(probe.elicits for probe in question.probes))
    for element in answer.replies.keys() - elicited:
        message = (
            f"no probe of {question.id} asks for {LABELS[element]}; "
            "only a follow-up in the interviewer's own words reaches it"
        )
        yield (*loc, "replies", element.value), "reply-unreached", message


def _repetitions(file: PracticeFile) -> Iterator[Told]:
    earlier: dict[str, Loc] = {}
    for index, answer in enumerate(file.script.answers):
        for loc, text in _spoken_texts(("answers", index), answer):
            words = _WORD.findall(text.lower())
            if len(words) < LEAST_REPEATED:
                continue
            other = earlier.setdefault(" ".join(words), loc)
            if other != loc:
                line = file.where(other)[1]
                yield loc, "repeated-reply", f"the same words as on line {line}"
