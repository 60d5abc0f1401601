"""Home's rows: interviews under way, then roles with their candidates; and what a row is about."""

from collections.abc import Mapping, Sequence
from typing import TYPE_CHECKING

from textual.widgets.option_list import Option

from interviewkit.interview.clock import local_day_words
from interviewkit.interview.records import Candidate, Role, Standing, distinct_names
from interviewkit.plurals import count_noun
from interviewkit.tui.content import Content
from interviewkit.tui.widgets.text_layout import time_bar
from interviewkit.visible_text import visible_line

if TYPE_CHECKING:
    from interviewkit.workflows.team_panel import CandidatePanel, PanelSeat

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


def home_options(
    standings: list[Standing], panels: "Sequence[CandidatePanel]" = ()
) -> list[tuple[Option, Role]]:
    """What the list shows, each with the role it belongs to; ``panels`` are those of a team."""
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
    titles = {key: group[0].interview.role for key, group in roles.items()}
    titles |= {panel.role.id: panel.role for panel in panels}
    for role in sorted(titles.values(), key=lambda role: role.title.casefold()):
        if options:
            options.append((Option("", disabled=True), role))  # a space; no cursor stops there
        title = Content.assemble(
            (visible_line(role.title), "bold $text-primary"), (f" {RULE}", "$primary 60%")
        )
        options.append((Option(title, id=f"role:{role.id}"), role))
        of_role = {panel.candidate: panel for panel in panels if panel.role.id == role.id}
        group = roles.get(role.id, [])
        options += [(option, role) for option in _candidates(role, group, of_role)]
    return options


def _candidates(
    role: Role, group: list[Standing], panels: "Mapping[Candidate, CandidatePanel]"
) -> list[Option]:
    people: dict[Candidate, list[Standing]] = {candidate: [] for candidate in panels}
    for standing in group:
        people.setdefault(standing.interview.candidate, []).append(standing)
    names = distinct_names(people)
    options = []
    for person, mine in sorted(people.items(), key=lambda item: (item[0].name.casefold(), item[0])):
        name = visible_line(names[person.id])
        if person in panels:
            options.append(_panel_option(role, person, name, panels[person]))
            continue
        done = sum(standing.interview.submitted_at is not None for standing in mine)
        parts = [count_noun(done, "scorecard")] if done else []
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


def _panel_option(role: Role, candidate: Candidate, name: str, panel: "CandidatePanel") -> Option:
    """How many of a panel are in, planned and missing; who that is stands beside the list."""
    text = Content(" · ").join(
        Content.styled(f"{len(names)} {state}", "$text-warning" if state == "missing" else "")
        for state, names in panel.names_by_state().items()
    )
    return Option(
        Content.assemble(f"  {name:<26} ", text), id=f"candidate:{role.id}/{candidate.id}"
    )


def row_context(
    row: str, standings: Sequence[Standing], panels: "Sequence[CandidatePanel]" = ()
) -> Content:
    """Whose interviews a row stands for and how far they are; then its keys.

    Of a team's panels also who is planned or missing.
    """
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
    of_row = [
        panel
        for panel in panels
        if kind != "interview"
        and panel.role.id == role_id
        and candidate_id in ("", panel.candidate.id)
    ]
    subjects = [(of.interview.role, of.interview.candidate) for of in interviews]
    subjects += [(panel.role, panel.candidate) for panel in of_row]
    if not subjects:
        return Content("")
    subject_role, candidate = subjects[0]
    name = subject_role.title if kind == "role" else candidate.name
    lines = [Content.styled(visible_line(name), "bold $text-primary")]
    if kind == "role":
        lines.append(Content.styled(_role_counts(interviews, of_row), "$muted"))
    else:
        lines.append(Content.styled(visible_line(subject_role.title), "$muted"))
        seats = [seat for panel in of_row for seat in panel.seats if seat.is_open]
        lines += [Content(""), *map(_standing_line, interviews), *map(_seat_line, seats)]
    keys = [
        Content.assemble((f"{key:>6} ", "bold $text-accent"), meaning)
        for key, meaning in KEYS_OF[kind]
    ]
    return Content("\n").join([*lines, Content(""), *keys])


def _role_counts(standings: Sequence[Standing], panels: "Sequence[CandidatePanel]") -> str:
    ids = {standing.interview.candidate.id for standing in standings}
    candidates = len(ids | {panel.candidate.id for panel in panels})
    expected = len(standings) + sum(seat.is_open for panel in panels for seat in panel.seats)
    done = sum(standing.interview.submitted_at is not None for standing in standings)
    return f"{count_noun(candidates, 'candidate')} · {done} of {expected} scorecards in"


def _seat_line(seat: "PanelSeat") -> Content:
    """An interviewer who is planned, or whose scorecard should be in."""
    style = "$text-warning" if seat.state == "missing" else "$muted"
    return Content.assemble(f"  {visible_line(seat.interviewer):<22} ", (seat.state, style))


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
