"""Home's rows: interviews under way, then roles with their candidates; and what a row is about."""

from collections.abc import Sequence

from textual.widgets.option_list import Option

from interviewkit.interview.clock import local_day_words
from interviewkit.interview.records import Candidate, Role, Standing, distinct_names
from interviewkit.tui.content import Content
from interviewkit.tui.widgets.text_layout import time_bar
from interviewkit.visible_text import visible_line

BAR_CELLS = 6
COUNTS = 27  # cells of "3 scorecards · 1 under way"
RULE = "─" * 300  # as long as the row; what is beyond its end is cut off
PRACTICE = "practice"  # the row that offers a rehearsal
KEYS_OF = {
    "interview": (("enter", "resume it"), ("delete", "discard it, after asking")),
    "role": (
        ("enter", "compare its candidates"),
        ("d", "whose scorecards are in"),
        ("r", "owner, who sees what, how long it is kept"),
    ),
    "candidate": (
        ("enter", "read the scorecards, amend your own"),
        ("d", "the debrief"),
        ("c", "compare with the others"),
    ),
}


def practice_rows() -> list[Option]:
    """A rehearsal to begin with, and a space below it."""
    text = Content.assemble(
        ("▸ ", "$text-accent"),
        ("Rehearse an interview: an invented candidate answers", "bold"),
        (" · nothing is recorded", "$muted"),
    )
    return [Option(text, id=PRACTICE), Option("", disabled=True)]


def home_options(standings: list[Standing]) -> list[tuple[Option, Role]]:
    """What the list shows, each with the role it belongs to."""
    options: list[tuple[Option, Role]] = []
    under_way = [s for s in standings if s.interview.submitted_at is None]
    for standing in under_way:
        interview = standing.interview
        text = Content.assemble(
            ("▸ ", "$text-accent"),
            (f"{visible_line(interview.candidate.name):<26} ", "bold"),
            time_bar(standing.done / max(1, standing.questions), BAR_CELLS, "$text-accent"),
            f" {standing.done} of {standing.questions} · {visible_line(interview.role.title)}",
            (f" · {interview.interviewer}", "$muted"),
        )
        options.append((Option(text, id=f"interview:{interview.id}"), interview.role))
    roles: dict[str, list[Standing]] = {}
    for standing in sorted(standings, key=lambda s: s.interview.role.title.casefold()):
        roles.setdefault(standing.interview.role.id, []).append(standing)
    for group in roles.values():
        role = group[0].interview.role
        if options:
            options.append((Option("", disabled=True), role))  # a space; no cursor stops there
        title = Content.assemble(
            (visible_line(role.title), "bold $text-primary"), (f" {RULE}", "$primary 60%")
        )
        options.append((Option(title, id=f"role:{role.id}"), role))
        options += [(option, role) for option in _candidates(role, group)]
    return options


def _candidates(role: Role, group: list[Standing]) -> list[Option]:
    people: dict[Candidate, list[Standing]] = {}
    for standing in group:
        people.setdefault(standing.interview.candidate, []).append(standing)
    names = distinct_names(people)
    options = []
    for person, mine in sorted(people.items(), key=lambda item: (item[0].name.casefold(), item[0])):
        name = visible_line(names[person.id])
        done = sum(standing.interview.submitted_at is not None for standing in mine)
        parts = [f"{done} scorecard{'' if done == 1 else 's'}"] if done else []
        if len(mine) > done:
            parts.append(f"{len(mine) - done} under way")
        touched = max(standing.touched_at for standing in mine)
        text = Content.assemble(
            f"  {name:<26} ",
            f"{' · '.join(parts):<{COUNTS}} ",
            (local_day_words(touched), "$muted"),
        )
        options.append(Option(text, id=f"candidate:{role.id}/{person.id}"))
    return options


def row_context(row: str, standings: Sequence[Standing]) -> Content:
    """Whose interviews a row stands for and how far they are; then its keys."""
    kind, _, identity = row.partition(":")
    if kind not in KEYS_OF:
        return Content("")
    role_id, _, candidate_id = identity.partition("/")
    interviews = [
        standing
        for standing in standings
        if (kind == "interview" and standing.interview.id == identity)
        or (kind == "role" and standing.interview.role.id == role_id)
        or (
            standing.interview.role.id == role_id
            and standing.interview.candidate.id == candidate_id
        )
    ]
    if not interviews:
        return Content("")
    interview = interviews[0].interview
    name = interview.role.title if kind == "role" else interview.candidate.name
    lines = [Content.styled(visible_line(name), "bold $text-primary")]
    if kind == "role":
        lines.append(Content.styled(_role_counts(interviews), "$muted"))
    else:
        lines.append(Content.styled(visible_line(interview.role.title), "$muted"))
        lines += [Content(""), *map(_standing_line, interviews)]
    keys = [
        Content.assemble((f"{key:>6} ", "bold $text-accent"), meaning)
        for key, meaning in KEYS_OF[kind]
    ]
    return Content("\n").join([*lines, Content(""), *keys])


def _role_counts(standings: Sequence[Standing]) -> str:
    candidates = len({standing.interview.candidate.id for standing in standings})
    done = sum(standing.interview.submitted_at is not None for standing in standings)
    noun = "candidate" if candidates == 1 else "candidates"
    return f"{candidates} {noun} · {done} of {len(standings)} scorecards in"


def _standing_line(standing: Standing) -> Content:
    """An interviewer, and whether the scorecard is in or how far the interview is."""
    interview = standing.interview
    head = f"  {visible_line(interview.interviewer):<22} "
    if interview.submitted_at:
        return Content.assemble(
            head,
            ("✓ in", "$text-success"),
            (f" · {local_day_words(interview.submitted_at)}", "$muted"),
        )
    bar = time_bar(standing.done / max(1, standing.questions), BAR_CELLS, "$text-accent")
    return Content.assemble(head, bar, f" {standing.done} of {standing.questions}")
