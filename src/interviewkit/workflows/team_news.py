"""A round with the team while the screens are open, and what they say of it.

It runs in a thread with records of its own, so a folder or a hub that does not answer holds up
nobody. Erasures wait until the screens are closed: what is open keeps a copy of what was written.
"""

from collections.abc import Callable, Iterator, Mapping, Sequence
from datetime import datetime
from enum import StrEnum
from typing import NamedTuple

from interviewkit.errors import InterviewKitError
from interviewkit.hub.membership import is_in_hub
from interviewkit.plurals import count_noun
from interviewkit.storage.store import Store
from interviewkit.storage.team.arrival_files import ArrivalState
from interviewkit.workflows.team_panel import CandidatePanel, candidate_panels
from interviewkit.workflows.team_sync import SyncReport, sync_folder, team_person


class SharingPlace(StrEnum):
    """What records share by, as a sentence calls it."""

    FOLDER = "the team's folder"
    HUB = "the hub"


class PlaceNews(NamedTuple):
    """What the last round with one place brought, and when it ended.

    ``sentence`` is for one line of home; "" says that all is settled. ``summary`` says what came
    and went. ``problem`` says why the round came to nothing, "" where it did not.
    """

    at: datetime
    sentence: str
    summary: str = ""
    problem: str = ""
    has_new: bool = False
    erasure_waits: bool = False


class TeamNews(NamedTuple):
    """The last rounds of all places, and the panels of shared roles after them.

    ``is_changed``: the records hold something new.
    """

    rounds: Mapping[SharingPlace, PlaceNews]
    panels: Sequence[CandidatePanel]
    is_changed: bool

    @property
    def sentence(self) -> str:
        """For one line of home; "" says that all is settled."""
        return " · ".join(filter(None, (news.sentence for news in self.rounds.values())))

    @property
    def erasure_waits(self) -> bool:
        """Whether an erasure is carried out once the screens are closed."""
        return any(news.erasure_waits for news in self.rounds.values())


def team_news(
    store: Store,
    earlier: TeamNews | None = None,
    is_due: Callable[[SharingPlace], bool] = lambda _: True,
) -> TeamNews | None:
    """One round with each place of these records that is due; None where they belong to none.

    Of a place that is not due, what the ``earlier`` round with it brought still holds.
    """
    with store.another() as own_store:
        if own_store.is_read_only:
            return None
        known = earlier.rounds if earlier else {}
        rounds, is_changed = {}, False
        for place, sync in _places(own_store):
            if place in known and not is_due(place):
                rounds[place] = known[place]
            else:
                rounds[place] = _round(own_store, place, sync)
                is_changed = is_changed or rounds[place].has_new
        if not rounds:
            return None
        panels = candidate_panels(own_store, team_person(own_store))
    return TeamNews(rounds, panels, is_changed)


def finish_erasures(store: Store) -> SyncReport:
    """Carry out the erasures that waited for the screens to be closed; gives the last round."""
    report = SyncReport()
    for _, sync in _places(store):
        report = sync(store)
    return report


def _places(store: Store) -> Iterator[tuple[SharingPlace, Callable[..., SyncReport]]]:
    """All that these records share by, and how to sync with it."""
    if store.sharing().membership.current() is not None:
        yield SharingPlace.FOLDER, sync_folder
    if is_in_hub(store.path):
        from interviewkit.workflows.hub_sync import sync_hub

        yield SharingPlace.HUB, sync_hub


def _round(store: Store, place: SharingPlace, sync: Callable[..., SyncReport]) -> PlaceNews:
    try:
        report = sync(store, erases=False)
    except InterviewKitError as error:  # the extra, the key or the password is missing
        return PlaceNews(store.clock.now(), error.message, problem=str(error))
    return PlaceNews(
        store.clock.now(),
        news_sentence(report, place),
        round_summary(report),
        report.problem,
        bool(report.taken),
        bool(report.erasures.blocked),
    )


def news_sentence(report: SyncReport, place: str = SharingPlace.FOLDER) -> str:
    """``2 wait to be shared · 3 not downloaded yet``; that the ``place`` is away first."""
    waiting = report.count(ArrivalState.WAITING)
    parts = [
        f"{place} cannot be reached" if report.problem else "",
        _counted(report.waiting, "waits to be shared", "wait to be shared"),
        _counted(report.count(ArrivalState.NOT_DOWNLOADED), *["not downloaded yet"] * 2),
        _counted(report.count(ArrivalState.NOT_WHOLE), *["not complete yet"] * 2),
        _counted(waiting, "came in and waits", "came in and wait"),
        _counted(report.count(ArrivalState.REFUSED), *["refused"] * 2),
        _counted(len(report.cards) * report.is_admin, "wants to join", "want to join"),
        "an erasure waits until you quit" if report.erasures.blocked else "",
        "" if report.is_member else "you are not accepted yet",
    ]
    return " · ".join(filter(None, parts))


def round_summary(report: SyncReport) -> str:
    """``3 new · 1 sent``: what came and went in a round."""
    parts = [
        _counted(sum(report.taken.values()), "new", "new"),
        _counted(report.sent, "sent", "sent"),
        _counted(report.released, "released to others", "released to others"),
        _counted(report.erasures.erased, "erased", "erased"),
    ]
    return " · ".join(filter(None, parts)) or "nothing new"


def _counted(count: int, singular: str, plural: str) -> str:
    return count_noun(count, singular, plural) if count else ""
