"""The codes of `bank check`: what each is called and how much it matters.

A code never changes its meaning. Each has its section in ``docs/bank-lint.md``.
"""

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from types import MappingProxyType
from typing import TYPE_CHECKING, Literal, TypeAlias

if TYPE_CHECKING:
    from interviewkit.banks.text.yaml_nodes import Loc

Level = Literal["error", "warning", "advice"]
Told: TypeAlias = "tuple[Loc, str, str]"  # where, code, words


@dataclass(frozen=True, slots=True)
class Rule:
    """What a code stands for: how much it matters and a title of a few words."""

    level: Level
    title: str


def _rules(level: Level, titles: Mapping[str, str]) -> Iterator[tuple[str, Rule]]:
    for code, title in titles.items():
        yield code, Rule(level, title)


RULES: Mapping[str, Rule] = MappingProxyType(
    dict(
        [
            *_rules(
                "error",
                {
                    "control-character": "control or invisible characters",
                    "off-limits": "asks about what must not be asked",
                },
            ),
            *_rules(
                "warning",
                {
                    "cut-by-comment": "a text that a comment cuts short",
                    "markup": "HTML in a text",
                    "placeholder": "something that is still to be written",
                    "leading": "suggests the answer",
                    "closed": "can be answered with yes or no",
                    "double-barrelled": "asks several things at once",
                    "hypothetical": "asks what somebody would do, but counts as past behaviour",
                    "kind-mismatch": "asks about the past, but counts as situational",
                    "too-long": "too long to say aloud",
                    "accusing": "accuses",
                    "lie-signs": "looks for lies",
                    "duplicate-wording": "says the same thing twice",
                    "probe-reveals": "gives away the wanted answer",
                    "few-probes": "has fewer than two probes",
                    "same-elicits": "probes that all elicit the same",
                    "anchors-overlap": "two ratings with nearly the same anchor",
                    "anchor-vague": "an anchor that cannot be observed",
                    "scale-names": "a scale whose names say nothing",
                    "competency-not-asked": "a competency that no kit asks about",
                    "kit-over-time": "a kit that does not fit its minutes",
                    "page-over-time": "words that take longer than their minutes",
                    "weight-unasked": "a weight that has no effect",
                    "weight-percent": "percentages that do not add up",
                    "weight-zero": "asked about, but never counted",
                    "panel-gap": "a competency that nobody on the panel covers",
                    "panel-unasked": "a seat for something the kit does not ask about",
                    "unknown-acceptance": "accepts a code that does not exist",
                },
            ),
            *_rules(
                "advice",
                {
                    "general": "asks about a habit, not about one occasion",
                    "jargon": "business jargon and abbreviations",
                    "vague-probe": "a probe that asks for nothing in particular",
                    "closed-probe": "a probe that can be answered with yes or no",
                    "element-not-elicited": "elements that no probe asks for",
                    "anchor-length": "the top anchor gives itself away by its length",
                    "kit-leaves-out": "a kit that leaves out a competency",
                    "kit-under-time": "a kit with minutes to spare",
                    "kit-rushed": "too few minutes for a story",
                    "weight-same": "weights that change nothing",
                    "no-word-list": "a language without a word list",
                    "unused-acceptance": "accepts a finding that is not there",
                },
            ),
        ]
    )
)

# Faults of the file itself: a bank with one of them cannot be read, let alone looked at.
READING = (
    "alias",
    "anchors-missing",
    "bad-id",
    "bad-scale",
    "bad-value",
    "base-unusable",
    "circular",
    "duplicate-id",
    "duplicate-key",
    "empty",
    "merge-conflict",
    "missing-field",
    "not-utf8",
    "not-whole",
    "too-large",
    "unknown-field",
    "unknown-id",
    "unknown-value",
    "wrong-type",
    "yaml",
)


def join_names(items: Iterable[str]) -> str:
    """``a, b and c``."""
    *leading, final = items
    return f"{', '.join(leading)} and {final}" if leading else final
