"""A hiring round full of words that stand nowhere else, and the people who look at it.

Each document (a scorecard, an interview under way, a decision) has needles in all its free texts.
Who may not see a document must find none of its needles, whichever door they try.
"""

import re
from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from datetime import datetime
from pathlib import Path

from interviewkit.exchange.jsonl import export_lines, read_lines
from interviewkit.interview.clock import stamp
from interviewkit.interview.people import Person
from interviewkit.interview.plan import Appointment
from interviewkit.interview.records import Course, Recommendation
from interviewkit.interview.role_settings import RoleSettings, Visibility
from interviewkit.interview.transcript import Cue
from interviewkit.storage.store import Store
from support import PRIYA, HeldClock, begin

ROLE = "Account executive"
ADA, BO = "Ada Okafor", "Bo Lind"
TOM, LUCIA, DANA = "Tom Becker", "Lucía Ferrer", "Dana Fox"
Q, SKIPPED = "unspoken-need", "broken-promise"
PREFIX = "zq"
TOM_ADA, TOM_BO, LUCIA_ADA = "tomada", "tombo", "luciaada"
TRANSCRIPT = "transcript"  # the kind of needle that leaves by no export
DECISION_ADA, DECISION_BO, OWN = "decisionada", "decisionbo", "own"
OTHERS = frozenset({TOM_ADA, TOM_BO, LUCIA_ADA, DECISION_ADA, DECISION_BO})
# Values that only some documents of the round have, as they are shown and as they are written.
VALUES = {
    "definitely not": frozenset({TOM_ADA, TOM_BO}),
    "definitely_not": frozenset({TOM_ADA, TOM_BO}),
    "another round": frozenset({DECISION_ADA, DECISION_BO}),
    "another_round": frozenset({DECISION_ADA, DECISION_BO}),
}


def needle(document: str, kind: str) -> str:
    return f"{PREFIX}{document}{kind}"


def documents_in(text: str) -> frozenset[str]:
    """The documents of which a needle stands in ``text``."""
    documents = OTHERS | {OWN}
    return frozenset(
        document for document in documents if re.search(f"{PREFIX}{document}", text, re.IGNORECASE)
    )


@dataclass(frozen=True)
class Viewer:
    """Somebody at the keyboard whose login is ``login``.

    ``hidden`` are the documents they may not see; ``handed_over`` those of them that they may put
    into the candidate's own pack all the same. ``unnamed`` are candidates of whom they may take
    nothing along.
    """

    title: str
    login: str
    visibility: Visibility | None
    prepare: Callable[[Store], object]
    hidden: frozenset[str]
    handed_over: frozenset[str] = frozenset()
    unnamed: frozenset[str] = field(default_factory=frozenset)


def _submitted(store: Store) -> None:
    submit(store, ADA, "Priya Raman", OWN, Recommendation.YES)


def _under_way(store: Store, interviewer: str = "Priya Raman", login: str = "") -> None:
    opener = Person("", login) if login else None
    interview = begin(store, ADA, ROLE, interviewer, opener=opener)
    store.notebook(interview.id).add_note(Q, needle(OWN, "note"))


def _planned(store: Store) -> None:
    """Priya is to interview Ada at noon of the day on which the records are looked at."""
    noon = datetime.now().astimezone().replace(hour=12)
    store.planning().schedule(
        Appointment(ADA, ROLE, ("Priya Raman",), stamp(noon), uid="planned@example.org")
    )


VIEWERS = [
    Viewer(
        "owner",
        DANA,
        Visibility.OWN,
        lambda store: None,
        frozenset({LUCIA_ADA}),
        handed_over=frozenset({LUCIA_ADA}),
    ),
    Viewer(
        "owner, interviewing",
        DANA,
        Visibility.OWN,
        lambda store: _under_way(store, DANA),
        OTHERS - {TOM_BO, DECISION_BO},
    ),
    Viewer("own only", "Priya Raman", Visibility.OWN, _submitted, OTHERS, unnamed=frozenset({BO})),
    Viewer(
        "after own, under way",
        "Priya Raman",
        Visibility.AFTER_OWN,
        _under_way,
        OTHERS,
        unnamed=frozenset({ADA, BO}),
    ),
    Viewer(
        "after own, submitted",
        "Priya Raman",
        Visibility.AFTER_OWN,
        _submitted,
        frozenset({LUCIA_ADA, TOM_BO, DECISION_BO}),
    ),
    Viewer(
        "outsider",
        "Nora Lind",
        Visibility.AFTER_OWN,
        lambda store: None,
        OTHERS,
        unnamed=frozenset({ADA, BO}),
    ),
    Viewer(
        "planned",
        "Priya Raman",
        None,
        _planned,
        OTHERS - {TOM_BO, DECISION_BO},
    ),
    Viewer(
        "typed another name",
        "praman",
        None,
        lambda store: _under_way(store, "Priya Raman", "praman"),
        OTHERS - {TOM_BO, DECISION_BO},
    ),
]


def submit(
    store: Store, candidate: str, interviewer: str, document: str, word: Recommendation
) -> None:
    """A scorecard with a needle in each of its free texts, amended afterwards."""
    colleague = BO if candidate == ADA else ADA
    interview = begin(store, candidate, ROLE, interviewer)
    notebook = store.notebook(interview.id)
    mention = "" if document == OWN else f" better than {colleague}"
    notebook.add_note(Q, f"{needle(document, 'note')}{mention}")
    notebook.ask(Q, "@own-1", f"{needle(document, 'probe')}?", ())
    notebook.rate(Q, 1)
    notebook.skip(SKIPPED, needle(document, "skip"))
    notebook.add_note("@closing", needle(document, "closing"))
    notebook.summarise(needle(document, "summary"))
    notebook.explain(needle(document, "reason"))
    notebook.recommend(word)
    notebook.submit()
    by = Person("", interviewer)
    notebook.amend("note", Q, needle(document, "amendednote"), needle(document, "why"), by)
    notebook.amend("rating", Q, "2", needle(document, "whyrating"), by)


def add_transcripts(store: Store) -> None:
    """A transcript with a needle beside every interview, added by its interviewer."""
    documents = {(TOM, ADA): TOM_ADA, (TOM, BO): TOM_BO, (LUCIA, ADA): LUCIA_ADA}
    for standing in store.seen_by(Person("", DANA)).standings():
        interviewer, name = standing.interview.interviewer, standing.interview.candidate.name
        document = documents.get((interviewer, name), OWN)
        colleague = BO if name == ADA else ADA
        mention = "" if document == OWN else f" better than {colleague}"
        cue = Cue(f"{needle(document, TRANSCRIPT)}{mention}", name, 1.0, 2.0)
        door = store.seen_by(Person("", interviewer)).transcripts()
        door.add(
            standing.interview.id, "call.vtt", [cue], consent_by=name, consent_day="2026-03-01"
        )


def fill(folder: Path, viewer: Viewer) -> Path:
    """The round as ``viewer`` finds it: Tom's scorecards imported, Lucía's interview under way."""
    clock = HeldClock()
    with Store(folder / "colleague.db", clock) as store:
        for candidate, document in ((ADA, TOM_ADA), (BO, TOM_BO)):
            submit(store, candidate, TOM, document, Recommendation.DEFINITELY_NOT)
        leaving = store.seen_by(Person("", TOM)).export()
        lines = list(
            export_lines(
                store.banks_used(), leaving.scorecards, leaving.document, leaving.amendments()
            )
        )
    path = folder / "records.db"
    with Store(path, clock) as store:
        store.import_documents(read_lines("colleague", lines))
        role = store.role(ROLE)
        for name, document in ((ADA, DECISION_ADA), (BO, DECISION_BO)):
            store.decide(
                role,
                store.candidate(name),
                Course.ANOTHER_ROUND,
                f"{needle(document, 'reason')}: Tom rated recovery 2",
                needle(document, "next"),
                DANA,
            )
        notebook = store.notebook(begin(store, ADA, ROLE, LUCIA).id)
        notebook.add_note(Q, f"{needle(LUCIA_ADA, 'note')} unlike {BO}")
        notebook.rate(Q, 5)
        notebook.skip(SKIPPED, needle(LUCIA_ADA, "skip"))
        notebook.summarise(needle(LUCIA_ADA, "summary"))
        notebook.keep_draft(needle(LUCIA_ADA, "draft"))
        store.planning().add(candidate=BO, role=ROLE, interviewer=LUCIA)
        viewer.prepare(store)
        add_transcripts(store)
        if viewer.visibility:
            store.retention().change(role, RoleSettings(DANA, viewer.visibility), DANA)
        list(store.search_index().catch_up())
    return path


def table(cells: Mapping[tuple[str, str], str]) -> str:
    """Doors in rows, viewers in columns: how many documents were seen there, and what leaked."""
    doors = list(dict.fromkeys(door for door, _ in cells))
    width = max(map(len, doors))
    heads = [viewer.title for viewer in VIEWERS]
    lines = [" " * width + "  " + "  ".join(heads)]
    for door in doors:
        row = "  ".join(f"{cells.get((door, head), ''):<{len(head)}}" for head in heads)
        lines.append(f"{door:<{width}}  {row}".rstrip())
    return "\n".join(lines)


def cell(visible: frozenset[str], leaked: frozenset[str]) -> str:
    """``3 seen``, ``–`` where nothing stands, or what should not have been seen."""
    if leaked:
        return f"LEAK {','.join(sorted(leaked))}"
    return f"{len(visible)} seen" if visible else "–"


assert PRIYA.name == "Priya Raman"  # the viewer whose own scorecard or interview it is
