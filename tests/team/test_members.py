"""Lists of members: who may sign the next one, and that nobody leads anybody back."""

import pytest

from interviewkit.errors import InterviewKitError
from interviewkit.team.envelope import EnvelopeError
from interviewkit.team.identity import Identity, fingerprint_of, new_identity
from interviewkit.team.invitation import TeamInvitation, new_team_id, parse_invitation
from interviewkit.team.members import (
    Member,
    MemberCard,
    MembersList,
    card_body,
    join_lists,
    list_in_force,
    lists_beside,
    members_body,
    parse_card,
    parse_members,
    with_member,
)

TEAM = "abcdefghijklmnop"


def member(identity: Identity, name: str, *, is_admin: bool = False, left_at: str = "") -> Member:
    return Member(identity.key, identity.recipient, name, f"id-{name}", (), is_admin, left_at)


def signed(by: Identity, n: int, members: list[Member], *previous: MembersList) -> MembersList:
    body = members_body(TEAM, n, [of.members_id for of in previous], members)
    return parse_members(body, by.key)


@pytest.fixture(scope="module")
def keys() -> dict[str, Identity]:
    return {name: new_identity() for name in ("Dana", "Eve", "Tom", "Mal")}


@pytest.fixture
def first(keys: dict[str, Identity]) -> MembersList:
    """Dana and Eve administer, Mal and Tom are members."""
    return signed(
        keys["Dana"],
        1,
        [
            member(keys["Dana"], "Dana", is_admin=True),
            member(keys["Eve"], "Eve", is_admin=True),
            member(keys["Mal"], "Mal"),
            member(keys["Tom"], "Tom"),
        ],
    )


def newest(
    lists: list[MembersList], current: MembersList | None, inviter: Identity
) -> MembersList | None:
    return list_in_force(lists, current, fingerprint_of(inviter.key))


def test_the_invitation_says_whose_list_counts(
    keys: dict[str, Identity], first: MembersList
) -> None:
    forged = signed(keys["Mal"], 9, [member(keys["Mal"], "Mal", is_admin=True)])
    assert newest([forged, first], None, keys["Dana"]) == first
    assert newest([forged], None, keys["Dana"]) is None


def test_an_administrators_next_list_counts(keys: dict[str, Identity], first: MembersList) -> None:
    second = signed(keys["Eve"], 2, list(first.members[:3]), first)
    assert newest([first, second], first, keys["Dana"]) == second
    assert newest([second], None, keys["Dana"]) is None  # the inviter's list is not there yet


def test_a_member_who_is_no_administrator_signs_no_list(
    keys: dict[str, Identity], first: MembersList
) -> None:
    members = [*first.members[:2], member(keys["Mal"], "Mal", is_admin=True)]
    assert newest([signed(keys["Mal"], 2, members, first)], first, keys["Dana"]) == first


def test_an_older_list_never_counts_again(keys: dict[str, Identity], first: MembersList) -> None:
    second = signed(keys["Dana"], 2, list(first.members[:2]), first)
    assert newest([first], second, keys["Dana"]) == second


def test_a_removed_member_leads_nobody_on_from_an_older_list(
    keys: dict[str, Identity], first: MembersList
) -> None:
    now = "2026-03-02T10:00:00.000Z"
    left = [m._replace(left_at=now) if m.name == "Eve" else m for m in first.members]
    second = signed(keys["Dana"], 2, left, first)
    branch = signed(keys["Eve"], 2, list(first.members), first)
    ahead = signed(keys["Eve"], 90, list(first.members), branch)
    behind = signed(keys["Eve"], 91, list(first.members), second)
    assert newest([first, second, branch, ahead, behind], second, keys["Dana"]) == second
    assert lists_beside([first, second, branch, ahead], second) == []


def test_lists_signed_at_once_are_joined(keys: dict[str, Identity], first: MembersList) -> None:
    anna, bert = new_identity(), new_identity()
    by_dana = signed(keys["Dana"], 2, [*first.members, member(anna, "Anna")], first)
    by_eve = signed(keys["Eve"], 2, [*first.members, member(bert, "Bert")], first)
    every = [first, by_dana, by_eve]
    assert lists_beside(every, by_dana) == [by_eve]
    joined = join_lists(by_dana, [by_eve])
    assert {m.name for m in joined} == {"Dana", "Eve", "Mal", "Tom", "Anna", "Bert"}
    third = signed(keys["Dana"], 3, list(joined), by_dana, by_eve)
    for current in (first, by_dana, by_eve):
        assert newest([*every, third], current, keys["Dana"]) == third
    assert lists_beside([*every, third], third) == []


def test_a_removal_wins_over_a_list_signed_at_once(
    keys: dict[str, Identity], first: MembersList
) -> None:
    left = [m._replace(left_at="now") if m.name == "Tom" else m for m in first.members]
    by_dana = signed(keys["Dana"], 2, left, first)
    by_eve = signed(keys["Eve"], 2, list(first.members), first)
    joined = {m.name: m.left_at for m in join_lists(by_eve, [by_dana])}
    assert joined["Tom"] == "now"


def test_two_people_of_one_name_are_not_both_members(
    keys: dict[str, Identity], first: MembersList
) -> None:
    card = MemberCard(new_identity().key, "age1x", "tom", "id-other")
    with pytest.raises(InterviewKitError, match="has a Tom already"):
        with_member(first.members, card, is_admin=False, at="now")


def test_a_card_with_somebodys_id_is_refused(first: MembersList) -> None:
    card = MemberCard(new_identity().key, "age1x", "Mallory", "id-Tom")
    with pytest.raises(InterviewKitError, match="gives the id of Tom"):
        with_member(first.members, card, is_admin=False, at="now")


def test_a_new_laptop_ends_the_old_key(keys: dict[str, Identity], first: MembersList) -> None:
    card = MemberCard(new_identity().key, "age1x", "Tom", "id-Tom")
    members = with_member(first.members, card, is_admin=False, at="now")
    assert [m.left_at for m in members if m.name == "Tom"] == ["now", ""]


@pytest.mark.parametrize(
    "change",
    [
        {"type": "cart"},
        {"name": ""},
        {"name": "Tom\u202e"},
        {"name": 3},
        {"key": "short"},
        {"spellings": "Tom"},
        {"spellings": [""]},
    ],
)
def test_a_card_that_cannot_be_used_is_refused(change: dict[str, object]) -> None:
    import json

    key = new_identity().key
    body = json.loads(card_body(TEAM, MemberCard(key, "age1x", "Tom", "id-Tom"))) | change
    with pytest.raises(EnvelopeError):
        parse_card(json.dumps(body), key)


def test_a_card_signed_with_another_key_is_refused() -> None:
    other = new_identity()
    body = card_body(TEAM, MemberCard(other.key, other.recipient, "Tom", "id-Tom"))
    with pytest.raises(EnvelopeError, match="not signed with its own key"):
        parse_card(body, new_identity().key)


def test_the_words_change_with_everything_on_the_card() -> None:
    card = MemberCard(new_identity().key, "age1x", "Tom", "id-Tom")
    words = card.spoken_words(TEAM)
    for changed in (
        card._replace(key=new_identity().key),
        card._replace(recipient="age1y"),
        card._replace(name="Tim"),
        card._replace(person="id-Tim"),
    ):
        assert changed.spoken_words(TEAM) != words
    assert card.spoken_words("another") != words


def test_an_invitation_survives_a_mail() -> None:
    invitation = TeamInvitation(new_team_id(), fingerprint_of(new_identity().key))
    text = str(invitation)
    assert parse_invitation(f"Hello!\n{text[:30]}\n{text[30:]}") == invitation
    with pytest.raises(InterviewKitError, match="not an invitation"):
        parse_invitation(text[:-4])
