"""A calibration's statistics as JSON, for the trainer's own scripts."""

from dataclasses import asdict

from interviewkit.comparison.calibration import CalibrationStatistics, RaterDistance
from interviewkit.comparison.rater_profile import RaterProfile


def calibration_json(statistics: CalibrationStatistics) -> dict[str, object]:
    """The set, its rounds and the change between them; docs/json.md lists the fields."""
    of = statistics.calibration_set
    return {
        "id": of.id,
        "title": of.title,
        "bank": of.bank,
        "kit": of.kit,
        "scale": of.scale,
        "trainer": of.trainer.name,
        "rounds": [
            {
                "round": item.round,
                "raters": item.raters,
                "agreement": asdict(item.agreement),
                "distance": item.distance,
                "leniency": item.leniency,
                "people": [_person(rater) for rater in item.people],
                "answers": [asdict(answer) for answer in item.answers],
                "divisions": [asdict(division) for division in item.divisions],
            }
            for item in statistics.rounds
        ],
        "change": asdict(statistics.change) if statistics.change else None,
    }


def _person(rater: RaterDistance) -> dict[str, object]:
    return {
        "id": rater.person.id,
        "person": rater.person.name,
        "ratings": rater.ratings,
        "exact": rater.exact,
        "distance": rater.distance,
        "leniency": asdict(rater.leniency),
        "beside_expert": rater.beside_expert and _profile(rater.beside_expert),
        "beside_panel": _profile(rater.beside_panel),
    }


def _profile(profile: RaterProfile) -> dict[str, object]:
    """Its own interviewer is an id here, and a set has no order in time."""
    return {
        key: value
        for key, value in asdict(profile).items()
        if key not in ("interviewer", "scale", "scorecards", "drift")
    }
