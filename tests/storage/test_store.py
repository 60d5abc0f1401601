"""The records: who is interviewed for what, resumed, listed and withheld."""

import pytest

from interviewkit.banks.elements import Element
from interviewkit.errors import NotFoundError
from interviewkit.interview.clock import SystemClock
from interviewkit.interview.people import Person
from interviewkit.interview.records import CLOSING, OPENING, Interview, Recommendation
from interviewkit.storage.store import Store
from support import HeldClock, begin, complete, limited, rated, shipped

Q = "broken-promise"


class TestStarting:
    def test_an_interview_has_a_page_for_each_step_of_its_kit_and_stands_at_the_first(
        self, store: Store
    ) -> None:
        interview = begin(store)
        kit = shipped().bank.kit("first-45")
        names = [answer.question for answer in store._reads.answers(interview.id)]
        assert names == [OPENING, *(entry.question for entry in kit.questions), CLOSING]
        assert interview.page == OPENING
        assert interview.started_at == "2026-03-02T09:00:00.000Z"
        assert (interview.bank, interview.bank_sha256) == (shipped().bank.id, shipped().sha256)

    @pytest.mark.parametrize(
        "names",
        [
            ("Ada Okafor", "Account executive", "Priya Raman"),
            ("ADA OKAFOR", "Account executive", "Priya Raman"),
            ("  Ada Okafor ", "account EXECUTIVE", "Priya Raman"),
            ("Ada Okafor", " Account executive", "priya raman "),
        ],
        ids=str,
    )
    def test_the_same_people_role_and_kit_resume_the_same_interview(
        self, store: Store, names: tuple[str, str, str]
    ) -> None:
        first = begin(store)
        store.notebook(first.id).go_to(Q)
        again = begin(store, *names)
        assert (again.id, again.page) == (first.id, Q)
        assert again.candidate.name == "Ada Okafor"
        assert len(store._reads.standings()) == 1

    @pytest.mark.parametrize(
        "names",
        [
            ("Ben Ito", "Account executive", "Priya Raman", "first-45"),
            ("Ada Okafor", "Sales manager", "Priya Raman", "first-45"),
            ("Ada Okafor", "Account executive", "Tom Weiss", "first-45"),
            ("Ada Okafor", "Account executive", "Priya Raman", "screen-30"),
        ],
        ids=str,
    )
    def test_anything_else_begins_another(
        self, store: Store, names: tuple[str, str, str, str]
    ) -> None:
        assert begin(store).id != begin(store, *names).id

    def test_once_submitted_the_next_is_new(self, store: Store) -> None:
        assert complete(store, {Q: 3}).id != begin(store).id

    def test_it_keeps_the_bank_as_it_stood_that_day(self, store: Store) -> None:
        interview = begin(store)
        assert store.banks_used() == [(interview.bank_sha256, shipped().bank.id, shipped().text)]
        begin(store, "Ben Ito")
        assert [used[0] for used in store.banks_used()] == [shipped().sha256]


class TestLists:
    def test_two_roles_keep_their_candidates_apart(self, store: Store) -> None:
        begin(store, "Zoe Vance", "Sales manager")
        begin(store, "Ada Okafor", "Sales manager")
        begin(store, "Ada Okafor", "Account executive")
        assert [role.title for role in store.roles()] == ["Account executive", "Sales manager"]
        names = {
            role.title: [candidate.name for candidate in store.candidates(role)]
            for role in store.roles()
        }
        assert names == {
            "Account executive": ["Ada Okafor"],
            "Sales manager": ["Ada Okafor", "Zoe Vance"],
        }
        assert [candidate.name for candidate in store.candidates()] == ["Ada Okafor", "Zoe Vance"]

    def test_a_role_is_found_however_it_is_written_and_its_neighbours_are_named(
        self, store: Store
    ) -> None:
        begin(store, role="Sales manager")
        assert store.role(" SALES manager ").title == "Sales manager"
        with pytest.raises(NotFoundError) as caught:
            store.role("Sales manger")
        assert caught.value.hint.startswith("Did you mean Sales manager?")

    def test_standings_show_those_under_way_first_then_the_last_touched(
        self, store: Store, clock: HeldClock
    ) -> None:
        for candidate in ("Sealed first", "Sealed last"):
            complete(store, {Q: 3}, candidate)
            clock.pass_(60)
        for candidate in ("Begun first", "Begun last"):
            begin(store, candidate)
            clock.pass_(60)
        store.notebook(begin(store, "Begun first").id).add_note(Q, "touched")
        names = [standing.interview.candidate.name for standing in store._reads.standings()]
        assert names == ["Begun first", "Begun last", "Sealed last", "Sealed first"]

    def test_standings_count_questions_and_what_is_decided_never_pages_or_mere_notes(
        self, store: Store
    ) -> None:
        notebook = store.notebook(begin(store).id)
        notebook.add_note(OPENING, "friendly")
        notebook.add_note("different-buyer", "noted only")
        notebook.rate(Q, 4)
        notebook.rate("account-at-risk", None)
        notebook.skip("hard-feedback", "no time")
        (standing,) = store._reads.standings(store.role("Account executive"))
        questions = len(shipped().bank.kit("first-45").questions)
        assert (standing.questions, standing.done) == (questions, 3)

    def test_scorecards_are_submitted_interviews_only_in_the_order_of_submission(
        self, store: Store, clock: HeldClock
    ) -> None:
        begin(store, "Under way")
        for candidate in ("Zoe Vance", "Ada Okafor"):
            complete(store, {Q: 3}, candidate)
            clock.pass_(60)
        complete(store, {Q: 1}, "Elsewhere", role="Sales manager")
        cards = store._reads.scorecards(store.role("Account executive"))
        assert [card.candidate.name for card, _ in cards] == ["Zoe Vance", "Ada Okafor"]
        assert len(store._reads.scorecards()) == 3
        assert all(answers == store._reads.answers(card.id) for card, answers in cards)

    def test_what_is_rated_leaves_pages_out_and_keeps_what_is_not_assessed_empty(
        self, store: Store
    ) -> None:
        complete(store, {Q: 3, "account-at-risk": None})
        ratings = {question: rating for _, question, rating in rated(store, store.roles()[0])}
        assert ratings[Q] == 3
        assert ratings["account-at-risk"] is None
        assert not {OPENING, CLOSING} & set(ratings)

    def test_what_is_rated_counts_probes_that_were_not_taken_back(self, store: Store) -> None:
        notebook = store.notebook(begin(store).id)
        for probe in ("first-step", "at-stake"):
            notebook.ask(Q, probe, "…", (Element.TIME,))
        notebook.undo()
        complete(store, {Q: 3})
        (card,) = store.seen_by(Person("", "Nobody")).ratings(store.roles()[0]).cards
        probed = {q: n for (q, _), n in zip(card.questions, card.probed, strict=True)}
        assert probed.pop(Q) == 1
        assert set(probed.values()) == {0}


class TestUnseen:
    def test_whoever_is_still_interviewing_sees_nothing_of_that_candidate(
        self, store: Store
    ) -> None:
        ada = complete(store, {Q: 3}, interviewer="Tom Weiss").candidate.id
        complete(store, {Q: 3}, "Ben Ito", interviewer="Tom Weiss")
        assert limited(store, "Priya Raman") == set()
        begin(store, interviewer="Priya Raman")
        assert limited(store, " PRIYA raman") == {ada}
        assert limited(store, "Tom Weiss") == set()
        complete(store, {Q: 2}, interviewer="Priya Raman")
        assert limited(store, "Priya Raman") == set()

    def test_an_interview_for_any_role_hides_its_candidate_and_no_other(self, store: Store) -> None:
        ada = begin(store, role="Sales manager").candidate.id
        begin(store, "Ben Ito", interviewer="Tom Weiss")
        assert limited(store, "Priya Raman") == {ada}


def test_an_unknown_interview_is_told(store: Store) -> None:
    with pytest.raises(NotFoundError, match="no interview called 'none'"):
        store._reads.interview("none")


ODD = ["Zoë 🎉 Ångström", "O'Brien; DROP TABLE", "דנה לוי", "名前", "x" * 300, "a\x00b"]


@pytest.mark.parametrize("name", ODD, ids=lambda name: ascii(name[:8]))
def test_names_are_kept_and_found_as_they_were_typed(store: Store, name: str) -> None:
    if "\0" in name and store.unlock:
        pytest.skip("SQLCipher's functions see a text only as far as its first NUL")
    first: Interview = begin(store, name, name, name)
    assert (first.candidate.name, first.role.title, first.interviewer) == (name, name, name)
    assert begin(store, name, name, name).id == first.id


def test_with_the_machines_clock_moments_are_utc(store: Store) -> None:
    with Store(store.path, SystemClock(), unlock=store.unlock) as second:
        interview = complete(second, {Q: 3}, recommendation=Recommendation.NO)
    assert interview.submitted_at is not None
    assert interview.submitted_at.endswith("Z")
    assert interview.submitted_at >= interview.started_at


@pytest.mark.parametrize("again", ["åsa łukasiewicz", "ÅSA ŁUKASIEWICZ", "A\u030asa  Łukasiewicz"])
def test_names_are_the_same_whatever_their_capitals_accents_and_spaces(
    store: Store, again: str
) -> None:
    first = begin(store, candidate="Åsa Łukasiewicz", interviewer="Łucja Żak")
    same = begin(store, candidate=again, interviewer="ŁUCJA ŻAK")
    assert same.id == first.id
    assert limited(store, "łucja żak") == {first.candidate.id}


def test_a_scorecard_of_mine_keeps_others_in_sight_when_i_interview_again(store: Store) -> None:
    complete(store, {"unspoken-need": 4}, interviewer="Tom Becker")
    complete(store, {"unspoken-need": 3}, interviewer="Priya Raman")
    again = begin(store, interviewer="Priya Raman", kit="deep-60")
    assert limited(store, "Priya Raman") == set()
    assert store._reads.interview(again.id).submitted_at is None


def test_the_kit_used_last_is_known_for_each_role(store: Store, clock: HeldClock) -> None:
    assert store.last_kit() is None
    interview = begin(store)
    clock.pass_(60)
    begin(store, candidate="Bo", role="Leader", kit="first-45", file=shipped("sales-leadership"))
    assert store.last_kit() == ("sales-leadership", "first-45")
    assert store.last_kit(interview.role.id) == ("customer-focused-sales", "first-45")
