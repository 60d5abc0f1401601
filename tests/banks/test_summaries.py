"""A list of banks is quick the second time, and right whatever was changed in between."""

import os
import subprocess
import sys
from pathlib import Path

import pytest
from platformdirs import user_cache_path

from interviewkit.banks import summaries
from interviewkit.banks.library import banks, users_folder
from interviewkit.banks.result_cache import ResultCache
from interviewkit.banks.summaries import BankSummary, summarize_banks
from interviewkit.errors import InterviewKitError
from support import ROOT

SMALL = (ROOT / "tests/banks/small.yaml").read_text(encoding="utf-8")
PART = "format: 1\nextends: small\nid: part\nversion: '1'\n"


@pytest.fixture
def own() -> Path:
    """A bank of one's own."""
    users_folder().mkdir(parents=True)
    path = users_folder() / "small.yaml"
    path.write_text(SMALL, encoding="utf-8")
    return path


def cache() -> Path:
    return user_cache_path("interviewkit", appauthor=False) / "banks.json"


def own_summaries() -> dict[str, BankSummary | InterviewKitError]:
    return {
        location.id: summary
        for location, summary in summarize_banks(banks())
        if not location.shipped
    }


def title_of(bank_id: str) -> str:
    summary = own_summaries()[bank_id]
    assert isinstance(summary, BankSummary)
    return summary.title


def count_reads(monkeypatch: pytest.MonkeyPatch) -> list[Path]:
    """The files that are read as banks from now on."""
    read: list[Path] = []
    summarize = summaries._summarize

    def note(path: Path, results: ResultCache) -> BankSummary:
        read.append(path)
        return summarize(path, results)

    monkeypatch.setattr(summaries, "_summarize", note)
    return read


def test_what_was_read_once_is_not_read_again(own: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    before = list(summarize_banks(banks()))
    read = count_reads(monkeypatch)
    assert list(summarize_banks(banks())) == before
    assert read == []


def test_a_changed_file_is_read_again_though_its_size_and_date_are_the_same(own: Path) -> None:
    old = title_of("small")
    about = own.stat()
    own.write_text(SMALL.replace(old, old.swapcase()), encoding="utf-8")
    os.utime(own, ns=(about.st_atime_ns, about.st_mtime_ns))
    assert title_of("small") == old.swapcase() != old


def test_a_bank_that_breaks_is_told_and_is_back_when_it_is_as_it_was(own: Path) -> None:
    title = title_of("small")
    own.write_text(SMALL.replace("ask:", "aks:"), encoding="utf-8")
    assert isinstance(own_summaries()["small"], InterviewKitError)
    own.write_text(SMALL, encoding="utf-8")
    assert title_of("small") == title


def test_a_bank_that_extends_another_follows_its_base(own: Path) -> None:
    (users_folder() / "part.yaml").write_text(PART, encoding="utf-8")
    title = title_of("part")
    assert title == title_of("small")
    own.write_text(SMALL.replace(title, "Another title"), encoding="utf-8")
    assert title_of("part") == "Another title"
    own.write_text(SMALL.replace("ask:", "aks:"), encoding="utf-8")
    assert isinstance(own_summaries()["part"], InterviewKitError)


@pytest.mark.parametrize(
    "content",
    [b"", b"{", b"[1]", b'{"form": "another", "results": {}}', b"\xff", b"[" * 100_000],
    ids=["empty", "half", "a list", "another form", "not UTF-8", "too deep"],
)
def test_a_damaged_cache_is_made_again(own: Path, content: bytes) -> None:
    title = title_of("small")
    whole = cache().read_bytes()
    cache().write_bytes(content)
    assert title_of("small") == title
    assert cache().read_bytes() == whole


def test_without_a_folder_for_it_the_banks_are_read(own: Path) -> None:
    cache().parent.parent.mkdir(parents=True, exist_ok=True)
    cache().parent.write_text("a file")
    assert title_of("small")
    assert cache().parent.read_text() == "a file"


@pytest.mark.posix
def test_the_cache_is_its_owners_alone(own: Path) -> None:
    own_summaries()
    assert cache().stat().st_mode & 0o777 == 0o600


def test_the_second_list_reads_no_bank(own: Path) -> None:
    code = (
        "import sys; from interviewkit.cli.main import cli; "
        "cli(['bank', 'list'], standalone_mode=False); "
        "print(*sys.modules, file=sys.stderr)"
    )
    for _ in range(2):
        ran = subprocess.run(
            [sys.executable, "-c", code], capture_output=True, text=True, check=True
        )
    assert "small" in ran.stdout
    assert not {"yaml", "pydantic", "sqlite3", "textual"} & set(ran.stderr.split())
