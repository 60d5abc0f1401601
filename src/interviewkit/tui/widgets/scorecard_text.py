"""What was written in an interview, as text to read: answers, scorecards, amendments."""

from interviewkit.interview.clock import local, local_day_words
from interviewkit.interview.records import (
    OUTCOME_WORDS,
    Amendment,
    Answer,
    Asked,
    Interview,
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
    lines = [Content.assemble((answer.question.removeprefix("@"), "bold"), f"  {label}")]
    for line in in_order(answer.notes, answer.probes):
        time = f"  {local(line.at):%H:%M} "
        if isinstance(line, Asked):
            brought = f"  ({OUTCOME_WORDS[line.outcome]})" if line.outcome else ""
            asked = hang(Content(f"{time}? "), Content(f"{line.text}{brought}"), width)
            lines.append(asked.stylize("$muted"))
        else:
            head = Content(f"{time}{'  ' if line.probe else ''}")
            lines.append(hang(head, Content(line.text), width))
    lines += [amendment_text(amendment) for amendment in answer.amendments]
    return Content("\n").join(lines)


def amendment_text(amendment: Amendment) -> Content:
    """When, what, and the reason; the original stays above it."""
    value = "not assessed" if amendment.value is None else amendment.value
    when = f"{local_day_words(amendment.at)} {local(amendment.at):%H:%M}"
    head = f"  amended {when}: {amendment.what} {value}"
    return Content.assemble((head, "bold"), f" · {amendment.reason}")


def recommendation_line(interview: Interview) -> str:
    """The recommendation that counts, what it was before it was amended, and where it is from."""
    text = interview.recommendation.words if interview.recommendation else "no recommendation"
    if interview.amended is not None:
        text = f"{interview.amended.words} (amended, was {text}: {interview.amended_why})"
    return f"{text} · from {interview.origin}" if interview.origin else text
