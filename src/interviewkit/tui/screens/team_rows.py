"""What the team's screen lists: a folder and a hub alike, section by section."""

from collections.abc import Mapping, Sequence
from datetime import datetime
from typing import TYPE_CHECKING

from textual.widgets.option_list import Option

from interviewkit.interview.clock import local_day_words
from interviewkit.plurals import count_noun
from interviewkit.tui.content import Content
from interviewkit.visible_text import visible_line

if TYPE_CHECKING:
    from interviewkit.storage.team.arrival_files import IncomingFile
    from interviewkit.workflows.hub_status import HubStatus
    from interviewkit.workflows.team_news import PlaceNews, SharingPlace
    from interviewkit.workflows.team_status import TeamStatus
    from interviewkit.workflows.team_view import TeamView

NOBODY = (
    "These records belong to no team. n begins one in a folder; j joins one with an invitation, "
    "to a folder or to a hub."
)
HUB_COMMANDS = (
    ("Add a member", "hub member add NAME", "the administrator"),
    ("Close a login", "hub member off NAME", "the administrator"),
    ("Erase everywhere", "hub erase NAME", "recruiters, role owners"),
)
READING = "Reading…"
_NAME = 26  # columns


def team_rows(
    view: "TeamView",
    rounds: "Mapping[SharingPlace, PlaceNews]",
    retries: "Mapping[SharingPlace, datetime]",
) -> list[Option]:
    """All rows; members, those who wait, banks, and of two places their titles can be chosen.

    ``rounds`` are the last ones with each place, ``retries`` when a place that could not be
    reached is tried again.
    """
    from interviewkit.workflows.team_news import SharingPlace

    if not view.is_shared:
        return [_plain(NOBODY)]
    is_choice = view.folder is not None and view.hub is not None
    rows = [_plain(problem, "$text-error") for problem in view.problems]
    if view.folder:
        place, problem = SharingPlace.FOLDER, view.folder.problem
        round_rows = _round_rows(rounds.get(place), retries.get(place), problem)
        rows += _folder_rows(view.folder, round_rows, is_choice=is_choice)
    if view.hub:
        place, problem = SharingPlace.HUB, view.hub.problem
        round_rows = _round_rows(rounds.get(place), retries.get(place), problem)
        rows += [_plain("")] if view.folder else []
        rows += _hub_rows(view.hub, round_rows, is_choice=is_choice)
    status = view.folder or view.hub
    rows += _common_rows(status) if status else []
    return [*rows, *(_command_rows() if view.hub else [])]


def _folder_rows(
    status: "TeamStatus", round_rows: Sequence[Option], *, is_choice: bool
) -> list[Option]:
    part = ", an administrator" if status.is_admin else ""
    rows = [
        _title(f"Folder {status.folder} · you are {status.name}{part}", "folder", is_choice),
        *round_rows,
    ]
    if status.words:
        rows.append(_plain(f"You wait to be accepted. Read aloud: {status.words}", "$text-warning"))
    for card in status.cards:
        text = Content.assemble(
            (f"{visible_line(card.name):<{_NAME}} ", "bold"),
            ("wants to join: ", "$text-warning"),
            card.spoken_words(status.team),
        )
        rows.append(Option(text, id=f"card:{card.key}"))
    for member in status.members:
        part = "administrator" if member.is_admin else "member"
        rows.append(_member(member.name, part, f"member:{member.key}"))
    if status.is_admin and sum(member.is_admin for member in status.members) < 2:
        rows.append(_plain("You are the only administrator: make a second one (m).", "$muted"))
    messages = {entry.message: None for entry in status.outbox if entry.message}
    rows += _state_rows(status, len(status.outbox), list(messages))
    for erasure in status.erasures:
        rows.append(
            _erasure(erasure.at, erasure.erased, erasure.held, erasure.open, erasure.silent)
        )
    return rows


def _hub_rows(
    status: "HubStatus", round_rows: Sequence[Option], *, is_choice: bool
) -> list[Option]:
    title = f"Hub of {status.organisation} · you are {status.name}, {status.part}"
    joined = local_day_words(status.joined_at)
    rows = [
        _title(title, "hub", is_choice),
        _plain(f"{status.server} · login {status.login}, joined {joined}", "$muted"),
        *round_rows,
    ]
    if not status.may_write:
        sentence = "The hub accepts documents only from a newer interviewkit; you can still read."
        rows.append(_plain(sentence, "$text-warning"))
    if len(status.members) > 1:
        rows += [_member(of.name, of.part, f"hubmember:{of.name}") for of in status.members]
    for role in status.roles:
        documents = count_noun(role.documents, "document")
        rows.append(_plain(f"{role.title}: {documents} that you see"))
    reasons = [f"{count}: {reason}" for reason, count in status.reasons.items()]
    rows += _state_rows(status, status.waiting, reasons)
    for erasure in status.erasures:
        rows.append(_erasure(erasure.at, erasure.done, erasure.held, (), erasure.silent))
    return rows


def _state_rows(
    status: "TeamStatus | HubStatus", waiting: int, reasons: Sequence[str]
) -> list[Option]:
    """What waits and why, what came and was not taken in, and what is withheld."""
    from interviewkit.storage.team.arrival_files import ArrivalState

    counts = [
        (waiting, "to be shared"),
        (status.count(ArrivalState.NOT_DOWNLOADED), "not downloaded yet"),
        (status.count(ArrivalState.NOT_WHOLE), "not complete yet"),
        (status.count(ArrivalState.WAITING), "came in and wait"),
        (status.count(ArrivalState.REFUSED), "refused"),
        (status.count(ArrivalState.UNKNOWN), "written by a later version"),
    ]
    sentence = " · ".join(f"{count} {words}" for count, words in counts if count)
    rows = [_plain(sentence, "$text-warning")] if sentence else []
    rows += [_plain(f"  {reason}", "$muted") for reason in reasons]
    rows += [
        _file(file)
        for file in status.files
        if file.message and file.state in (ArrivalState.WAITING, ArrivalState.REFUSED)
    ]
    return [*rows, *(_plain(sentence, "$muted") for sentence in status.withheld.sentences)]


def _common_rows(status: "TeamStatus | HubStatus") -> list[Option]:
    """What concerns the shared roles, whatever carries them."""
    from interviewkit.workflows.team_panel import panel_line

    rows = [_plain("")] if status.panels else []
    rows += [
        _plain(f"{panel.candidate.name} · {panel.role.title}: {panel_line(panel)}")
        for panel in status.panels
    ]
    for bank in status.banks:
        text = Content.assemble((visible_line(bank.sentence), "$text-warning"), "  b takes it")
        rows.append(Option(text, id=f"bank:{bank.id}"))
    if status.uncounted:
        sentence = (
            f"{count_noun(status.uncounted, 'scorecard')} without a signature, counted once the "
            "owner accepts them: interviewkit records accept"
        )
        rows.append(_plain(sentence, "$text-warning"))
    return rows


def _command_rows() -> list[Option]:
    """What is done with commands in a hub, by whom."""
    return [
        _plain(""),
        *(
            _plain(f"{act:<18}interviewkit {command:<22}{doer}", "$muted")
            for act, command, doer in HUB_COMMANDS
        ),
    ]


def _round_rows(news: "PlaceNews | None", retry_at: datetime | None, problem: str) -> list[Option]:
    """When the last round ended and what it brought; of one that failed why, and what comes next.

    ``problem`` is what the place has met with since.
    """
    if news is None:
        rows = [_plain("no round yet since the start", "$muted")]
    elif news.problem:
        again = f"the next at {_clock(retry_at)}; " if retry_at else ""
        rows = [_plain(f"round at {_clock(news.at)} failed · {again}s tries at once", "$muted")]
        problem = problem or news.problem
    else:
        rows = [_plain(f"last round {_clock(news.at)} · {news.summary}", "$muted")]
    return [*rows, _plain(problem, "$text-error")] if problem else rows


def _clock(moment: datetime) -> str:
    return f"{moment.astimezone():%H:%M}"


def _erasure(
    at: str,
    done: Sequence[str],
    held: Sequence[str],
    not_done: Sequence[str],
    silent: Sequence[str],
) -> Option:
    ends = [("held by", held), ("not done yet by", not_done), ("no word from", silent)]
    words = "".join(f"; {label} {', '.join(names)}" for label, names in ends if names)
    done_by = ", ".join(done) or "nobody yet"
    style = "" if words else "$muted"
    return _plain(f"Erasure of {local_day_words(at)}: done by {done_by}{words}", style)


def _file(file: "IncomingFile") -> Option:
    return _plain(f"  {file.state}: {file.kind or 'file'}: {file.message}", "$muted")


def _member(name: str, part: str, option_id: str) -> Option:
    text = Content.assemble(f"{visible_line(name):<{_NAME}} ", (part, "$muted"))
    return Option(text, id=option_id)


def _title(text: str, place: str, is_choice: bool) -> Option:
    return Option(
        Content.styled(visible_line(text), "bold"), id=f"{place}:", disabled=not is_choice
    )


def _plain(text: str, style: str = "") -> Option:
    return Option(Content.styled(visible_line(text.replace("\n", " ")), style), disabled=True)
