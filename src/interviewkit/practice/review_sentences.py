"""The look back on a rehearsal in words, for the screen and for a file alike."""

from collections.abc import Iterable, Iterator
from typing import NamedTuple

from interviewkit.banks.elements import LABELS
from interviewkit.interview.clock import as_clock
from interviewkit.practice.model import LEVEL_LABELS
from interviewkit.practice.review import RehearsalReview, RehearsedAnswer

INVENTED = (
    "The candidate is invented, so this page can say what kind of story it was. You cannot hear "
    "that from a real person: ask for detail, and rate what you were told."
)


UNASKED = "Not asked for"


class Fact(NamedTuple):
    """A line of the look back: what it is about, and what there is to say.

    The label is empty where the line above has the same.
    """

    label: str
    text: str


class ReviewSection(NamedTuple):
    """A title and its facts."""

    title: str
    facts: tuple[Fact, ...]


def review_sections(review: RehearsalReview) -> list[ReviewSection]:
    """The rehearsal as a whole, then question by question."""
    sections = [ReviewSection(review.candidate, tuple(_whole(review)))]
    for answer in review.answers:
        title = f"{answer.position} · {answer.question.ask}"
        sections.append(ReviewSection(title, tuple(_label_once(_facts(answer)))))
    return sections


def _label_once(facts: Iterable[Fact]) -> Iterator[Fact]:
    label = ""
    for fact in facts:
        yield fact._replace(label="") if fact.label == label else fact
        label = fact.label


def _whole(review: RehearsalReview) -> Iterator[Fact]:
    yield Fact("Kit", f"{review.kit}, {review.bank}")
    minutes = f"{as_clock(review.seconds)} of {review.planned_minutes:g} minutes"
    yield Fact("Time", minutes)
    yield Fact("Probes", f"{review.probes} asked" if review.probes else "none asked")
    yield Fact("The script", " ".join(review.summary.split()))
    yield Fact("Mind", INVENTED)


def _facts(answer: RehearsedAnswer) -> Iterator[Fact]:
    planned = as_clock(answer.planned_minutes * 60)
    yield Fact("Time", f"{as_clock(answer.seconds)} of {planned}")
    if answer.skip_reason is not None:
        yield Fact("Skipped", answer.skip_reason)
    elif not answer.is_heard:
        yield Fact("Not asked", "You did not reach this question.")
        return  # what it holds is for another time
    yield Fact("The story", LEVEL_LABELS[answer.level])
    yield from _detail(answer)
    yield from _ratings(answer)


def _detail(answer: RehearsedAnswer) -> Iterator[Fact]:
    by_opener: dict[str, list[str]] = {}
    for item in answer.found:
        by_opener.setdefault(item.opened_by, []).append(LABELS[item.element])
    for opened_by, labels in by_opener.items():
        yield Fact("Found", f"{', '.join(labels)}, with {opened_by}")
    for unasked in answer.unasked:
        says = " ".join(unasked.says.split())
        probes = " or ".join(f"?{position}" for position in unasked.probes)
        asks = f" {probes} asks for it." if probes else ""
        yield Fact(UNASKED, f"{LABELS[unasked.element]}: “{says}”{asks}")
    for missing in answer.missing:
        if missing.asked_by:
            yield Fact("Not there", f"{LABELS[missing.element]}, asked with {missing.asked_by}")
    not_asked = [LABELS[missing.element] for missing in answer.missing if not missing.asked_by]
    if not_asked:
        yield Fact("Not there", f"{', '.join(not_asked)}; you did not ask")
    if answer.idle:
        yield Fact(
            "Nothing new", f"{', '.join(answer.idle)} brought nothing that had not been said"
        )
    if answer.silence and not answer.has_waited:
        silence = " ".join(answer.silence.split())
        yield Fact("Had you waited", f"“{silence}”")


def _ratings(answer: RehearsedAnswer) -> Iterator[Fact]:
    own = "you gave no rating" if answer.rating is None else f"yours {answer.rating}"
    yield Fact("Rating", f"{own}, the expert's {answer.expert_rating}")
    yield Fact(f"Why {answer.expert_rating}", " ".join(answer.because.split()))
    if answer.not_higher:
        yield Fact(f"Why not {answer.expert_rating + 1}", " ".join(answer.not_higher.split()))
    if answer.not_lower:
        yield Fact(f"Why not {answer.expert_rating - 1}", " ".join(answer.not_lower.split()))


def review_text(review: RehearsalReview, width: int = 90) -> str:
    """The look back as plain text, wrapped."""
    import textwrap

    lines: list[str] = []
    for section in review_sections(review):
        if lines:
            lines.append("")
        lines += textwrap.wrap(section.title, width)
        for fact in section.facts:
            head = f"  {fact.label and fact.label + ':':<15} "
            lines += textwrap.wrap(
                fact.text, width, initial_indent=head, subsequent_indent=" " * len(head)
            )
    return "\n".join(lines) + "\n"
