"""Who may write what in a team: the rule, apart from keys, logins and the database.

A folder or a hub brings a document and says who signed it. Whether that person may say such a thing
is decided here, from a handful of facts, so that every way in keeps the same rule.
"""

from typing import NamedTuple

from interviewkit.interview.people import normalize_name
from interviewkit.interview.record_kinds import tell_kinds_apart


class Signer(NamedTuple):
    """A member of the team as the list of members names them.

    ``person`` is the id of their record. ``left_at`` is empty while the key is in use; what they
    submitted before that moment stays theirs. ``is_checked``: a hub has let the document in, by
    rules that its sender cannot pass by.
    """

    key: str
    name: str
    person: str
    spellings: tuple[str, ...] = ()
    is_admin: bool = False
    left_at: str = ""
    is_checked: bool = False

    @property
    def signing_names(self) -> frozenset[str]:
        """Every name they may sign as, normalized."""
        return frozenset(normalize_name(name) for name in (self.name, *self.spellings))


class Claim(NamedTuple):
    """What a signed document says, as far as the rule asks.

    ``written_by`` is the name the document gives as its writer, ``written_by_id`` the id it gives
    for that person, ``at`` when it was written. ``owner`` is the owner of its role as known here,
    "" where nobody is; ``is_owner``: the signer is that person. ``is_shared``: the role is
    shared here.
    """

    kind: str
    written_by: str = ""
    written_by_id: str = ""
    at: str = ""
    owner: str = ""
    is_owner: bool = False
    is_shared: bool = False


class Verdict(NamedTuple):
    """``refusal`` says why a document is not taken; ``waits`` that it may be taken later.

    ``is_vouched``: it is not the signer's own, and the owner of the role answers for it.
    """

    refusal: str = ""
    waits: bool = False
    is_vouched: bool = False


TAKEN = Verdict()


def judge(claim: Claim, signer: Signer) -> Verdict:
    """Whether a document may be taken as what it says.

    Records that many know (people, roles, candidates) may be new from anyone; only the owner of
    the role changes them. Settings and plans are the owner's. A scorecard, its amendments and a
    decision are their writer's; the owner may bring a scorecard of somebody who is no member.
    """
    if signer.is_checked:
        return TAKEN
    if claim.kind in ("scorecard", "amendment", "decision"):
        return _judge_writing(claim, signer)
    if signer.left_at:
        return Verdict(f"signed with a key of {signer.name} that is no longer in use")
    if claim.kind in ("role", "role_settings", "plan") and not claim.is_owner:
        if not claim.owner:
            return Verdict("the owner of the role is not known here yet", waits=True)
        return Verdict(f"signed by {signer.name}, but the role is {claim.owner}'s")
    return TAKEN


def _judge_writing(claim: Claim, signer: Signer) -> Verdict:
    if not claim.is_shared:
        return Verdict("its role is not shared here yet", waits=True)
    is_own = normalize_name(claim.written_by) in signer.signing_names and claim.written_by_id in (
        "",
        signer.person,
    )
    if not is_own and not (claim.is_owner and claim.kind != "decision"):
        if normalize_name(claim.written_by) in signer.signing_names:
            return Verdict(f"signed by {signer.name} with somebody else's id")
        return Verdict(f"in the name of {claim.written_by}, but signed by {signer.name}")
    if signer.left_at and claim.at >= signer.left_at:
        return Verdict(f"signed by {signer.name} after they left the team")
    return Verdict(is_vouched=not is_own)


tell_kinds_apart(globals())
