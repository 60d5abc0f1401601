"""Learn the weights that notes are read with, from the labelled lines of ``evidence/``.

``python benchmarks/evidence_train.py`` writes ``interview/languages/notes.weights``; ``--check``
says whether the file is what these lines and word lists give. It needs scikit-learn (the dependency
group ``training``), which the program itself never does. The lines are those of ``styles.tsv``,
the odd ones of ``development-2.tsv``, ``stories.tsv`` and ``remarks.tsv``; never those of
``labelled.tsv`` or ``stories-held-out.tsv``, which measure.

For each element a logistic regression with an L1 penalty on eight samples of the lines, drawn with
a fixed seed, and the mean of their weights.
"""

import argparse
import csv
import random
import sys
from collections import Counter
from collections.abc import Sequence
from hashlib import sha256
from pathlib import Path
from typing import NamedTuple

from interviewkit.interview.note_reader import note_features, see_elements, statements
from interviewkit.interview.note_weights import BIAS, FILE, GENERAL, TARGETS
from interviewkit.interview.word_lists import load_words

HERE = Path(__file__).parent / "evidence"
REMARKS = "remarks.tsv"
SETS = ("styles.tsv", "development-2.tsv", "stories.tsv", REMARKS)
SCALE = 16
SAMPLES = 8
STRENGTH = 0.8
GENERAL_STRENGTH = 2.0
RAREST = 2
LARGEST = 127
HEAD = """\
# Weights of what may stand in a note, learned by benchmarks/evidence_train.py; not edited by hand.
# A line: a feature, then elements with their weights in {scale}ths of a logit.
"""


class Example(NamedTuple):
    """A labelled line; ``is_general`` is None where that is left open."""

    source: str
    language: str
    note: str
    elements: frozenset[str]
    is_general: bool | None


def read_rows(name: str) -> list[dict[str, str]]:
    """The rows of a set that may be learned from, in their order."""
    with (HERE / name).open(encoding="utf-8", newline="") as file:
        rows = list(csv.DictReader(file, delimiter="\t", quoting=csv.QUOTE_NONE))
    # The word lists were tuned on the even lines of this file.
    return rows[1::2] if name == "development-2.tsv" else rows


def read_examples() -> list[Example]:
    """The lines of all sets. A line of ``remarks.tsv`` counts there only."""
    remarks = {row["note"] for row in read_rows(REMARKS)}
    return [
        _example(name, row)
        for name in SETS
        for row in read_rows(name)
        if name == REMARKS or row["note"] not in remarks
    ]


def _example(name: str, row: dict[str, str]) -> Example:
    """What a canned story shows may stand in a generality, so that stays open."""
    elements = frozenset(row.get("elements", "").replace("-", "").split())
    is_canned = row.get("kind") == "canned"
    is_general = None if is_canned and elements else is_canned or row.get("kind") == "general"
    return Example(name, row["language"], row["note"], elements, is_general)


def data_hash() -> str:
    """The hash of the sets, kept in the file of weights."""
    return sha256(b"".join((HERE / name).read_bytes() for name in SETS)).hexdigest()


def learn(examples: Sequence[Example]) -> dict[str, dict[str, float]]:
    """Target → feature → weight, the constant among them as ``BIAS``."""
    features = []
    for example in examples:
        words = load_words(example.language)
        clauses = statements(example.note, words)
        features.append(note_features(clauses, see_elements(clauses, words).elements, words))
    weights: dict[str, dict[str, float]] = {}
    for target in TARGETS:
        cases = [
            (case, _label(example, target))
            for case, example in zip(features, examples, strict=True)
            if target != GENERAL or example.is_general is not None
        ]
        weights[target] = _mean_weights(cases, GENERAL_STRENGTH if target == GENERAL else STRENGTH)
    return weights


def _label(example: Example, target: str) -> bool:
    return bool(example.is_general) if target == GENERAL else target in example.elements


def _mean_weights(cases: list[tuple[set[str], bool]], strength: float) -> dict[str, float]:
    draw = random.Random(1)
    totals: Counter[str] = Counter()
    for _ in range(SAMPLES):
        for feature, weight in _fit(draw.choices(cases, k=len(cases)), strength).items():
            totals[feature] += weight  # type: ignore[assignment]
    return {feature: weight / SAMPLES for feature, weight in totals.items()}


def _fit(cases: list[tuple[set[str], bool]], strength: float) -> dict[str, float]:
    from scipy.sparse import csr_matrix
    from sklearn.linear_model import LogisticRegression

    counts = Counter(feature for case, _ in cases for feature in case)
    names = sorted(feature for feature, count in counts.items() if count >= RAREST)
    columns = {feature: index for index, feature in enumerate(names)}
    pairs = [
        (row, columns[feature])
        for row, (case, _) in enumerate(cases)
        for feature in sorted(case)
        if feature in columns
    ]
    places = ([row for row, _ in pairs], [column for _, column in pairs])
    matrix = csr_matrix(([1.0] * len(pairs), places), shape=(len(cases), len(names)))
    matrix.indices = matrix.indices.astype("int32")
    matrix.indptr = matrix.indptr.astype("int32")
    model = LogisticRegression(
        C=strength, penalty="l1", solver="liblinear", random_state=1, intercept_scaling=10
    )
    model.fit(matrix, [label for _, label in cases])
    return {BIAS: float(model.intercept_[0])} | dict(
        zip(names, map(float, model.coef_[0]), strict=True)
    )


def weights_text(weights: dict[str, dict[str, float]]) -> str:
    """The file: head, then the features in order, each with what is not zero."""
    lines = [HEAD.format(scale=SCALE) + f"scale\t{SCALE}", f"data\t{data_hash()}"]
    for feature in sorted(set().union(*weights.values())):
        pairs = []
        for target in TARGETS:
            weight = round(weights[target].get(feature, 0.0) * SCALE)
            if weight:
                pairs.append(f"{target}:{max(-LARGEST, min(LARGEST, weight))}")
        if pairs:
            lines.append(f"{feature}\t{' '.join(pairs)}")
    return "\n".join(lines) + "\n"


def main() -> int:
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("--check", action="store_true", help="write nothing; 1 where it differs")
    options = parser.parse_args()
    text = weights_text(learn(read_examples()))
    if options.check:
        is_current = FILE.read_text(encoding="utf-8") == text
        print("the weights are those of these lines" if is_current else f"{FILE} is of other lines")
        return 0 if is_current else 1
    FILE.write_text(text, encoding="utf-8")
    print(f"{FILE}: {len(text.splitlines())} lines, {len(text.encode()) / 1024:.0f} KiB")
    return 0


if __name__ == "__main__":
    sys.exit(main())
