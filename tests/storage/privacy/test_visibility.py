"""Owner, own, after own, all: who sees whose scorecards, and nobody before their own is in."""

import pytest

from interviewkit.interview.people import Person
from interviewkit.interview.role_settings import RoleSettings, Visibility
from interviewkit.storage.store import Store
from support import begin, complete, limited

Q = "unspoken-need"
OWNER = RoleSettings(owner="Dana Fox")


def allow(store: Store, visibility: Visibility) -> None:
    role = store.role("Account executive")
    store.retention().change(role, OWNER._replace(visibility=visibility), "Dana Fox")


def seen(store: Store, viewer: str) -> set[tuple[str, str]]:
    """(candidate, interviewer) of every scorecard that viewer may see."""
    reader = store.seen_by(Person("", viewer))
    return {(card.candidate.name, card.interviewer) for card, _ in reader.scorecards()}


@pytest.fixture
def round_(store: Store) -> Store:
    """Ada seen by Tom and Priya, Bo by Tom alone."""
    complete(store, {Q: 4}, "Ada", "Tom")
    complete(store, {Q: 2}, "Ada", "Priya")
    complete(store, {Q: 3}, "Bo", "Tom")
    return store


ALL = {("Ada", "Tom"), ("Ada", "Priya"), ("Bo", "Tom")}
ADA = {("Ada", "Tom"), ("Ada", "Priya")}


@pytest.mark.parametrize(
    ("visibility", "priya", "tom", "recruiter"),
    [
        (Visibility.OWN, {("Ada", "Priya")}, {("Ada", "Tom"), ("Bo", "Tom")}, set()),
        (Visibility.AFTER_OWN, ADA, ALL, set()),
        (Visibility.ALL, ALL, ALL, ALL),
    ],
)
def test_what_the_setting_allows(
    round_: Store,
    visibility: Visibility,
    priya: set[tuple[str, str]],
    tom: set[tuple[str, str]],
    recruiter: set[tuple[str, str]],
) -> None:
    allow(round_, visibility)
    assert seen(round_, " PRIYA ") == priya
    assert seen(round_, "Tom") == tom
    assert seen(round_, "Recruiter") == recruiter
    assert seen(round_, "dana  FOX") == ALL


@pytest.mark.parametrize("visibility", Visibility)
@pytest.mark.parametrize("viewer", ["Priya", "Dana Fox"])
def test_while_interviewing_nobody_sees_others_not_even_the_owner(
    round_: Store, visibility: Visibility, viewer: str
) -> None:
    allow(round_, visibility)
    begin(round_, "Bo", interviewer=viewer)
    assert ("Bo", "Tom") not in seen(round_, viewer)
    complete(round_, {Q: 5}, "Bo", viewer)
    is_own_only = visibility is Visibility.OWN and viewer == "Priya"
    assert (("Bo", "Tom") in seen(round_, viewer)) is not is_own_only


def test_a_role_without_an_owner_is_everybodys(round_: Store) -> None:
    assert seen(round_, "Recruiter") == ALL


def test_an_interview_for_another_role_hides_and_unlocks_nothing_there(round_: Store) -> None:
    allow(round_, Visibility.AFTER_OWN)
    complete(round_, {Q: 3}, "Bo", "Priya", role="Sales manager")
    assert ("Bo", "Tom") not in seen(round_, "Priya")
    begin(round_, "Ada", "Sales manager", "Tom")
    assert ("Ada", "Priya") not in seen(round_, "Tom")
    assert ("Ada", "Tom") in seen(round_, "Tom")


def test_a_comparison_shows_what_may_be_seen_and_says_what_is_missing(round_: Store) -> None:
    allow(round_, Visibility.OWN)
    role = round_.role("Account executive")
    comparison = round_.seen_by(Person("", "Priya")).comparison(role)
    assert [(one.name, one.overall, one.interviews) for one in comparison.candidates] == [
        ("Ada", 2.0, 1)
    ]
    assert [(one.name, one.scorecards) for one in comparison.withheld] == [("Bo", 1)]
    assert comparison.warnings[0] == "Ada: 1 of others not shown; the role's owner sees them."
    assert comparison.talk_about == ()
    whole = round_.seen_by(Person("", "Dana Fox")).comparison(role)
    assert [one.overall for one in whole.candidates] == [3.0, 3.0]
    assert whole.withheld == ()


def test_candidates_of_whom_anything_is_hidden_are_unseen(round_: Store) -> None:
    allow(round_, Visibility.OWN)
    ada, bo = (round_.candidate(name).id for name in ("Ada", "Bo"))
    assert limited(round_, "Priya") == {ada, bo}
    assert limited(round_, "Tom") == {ada}
    assert limited(round_, "Dana Fox") == set()
