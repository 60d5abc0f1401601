"""What a comparison claims beyond means: ties, agreement, severity, and what would change it."""

from dataclasses import replace
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from interviewkit.comparison.aggregate import aggregate
from interviewkit.comparison.compare import apply_weights, compare_candidates
from interviewkit.comparison.ratings import Choice, apply_choice, letters
from interviewkit.comparison.results import Comparison
from interviewkit.comparison.sentences import SILENT
from interviewkit.errors import NotFoundError
from small_round import CARDS, a_bank, card, compared, ratings_of


def names(result: Comparison, ids: tuple[str, ...]) -> list[str]:
    by_id = {candidate.id: candidate.name for candidate in result.candidates}
    return [by_id[one] for one in ids]


def three() -> list[Any]:
    return [
        card("Ada", "Priya", {"own-1": 5, "own-2": 4, "learn-1": 2}),
        card("Ada", "Tom", {"own-1": 4, "own-2": 4, "learn-1": 1}),
        card("Bo", "Priya", {"own-1": 4, "own-2": 3, "learn-1": 3}),
        card("Bo", "Tom", {"own-1": 2, "own-2": 2, "learn-1": 5}),
        card("Cy", "Priya", {"own-1": 1, "own-2": 2, "learn-1": 1}),
        card("Cy", "Tom", {"own-1": 1, "own-2": 1, "learn-1": 1}),
    ]


def test_severity_is_beside_co_raters_on_the_same_answers_only() -> None:
    result = compared(
        card("Ada", "Priya", {"own-1": 5, "own-2": 5}),
        card("Ada", "Tom", {"own-1": 3}),
        card("Ada", "Lucía", {"own-1": 2}),
        card("Bo", "Priya", {"learn-1": 1}),
    )
    found = {one.interviewer: (one.difference, one.answers) for one in result.severity}
    assert found == {"Priya": (2.5, 1), "Tom": (-0.5, 1), "Lucía": (-2.0, 1)}


def test_an_interviewer_beside_nobody_has_no_severity() -> None:
    (one,) = compared(card("Ada", "Priya", {"own-1": 5})).severity
    assert (one.interviewer, one.difference, one.answers) == ("Priya", None, 0)


def test_equal_weights_and_leaving_an_interviewer_out_say_who_would_be_first() -> None:
    bank = a_bank({"first": {"ownership": 4}})
    cards = [one._replace(bank_sha256=bank.sha256) for one in three()]
    result = compared(*cards, banks=(bank,))
    assert names(result, result.first) == ["Ada"]
    found = {one.without: names(result, one.first) for one in result.alternatives}
    # Equal: Ada (4.25 + 1.5) / 2, Bo (2.75 + 4) / 2. Without Priya: Ada (4·4 + 1) / 5, Bo 13 / 5.
    assert found == {None: ["Bo"], "Priya": ["Ada"], "Tom": ["Ada"]}
    assert [one.changed for one in result.alternatives] == [True, False, False]
    assert names(result, result.alternatives[0].order) == ["Bo", "Ada", "Cy"]


def test_whoever_only_one_saw_drops_out_without_that_one() -> None:
    result = compared(
        card("Ada", "Priya", {"own-1": 5}),
        card("Bo", "Tom", {"own-1": 3}),
        card("Cy", "Tom", {"own-1": 3}),
    )
    assert names(result, result.first) == ["Ada"]
    without = {one.without: names(result, one.first) for one in result.alternatives}
    assert without == {None: ["Ada"], "Priya": ["Bo", "Cy"], "Tom": ["Ada"]}


def test_the_only_interviewer_cannot_be_left_out() -> None:
    result = compared(card("Ada", "Priya", {"own-1": 5}))
    assert [one.without for one in result.alternatives] == [None]


def test_many_on_top_are_all_first_even_beyond_ten() -> None:
    result = compared(
        *(card(f"C{n:02}", "Priya", {"own-1": 4}) for n in range(12)),
        card("Ada", "Tom", {"own-1": 1}),
    )
    assert len(result.first) == 12
    without_tom = result.alternatives[-1]
    assert (without_tom.without, len(without_tom.first)) == ("Tom", 12)
    assert not without_tom.changed


def test_among_many_with_and_without_blanks_the_first_ten_without_somebody_are_exact() -> None:
    cards = []
    for number in range(30):
        ratings = {"own-1": 1 + number % 5, "own-2": 1 + number // 6, "learn-1": 2}
        for who, shift in (("Priya", 0), ("Tom", number % 3 - 1), ("Lucía", 0)):
            own: dict[str, int | None] = {
                name: min(5, max(1, rating + shift)) for name, rating in ratings.items()
            }
            if number % 4 and who == "Lucía":
                own["learn-1"] = None  # a blank for three in four
            cards.append(card(f"C{number:02}", who, own))
    whole = ratings_of(*cards)
    for alternative in compare_candidates(whole).alternatives[1:]:
        others = frozenset({"Priya", "Tom", "Lucía"} - {alternative.without})
        without = compare_candidates(whole, Choice(interviewers=others))
        assert alternative.first == without.first
        assert list(alternative.order) == [c.id for c in without.candidates[:10]]


@settings(deadline=None)
@given(CARDS)
def test_without_an_interviewer_is_as_if_they_had_never_been(drawn: Any) -> None:
    cards = [card(*one, number=number) for number, one in enumerate(drawn)]
    whole = ratings_of(*cards)
    result = compare_candidates(whole)
    for one in result.alternatives[1:]:
        others = frozenset(result_name for result_name in whole.interviewers) - {one.without}
        left = apply_weights(
            aggregate(apply_choice(whole, Choice(interviewers=frozenset(map(str, others)))))
        )
        assert one.first == left.first


def test_a_tie_is_told_by_name_and_places_by_the_order_as_a_whole() -> None:
    result = compared(*three())
    ada, bo, cy = (next(c for c in result.candidates if c.name == n) for n in ("Ada", "Bo", "Cy"))
    assert [c.name for c in result.candidates] == ["Bo", "Ada", "Cy"]
    assert result.are_tied(ada, bo) is True
    assert result.are_tied(ada, cy) is False
    assert [c.bands for c in result.candidates] == [(0, 0), (0, 0), (1, 1)]
    assert [c.tied_with_first for c in result.candidates] == [True, True, False]
    assert [c.place for c in result.candidates] == [(1, 2), (1, 3), (2, 3)]
    by_name, in_order = result.places.by_name, result.places.in_order
    assert by_name is not None
    assert in_order is not None
    assert by_name.low == by_name.high < in_order.low
    above = result.probability_above(bo, ada)
    assert above == bo.probability_above_next
    assert above is not None
    assert 0.5 < above < 0.95
    assert result.probability_above(ada, bo) == pytest.approx(1 - above)


def test_two_candidates_and_one_interviewer_claim_nothing() -> None:
    result = compared(
        card("Ada", "Priya", {"own-1": 5}),
        card("Bo", "Priya", {"own-1": 3}),
        card("Cy", "Priya", {"own-1": None}),
    )
    assert (result.noise.why, result.bands) == ("too few to tell (n=0)", ())
    assert result.is_silent
    assert [c.place for c in result.candidates] == [None] * 3
    assert [c.bands for c in result.candidates] == [None] * 3
    assert [c.standard_error for c in result.candidates] == [None] * 3
    assert result.agreement.single.words == "too few to tell (n=0)"
    assert result.agreement.alpha.words == "too few to tell (n=0)"
    assert result.are_tied(*result.candidates[:2]) is None
    assert result.are_tied(result.candidates[0], result.candidates[2]) is None


def test_one_interviewer_who_rates_all_five_is_no_agreement_and_no_crash() -> None:
    cards = [card(n, "Priya", dict.fromkeys(("own-1", "learn-1"), 5)) for n in ("Ada", "Bo", "Cy")]
    cards += [card(n, "Tom", {"own-1": 5, "learn-1": 5}) for n in ("Ada", "Bo", "Cy")]
    result = compared(*cards)
    assert result.agreement.single.words == "all rated the same (n=3)"
    assert result.agreement.alpha.words == "all rated the same (n=6)"
    assert result.noise.spread == 0
    assert [c.bands for c in result.candidates] == [(0, 0)] * 3
    assert len(result.first) == 3


def test_a_competency_nobody_asked_about_has_no_agreement_and_lowers_coverage() -> None:
    cards = [card(n, who, {"own-1": 3}) for n in ("Ada", "Bo", "Cy") for who in ("Priya", "Tom")]
    result = compared(*cards)
    assert result.agreement_on["learning"].single.words == "too few to tell (n=0)"
    assert {c.coverage for c in result.candidates} == {0.5}


def test_a_competency_two_points_apart_is_talked_about_where_no_question_says_it() -> None:
    result = compared(
        card("Ada", "Priya", {"own-1": 5, "learn-1": 5}),
        card("Ada", "Tom", {"own-2": 2, "learn-1": 2}),
    )
    found = [(s.competency, s.question, s.ask) for s in result.talk_about]
    assert found == [
        ("ownership", None, "Ownership"),
        ("learning", "learn-1", "Tell me of learn-1"),
    ]
    assert (result.talk_about[0].lowest, result.talk_about[0].highest) == (2.0, 5.0)


def test_a_competency_just_under_two_points_apart_is_not() -> None:
    result = compared(
        card("Ada", "Priya", {"own-1": 4, "own-2": 3}),
        card("Ada", "Tom", {"own-1": 2}, number=1),
        card("Ada", "Tom", {"own-2": 2, "own-1": 1}, number=2),
    )
    # On own-1 4 against 1.5; ownership itself 3.5 against 5/3.
    assert [s.question for s in result.talk_about] == ["own-1"]


class TestWeights:
    def test_they_stand_in_place_of_the_kits(self) -> None:
        counted = aggregate(ratings_of(*three()))
        result = apply_weights(counted, {"ownership": 4.0})
        assert [item.weight for item in result.competencies] == [4.0, 1.0]
        assert names(result, result.first) == ["Ada"]
        assert names(result, apply_weights(counted).first) == ["Bo"]

    def test_an_unknown_competency_is_told_the_nearest(self) -> None:
        with pytest.raises(NotFoundError) as error:
            apply_weights(aggregate(ratings_of(*three())), {"ownersip": 1.0})
        assert error.value.message == (
            "There is no competency called 'ownersip' in this comparison."
        )
        assert error.value.hint.startswith("Did you mean ownership?")

    def test_a_doubt_about_a_weight_goes_when_it_is_set(self) -> None:
        bank = a_bank({"first": {"ownership": 3}, "final": {"ownership": 2}})
        counted = aggregate(
            ratings_of(
                card("Ada", "Priya", {"own-1": 4}, bank=bank, kit="first"),
                card("Ada", "Tom", {"own-1": 4}, bank=bank, kit="final"),
                banks=(bank,),
            )
        )
        assert "Kits weigh Ownership differently" in apply_weights(counted).warnings[0]
        assert apply_weights(counted, {"ownership": 3.0}).warnings == ()

    @settings(deadline=None)
    @given(CARDS, st.sampled_from([2.0, 0.5, 10.0]))
    def test_only_their_proportion_counts(self, drawn: Any, factor: float) -> None:
        cards = [card(*one, number=number) for number, one in enumerate(drawn)]
        counted = aggregate(ratings_of(*cards))
        every = {item.id: factor for item in counted.competencies}
        plain, scaled = apply_weights(counted), apply_weights(counted, every)
        assert replace(scaled, competencies=plain.competencies, ranges=plain.ranges) == plain


class TestChoice:
    def test_a_round_is_a_kit(self) -> None:
        bank = a_bank({"first": {}, "final": {}})
        ratings = ratings_of(
            card("Ada", "Priya", {"own-1": 4}, bank=bank),
            card("Ada", "Priya", {"own-1": 2}, bank=bank, kit="final", number=2),
            card("Bo", "Tom", {"own-1": 5}, bank=bank),
            banks=(bank,),
        )
        assert list(ratings.rounds) == ["first", "final"]
        result = compare_candidates(ratings, Choice(kits=frozenset({ratings.kit_called("FINAL")})))
        assert [(c.name, c.overall) for c in result.candidates] == [("Ada", 2.0)]
        assert result.warnings == ()
        with pytest.raises(NotFoundError, match="no round called 'last'"):
            ratings.kit_called("last")

    def test_interviewers_go_by_any_spelling(self) -> None:
        ratings = ratings_of(*three())
        result = compare_candidates(ratings, Choice(interviewers=frozenset({" priya "})))
        assert {c.interviewers for c in result.candidates} == {("Priya",)}

    def test_comparable_answers_were_asked_of_every_candidate_in_the_same_words(self) -> None:
        old, new = a_bank(), a_bank(version="1.1")
        ratings = ratings_of(
            card("Ada", "Priya", {"own-1": 4, "own-2": 1, "learn-1": 5}, bank=old),
            card("Bo", "Tom", {"own-1": 2, "learn-1": 4}, bank=new),
            card("Cy", "Tom", {"own-1": 3, "learn-1": None}, bank=new, skipped={"learn-1": "late"}),
            banks=(old, new),
        )
        result = compare_candidates(ratings, Choice(comparable=True))
        found = {c.name: (c.overall, c.coverage) for c in result.candidates}
        assert found == {"Ada": (4.0, 0.5), "Bo": (2.0, 0.5), "Cy": (3.0, 0.5)}
        assert not any("different questions" in said for said in result.warnings)

    def test_another_wording_is_another_question(self) -> None:
        old = a_bank()
        new = type(old)(
            replace(
                old.bank,
                questions=tuple(
                    replace(one, ask=f"{one.ask}!") if one.id == "own-1" else one
                    for one in old.bank.questions
                ),
            ),
            f"{old.text}\n",
        )
        ratings = ratings_of(
            card("Ada", "Priya", {"own-1": 4, "own-2": 1}, bank=old),
            card("Bo", "Tom", {"own-1": 2, "own-2": 3}, bank=new),
            banks=(old, new),
        )
        result = compare_candidates(ratings, Choice(comparable=True))
        assert {c.name: c.overall for c in result.candidates} == {"Ada": 1.0, "Bo": 3.0}

    def test_who_was_asked_nothing_takes_nothing_from_the_others(self) -> None:
        ratings = ratings_of(
            card("Ada", "Priya", {"own-1": 4}),
            card("Bo", "Priya", {"own-1": None}, skipped={"own-1": "left early"}),
        )
        result = compare_candidates(ratings, Choice(comparable=True))
        assert [(c.name, c.overall) for c in result.candidates] == [("Ada", 4.0), ("Bo", None)]


def test_the_same_number_of_other_people_is_said() -> None:
    result = compared(
        card("Ada", "Priya", {"own-1": 4}),
        card("Bo", "Tom", {"own-1": 4}),
    )
    assert result.warnings == (
        "Candidates were seen by different interviewers. Priya: Ada; Tom: Bo.",
        SILENT,
    )


def test_many_groups_in_a_warning_are_counted() -> None:
    result = compared(*(card(f"C{n}", f"Person {n}", {"own-1": 4}) for n in range(9)))
    assert result.warnings[0].endswith("and 3 more groups.")


SHIFTED = st.lists(
    st.tuples(
        st.sampled_from(["Ada", "Bo", "Cy", "Di"]),
        st.sampled_from(["Priya", "Tom", "Lucía"]),
        st.fixed_dictionaries({"own-1": st.integers(1, 4), "learn-1": st.integers(1, 4)}),
    ),
    min_size=1,
    max_size=9,
    unique_by=lambda one: one[:2],
)


@settings(deadline=None)
@given(SHIFTED)
def test_a_point_more_for_all_is_a_point_more_and_nothing_else(drawn: Any) -> None:
    def result(more: int) -> Comparison:
        return compared(
            *(card(c, i, {q: r + more for q, r in given_.items()}) for c, i, given_ in drawn)
        )

    before, after = result(0), result(1)
    for one, other in zip(before.candidates, after.candidates, strict=True):
        assert one.overall is not None
        assert one.name == other.name
        assert other.overall == pytest.approx(one.overall + 1)
        assert other.bands == one.bands
    assert after.severity == before.severity
    assert after.agreement.alpha == before.agreement.alpha
    assert after.agreement.single.value == pytest.approx(before.agreement.single.value)
    assert after.first == before.first


@pytest.mark.parametrize(("place", "name"), [(0, "A"), (25, "Z"), (26, "AA"), (702, "AAA")])
def test_letters_go_on_as_in_spreadsheets(place: int, name: str) -> None:
    assert letters(place) == name
