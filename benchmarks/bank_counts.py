"""Counts of what a careful trainer looks for in question banks, by bank.

    python benchmarks/bank_counts.py                     the banks of this checkout
    python benchmarks/bank_counts.py --revision v0.1.0   the same of an earlier state

Meaning cannot be counted; these patterns find the phrases by which a weakness usually shows, so a
figure is a lower bound and says where to read.
"""

import argparse
import re
import subprocess
from collections.abc import Iterator, Mapping
from pathlib import Path
from typing import Any

import yaml

ROOT = Path(__file__).resolve().parents[1]
BIGGER_MANDATE = re.compile(
    r"\b(got|get|had|have|has) .{0,60}\b(changed|altered|made|set|removed|taken away)\b"
    r"|changed (a practice|how|what|who)\b|new rule|lasting way|others? (do|how)\b"
    r"|(later|other) (cases|customers|accounts)\b|colleagues? .{0,20}(work by|acted)|shown? others"
    r"|bewirkte|ließ .{0,40}ändern|führte .{0,40}ein\b|für alle\b|(andere|künftige)n? Fälle",
    re.IGNORECASE,
)
UNTOLD = re.compile(
    r"\b(names?|naming) (no|nothing|nobody|one|only|the|what|training|a position)\b"
    r"|\bcan(not)? (say|name|tell)\b|can name n|is not known|do not know"
    r"|\b(nennt|kann) (kein|nicht|nur|nichts|niemand|weder)",
    re.IGNORECASE,
)
TWO_QUESTIONS = re.compile(
    r"\?.*\?|, (and|or|but) (what|how|who|whom|when|where|why|which|whose|by|from|in|to|with)\b"
    r"|\band (what|how|who|whom|when|where|why|which|whose|for what|since when)\b"
    r"|, (und|oder) (was|wie|wer|wen|wem|wann|wo|warum|welche\w*|wessen|an|in|von|für|mit|bei)\b",
    re.IGNORECASE,
)
ASKS_OF_THE_PAST = re.compile(
    r"\b(did|was|were|have you|has|last)\b|\b(zuletzt|damals|haben Sie)\b"
)
SUPPOSED = re.compile(r"\b(would|suppose|should|angenommen|würde\w*|hätten)\b", re.IGNORECASE)
WHAT_DID_YOU_DO = ("What did you do?", "Was haben Sie getan?")
SAME_MEMORY = re.compile(r"remember|same way|in Erinnerung|erinner|genauso", re.IGNORECASE)


def count(bank: Mapping[str, Any]) -> dict[str, int]:
    """The figures of one bank, by their heading."""
    questions = bank["questions"]
    ladders = [
        entry["anchors"] for entry in (*bank["competencies"], *questions) if "anchors" in entry
    ]
    tops = [ladder[max(ladder)] for ladder in ladders]
    bottoms = [ladder[min(ladder)] for ladder in ladders]
    probes = [probe["ask"] for question in questions for probe in question["probes"]]
    return {
        "questions": len(questions),
        "probes": len(probes),
        "ladders": len(ladders),
        "bigger mandate": sum(bool(BIGGER_MANDATE.search(top)) for top in tops),
        "level 1 untold": sum(bool(UNTOLD.search(bottom)) for bottom in bottoms),
        "borrowed": sum("anchors" not in question for question in questions),
        "two in a probe": sum(bool(TWO_QUESTIONS.search(ask)) for ask in probes),
        "what did you do": sum(question["ask"].endswith(WHAT_DID_YOU_DO) for question in questions),
        "same memory": max(_memories(bank), default=0),
        "left the situation": sum(map(_leaves_the_situation, questions)),
        "without a kit": len({question["id"] for question in questions} - _in_kits(bank)),
        "panels": sum(bool(kit.get("panel")) for kit in bank["kits"]),
    }


def _memories(bank: Mapping[str, Any]) -> Iterator[int]:
    probes = {question["id"]: question["probes"] for question in bank["questions"]}
    for kit in bank["kits"]:
        asked = (probe for entry in kit["questions"] for probe in probes[entry["question"]])
        yield sum(
            bool(SAME_MEMORY.search(probe["ask"]))
            for probe in asked
            if "confirmation" in probe["elicits"]
        )


def _leaves_the_situation(question: Mapping[str, Any]) -> bool:
    return question.get("kind") == "situational" and any(
        ASKS_OF_THE_PAST.search(probe["ask"]) and not SUPPOSED.search(probe["ask"])
        for probe in question["probes"]
    )


def _in_kits(bank: Mapping[str, Any]) -> set[str]:
    return {entry["question"] for kit in bank["kits"] for entry in kit["questions"]}


def texts(revision: str | None) -> Iterator[str]:
    """The bank files of the checkout, or as they stood at a revision."""
    if revision is None:
        for path in sorted((ROOT / "question_banks").glob("*.yaml")):
            yield path.read_text(encoding="utf-8")
        return
    for name in _git("ls-tree", "--name-only", f"{revision}:question_banks").splitlines():
        if name.endswith(".yaml"):
            yield _git("show", f"{revision}:question_banks/{name}")


def _git(*arguments: str) -> str:
    command = ["git", "-C", str(ROOT), *arguments]
    return subprocess.run(command, check=True, capture_output=True, encoding="utf-8").stdout


def main() -> None:
    """Print a row for each bank and their sum."""
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0] if __doc__ else None)
    parser.add_argument("--revision", help="a state of this repository, such as a tag")
    banks = [yaml.safe_load(text) for text in texts(parser.parse_args().revision)]
    rows = {bank["id"]: count(bank) for bank in banks}
    headings = list(next(iter(rows.values())))
    rows["together"] = {
        heading: (max if heading == "same memory" else sum)(row[heading] for row in rows.values())
        for heading in headings
    }
    for number, heading in enumerate(headings, 1):
        print(f"{number:>2}  {heading}")
    print(f"{'':32}" + "".join(f"{number:>6}" for number in range(1, len(headings) + 1)))
    for name, row in rows.items():
        print(f"{name:32}" + "".join(f"{row[heading]:>6}" for heading in headings))


if __name__ == "__main__":
    main()
