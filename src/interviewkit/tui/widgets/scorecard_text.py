"""What was written in an interview, as text to read: answers, scorecards, amendments."""

from collections.abc import Sequence

from interviewkit.interview.clock import local, local_day_words
from interviewkit.interview.records import (
    OUTCOME_WORDS,
    Amendment,
    Answer,
    Asked,
    Interview,
    Outcome,
)
from interviewkit.tui.content import Content
from interviewkit.tui.widgets.notes import in_order
from interviewkit.tui.widgets.text_layout import hang


def scorecard_text(interview: Interview) -> Content:
    """Who, what they recommend, and what they wrote of the whole."""
    head = Content.styled(
        f"{interview.interviewer} · {recommendation_line(interview)}", "bold $accent"
    )
    parts = [head, Content.styled(interview.summary, "italic"), Content(interview.reason)]
    return Content("\n").join(section for section in parts if section)


def answer_text(answer: Answer, width: int) -> Content:
    """An answer with its rating line, then everything noted, asked and amended.

    Lines longer than ``width`` cells go on below their first word.
    """
    label = "notes"
    if answer.competency:
        label = answer.line if answer.skipped is None else f"skipped: {answer.skipped}"
    lines = [Content.styled(label, "bold"), *note_lines(answer, width)]
    lines += [amendment_text(amendment, answer.probes) for amendment in answer.amendments]
    return Content("\n").join(lines)


def note_lines(answer: Answer, width: int) -> list[Content]:
    """Notes marked as evidence, then all others and what was asked, as they were written."""
    marked = [note for note in answer.notes if note.is_marked]
    unmarked = [note for note in answer.notes if not note.is_marked]
    lines = []
    for line in [*marked, *in_order(unmarked, answer.asked)]:
        time = f"{local(line.at):%H:%M} "
        if isinstance(line, Asked):
            brought = OUTCOME_WORDS[line.outcome] if line.outcome else "not noted"
            sign = "?? " if line.is_own else "? "
            asked = hang(Content(f"{time}{sign}"), Content(f"{line.text}  ({brought})"), width)
            lines.append(asked.stylize("$muted" if line.outcome else "$text-warning"))
        elif line.is_marked:
            head = Content.assemble(time, ("* ", "bold $text-accent"))
            lines.append(hang(head, Content(line.text), width))
        else:
            head = Content(f"{time}{'  ' if line.probe else ''}")
            lines.append(hang(head, Content(line.text), width))
    return lines


def amendment_text(amendment: Amendment, probes: Sequence[Asked] = ()) -> Content:
    """When, what, and the reason; the original stays above it.

    ``probes`` are those of the answer, of which an amended outcome names one.
    """
    change = f"{amendment.what} {amendment.value or 'not assessed'}"
    if amendment.what == "outcome":
        brought = OUTCOME_WORDS[Outcome(amendment.value)] if amendment.value else "not noted"
        asked = next((probe.text for probe in probes if probe.probe == amendment.probe), "")
        change = f"outcome {brought}{f', of “{asked}”' if asked else ''}"
    moment = f"{local_day_words(amendment.at)} {local(amendment.at):%H:%M}"
    head = Content.styled(f"  amended {moment}: {change}", "bold")
    return Content.assemble(head, f" · {amendment.reason}")


def recommendation_line(interview: Interview) -> str:
    """The recommendation that counts, what it was before it was amended, and where it is from."""
    text = interview.recommendation.words if interview.recommendation else "no recommendation"
    if interview.amended is not None:
        text = f"{interview.amended.words} (amended, was {text}: {interview.amended_why})"
    return f"{text} · from {interview.origin}" if interview.origin else text
