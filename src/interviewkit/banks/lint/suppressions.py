"""What a bank's author has looked at and keeps: ``accepted``, each with a reason."""

from collections.abc import Iterator

from interviewkit.banks.lint.rules import READING, RULES, Told
from interviewkit.banks.model import Acceptance, Bank
from interviewkit.banks.text.yaml_nodes import Loc
from interviewkit.banks.validation import nearest

_OWN = ("unused-acceptance", "unknown-acceptance")


def apply_suppressions(bank: Bank, notices: list[Told]) -> list[Told]:
    """What is told without what is accepted, and with the acceptances that accept nothing."""
    used: set[int] = set()
    remaining = []
    for notice in notices:
        names = _names(bank, notice[0])
        accepting = [
            index
            for index, acceptance in enumerate(bank.accepted)
            if acceptance.code == notice[1]
            and (acceptance.where is None or acceptance.where in names)
        ]
        used.update(accepting)
        if not accepting:
            remaining.append(notice)
    for index, acceptance in enumerate(bank.accepted):
        if index not in used:
            remaining += _idle(("accepted", index), acceptance)
    return remaining


def _idle(loc: Loc, acceptance: Acceptance) -> Iterator[Told]:
    code = acceptance.code
    if code in RULES and code not in _OWN:
        location = f" at {acceptance.where}" if acceptance.where else ""
        yield loc, "unused-acceptance", f"there is no {code}{location} to accept; remove this"
    elif code in READING or code in _OWN:
        yield (*loc, "code"), "unknown-acceptance", f"{code} cannot be accepted, only fixed"
    else:
        message = f"there is no code {code}{nearest(code, RULES)}"
        yield (*loc, "code"), "unknown-acceptance", message


def _names(bank: Bank, loc: Loc) -> set[str]:
    """The ids under which what stands at ``loc`` can be accepted."""
    if len(loc) < 2 or not isinstance(loc[1], int):
        return set()
    index = loc[1]
    if loc[0] == "questions":
        question = bank.questions[index]
        names = {question.id}
        if len(loc) > 3 and loc[2] == "probes" and isinstance(loc[3], int):
            names.add(f"{question.id}/{question.probes[loc[3]].id}")
        return names
    if loc[0] == "competencies":
        return {bank.competencies[index].id}
    return {bank.kits[index].id} if loc[0] == "kits" else set()
