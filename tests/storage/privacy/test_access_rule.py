"""One table of cases for who may read what: the rule and the database's SQL both follow it."""

from dataclasses import dataclass
from itertools import product

import pytest

from interviewkit.errors import BlockedError
from interviewkit.interview.access import Case, RoleStanding, may_hand_over, may_see, reader_of
from interviewkit.interview.people import Person, RecordKind, is_same_person
from interviewkit.interview.plan import PlanEntry
from interviewkit.interview.role_settings import RoleSettings, Visibility
from interviewkit.storage.privacy import visibility
from interviewkit.storage.store import Store
from support import PRIYA, begin, complete

ROLE, Q = "Account executive", "unspoken-need"
OWNER, RECRUITER, INTERVIEWER, OUTSIDER = RoleStanding
OWN, AFTER_OWN, ALL = Visibility
DONE = {"has_submitted": True}
BUSY = {"is_interviewing": True}
OPEN = {"is_submitted": False}
MINE = {"is_own": True, "has_submitted": True}
MY_OPEN = {"is_own": True, "is_submitted": False, "is_interviewing": True}


@dataclass(frozen=True)
class Row:
    """``sees`` and ``hands_over`` are what has to come out."""

    case: Case
    sees: bool
    hands_over: bool


def row(seat: RoleStanding, sees: str, setting: Visibility = AFTER_OWN, **facts: bool) -> Row:
    """``sees`` is "yes", "no", or "pack": not to read, but to hand over to the candidate."""
    return Row(Case(seat, setting, **facts), sees == "yes", sees != "no")


TABLE = [
    # One's own, in every seat and under every setting.
    *(row(seat, "yes", setting, **MINE) for seat in RoleStanding for setting in Visibility),
    *(row(seat, "yes", OWN, **MY_OPEN) for seat in RoleStanding),
    # Another's that is not submitted: nobody reads it.
    *(row(seat, "no", ALL, **OPEN) for seat in (INTERVIEWER, OUTSIDER)),
    *(row(seat, "pack", ALL, **OPEN) for seat in (OWNER, RECRUITER)),
    *(row(seat, "no", ALL, **OPEN, **BUSY) for seat in RoleStanding),
    # While one is interviewing the candidate oneself, or is planned to, nobody reads another's.
    *(row(seat, "no", setting, **BUSY) for seat in RoleStanding for setting in Visibility),
    *(row(INTERVIEWER, "no", setting, **BUSY, **DONE) for setting in Visibility),
    # Owner and recruiter read all.
    *(row(seat, "yes", setting) for seat in (OWNER, RECRUITER) for setting in Visibility),
    # For the others the setting decides.
    row(INTERVIEWER, "no", OWN),
    row(INTERVIEWER, "no", OWN, **DONE),
    row(INTERVIEWER, "no", AFTER_OWN),
    row(INTERVIEWER, "yes", AFTER_OWN, **DONE),
    row(INTERVIEWER, "yes", ALL),
    row(INTERVIEWER, "yes", ALL, **DONE),
    row(OUTSIDER, "no", OWN),
    row(OUTSIDER, "no", AFTER_OWN),
    row(OUTSIDER, "yes", ALL),
    # In a shared role an outsider reads nothing; nobody else reads more or less there.
    *(row(OUTSIDER, "no", setting, is_shared=True) for setting in Visibility),
    *(row(seat, "yes", OWN, is_shared=True) for seat in (OWNER, RECRUITER)),
    row(INTERVIEWER, "yes", AFTER_OWN, is_shared=True, **DONE),
    row(INTERVIEWER, "no", AFTER_OWN, is_shared=True),
    *(row(seat, "no", ALL, is_shared=True, **BUSY) for seat in RoleStanding),
]


def name_of(row: Row) -> str:
    case = row.case
    facts = [name for name, value in case._asdict().items() if value is True]
    return "-".join([case.seat.value, case.visibility.value, *facts])


@pytest.mark.parametrize("row", TABLE, ids=name_of)
def test_the_rule(row: Row) -> None:
    assert (may_see(row.case), may_hand_over(row.case)) == (row.sees, row.hands_over)


def can_be(case: Case) -> bool:
    """Whether this database can hold such a case: what is not shared has no named recruiters."""
    if case.seat is RECRUITER and not case.is_shared and case.visibility is not AFTER_OWN:
        return False
    if case.is_own and case.is_submitted and not case.has_submitted:
        return False
    if case.is_own and not case.is_submitted and case.is_interviewing is case.has_submitted:
        return False
    return not (case.seat is OUTSIDER and (case.is_own or case.has_submitted))


EVERY = [
    case
    for facts in product(RoleStanding, Visibility, *[(False, True)] * 5)
    if can_be(case := Case(*facts))  # type: ignore[arg-type]
]


# How a case is built in which Priya is interviewing Ada and nothing of it is in.
UNDER_WAY, PLANNED = "under way", "planned"
BUILDS = [(case, UNDER_WAY) for case in EVERY] + [
    (case, PLANNED)
    for case in EVERY
    if case.is_interviewing and (case.is_submitted or not case.is_own)
]


def built(store: Store, case: Case, engagement: str) -> str:
    """Put Priya before an interview with Ada as ``case`` says; gives the interview's id."""
    panel = complete(store, {Q: 3}, "Zed", "Priya Raman" if case.seat is INTERVIEWER else "Tom")
    if case.seat is RECRUITER and case.is_shared:
        store.sharing().membership.keep_hub_member(
            store.registry().identify("Priya Raman"), is_recruiter=True
        )
    if case.seat is not RECRUITER or case.is_shared:
        owner = "Priya Raman" if case.seat is OWNER else "Dana Fox"
        store.retention().change(
            panel.role, RoleSettings(owner, case.visibility, shared=case.is_shared), owner
        )
    sealed = complete(store, {Q: 4}, "Ada", "Priya Raman").id if case.has_submitted else ""
    if case.is_own and not case.is_submitted:
        return begin(store, "Ada", kit="deep-60").id
    if case.is_interviewing and engagement == PLANNED:
        plan(store, "Sales manager")
    elif case.is_interviewing:
        begin(store, "Ada", role="Sales manager")
    if case.is_own:
        return sealed
    if case.is_submitted:
        return complete(store, {Q: 2}, "Ada", "Tom").id
    return begin(store, "Ada", interviewer="Tom").id


def plan(store: Store, role: str = ROLE) -> PlanEntry:
    """That Priya is to interview Ada."""
    return store.planning().add(candidate="Ada", role=role, interviewer="Priya Raman")


def visible(store: Store, viewer: Person, interview_id: str) -> bool:
    hidden = visibility.sight(store._connection, viewer).hidden
    elsewhere = visibility.under_way_elsewhere(store._connection, viewer)
    return interview_id not in hidden | elsewhere


@pytest.mark.parametrize(
    ("case", "engagement"),
    BUILDS,
    ids=[f"{name_of(Row(case, True, True))}-{engagement}" for case, engagement in BUILDS],
)
def test_the_database_follows_the_rule(store: Store, case: Case, engagement: str) -> None:
    interview_id = built(store, case, engagement)
    assert visibility.access_case(store._connection, PRIYA, interview_id) == case
    assert visible(store, PRIYA, interview_id) is may_see(case)
    reader = store.seen_by(PRIYA)
    (standing,) = [entry for entry in reader.standings() if entry.interview.id == interview_id]
    assert standing.is_withheld is not may_see(case)
    submitted = {card.id for card, _ in reader.scorecards()}
    assert (interview_id in submitted) is (may_see(case) and case.is_submitted)
    if may_see(case):
        assert reader.interview(interview_id).id == interview_id
    else:
        with pytest.raises(BlockedError):
            reader.interview(interview_id)


def test_who_opened_an_interview_under_another_name_is_blinded_too(store: Store) -> None:
    tom = complete(store, {Q: 2}, "Ada", "Tom").id
    login = Person("", "praman")
    assert visible(store, login, tom)
    mine = begin(store, "Ada", opener=login)
    for viewer in (login, PRIYA):
        assert not visible(store, viewer, tom)
        assert visible(store, viewer, mine.id)
        assert store.seen_by(viewer).limited_candidates() == {mine.candidate.id}
    assert not visible(store, Person("", "Recruiter"), mine.id)
    complete(store, {Q: 4}, "Ada")
    assert visible(store, login, tom)


def test_resuming_under_another_name_blinds_as_beginning_does(store: Store) -> None:
    tom = complete(store, {Q: 2}, "Ada", "Tom").id
    begun = begin(store, "Ada")
    store.open_as(begun.id, PRIYA)
    assert store._connection.execute("SELECT * FROM interview_opener").fetchall() == []
    store.open_as(begun.id, Person("", " P. Raman "))
    store.open_as(begun.id, Person("", "P. Raman"))
    assert not visible(store, Person("", "p. raman"), tom)
    store.discard(begun.id, begun.interviewer)
    assert visible(store, Person("", "p. raman"), tom)


@pytest.mark.parametrize("is_cancelled", [True, False])
def test_a_planned_interview_blinds_until_it_is_submitted_or_cancelled(
    store: Store, is_cancelled: bool
) -> None:
    tom = complete(store, {Q: 2}, "Ada", "Tom").id
    entry = plan(store)
    priya = store.person("Priya Raman")
    for viewer in (priya, PRIYA):
        assert not visible(store, viewer, tom)
        assert store.seen_by(viewer).limited_candidates() == {entry.candidate.id}
        with pytest.raises(BlockedError):
            store.seen_by(viewer).interview(tom)
    assert visible(store, Person("", "Recruiter"), tom)
    begun = begin(store, "Ada")
    store.discard(begun.id, begun.interviewer)
    assert not visible(store, priya, tom)
    if is_cancelled:
        store.planning().cancel(entry)
    else:
        begin(store, "Ada")
        assert not visible(store, priya, tom)
        complete(store, {Q: 4}, "Ada")
    assert visible(store, priya, tom)
    assert visible(store, PRIYA, tom)


def test_every_spelling_of_a_person_counts(store: Store) -> None:
    tom = complete(store, {Q: 2}, "Ada", "Tom").id
    begin(store, "Ada", interviewer="P. Raman")
    registry = store.registry()
    registry.rename(registry.resolve(RecordKind.PERSON, "P. Raman"), "Priya Raman", "")
    assert not visible(store, store.person("Priya Raman"), tom)
    assert not visible(store, store.person("P. Raman"), tom)
    namesake = registry.identify("Priya Raman", is_new=True)
    assert visible(store, namesake, tom)


@pytest.mark.parametrize(
    ("person", "name", "person_id", "expected"),
    [
        (Person("", "Tom Becker"), " tom  BECKER", "", True),
        (Person("p1", "Tom Becker", ("T. Becker",)), "T. Becker", "", True),
        (Person("p1", "Tom Becker"), "Tom Becker", "p1", True),
        (Person("p1", "Tom Becker"), "Tom Weber", "p1", True),
        (Person("p1", "Tom Becker"), "Tom Becker", "p2", False),
        (Person("", "Tom Becker"), "Tom Weber", "p1", False),
    ],
)
def test_an_id_decides_who_somebody_is_and_a_name_only_without_one(
    person: Person, name: str, person_id: str, expected: bool
) -> None:
    assert is_same_person(person, name, person_id) is expected


def test_where_records_are_shared_nobody_reads_under_anothers_name() -> None:
    tom = Person("", "Tom")
    assert reader_of(PRIYA, None, is_shared=True) == PRIYA
    assert reader_of(PRIYA, Person("", "priya raman"), is_shared=True).name == "priya raman"
    assert reader_of(PRIYA, tom, is_shared=False) == tom
    with pytest.raises(BlockedError, match="You are Priya Raman here, not Tom") as raised:
        reader_of(PRIYA, tom, is_shared=True)
    assert "Run it without --interviewer" in raised.value.hint
