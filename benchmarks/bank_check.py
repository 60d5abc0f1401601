"""Reading and linting a bank of 2,000 questions against composing its YAML alone.

The floor is composed as anybody would, with Python's garbage collector at work; at this size that
is more than half of its time, and grows faster than the bank.
"""

import gc
import statistics
from collections.abc import Iterator
from pathlib import Path

import yaml

from interviewkit.banks.library import shipped_folder
from interviewkit.banks.lint.linter import lint
from interviewkit.banks.loader import read_bank
from measuring import Extent, Row, growth, processor


class _Dumper(yaml.SafeDumper):
    def ignore_aliases(self, data: object) -> bool:
        """Write every question out."""
        return True


def large_bank(count: int) -> str:
    """A bank of ``count`` questions made of ours; each ends in a word of its own."""
    path = shipped_folder() / "customer-focused-sales.yaml"
    bank = yaml.load(path.read_text(encoding="utf-8"), Loader=yaml.CSafeLoader)
    questions = []
    for number in range(count):
        question = dict(bank["questions"][number % len(bank["questions"])])
        question["id"] = f"{question['id']}-{number}"
        question["probes"] = [
            {**probe, "ask": f"{probe['ask']} Case {number}?"} for probe in question["probes"]
        ]
        question["ask"] = f"{question['ask']} Case {number}?"
        questions.append(question)
    names = [question["id"] for question in questions]
    kit = {"id": "one", "name": "One", "minutes": 240}
    kit["questions"] = [{"question": name, "minutes": 4} for name in names[:50]]
    bank |= {"questions": questions, "kits": [kit]}
    return yaml.dump(bank, Dumper=_Dumper, sort_keys=False, allow_unicode=True, width=110)


def _checked(path: Path) -> None:
    lint(read_bank(path))


def rows(folder: Path, extent: Extent) -> Iterator[Row]:
    """Three sizes; the figure is that of the largest."""
    sizes = extent.of((20, 40), (60, 120, 240), (500, 1_000, 2_000))
    medians = []
    for size in sizes:
        text, path = large_bank(size), folder / f"large-{size}.yaml"
        path.write_text(text, encoding="utf-8")
        ours, floor = [], []
        for _ in range(extent.of(1, 3, 5)):
            gc.collect()
            floor.append(processor(yaml.compose, text, yaml.CSafeLoader))
            gc.collect()
            ours.append(processor(_checked, path))
        medians.append(statistics.median(ours))
    target = 3.0 if extent is Extent.FULL else None  # a small bank is mostly what all need
    yield Row(f"bank check, {size:,} questions / composing its YAML", ours, floor, target=target)
    yield growth("bank check, questions", sizes, medians)
