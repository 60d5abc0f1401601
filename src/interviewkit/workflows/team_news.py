"""A round with the team while the screens are open, and what home says of it.

It runs in a thread with records of its own, so a dead folder holds up nobody. Erasures wait until
the screens are closed: what is open keeps a copy of what was written.
"""

from collections.abc import Callable, Iterator, Sequence
from typing import NamedTuple

from interviewkit.errors import InterviewKitError
from interviewkit.hub.membership import is_in_hub
from interviewkit.storage.store import Store
from interviewkit.storage.team.arrival_files import ArrivalState
from interviewkit.workflows.team_panel import CandidatePanel, candidate_panels
from interviewkit.workflows.team_sync import SyncReport, sync_folder, team_person


class TeamNews(NamedTuple):
    """What a round brought. ``sentence`` is for one line of home; "" says that all is settled.

    ``is_changed``: the records hold something new. ``erasure_waits``: it is done at the end.
    """

    sentence: str
    panels: Sequence[CandidatePanel]
    is_changed: bool
    erasure_waits: bool


def team_news(store: Store) -> TeamNews | None:
    """One round with the folder and the hub of these records; None where they belong to neither."""
    with store.another() as own_store:
        if own_store.is_read_only:
            return None
        reports, sentences = [], []
        for place, sync in _places(own_store):
            try:
                report = sync(own_store, erases=False)
            except InterviewKitError as error:  # the extra, the key or the password is missing
                sentences.append(error.message)
                continue
            reports.append(report)
            sentences.append(news_sentence(report, place))
        if not sentences:
            return None
        panels = candidate_panels(own_store, team_person(own_store)) if reports else ()
    return TeamNews(
        " · ".join(filter(None, sentences)),
        panels,
        any(report.taken for report in reports),
        any(report.erasures.blocked for report in reports),
    )


def finish_erasures(store: Store) -> SyncReport:
    """Carry out the erasures that waited for the screens to be closed; gives the last round."""
    report = SyncReport()
    for _, sync in _places(store):
        report = sync(store)
    return report


def _places(store: Store) -> Iterator[tuple[str, Callable[..., SyncReport]]]:
    """(What it is called, how to sync with it) of all that these records share by."""
    if store.sharing().membership.current() is not None:
        yield "the team's folder", sync_folder
    if is_in_hub(store.path):
        from interviewkit.workflows.hub_sync import sync_hub

        yield "the hub", sync_hub


def news_sentence(report: SyncReport, place: str = "the team's folder") -> str:
    """``2 wait to be shared · 3 not downloaded yet``; that the ``place`` is away first."""
    waiting = report.count(ArrivalState.WAITING)
    parts = [
        f"{place} cannot be reached" if report.problem else "",
        _counted(report.waiting, "waits to be shared", "wait to be shared"),
        _counted(report.count(ArrivalState.NOT_DOWNLOADED), *["not downloaded yet"] * 2),
        _counted(report.count(ArrivalState.NOT_WHOLE), *["not complete yet"] * 2),
        _counted(waiting, "came in and waits", "came in and wait"),
        _counted(report.count(ArrivalState.REFUSED), *["refused"] * 2),
        _counted(len(report.cards), "wants to join", "want to join"),
        "an erasure waits until you quit" if report.erasures.blocked else "",
        "" if report.is_member else "you are not accepted yet",
    ]
    return " · ".join(filter(None, parts))


def _counted(count: int, singular: str, plural: str) -> str:
    return f"{count} {singular if count == 1 else plural}" if count else ""
