"""What somebody was sent to join by: an invitation to a team's folder, or one to a hub."""

from interviewkit.errors import InterviewKitError
from interviewkit.hub.invitation import PREFIX as HUB_PREFIX
from interviewkit.hub.invitation import read_invitation
from interviewkit.team.invitation import parse_invitation

_FOLDER_PREFIX = "ik-team:"


def is_hub_invitation(text: str) -> bool:
    """Whether a text begins as an invitation to a hub does."""
    return "".join(text.split()).startswith(HUB_PREFIX)


def invitation_sentence(text: str) -> str:
    """What a text invites to, without the password that an invitation to a hub holds."""
    if not text.strip():
        return f"It begins with {_FOLDER_PREFIX} for a folder, with {HUB_PREFIX} for a hub."
    try:
        if not is_hub_invitation(text):
            parse_invitation(text)
            return "An invitation to a team's folder. The next question is where that folder is."
        invitation = read_invitation(text)
    except InterviewKitError as error:
        return error.message
    server = f"{invitation.host}/{invitation.database}"
    return f"The hub of {invitation.organisation} at {server}, for {invitation.name}."
