"""The history of an answer to read: who changed which rating or note, and when."""

from collections.abc import Sequence

from interviewkit.interview.answer_history import AnswerChange
from interviewkit.interview.clock import local, local_day_words
from interviewkit.tui.content import Content
from interviewkit.tui.widgets.text_layout import hang


def history_text(changes: Sequence[AnswerChange], width: int) -> Content:
    """One change a line, the oldest first, under the day and the person who made it."""
    if not changes:
        return Content("Nothing was changed in this answer.")
    lines: list[Content] = []
    heading = ""
    for change in changes:
        account = f" ({change.account})" if change.account else ""
        day_and_person = f"{local_day_words(change.at)} · {change.who}{account}"
        if day_and_person != heading:
            heading = day_and_person
            lines.append(Content.styled(heading, "bold $accent"))
        head = Content.styled(f"  {local(change.at):%H:%M:%S} ", "$muted")
        style = "bold" if change.what in ("rating", "amended", "sealed") else ""
        lines.append(hang(head, Content.styled(change.words, style), width))
    return Content("\n").join(lines)
