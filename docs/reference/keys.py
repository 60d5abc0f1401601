"""Every key as the screens declare it, in the order in which one meets the screens."""

import importlib
import inspect
import pkgutil
import re
from collections.abc import Iterator
from dataclasses import dataclass
from types import ModuleType

from textual.binding import Binding

from interviewkit.tui import app, screens, widgets
from interviewkit.tui.key_descriptions import DOES
from interviewkit.tui.screens.live.bindings import HELP

# The first part of an id, then the heading it stands under and how one gets there.
PLACES = {
    "": ("On every screen", ""),
    "home": ("Home", "The first screen."),
    "first_start": ("Who you are", "At the first start, and `w` at home."),
    "start": ("Begin an interview", "`n` at home."),
    "name_question": ("Whom a name means", "When several bear it, or it is nearly another's."),
    "people": ("People, roles and candidates", "`p` at home."),
    "one_line": ("People: another name or reference", "`n` or `e` among the people."),
    "merge_into": ("People: whom to merge into", "`m` among the people."),
    "team": ("Team", "`m` at home."),
    "team_bank": ("Team: a bank of the team's", "`b` on a bank of the team's."),
    "plan": ("Plan", "`l` at home."),
    "kit_form": ("A kit to fill in", "`k` in the plan."),
    "plan_form": ("Planning an interview", "`n` in the plan."),
    "card_form": ("The card of an interview", "`c` in the plan."),
    "interview": ("Live interview", "Enter on an interview at home, or a new one."),
    "probe": ("Live interview: what a probe brought", ""),
    "notes": ("Live interview: earlier notes", ""),
    "story": ("Live interview: ticking the story", "F4 in a live interview."),
    "practice": ("Practice", "`t` at home."),
    "rehearsal": (
        "Rehearsal",
        "Enter on a candidate of the practice; the live interview's keys, and",
    ),
    "look_back": ("Looking back on a rehearsal", "F10 in a rehearsal."),
    "wrap_up": ("Wrap-up", "F10 in a live interview."),
    "scorecards": ("Scorecards", "`s` at home."),
    "amend": ("Amending a scorecard", "`a` on a scorecard of your own."),
    "transcript": ("Transcript", "`w` on a scorecard or in a debrief, F2 in the wrap-up."),
    "lines": ("Transcript: its lines", ""),
    "transcript_form": ("Adding a transcript", "`w` on a scorecard without one."),
    "role": ("Settings of a role", "`r` at home."),
    "search": ("Search", "`/` at home."),
    "panel": ("Who is in", "`r` in a comparison, or `d` on a role at home."),
    "comparison": ("Comparison", "`c` at home."),
    "answers": ("The answers behind a value", "Enter on a value of a comparison."),
    "filter": ("Choosing what is compared", "`f` in a comparison."),
    "profile": ("Profiles", "`p` in a comparison."),
    "severity": ("Severity", "`v` in a comparison."),
    "export": ("Writing the workbook", "`x` in a comparison or a debrief."),
    "debrief": ("Debrief", "`d` at home or in a comparison."),
    "decide": ("The panel's decision", "`d` in a debrief."),
    "questions": ("Question statistics", "`u` at home."),
    "calibrations": ("Calibration", "`k` at home."),
    "new_set": ("A set of written answers", "`n` among the sets."),
    "calibrate": ("Rating written answers", "Enter on a set of answers."),
    "calibration_panel": ("A panel's calibration", "Enter on a set that you made."),
    "banks": ("Question banks", "`b` at home."),
    "list_form": ("A bank from a list", "`l` among the banks."),
    "bank_search": ("Search all banks", "`/` in the list of banks and in the workshop."),
    "new_bank": ("A new bank", "`n` among the banks."),
    "workshop": ("Workshop", "Enter on a bank."),
    "outline": ("Workshop: the outline", ""),
    "form": ("Workshop: a form", "Enter on a part of a bank."),
    "ask_id": ("Workshop: a new id", "When a part needs a name of its own."),
    "choose": ("Workshop: a choice", "When there are several ways to go on."),
    "choice": ("In forms: one of several", ""),
    "toggles": ("In forms: any of several", ""),
    "picking": ("In forms: the questions of a kit", ""),
    "weights": ("In forms: weights", ""),
    "must_haves": ("In forms: must-haves", ""),
    "table": ("In tables", ""),
    "confirm": ("When asked to confirm", ""),
    "sheet": ("In a text dialog", "Such as the help."),
}
_NAMES = {
    "backspace": "Backspace",
    "delete": "Del",
    "down": "↓",
    "end": "End",
    "enter": "Enter",
    "equals_sign": "=",
    "escape": "Esc",
    "home": "Home",
    "left": "←",
    "minus": "-",
    "pagedown": "PgDn",
    "pageup": "PgUp",
    "plus": "+",
    "right": "→",
    "slash": "/",
    "space": "Space",
    "up": "↑",
}


@dataclass(frozen=True, slots=True)
class Key:
    """``id`` is what settings call it; ``keys`` are what one presses, each as it is engraved."""

    id: str
    keys: tuple[str, ...]
    does: str

    @property
    def place(self) -> str:
        """The first part of the id, empty for what holds on every screen."""
        return self.id.rpartition(".")[0]


def all_keys() -> dict[str, list[Key]]:
    """The keys of each place in the order of ``PLACES``, those of a place as they are declared."""
    found = {key.id: key for module in _modules() for key in _declared(module)}
    return {place: [key for key in found.values() if key.place == place] for place in PLACES}


def note_line() -> list[tuple[str, str]]:
    """(Typed, does): the note line's grammar as the help of the live screen has it."""
    rows = re.findall(r"^\| (`.*?) \| (.*) \|$", HELP, re.MULTILINE)
    return [(typed, does) for typed, does in rows]


def _modules() -> Iterator[ModuleType]:
    yield app
    for package in (screens, widgets):
        for info in pkgutil.walk_packages(package.__path__, f"{package.__name__}."):
            yield importlib.import_module(info.name)


def _declared(module: ModuleType) -> Iterator[Key]:
    for _, kind in inspect.getmembers(module, inspect.isclass):
        if kind.__module__ == module.__name__:
            for binding in vars(kind).get("BINDINGS", ()):
                if isinstance(binding, Binding) and binding.id in DOES:
                    keys = tuple(_engraved(key.strip()) for key in binding.key.split(","))
                    yield Key(binding.id, keys, DOES[binding.id])


def _engraved(key: str) -> str:
    *held, last = key.split("+")
    name = _NAMES.get(last) or (last.upper() if re.fullmatch(r"f\d+", last) or held else last)
    return "+".join([*(part.capitalize() for part in held), name])
