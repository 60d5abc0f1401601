"""What every benchmark speaks in: rows of our figures beside those of a floor of the same run."""

import math
import os
import statistics
import time
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from enum import IntEnum
from pathlib import Path
from typing import ParamSpec, TypeVar

Value = TypeVar("Value")
Given = ParamSpec("Given")

# Children compile their modules once, as an installed program has them compiled already.
ENVIRONMENT = {k: v for k, v in os.environ.items() if k != "PYTHONDONTWRITEBYTECODE"}


class Extent(IntEnum):
    """How much is measured: enough to see that it runs, to look, or to rely on."""

    TOUCH = 0
    QUICK = 1
    FULL = 2

    def of(self, touch: Value, quick: Value, full: Value) -> Value:
        """The one of three sizes or counts that fits."""
        return (touch, quick, full)[self]


@dataclass(frozen=True, slots=True)
class Row:
    """A figure and its floor, measured in turn; smaller is better.

    ``target`` is the largest ratio of the medians that is good enough, ``tails`` that of the 95th
    and 99th percentiles; None where nothing was promised. Without a floor the figure stands for
    itself and ``target`` is its own limit.
    """

    what: str
    ours: Sequence[float]
    floor: Sequence[float] = ()
    unit: str = "ms"
    target: float | None = None
    tails: tuple[float, float] | None = None

    @property
    def ratio(self) -> float:
        """Of the medians; without a floor the median itself."""
        return statistics.median(self.ours) / (statistics.median(self.floor) if self.floor else 1)

    def tail(self, share: float) -> float | None:
        """The ratio at a percentile, such as .95; None where fewer than two figures lie beyond, so
        that it would be no more than the ratio of the worst.
        """
        if round(min(len(self.ours), len(self.floor)) * (1 - share), 6) < 2:
            return None
        return _at(self.ours, share) / _at(self.floor, share)

    @property
    def scatter(self) -> float:
        """How far the ratio may be off by what the figures differ among themselves, as a share of
        it: the halves of both interquartile ranges over their medians and the root of the count.
        """
        return math.hypot(*(_scatter(values) for values in (self.ours, self.floor)))

    @property
    def is_met(self) -> bool | None:
        """Whether every target is met; None where there is none."""
        if self.target is None:
            return None
        met = self.ratio <= self.target
        for share, most in zip((0.95, 0.99), self.tails or (), strict=False):
            found = self.tail(share)
            met = met and (found is None or found <= most)
        return met

    def as_json(self) -> dict[str, object]:
        """The row in plain values."""
        return {
            "what": self.what,
            "ours": statistics.median(self.ours),
            "floor": statistics.median(self.floor) if self.floor else None,
            "unit": self.unit,
            "ratio": self.ratio if self.floor else None,
            "p95": self.tail(0.95),
            "p99": self.tail(0.99),
            "scatter": self.scatter,
            "target": self.target,
            "met": self.is_met,
            "runs": len(self.ours),
        }


def growth(what: str, sizes: Sequence[float], figures: Sequence[float], most: float = 1.15) -> Row:
    """How a figure grows with size: the exponent of the power that fits best (least squares on
    the logarithms). 0 is none, 1 in proportion.
    """
    xs, ys = [math.log(size) for size in sizes], [math.log(figure) for figure in figures]
    middle, height = statistics.mean(xs), statistics.mean(ys)
    slope = sum((x - middle) * (y - height) for x, y in zip(xs, ys, strict=True))
    exponent = slope / sum((x - middle) ** 2 for x in xs)
    return Row(f"  grows with size to the power of ({what})", [exponent], unit="", target=most)


def milliseconds(act: Callable[Given, object], *given: Given.args, **named: Given.kwargs) -> float:
    """Time on the clock."""
    start = time.perf_counter()
    act(*given, **named)
    return (time.perf_counter() - start) * 1000


def processor(act: Callable[Given, object], *given: Given.args, **named: Given.kwargs) -> float:
    """Milliseconds of this process's processor time, which other work does not add to."""
    start = time.process_time()
    act(*given, **named)
    return (time.process_time() - start) * 1000


def memory_of(process: int | str, file: str, name: str) -> float:
    """MiB that Linux tells of a process under this name, such as Pss in smaps_rollup."""
    for line in Path("/proc", str(process), file).read_text().splitlines():
        if line.startswith(f"{name}:"):
            return int(line.split()[1]) / 1024
    raise AssertionError(f"no {name} told")


def _scatter(values: Sequence[float]) -> float:
    middle = statistics.median(values) if values else 0
    if len(values) < 2 or not middle:
        return 0.0
    low, _, high = statistics.quantiles(values, n=4)
    return abs((high - low) / 2 / middle) / math.sqrt(len(values))


def _at(values: Sequence[float], share: float) -> float:
    return sorted(values)[min(len(values) - 1, int(len(values) * share))]
