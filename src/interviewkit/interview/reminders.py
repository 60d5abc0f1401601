"""Whose scorecards a role still waits for, and a reminder that one can send."""

from collections.abc import Sequence
from dataclasses import dataclass

from interviewkit.interview.clock import local_day_words
from interviewkit.interview.records import Candidate, Role, Standing


@dataclass(frozen=True, slots=True)
class Panel:
    """One candidate's interviews for a role: those submitted, and those still under way."""

    candidate: Candidate
    submitted: tuple[Standing, ...]
    under_way: tuple[Standing, ...]


def panels(standings: Sequence[Standing]) -> tuple[Panel, ...]:
    """By candidate: those still waited for first, then by name."""
    groups: dict[str, list[Standing]] = {}
    for progress in standings:
        groups.setdefault(progress.interview.candidate.id, []).append(progress)
    role_panels = [
        Panel(
            group[0].interview.candidate,
            tuple(progress for progress in group if progress.interview.submitted_at),
            tuple(progress for progress in group if progress.interview.submitted_at is None),
        )
        for group in groups.values()
    ]
    return tuple(
        sorted(
            role_panels, key=lambda panel: (not panel.under_way, panel.candidate.name.casefold())
        )
    )


def reminder(role: Role, waiting: Sequence[Panel]) -> str:
    """A text to send: whose scorecard on whom is missing, and why it matters; empty for none."""
    lines = [
        f"- {progress.interview.interviewer}: {panel.candidate.name}, "
        f"{progress.done} of {progress.questions} questions done, "
        f"last worked on {local_day_words(progress.touched_at)}"
        for panel in waiting
        for progress in panel.under_way
    ]
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
