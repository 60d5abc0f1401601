"""Who owns a role, who sees what of it, and how long what was said for it is kept."""

from enum import StrEnum
from typing import NamedTuple

from interviewkit.interview.record_kinds import tell_kinds_apart


class Visibility(StrEnum):
    """What interviewers other than the role's owner see of others' scorecards."""

    OWN = "own"
    AFTER_OWN = "after_own"
    ALL = "all"

    @property
    def words(self) -> str:
        """As shown to a person."""
        return {
            Visibility.OWN: "only their own",
            Visibility.AFTER_OWN: "others' after their own",
            Visibility.ALL: "all",
        }[self]


class RoleSettings(NamedTuple):
    """What was set for a role; an empty text is "not set".

    Without an ``owner`` a role is everybody's and ``visibility`` does not apply. ``place`` names
    the rule that says how long records are kept; ``months`` overrules it. ``decided`` is the day
    the hiring decision was made (ISO), ``hold`` the reason of a legal hold, under which nothing is
    erased. ``shared`` says that the role's documents go to the team.
    """

    owner: str = ""
    visibility: Visibility = Visibility.AFTER_OWN
    place: str = ""
    months: int | None = None
    decided: str = ""
    hold: str = ""
    shared: bool = False


class RoleChange(NamedTuple):
    """One setting of a role that was changed: from what, to what, by whom, when."""

    what: str
    before: str
    after: str
    by: str
    at: str


tell_kinds_apart(globals())
