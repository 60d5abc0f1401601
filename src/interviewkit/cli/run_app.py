"""From the command line into the screens."""

import gc
import os
import sys
import tempfile
from pathlib import Path
from typing import TYPE_CHECKING

from interviewkit.breadcrumbs import add_breadcrumb
from interviewkit.cli.records_key import ask_for_key
from interviewkit.errors import TerminalError
from interviewkit.settings import load_settings, settings_path
from interviewkit.storage.file.database import default_path
from interviewkit.storage.store import Store

if TYPE_CHECKING:
    from interviewkit.banks.loader import BankFile
    from interviewkit.interview.calibration import CalibrationSet
    from interviewkit.interview.people import Person
    from interviewkit.interview.records import Interview
    from interviewkit.practice.reader import PracticeFile
    from interviewkit.tui.app import InterviewKitApp


def open_app(db: Path | None, interview_id: str | None = None) -> None:
    """Run the application on the records at ``db`` until it is left."""
    refuse_without_terminal()
    with Store(db or default_path(), unlock=ask_for_key) as store:
        app = _app(store, interview_id, keep=True)
        _run(app)
    if app.team_rounds.news and app.team_rounds.news.erasure_waits:
        _finish_erasures(db or default_path())


def _finish_erasures(path: Path) -> None:
    """What the team erased while the screens were open, which keep a copy of what was written."""
    from interviewkit.cli.output import echo
    from interviewkit.workflows.team_news import finish_erasures

    with Store(path, unlock=ask_for_key) as store:
        report = finish_erasures(store)
    for sentence in report.erasures.blocked:
        echo(f"An erasure is not finished here yet: {sentence}", err=True)


def run_screens(
    store: Store,
    interview_id: str | None = None,
    user: str | None = None,
    *,
    keep: bool = False,
    offers_practice: bool = False,
) -> None:
    """Run the application on an open store; ``keep`` also makes the daily backup.

    ``user`` is the name of the person at the keyboard, unless the settings or the login say it.
    ``offers_practice``: home begins with a rehearsal.
    """
    _run(_app(store, interview_id, user, keep=keep, offers_practice=offers_practice))


def show_scorecard(store: Store, sealed: "Interview") -> None:
    """Run the application with a scorecard in front, to be amended."""
    app = _app(store, keep=True)
    app.call_later(app.show_scorecard, sealed)
    _run(app)


def run_calibration(store: Store, person: "Person", calibration_set: "CalibrationSet") -> None:
    """Run the application with the answers of a set in front, to be rated."""
    app = _app(store, user=person.id or person.name, keep=True)

    def open_set() -> None:
        from interviewkit.tui.screens.calibration.set_list import CalibrationsScreen

        app.opened(lambda: CalibrationsScreen(store, app.person, calibration_set))

    app.call_later(open_set)
    _run(app)


def _run(app: "InterviewKitApp") -> None:
    from interviewkit.tui.error_reporting import watch_threads
    from interviewkit.tui.hangup import end_by_signals, end_with_terminal

    end_with_terminal(app)
    end_by_signals(app)
    watch_threads(app)
    app.run()
    if app.return_code:  # a defect ended it, and anyone who called the command is to know
        raise SystemExit(app.return_code)


def try_out(file: "BankFile", question: str) -> None:
    """One question of a bank on the live screen, with nothing recorded."""
    from interviewkit.tui.hangup import end_by_signals, end_with_terminal

    refuse_without_terminal()
    with (
        tempfile.TemporaryDirectory() as folder,
        Store(Path(folder) / "empty.db", is_lasting=False) as store,
    ):
        app = _app(store)
        app.call_later(app.unrecorded.try_question, file, question, then_quit=True)
        end_with_terminal(app)
        end_by_signals(app)
        app.run()


def practise(file: "PracticeFile | None", user: str | None = None) -> None:
    """A rehearsal, or who there is to rehearse with; on records that are thrown away."""
    from interviewkit.tui.hangup import end_by_signals, end_with_terminal

    refuse_without_terminal()
    with (
        tempfile.TemporaryDirectory() as folder,
        Store(Path(folder) / "empty.db", is_lasting=False) as store,
    ):
        app = _app(store, user=user)
        if file:
            app.call_later(app.unrecorded.rehearse, file, then_quit=True)
        else:
            app.call_later(app.action_practice)
        end_with_terminal(app)
        end_by_signals(app)
        app.run()


def _app(
    store: Store,
    interview_id: str | None = None,
    user: str | None = None,
    *,
    keep: bool = False,
    offers_practice: bool = False,
) -> "InterviewKitApp":
    refuse_without_terminal()
    # A lone Escape would otherwise wait a tenth of a second for a sequence to follow.
    os.environ.setdefault("ESCDELAY", "25")
    gc.disable()  # nothing of what is imported now is garbage; Python collects from here on
    from interviewkit.tui.app import InterviewKitApp
    from interviewkit.workflows.maintenance import daily_upkeep

    add_breadcrumb("screens imported")
    gc.freeze()
    gc.enable()
    gc.set_threshold(20_000, 20, 100)  # few and small collections: they are the slowest keys

    reading = load_settings(settings_path())
    upkeep = daily_upkeep(reading.settings.backups) if keep else None
    person = store.person(user) if user else store.current_user()
    asks_who = not user and not reading.settings.interviewer and not store.registry().identity()
    app = InterviewKitApp(
        store,
        person.id or person.name,
        interview_id,
        reading.settings,
        upkeep,
        asks_who=asks_who,
        offers_practice=offers_practice,
    )
    if reading.faults:  # no reason to keep an interview waiting
        message = f"{reading.error().message}\nFaulty settings are ignored."
        app.call_later(app.notify, message, severity="warning", timeout=20)
    return app


def refuse_without_terminal() -> None:
    """TerminalError unless both ends are a terminal that can place the cursor.

    Into a pipe no screen can be drawn; a terminal that calls itself dumb, as editors' shells do,
    would show the signs for colours and places as letters.
    """
    for stream, name in ((sys.stdin, "input"), (sys.stdout, "output")):
        if not stream.isatty():
            raise TerminalError(
                f"The application needs a terminal, but its {name} is none.",
                "Run it in a terminal. For data use the commands; interviewkit --help lists them.",
            )
    if os.environ.get("TERM") == "dumb":
        raise TerminalError(
            "This terminal calls itself dumb (TERM=dumb): the application cannot draw its screens.",
            "If it can do more, set TERM to its name, such as xterm-256color. Otherwise use "
            "another terminal, or the commands; interviewkit --help lists them.",
        )
