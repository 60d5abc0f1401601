"""A role being compared: what was read, what of it is looked at, and weights tried out.

Between the comparison screen and the numbers; knows nothing of widgets. Weights that are tried
live here and nowhere else, so they end with the screen.
"""

from collections.abc import Mapping

from interviewkit.comparison.aggregate import aggregate
from interviewkit.comparison.compare import apply_weights
from interviewkit.comparison.ratings import Choice, apply_choice
from interviewkit.comparison.results import Comparison
from interviewkit.interview.people import Person
from interviewkit.interview.records import Decision, Role
from interviewkit.storage.store import Store

HEAVIEST = 100.0  # as in a bank's kit
STEP = 0.5


class RoleComparison:
    """One role, as one person may see it. Reading raises what the store raises."""

    def __init__(self, store: Store, role: Role, viewer: Person) -> None:
        self._store = store
        self.role = role
        self.viewer = viewer
        self.choice = Choice()
        self.weights: Mapping[str, float] = {}
        self._before: list[Mapping[str, float]] = []
        self.read()

    def read(self) -> None:
        """From disk: another window may have changed things."""
        reader = self._store.seen_by(self.viewer)
        self.ratings = reader.ratings(self.role)
        self.decisions: dict[str, Decision] = {
            decision.candidate: decision for decision in reader.decisions(self.role)
        }
        self.choose(self.choice)

    def choose(self, choice: Choice) -> None:
        """Compare by these scorecards; a weight for what is no longer there is let go."""
        self.choice = choice
        self._counted = aggregate(apply_choice(self.ratings, choice))
        self.by_kits = apply_weights(self._counted)
        self._apply_trial_weights(self.weights)

    @property
    def is_filtered(self) -> bool:
        """Whether less than everything is looked at."""
        return self.choice != Choice()

    # Weights

    def weigh(self, competency: str, weight: float) -> bool:
        """Try a weight, within its bounds; whether that changed anything."""
        weight = max(0.0, min(HEAVIEST, weight))
        if self.weight(competency) == weight:
            return False
        self._before.append(self.weights)
        changed = {**self.weights, competency: weight}
        kits = {item.id: item.weight for item in self.by_kits.competencies}
        self._apply_trial_weights(
            {key: value for key, value in changed.items() if value != kits[key]}
        )
        return True

    def weight(self, competency: str) -> float:
        """The current weight of a competency."""
        return next(item.weight for item in self.now.competencies if item.id == competency)

    def undo(self) -> bool:
        """Take back the last weight that was tried; whether there was one."""
        if not self._before:
            return False
        self._apply_trial_weights(self._before.pop())
        return True

    def as_kits_weigh(self) -> bool:
        """Back to the kits' weights, which can be undone; whether anything was otherwise."""
        if not self.weights:
            return False
        self._before.append(self.weights)
        self._apply_trial_weights({})
        return True

    def places_gained(self, candidate: str) -> int:
        """Places a candidate has gone up (or, below 0, down) by the weights that are tried."""
        return self._place(self.by_kits, candidate) - self._place(self.now, candidate)

    def _apply_trial_weights(self, weights: Mapping[str, float]) -> None:
        competency_ids = {item.id for item in self._counted.competencies}
        self.weights = {key: weight for key, weight in weights.items() if key in competency_ids}
        self.now: Comparison = (
            apply_weights(self._counted, self.weights) if self.weights else self.by_kits
        )
        self._places: dict[int, dict[str, int]] = {}

    def _place(self, comparison: Comparison, candidate: str) -> int:
        key = id(comparison)
        if key not in self._places:
            self._places[key] = {row.id: at for at, row in enumerate(comparison.candidates)}
        return self._places[key][candidate]
