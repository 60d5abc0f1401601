"""The kinds of values in the interchange lines."""

from typing import Annotated

from pydantic import AfterValidator, BaseModel, ConfigDict, Field, StringConstraints

from interviewkit.interview.clock import kept_moment
from interviewkit.interview.limits import LONGEST_BANK, LONGEST_ID, LONGEST_NAME, LONGEST_TEXT
from interviewkit.visible_text import hidden_characters

# Beyond these no local time can be shown everywhere, and no interview was held.
EARLIEST, LATEST = 1900, 9000


def _moment(text: str) -> str:
    try:
        year = int(kept_moment(text).partition("-")[0])
    except (ValueError, OverflowError) as error:
        raise ValueError("this date or time does not exist") from error
    if not EARLIEST <= year <= LATEST:
        raise ValueError(f"no interview was held in the year {year}")
    return text


def _plain(text: str) -> str:
    hidden = hidden_characters(text)
    if hidden:
        raise ValueError(f"holds {hidden}, which is invisible or a control character; remove it")
    return text


Id = Annotated[str, StringConstraints(min_length=1, max_length=LONGEST_ID, strict=True)]
Name = Annotated[
    str,
    StringConstraints(strip_whitespace=True, min_length=1, max_length=LONGEST_NAME, strict=True),
]
# A document that was sealed is taken as it is; what names a record is not.
PlainId = Annotated[Id, AfterValidator(_plain)]
PlainName = Annotated[Name, AfterValidator(_plain)]
Sentence = Annotated[
    str,
    StringConstraints(strip_whitespace=True, min_length=1, max_length=LONGEST_TEXT, strict=True),
]
Text = Annotated[str, Field(strict=True, max_length=LONGEST_TEXT)]
BankText = Annotated[str, Field(strict=True, max_length=LONGEST_BANK)]
Sha256 = Annotated[str, StringConstraints(pattern=r"^[0-9a-f]{64}$", strict=True)]
Seconds = Annotated[float, Field(strict=True, ge=0, allow_inf_nan=False)]
Moment = Annotated[
    str,
    StringConstraints(
        pattern=r"^[0-9]{4}-[0-9]{2}-[0-9]{2}T[0-9]{2}:[0-9]{2}:[0-9]{2}(\.[0-9]{1,6})?"
        r"(Z|[+-][0-9]{2}:[0-9]{2})$",
        strict=True,
    ),
    AfterValidator(_moment),
    Field(description="ISO 8601 with a time zone, such as 2026-03-02T12:40:05.123Z"),
]


class LinePart(BaseModel):
    """A line or a part of it: a field that is not declared is refused."""

    model_config = ConfigDict(extra="forbid", frozen=True)
