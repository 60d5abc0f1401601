"""Names that try to act on a terminal, records full of them, and what got through of them."""

import re

from interviewkit.banks.library import users_folder
from interviewkit.banks.loader import BankFile, parse_bank
from interviewkit.interview.calibration import ExpertRating, WrittenTurn
from interviewkit.interview.people import RecordKind
from interviewkit.interview.records import Course, Recommendation
from interviewkit.storage.store import Store
from interviewkit.visible_text import is_plain
from support import begin, shipped
from written_answers import written_set

# The clipboard, the window's title, the screen wiped, C1's CSI, a line turned around, and letters
# that nobody sees.
ACTS = "\x1b]52;c;SGVsbG8=\x07\x1b]0;Owned\x07\x1b[2J\x9b31m\u202eoN\u200b\u2028"
IN_YAML = r"\e]52;c;SGVsbG8=\a\e]0;Owned\a\e[2J\x9B31m\u202EoN\u200B\u2028"
ADA, BO = f"Ada{ACTS}x", f"Bo{ACTS}y"
ROLE, PRIYA, TOM, KIT = f"Seller{ACTS}z", f"Priya{ACTS}w", f"Tom{ACTS}v", "first-45"
PLAIN = "Priya Raman"
STYLE = re.compile(r"\x1b\[(?:\d+(?:;\d+)*)?m")  # the only sequence that a command makes


def acting(text: str) -> list[str]:
    """What of ``text`` acts or hides, our own styles left out."""
    # A workbook program tells UTF-8 by the mark at the beginning of a CSV file.
    text = (
        STYLE.sub("", text.removeprefix("\ufeff"))
        .replace("\r\n", "\n")
        .replace("\n", "")
        .replace("\t", "")
    )
    return [] if is_plain(text) else [ascii(char) for char in text if not is_plain(char)]


def hostile_bank() -> BankFile:
    """The bank we ship, with what acts in its titles, questions, probes and anchors."""
    line = re.compile(r"^(title|(?: *- | *)(?:name|ask|about)): ([^>|\n]*)$", re.MULTILINE)
    text = line.sub(_with_acts, shipped().text)
    return BankFile(parse_bank(text, "hostile"), text)


def write_hostile(store: Store, viewer: str = PRIYA) -> None:
    """Two candidates with scorecards, one under way, a plan, a decision, an owner, a bank.

    Ada and Tom go by a plain name, too, so that a name typed is nearly theirs.
    """
    file = hostile_bank()
    users_folder().mkdir(parents=True, exist_ok=True)
    (users_folder() / "hostile.yaml").write_text(file.text, encoding="utf-8")
    for name, interviewer in ((ADA, viewer), (BO, viewer), (ADA, TOM)):
        interview = begin(store, name, ROLE, interviewer, KIT, file)
        notebook = store.notebook(interview.id)
        for page in [answer.question for answer in store._reads.answers(interview.id)]:
            notebook.add_note(page, f"promise {ADA}")
            if not page.startswith("@"):
                notebook.rate(page, 4)
        notebook.summarise(f"summary {ACTS}")
        notebook.recommend(Recommendation.YES)
        notebook.submit()
    begin(store, f"Al{ACTS}", ROLE, viewer, KIT, file)
    store.planning().add(
        candidate=BO,
        role=ROLE,
        interviewer=TOM,
        bank="hostile",
        kit=f"k{ACTS}",
        card=f"Verify{ACTS}",
    )
    for kind, name, spelling in (
        (RecordKind.CANDIDATE, ADA, "Ada Plain"),
        (RecordKind.PERSON, TOM, "Tom Plain"),
    ):
        registry = store.registry()
        renamed = registry.rename(registry.resolve(kind, name), spelling, viewer)
        registry.rename(renamed, name, viewer)
    role = store.role(ROLE)
    store.decide(role, store.candidate(BO), Course.HIRE, f"reason {ACTS}", f"next {ACTS}", viewer)
    door = store.retention()
    hold = door.settings(role)._replace(owner=viewer, hold=f"hold {ACTS}")
    door.change(role, hold, viewer)
    answer = written_set().answers[0]
    hostile_answer = answer._replace(
        candidate=f"Ruth{ACTS}",
        ask=f"Why{ACTS}?",
        turns=(WrittenTurn("", f"Because{ACTS}"), WrittenTurn(f"Who{ACTS}?", f"I{ACTS}")),
        anchors={1: f"low{ACTS}", 5: f"high{ACTS}"},
    )
    title = f"Panel{ACTS}"
    calibration_set = written_set("hostile-set", title)._replace(answers=(hostile_answer,))
    store.seen_by(store.person(TOM)).calibrations().add_set(
        calibration_set, {answer.id: ExpertRating(3, f"because{ACTS}", f"more{ACTS}", "")}
    )


def _with_acts(match: re.Match[str]) -> str:
    words = match[2].strip("'\"").replace('"', "'")
    return f'{match[1]}: "{words}{IN_YAML}"'
