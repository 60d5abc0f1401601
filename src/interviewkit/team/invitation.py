"""What an administrator sends somebody: one line that says which team, and whose word counts."""

import os
import re
from typing import NamedTuple

from interviewkit.errors import InterviewKitError
from interviewkit.team.identity import fingerprint_of

_SHAPE = re.compile(r"ik-team:([a-z2-7]{16}):([a-z2-7]{26})")


class TeamInvitation(NamedTuple):
    """``team`` is the id of the team, ``inviter`` the fingerprint of an administrator's key.

    It is no secret: who has it can ask to join, and an administrator still says yes or no.
    """

    team: str
    inviter: str

    def __str__(self) -> str:
        return f"ik-team:{self.team}:{self.inviter}"


def new_team_id() -> str:
    """16 letters and digits, of 80 random bits."""
    import base64

    return base64.b32encode(os.urandom(10)).decode().lower()


def invitation_of(team: str, key: str) -> TeamInvitation:
    """The invitation in which the member with this key vouches for the team."""
    return TeamInvitation(team, fingerprint_of(key))


def parse_invitation(text: str) -> TeamInvitation:
    """Read a pasted invitation; InterviewKitError where it is none or was cut."""
    match = _SHAPE.search("".join(text.split()).lower())
    if match is None:
        raise InterviewKitError(
            "This is not an invitation to a team.",
            "Paste the whole line that begins with ik-team: from the administrator's message.",
        )
    return TeamInvitation(match[1], match[2])
