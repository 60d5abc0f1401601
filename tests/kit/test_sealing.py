"""A scorecard filled in as a file, in real browsers, against the same one from the program."""

import json
from pathlib import Path

from browsers import Browser
from interviewkit.exchange.jsonl import read_lines
from interviewkit.interview.kit_signature import KIT_ORIGIN, SignatureState
from interviewkit.interview.people import Person
from interviewkit.interview.plan import PlanEntry
from interviewkit.interview.records import Outcome, Recommendation
from interviewkit.interview.sealed_document import canonical, seal
from interviewkit.storage.import_report import Taken
from interviewkit.storage.integrity.check import check_records
from interviewkit.storage.store import Store
from kit_pages import begin, say, submit
from support import complete, shipped

QUESTION = shipped().bank.kit("first-45").questions[0].question
HOSTILE = (
    '</script><img src=x onerror="document.title=1">',
    "‮reversed‬ ⁦isolate⁩ שלום مرحبا",
    "👩‍👩‍👧 𝒜 e\u0301 ﷽ {candidate}",
    '"quotes" \\backslash\\ `tick` ${1+1}',
    "\u2028line\u2029 end\ufeff",
)


def take_in(store: Store, *paths: Path, accepts_second: bool = False) -> Taken:
    offers = [
        offer for path in paths for offer in read_lines(path.name, path.read_bytes().splitlines())
    ]
    return store.import_documents(offers, accepts_second=accepts_second)


def test_a_kit_filled_in_by_keys_is_imported_verified_and_read_as_typed(
    browser: Browser, kit: Path, store: Store, entry: PlanEntry
) -> None:
    begin(browser, kit)
    say(browser, "on time, has met us before", "/n", "rang the plant manager", "?2", "180k at risk")
    say(browser, "+", "*", "??who else knew?", "the shift lead", "/4", "/n", "/skip no time left")
    path = submit(browser, "yes", "Kept the customer.")
    taken = take_in(store, path)
    assert taken.kits == {taken.lines[0].id: SignatureState.SIGNED}
    assert sum(take_in(store, path).new.values()) == 0
    ((interview, answers),) = store.seen_by(entry.interviewer).scorecards()
    assert interview.candidate == entry.candidate
    assert (interview.interviewer, interview.kit) == ("Priya Raman", "first-45")
    assert (interview.recommendation, interview.summary) == (
        Recommendation.YES,
        "Kept the customer.",
    )
    assert interview.origin == f"{KIT_ORIGIN}, signed"
    opening, first, second, *others = answers
    assert [note.text for note in opening.notes] == ["on time, has met us before"]
    assert first.rating == 4
    assert [note.text for note in first.notes] == [
        "rang the plant manager",
        "180k at risk",
        "the shift lead",
    ]
    probe, own = first.probes
    bank_probe = shipped().bank.question(QUESTION).probes[1]
    assert (probe.probe, probe.text, probe.elicits, probe.outcome) == (
        bank_probe.id,
        bank_probe.ask,
        bank_probe.elicits,
        Outcome.NEW_DETAIL,
    )
    assert (own.text, own.is_own, own.outcome) == ("who else knew?", True, None)
    assert [note.probe for note in first.notes] == [None, probe.probe, own.probe]
    assert [note.is_marked for note in first.notes] == [False, True, False]
    assert (second.skipped, second.rating) == ("no time left", None)
    assert {answer.rating for answer in others} == {None}
    assert store.seen_by(entry.interviewer).export().signatures()[0].document == interview.id
    assert check_records(store.path).faults == ()


def test_it_compares_as_the_same_interview_held_in_the_program(
    browser: Browser, kit: Path, store: Store, entry: PlanEntry
) -> None:
    questions = [item.question for item in shipped().bank.kit("first-45").questions]
    ratings: dict[str, int | None] = dict(zip(questions, (4, 2, 5, 3, 4, 1, 5, 3), strict=True))
    begin(browser, kit)
    for rating in ratings.values():
        say(browser, "/n", f"/{rating}")
    take_in(store, submit(browser, "yes", "x"))
    complete(store, ratings, candidate="Bo Lind")
    ada, bo = store.seen_by(entry.interviewer).comparison(entry.role).candidates
    assert {ada.name, bo.name} == {"Ada Okafor", "Bo Lind"}
    assert ada.overall == bo.overall
    assert ada.cells == bo.cells
    assert ada.overall


def test_the_document_is_the_bytes_that_the_program_would_seal(
    browser: Browser, kit: Path, store: Store
) -> None:
    begin(browser, kit)
    say(browser, "/n", *HOSTILE, "?0", "=", "/2")
    path = submit(browser, "no", "Zeile 1")
    line, signature = path.read_bytes().splitlines()
    document = json.loads(line)
    assert seal(document) == document["sha256"]
    assert line == canonical(document)[:-1] + f',"sha256":"{document["sha256"]}"}}'.encode()
    assert json.loads(signature)["type"] == "signature"
    assert set(document) == {
        *("type", "id", "format", "candidate", "candidate_name", "candidate_reference", "role"),
        *("role_title", "bank", "kit", "interviewer", "interviewer_id", "started_at"),
        *("submitted_at", "recommendation", "summary", "reason", "answers", "pages", "visits"),
        *("log_head", "origin", "sha256"),
    }
    (answer,) = [entry for entry in document["answers"] if entry["question"] == QUESTION]
    assert [note["text"] for note in answer["notes"]] == list(HOSTILE)
    assert len(document["visits"]) == 2
    pages = {page["page"] for page in document["pages"]}
    assert pages == {"opening", "closing"}


def test_no_text_becomes_markup_and_nothing_is_fetched(browser: Browser, kit: Path) -> None:
    begin(browser, kit)
    say(browser, "/n", *HOSTILE)
    assert browser.script("document.querySelectorAll('img, iframe, object').length") == 0
    assert browser.text(".notes").count("onerror") == 1
    assert "<U+202E>" in browser.text(".notes")
    assert [url for url in browser.requests if not url.startswith(("file:", "data:"))] == []
    blocked = "fetch('http://127.0.0.1:9/').then(() => 'fetched', () => 'blocked')"
    assert browser.script(blocked) == "blocked"


def test_lone_halves_and_nul_are_replaced_before_they_are_sealed(
    browser: Browser, kit: Path, store: Store
) -> None:
    begin(browser, kit)
    browser.script(
        "(() => { document.getElementById('line').value = 'a\\ud800b\\0c';"
        "document.getElementById('entry').requestSubmit(); })()"
    )
    submit(browser, "no", "x")
    path = browser.saved(".ikc")
    take_in(store, path)
    ((_, answers),) = store.seen_by(Person("", "Priya Raman")).scorecards()
    assert answers[0].notes[0].text in ("a\ufffdb\ufffdc", "a\ufffdbc")


def test_two_hundred_notes_keep_their_order_over_a_reload_in_mid_word(
    browser: Browser, kit: Path, store: Store
) -> None:
    begin(browser, kit)
    browser.type("", "PageDown")
    notes = [f"note {number}: rang again" for number in range(200)]
    for note in notes[:150]:
        browser.type(note, "Enter")
    browser.type("half a wo")
    browser.reload()
    browser.until("document.getElementById('line')?.value === 'half a wo'")
    browser.type("rd", "Enter")
    say(browser, *notes[150:])
    path = submit(browser, "no", "x")
    take_in(store, path)
    ((_, answers),) = store.seen_by(Person("", "Priya Raman")).scorecards()
    assert [note.text for note in answers[1].notes] == [
        *notes[:150],
        "half a word",
        *notes[150:],
    ]
    ids = [note.id for note in answers[1].notes]
    assert ids == sorted(ids)
