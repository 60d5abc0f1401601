"""Roles and candidates in lists, without those that were merged into others."""

import sqlite3

from interviewkit.interview.records import Candidate, Role


def roles_by_title(connection: sqlite3.Connection) -> list[Role]:
    """All roles, by title."""
    rows = connection.execute(
        "SELECT id, title FROM role WHERE id NOT IN (SELECT alias_id FROM alias "
        "WHERE kind = 'role' AND undone_at = '') ORDER BY title, id"
    )
    return [Role(*row) for row in rows]


def candidates_by_name(connection: sqlite3.Connection, role: Role | None = None) -> list[Candidate]:
    """Candidates by name: all of them, or those interviewed for one role."""
    if role is None:
        rows = connection.execute(
            "SELECT id, name, reference FROM candidate WHERE id NOT IN (SELECT alias_id "
            "FROM alias WHERE kind = 'candidate' AND undone_at = '') ORDER BY name, id"
        )
    else:
        rows = connection.execute(
            "SELECT DISTINCT c.id, c.name, c.reference FROM candidate AS c "
            "JOIN interview AS i ON i.candidate_id = c.id WHERE i.role_id = ? "
            "ORDER BY c.name, c.id",
            (role.id,),
        )
    return [Candidate(*row) for row in rows]
