"""A clock that tests hold, and short ways to real records."""

import os
from dataclasses import dataclass, field
from datetime import UTC, datetime, timedelta
from functools import cache
from pathlib import Path

from interviewkit.banks.library import shipped_folder
from interviewkit.banks.loader import BankFile, parse_bank, read_bank
from interviewkit.interview.pace import interview_pages
from interviewkit.interview.people import Person
from interviewkit.interview.records import Interview, Recommendation, Role
from interviewkit.storage.store import Store

ROOT = Path(__file__).parents[1]
PRIYA = Person("", "Priya Raman")
START = datetime(2026, 3, 2, 9, 0, tzinfo=UTC)


@dataclass
class HeldClock:
    """Time stands still until ``pass_``."""

    moment: datetime = START
    ran: float = field(default=0.0)

    def now(self) -> datetime:
        return self.moment

    def seconds(self) -> float:
        return self.ran

    def pass_(self, seconds: float) -> None:
        self.moment += timedelta(seconds=seconds)
        self.ran += seconds


def has_mode(path: Path, mode: int) -> bool:
    """Whether these are its rights; Windows keeps none, so there any file has them."""
    return os.name != "posix" or path.stat().st_mode & 0o777 == mode


def data_variables(folder: Path) -> dict[str, str]:
    """The variables that make ``folder`` the place of the user's data, on any system."""
    return {"XDG_DATA_HOME": str(folder), "WIN_PD_OVERRIDE_LOCAL_APPDATA": str(folder)}


def shipped_ids() -> list[str]:
    """Ids of the banks we ship, in the order of their files."""
    return sorted(path.stem for path in shipped_folder().glob("*.yaml"))


@cache
def shipped(bank_id: str = "customer-focused-sales") -> BankFile:
    return read_bank(shipped_folder() / f"{bank_id}.yaml")


def begin(
    store: Store,
    candidate: str = "Ada Okafor",
    role: str = "Account executive",
    interviewer: str = "Priya Raman",
    kit: str = "first-45",
    file: BankFile | None = None,
    opener: Person | None = None,
) -> Interview:
    """An interview under way, or the one that already is."""
    file = file or shipped()
    return store.start(
        candidate=candidate,
        role=role,
        interviewer=interviewer,
        bank=file.bank.id,
        bank_text=(file.sha256, file.text),
        kit=kit,
        pages=interview_pages(file.bank, file.bank.kit(kit)),
        opener=opener,
    )


def strict(must_have: str) -> BankFile:
    """The shipped bank with must-haves in its first kit, such as ``ownership: 3``."""
    head = "  - id: first-45\n"
    text = shipped().text.replace(head, f"{head}    must_have: {{{must_have}}}\n")
    return BankFile(parse_bank(text, "strict.yaml"), text)


def complete(
    store: Store,
    ratings: dict[str, int | None],
    candidate: str = "Ada Okafor",
    interviewer: str = "Priya Raman",
    role: str = "Account executive",
    recommendation: Recommendation = Recommendation.YES,
    kit: str = "first-45",
    file: BankFile | None = None,
) -> Interview:
    """A submitted interview: one note for each rating; questions not named stay unrated."""
    interview = begin(store, candidate, role, interviewer, kit, file)
    notebook = store.notebook(interview.id)
    for question, rating in ratings.items():
        notebook.add_note(question, f"what {candidate} said of {question}")
        notebook.rate(question, rating)
    notebook.recommend(recommendation)
    notebook.submit()
    return store._reads.interview(interview.id)


def limited(store: Store, viewer: str) -> set[str]:
    """Ids of candidates of whom there is anything that this person may not see."""
    return store.seen_by(Person("", viewer)).limited_candidates()


def rated(store: Store, role: Role, viewer: str = "Nobody") -> list[tuple[str, str, int | None]]:
    """(Scorecard, question, rating that counts) as a comparison reads them."""
    return [
        (card.id, question, rating or None)
        for card in store.seen_by(Person("", viewer)).ratings(role).cards
        for (question, _), rating in zip(card.questions, card.ratings, strict=True)
    ]


def long_bank(folder: Path) -> BankFile:
    """The bank we ship with a kit ``all`` of twenty of its questions, three minutes each."""
    text = (shipped_folder() / "customer-focused-sales.yaml").read_text(encoding="utf-8")
    questions = "".join(
        f"      - question: {question.id}\n        minutes: 3\n"
        for question in shipped().bank.questions[:20]
    )
    kit = f"  - id: all\n    name: All\n    minutes: 60\n    questions:\n{questions}"
    path = folder / "long.yaml"
    path.write_text(text.replace("kits:\n", f"kits:\n{kit}", 1), encoding="utf-8")
    return read_bank(path)
