"""How a text comes out as speech: word by word, at so many words a minute."""

import re

SECONDS_PER_MINUTE = 60
# A wait of this many seconds is a silence that most people fill.
SILENCE_SECONDS = 8.0
_SPOKEN_WORD = re.compile(r"\S+\s*")


class Delivery:
    """A text being spoken. ``pace`` is in words a minute; at 0 all is there at once.

    ``reading_pace`` says how fast it is read where it is not spoken, so that nobody is taken to be
    silent while reading.
    """

    def __init__(self, text: str, pace: int, reading_pace: int) -> None:
        self.text = " ".join(text.split())
        self._ends = [match.end() for match in _SPOKEN_WORD.finditer(self.text)]
        self._pace = pace
        self._reading_pace = reading_pace
        self._seconds = 0.0
        self._is_cut_short = pace <= 0

    @property
    def count(self) -> int:
        """How many words are out; the first comes at once."""
        if self._is_cut_short:
            return len(self._ends)
        return min(len(self._ends), 1 + int(self._seconds * self._pace / SECONDS_PER_MINUTE))

    @property
    def spoken(self) -> str:
        """What is out so far."""
        return self.text[: self._ends[self.count - 1]] if self._ends else ""

    @property
    def is_over(self) -> bool:
        """Whether all of it is out."""
        return self.count == len(self._ends)

    @property
    def is_silence(self) -> bool:
        """Whether it has been over, or could have been read, for as long as a silence lasts."""
        return self._seconds >= self._length + SILENCE_SECONDS

    def pass_time(self, seconds: float) -> None:
        """So much time has gone by."""
        self._seconds += seconds

    def hurry(self) -> None:
        """Bring out the rest at once."""
        self._is_cut_short = True

    def break_silence(self) -> None:
        """The interviewer did something: a silence begins only now."""
        self._seconds = min(self._seconds, self._length)

    @property
    def _length(self) -> float:
        pace = self._reading_pace if self._is_cut_short else self._pace
        return len(self._ends) * SECONDS_PER_MINUTE / pace
