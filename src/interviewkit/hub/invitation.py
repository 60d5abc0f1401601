"""An invitation to a hub: one text to hand to one person, used one time.

It holds a password, which joining replaces; so it goes by a way that others do not read.
"""

import base64
import binascii
import json
from typing import NamedTuple

from interviewkit.errors import InterviewKitError
from interviewkit.hub.connection import HubAddress

PREFIX = "ikhub1-"


class HubInvitation(NamedTuple):
    """Where to log in and with what. ``authority`` are certificates as PEM, or "" for those that
    the system trusts.
    """

    host: str
    port: int
    database: str
    login: str
    password: str
    organisation: str
    name: str
    authority: str = ""

    def address(self, authority_file: str = "") -> HubAddress:
        """Where to log in, with the certificates in a file."""
        return HubAddress(self.host, self.port, self.database, self.login, authority_file)


def invitation_text(invitation: HubInvitation) -> str:
    """The invitation as one text without blanks."""
    content = json.dumps(list(invitation), separators=(",", ":"), ensure_ascii=False).encode()
    return PREFIX + base64.urlsafe_b64encode(content).decode().rstrip("=")


def read_invitation(text: str) -> HubInvitation:
    """What an invitation says, a mail's line breaks left out; InterviewKitError for other texts."""
    joined = "".join(text.split())
    encoded = joined.removeprefix(PREFIX)
    if encoded == joined:
        raise _unreadable()
    try:
        content = json.loads(base64.urlsafe_b64decode(encoded + "=" * (-len(encoded) % 4)))
        invitation = HubInvitation(*content)
    except (ValueError, TypeError, RecursionError, binascii.Error) as error:
        raise _unreadable() from error
    texts = (value for value in invitation if value is not invitation.port)
    if not all(isinstance(value, str) for value in texts) or type(invitation.port) is not int:
        raise _unreadable()
    return invitation


def _unreadable() -> InterviewKitError:
    return InterviewKitError(
        "This is not an invitation to a hub, or a part of it is missing.",
        f"Copy the whole text that begins with {PREFIX}, or name the file that holds it.",
    )
