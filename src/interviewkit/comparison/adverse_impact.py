"""Selection rates by group, from counts alone: what a lawyer asks for, with nobody's name in it.

Whole-number arithmetic throughout. The figures are facts about counts, not a verdict on anyone;
they are never joined to a candidate, a rating or a record.
"""

from collections.abc import Sequence
from dataclasses import dataclass, replace
from fractions import Fraction
from math import comb


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

    ``rate`` is None when nobody was considered. ``ratio`` is its rate over the highest, ``below``
    whether that is under four fifths, ``one_more`` and ``one_less`` whether it still would be had
    one more, or one fewer, of the group gone on; None where that could not be. ``p`` is Fisher's
    exact probability, two-sided, of rates at least so unlike if chance alone had chosen. All of
    these are None for the group with the highest rate itself, which ``beside`` names.
    """

    stage: str
    group: str
    considered: int
    selected: int
    rate: float | None
    beside: str
    ratio: float | None = None
    below: bool | None = None
    one_more: bool | None = None
    one_less: bool | None = None
    p: float | None = None

    @property
    def hinges_on_one(self) -> bool:
        """Whether one person more or less would turn what is said of the four fifths."""
        return any(
            other is not None and other != self.below for other in (self.one_more, self.one_less)
        )


def group_impacts(counts: Sequence[Count]) -> tuple[GroupImpact, ...]:
    """Every group of every stage, in the order given."""
    return tuple(
        _impact(count, [other for other in counts if other.stage == count.stage])
        for count in counts
    )


def _impact(count: Count, stage: Sequence[Count]) -> GroupImpact:
    highest = _highest(stage)
    plain = GroupImpact(
        stage=count.stage,
        group=count.group,
        considered=count.considered,
        selected=count.selected,
        rate=count.selected / count.considered if count.considered else None,
        beside=highest.group if highest else "",
    )
    if highest is None or count is highest or not count.considered:
        return plain
    ratio = Fraction(count.selected * highest.considered, count.considered * highest.selected)
    return replace(
        plain,
        ratio=float(ratio),
        below=below(count, highest),
        one_more=_with(count, stage, 1),
        one_less=_with(count, stage, -1),
        p=fisher(count, highest),
    )


def _highest(stage: Sequence[Count]) -> Count | None:
    """The group with the highest rate, the first of equals; None when nobody went on."""
    there = [count for count in stage if count.considered and count.selected]
    return max(there, key=lambda count: Fraction(count.selected, count.considered), default=None)


def below(count: Count, highest: Count) -> bool:
    """Whether a rate is under four fifths of the highest (29 CFR 1607.4 D), without dividing."""
    return 5 * count.selected * highest.considered < 4 * highest.selected * count.considered


def _with(count: Count, stage: Sequence[Count], more: int) -> bool | None:
    """:func:`below` had one more or one fewer of this group gone on."""
    if not 0 <= count.selected + more <= count.considered:
        return None
    other = replace(count, selected=count.selected + more)
    highest = _highest([other if one is count else one for one in stage])
    return highest is not None and below(other, highest)


def fisher(one: Count, other: Count) -> float:
    """Fisher's exact test of two rates, two-sided: all tables no likelier than this one.

    Fisher (1935); the two-sided sum as Agresti (2013, 3.5) gives it. Whole numbers until the end.
    """
    chosen = one.selected + other.selected
    lowest = max(0, chosen - other.considered)
    highest = min(one.considered, chosen)
    ways = [
        comb(one.considered, k) * comb(other.considered, chosen - k)
        for k in range(lowest, highest + 1)
    ]
    here = ways[one.selected - lowest]
    return float(Fraction(sum(way for way in ways if way <= here), sum(ways)))
