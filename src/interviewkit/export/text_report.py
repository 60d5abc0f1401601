"""A comparison as plain text, as wide as the terminal and no wider.

Where the table does not fit, competencies get letters with a legend; where it still does not,
they go on in a further table below.
"""

import textwrap
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from string import ascii_uppercase

from interviewkit.comparison import order_sentences, rater_sentences, sentences
from interviewkit.comparison.means import Cell, format_mean, percent
from interviewkit.comparison.rater_profile import RaterProfile
from interviewkit.comparison.rater_profile_sentences import own_ratings
from interviewkit.comparison.results import CandidateResult, Comparison
from interviewkit.comparison.weights import CompetencyWeight
from interviewkit.export.sanitize import columns, truncate
from interviewkit.interview.records import Recommendation
from interviewkit.plurals import count_noun
from interviewkit.visible_text import visible_line

WITHHELD = "withheld until you have submitted your own scorecard"
GAP = "  "
NARROWEST = 40
_SHORT = {"Overall": "All", "Coverage": "Cover", "Interviewers": "By"}


@dataclass(frozen=True, slots=True)
class _Column:
    """A head and its cells, one for each candidate, all on the right."""

    head: str
    cells: tuple[str, ...]

    @property
    def width(self) -> int:
        return max(columns(text) for text in (self.head, *self.cells))


def as_text(comparison: Comparison, width: int) -> str:
    """The comparison in lines of at most ``width`` columns, ending with a line end."""
    width = max(width, NARROWEST)
    parts = [_title(comparison, width)]
    if comparison.candidates:
        parts += [*_tables(comparison, width), _recommendations(comparison, width)]
        if must_haves := sentences.must_have_sentences(comparison):
            parts.append(bullet_lines("Must-haves", must_haves, width))
        parts += _sureness(comparison, width)
    if comparison.withheld:
        withheld = [
            f"{item.name}: {count_noun(item.scorecards, 'scorecard')} in"
            for item in comparison.withheld
        ]
        parts.append(bullet_lines(WITHHELD.capitalize(), withheld, width))
    if comparison.talk_about:
        lines = [
            *map(sentences.spread, comparison.talk_about),
            sentences.talk_threshold_sentence(comparison),
        ]
        parts.append(bullet_lines("Worth talking about", lines, width))
    if comparison.warnings:
        parts.append(bullet_lines("Caveats", comparison.warnings, width))
    return "\n\n".join(parts) + "\n"


def blocks_text(title: str, blocks: Iterable[tuple[str, Sequence[str]]], width: int) -> str:
    """A title, then each block with its sentences, in lines of at most ``width`` columns."""
    width = max(width, NARROWEST)
    parts = [_wrap(title, width), *(bullet_lines(head, lines, width) for head, lines in blocks)]
    return "\n\n".join(parts) + "\n"


def own_ratings_text(role: str, profile: RaterProfile, width: int) -> str:
    """An interviewer's own use of the scale, for that person alone."""
    title = f"{role} · ratings by {profile.interviewer}"
    return blocks_text(title, own_ratings(profile), width)


def bullet_lines(head: str, items: Iterable[str], width: int) -> str:
    """A head, and under it each sentence, indented; no line is longer than ``width``."""
    return "\n".join([_wrap(head, width), *(_wrap(item, width, "  ") for item in items)])


def comparison_counts(comparison: Comparison) -> str:
    """``6 candidates · 18 scorecards``."""
    candidates = count_noun(len(comparison.candidates), "candidate")
    return f"{candidates} · {count_noun(comparison.scorecards, 'scorecard')}"


def recommendations(candidate: CandidateResult) -> str:
    """``definitely yes 1 · yes 2``, the most willing first."""
    counts = candidate.recommendations
    counted = [
        f"{recommendation.words} {counts[recommendation]}"
        for recommendation in reversed(Recommendation)
        if counts[recommendation]
    ]
    return " · ".join(counted)


def weights(comparison: Comparison) -> str:
    """What each competency counts, or that all count the same."""
    if len({competency.weight for competency in comparison.competencies}) < 2:
        return "All competencies count the same."
    weighted = (f"{item.name} {item.weight:g}" for item in comparison.competencies)
    return f"Weights: {', '.join(weighted)}."


def _title(comparison: Comparison, width: int) -> str:
    return _wrap(f"{comparison.role.title} · {comparison_counts(comparison)}", width)


def _tables(comparison: Comparison, width: int) -> Iterable[str]:
    names = _Column("Candidate", tuple(visible_line(item.name) for item in comparison.candidates))
    facts = [
        _Column("Place", tuple(sentences.place_text(c) for c in comparison.candidates)),
        _Column("Overall", tuple(format_mean(item.overall) for item in comparison.candidates)),
        _Column("±", tuple(sentences.plus_minus(item) for item in comparison.candidates)),
        _Column("Coverage", tuple(percent(item.coverage) for item in comparison.candidates)),
        _Column("Interviewers", tuple(str(len(c.interviewers)) for c in comparison.candidates)),
    ]
    scores = [
        _scores(comparison, item, visible_line(item.label)) for item in comparison.competencies
    ]
    whole = [names, *facts, *scores]
    if sum(column.width for column in whole) + len(GAP) * (len(whole) - 1) <= width:
        yield _table(whole, names.width)
    else:
        letters = _letters(len(scores))
        facts = [_Column(_SHORT.get(fact.head, fact.head), fact.cells) for fact in facts]
        scores = [
            _Column(letter, score.cells) for letter, score in zip(letters, scores, strict=True)
        ]
        names_width = min(names.width, max(width // 3, 12))
        for block in _blocks([*facts, *scores], width - names_width):
            yield _table([names, *block], names_width)
        legend = zip(letters, comparison.competencies, strict=True)
        legend_text = ", ".join(f"{letter} {item.label}" for letter, item in legend)
        yield _wrap(f"All = overall, By = interviewers. {legend_text}.", width)
    yield _wrap(
        f"Scores run from {comparison.scale[0]} to {comparison.scale[-1]}; in brackets the "
        "number of interviewers who assessed it; – means not assessed, never zero. ± is one "
        f"standard error of the overall, against the others of this round. {weights(comparison)}",
        width,
    )


def _scores(comparison: Comparison, competency: CompetencyWeight, head: str) -> _Column:
    cells = (candidate.cells[competency.id] for candidate in comparison.candidates)
    return _Column(head, tuple(score(cell) for cell in cells))


def score(cell: Cell) -> str:
    """``3.7 (3)``: the mean, and how many interviewers assessed it."""
    return f"{format_mean(cell.mean)} ({cell.n})" if cell.n else "–"


def _letters(count: int) -> list[str]:
    return [
        ascii_uppercase[i % 26] if i < 26 else f"{ascii_uppercase[i // 26 - 1]}{i % 26 + 1}"
        for i in range(count)
    ]


def _blocks(columns: Sequence[_Column], width: int) -> Iterable[list[_Column]]:
    """Columns in groups that fit beside the names."""
    block: list[_Column] = []
    used = 0
    for column in columns:
        needed = column.width + len(GAP)
        if block and used + needed > width:
            yield block
            block, used = [], 0
        block.append(column)
        used += needed
    if block:
        yield block


def _table(table: Sequence[_Column], names_width: int) -> str:
    names, *value_columns = table
    lines = []
    for row in range(len(names.cells) + 1):
        cells = [names.head, *names.cells][row]
        line = _pad(truncate(cells, names_width), names_width)
        for column in value_columns:
            text = [column.head, *column.cells][row]
            line += GAP + " " * (column.width - columns(text)) + text
        lines.append(line.rstrip())
    return "\n".join(lines)


def _sureness(comparison: Comparison, width: int) -> Iterable[str]:
    for head, lines in (
        ("Who can be told apart", sentences.ties(comparison)),
        ("What would change who is first", order_sentences.order(comparison)),
        ("How far interviewers agree", rater_sentences.agreement_sentences(comparison)),
        ("How interviewers rate beside others", rater_sentences.severity(comparison)),
    ):
        if lines:
            yield bullet_lines(head, lines, width)


def _pad(text: str, width: int) -> str:
    return text + " " * (width - columns(text))


def _recommendations(comparison: Comparison, width: int) -> str:
    lines = (f"{item.name}: {recommendations(item)}" for item in comparison.candidates)
    return bullet_lines("Recommendations", lines, width)


def _wrap(text: str, width: int, indent: str = "") -> str:
    return textwrap.fill(
        visible_line(text),
        width,
        initial_indent=indent,
        subsequent_indent=indent * 2,
        break_on_hyphens=False,
    )
