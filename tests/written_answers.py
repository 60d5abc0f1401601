"""A small set of written answers, and people who rate it."""

from interviewkit.interview.calibration import (
    BlindRatings,
    CalibrationSet,
    ExpertKey,
    ExpertRating,
    WrittenAnswer,
    WrittenTurn,
)
from interviewkit.interview.people import Person
from interviewkit.storage.store import Store

TRAINER = Person("", "Dana Fox")
PEOPLE = ("Ada Park", "Bo Lind", "Cy Moss", "Di Reyes")
COMPETENCIES = ("ownership", "learning", "listening", "recovery")
CANDIDATES = ("Ruth Adeyemi", "Jonas Weber", "Mia Holt")
# Expert's ratings, a row for each of those who answer, a column for each competency.
EXPERT = ((4, 2, 3, 5), (1, 3, 2, 2), (5, 4, 4, 3))


def written_set(set_id: str = "set-1", title: str = "Autumn panel") -> CalibrationSet:
    """Three candidates who answer four questions each."""
    answers = [
        WrittenAnswer(
            f"{at}/{competency}-1",
            candidate,
            f"{competency}-1",
            competency,
            f"Tell me about {competency}.",
            (
                WrittenTurn("", f"{candidate} on {competency}."),
                WrittenTurn("What came of it?", "It held."),
            ),
            {1: "Nothing happened.", 3: "Some of it.", 5: "All of it."},
        )
        for at, candidate in enumerate(CANDIDATES, start=1)
        for competency in COMPETENCIES
    ]
    return CalibrationSet(
        set_id,
        title,
        "customer-focused-sales",
        "screen-30",
        (1, 2, 3, 4, 5),
        "2026-03-01T09:00:00.000Z",
        TRAINER,
        1,
        tuple(answers),
    )


def expert_key() -> ExpertKey:
    expert = [rating for row in EXPERT for rating in row]
    return {
        answer.id: ExpertRating(rating, f"zqkey{answer.id}", "more", "less")
        for answer, rating in zip(written_set().answers, expert, strict=True)
    }


def table(*shifts: int) -> list[int]:
    """The expert's ratings, each moved by the next of ``shifts``, over and over, on the scale."""
    expert = [rating for row in EXPERT for rating in row]
    return [min(5, max(1, rating + shifts[at % len(shifts)])) for at, rating in enumerate(expert)]


def blind(name: str, ratings: list[int], round_no: int = 1) -> BlindRatings:
    """What one person handed in."""
    return BlindRatings(
        f"{name}-{round_no}",
        "set-1",
        round_no,
        Person(name, name),
        "2026-03-02T09:00:00.000Z",
        f"2026-03-0{round_no + 2}T09:00:00.000Z",
        dict(zip((answer.id for answer in written_set().answers), ratings, strict=True)),
    )


def keep_set(store: Store, trainer: Person = TRAINER) -> CalibrationSet:
    """The set in the records of its trainer."""
    return store.seen_by(trainer).calibrations().add_set(written_set(), expert_key())


def rate_set(
    store: Store, calibration_set: CalibrationSet, name: str, ratings: list[int]
) -> BlindRatings:
    """The ratings of somebody who hands in."""
    calibrations = store.seen_by(store.person(name)).calibrations()
    own = calibrations.begin(calibration_set)
    for answer, rating in zip(calibration_set.answers, ratings, strict=True):
        own = calibrations.rate(own, answer.id, rating)
    return calibrations.hand_in(own, calibration_set)
