"""The reading of notes: what a reader would doubt, in both languages."""

import csv
import subprocess
import sys
from pathlib import Path
from time import perf_counter

import pytest
from hypothesis import given
from hypothesis import strategies as st

from interviewkit.banks.elements import Element
from interviewkit.interview.evidence import (
    State,
    elements_in,
    evidence,
    general_word,
    is_particular,
    protected_topics,
    speakers,
)
from interviewkit.interview.protected_topics import NAMES, topic_sentence
from interviewkit.interview.word_lists import load_words

EN = load_words("en")
DE = load_words("de")

SHOWN = [
    ("en", Element.NUMBERS, "180k at risk"),
    ("en", Element.NUMBERS, "€1.2m over three years"),
    ("en", Element.NUMBERS, "40 % of the region"),
    ("en", Element.NUMBERS, "rang him twice"),
    ("en", Element.NUMBERS, "a dozen sites"),
    ("en", Element.NUMBERS, "two thirds stayed"),
    ("en", Element.NUMBERS, "1,200 seats"),
    ("en", Element.NUMBERS, "half a million"),
    ("en", Element.NUMBERS, "pipeline doubled"),
    ("en", Element.NUMBERS, "shipment nine days late"),
    ("en", Element.TIME, "lost it in Q3"),
    ("en", Element.TIME, "last March"),
    ("en", Element.TIME, "in my second year"),
    ("en", Element.TIME, "9 days late"),
    ("en", Element.TIME, "12:40 call"),
    ("en", Element.TIME, "FY24 plan"),
    ("en", Element.TIME, "autumn '23"),
    ("en", Element.TIME, "rang them the same hour"),
    ("en", Element.PEOPLE, "rang plant manager"),
    ("en", Element.PEOPLE, "my manager agreed"),
    ("en", Element.PEOPLE, "sat down with Sandra"),
    ("en", Element.PEOPLE, "asked Ms Oyelaran"),
    ("en", Element.CUSTOMER, "shipment to Hartmann late"),
    ("en", Element.CUSTOMER, "a hospital in Leeds"),
    ("en", Element.CUSTOMER, "their CFO rang"),
    ("en", Element.CUSTOMER, "our second biggest client"),
    ("en", Element.OWN_ACTION, "rang plant manager the same hour"),
    ("en", Element.OWN_ACTION, "I wrote the apology myself"),
    ("en", Element.OWN_ACTION, "customer furious, drove there that night"),
    ("en", Element.OWN_ACTION, "refused to quote"),
    ("en", Element.TASK, "had to win them back by June"),
    ("en", Element.TASK, "renewal was mine"),
    ("en", Element.TASK, "boss asked her to take it over"),
    ("en", Element.RESULT, "kept all of it"),
    ("en", Element.RESULT, "they renewed"),
    ("en", Element.RESULT, "lost the account anyway"),
    ("en", Element.RESULT, "churn 9 % -> 4 %"),
    ("en", Element.LEARNING, "learned to ask for the CFO early"),
    ("en", Element.LEARNING, "since then always confirms in writing"),
    ("en", Element.LEARNING, "next time I'd start earlier"),
    ("en", Element.SETBACK, "legal blocked it for a month"),
    ("en", Element.SETBACK, "first attempt failed"),
    ("en", Element.SETBACK, "he hung up on me"),
    ("en", Element.SETBACK, "they didn't answer for weeks"),
    ("en", Element.CONFIRMATION, "it's in the CRM"),
    ("en", Element.CONFIRMATION, "mail from their CFO"),
    ("en", Element.CONFIRMATION, "my manager then, Jo Lind, would confirm"),
    ("en", Element.CONFIRMATION, "dashboard still shows it"),
    ("en", Element.SITUATION, "customer was about to leave"),
    ("en", Element.OWN_ACTION, "in March rang the plant"),
    ("en", Element.CUSTOMER, "a small bakery in Leeds"),
    ("en", Element.RESULT, "usage went from 40 to 71 seats"),
    ("de", Element.NUMBERS, "rund ein Drittel verloren"),
    ("de", Element.NUMBERS, "2 Mio Umsatz"),
    ("de", Element.NUMBERS, "1.200,50 Gutschrift"),
    ("de", Element.NUMBERS, "knapp die Hälfte"),
    ("de", Element.TIME, "letzten März"),
    ("de", Element.TIME, "KW 14"),
    ("de", Element.TIME, "am selben Tag angerufen"),
    ("de", Element.TIME, "um 11 lief die Kasse wieder"),
    ("de", Element.PEOPLE, "Frau Demir hat gerechnet"),
    ("de", Element.PEOPLE, "mit dem Werksleiter gesprochen"),
    ("de", Element.CUSTOMER, "Klinikum Fürth war verärgert"),
    ("de", Element.CUSTOMER, "Kd. droht mit Kündigung"),
    ("de", Element.OWN_ACTION, "Werksleiter sofort angerufen"),
    ("de", Element.OWN_ACTION, "bin selbst hingefahren"),
    ("de", Element.OWN_ACTION, "Ich habe den Brief selbst geschrieben"),
    ("de", Element.OWN_ACTION, "Ich habe mich sofort beim Kunden gemeldet"),
    ("de", Element.OWN_ACTION, "Habe mich entschuldigt"),
    ("de", Element.OWN_ACTION, "Ich habe ihm offen gesagt, dass es länger dauert"),
    ("de", Element.CUSTOMER, "beim Kantonsspital angefragt"),
    ("de", Element.SETBACK, "Lieferung kam zehn Tage später als zugesagt"),
    ("de", Element.LEARNING, "seit diesem Fall schreibe ich alles auf"),
    ("de", Element.TASK, "Ziel war Go-live 1.4."),
    ("de", Element.RESULT, "Vertrag verlängert"),
    ("de", Element.LEARNING, "Seither gibt es einen Notfallplan"),
    ("de", Element.SETBACK, "Lieferung kam neun Tage zu spät"),
    ("de", Element.SETBACK, "Lieferung kam neun Tage zu spaet"),
    ("de", Element.CONFIRMATION, "steht alles im CRM"),
    ("de", Element.CONFIRMATION, "Hr. Novak kann Auskunft geben"),
]

NOT_SHOWN = [
    ("en", Element.NUMBERS, "no numbers given"),
    ("en", Element.NUMBERS, "ask about the 180k"),
    ("en", Element.NUMBERS, "how many of the 12 sites?"),
    ("en", Element.NUMBERS, "rolled out Office 365"),
    ("en", Element.NUMBERS, "in Q3 2023"),
    ("en", Element.NUMBERS, "12:40 on 3 March"),
    ("en", Element.NUMBERS, "one of the engineers"),
    ("en", Element.TIME, "no idea when"),
    ("en", Element.TIME, "may have been somebody else"),
    ("en", Element.TIME, "may I call you"),
    ("en", Element.PEOPLE, "couldn't name his manager"),
    ("en", Element.PEOPLE, "would have called the CFO"),
    ("en", Element.PEOPLE, "Hartmann renewed"),
    ("en", Element.PEOPLE, "Salesforce and Slack in use"),
    ("en", Element.PEOPLE, "works as account manager"),
    ("en", Element.CUSTOMER, "customer service is key"),
    ("en", Element.CUSTOMER, "I like customers"),
    ("en", Element.OWN_ACTION, "we called the customer"),
    ("en", Element.OWN_ACTION, "boss called the customer"),
    ("en", Element.OWN_ACTION, "customer was called at once"),
    ("en", Element.OWN_ACTION, "called by the customer at six"),
    ("en", Element.OWN_ACTION, "would have called"),
    ("en", Element.OWN_ACTION, "didn't call anybody"),
    ("en", Element.OWN_ACTION, "usually I call them"),
    ("en", Element.LEARNING, "didn't learn anything"),
    ("en", Element.CONFIRMATION, "nobody could confirm"),
    ("en", Element.CONFIRMATION, "introduced a new CRM"),
    ("en", Element.SETBACK, "never blames a late delivery on others since"),
    ("en", Element.RESULT, "had to get them signed by June"),
    ("en", Element.OWN_ACTION, "her director, Piet, sat next to her"),
    ("de", Element.NUMBERS, "keine Zahlen genannt"),
    ("de", Element.NUMBERS, "Termin am 30.6."),
    ("de", Element.TIME, "weiß nicht mehr wann"),
    ("de", Element.PEOPLE, "Vertrag und Angebot geprüft"),
    ("de", Element.CUSTOMER, "Kundenservice ist wichtig"),
    ("de", Element.OWN_ACTION, "wir haben den Kunden angerufen"),
    ("de", Element.OWN_ACTION, "Kunde wurde angerufen"),
    ("de", Element.OWN_ACTION, "würde den Chef anrufen"),
    ("de", Element.OWN_ACTION, "Vertrag verloren"),
    ("de", Element.CONFIRMATION, "niemand kann das bestätigen"),
    ("de", Element.OWN_ACTION, "Chef hat mich gelobt"),
    ("de", Element.OWN_ACTION, "Habe es dem Kunden nicht gesagt"),
    ("de", Element.TASK, "Kundin musste drei Wochen warten"),
    ("de", Element.TASK, "Auftrag im Wert von 60.000 Franken"),
    ("de", Element.NUMBERS, "zwei Dinge gelernt"),
]


@pytest.mark.parametrize(("language", "element", "note"), SHOWN)
def test_a_note_shows(language: str, element: Element, note: str) -> None:
    assert element in elements_in(note, load_words(language))


@pytest.mark.parametrize(("language", "element", "note"), NOT_SHOWN)
def test_a_note_does_not_show(language: str, element: Element, note: str) -> None:
    assert element not in elements_in(note, load_words(language))


@pytest.mark.parametrize(
    ("language", "note"),
    [
        ("en", "how many of the 12 sites?"),
        ("en", "ask about the 180k in March"),
        ("de", "todo: Kunde 12?"),
    ],
)
def test_the_interviewers_own_questions_and_reminders_show_nothing(
    language: str, note: str
) -> None:
    assert set(evidence([note], {}, (), load_words(language)).missing.values()) == {1}


def test_a_denial_silences_its_clause_only() -> None:
    shown = elements_in("couldn't name anyone, but 180k at risk", EN)
    assert Element.NUMBERS in shown
    assert Element.PEOPLE not in shown
    assert Element.OWN_ACTION in elements_in("would usually mail, but this time rang the CFO", EN)
    assert Element.NUMBERS in elements_in("keine Namen genannt, aber 40 % verloren", DE)


def test_every_element_has_its_state_in_order() -> None:
    states = evidence([], {}, (), EN).states
    assert list(states) == list(Element)
    assert set(states.values()) == {State.MISSING}


def test_ticks_outrank_the_reading_in_both_directions() -> None:
    ticks = {Element.NUMBERS: False, Element.LEARNING: True}
    states = evidence(["180k at risk"], ticks, (), EN).states
    assert states[Element.NUMBERS] is State.MISSING
    assert states[Element.LEARNING] is State.PRESENT


def test_a_tick_is_certain_and_an_untick_is_certainly_missing() -> None:
    ticks = {Element.NUMBERS: False, Element.LEARNING: True}
    missing = evidence(["180k at risk"], ticks, (), EN).missing
    assert missing[Element.NUMBERS] == 1
    assert missing[Element.LEARNING] == 0


def test_more_notes_make_what_they_do_not_show_less_surely_missing() -> None:
    note = "the parts went out by van instead, with a note on the box"
    once, often = (evidence([note] * times, {}, (), EN) for times in (1, 200))
    assert once.states[Element.TASK] is State.MISSING
    assert often.missing[Element.TASK] < once.missing[Element.TASK]
    assert often.states[Element.TASK] is State.PERHAPS


def test_no_note_settles_an_element_for_ever() -> None:
    for note in ("180k at risk", "rang Sandra Weiss at Hartmann in March 2023", ""):
        assert all(
            0.02 < likely < 1.0001 for likely in evidence([note], {}, (), EN).missing.values()
        )


def test_asked_for_and_not_given_is_told_from_missing() -> None:
    asked = (Element.NUMBERS, Element.PEOPLE)
    states = evidence(["180k at risk"], {}, asked, EN).states
    assert states[Element.NUMBERS] is State.PRESENT
    assert states[Element.PEOPLE] is State.ASKED
    assert states[Element.LEARNING] is State.MISSING
    unticked = evidence(["180k at risk"], {Element.NUMBERS: False}, asked, EN).states
    assert unticked[Element.NUMBERS] is State.ASKED


@pytest.mark.parametrize(
    ("notes", "particular"),
    [
        ([], True),
        (["calm, friendly"], True),
        (["usually I would call the customer"], False),
        (["always tries to listen", "communication is key"], False),
        (["usually mails", "in March rang Hartmann's CFO instead"], True),
        (["would ask for a date, would call them"], False),
        (["ask what she usually does"], True),
    ],
)
def test_generalities_are_not_one_event(notes: list[str], particular: bool) -> None:
    assert is_particular(notes, EN) is particular


REMARKS = list(
    csv.DictReader(
        (Path(__file__).parent / "notes" / "general_remarks.tsv").read_text("utf-8").splitlines(),
        delimiter="\t",
    )
)


@pytest.mark.parametrize("remark", REMARKS, ids=lambda remark: remark["note"])
def test_each_general_remark_alone_is_a_generality(remark: dict[str, str]) -> None:
    assert not is_particular([remark["note"]], load_words(remark["language"]))


def test_notes_with_nothing_concrete_are_a_generality_and_one_of_them_is_not() -> None:
    nothing = ["pauses", "goes on at length"]
    assert is_particular(nothing[:1], EN)
    assert not is_particular(nothing, EN)
    assert is_particular([*nothing, "rang Sandra Weiss in March"], EN)
    unchecked = ["the mood was poor", "it went badly", "they were about to walk away"]
    assert not is_particular(unchecked, EN)


PROTECTED = [
    ("en", "pregnant, due in may", ("family",)),
    ("en", "has two kids at school", ("family",)),
    ("en", "came back from maternity leave", ("family",)),
    ("en", "54 years old", ("age",)),
    ("en", "she is diabetic, wears a headscarf", ("health", "religion")),
    ("en", "strong Polish accent", ("origin",)),
    ("en", "earns 62k now", ("pay-history",)),
    ("en", "union member since 2019", ("union-politics",)),
    ("en", "married?", ("family",)),
    ("de", "schwanger, Termin im Mai", ("family",)),
    ("de", "hat zwei kleine Kinder", ("family",)),
    ("de", "ist 54 Jahre alt", ("age",)),
    ("de", "trägt Kopftuch", ("religion",)),
    ("de", "ist schwerbehindert", ("health",)),
    ("de", "verdient 62.000 brutto", ("pay-history",)),
    ("de", "Eltern stammen aus der Türkei", ("origin",)),
]
NOT_PROTECTED = [
    ("en", "rang the plant manager in May, 62k at risk"),
    ("en", "their warehouse burned down the night before"),
    ("en", "audit was due in May"),
    ("en", "the union rep was against it"),
    ("en", "two of their dealers went bankrupt"),
    ("en", "delivered to the Catholic hospital within 54 hours"),
    ("en", "the account was married into the group"),
    ("de", "Betriebsrat war dagegen, 62.000 im Feuer"),
    ("de", "Kunde aus Polen, Termin im Mai geplatzt"),
    ("de", "Vertrag nach 54 Tagen unterschrieben"),
]


@pytest.mark.parametrize(("language", "note", "topics"), PROTECTED)
def test_a_note_on_a_protected_topic_is_no_evidence(
    language: str, note: str, topics: tuple[str, ...]
) -> None:
    words = load_words(language)
    assert protected_topics(note, words) == topics
    assert elements_in(note, words) == frozenset()
    assert set(evidence([note], {}, (), words).missing.values()) == {1}


@pytest.mark.parametrize(("language", "note"), NOT_PROTECTED)
def test_a_note_on_the_case_touches_no_protected_topic(language: str, note: str) -> None:
    assert protected_topics(note, load_words(language)) == ()


def test_both_languages_know_the_same_topics_and_each_has_a_name() -> None:
    assert set(EN.topics) == set(NAMES)
    assert set(DE.topics) == set(NAMES) - {"military-discharge"}


def test_the_sentence_on_a_protected_topic_names_it_and_the_way_back() -> None:
    assert topic_sentence(("family",)) == (
        "Family is on the list of topics not to ask about; /undo removes the note."
    )
    assert topic_sentence(("age", "family", "health")).startswith("Age, family and health are on")


def test_generalities_in_german() -> None:
    assert not is_particular(["normalerweise rufe ich den Kunden an"], DE)
    assert is_particular(["normalerweise Mail", "letzten März selbst hingefahren"], DE)


def test_the_general_word_is_shown_as_it_was_typed() -> None:
    assert general_word(["calm", "he (usually) mails"], EN) == "usually"
    assert general_word(["macht das üblicherweise selbst"], DE) == "üblicherweise"
    assert general_word(["180k"], EN) == ""


def test_speakers_are_counted_as_words() -> None:
    assert speakers(["We did it, we said; owe", "then we i.e. all"], EN) == (3, 0)
    assert speakers(["I'm sure I did"], EN) == (0, 2)
    assert speakers(["Wir, wir", "ich"], DE) == (2, 1)


def test_a_bank_adds_its_own_words() -> None:
    words = EN.extended({Element.CONFIRMATION: ["Tour de Table", "x+y*"], Element.TASK: [" "]})
    assert Element.CONFIRMATION in elements_in("it was in the tour de table", words)
    assert Element.CONFIRMATION in elements_in("see x+y*, twice", words)
    assert Element.CONFIRMATION not in elements_in("no idea, no mention of a tour de table", words)
    assert Element.CONFIRMATION not in elements_in("it was in the tour de table", EN)
    assert Element.TASK not in elements_in("", words)


def test_a_banks_own_words_count_as_surely_read() -> None:
    words = EN.extended({Element.SETBACK: ["quibbled"], Element.TASK: ["was my baby"]})
    reading = evidence(["they quibbled in the end"], {}, (), words)
    assert reading.states[Element.SETBACK] is State.PRESENT
    assert reading.missing[Element.SETBACK] <= 0.1001
    for silenced in ("would have quibbled", "quibbled?"):
        assert Element.SETBACK not in elements_in(silenced, words)
        assert evidence([silenced], {}, (), words).states[Element.SETBACK] is not State.PRESENT
    assert evidence(["it was my baby"], {}, (), words).states[Element.TASK] is State.PRESENT


def test_additions_keep_what_was_there_and_are_made_once() -> None:
    extra = {Element.NUMBERS: ["umpteen"]}
    assert EN.extended(extra) is EN.extended(extra)
    both = EN.extended(extra).extended({Element.TIME: ["at kick-off"]})
    assert elements_in("umpteen calls at kick-off", both) >= {Element.NUMBERS, Element.TIME}
    umlaut = DE.extended({Element.CONFIRMATION: ["Prüfbuch"]})
    assert Element.CONFIRMATION in elements_in("siehe prüfbuch", umlaut)


@pytest.mark.parametrize("language", ["xx", "", "../en", "en.toml", "EN\x00"])
def test_an_unknown_language_reads_as_english(language: str) -> None:
    assert load_words(language) is EN


NOTES = st.lists(
    st.sampled_from([note for language, _, note in SHOWN + NOT_SHOWN if language == "en"])
    | st.text(max_size=80),
    max_size=8,
)


@given(st.data())
def test_the_order_of_the_notes_does_not_matter(data: st.DataObject) -> None:
    notes = data.draw(NOTES)
    shuffled = data.draw(st.permutations(notes))
    assert evidence(notes, {}, (), EN) == evidence(shuffled, {}, (), EN)


@given(NOTES, st.text(max_size=80))
def test_a_further_note_never_takes_an_element_away(notes: list[str], note: str) -> None:
    before = evidence(notes, {}, (), EN).states
    after = evidence([*notes, note], {}, (), EN).states
    for element, state in before.items():
        assert state is not State.PRESENT or after[element] is State.PRESENT


@given(st.text(max_size=200), st.sampled_from(["en", "de"]))
def test_any_text_is_read(note: str, language: str) -> None:
    assert elements_in(note, load_words(language)) <= set(Element)


@pytest.mark.parametrize("language", ["en", "de"])
@pytest.mark.parametrize(
    "paste",
    ["a" * 200_000, "a, " * 70_000, "1 " * 100_000, "Ab " * 70_000, " " * 200_000, "ge" * 100_000,
     "hat ge " * 30_000, "from 1" * 30_000, "she " * 50_000, "the same " * 20_000, "(" * 200_000],
)  # fmt: skip
def test_a_huge_paste_does_not_hang(language: str, paste: str) -> None:
    start = perf_counter()
    elements_in(paste, load_words(language))
    # Seconds for what takes milliseconds: this catches a pattern that backtracks, not a slow day.
    assert perf_counter() - start < 3


def test_a_long_note_without_punctuation_is_read_to_its_end() -> None:
    assert Element.NUMBERS in elements_in("so then " * 60 + "we kept 180k", EN)


def test_reading_notes_loads_no_pydantic() -> None:
    code = (
        "import sys, interviewkit.interview.evidence;"
        "from interviewkit.interview.word_lists import load_words; load_words('de');"
        "sys.exit('pydantic' in sys.modules)"
    )
    assert subprocess.run([sys.executable, "-c", code], check=False).returncode == 0
