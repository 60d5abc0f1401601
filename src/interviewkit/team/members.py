"""Who belongs to a team: cards that ask to join, and signed lists of those who were accepted.

A list names the lists before it. One is taken only if it follows from the list in force here and an
administrator of that one signed it, so a removed member cannot lead anybody back to an older list,
or on from one. Where two administrators change the same list at once, both lists hold until
one of them signs a list that follows from both.
"""

from collections.abc import Iterable, Mapping, Sequence
from typing import NamedTuple

from interviewkit.errors import InterviewKitError
from interviewkit.interview.authorship import Signer
from interviewkit.interview.limits import LONGEST_NAME
from interviewkit.interview.people import normalize_name
from interviewkit.interview.sealed_document import canonical, seal
from interviewkit.team.encryption import is_recipient
from interviewkit.team.envelope import EnvelopeError, json_object
from interviewkit.team.identity import fingerprint_of, four_words, is_key
from interviewkit.visible_text import hidden_characters


class Member(NamedTuple):
    """One key of one person. ``left_at`` is empty while it is in use; ``person`` is a record's id.

    ``recipient`` is what others encrypt to. A person with a new laptop has two entries.
    """

    key: str
    recipient: str
    name: str
    person: str
    spellings: tuple[str, ...] = ()
    is_admin: bool = False
    left_at: str = ""

    @property
    def signer(self) -> Signer:
        """The member as the rule of who may write what knows them."""
        return Signer(self.key, self.name, self.person, self.spellings, self.is_admin, self.left_at)

    @property
    def member_names(self) -> frozenset[str]:
        """Every name of this member, normalized."""
        return frozenset(normalize_name(name) for name in (self.name, *self.spellings))


class MemberCard(NamedTuple):
    """Somebody who asks to join; a card is signed with the key it names."""

    key: str
    recipient: str
    name: str
    person: str
    spellings: tuple[str, ...] = ()

    def spoken_words(self, team: str) -> str:
        """The four words that the joiner reads out and the administrator compares."""
        return four_words(team, *self[:4], *self.spellings)


class MembersList(NamedTuple):
    """The members as one administrator (``key``) signed them; ``members_id`` names the list.

    ``line`` is the signed file as text. ``previous`` are ids of the lists that this one follows.
    """

    key: str
    n: int
    previous: tuple[str, ...]
    members: tuple[Member, ...]
    members_id: str
    line: str = ""

    def member(self, key: str) -> Member | None:
        """The member with this key, left or not."""
        return next((member for member in self.members if member.key == key), None)

    @property
    def active(self) -> list[Member]:
        """Members whose keys are in use, by name."""
        return sorted(
            (member for member in self.members if not member.left_at),
            key=lambda member: (normalize_name(member.name), member.key),
        )

    def is_admin(self, key: str) -> bool:
        """Whether an administrator uses this key."""
        member = self.member(key)
        return member is not None and member.is_admin and not member.left_at


def card_body(team: str, card: MemberCard) -> str:
    """The text of a card, to be signed."""
    return canonical({"type": "card", "team": team, **_fields(card)}).decode()


def parse_card(body: str, signed_by: str) -> MemberCard:
    """A card from its text; EnvelopeError where it is none or not signed with its own key."""
    content = _object(body, "card")
    card = MemberCard(*_person_fields(content))
    if card.key != signed_by:
        raise EnvelopeError("This card is not signed with its own key.", "It is left alone.")
    return card


def members_body(team: str, n: int, previous: Sequence[str], members: Iterable[Member]) -> str:
    """The text of a list, to be signed."""
    entries = [
        {**_fields(member), "admin": member.is_admin, "left_at": member.left_at}
        for member in members
    ]
    return canonical(
        {"type": "members", "team": team, "n": n, "previous": list(previous), "members": entries}
    ).decode()


def parse_members(body: str, signed_by: str, line: str = "") -> MembersList:
    """A list from its text; EnvelopeError where it is none."""
    content = _object(body, "members")
    n, previous, entries = (content.get(name) for name in ("n", "previous", "members"))
    if type(n) is not int or not isinstance(previous, list) or not isinstance(entries, list):
        raise EnvelopeError("This is not a list of members.", "It is left alone.")
    members = []
    for entry in entries:
        if not isinstance(entry, dict) or type(entry.get("admin")) is not bool:
            raise EnvelopeError("This is not a list of members.", "It is left alone.")
        members.append(Member(*_person_fields(entry), entry["admin"], _text_of(entry, "left_at")))
    ids = tuple(str(key) for key in previous)
    return MembersList(signed_by, n, ids, tuple(members), seal(content), line)


def list_in_force(
    lists: Iterable[MembersList], current: MembersList | None, inviter: str
) -> MembersList | None:
    """The newest list that may be taken; ``current`` where nothing newer may.

    Without a current list the inviter's word counts: the newest that the key with this fingerprint
    signed, and what follows from it.
    """
    known = {members.members_id: members for members in lists}
    if current is None:
        signed = [of for of in known.values() if fingerprint_of(of.key) == inviter]
        current = max(signed, key=_age, default=None)
    if current is None:
        return None
    newest, reached = current, {current.members_id: current}
    for members in sorted(known.values(), key=lambda of: of.n):
        parents = [reached[key] for key in members.previous if key in reached]
        if any(members.n > parent.n and parent.is_admin(members.key) for parent in parents):
            reached[members.members_id] = members
            newest = max(newest, members, key=_age)
    return newest


def lists_beside(lists: Iterable[MembersList], current: MembersList) -> list[MembersList]:
    """Lists of administrators in force that neither lead to ``current`` nor follow from it.

    Two administrators changed the team at once; a list that follows from both ends it.
    """
    known = {members.members_id: members for members in lists}
    known[current.members_id] = current
    before: set[str] = set()
    ahead = list(current.previous)
    while ahead:
        key = ahead.pop()
        if key not in before:
            before.add(key)
            ahead += known[key].previous if key in known else ()
    followed = {key for members in known.values() for key in members.previous}
    return [
        members
        for key, members in known.items()
        if key not in before
        and key != current.members_id
        and key not in followed
        and current.is_admin(members.key)
        and any(previous in before for previous in members.previous)
    ]


def join_lists(current: MembersList, beside: Iterable[MembersList]) -> tuple[Member, ...]:
    """The members of lists made at once: all of them; a key given up in one is given up."""
    members = {member.key: member for member in current.members}
    for members_list in beside:
        for member in members_list.members:
            known = members.setdefault(member.key, member)
            members[member.key] = known._replace(
                left_at=known.left_at or member.left_at,
                is_admin=known.is_admin or member.is_admin,
            )
    return tuple(members.values())


def with_member(
    members: Sequence[Member], card: MemberCard, *, is_admin: bool, at: str
) -> tuple[Member, ...]:
    """The members with whom a card asks for; an older key of the same person is left at ``at``.

    InterviewKitError where another person has the name already: names say who wrote what.
    """
    new = Member(*card, is_admin=is_admin)
    for member in members:
        is_same = member.person == card.person
        if is_same and not member.member_names & new.member_names:
            raise InterviewKitError(
                f"The card of {card.name} gives the id of {member.name}, who is a member.",
                "Nobody was added.",
            )
        if not is_same and not member.left_at and member.member_names & new.member_names:
            raise InterviewKitError(
                f"The team has a {member.name} already, and names say who wrote what.",
                "Let one of the two join under a name that tells them apart. Nobody was added.",
            )
    kept = [
        member._replace(left_at=at)
        if member.person == card.person and not member.left_at
        else member
        for member in members
        if member.key != card.key
    ]
    return (*kept, new)


def _age(members: MembersList) -> tuple[int, str]:
    return members.n, members.members_id


def _fields(person: MemberCard | Member) -> dict[str, object]:
    return {
        "key": person.key,
        "recipient": person.recipient,
        "name": person.name,
        "person": person.person,
        "spellings": list(person.spellings),
    }


def _object(body: str, kind: str) -> dict[str, object]:
    content = json_object(body)
    if content.get("type") != kind:
        raise EnvelopeError(f"This is not a {kind}.", "It is left alone.")
    return content


def _text_of(content: Mapping[str, object], name: str) -> str:
    value = content.get(name)
    if not isinstance(value, str):
        raise EnvelopeError(f"It has no {name}.", "It is left alone.")
    return value


def _person_fields(content: Mapping[str, object]) -> tuple[str, str, str, str, tuple[str, ...]]:
    key, recipient, name, person = (
        _text_of(content, field) for field in ("key", "recipient", "name", "person")
    )
    spellings = content.get("spellings", [])
    if not isinstance(spellings, list) or not all(isinstance(text, str) for text in spellings):
        raise EnvelopeError("Its names are not texts.", "It is left alone.")
    names = (name, *spellings)
    if not is_recipient(recipient) or hidden_characters(person) or not person:
        raise EnvelopeError("Its id or its recipient cannot be used.", "It is left alone.")
    if not is_key(key) or any(
        not text.strip() or len(text) > LONGEST_NAME or hidden_characters(text) for text in names
    ):
        raise EnvelopeError("Its key or its names cannot be used.", "It is left alone.")
    return key, recipient, name, person, tuple(spellings)
