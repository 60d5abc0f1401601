"""The practice file that somebody begins: a kit's questions, with gaps that say what goes in."""

from collections.abc import Iterator

import yaml

from interviewkit.banks.lint.placeholders import MARK
from interviewkit.banks.model import Bank, Question

_HEAD = """\
# A candidate to practise on. Replace each text that begins with {mark}
# Write as people speak. `exists: false`: there is no such thing, and this is said instead.
# level: lived-rich, lived-thin, canned, borrowed or general.
practice: 1
id: {id}
candidate: {candidate}
bank: {bank}
kit: {kit}
language: {language}
summary: "{mark} one line for the trainer; shown at the end"
answers:
"""
_ANSWER = """\
  - question: {question}
    # {ask}
    level: lived-thin
    opening: "{mark} what is said first, 40 to 120 words"
    replies:
{replies}
    silence: "{mark} what is added when the interviewer waits"
    otherwise: "{mark} what is said to anything else"
    rating: {rating}
    because: "{mark} what meets this anchor: {anchor}"
    not_higher: "{mark} what is missing for: {higher}"
    not_lower: "{mark} what is more than: {lower}"
"""


def practice_template(practice_id: str, candidate: str, bank: Bank, kit_id: str) -> str:
    """A file that reads, with a reply for each element that the question's probes ask for.

    NotFoundError when the bank has no such kit.
    """
    kit = bank.kit(kit_id)
    head = _HEAD.format(
        mark=MARK,
        id=practice_id,
        candidate=_quoted(candidate),
        bank=bank.id,
        kit=kit.id,
        language=bank.language,
    )
    return head + "\n".join(_answer(bank, bank.question(entry.question)) for entry in kit.questions)


def _answer(bank: Bank, question: Question) -> str:
    anchors, rating = bank.anchors(question), bank.ratings[len(bank.ratings) // 2]
    return _ANSWER.format(
        mark=MARK,
        question=question.id,
        ask=" ".join(question.ask.split()),
        replies="\n".join(_replies(question)),
        rating=rating,
        anchor=_inside(anchors[rating]),
        higher=_inside(anchors[rating + 1]),
        lower=_inside(anchors[rating - 1]),
    )


def _replies(question: Question) -> Iterator[str]:
    asked = {element: probe.ask for probe in reversed(question.probes) for element in probe.elicits}
    for element, ask in reversed(asked.items()):
        yield f'      {element}: {{says: "{MARK} {_inside(ask)}", exists: true}}'


def _inside(text: str) -> str:
    """As it may stand between double quotes."""
    return " ".join(text.split()).replace("\\", "\\\\").replace('"', '\\"')


def _quoted(text: str) -> str:
    return str(yaml.safe_dump(text, allow_unicode=True, width=1000)).splitlines()[0]
