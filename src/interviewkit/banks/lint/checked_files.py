"""Checks bank files; one that is as it was at the last check is not read again."""

from pathlib import Path
from types import TracebackType
from typing import Self

from interviewkit.banks.result_cache import Entry, ResultCache, hash_file
from interviewkit.errors import Finding


class CheckedFiles:
    """The findings of bank files, kept for the next check when it is left as a context manager."""

    def __init__(self) -> None:
        self._results = ResultCache("findings")

    def __enter__(self) -> Self:
        return self

    def __exit__(
        self,
        kind: type[BaseException] | None,
        error: BaseException | None,
        trace: TracebackType | None,
    ) -> None:
        self._results.save()

    def findings(self, path: Path) -> list[Finding]:
        """What could be better in the bank of a file; errors as ``read_bank``."""
        entry = self._results.get(hash_file(path))
        known = None if entry is None else _from_entry(entry, str(path))
        if known is not None:
            return known
        from interviewkit.banks.lint.linter import lint  # word lists and patterns
        from interviewkit.banks.loader import read_bank  # YAML and pydantic

        file = read_bank(path)
        findings = lint(file)
        rows = [list(finding[1:]) for finding in findings]
        self._results.put(file.source, {"findings": rows}, extends=file.extends)
        return findings


def _from_entry(entry: Entry, path: str) -> list[Finding] | None:
    """The findings as those of ``path``; the same bank may have stood elsewhere."""
    findings = []
    match entry.get("findings"):
        case [*rows]:
            for row in rows:
                match row:
                    case [
                        int(line),
                        int(column),
                        str(code),
                        str(message),
                        str(level),
                        str(suggestion),
                    ]:
                        found = Finding(path, line, column, code, message, level, suggestion)
                        findings.append(found)
                    case _:
                        return None
            return findings
    return None
