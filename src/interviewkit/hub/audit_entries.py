"""Who did what in a hub, as the administrator and its members read it."""

from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from psycopg import Connection

AuditEntry = tuple[str, str, str, str]
_NEWEST = b"""
SELECT to_char(a.at AT TIME ZONE 'UTC', 'YYYY-MM-DD"T"HH24:MI:SS"Z"'),
    coalesce(m.name, 'administrator'), a.action, a.subject
FROM hub.audit AS a LEFT JOIN hub.member AS m ON m.org = a.org AND m.login = a.member
WHERE a.org = %s ORDER BY a.at DESC LIMIT %s
"""


def read_audit(
    connection: "Connection[tuple[Any, ...]]", organisation: str, limit: int
) -> list[AuditEntry]:
    """(When, member, action, subject) of an organisation by its id, the newest first, as far as
    the connection may read them.
    """
    rows = connection.execute(_NEWEST, (organisation, limit)).fetchall()
    return [(str(at), str(name), str(action), str(subject)) for at, name, action, subject in rows]
