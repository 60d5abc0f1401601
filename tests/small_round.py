"""A small bank and scorecards made with it, without a database: what numbers are tested on."""

from hypothesis import strategies as st

from interviewkit.banks.loader import BankFile, parse_bank
from interviewkit.comparison.cards import Card, KitUsed
from interviewkit.comparison.compare import compare_candidates
from interviewkit.comparison.ratings import Ratings, visible_ratings
from interviewkit.comparison.results import Comparison
from interviewkit.interview.records import Candidate, Recommendation, Role

ROLE = Role("r1", "Account executive")
ANCHORS = "{1: a, 2: b, 3: c, 4: d, 5: e}"
QUESTIONS = {"own-1": "ownership", "own-2": "ownership", "learn-1": "learning"}


def a_bank(
    kits: dict[str, dict[str, float]] | None = None,
    bank_id: str = "small",
    version: str = "1.0",
    asks: dict[str, list[str]] | None = None,
    must_have: dict[str, float] | None = None,
) -> BankFile:
    """Two competencies, three questions; each kit with its weights, and what it asks if not all."""
    lines = ["format: 1", f"id: {bank_id}", "title: Small", "about: For tests", "competencies:"]
    lines = [*lines[:4], f'version: "{version}"', "competencies:"]
    for name in ("ownership", "learning"):
        lines += [f"  - {{id: {name}, name: {name.title()}, about: It, anchors: {ANCHORS}}}"]
    lines.append("questions:")
    for question, competency in QUESTIONS.items():
        lines += [f"  - {{id: {question}, competency: {competency}, ask: Tell me of {question}}}"]
    lines.append("kits:")
    for kit, weights in (kits or {"first": {}}).items():
        chosen = (asks or {}).get(kit, list(QUESTIONS))
        entries = ", ".join(f"{{question: {question}, minutes: 5}}" for question in chosen)
        named = ", ".join(f"{name}: {weight}" for name, weight in weights.items())
        lines += [f"  - {{id: {kit}, name: {kit}, minutes: 30, questions: [{entries}],"]
        least = ", ".join(f"{name}: {value}" for name, value in (must_have or {}).items())
        lines += [f"     weights: {{{named}}}, must_have: {{{least}}}}}"]
    text = "\n".join(lines)
    return BankFile(parse_bank(text, "test"), text)


def card(
    candidate: str,
    interviewer: str,
    ratings: dict[str, int | None],
    *,
    bank: BankFile | None = None,
    kit: str = "first",
    number: int = 1,
    skipped: dict[str, str] | None = None,
    probed: int = 0,
    new_detail: int = 0,
    not_noted: int = 0,
    word: Recommendation = Recommendation.YES,
) -> Card:
    bank = bank or a_bank()
    return Card(
        id=f"{candidate}/{interviewer}/{number}",
        candidate=Candidate(f"id-{candidate}", candidate),
        interviewer=interviewer,
        bank_sha256=bank.sha256,
        kit=kit,
        submitted_at="2026-03-02T10:00:00.000Z",
        recommendation=word,
        questions=tuple((question, QUESTIONS[question]) for question in ratings),
        ratings=bytes(rating or 0 for rating in ratings.values()),
        asked=bytes(
            rating is not None or question not in (skipped or {})
            for question, rating in ratings.items()
        ),
        probed=bytes([probed] * len(ratings)),
        new_detail=bytes([new_detail] * len(ratings)),
        not_noted=bytes([not_noted] * len(ratings)),
    )


def used(*cards: Card, banks: tuple[BankFile, ...] = ()) -> list[KitUsed]:
    """The kits of these cards, in their order."""
    by_hash = {file.sha256: file.bank for file in (banks or (a_bank(),))}
    found: dict[tuple[str, str], list[str]] = {}
    for one in cards:
        found.setdefault((one.bank_sha256, one.kit), []).append(one.id)
    return [KitUsed(by_hash[sha], sha, kit, tuple(ids)) for (sha, kit), ids in found.items()]


def ratings_of(
    *cards: Card, unseen: set[str] | None = None, banks: tuple[BankFile, ...] = ()
) -> Ratings:
    return visible_ratings(ROLE, cards, used(*cards, banks=banks), unseen or set())


def compared(
    *cards: Card, unseen: set[str] | None = None, banks: tuple[BankFile, ...] = ()
) -> Comparison:
    return compare_candidates(ratings_of(*cards, unseen=unseen, banks=banks))


RATINGS = st.sampled_from([None, 1, 2, 3, 4, 5])
CARDS = st.lists(
    st.tuples(
        st.sampled_from(["Ada", "Bo", "Cy"]),
        st.sampled_from(["Priya", "priya", "Tom", "Lucía"]),
        st.dictionaries(st.sampled_from(list(QUESTIONS)), RATINGS, min_size=1),
    ),
    min_size=1,
    max_size=8,
)
