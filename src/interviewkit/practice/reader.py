"""A practice file, read: YAML to a script that fits its bank, with every problem at its line.

The only way from text to a :class:`Script` that can be rehearsed: a :class:`PracticeFile` has one
answer for each question of the kit, each rating on the bank's scale.
"""

import hashlib
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, field
from pathlib import Path

from pydantic import TypeAdapter, ValidationError

from interviewkit.banks.library import find_bank
from interviewkit.banks.loader import BankFile, read_bank, read_text
from interviewkit.banks.model import Bank, Kit
from interviewkit.banks.text.yaml_nodes import (
    KEY,
    Loc,
    PositionIndex,
    SourceLocation,
    read_positions,
)
from interviewkit.banks.validation import Fault, is_consequence, nearest, parts, translate_error
from interviewkit.errors import BankError, Finding, InterviewKitError, PracticeError
from interviewkit.gc_pause import collector_paused
from interviewkit.practice.library import find_practice, shipped_practice_folder
from interviewkit.practice.model import Script, ScriptedAnswer, ScriptedReply

SCRIPT: TypeAdapter[Script] = TypeAdapter(Script)
_SUFFIXES = (".yaml", ".yml")


@dataclass(frozen=True, slots=True)
class PracticeFile:
    """A usable script with the bank it is for; ``sha256`` is the hash of its text."""

    script: Script
    bank_file: BankFile
    text: str
    path: Path
    walk: PositionIndex = field(repr=False, compare=False)

    @property
    def bank(self) -> Bank:
        """The bank whose questions are answered."""
        return self.bank_file.bank

    @property
    def kit(self) -> Kit:
        """The kit that is rehearsed."""
        return self.bank.kit(self.script.kit)

    @property
    def sha256(self) -> str:
        """SHA-256 of the text, in hexadecimal."""
        return hashlib.sha256(self.text.encode()).hexdigest()

    def where(self, loc: Loc) -> SourceLocation:
        """File, line and column of what stands at ``loc``, such as ("answers", 0, "opening")."""
        return self.walk.where(loc)


def open_practice(name: str) -> PracticeFile:
    """The practice file with this id or at this path; errors as :func:`read_practice`."""
    is_path = name.endswith(_SUFFIXES) or "/" in name or "\\" in name
    return read_practice(Path(name) if is_path else find_practice(name).path)


def read_practice(path: Path) -> PracticeFile:
    """The file, read. PracticeError with all problems; InterviewKitError if it does not open."""
    try:
        text = read_text(path)
        return _read_as(text, path)
    except BankError as error:  # the text itself: no YAML, no UTF-8, far too large
        raise PracticeError(str(path), error.findings) from error


def _read_as(text: str, path: Path) -> PracticeFile:
    with collector_paused():
        positions = read_positions(text, str(path))
        data, walk = positions.data, positions.walk
        findings = [*walk.findings, *_aliases(walk)]
        script: Script | None = None
        try:
            script = SCRIPT.validate_python(data)
        except ValidationError as error:
            faults = [
                translate_error(detail, _model_at, "the practice file")
                for detail in error.errors(include_url=False)
                if detail["loc"] not in walk.aliases and not is_consequence(detail)
            ]
            findings += _locate(walk, faults)
        findings += _locate(walk, _file_name(data, path))
        bank_file, faults = _bank(data, path)
        findings += _locate(walk, faults)
        if bank_file:
            findings += _locate(walk, _references(data, bank_file.bank))
        if findings or script is None or bank_file is None:
            raise PracticeError(str(path), findings)
        return PracticeFile(script, bank_file, text, path, walk)


def _model_at(loc: Loc) -> type[object]:
    names = [step for step in loc if isinstance(step, str)]
    if "replies" in names:
        return ScriptedReply
    return ScriptedAnswer if names else Script


def _locate(walk: PositionIndex, faults: Iterable[Fault]) -> list[Finding]:
    return [Finding(*walk.where(loc), code, message) for loc, code, message in faults]


def _aliases(walk: PositionIndex) -> list[Finding]:
    message = "refers to another part by *name; write the value out here"
    return [Finding(*walk.where(loc), "alias", message) for loc in walk.aliases]


def _text_of(data: object, name: str) -> str:
    value = data.get(name) if isinstance(data, dict) else None
    return value if isinstance(value, str) else ""


def _file_name(data: object, path: Path) -> Iterator[Fault]:
    script_id = _text_of(data, "id")
    if script_id and path.suffix in _SUFFIXES and path.stem != script_id:
        yield ("id",), "file-name", f"the file is called {path.name}; call it {script_id}.yaml"


def _bank(data: object, path: Path) -> tuple[BankFile | None, list[Fault]]:
    """The bank that is named; a file that comes with the program is for one that does, too."""
    bank_id = _text_of(data, "bank")
    if not bank_id:
        return None, []  # reported as missing
    is_shipped = path.resolve().parent == shipped_practice_folder().resolve()
    try:
        return read_bank(find_bank(bank_id, shipped_only=is_shipped).path), []
    except BankError as error:
        message = f"{bank_id} cannot be used itself: {error.message}"
        return None, [(("bank",), "bank-unusable", message)]
    except InterviewKitError as error:
        return None, [(("bank",), "unknown-id", f"{error.message} {error.hint}")]


def _references(data: object, bank: Bank) -> Iterator[Fault]:
    """Whether the script fits its bank; what has not even the right shape is passed over."""
    language = _text_of(data, "language") or "en"
    if language != bank.language:
        message = f"the bank speaks {bank.language}, this file {language}"
        yield ("language",), "wrong-language", message
    answers = parts((), data, "answers")
    for loc, answer in answers:
        yield from _rating(loc, answer, bank.ratings)
    kits = {kit.id: kit for kit in bank.kits}
    kit_id = _text_of(data, "kit")
    if kit_id in kits:
        yield from _kit_answers(answers, kits[kit_id], bank)
    elif kit_id:
        message = f"there is no kit {kit_id} in {bank.id}{nearest(kit_id, kits)}"
        yield ("kit",), "unknown-id", message


def _kit_answers(
    answers: list[tuple[Loc, Mapping[str, object]]], kit: Kit, bank: Bank
) -> Iterator[Fault]:
    questions = [entry.question for entry in kit.questions]
    for asked in questions:
        if bank.question(asked).kind == "role_play":
            message = f"{asked} is a role play, which no script can answer; choose another kit"
            yield ("kit",), "role-play", message
    answered: set[str] = set()
    for loc, answer in answers:
        name = answer.get("question")
        if not isinstance(name, str):
            continue
        if name in answered:
            yield (*loc, "question"), "duplicate-id", f"{name} is already answered"
        elif name not in questions:
            message = f"the kit {kit.id} does not ask {name}{nearest(name, questions)}"
            yield (*loc, "question"), "unknown-id", message
        answered.add(name)
    missing = [name for name in questions if name not in answered]
    if missing:
        message = f"no answer to {', '.join(missing)}; each question of the kit needs one"
        yield ("answers", KEY), "answer-missing", message


def _rating(loc: Loc, answer: Mapping[str, object], ratings: tuple[int, ...]) -> Iterator[Fault]:
    rating = answer.get("rating")
    if not isinstance(rating, int) or isinstance(rating, bool):
        return  # reported for its type
    if rating not in ratings:
        message = f"the rating is {rating}, but the scale goes from 1 to {ratings[-1]}"
        yield (*loc, "rating"), "off-scale", message
        return
    for name, end, side in (("not_higher", ratings[-1], "top"), ("not_lower", 1, "bottom")):
        is_there = answer.get(name) is not None
        if rating == end and is_there:
            message = f"{rating} is the {side} of the scale; remove {name}"
            yield (*loc, name, KEY), "unknown-field", message
        elif rating != end and not is_there:
            yield (
                loc,
                "missing-field",
                f"{name} is missing: say what keeps the answer from the rating on that side",
            )
