"""Who is to interview whom in the shared roles, and how far each is."""

from collections.abc import Iterable
from typing import NamedTuple

from interviewkit.interview.people import Person, is_same_person
from interviewkit.interview.plan import PlanEntry
from interviewkit.interview.records import Candidate, Role
from interviewkit.storage.store import Store

PLANNED, UNDER_WAY, SUBMITTED, MISSING = "planned", "under way", "in", "missing"


class PanelSeat(NamedTuple):
    """One interviewer of a candidate, and how far they are."""

    interviewer: str
    state: str

    @property
    def is_open(self) -> bool:
        """Whether nothing of this interview is known but the plan."""
        return self.state in (PLANNED, MISSING)


class CandidatePanel(NamedTuple):
    """The panel of one candidate for one role, in the order of the plan."""

    role: Role
    candidate: Candidate
    seats: tuple[PanelSeat, ...]

    def names_by_state(self) -> dict[str, list[str]]:
        """State → interviewers, in the order of a round."""
        names: dict[str, list[str]] = {}
        for state in (MISSING, PLANNED, UNDER_WAY, SUBMITTED):
            named = [seat.interviewer for seat in self.seats if seat.state == state]
            if named:
                names[state] = named
        return names


def candidate_panels(store: Store, person: Person) -> list[CandidatePanel]:
    """The panels of shared roles by role and candidate.

    That somebody else's interview is under way is known only on their own laptop until they submit;
    an interview whose planned time has passed and that is not in is missing.
    """
    roles = {role.id for role in store.sharing().offers.shared_roles(person)}
    if not roles:
        return []
    now = store.clock.now().isoformat()
    panels: dict[tuple[str, str], tuple[Role, Candidate, dict[str, str]]] = {}
    for standing in store.seen_by(person).standings():
        interview = standing.interview
        if interview.role.id in roles:
            seats = panels.setdefault(
                (interview.role.id, interview.candidate.id),
                (interview.role, interview.candidate, {}),
            )[2]
            state = SUBMITTED if interview.submitted_at else UNDER_WAY
            if seats.get(interview.interviewer) != SUBMITTED:
                seats[interview.interviewer] = state
    for entry in store.planning().entries():
        if entry.role.id in roles and not entry.is_submitted:
            seats = panels.setdefault(
                (entry.role.id, entry.candidate.id), (entry.role, entry.candidate, {})
            )[2]
            if not _has_seat(entry, seats):
                is_late = bool(entry.starts_at) and entry.starts_at < now
                seats[entry.interviewer.name] = MISSING if is_late else PLANNED
    return sorted(
        (
            CandidatePanel(
                role, candidate, tuple(PanelSeat(*seat) for seat in sorted(seats.items()))
            )
            for role, candidate, seats in panels.values()
        ),
        key=lambda panel: (panel.role.title, panel.candidate.name, panel.candidate.id),
    )


def _has_seat(entry: PlanEntry, seats: Iterable[str]) -> bool:
    return any(is_same_person(entry.interviewer, name) for name in seats)


def panel_line(panel: CandidatePanel) -> str:
    """``missing Tom Berg · planned Wei Chen · in Priya Raman``."""
    return " · ".join(
        f"{state} {', '.join(names)}" for state, names in panel.names_by_state().items()
    )
