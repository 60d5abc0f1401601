"""Who may read whose scorecards: the rule, apart from the database that keeps it.

Storage keeps the same rule as SQL over all scorecards at once; one table of cases in the tests
holds both to it, and any other database has to pass that table as well.
"""

from enum import Enum
from typing import NamedTuple

from interviewkit.errors import BlockedError
from interviewkit.interview.people import Person
from interviewkit.interview.record_kinds import tell_kinds_apart
from interviewkit.interview.role_settings import Visibility


class RoleStanding(Enum):
    """How a person stands to a role.

    A recruiter reads all of it, as its owner does. In a role without an owner everybody is a
    recruiter, because a file on one machine cannot know who belongs to the panel.
    """

    OWNER = "owner"
    RECRUITER = "recruiter"
    INTERVIEWER = "interviewer"
    OUTSIDER = "outsider"


READS_ALL = frozenset({RoleStanding.OWNER, RoleStanding.RECRUITER})


class Case(NamedTuple):
    """One person before one scorecard, or before an interview that has not been submitted.

    ``is_own``: the person is its interviewer, or holds it under another name and has not submitted
    it yet. ``is_interviewing``: the person has an interview with the candidate planned or under
    way, and none submitted for that role. ``has_submitted``: the person's own scorecard for this
    candidate and this role is in.
    """

    seat: RoleStanding
    visibility: Visibility = Visibility.AFTER_OWN
    is_own: bool = False
    is_submitted: bool = True
    is_interviewing: bool = False
    has_submitted: bool = False
    is_shared: bool = False


def may_see(case: Case) -> bool:
    """Whether the person may read it.

    One's own always. Another's never before it is submitted, and never while one is interviewing
    the candidate oneself, whatever one's seat. Then the owner and recruiters read all; for others
    the role's setting decides, and in a shared role an outsider reads nothing.
    """
    if case.is_own:
        return True
    if case.is_interviewing or not case.is_submitted:
        return False
    if case.seat in READS_ALL:
        return True
    if case.is_shared and case.seat is RoleStanding.OUTSIDER:
        return False
    if case.visibility is Visibility.AFTER_OWN:
        return case.has_submitted
    return case.visibility is Visibility.ALL


def may_hand_over(case: Case) -> bool:
    """Whether the person may put it into the candidate's own pack.

    The candidate has a right to everything, so anyone who reads all of a role may hand over what is
    still under way in it, too, unless they are interviewing the candidate themselves.
    """
    if case.seat in READS_ALL and not case.is_interviewing:
        return True
    return may_see(case)


def reader_of(user: Person, named: Person | None, *, is_shared: bool) -> Person:
    """Who is looking: ``named`` where a name was given, else the ``user`` of the program.

    BlockedError for another's name where the records are shared: there the key or login says who
    is reading.
    """
    if named is None:
        return user
    if is_shared and not user.normalized_names & named.normalized_names:
        raise BlockedError(
            f"You are {user.name} here, not {named.name}.",
            "These records are shared: your key or login says who you are. Run it without "
            "--interviewer.",
        )
    return named


tell_kinds_apart(globals())
