"""Calibration over files: a set made of practice files and handed out, ratings given back."""

from collections.abc import Iterator, Sequence
from pathlib import Path
from typing import TYPE_CHECKING

from interviewkit.banks.elements import LABELS, Element
from interviewkit.errors import BlockedError, InterviewKitError
from interviewkit.interview.calibration import (
    BlindRatings,
    CalibrationSet,
    ExpertRating,
    WrittenAnswer,
    WrittenTurn,
)
from interviewkit.interview.calibration_documents import ratings_document, set_document
from interviewkit.interview.clock import stamp
from interviewkit.interview.limits import refuse_long_names
from interviewkit.interview.people import Person
from interviewkit.visible_text import hidden_characters

if TYPE_CHECKING:
    from interviewkit.banks.model import Question
    from interviewkit.interview.documents import Offer
    from interviewkit.practice.model import ScriptedAnswer
    from interviewkit.practice.reader import PracticeFile
    from interviewkit.storage.calibrations import HandOut
    from interviewkit.storage.import_joins import JoinAnswers
    from interviewkit.storage.store import Store


def make_set(
    store: "Store",
    trainer: Person,
    practice_files: "Sequence[PracticeFile]",
    title: str = "",
    out: Path | None = None,
) -> CalibrationSet:
    """A set of all answers of these practice files, kept with the expert's ratings.

    ``out`` is the file to hand out; where it cannot be written, nothing is kept. InterviewKitError
    for that, where the files are not for one kit of one bank, or one stands there twice, and for
    names that an import would refuse.
    """
    _refuse_mixed(practice_files)
    title = title.strip() or ", ".join(file.script.candidate for file in practice_files)
    _refuse_names(title, practice_files)
    head = practice_files[0]
    answers: list[WrittenAnswer] = []
    key: dict[str, ExpertRating] = {}
    for position, file in enumerate(practice_files, start=1):
        for entry in file.kit.questions:
            scripted = file.script.by_question[entry.question]
            written = _written_answer(position, file, scripted)
            answers.append(written)
            key[written.id] = _expert_rating(scripted)
    calibration_set = CalibrationSet(
        store.new_id(),
        title,
        head.bank.id,
        head.kit.id,
        head.bank.ratings,
        stamp(store.clock.now()),
        trainer,
        1,
        tuple(answers),
    )
    hand_out = _hand_out(out, store.path) if out else None
    return store.seen_by(trainer).calibrations().add_set(calibration_set, key, hand_out)


def open_next_round(
    store: "Store", trainer: Person, calibration_set: CalibrationSet, out: Path
) -> CalibrationSet:
    """Open another round of a set and write its file to hand out, or do neither.

    BlockedError for anyone but its trainer; InterviewKitError where ``out`` cannot be written.
    """
    calibrations = store.seen_by(trainer).calibrations()
    return calibrations.open_round(calibration_set, _hand_out(out, store.path))


def _hand_out(out: Path, records: Path) -> "HandOut":
    return lambda calibration_set: write_set(out, calibration_set, records)


def _refuse_names(title: str, practice_files: "Sequence[PracticeFile]") -> None:
    """An import of the file would refuse names that are too long or hold what nobody sees."""
    for file in practice_files:
        refuse_long_names(candidate=file.script.candidate)
        hidden = hidden_characters(file.script.candidate.strip())
        if hidden:
            raise InterviewKitError(
                f"The candidate's name in {file.path} holds {hidden}, which is invisible or a "
                "control character.",
                "Remove it from the file.",
            )
    refuse_long_names(set=title)
    hidden = hidden_characters(title)
    if hidden:
        raise InterviewKitError(
            f"The title holds {hidden}, which is invisible or a control character.",
            "Type the title again without it.",
        )


def _refuse_mixed(practice_files: "Sequence[PracticeFile]") -> None:
    head = practice_files[0]
    ids: set[str] = set()
    for file in practice_files:
        if (file.bank_file.sha256, file.script.kit) != (head.bank_file.sha256, head.script.kit):
            raise InterviewKitError(
                f"{file.path} is for {file.script.bank}, {file.script.kit}; {head.path} is for "
                f"{head.script.bank}, {head.script.kit}.",
                "Choose practice files for one kit of one bank, so that all answers have the same "
                "anchors.",
            )
        if file.script.candidate in ids:
            raise InterviewKitError(
                f"Two of the files have a candidate called {file.script.candidate}.",
                "Name each practice file once, or give one of the two another candidate's name.",
            )
        ids.add(file.script.candidate)


def _written_answer(
    position: int, file: "PracticeFile", scripted: "ScriptedAnswer"
) -> WrittenAnswer:
    """Its id does not tell the name of the practice file, which may say what to think of it."""
    question = file.bank.question(scripted.question)
    return WrittenAnswer(
        f"{position}/{question.id}",
        file.script.candidate,
        question.id,
        question.competency,
        question.ask,
        tuple(_turns(question, scripted)),
        dict(file.bank.anchors(question)),
    )


def _expert_rating(scripted: "ScriptedAnswer") -> ExpertRating:
    return ExpertRating(
        scripted.rating, scripted.because, scripted.not_higher or "", scripted.not_lower or ""
    )


def _turns(question: "Question", scripted: "ScriptedAnswer") -> Iterator[WrittenTurn]:
    """The opening, every reply under the probe that asks for it, then what silence brings."""
    yield WrittenTurn("", scripted.opening.strip())
    left_over = dict(scripted.replies)
    for probe in question.probes:
        replies = [left_over.pop(element) for element in probe.elicits if element in left_over]
        if replies:
            yield WrittenTurn(probe.ask, " ".join(reply.says.strip() for reply in replies))
    for element, reply in left_over.items():
        yield WrittenTurn(_label(element), reply.says.strip())
    if scripted.silence:
        yield WrittenTurn("", scripted.silence.strip())


def _label(element: Element) -> str:
    return f"({LABELS[element]})"


def write_set(path: Path, calibration_set: CalibrationSet, records: Path) -> None:
    """The file to hand out, without any expert's rating; a file that stands there is replaced."""
    person = calibration_set.trainer
    _write(path, [_person_line(person), set_document(calibration_set)], records)


def write_ratings(path: Path, blind: BlindRatings, records: Path) -> None:
    """The file to give back to the trainer."""
    _write(path, [_person_line(blind.person), ratings_document(blind)], records)


def write_own_ratings(store: "Store", person: Person, name: str, path: Path) -> BlindRatings:
    """The file with what this person handed in of the set called ``name``, of its last round.

    BlockedError where nothing is handed in yet.
    """
    calibrations = store.seen_by(person).calibrations()
    own = calibrations.own_ratings(calibrations.calibration_set(name))
    handed_in = [blind for blind in own if blind.submitted_at]
    if not handed_in:
        raise BlockedError(
            f"{person.name} has handed in no ratings of {name} yet.",
            "Rate every answer and hand in first.",
        )
    write_ratings(path, handed_in[-1], store.path)
    return handed_in[-1]


def _person_line(person: Person) -> dict[str, object]:
    reference = {"reference": person.email} if person.email else {}
    return {"type": "person", "id": person.id, "name": person.name, **reference}


def _write(path: Path, lines: Sequence[dict[str, object]], records: Path) -> None:
    from interviewkit.exchange.jsonl import dump_line
    from interviewkit.export.private_file import replace_private_file

    with replace_private_file(path, records) as file:
        file.writelines(map(dump_line, lines))


def suggested_path(title: str, ending: str) -> Path:
    """A file in the folder one works in, called after a set: ``calibration-autumn-panel.xlsx``."""
    plain = "".join(letter if letter.isalnum() else " " for letter in title.casefold())
    return Path.cwd() / f"calibration-{'-'.join(plain.split())[:60]}{ending}"


def suggested_ratings_path(calibration_set: CalibrationSet, person: Person) -> Path:
    """Where to write a person's ratings, by the names of both."""
    return suggested_path(f"{calibration_set.title} {person.name}", ".jsonl")


def take_in_file(store: "Store", path: Path, answers: "JoinAnswers | None" = None) -> str:
    """Import a file of calibration; gives a sentence on what was in it. Errors as an import's.

    ``answers`` say who in the file is whom in the records; OpenJoinsError where that is to be said.
    """
    from interviewkit.plurals import count_noun

    taken = store.import_documents(_offers(path), answers)
    sets, ratings = (taken.new[kind] for kind in ("calibration_set", "calibration"))
    if not sets and not ratings:
        return f"Nothing in {path.name} was new."
    parts = [count_noun(sets, "set of answers", "sets of answers")] if sets else []
    parts += [f"the ratings of {count_noun(ratings, 'person', 'people')}"] if ratings else []
    return f"Took in {' and '.join(parts)}."


def _offers(path: Path) -> "list[tuple[str, Offer]]":
    from interviewkit.exchange.jsonl import read_lines
    from interviewkit.exchange.line_limits import bounded_lines

    try:
        with path.open("rb") as stream:
            return list(read_lines(str(path), bounded_lines(str(path), stream)))
    except OSError as error:
        raise InterviewKitError(
            f"{path} cannot be read: {error.strerror or error}.",
            "Check the path and its permissions. Nothing was imported.",
        ) from error


def read_set(store: "Store", path: Path, answers: "JoinAnswers | None" = None) -> CalibrationSet:
    """Take in the file of a set, as an import does; gives the set that stands in it.

    InterviewKitError where the file does not open or holds no set; RefusedImportError as an import.
    """
    offers = _offers(path)
    sets = [offer for _, offer in offers if isinstance(offer, CalibrationSet)]
    if not sets:
        raise InterviewKitError(
            f"{path} holds no written answers to rate.",
            "Name the file that your trainer handed out. Nothing was imported.",
        )
    store.import_documents(offers, answers)
    return sets[0]
