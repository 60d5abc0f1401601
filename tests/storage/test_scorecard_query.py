"""What a comparison reads of the records: packed, as of a day, and without names."""

from datetime import timedelta

from interviewkit.banks.elements import Element
from interviewkit.interview.people import Person
from interviewkit.interview.records import Outcome, Recommendation
from interviewkit.storage.store import Store
from support import PRIYA, HeldClock, begin, complete

Q, OTHER = "unspoken-need", "honest-feedback"


def rating(store: Store, question: str = Q, **how: object) -> dict[str, int | None]:
    """Candidate → rating on a question."""
    (role,) = store.roles()
    return {
        card.candidate.name: dict(zip([q for q, _ in card.questions], card.ratings, strict=True))[
            question
        ]
        or None
        for card in store.seen_by(Person("", "Nobody")).ratings(role, **how).cards  # type: ignore[arg-type]
    }


def test_a_card_holds_what_the_scorecard_does(store: Store) -> None:
    notebook = store.notebook(begin(store).id)
    for probe, outcome in (("how-found", Outcome.NEW_DETAIL), ("how-put", Outcome.NOTHING_NEW)):
        notebook.ask(Q, probe, "…", (Element.OWN_ACTION,))
        notebook.set_outcome(Q, probe, outcome)
    notebook.ask(Q, "in-doubt", "…", (Element.OWN_ACTION,))
    notebook.undo()
    notebook.skip(OTHER, "no time")
    complete(store, {Q: 4})
    (role,) = store.roles()
    (card,) = store.seen_by(Person("", "Nobody")).ratings(role).cards
    places = {question: place for place, (question, _) in enumerate(card.questions)}
    at, skipped = places[Q], places[OTHER]
    assert (card.ratings[at], card.asked[at]) == (4, 1)
    assert (card.probed[at], card.new_detail[at]) == (2, 1)
    assert (card.ratings[skipped], card.asked[skipped], card.probed[skipped]) == (0, 0, 0)
    assert sum(card.probed) == 2
    assert card.recommendation is Recommendation.YES
    assert card.submitted_at == store._reads.interview(card.id).submitted_at


def test_a_rating_amended_onto_a_skipped_question_was_asked(store: Store) -> None:
    store.notebook(begin(store).id).skip(Q, "no time")
    sealed = complete(store, {OTHER: 3})
    store.notebook(sealed.id).amend("rating", Q, "5", "It was in the summary.", PRIYA)
    (role,) = store.roles()
    (card,) = store.seen_by(Person("", "Nobody")).ratings(role).cards
    at = [question for question, _ in card.questions].index(Q)
    assert (card.ratings[at], card.asked[at]) == (5, 1)


def test_as_of_a_moment_neither_later_scorecards_nor_amendments_count(
    store: Store, clock: HeldClock
) -> None:
    sealed = complete(store, {Q: 4})
    before = clock.now()
    clock.pass_(3600)
    notebook = store.notebook(sealed.id)
    notebook.amend("rating", Q, "2", "Mixed up two candidates.", PRIYA)
    notebook.amend("recommendation", "", "no", "Spoke to a referee.", PRIYA)
    complete(store, {Q: 1}, "Bo Lind")
    assert rating(store) == {"Ada Okafor": 2, "Bo Lind": 1}
    assert rating(store, as_of=before) == {"Ada Okafor": 4}
    assert rating(store, as_of=before - timedelta(days=1)) == {}
    (role,) = store.roles()
    words = [
        store.seen_by(Person("", "x")).ratings(role, as_of=moment).cards[0].recommendation
        for moment in (before, clock.now() + timedelta(seconds=1))
    ]
    assert words == [Recommendation.YES, Recommendation.NO]


def test_without_names_letters_stay_whatever_is_chosen_and_nothing_leads_back(
    store: Store, clock: HeldClock
) -> None:
    names = ("Ada Okafor", "Bo Lind", "Cy Young", "Di Xu")
    for name in names:
        complete(store, {Q: 3}, name)
        clock.pass_(60)
    begin(store, "Bo Lind", interviewer="Tom")
    (role,) = store.roles()
    ratings = store.seen_by(Person("", "Tom")).ratings(role, anonymous=True)
    assert len(ratings.cards) == 3
    assert [item.name for item in ratings.withheld] == [
        ratings.letters[next(c.id for c in store.candidates() if c.name == "Bo Lind")]
    ]
    assert {card.candidate.id for card in ratings.cards} <= set(ratings.letters.values())
    assert not any(name in repr(ratings.cards) for name in names)
    assert (
        ratings.letters == store.seen_by(Person("", "Nobody")).ratings(role, anonymous=True).letters
    )
    assert sorted(ratings.letters.values()) == [f"Candidate {letter}" for letter in "ABCD"]


def test_statistics_leave_out_whom_one_still_interviews(store: Store) -> None:
    complete(store, {Q: 3}, "Ada Okafor")
    complete(store, {Q: 5}, "Bo Lind")
    begin(store, "Bo Lind", interviewer="Tom")
    bank = "customer-focused-sales"
    assert [c.candidate.name for c in store.seen_by(Person("", "Tom")).bank_used(bank).cards] == [
        "Ada Okafor"
    ]
    assert len(store.seen_by(Person("", "Nobody")).bank_used(bank).cards) == 2
    assert store.seen_by(Person("", "Nobody")).bank_used("other").cards == ()
