"""The card an interviewer reads before the interview: what to verify, what to ask about.

Earlier interviewers and recruiters hand it over, and whoever reads it has not judged the candidate
yet. So it may say what is open and never how somebody rated or whom they would hire.
"""

import re
from functools import cache

from interviewkit.errors import BlockedError
from interviewkit.interview.limits import LONGEST_CARD

# What gives an earlier judgement away: a rating or score with its figure, a figure on a scale, the
# words of the recommendation. "Closed 4 of 5 deals" is none of it.
_JUDGEMENTS = (
    r"\b(?:rated|ratings?|scored?|scores|bewertet|bewertung)\b[^\n]{0,20}?\b[0-7]\b(?!\s*[%k])",
    r"\b[0-7]\s*(?:/\s*[57]|out of [57]|von [57] punkten|stars?|sterne)\b",
    r"\b(?:definitely|strong|clear)\s+(?:yes|no|not|hire|no[ -]hire)\b",
    r"\b(?:would|should)\s+(?:not\s+hire\b|hire\s+(?:him|her|them)\b)",
    r"\brecommend(?:ed|ation|s)?\b\W*(?:yes|no|against|hir(?:e|ing))\b",
)


@cache
def _judgement() -> re.Pattern[str]:
    """Home reads the plan and no card."""
    return re.compile("|".join(_JUDGEMENTS), re.IGNORECASE)


def checked_card(text: str) -> str:
    """The card as it is kept: its lines without the blanks around them.

    BlockedError names the line where it is too long to read before an interview, and where it gives
    a rating or a recommendation away.
    """
    lines = [line.rstrip() for line in text.replace("\r\n", "\n").split("\n")]
    card = "\n".join(lines).strip("\n")
    if len(card) > LONGEST_CARD:
        raise BlockedError(
            f"The card has {len(card)} characters; {LONGEST_CARD} are the most.",
            "Keep to what the interviewer needs to verify and to ask about.",
        )
    for line_number, line in enumerate(card.split("\n"), start=1):
        judgement = _judgement().search(line)
        if judgement:
            raise BlockedError(
                f"Line {line_number} of the card gives a judgement away: “{judgement[0].strip()}”.",
                "Who reads it has not rated yet. Say what to verify or to ask about instead.",
            )
    return card
