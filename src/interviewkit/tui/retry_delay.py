"""How long rounds that begin by themselves wait for a place that could not be reached."""

from collections.abc import Callable

SHORTEST, LONGEST = 60.0, 1800.0  # seconds
JITTER = 0.25  # of a delay, at most: so that many programs do not come back at one moment


class RetryDelay:
    """Seconds until the next try: 1, 2, 4 … 30 minutes after one failure after the other.

    ``now`` is a clock that never goes back, in seconds; ``chance`` gives 0 to 1. Kept in memory
    alone: a program that was started again tries at once.
    """

    def __init__(self, now: Callable[[], float], chance: Callable[[], float]) -> None:
        self._now = now
        self._chance = chance
        self._failures = 0
        self._due_at = now()

    @property
    def is_due(self) -> bool:
        """Whether it is time for the next try."""
        return self.seconds <= 0

    @property
    def seconds(self) -> float:
        """How long it is to the next try; 0 where it is time."""
        return max(0.0, self._due_at - self._now())

    def note_success(self) -> None:
        """The place was reached: the next round comes after the usual time."""
        self._failures = 0
        self._due_at = self._now() + SHORTEST

    def note_failure(self, *, is_own_try: bool = True) -> None:
        """It was not. A try that somebody asked for, who may ask again at once, adds nothing."""
        if is_own_try or not self._failures:
            self._failures += 1
        delay = min(LONGEST, SHORTEST * 2.0 ** min(self._failures - 1, 10))
        self._due_at = self._now() + delay * (1 - JITTER * self._chance())
