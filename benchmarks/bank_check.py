"""Reading and linting a bank of 2,000 questions against composing its YAML alone.

Usage: python benchmarks/bank_check.py [QUESTIONS]
"""

import gc
import statistics
import sys
import tempfile
import time
from collections.abc import Callable
from pathlib import Path

import yaml

from interviewkit.banks.library import shipped_folder
from interviewkit.banks.lint import lint
from interviewkit.banks.reading import read_bank

ROUNDS = 5


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


def seconds(act: Callable[[], object]) -> float:
    """Processor time, which other work on the machine does not add to."""
    gc.collect()
    start = time.process_time()
    act()
    return time.process_time() - start


def main() -> None:
    """Print both times and their ratio."""
    count = int(sys.argv[1]) if len(sys.argv) > 1 else 2000
    text = large_bank(count)
    with tempfile.TemporaryDirectory() as folder:
        path = Path(folder) / "large.yaml"
        path.write_text(text, encoding="utf-8")
        ours, floor = [], []
        for _ in range(ROUNDS):
            floor.append(seconds(lambda: yaml.compose(text, Loader=yaml.CSafeLoader)))
            ours.append(seconds(lambda: lint(read_bank(path))))
    checked, composed = statistics.median(ours), statistics.median(floor)
    print(
        f"{count} questions, {len(text) // 1024} KiB: composed {composed:.2f} s, checked ", end=""
    )
    print(f"{checked:.2f} s, {checked / composed:.2f}×")


if __name__ == "__main__":
    main()
