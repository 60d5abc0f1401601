"""Sealed documents as they are kept: the very bytes that the seal was made over."""

import json
import sqlite3

from interviewkit.errors import StorageError
from interviewkit.interview.documents import Document
from interviewkit.interview.sealed_document import canonical, seal_of

IMPORT = "import"  # the origin of what came in; what was written here has none


def store_document(
    connection: sqlite3.Connection,
    document: Document,
    *,
    candidate: str,
    role: str,
    interview: str | None = None,
    received_at: str | None = None,
    body: bytes = b"",
) -> str:
    """Inside a transaction: the canonical bytes of a document; gives the seal.

    ``candidate`` and ``role`` are ids of rows here; ``received_at`` is when it came in, if it did.
    The origin that the document names, another system, is kept beside it. ``body`` are the
    canonical bytes, where they are known.
    """
    body = body or canonical(document)
    sha256 = seal_of(body)
    connection.execute(
        "INSERT INTO sealed_document VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?)",
        (
            document["id"],
            document["type"],
            document.get("format", 1),
            body,
            sha256,
            document.get("origin") or (IMPORT if received_at else None),
            received_at,
            interview,
            candidate,
            role,
        ),
    )
    return sha256


def origin_parts(origin: str) -> tuple[str, str]:
    """(System, moment) of an origin such as ``Greenhouse, as of 2026-03-02T09:00:00.000Z``.

    The moment is "" where the origin names none.
    """
    system, _, moment = origin.partition(", as of ")
    return system, moment


def sealed_document(
    connection: sqlite3.Connection, kind: str, document_id: str
) -> dict[str, object]:
    """A document as it was sealed, with its seal.

    StorageError when it is missing or its bytes do not fit the seal: then somebody wrote to the
    file past this program, and a new seal would hide that.
    """
    row = connection.execute(
        "SELECT body, sha256 FROM sealed_document WHERE kind = ? AND id = ?", (kind, document_id)
    ).fetchone()
    if row is None or seal_of(row[0]) != row[1]:
        raise StorageError(
            f"The {kind} {document_id} is not what was sealed.",
            "The database was changed by another program. Put a backup in its place.",
        )
    return with_its_seal(row[0], row[1])


def with_its_seal(body: bytes, sha256: str) -> dict[str, object]:
    """A document from its canonical bytes, with its seal; its fields in the order of the bytes."""
    content: dict[str, object] = json.loads(body)
    return content | {"sha256": sha256}
