"""A fillable kit of an entry of the plan, written as a file with a key of its own."""

from pathlib import Path
from typing import NamedTuple

from interviewkit.banks.loader import BankFile
from interviewkit.banks.model import Probe
from interviewkit.export.guide.content import make_guide
from interviewkit.export.guide.fillable import LARGEST, FillableKit, fillable_html
from interviewkit.export.private_file import replace_private_file
from interviewkit.interview.kit_signature import KIT_ORIGIN, make_kit_key
from interviewkit.interview.plan import PlanEntry
from interviewkit.interview.records import Interview
from interviewkit.interview.sealed_document import scorecard_document
from interviewkit.interview.suggestions import PARTICULAR, REASK, SECOND_EXAMPLE
from interviewkit.interview.word_lists import load_words
from interviewkit.storage.store import Store


class WrittenKit(NamedTuple):
    """A kit on disk, its size in bytes. ``has_key``: it signs; ``is_repeated``: not the first."""

    path: Path
    size: int
    has_key: bool
    is_repeated: bool
    is_untranslated: bool

    def warnings(self) -> list[str]:
        """What to tell the person who wrote it, in sentences."""
        sentences = []
        if not self.has_key:
            sentences.append(
                "It carries no key, so its scorecard will come in unsigned. Install "
                "interviewkit[team] to write kits that sign."
            )
        if self.is_repeated:
            sentences.append(
                "A kit was written for this entry before: what that file signs counts as unsigned "
                "from now on."
            )
        if self.size > LARGEST:
            sentences.append("It is large, since its questions are long; it works all the same.")
        return sentences


def write_fillable_kit(
    store: Store, entry: PlanEntry, file: BankFile, kit_id: str, path: Path
) -> WrittenKit:
    """Write the kit for the interviewer of an entry, and keep its public key with the entry.

    An existing file is replaced, and so is the key: what an earlier file signs no longer counts as
    signed. NotFoundError for a kit that the bank has not; BlockedError for a cancelled entry.
    """
    guide = make_guide(file.bank, kit_id)
    key = make_kit_key()
    words = load_words(file.bank.language).extended(file.bank.words or {})
    kit = FillableKit(
        store.new_id(),
        guide,
        _fixed_fields(entry, file, kit_id),
        Probe(id=PARTICULAR, ask=words.reask, elicits=REASK),
        Probe(id=SECOND_EXAMPLE, ask=words.second_example, elicits=REASK),
        entry.card,
        key,
    )
    content = fillable_html(kit).encode()
    with replace_private_file(path, store.path) as target:
        target.write(content)
        store.planning().keep_kit(
            entry, key.public if key else "", file.bank.id, (file.sha256, file.text)
        )
    is_untranslated = guide.words.language != file.bank.language
    return WrittenKit(path, len(content), key is not None, bool(entry.kit_key), is_untranslated)


def _fixed_fields(entry: PlanEntry, file: BankFile, kit_id: str) -> dict[str, object]:
    """A scorecard of the current format before anything is written in it."""
    interview = Interview(
        id="",
        role=entry.role,
        candidate=entry.candidate,
        interviewer=entry.interviewer.name,
        bank=file.bank.id,
        bank_sha256=file.sha256,
        kit=kit_id,
        started_at="",
        page="",
        submitted_at="",
    )
    document = scorecard_document(
        interview,
        [],
        candidate_reference=entry.candidate.reference,
        interviewer_id=entry.interviewer.id,
        origin=KIT_ORIGIN,
    )
    written = {
        *("sha256", "id", "started_at", "submitted_at", "recommendation", "summary", "reason"),
        *("answers", "pages", "visits"),
    }
    return {name: value for name, value in document.items() if name not in written}
