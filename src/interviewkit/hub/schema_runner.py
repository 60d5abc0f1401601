"""Brings a hub's schema up to date: numbered files of plain SQL, each run in its turn and noted.

All of them or none: one transaction, which runners that come at once enter one after another. A
file that was run and has changed since stops everything, because the hub would not be what the
files say.
"""

import hashlib
from collections.abc import Mapping
from importlib.resources import files
from typing import TYPE_CHECKING, Any, NamedTuple

from interviewkit.errors import StorageError

if TYPE_CHECKING:
    from psycopg import Connection

OLDEST_HUB = 3  # the schema number that this client needs
_LOCK = 0x696B2D687562  # "ik-hub": nobody else's advisory lock


class SchemaFile(NamedTuple):
    """``sql`` names the roles ``hub_owner`` and ``hub_members``; the runner fills them in."""

    number: int
    name: str
    sql: str

    @property
    def sha256(self) -> str:
        """Of the file as it is shipped."""
        return hashlib.sha256(self.sql.encode()).hexdigest()


def schema_files() -> list[SchemaFile]:
    """The files that came with this program, in their order."""
    folder = files("interviewkit.hub") / "schema"
    names = sorted(path.name for path in folder.iterdir() if path.name.endswith(".sql"))
    return [
        SchemaFile(int(name.partition("_")[0]), name, (folder / name).read_text(encoding="utf-8"))
        for name in names
    ]


def newest_schema() -> int:
    """The number of the newest file that came with this program."""
    return schema_files()[-1].number


def run_schema(
    connection: "Connection[tuple[Any, ...]]",
    roles: Mapping[str, str],
    schema: list[SchemaFile] | None = None,
) -> list[str]:
    """Run what is missing, inside the caller's transaction; gives the names of these files.

    ``roles``: hub_owner and hub_members → what they are called here, made of letters, digits and
    underscores. StorageError for a hub that is newer than this program, or whose files differ.
    """
    schema = schema_files() if schema is None else schema
    connection.execute("SELECT pg_advisory_xact_lock(%s)", (_LOCK,))
    connection.execute(
        "CREATE TABLE IF NOT EXISTS hub.schema_file (number integer PRIMARY KEY, "
        "name text NOT NULL, sha256 text NOT NULL, applied_at timestamptz NOT NULL DEFAULT now())"
    )
    rows = connection.execute("SELECT number, sha256 FROM hub.schema_file").fetchall()
    applied = {int(row[0]): str(row[1]) for row in rows}
    _refuse_other_schema(applied, schema)
    names = []
    for file in schema:
        if file.number in applied:
            continue
        sql = file.sql
        for placeholder, role in roles.items():
            sql = sql.replace(placeholder, role)
        connection.execute(sql.encode())
        connection.execute(
            "INSERT INTO hub.schema_file (number, name, sha256) VALUES (%s, %s, %s)",
            (file.number, file.name, file.sha256),
        )
        names.append(file.name)
    return names


def _refuse_other_schema(applied: Mapping[int, str], schema: list[SchemaFile]) -> None:
    if applied and max(applied) > schema[-1].number:
        raise StorageError(
            f"This hub is of schema {max(applied)}; this interviewkit knows schemas up to "
            f"{schema[-1].number}.",
            "Nothing was changed. Install the newer interviewkit that set it up.",
        )
    for file in schema:
        if applied.get(file.number, file.sha256) != file.sha256:
            raise StorageError(
                f"{file.name} is not the file that this hub was set up with.",
                "Nothing was changed. Use the interviewkit that set it up, or a newer one.",
            )
