"""What the page of a fillable kit does for the person who fills it in, in real browsers."""

import json
import shutil
import subprocess
from pathlib import Path

import pytest

from browsers import Browser, wait_for
from interviewkit.banks.loader import BankFile, parse_bank
from interviewkit.interview.plan import PlanEntry
from interviewkit.storage.store import Store
from interviewkit.workflows.fillable_kit import write_fillable_kit
from kit_pages import begin, say, submit
from support import shipped

NOTE = "rang the plant manager"
TYPED = "document.getElementById('line').value"
# Elements that a pointer or the Tab key reaches, without a name that can be read aloud.
NAMELESS = (
    "[...document.querySelectorAll('button, input:not([type=file]), textarea, summary')]"
    ".filter((element) => !(element.textContent || element.ariaLabel || element.labels?.length))"
    ".map((element) => element.outerHTML)"
)


def test_a_draft_file_goes_on_where_nothing_is_stored(browser: Browser, kit: Path) -> None:
    begin(browser, kit)
    say(browser, "/n", NOTE, "?2", "+")
    browser.click("#menu summary")
    browser.click("#menu button", "Save a draft")
    draft = browser.saved(".draft.json")
    browser.click("#menu summary")
    browser.click("#menu button", "Delete from this device")
    assert "It is not sealed yet" in browser.text("#dialog")
    browser.click("#accept")
    browser.until("document.querySelector('#begin') !== null")
    assert browser.script("Object.keys(localStorage).filter((name) => name.includes(KIT.id))") == []
    browser.choose_file("#file", draft)
    browser.until(f"document.querySelector('.entries')?.innerText.includes('{NOTE}')")
    assert browser.text(".outcomes [aria-pressed=true]") == "+ new detail"
    assert browser.script("draft.visits.length") == 2


def test_another_file_is_no_draft_of_this_kit(browser: Browser, kit: Path, tmp_path: Path) -> None:
    browser.open(kit)
    other = tmp_path / "other.json"
    for content in ("no JSON", "{}", json.dumps({"kit": "another", "answers": {}}), "null"):
        other.write_text(content, encoding="utf-8")
        browser.script("document.getElementById('toast').replaceChildren()")
        browser.choose_file("#file", other)
        browser.until("document.getElementById('toast').innerText !== ''")
        assert browser.text("#toast") == "This draft belongs to another kit."
    assert browser.text("#begin")


def test_a_browser_that_keeps_nothing_is_told_before_and_asks_on_leaving(
    browser: Browser, kit: Path
) -> None:
    refuse = "() => { Storage.prototype.setItem = () => { throw new DOMException('full'); }; }"
    browser.run_first(refuse)
    browser.open(kit)
    assert "keeps nothing for this file" in browser.text("main .notice")
    assert browser.text("#saved") == "Not saved on this device"
    browser.click("#begin")
    say(browser, "/n", NOTE)
    assert NOTE in browser.text(".notes")
    path = submit(browser, "yes", "x")
    assert len(path.read_bytes().splitlines()) == 2


def test_a_browser_without_the_signature_seals_without_it_and_says_so(
    browser: Browser, kit: Path
) -> None:
    refuse = (
        "() => { if (crypto.subtle) crypto.subtle.importKey = async () => { throw Error(); }; }"
    )
    browser.run_first(refuse)
    browser.open(kit)
    browser.until("document.querySelector('main .notice') !== null")
    assert "cannot sign" in browser.text("main .notice")
    browser.click("#begin")
    path = submit(browser, "yes", "x")
    (line,) = path.read_bytes().splitlines()
    assert json.loads(line)["type"] == "scorecard"
    assert "It is not signed." in browser.text("main")


def test_a_browser_that_cannot_seal_says_so_and_keeps_the_draft(
    browser: Browser, kit: Path
) -> None:
    remove = "() => { Object.defineProperty(Crypto.prototype, 'subtle', { value: undefined }); }"
    browser.run_first(remove)
    browser.open(kit)
    assert "cannot seal here" in browser.text("main .notice")
    browser.click("#begin")
    browser.type("", "PageDown")
    say(browser, "/end")
    assert browser.script("document.getElementById('seal').disabled") is True


def test_what_was_kept_and_cannot_be_read_stays(browser: Browser, kit: Path) -> None:
    browser.open(kit)
    browser.script("localStorage.setItem(STORE, '{half a dra')")
    browser.reload()
    assert "cannot be read" in browser.text("#toast")
    assert browser.text("#begin")
    kept = "Object.entries(localStorage).filter(([name]) => name.includes(`${KIT.id} unreadable`))"
    ((_, text),) = browser.script(kept)
    assert text == "{half a dra"


def test_a_second_window_goes_on_and_the_first_stops_writing(browser: Browser, kit: Path) -> None:
    begin(browser, kit)
    say(browser, "/n", NOTE)
    second = browser.new_window()
    second.open(kit)
    if second.text("#begin"):
        pytest.skip("this browser gives each window of a file a storage of its own")
    say(second, "written in the second")
    browser.until("document.getElementById('dialog').open")
    assert "another window" in browser.text("#dialog").lower()
    browser.click("#accept")
    browser.until("document.querySelector('.notes').innerText.includes('in the second')")


def test_a_note_is_changed_and_taken_away(browser: Browser, kit: Path) -> None:
    begin(browser, kit)
    say(browser, "/n", NOTE, "second")
    browser.click(".icon", "Change")
    assert browser.script(TYPED) == NOTE
    browser.type(" twice", "Enter")
    assert f"{NOTE} twice" in browser.text(".notes")
    browser.click(".icon", "Change")
    browser.type("lost", "Escape")
    assert "lost" not in browser.text(".notes")
    assert browser.script(TYPED) == ""
    browser.click(".icon", "Change")
    browser.script("document.getElementById('line').value = ''")
    browser.type("", "Enter")
    assert NOTE not in browser.text(".notes")
    assert "second" in browser.text(".notes")


def test_a_line_that_cannot_be_a_command_is_told_and_then_kept(browser: Browser, kit: Path) -> None:
    begin(browser, kit)
    say(browser, "/n")
    for line, sentence in (
        ("?99", "There is no such probe here."),
        ("/9", "Ratings go from 1 to 5"),
        ("+", "No probe has been asked here yet."),
        ("*", "There is no note here yet"),
        ("/q 40", "Questions run from 1 to 8."),
        ("/nowhere", "There is no such command."),
        ("??7", "Write your follow-up after ??."),
    ):
        browser.type(line, "Enter")
        assert sentence in browser.text("#toast"), line
        assert browser.script(TYPED) == line
        browser.script("(() => { byId('line').value = ''; typeNote(); })()")
    browser.type("/nowhere", "Enter")
    browser.type("", "Enter")
    say(browser, " /4 is a note", "+15 % on renewal")
    for note in ("/nowhere", "/4 is a note", "+15 % on renewal"):
        assert note in browser.text(".notes")


def test_all_can_be_clicked_and_nothing_is_sealed_before_it_is_complete(
    browser: Browser, kit: Path
) -> None:
    begin(browser, kit)
    browser.click("main button", "Next")
    browser.click(".probes li button", "?1")
    browser.click(".outcomes button", "nothing new")
    browser.click(".rating label", "2")
    browser.click("main button", "Next")
    browser.click("main button", "Skip the question")
    browser.click("#accept")  # no reason yet: the question stays open
    assert browser.script("document.getElementById('dialog').open") is True
    browser.click("#typed")
    browser.type("no time", "Enter")
    assert "Skipped: no time" in browser.text("main")
    browser.click("main button", "Ask it after all")
    browser.click("#rail button", "Wrap-up")
    assert "no rating" in browser.text("main")
    browser.click("#seal")
    assert browser.text("#toast") == "Choose a recommendation first."
    browser.click(".choice label", "yes")
    assert "average 2.0" in browser.text("main")
    browser.click("#seal")
    assert browser.text("#toast") == "Say in a sentence why you recommend this."
    browser.click("#reason")
    browser.type("a bad day")
    browser.click("#seal")
    assert "Questions without a rating" in browser.text("#dialog")
    browser.click("#accept")
    browser.until("document.querySelector('#save') !== null")
    scorecard = json.loads(browser.saved(".ikc").read_bytes().splitlines()[0])
    assert scorecard["reason"] == "a bad day"
    assert scorecard["answers"][0]["probes"][0]["outcome"] == "nothing_new"
    assert scorecard["answers"][1]["skipped"] is None
    browser.reload()
    browser.until("document.querySelector('#save') !== null")  # it can be saved once more


def test_a_pause_is_no_time_of_a_question(browser: Browser, kit: Path) -> None:
    begin(browser, kit)
    browser.click("#pause")
    assert browser.text("#pause") == "Resume"
    seconds = browser.script("secondsUsed()")
    browser.until("Date.now() - milliseconds(draft.visits.at(-1).to) > 300")
    assert browser.script("secondsUsed()") == seconds
    browser.click("#pause")
    browser.until(f"secondsUsed() > {seconds}")


def test_the_time_the_device_slept_is_no_time_of_a_question(browser: Browser, kit: Path) -> None:
    begin(browser, kit)
    browser.script(
        "(() => { const at = new Date(Date.now() - 3600000).toISOString();"
        "draft.visit = { question: draft.page, from: at, seen: at }; tick(); })()"
    )
    assert browser.script("secondsUsed()") < 60


def test_everything_has_a_name_and_the_focus_stays(browser: Browser, kit: Path) -> None:
    browser.open(kit)
    assert browser.script(NAMELESS) == []
    browser.click("#begin")
    assert browser.script("document.activeElement.id") == "line"
    say(browser, "/n", NOTE, "?1", "/4")
    assert browser.script(NAMELESS) == []
    assert browser.script("document.activeElement.id") == "line"
    browser.click(".outcomes button", "new detail")
    assert browser.script("document.activeElement.innerText") == "+ new detail"
    say_end = "document.querySelector('#rail li:last-child button').click()"
    browser.script(f"(() => {{ {say_end}; }})()")
    assert browser.script(NAMELESS) == []
    assert browser.script("document.documentElement.lang") == "en"


@pytest.mark.parametrize(("width", "height"), [(390, 844), (768, 1024), (1280, 800), (1920, 1080)])
def test_no_page_is_wider_than_its_window(
    browser: Browser, kit: Path, width: int, height: int
) -> None:
    browser.size(width, height)
    begin(browser, kit)
    for page in range(3):
        if page:
            browser.click("main button", "Next")
        browser.script("addNote(pageOf(draft.page), 'x'.repeat(400))")
        browser.script("render()")
        assert browser.script("document.documentElement.scrollWidth") <= width


def test_it_prints_all_of_it(browser: Browser, kit: Path, tmp_path: Path) -> None:
    if not shutil.which("pdftotext"):
        pytest.skip("pdftotext is not installed")
    begin(browser, kit)
    say(browser, "met before", "/n", NOTE, "/4", "/q 8", "in the last one")
    (tmp_path / "paper.pdf").write_bytes(browser.paper())
    text = subprocess.run(
        ["pdftotext", "-layout", tmp_path / "paper.pdf", "-"], capture_output=True, check=True
    ).stdout.decode()
    for words in ("Ada Okafor", "met before", NOTE, "in the last one", "rated 4"):
        assert words in text
    assert "Ask next" not in text


def test_a_german_kit_is_german(browser: Browser, store: Store, tmp_path: Path) -> None:
    file = shipped("kundenorientierter-vertrieb")
    entry: PlanEntry = store.planning().add(
        candidate="Jörg Müller", role="Verkauf", interviewer="Anna Weiß"
    )
    path = tmp_path / "bogen.html"
    write_fillable_kit(store, entry, file, "first-45", path)
    browser.open(path)
    assert browser.text("#begin") == "Interview beginnen"
    browser.click("#begin")
    say(browser, "/n", "rief den Werkleiter an", "/4")
    assert "Frage 1 von 8" in browser.text("main")
    assert browser.script("document.documentElement.lang") == "de"
    browser.click("#rail button", "Bilanz")
    browser.click(".choice label", "ja")
    browser.click("#seal")
    browser.click("#accept")
    wait_for(lambda: browser.saved(".ikc").name == "Jörg-Müller-Verkauf-Anna-Weiß.ikc", "the file")


def test_names_and_a_bank_that_try_to_act_stay_text(
    browser: Browser, store: Store, tmp_path: Path
) -> None:
    act = "<img src=x onerror='document.title=1'>\u202eevil"
    text = shipped().text.replace("Take me back to a sale where the customer", act, 1)
    file = BankFile(parse_bank(text, "x"), text)
    entry = store.planning().add(candidate=f"A {act}", role=f"R {act}", interviewer=f"P {act}")
    entry = store.planning().set_card(entry, f"Ask {act}")
    path = tmp_path / "kit.html"
    write_fillable_kit(store, entry, file, "first-45", path)
    browser.open(path)
    assert "Ask <img src=x onerror='document.title=1'><U+202E>evil" in browser.text("main")
    browser.click("#begin")
    say(browser, "/n")
    assert browser.text("h2").startswith("<img src=x onerror='document.title=1'><U+202E>evil")
    assert browser.script("document.querySelectorAll('img').length") == 0
    saved = submit(browser, "yes", "x")
    scorecard = json.loads(saved.read_bytes().splitlines()[0])
    assert scorecard["candidate_name"] == entry.candidate.name


def test_a_role_play_has_a_sheet_for_each_side(
    browser: Browser, store: Store, entry: PlanEntry, tmp_path: Path
) -> None:
    file, path = shipped(), tmp_path / "kit.html"
    entry = store.planning().add(candidate="Bo Lind", role="AE", interviewer="Tom Becker")
    write_fillable_kit(store, entry, file, "work-sample-20", path)
    begin(browser, path)
    say(browser, "/n")
    (question,) = file.bank.kit("work-sample-20").questions
    play = file.bank.question(question.question).role_play
    assert play
    assert play.interviewer_brief.splitlines()[0] in browser.text("main")
    assert play.candidate_brief.splitlines()[0] not in browser.text("main")
    browser.click("main summary", "The candidate reads this first")
    assert play.candidate_brief.splitlines()[0] in browser.text("main")
    assert "?0" not in browser.text(".probes")
