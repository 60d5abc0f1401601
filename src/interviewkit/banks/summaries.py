"""What a list of banks shows of each, read again only where a file has changed."""

from collections.abc import Iterable, Iterator
from pathlib import Path
from typing import NamedTuple

from interviewkit.banks.library import BankLocation
from interviewkit.banks.result_cache import Entry, ResultCache, hash_file
from interviewkit.errors import InterviewKitError


class BankSummary(NamedTuple):
    """A usable bank in a list; ``questions`` is their number, ``kits`` are ids."""

    id: str
    title: str
    version: str
    language: str
    questions: int
    kits: tuple[str, ...]


def summarize_banks(
    locations: Iterable[BankLocation],
) -> Iterator[tuple[BankLocation, BankSummary | InterviewKitError]]:
    """Each bank with what a list shows of it, or with the error of one that cannot be used."""
    results = ResultCache("banks")
    for location in locations:
        summary = _from_entry(results.get(hash_file(location.path)) or {})
        try:
            yield location, summary or _summarize(location.path, results)
        except InterviewKitError as error:
            yield location, error
    results.save()


def _summarize(path: Path, results: ResultCache) -> BankSummary:
    """Errors as ``read_bank``."""
    from interviewkit.banks.loader import read_bank  # YAML and pydantic

    file = read_bank(path)
    bank = file.bank
    kits = tuple(kit.id for kit in bank.kits)
    summary = BankSummary(
        bank.id, bank.title, bank.version, bank.language, len(bank.questions), kits
    )
    results.put(file.source, summary._asdict(), extends=file.extends)
    return summary


def _from_entry(entry: Entry) -> BankSummary | None:
    match entry:
        case {
            "id": str(bank_id),
            "title": str(title),
            "version": str(version),
            "language": str(language),
            "questions": int(count),
            "kits": [*kits],
        }:
            return BankSummary(bank_id, title, version, language, count, tuple(map(str, kits)))
    return None
