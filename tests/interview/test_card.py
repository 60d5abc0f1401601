"""The card before an interview: plain text that gives no judgement away."""

import pytest

from interviewkit.errors import BlockedError
from interviewkit.interview.card import checked_card
from interviewkit.interview.limits import LONGEST_CARD


@pytest.mark.parametrize(
    "line",
    [
        "Verify: renewed Hartmann for 180k in 2024, who signed?",
        "She said 40 % of the pipeline was hers; ask for the split.",
        "Closed 4 of 5 deals in Q3: which one did not close?",
        "Won 7/10 tenders, of which 3 as lead.",
        "The score in the pilot rose to 40 %; what was it before?",
        "Hired 5 reps in Leeds. Ask how she would hire the next.",
        "Her manager can confirm the number; asked about learning, no time was left.",
    ],
)
def test_points_to_verify_are_kept_as_they_were_written(line: str) -> None:
    assert checked_card(f"{line}  \r\n\n{line}\n\n") == f"{line}\n\n{line}"


@pytest.mark.parametrize(
    "line",
    [
        "I rated her 4 on resilience",
        "Rating: 2",
        "overall score 3, so look closer",
        "4/5 from Tom",
        "4 out of 5 for learning",
        "definitely yes from me",
        "a strong hire",
        "I would not hire him",
        "Recommendation: no",
        "recommended against",
        "Bewertung 4 beim Abschluss",
    ],
)
def test_a_judgement_is_refused_with_its_line(line: str) -> None:
    with pytest.raises(BlockedError, match="Line 2 of the card gives a judgement away: “") as error:
        checked_card(f"Verify the renewal.\n{line}\n")
    assert error.value.hint == (
        "Who reads it has not rated yet. Say what to verify or to ask about instead."
    )


def test_a_card_too_long_to_read_is_refused() -> None:
    assert checked_card("x" * LONGEST_CARD)
    with pytest.raises(BlockedError, match=f"The card has {LONGEST_CARD + 1} characters; 4000 are"):
        checked_card("x" * (LONGEST_CARD + 1))
