"""What PostgreSQL reports, as sentences of ours.

Its own words are never shown: they may quote a document, a name or a password.
"""

from collections.abc import Iterable, Iterator
from contextlib import contextmanager
from typing import TYPE_CHECKING

from interviewkit.errors import BlockedError, InterviewKitError, StorageError

if TYPE_CHECKING:
    from psycopg import Error

_ASK_OWNER = "Ask the role's owner or a recruiter."
# SQLSTATE of our own functions → what it says, and what to do.
REFUSALS = {
    "IK001": (
        "The hub does not know this login, or it was closed.",
        "Ask the hub's administrator for an invitation.",
    ),
    "IK002": (
        "Somebody else wrote it.",
        "Only its author can send it. If it is you under another name, ask the administrator to "
        "add that name to your login.",
    ),
    "IK003": (
        "You have no seat in this role.",
        "Ask the role's owner to plan you as an interviewer; then sync again.",
    ),
    "IK004": ("The candidate was erased.", "Erase your copy, too: run `interviewkit hub sync`."),
    "IK005": ("Only the role's owner or a recruiter may do that.", _ASK_OWNER),
    "IK006": (
        "You are to interview this candidate yourself.",
        "Submit your scorecard first, or have your interview cancelled.",
    ),
    "IK007": (
        "The hub cannot read it.",
        "It may come from a newer interviewkit, or hold a character that cannot be kept.",
    ),
    "IK008": ("A document in the hub never changes.", "Send an amendment."),
    "IK009": (
        "The candidate is under a legal hold.",
        "Nothing was erased. End the hold with `interviewkit role set --no-hold`, then sync.",
    ),
    "IK010": ("The invitation has expired.", "Ask the administrator for a new one."),
    "IK011": (
        "The hub holds another document with the same id.",
        "Nothing was sent. Run `interviewkit data check`; a sealed document never changes.",
    ),
    "IK012": ("The hub does not know the candidate yet.", _ASK_OWNER),
    "IK013": (
        "The hub does not hold the scorecard that it amends, or it is not yours.",
        "Sync again; the scorecard goes first.",
    ),
    "IK014": ("The role's new owner is not a member of the hub.", "Ask the administrator."),
}
TRANSIENT = frozenset({"40001", "40P01", "55P03", "57014", "57P01", "57P02", "57P03"})
_NO_LOGIN = frozenset({"28000", "28P01"})
# What fails before a session has no SQLSTATE, so its words tell what it is.
_LOGIN_SIGNS = ("password authentication failed", "not permitted to log in", "does not exist")
_UNSAFE_SIGNS = ("does not support ssl", "channel binding", "authentication method requirement")


class RefusedByHubError(BlockedError):
    """A rule of the hub says no; ``code`` is one of :data:`REFUSALS`."""

    def __init__(self, code: str) -> None:
        super().__init__(*REFUSALS[code])
        self.code = code


class HubAwayError(StorageError):
    """The hub cannot be reached, or broke off: what waits stays, and can be tried again."""


def hub_error(error: "Error") -> InterviewKitError:
    """The sentence for what psycopg reports."""
    code = error.sqlstate
    if code in REFUSALS:
        return RefusedByHubError(code)
    if code in {"22P05", "22021", "22P02", "54001"}:
        return RefusedByHubError("IK007")
    if code is None and _is_of(str(error), ("certificate",)):
        return StorageError(
            "The hub's certificate cannot be verified, so nothing was sent.",
            "Ask the administrator: the certificate has to bear the server's name in the "
            "invitation, and its authority has to be trusted here.",
        )
    if code in _NO_LOGIN or (code is None and _is_of(str(error), _LOGIN_SIGNS)):
        return StorageError(
            "The hub does not accept your login.",
            "Ask the administrator whether it was closed, or for a new invitation.",
        )
    if code is None and _is_of(str(error), _UNSAFE_SIGNS):
        return StorageError(
            "The hub does not offer a connection that can be trusted, so nothing was sent.",
            "Ask the administrator to set up TLS and SCRAM passwords; docs/hub.md has the lines.",
        )
    if code is None or code in TRANSIENT or code[:2] in {"08", "53"}:
        return HubAwayError(
            "The hub cannot be reached now.",
            "What waits to be sent stays here; it goes out with the next sync.",
        )
    if code == "42501":
        return BlockedError("The hub does not allow that.", "Ask the hub's administrator.")
    return StorageError(
        f"The hub reported a fault (SQLSTATE {code}).",
        "Nothing was lost here. Tell the administrator the code and the time.",
    )


def _is_of(text: str, signs: Iterable[str]) -> bool:
    return any(sign in text.lower() for sign in signs)


@contextmanager
def hub_errors_explained() -> Iterator[None]:
    """Turn what psycopg reports into a sentence; its own text is dropped."""
    from psycopg import Error

    try:
        yield
    except Error as error:
        raise hub_error(error) from None
