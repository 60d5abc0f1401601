"""How long records are kept: the periods, and the day on which they end.

The periods are starting points with their sources, not legal advice. A candidate's clock runs from
the last thing recorded for a role or from the hiring decision, whichever is later; somebody who was
interviewed for several roles is kept as long as the longest of them asks.
"""

from calendar import monthrange
from dataclasses import dataclass
from datetime import date
from typing import TYPE_CHECKING

from interviewkit.interview.clock import day_words

if TYPE_CHECKING:
    from interviewkit.interview.records import Candidate, Role

NOT_ADVICE = "These periods are starting points, not legal advice; ask your legal adviser."


@dataclass(frozen=True, slots=True)
class Place:
    """A rule of retention. ``is_preset``: the months are ours and nobody has set others."""

    name: str
    months: int
    source: str
    is_preset: bool = True


PRESETS = (
    Place(
        "us",
        12,
        "United States, private employer: one year from the record or the personnel action, "
        "whichever is later (29 CFR 1602.14)",
    ),
    Place(
        "us-contractor",
        24,
        "United States, federal contractor: two years (41 CFR 60-300.80 and 60-741.80); one year "
        "below 150 employees or a contract of $150,000",
    ),
    Place(
        "us-public",
        24,
        "United States, state or local government: two years (29 CFR 1602.31)",
    ),
    Place(
        "gdpr",
        6,
        "European Union and United Kingdom: the law names no period, only no longer than needed "
        "(GDPR article 5(1)(e)), so you decide. Six months is our default: in Germany a "
        "rejected candidate has two months to claim (AGG § 15(4)) and three more to sue (ArbGG § "
        "61b), and one more month allows for the post",
    ),
)


@dataclass(frozen=True, slots=True)
class RoleClock:
    """One candidate's clock for one role; ``due`` is None when no period is set."""

    role: "Role"
    last: date
    months: int | None
    decided: date | None = None
    hold: str = ""

    @property
    def due(self) -> date | None:
        """The first day on which the period is over."""
        if self.months is None:
            return None
        return months_later(max(self.last, self.decided or self.last), self.months)


@dataclass(frozen=True, slots=True)
class RetentionClock:
    """A candidate's clock over all roles."""

    candidate: "Candidate"
    roles: tuple[RoleClock, ...]

    @property
    def due(self) -> date | None:
        """The first day on which every role's period is over; None when a role has no period."""
        days = [role.due for role in self.roles]
        known_days = [day for day in days if day is not None]
        return max(known_days) if known_days and len(known_days) == len(days) else None

    @property
    def holds(self) -> tuple[RoleClock, ...]:
        """The roles under a legal hold."""
        return tuple(role for role in self.roles if role.hold)

    def is_due(self, today: date) -> bool:
        """Whether the records may go: the period is over and nothing holds them."""
        return self.due is not None and self.due <= today and not self.holds

    @property
    def words(self) -> str:
        """``kept until 2 Mar 2027``, and what stands in the way of that."""
        if self.holds:
            return f"kept: legal hold on {self.holds[0].role.title}"
        if self.due is None:
            return "no retention period set"
        return f"kept until {day_words(self.due)}"


def months_later(day: date, months: int) -> date:
    """The same day ``months`` later, or the last of its month: 31 August + 6 is 28 February."""
    year, month = divmod(day.year * 12 + day.month - 1 + months, 12)
    return date(year, month + 1, min(day.day, monthrange(year, month + 1)[1]))
