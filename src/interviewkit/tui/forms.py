"""The forms of the workshop: the fields of each part of a bank, and the edits they lead to."""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass

from interviewkit.banks.elements import CHECKABLE, LABELS, STORY
from interviewkit.banks.ids import unused_id
from interviewkit.banks.model import Bank, Competency, Kit, Probe, Question, RolePlay
from interviewkit.banks.text.paths import Address
from interviewkit.errors import unknown_name
from interviewkit.tui.widgets.bank_detail import KINDS
from interviewkit.tui.widgets.compound_entry import (
    CompetencyFiguresEntry,
    KitPageEntry,
    KitQuestionsEntry,
    RolePlayEntry,
)
from interviewkit.tui.widgets.form_entry import (
    AnchorsEntry,
    ChoiceEntry,
    FormEntry,
    LineEntry,
    NeededLine,
    NumberEntry,
    PickEntry,
    PointsEntry,
    ProseEntry,
    SeatsEntry,
    TogglesEntry,
)
from interviewkit.tui.widgets.ordered_picker import MustHavePicker, Pickable, WeightPicker
from interviewkit.workflows.bank_editor import Step
from interviewkit.workflows.bank_edits import siblings, value_step

JURISDICTIONS = {"us": "US", "ca": "Canada", "uk": "UK", "eu": "EU"}
ELICITS = {str(element): LABELS[element] for element in (*STORY, *CHECKABLE)}
ID: tuple[str, ...] = ("id",)
_LISTS = {"competency": "competencies", "question": "questions", "kit": "kits"}


@dataclass(frozen=True, slots=True)
class Form:
    """A part of a bank to fill in. ``address`` is the thing's or, for a new one, its list's.

    For a new thing ``kind`` is its kind and ``beside`` the address under the cursor; ``used_ids``
    are ids it must not get, ``predecessor`` is the id of the one it follows.
    """

    title: str
    address: Address
    entries: Sequence[FormEntry]
    kind: str = ""
    beside: Address = ()
    predecessor: str | None = None
    used_ids: Sequence[str] = ()

    @property
    def is_new(self) -> bool:
        """Whether it is about something that is not in the bank yet."""
        return bool(self.kind)

    @property
    def thing(self) -> Address:
        """The address of what is filled in, under the id it would have now."""
        return (*self.address, self._id()) if self.is_new else self.address

    @property
    def is_changed(self) -> bool:
        """Whether anything says something else than at first."""
        return any(entry.is_changed for entry in self.entries)

    def steps(self) -> list[Step]:
        """What has to be done to a draft for the bank to say what stands in the form."""
        if self.is_new:
            item = {str(entry.field_name[0]): entry.value for entry in self.entries}
            item = {name: value for name, value in item.items() if value is not None}
            return [self._add_item({**item, "id": self._id()})]
        return [
            value_step((*self.address, *entry.field_name), entry.value)
            for entry in self.entries
            if entry.is_changed
        ]

    def _add_item(self, item: dict[str, object]) -> Step:
        ordered = {"id": item.pop("id"), **item}
        return lambda draft: draft.add(self.address, ordered, self.predecessor)

    def _id(self) -> str:
        """What is typed as its id, or one made of its first words."""
        typed = next((entry.value for entry in self.entries if entry.field_name == ID), None)
        named = next(e.value for e in self.entries if e.field_name in (("ask",), ("name",)))
        return str(typed or unused_id(str(named or ""), self.used_ids))


def form_of(bank: Bank, address: Address) -> Form | None:
    """The form for the thing at ``address``; None where nothing can be filled in."""
    if not address:
        return Form(bank.title, (), _head(bank))
    if len(address) < 2:
        return None
    name = str(address[1])
    if address[0] == "competencies":
        return Form(f"Competency {name}", address, _competency(bank, bank.competency(name)))
    if address[0] == "kits":
        return Form(f"Kit {name}", address, _kit(bank, bank.kit(name)))
    question = bank.question(name)
    if len(address) > 3:
        probe = next(
            (candidate for candidate in question.probes if candidate.id == address[3]), None
        )
        if probe is None:
            raise unknown_name(
                "probe", str(address[3]), [candidate.id for candidate in question.probes], name
            )
        return Form(f"Probe {probe.id} of {name}", address, _probe(probe))
    return Form(f"Question {name}", address, _question(bank, question, question.competency))


def new_form(bank: Bank, address: Address, kind: str) -> Form:
    """An empty form for a ``kind`` of thing, to be put behind the one at ``address``."""
    identity = LineEntry(ID, "id", None, hint="made from its text unless you give one")
    if kind == "probe":
        question = bank.question(str(address[1]))
        used = [item.id for item in question.probes]
        predecessor = str(address[3]) if len(address) > 3 else used[-1] if used else None
        home: Address = ("questions", question.id, "probes")
        title = f"A new probe of {question.id}"
        return Form(title, home, [*_probe(None), identity], kind, address, predecessor, used)
    home = (_LISTS[kind],)
    used = siblings(bank, (*home, ""))
    predecessor = str(address[1]) if address[:1] == home and len(address) > 1 else used[-1]
    entries = _NEW[kind](bank, _competency_at(bank, address))
    if kind == "question" and address[:1] == ("competencies",):
        mine = [item.id for item in bank.questions if item.competency == address[1]]
        predecessor = mine[-1] if mine else predecessor
    return Form(f"A new {kind}", home, [*entries, identity], kind, address, predecessor, used)


def _competency_at(bank: Bank, address: Address) -> str:
    if address[:1] == ("competencies",):
        return str(address[1])
    if address[:1] == ("questions",):
        return bank.question(str(address[1])).competency
    return bank.competencies[0].id


def _question(bank: Bank, question: Question | None, competency: str) -> list[FormEntry]:
    names = {competency.id: competency.name for competency in bank.competencies}
    return [
        ProseEntry(("ask",), "Question", question.ask if question else ""),
        ChoiceEntry(("kind",), "Asks about", KINDS, question.kind if question else None),
        PickEntry(("competency",), "Competency", names, competency),
        PointsEntry(
            ("listen_for",), "Listen for", question.listen_for if question else (), hint=_POINT
        ),
        PointsEntry(
            ("watch_for",), "Watch for", question.watch_for if question else (), hint=_POINT
        ),
        AnchorsEntry(
            ("anchors",),
            "Own anchors",
            (question.anchors or {}) if question else {},
            bank.ratings,
            instead=bank.competency(competency).anchors,
        ),
        _role_play(question.role_play if question else None),
    ]


_POINT = "one point per line"


def _role_play(play: RolePlay | None) -> RolePlayEntry:
    names = ("candidate_brief", "interviewer_plays", "interviewer_brief")
    texts = {name: getattr(play, name) if play else "" for name in names}
    return RolePlayEntry(("role_play",), "Role play", texts, play.minutes if play else None)


def _probe(probe: Probe | None) -> list[FormEntry]:
    elicits = [str(element) for element in probe.elicits] if probe else []
    return [
        ProseEntry(("ask",), "Probe", probe.ask if probe else ""),
        TogglesEntry(("elicits",), "Elicits", ELICITS, elicits),
    ]


def _competency(bank: Bank, competency: Competency | None) -> list[FormEntry]:
    anchors = competency.anchors if competency else {}
    return [
        NeededLine(("name",), "Name", competency.name if competency else ""),
        ProseEntry(("about",), "What it is", competency.about if competency else ""),
        AnchorsEntry(("anchors",), "Anchors", anchors, bank.ratings),
    ]


def _kit(bank: Bank, kit: Kit | None) -> list[FormEntry]:
    names = {item.id: item.name for item in bank.competencies}
    questions = [Pickable(item.id, names[item.competency], item.ask) for item in bank.questions]
    picked = {item.question: item.minutes for item in kit.questions} if kit else {}
    opening, closing = (kit.opening, kit.closing) if kit else (None, None)
    seats = {seat.seat: seat.focus for seat in kit.panel} if kit else {}
    return [
        NeededLine(("name",), "Name", kit.name if kit else ""),
        NumberEntry(("minutes",), "Minutes in all", kit.minutes if kit else None),
        KitQuestionsEntry(("questions",), "Questions", questions, picked),
        *_figures(bank, names, kit),
        KitPageEntry(
            ("opening",),
            "Opening",
            opening.minutes if opening else None,
            opening.say if opening else "",
        ),
        KitPageEntry(
            ("closing",),
            "Closing",
            closing.minutes if closing else None,
            closing.say if closing else "",
        ),
        SeatsEntry(("panel",), "Panel", seats),
    ]


def _figures(bank: Bank, names: Mapping[str, str], kit: Kit | None) -> list[FormEntry]:
    weights, must_have = (kit.weights, kit.must_have) if kit else ({}, {})
    scale = (bank.ratings[0], bank.ratings[-1])
    return [
        CompetencyFiguresEntry(("weights",), "Weights", WeightPicker(names, weights)),
        CompetencyFiguresEntry(
            ("must_have",), "Must-haves", MustHavePicker(names, must_have, scale)
        ),
    ]


def _head(bank: Bank) -> list[FormEntry]:
    return [
        NeededLine(("title",), "Title", bank.title),
        ProseEntry(("about",), "Purpose", bank.about),
        NeededLine(("language",), "Language", bank.language),
        NeededLine(("version",), "Version", bank.version),
        PointsEntry(("authors",), "Authors", bank.authors, hint="one name per line"),
        LineEntry(("licence",), "Licence", bank.licence),
        TogglesEntry(
            ("jurisdictions",), "Used in", JURISDICTIONS, list(bank.jurisdictions), needed=False
        ),
    ]


_NEW: dict[str, Callable[[Bank, str], list[FormEntry]]] = {
    "question": lambda bank, competency: _question(bank, None, competency),
    "competency": lambda bank, _: _competency(bank, None),
    "kit": lambda bank, _: _kit(bank, None),
}
