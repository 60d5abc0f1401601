"""A bank on the editor: what the workshop shows of it and does to it. No screens in here.

Everything that reads, checks or writes takes as long as the bank is large; screens call it from a
thread, one call at a time.
"""

import gc
import threading
from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass
from functools import partial
from pathlib import Path

from interviewkit import files
from interviewkit.banks import autosave
from interviewkit.banks.document import Draft
from interviewkit.banks.finding_locations import Addresses
from interviewkit.banks.library import BankLocation, users_folder
from interviewkit.banks.loader import BankFile
from interviewkit.banks.model import Bank
from interviewkit.banks.templates import from_template
from interviewkit.banks.text.paths import Address
from interviewkit.errors import BankError, Finding, InterviewKitError

Lint = Callable[[BankFile], list[Finding]]
Step = Callable[[Draft], object]
LARGE = 300_000  # characters; up to here a bank is checked faster than one types the next word
LEVELS = ("error", "warning", "advice")  # the worst first
EXTENSION = """\
# What is different here from the bank of the same name that comes with interviewkit. All that is
# not mentioned is taken from there; without this file it is as it was.

format: 1
id: {id}
extends: {id}
"""


@dataclass(frozen=True, slots=True)
class BankSnapshot:
    """A bank as it stands at one moment, with what is found in it and where.

    ``file`` is None while the bank cannot be used; then ``findings`` say why.
    """

    file: BankFile | None
    findings: tuple[tuple[Address, Finding], ...]
    places: Addresses | None

    @property
    def bank(self) -> Bank | None:
        """The whole bank, if it can be used."""
        return self.file.bank if self.file else None

    def line(self, address: Address) -> int | None:
        """Where it stands in the file; None for what is taken over from another bank."""
        return self.places.line(address) if self.places else None


class BankEditor:
    """One bank. What is changed here is in its file only after :meth:`save`, and kept till then.

    Each change is on disk, outside the bank's file, when the call returns; ``fault`` says why where
    that cannot be. ``recovered`` is what was waiting when the bank was opened.

    ``shipped`` banks are looked at; to change one, :meth:`extend` or :meth:`copy` it first.
    """

    def __init__(self, location: BankLocation, lint: Lint | None = None) -> None:
        """InterviewKitError when the file cannot be read as text; faults in it are findings."""
        self.shipped = location.shipped
        self.fault = ""
        self._lint = lint or _checks_of_changes()
        self._keeping = threading.Lock()
        self._linting = threading.Lock()
        self._place = autosave.AutosaveSlot(location.path)
        self.recovered = autosave.recover(location.path, self._place)
        self._form = self.recovered.unsaved.form if self.recovered.unsaved else None
        try:
            self._draft = _draft_of(location.path, self.recovered.unsaved)
        except InterviewKitError:
            self.close()
            raise
        self._groups: list[int] = []  # how many edits of the draft each change here was
        self.snapshot = self._snapshot_of(self._draft)
        if self.recovered.unsaved and not self.is_changed:
            self._keep(self._form)  # the file says all of it by now
        if self.is_large:
            gc.collect()  # it looks through what is new at some time: better now than at a change

    @property
    def path(self) -> Path:
        """Where it is, or will be once it is saved."""
        return self._draft.path

    @property
    def is_changed(self) -> bool:
        """Whether something is not saved yet."""
        return self._draft.is_changed

    @property
    def is_large(self) -> bool:
        """Whether checking takes so long that it would be felt at every key."""
        return len(self._draft.text) > LARGE

    @property
    def is_outdated(self) -> bool:
        """Whether another program has changed the file since it was read or saved here."""
        return not self.shipped and self._draft.is_outdated

    def apply(self, steps: Sequence[Step]) -> None:
        """One change of several steps; all of them or, with InterviewKitError, none."""
        done, usable = 0, self.snapshot.file is not None
        try:
            for step in steps:
                text_before = self._draft.text
                step(self._draft)
                done += self._draft.text != text_before
            if usable and self._draft.file is None:
                raise BankError(str(self.path), self._draft.findings)
        except InterviewKitError:
            for _ in range(done):
                self._draft.undo()
            raise
        if done:
            self._groups.append(done)
            self.snapshot = self._snapshot_of(self._draft)
        self._keep(None)

    def preview(self, steps: Sequence[Step]) -> BankSnapshot:
        """How the bank would look after this change; nothing is changed."""
        scratch = self._draft.scratch()
        for step in steps:
            step(scratch)
        return self._snapshot_of(scratch)

    def undo(self) -> bool:
        """Take back the last change; False when there is none."""
        if not self._groups:
            return False
        for _ in range(self._groups.pop()):
            self._draft.undo()
        self.snapshot = self._snapshot_of(self._draft)
        self._keep(None)
        return True

    @property
    def form(self) -> object:
        """What stands in an open form and is not in the bank yet, as it was last kept."""
        return self._form

    def keep_form(self, form: object) -> None:
        """Keep what stands in an open form, None for nothing, with what is not saved."""
        if form != self._form or self.fault:
            self._keep(form)

    def set_aside(self) -> Path:
        """Put what was waiting where it is not looked for any more; what is changed is kept again.

        For what stood in a form and has no place in the bank any longer.
        """
        target = autosave.set_aside(self._place.path)
        self._begin_place(self.path)
        self._keep(None)
        return target

    def let_go(self) -> None:
        """What is not saved is not wanted any more. InterviewKitError when it cannot be removed."""
        self._place.clear()

    def close(self) -> None:
        """The bank is left; what is kept waits for anyone who opens it next."""
        self._place.close()

    def save(self, *, over: bool = False) -> None:
        """Write the file. ChangedOnDiskError unless it is as it was read, or ``over`` is true."""
        _make_folder(self.path.parent)
        self._draft.save(over=over)
        self._keep(None)

    def put_beside(self) -> Path:
        """Write the text as it stands here to a new file beside the bank's, which is no bank."""
        path = self.path.with_name(f"{self.path.name}.mine")
        counter = 1
        while path.exists():
            counter += 1
            path = self.path.with_name(f"{self.path.name}.mine-{counter}")
        with files.replace_file(path, private=False) as file:
            file.write(self._draft.raw)
        return path

    def reload(self) -> None:
        """Read the file again; what was not saved is gone."""
        self._draft.reload()
        self._groups.clear()
        self.snapshot = self._snapshot_of(self._draft)
        self._keep(None)

    def merge_disk(self) -> tuple[Address, ...]:
        """Take in what another program wrote where it touches other entries than the changes here.

        Gives the entries that both changed; then, and with InterviewKitError, nothing has happened.
        """
        conflicts = self._draft.merge_disk()
        if not conflicts:
            self._groups.clear()
            self.snapshot = self._snapshot_of(self._draft)
            self._keep(self._form)
        return conflicts

    def extend(self) -> None:
        """Go on with a small file of the user's own that changes only what is changed here."""
        bank = self._bank()
        self._go_on(Draft.of(EXTENSION.format(id=bank.id), _free_path(bank.id)))

    def copy(self, new_id: str) -> None:
        """Go on with a whole copy of the user's own under another id."""
        draft = Draft.of(self._draft.text, _free_path(new_id))
        draft.set(("id",), new_id)
        if draft.file is None:
            raise BankError(str(draft.path), draft.findings)
        self._go_on(draft)

    def _go_on(self, draft: Draft) -> None:
        snapshot = self._snapshot_of(draft)
        self._draft, self.snapshot, self.shipped = draft, snapshot, False
        self._groups.clear()
        self._begin_place(draft.path)

    def _begin_place(self, path: Path) -> None:
        self._place.close()
        self._place = autosave.AutosaveSlot(path)

    def _keep(self, form: object) -> None:
        """On disk, or why not in ``fault``: what was changed is then still here, to be saved."""
        with self._keeping:  # a screen that ends keeps its form while a thread may be at it
            self._form = form
            unsaved = autosave.UnsavedBank(self.path, self._draft.raw, self._draft.made_from, form)
            try:
                if self.is_changed or form is not None:
                    self._place.write(unsaved)
                else:
                    self._place.clear()
            except InterviewKitError as error:
                self.fault = error.message
            else:
                self.fault = ""

    def _bank(self) -> Bank:
        if self.snapshot.bank is None:
            raise BankError(str(self.path), [finding for _, finding in self.snapshot.findings])
        return self.snapshot.bank

    def _snapshot_of(self, draft: Draft) -> BankSnapshot:
        file = draft.file
        with self._linting:  # a change may be made while another is tried
            findings = self._lint(file) if file else draft.findings
        return locate_findings(draft, file, findings)


def _draft_of(path: Path, unsaved: autosave.UnsavedBank | None) -> Draft:
    return Draft.again(unsaved.raw, path, unsaved.made_from) if unsaved else Draft.open(path)


def locate_findings(
    draft: Draft, file: BankFile | None, findings: Iterable[Finding]
) -> BankSnapshot:
    """``findings`` put beside the things they are about."""
    try:
        places = Addresses(draft.positions)
    except BankError:  # not even YAML: its findings are about the file as a whole
        places = None
    placed = [
        (places.at(finding.line, finding.column) if places else (), finding) for finding in findings
    ]
    placed.sort(key=lambda item: (LEVELS.index(item[1].level), item[1].line))
    return BankSnapshot(file, tuple(placed), places)


def read_snapshot(location: BankLocation) -> BankSnapshot:
    """The bank as it stands in its file, or as it was begun. InterviewKitError if it is no text."""
    draft = Draft.open(location.path) if location.path.exists() else _begun_draft(location.path)
    file = draft.file
    return locate_findings(draft, file, preview_changes(file) if file else draft.findings)


def _checks_of_changes() -> Lint:
    """Finds what :func:`preview_changes` does, and looks only at questions that were changed."""
    from interviewkit.banks.lint.linter import lint
    from interviewkit.banks.lint.single_questions import SingleQuestions

    return partial(lint, single=SingleQuestions())


def preview_changes(file: BankFile) -> list[Finding]:
    """What is found in a bank that can be used."""
    from interviewkit.banks.lint.linter import (
        lint,  # word lists and patterns: only when there is a bank
    )

    return lint(file)


def _begun_draft(path: Path) -> Draft:
    """A bank that is in no file yet. InterviewKitError when it is not waiting either."""
    begun = [draft for draft in autosave.unsaved_new_banks(path.parent) if draft.bank == path]
    return _draft_of(path, begun[0] if begun else None)


def begin_bank(name: str, title: str) -> BankLocation:
    """A bank of the user's own, written from a template."""
    return save_new_bank(name, title, from_template(name, title))


def save_new_bank(name: str, title: str, text: str) -> BankLocation:
    """A bank of the user's own with this text, in a file that is not there yet."""
    path = _free_path(name)
    _make_folder(path.parent)
    Draft.of(text, path).save()
    return BankLocation(name, path, False, title)


def _free_path(name: str) -> Path:
    """A file for this id in the user's folder that is not there yet, nor about to be."""
    folder, counter = users_folder(), 1
    path = folder / f"{name}.yaml"
    while path.exists() or autosave.is_waiting(path):
        counter += 1
        path = folder / f"{name}-{counter}.yaml"
    return path


def _make_folder(folder: Path) -> None:
    try:
        folder.mkdir(parents=True, exist_ok=True)
    except OSError as error:
        raise InterviewKitError(
            f"{folder} cannot be made: {error.strerror or error}.",
            "Set INTERVIEWKIT_BANKS to a folder of your own.",
        ) from error
