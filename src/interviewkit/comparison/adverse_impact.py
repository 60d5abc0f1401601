"""Selection rates by group, from counts alone: what a lawyer asks for, with nobody's name in it.

One test for each stage decides whether the rates differ by more than chance; only then are pairs
looked at, all of them and corrected for that. The figures are facts about counts, not a verdict on
anybody; they are never joined to a candidate, a rating or a record.
"""

from collections.abc import Sequence
from dataclasses import dataclass, replace
from fractions import Fraction
from itertools import combinations
from math import ceil

from interviewkit.comparison.rate_tests import (
    StageTest,
    fisher,
    four_fifths_by_chance,
    holm,
    ratio_interval,
    stage_test,
)

FEWEST_CONSIDERED = 5  # below it a group is shown, but is no reference and in no test
LEAST_SHARE = Fraction(2, 100)  # of the stage (29 CFR 1607.15 A (2))
SIGNIFICANT = 0.05


@dataclass(frozen=True, slots=True)
class Count:
    """How many of a group were considered at a stage and how many of them went on from it."""

    stage: str
    group: str
    considered: int
    selected: int


@dataclass(frozen=True, slots=True)
class GroupImpact:
    """A group beside the one with the highest rate at that stage.

    ``rate`` is None when nobody was considered. ``is_small`` says that the group is too small to
    be a reference or to take part in a test. ``test`` is that of the stage as a whole. ``ratio`` is
    the group's rate over the highest, from ``low`` to ``high`` with 95 % confidence (``high`` None
    is without end), ``below`` whether it is under four fifths; ``one_more`` and ``one_less``
    whether it still would be had one more, or one fewer, of the group gone on, ``one_moved`` the
    ratio had one of the group gone on in place of one of the reference. ``shortfall`` is how many
    fewer went on than at the stage's overall rate, ``needed`` how many more would reach four
    fifths; ``by_chance`` how often one of the two groups is under four fifths when both are equal.
    ``p`` is Fisher's exact probability of the pair, corrected for all pairs (Holm 1979), and only
    there when the stage's test is below .05. All of these are None for the group with the highest
    rate itself, which ``beside`` names.
    """

    stage: str
    group: str
    considered: int
    selected: int
    rate: float | None
    beside: str
    is_small: bool
    test: StageTest
    ratio: float | None = None
    low: float | None = None
    high: float | None = None
    below: bool | None = None
    one_more: bool | None = None
    one_less: bool | None = None
    one_moved: float | None = None
    shortfall: float | None = None
    needed: int | None = None
    by_chance: float | None = None
    p: float | None = None

    @property
    def hinges_on_one(self) -> bool:
        """Whether one person more or less would turn what is said of the four fifths."""
        return any(
            turned is not None and turned != self.below for turned in (self.one_more, self.one_less)
        )


def group_impacts(counts: Sequence[Count]) -> tuple[GroupImpact, ...]:
    """Every group of every stage, in the order given."""
    stages: dict[str, list[Count]] = {}
    for count in counts:
        stages.setdefault(count.stage, []).append(count)
    by_stage = {name: _Stage(members) for name, members in stages.items()}
    return tuple(by_stage[count.stage].impact(count) for count in counts)


def pool_counts(files: Sequence[Sequence[Count]]) -> list[Count]:
    """The counts of several requisitions added up by stage and group."""
    sums: dict[tuple[str, str], Count] = {}
    for count in (count for counts in files for count in counts):
        pooled = sums.get((count.stage, count.group))
        sums[count.stage, count.group] = (
            replace(
                pooled,
                considered=pooled.considered + count.considered,
                selected=pooled.selected + count.selected,
            )
            if pooled
            else count
        )
    return list(sums.values())


class _Stage:
    """What is known of a stage as a whole."""

    def __init__(self, counts: Sequence[Count]) -> None:
        self._counts = counts
        self._considered = sum(count.considered for count in counts)
        self._selected = sum(count.selected for count in counts)
        tested = [count for count in counts if not self.is_small(count)]
        self.test = stage_test([(count.considered, count.selected) for count in tested])
        self._corrected = self._pairs(tested)

    def is_small(self, count: Count) -> bool:
        return (
            count.considered < FEWEST_CONSIDERED
            or count.considered < LEAST_SHARE * self._considered
        )

    def _pairs(self, tested: Sequence[Count]) -> dict[frozenset[str], float]:
        if self.test.p is None or self.test.p >= SIGNIFICANT:
            return {}
        pairs = list(combinations(tested, 2))
        corrected = holm([fisher(_table(a), _table(b)) for a, b in pairs])
        return {
            frozenset((a.group, b.group)): p for (a, b), p in zip(pairs, corrected, strict=True)
        }

    def impact(self, count: Count) -> GroupImpact:
        highest = self._highest(self._counts)
        plain = GroupImpact(
            stage=count.stage,
            group=count.group,
            considered=count.considered,
            selected=count.selected,
            rate=count.selected / count.considered if count.considered else None,
            beside=highest.group if highest else "",
            is_small=self.is_small(count),
            test=self.test,
        )
        if highest is None or count is highest or not count.considered:
            return plain
        low, high = ratio_interval(_table(count), _table(highest))
        return replace(
            plain,
            ratio=_ratio(count, highest),
            low=low,
            high=high,
            below=below(count, highest),
            one_more=self._with(count, 1),
            one_less=self._with(count, -1),
            one_moved=_one_moved(count, highest),
            shortfall=count.considered * self._selected / self._considered - count.selected,
            needed=_count_to_four_fifths(count, highest),
            by_chance=four_fifths_by_chance(_table(count), _table(highest)),
            p=self._corrected.get(frozenset((count.group, highest.group))),
        )

    def _highest(self, counts: Sequence[Count]) -> Count | None:
        """The group with the highest rate, the first of equals; None when nobody went on."""
        eligible = [c for c in counts if c.selected and not self.is_small(c)]
        return max(eligible, key=lambda c: Fraction(c.selected, c.considered), default=None)

    def _with(self, count: Count, change: int) -> bool | None:
        """:func:`below` had one more or one fewer of this group gone on."""
        if not 0 <= count.selected + change <= count.considered:
            return None
        changed = replace(count, selected=count.selected + change)
        highest = self._highest([changed if c is count else c for c in self._counts])
        return highest is not None and below(changed, highest)


def below(count: Count, highest: Count) -> bool:
    """Whether a rate is under four fifths of the highest (29 CFR 1607.4 D), without dividing."""
    return 5 * count.selected * highest.considered < 4 * highest.selected * count.considered


def _table(count: Count) -> tuple[int, int]:
    return count.considered, count.selected


def _ratio(count: Count, highest: Count) -> float:
    return float(Fraction(count.selected * highest.considered, count.considered * highest.selected))


def _one_moved(count: Count, highest: Count) -> float | None:
    if count.selected == count.considered or highest.selected < 2:
        return None
    moved = replace(count, selected=count.selected + 1)
    return _ratio(moved, replace(highest, selected=highest.selected - 1))


def _count_to_four_fifths(count: Count, highest: Count) -> int:
    least = Fraction(4 * highest.selected * count.considered, 5 * highest.considered)
    return max(0, ceil(least) - count.selected)
