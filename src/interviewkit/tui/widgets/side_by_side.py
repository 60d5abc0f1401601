"""One question as each interviewer heard it: anchors with the ratings, then notes side by side."""

from collections.abc import Sequence

from textual.style import Style

from interviewkit.banks.elements import CHECKABLE, LABELS, STORY
from interviewkit.comparison.debrief import Point, Said
from interviewkit.interview.clock import local
from interviewkit.interview.evidence import State
from interviewkit.interview.records import OUTCOME_SIGNS, OUTCOME_WORDS, Asked
from interviewkit.tui.content import Content
from interviewkit.tui.widgets.notes import in_order
from interviewkit.tui.widgets.scorecard_text import amendment_text
from interviewkit.tui.widgets.story import SIGNS
from interviewkit.tui.widgets.text_layout import hang

LEAST = 34  # cells that a column of notes needs
GAP = "  "


def columns_abreast(width: int, count: int) -> int:
    """How many columns stand side by side; the others go on below."""
    return max(1, min(count, (width + len(GAP)) // (LEAST + len(GAP))))


def question_text(point: Point, width: int, *, every: bool = True) -> Content:
    """The question, and its anchors with who gave which rating; not ``every``: only those given."""
    head = Content.styled(point.competency_name, "bold $text-accent")
    lines = [head, hang(Content(""), Content.styled(point.ask, "bold"), width)]
    given: dict[int, list[str]] = {}
    for one in point.said:
        if one.answer.counts is not None:
            given.setdefault(one.answer.counts, []).append(one.interview.interviewer)
    for rating, words in sorted(point.anchors.items()):
        who = given.get(rating)
        if not (every or who):
            continue
        sign = Content.styled(f"{'▸' if who else ' '}{rating} ", "bold" if who else "$muted")
        body = Content.styled(words, "" if who else "$muted")
        if who:
            body = Content.assemble(body, ("  ← ", "bold $text-accent"), (", ".join(who), "bold"))
        lines.append(hang(sign, body, width))
    return Content("\n").join(lines)


def answers_abreast(said: Sequence[Said], width: int, *, notes: bool = True) -> Content:
    """Each interviewer's rating, story, probes and notes, as many abreast as there is room for.

    Without ``notes`` only what the debrief begins with: rating, story, probes.
    """
    if not said:
        return Content("")
    abreast = columns_abreast(width, len(said))
    room = (width - len(GAP) * (abreast - 1)) // abreast
    blocks = [answer_lines(one, room, notes) for one in said]
    rows = [blocks[at : at + abreast] for at in range(0, len(blocks), abreast)]
    return Content("\n\n").join(_beside(row, room) for row in rows)


def answer_lines(one: Said, width: int, notes: bool) -> list[Content]:
    """One interviewer's column, wrapped to ``width``."""
    answer = one.answer
    name = Content.styled(one.interview.interviewer, "bold underline")
    name = name.stylize(Style.from_meta({"@click": f"screen.scorecard('{one.interview.id}')"}))
    parts = [name]
    if answer.skipped is not None:
        parts.append(Content(f"skipped: {answer.skipped}"))
    else:
        parts.append(Content.styled(answer.line, "bold"))
    if one.other_words:
        parts.append(Content.styled(f"asked as: {one.other_words}", "$text-warning"))
    if answer.skipped is None:
        parts += [_marks(one, "story", STORY), _marks(one, "checkable", CHECKABLE)]
    parts += _written(one, width) if notes else _probes(one, width)
    parts += [amendment_text(amendment) for amendment in answer.amendments]
    return [line for part in parts for line in part.wrap(width)]


def _marks(one: Said, title: str, elements: Sequence[object]) -> Content:
    """What the notes show or may show, what was asked for or not found; by sign, not by colour.

    No blank behind a sign: a line would end with it, and begin with what it stands for.
    """
    states = one.elements
    groups = []
    for state in State:
        names = [LABELS[element] for element in elements if states[element] is state]  # type: ignore[index]
        if names:
            tone = "" if state is State.PRESENT else "$muted"
            groups.append(Content.styled(f"{SIGNS[state]}{', '.join(names)}", tone))
    return Content.assemble((f"{title}: ", "$muted"), Content("  ").join(groups))


def _probes(one: Said, width: int) -> list[Content]:
    return [_probe(asked, width) for asked in one.answer.probes]


def _probe(asked: Asked, width: int) -> Content:
    sign = OUTCOME_SIGNS[asked.outcome] if asked.outcome else "?"
    brought = f" → {OUTCOME_WORDS[asked.outcome]}" if asked.outcome else " → outcome not noted"
    body = Content.assemble((asked.text, "italic"), (brought, "bold"))
    return hang(Content.styled(f"{sign} ", "bold $text-accent"), body, width)


def _written(one: Said, width: int) -> list[Content]:
    lines = []
    for line in in_order(one.answer.notes, one.answer.probes):
        if isinstance(line, Asked):
            lines.append(_probe(line, width))
        else:
            time = Content.styled(f"{local(line.at):%H:%M} {'  ' if line.probe else ''}", "$muted")
            lines.append(hang(time, Content(line.text), width))
    return lines or [Content.styled("no notes", "$muted")]


def _beside(blocks: Sequence[Sequence[Content]], width: int) -> Content:
    height = max(len(block) for block in blocks)
    lines = []
    for at in range(height):
        cells = [block[at] if at < len(block) else Content("") for block in blocks]
        padded = [cell.truncate(width, pad=True) for cell in cells[:-1]]
        lines.append(Content(GAP).join([*padded, cells[-1]]))
    return Content("\n").join(lines)
