"""Candidates' names taken out of what interviewers typed.

A name is found whole, in any case, and by each of its parts that has three letters or more. Where
a part is an ordinary word as well, that word goes too: too much is masked rather than too little.
Nicknames and what else points to a person cannot be found; anyone who passes notes on reads them.
"""

import re
from collections.abc import Callable, Mapping

from interviewkit.interview.records import Amendment, Answer, Candidate, Interview

Mask = Callable[[str], str]

SHORTEST = 3  # letters of a part: shorter ones, "de" or "Li", stand in too many words' place


def mask(letters: Mapping[str, str]) -> Mask:
    """A function that puts letters in place of names; ``letters`` go by name."""
    parts: dict[str, str] = {}
    for name, letter in letters.items():
        for piece in name.split():
            if len(piece) >= SHORTEST:
                key = piece.casefold()
                # Two candidates with one name in common: then it points to neither.
                parts[key] = letter if parts.get(key, letter) == letter else "a candidate"
    whole = {" ".join(name.split()).casefold(): letter for name, letter in letters.items()}
    labels = {**parts, **whole}
    if not labels:
        return lambda text: text
    longest_first = sorted(labels, key=len, reverse=True)
    alternatives = "|".join(re.escape(name).replace(r"\ ", r"\s+") for name in longest_first)
    pattern = re.compile(rf"(?<!\w)(?:{alternatives})(?!\w)", re.IGNORECASE)

    def masked(text: str) -> str:
        return pattern.sub(lambda match: labels[" ".join(match.group().split()).casefold()], text)

    return masked


def masked_card(
    interview: Interview, answers: list[Answer], letter: str, hide: Mask
) -> tuple[Interview, list[Answer]]:
    """A scorecard without its candidate's name; its seal, which would lead back, is left out."""
    bare = interview._replace(
        candidate=Candidate(letter, letter),
        summary=hide(interview.summary),
        reason=hide(interview.reason),
        amended_why=hide(interview.amended_why),
        seal=None,
    )
    return bare, [_answer(answer, hide) for answer in answers]


def _answer(answer: Answer, hide: Mask) -> Answer:
    return answer._replace(
        skipped=None if answer.skipped is None else hide(answer.skipped),
        notes=tuple(note._replace(text=hide(note.text)) for note in answer.notes),
        amendments=tuple(_amendment(amendment, hide) for amendment in answer.amendments),
    )


def _amendment(amendment: Amendment, hide: Mask) -> Amendment:
    value = (
        hide(amendment.value) if amendment.what == "note" and amendment.value else amendment.value
    )
    return amendment._replace(value=value, reason=hide(amendment.reason))
