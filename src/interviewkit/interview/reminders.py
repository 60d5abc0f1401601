"""Whose scorecards a role still waits for, and a reminder that one can send."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from interviewkit.interview.clock import local_day_words
from interviewkit.interview.people import Person, normalize_name
from interviewkit.interview.plan import PlanEntry
from interviewkit.interview.records import Candidate, Role, Standing


@dataclass(frozen=True, slots=True)
class Panel:
    """One candidate's interviews for a role: submitted, under way, and planned but not started.

    ``is_complete`` is None where nothing was planned for the candidate: who else is to interview
    is then known to nobody.
    """

    candidate: Candidate
    submitted: tuple[Standing, ...]
    under_way: tuple[Standing, ...]
    not_begun: tuple[Person, ...] = ()
    is_complete: bool | None = None

    @property
    def is_waiting(self) -> bool:
        """Whether a scorecard that is known of is still to come."""
        return bool(self.under_way or self.not_begun)


def panels(standings: Sequence[Standing], plan: Sequence[PlanEntry] = ()) -> tuple[Panel, ...]:
    """By candidate: those who are missing first, then by name; ``plan``: the open entries."""
    candidates: dict[str, Candidate] = {}
    groups: dict[str, list[Standing]] = {}
    entries: dict[str, list[PlanEntry]] = {}
    for standing in standings:
        candidate = standing.interview.candidate
        candidates.setdefault(candidate.id, candidate)
        groups.setdefault(candidate.id, []).append(standing)
    for entry in plan:
        candidates.setdefault(entry.candidate.id, entry.candidate)
        entries.setdefault(entry.candidate.id, []).append(entry)
    role_panels = [
        _panel(candidate, groups.get(key, ()), entries.get(key, ()))
        for key, candidate in candidates.items()
    ]
    return tuple(
        sorted(
            role_panels, key=lambda panel: (not panel.is_waiting, panel.candidate.name.casefold())
        )
    )


def _panel(candidate: Candidate, standings: Sequence[Standing], plan: Sequence[PlanEntry]) -> Panel:
    submitted = tuple(item for item in standings if item.interview.submitted_at)
    under_way = tuple(item for item in standings if item.interview.submitted_at is None)
    begun = {normalize_name(item.interview.interviewer) for item in under_way}
    not_begun = tuple(
        entry.interviewer
        for entry in plan
        if not entry.is_submitted and normalize_name(entry.interviewer.name) not in begun
    )
    is_complete = not under_way and not not_begun if plan else None
    return Panel(candidate, submitted, under_way, not_begun, is_complete)


def reminder(role: Role, waiting: Sequence[Panel]) -> str:
    """A text to send: whose scorecard on whom is missing, and why it matters; empty for none."""
    lines = [line for panel in waiting for line in _missing_lines(panel)]
    if not lines:
        return ""
    return "\n".join(
        [
            f"Scorecards still open for {role.title}:",
            *lines,
            "",
            "Please submit yours before we talk the candidates over. Until then you see nobody "
            "else's for that candidate, so that your judgement is your own.",
        ]
    )


def _missing_lines(panel: Panel) -> Iterator[str]:
    for standing in panel.under_way:
        yield (
            f"- {standing.interview.interviewer}: {panel.candidate.name}, "
            f"{standing.done} of {standing.questions} questions done, "
            f"last worked on {local_day_words(standing.touched_at)}"
        )
    for person in panel.not_begun:
        yield f"- {person.name}: {panel.candidate.name}, planned, not started"
