"""Joining a hub with an invitation, and leaving it."""

import secrets
import string

from interviewkit.errors import BlockedError, InterviewKitError
from interviewkit.hub import membership
from interviewkit.hub.client import HubConnection
from interviewkit.hub.invitation import read_invitation
from interviewkit.hub.membership import HubMembership
from interviewkit.interview.clock import stamp
from interviewkit.interview.people import normalize_name
from interviewkit.storage.store import Store

_PASSWORD_LENGTH = 40  # letters and digits: more than 200 bits


def join_hub(store: Store, invitation_text: str) -> HubMembership:
    """Belong to the hub of an invitation, under a password that nobody else has seen.

    InterviewKitError for a text that is no invitation, BlockedError where these records belong to
    a hub or to somebody else than the invitation names; then nothing has changed.
    """
    invitation = read_invitation(invitation_text)
    membership.refuse_second_hub(store.path)
    _refuse_another_person(store, invitation.name)
    password = _new_password()
    authority = membership.keep_authority(store.path, invitation.authority)
    joined = HubMembership(
        invitation.address(authority),
        invitation.organisation,
        invitation.name,
        "",
        stamp(store.clock.now()),
    )
    # Kept first: a password that is in force and stands nowhere would be lost.
    membership.keep_membership(store.path, joined, password)
    try:
        with HubConnection(joined.address, invitation.password) as hub:
            hub.accept_invitation(password)
            identity = hub.identify()
    except InterviewKitError:
        membership.forget_membership(store.path)
        raise
    joined = joined._replace(part=identity.part, organisation=identity.organisation)
    membership.keep_membership(store.path, joined, password)
    if not store.current_user().id:
        store.registry().identify(invitation.name)
    return joined


def end_hub_membership(store: Store) -> HubMembership:
    """Belong to no hub any more; what came from it stays here. BlockedError where there is none."""
    joined = joined_hub(store)
    membership.forget_membership(store.path)
    store.sharing().membership.keep_hub_member(None)
    return joined


def joined_hub(store: Store) -> HubMembership:
    """The hub of these records; BlockedError where there is none."""
    joined = membership.read_membership(store.path)
    if joined is None:
        raise BlockedError(
            "These records belong to no hub.",
            "Join one with the invitation of its administrator: `interviewkit hub join -`.",
        )
    return joined


def hub_login(store: Store) -> tuple[HubMembership, str]:
    """The hub of these records and the password; StorageError where the password is lost."""
    joined = joined_hub(store)
    return joined, membership.password_of(store.path, joined)


def _refuse_another_person(store: Store, name: str) -> None:
    """What one writes here bears one's name here, and the hub takes it from nobody else."""
    user = store.current_user()
    if user.id and normalize_name(name) not in user.normalized_names:
        raise BlockedError(
            f"The invitation is for {name}, and here you are {user.name}.",
            "If that is you, add the name with `interviewkit people rename`, or ask the "
            "administrator for an invitation under the name you have here.",
        )


def _new_password() -> str:
    letters = string.ascii_letters + string.digits
    return "".join(secrets.choice(letters) for _ in range(_PASSWORD_LENGTH))
