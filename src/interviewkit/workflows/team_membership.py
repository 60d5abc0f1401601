"""Beginning a team, joining one, accepting and removing members, and leaving.

An administrator's word lets somebody in: the joiner reads out four words, the administrator sees
the same ones and says yes, and the signed list of members grows by a key.
"""

from pathlib import Path
from typing import NamedTuple

from interviewkit.errors import BlockedError, InterviewKitError, unknown_name
from interviewkit.interview.clock import stamp
from interviewkit.interview.people import Person, RecordKind, is_same_person, normalize_name
from interviewkit.settings import expand_home, valid_setting
from interviewkit.shell_line import shell_command
from interviewkit.storage.store import Store
from interviewkit.storage.team.membership import TeamRow
from interviewkit.team import envelope as envelopes
from interviewkit.team import folder as folders
from interviewkit.team.identity import forget_identity, keep_identity, new_identity
from interviewkit.team.invitation import (
    TeamInvitation,
    invitation_of,
    new_team_id,
    parse_invitation,
)
from interviewkit.team.members import Member, MemberCard, card_body, with_member
from interviewkit.visible_text import hidden_characters
from interviewkit.workflows.team_folder import (
    TeamSession,
    key_folder,
    look_at_folder,
    open_team,
    waiting_cards,
)
from interviewkit.workflows.team_sync import follow_members, sign_members


class Joined(NamedTuple):
    """What somebody who joined as ``name`` is to do: read these words to an administrator.

    ``key_kept`` says where the secret key is: "keyring" or a path.
    """

    name: str
    words: str
    key_kept: str


def begin_team(store: Store, folder: Path, *, history_stays: bool = False) -> TeamInvitation:
    """Begin a team in a new folder, with the user as its first administrator.

    BlockedError in a git work tree, unless ``history_stays`` says that its history may keep what
    is erased; InterviewKitError where the folder is not empty or cannot be written.
    """
    person = _user(store)
    folder = expand_home(str(folder)).resolve()
    tree = folders.git_work_tree(folder)
    if tree is not None and not history_stays:
        raise BlockedError(
            f"{folder} lies in the git work tree {tree}: what is erased stays in its history.",
            "Name another folder, or accept that with --history-stays.",
        )
    if folder == store.path.resolve().parent:
        raise BlockedError(
            f"{folder} holds your records, which must not be synced.", "Name another folder."
        )
    store.sharing().membership.refuse_second_team()
    identity = new_identity()
    card = _card(identity.key, identity.recipient, person)
    team = new_team_id()
    folders.begin_folder(folder, team)
    keep_identity(team, identity, key_folder())
    invitation = invitation_of(team, identity.key)
    row = store.sharing().membership.join(
        TeamRow(team, str(folder), identity.key, invitation.inviter, person.id)
    )
    session = TeamSession(store, row, identity)
    sign_members(session, with_member((), card, is_admin=True, at=stamp(store.clock.now())))
    return invitation


def join_team(store: Store, invitation_text: str, folder: Path) -> Joined:
    """Ask to join the team in a folder; an administrator accepts it there.

    InterviewKitError where the text is no invitation, or the folder is another team's.
    """
    person = _user(store)
    invitation = parse_invitation(invitation_text)
    folder = expand_home(str(folder)).resolve()
    if folders.team_of_folder(folder) != invitation.team:
        raise InterviewKitError(
            f"{folder} is the folder of another team.",
            "Name the folder that the administrator shared with you.",
        )
    store.sharing().membership.refuse_second_team()
    identity = new_identity()
    card = _card(identity.key, identity.recipient, person)
    key_kept = keep_identity(invitation.team, identity, key_folder())
    data = envelopes.write_open(invitation.team, identity, card_body(invitation.team, card))
    folders.add_file(folder, folders.PEOPLE, data)
    store.sharing().membership.join(
        TeamRow(invitation.team, str(folder), identity.key, invitation.inviter, person.id)
    )
    return Joined(person.name, card.spoken_words(invitation.team), key_kept)


def accept_member(store: Store, words: str, *, is_admin: bool = False) -> Member:
    """Let somebody in whose four words were read out; their older key is no longer used.

    ``words`` may be their key, too, where the caller has shown the words and asked. A name is not
    enough: anybody who has the folder can put a card with any name there.
    BlockedError for anybody but an administrator; NotFoundError names who waits.
    """
    session = _as_admin(store)
    cards = waiting_cards(session, look_at_folder(session).cards)
    team = session.team.id
    spoken = normalize_name(words)
    matches = [
        card for card in cards if spoken in (normalize_name(card.spoken_words(team)), card.key)
    ]
    if len(matches) != 1:
        waiting = [f"{card.name}: {card.spoken_words(team)}" for card in cards]
        raise unknown_name("card with these words", words, waiting)
    refuse_borrowed_id(store, matches[0])
    members = session.members
    accepted = with_member(
        members.members if members else (),
        matches[0],
        is_admin=is_admin,
        at=stamp(store.clock.now()),
    )
    sign_members(session, accepted)
    return accepted[-1]


def refuse_borrowed_id(store: Store, card: MemberCard) -> None:
    """BlockedError where a card gives the id of somebody who is known under another name."""
    known = store.registry().lookup(RecordKind.PERSON, card.person)
    if known is not None and not is_same_person(Person("", known.name, known.spellings), card.name):
        raise BlockedError(
            f"The card of {card.name} gives the id of {known.name}, who is known here.",
            f"Nobody was added. If they are one person, add the name to {known.name} first.",
        )


def make_admin(store: Store, name: str) -> Member:
    """Make a member an administrator; NotFoundError names the members."""
    session = _as_admin(store)
    member = _member_called(session, name)
    changed = member._replace(is_admin=True)
    sign_members(session, [changed if m.key == member.key else m for m in _all(session)])
    return changed


def remove_member(store: Store, name: str) -> Member:
    """End a member's keys from now on; what they hold stays with them.

    BlockedError where nobody could administer the team any more.
    """
    session = _as_admin(store)
    member = _member_called(session, name)
    now = stamp(store.clock.now())
    left = [
        other._replace(left_at=now)
        if other.person == member.person and not other.left_at
        else other
        for other in _all(session)
    ]
    if not any(other.is_admin and not other.left_at for other in left):
        raise BlockedError(
            f"{member.name} is the only administrator, and nobody could accept members any more.",
            "Make somebody else an administrator first: `interviewkit team accept NAME --admin`.",
        )
    sign_members(session, left)
    return member


def leave_team(store: Store) -> TeamRow:
    """Belong to no team any more; what came in stays here, and the key is deleted."""
    team = store.sharing().membership.current()
    if team is None:
        raise BlockedError("These records belong to no team.", "Nothing was changed.")
    store.sharing().membership.leave()
    forget_identity(team.id, team.key, key_folder())
    return team


def _user(store: Store) -> Person:
    """Who sits here, with a record of their own: what a key is made for has to have an id.

    BlockedError where nobody has said who they are: a card under the login's name, which others
    may never have heard, would wait in the folder for good.
    """
    person = store.current_user()
    if not valid_setting("interviewer") and store.registry().identity() is None:
        raise BlockedError(
            f"Say who you are first: the others would see {person.name}, the name of your login.",
            f"Run {shell_command('people', 'me')} and your name, or press w on the home screen.",
        )
    return person if person.id else store.registry().identify(person.name)


def _card(key: str, recipient: str, person: Person) -> MemberCard:
    hidden = hidden_characters("".join((person.name, *person.spellings)))
    if hidden:
        raise BlockedError(
            f"Your name holds {hidden}, which others could not see.",
            "Choose a name that others can read: interviewkit people me NAME.",
        )
    return MemberCard(key, recipient, person.name, person.id, person.spellings)


def _as_admin(store: Store) -> TeamSession:
    session, _ = follow_members(open_team(store))
    member = session.member
    if member is None or not member.is_admin:
        members = session.members
        admins = [m.name for m in members.active if m.is_admin] if members else []
        raise BlockedError(
            "Only an administrator of the team can do this.",
            f"Ask {' or '.join(admins)}." if admins else "You are not accepted yet.",
        )
    return session


def _all(session: TeamSession) -> tuple[Member, ...]:
    members = session.members
    return members.members if members else ()


def _member_called(session: TeamSession, name: str) -> Member:
    members = session.members
    active = members.active if members else []
    for member in active:
        if normalize_name(name) in member.member_names or name == member.key:
            return member
    raise unknown_name("member", name, [member.name for member in active])
