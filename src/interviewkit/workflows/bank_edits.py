"""What can be done to a part of a bank, worked out before it is done."""

from collections.abc import Sequence
from dataclasses import dataclass

from interviewkit.banks.document import Draft
from interviewkit.banks.ids import numbered_id
from interviewkit.banks.model import Bank
from interviewkit.banks.text.paths import Address
from interviewkit.errors import BlockedError
from interviewkit.workflows.bank_editor import Step

_KINDS: dict[str, tuple[str, ...]] = {
    "": ("competency", "question", "kit"),
    "competencies": ("question", "competency"),
    "questions": ("probe", "question"),
    "probes": ("probe",),
    "kits": ("kit",),
}


@dataclass(frozen=True, slots=True)
class NewPosition:
    """Behind the item called ``after``, or first where that is None."""

    previous: str | None


@dataclass(frozen=True, slots=True)
class Removal:
    """How something is taken away, what goes with it in words, and what stands next to it."""

    description: str
    steps: Sequence[Step]
    next: Address


def addable(address: Address) -> tuple[str, ...]:
    """What can be added where the cursor is; the likeliest first."""
    return _KINDS["probes" if len(address) > 3 else str(address[0]) if address else ""]


def siblings(bank: Bank, address: Address) -> list[str]:
    """Ids of the list that holds the thing, in the order of the file."""
    if address[0] == "competencies":
        return [item.id for item in bank.competencies]
    if address[0] == "kits":
        return [item.id for item in bank.kits]
    if len(address) > 3:
        return [item.id for item in bank.question(str(address[1])).probes]
    return [item.id for item in bank.questions]


def position_after_move(bank: Bank, address: Address, step: int) -> NewPosition | None:
    """Where a thing goes one up (-1) or down (1) among those it is shown with; None at the end."""
    if len(address) < 2:
        return None
    ids = siblings(bank, address)
    visible, name = ids, str(address[-1])
    if address[0] == "questions" and len(address) == 2:
        home = bank.question(name).competency
        visible = [item_id for item_id in ids if bank.question(item_id).competency == home]
    index = visible.index(name) + step
    if not 0 <= index < len(visible):
        return None
    if step > 0:
        return NewPosition(visible[index])
    ids_before = [item_id for item_id in ids[: ids.index(visible[index])] if item_id != name]
    return NewPosition(ids_before[-1] if ids_before else None)


def free_id(bank: Bank, address: Address) -> str:
    """The id of a copy: the same with a number behind it that nothing bears yet."""
    return numbered_id(str(address[-1]), siblings(bank, address))


def removal(bank: Bank, address: Address) -> Removal:
    """BlockedError where something else would lead nowhere."""
    name = str(address[-1])
    remaining = [item_id for item_id in siblings(bank, address) if item_id != name]
    if not remaining and len(address) == 2:
        raise BlockedError(f"{name} is the only one of its kind; a bank needs one.", "")
    steps: list[Step] = []
    message = f"{name} will be deleted."
    if address[0] == "competencies":
        _refuse_with_questions(bank, name)
        steps += _without_weights(bank, name)
    elif address[0] == "questions" and len(address) == 2:
        kits = [kit for kit in bank.kits if name in [entry.question for entry in kit.questions]]
        _refuse_emptied(name, [kit.name for kit in kits if len(kit.questions) == 1])
        steps += [_out_of_kit(kit.id, name) for kit in kits]
        if kits:
            message = f"{name} will be gone, from {', '.join(kit.name for kit in kits)} too."
    steps.append(lambda draft: draft.remove(address))
    return Removal(message, steps, _next_to(bank, address, remaining))


def _next_to(bank: Bank, address: Address, remaining: Sequence[str]) -> Address:
    ids = siblings(bank, address)
    if not remaining:
        return address[:-2]
    index = min(ids.index(str(address[-1])), len(remaining) - 1)
    return (*address[:-1], remaining[index])


def _refuse_with_questions(bank: Bank, competency: str) -> None:
    rated = [question.id for question in bank.questions if question.competency == competency]
    if rated:
        count = "a question" if len(rated) == 1 else f"{len(rated)} questions"
        some = ", ".join(rated[:3]) + (" …" if len(rated) > 3 else "")
        raise BlockedError(
            f"{competency} still has {count}: {some}.",
            "Move it to another competency or delete it first.",
        )


def _refuse_emptied(question: str, kits: Sequence[str]) -> None:
    if kits:
        raise BlockedError(
            f"{question} is the only question of the kit {', '.join(kits)}.",
            "Give the kit another question or delete the kit first.",
        )


def _out_of_kit(kit: str, question: str) -> Step:
    return lambda draft: draft.remove(("kits", kit, "questions", question))


def _without_weights(bank: Bank, competency: str) -> list[Step]:
    """Its weights, must-haves and places on panels; a seat that covers nothing else goes too."""
    steps: list[Step] = []
    for kit in bank.kits:
        for name, values in (("weights", kit.weights), ("must_have", kit.must_have)):
            if competency in values:
                remaining = {key: value for key, value in values.items() if key != competency}
                steps.append(value_step(("kits", kit.id, name), remaining or None))
        seats = [
            {"seat": seat.seat, "focus": focus}
            for seat in kit.panel
            if (
                focus := [
                    competency_id for competency_id in seat.focus if competency_id != competency
                ]
            )
        ]
        if len(seats) != len(kit.panel) or any(competency in seat.focus for seat in kit.panel):
            steps.append(value_step(("kits", kit.id, "panel"), seats or None))
    return steps


def value_step(address: Address, value: object) -> Step:
    """The step that sets the value at an address; None takes it out."""

    def step(draft: Draft) -> None:
        draft.set(address, value)

    return step
