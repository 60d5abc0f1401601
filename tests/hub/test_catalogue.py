"""Every relation and every function of a hub, looked at one by one: what a member may do with it.

So a table, a partition or a view that a later file adds is found by the test that it fails.
"""

from collections.abc import Iterator

import pytest

from round_on_hub import Connection, HubDatabase, Organisation

READ_BY_ALL = {"schema_file"}  # numbers and names of files of this program
RELATIONS = """
SELECT c.oid, c.relname, c.relkind::text, c.relrowsecurity, c.relispartition,
       coalesce('security_invoker=true' = ANY (c.reloptions), false),
       EXISTS (SELECT FROM aclexplode(c.relacl) WHERE grantee = 0),
       has_any_column_privilege(%(login)s, c.oid, 'SELECT, INSERT, UPDATE, REFERENCES')
           OR has_table_privilege(%(login)s, c.oid, 'DELETE, TRUNCATE, TRIGGER')
FROM pg_class AS c JOIN pg_namespace AS n ON n.oid = c.relnamespace
WHERE n.nspname NOT IN ('pg_catalog', 'information_schema', 'pg_toast')
    AND c.relkind IN ('r', 'p', 'v', 'm', 'f', 'S')
"""
FUNCTIONS = """
SELECT proname, has_function_privilege(%(login)s, p.oid, 'EXECUTE'), prosecdef, proconfig
FROM pg_proc AS p JOIN pg_namespace AS n ON n.oid = p.pronamespace
WHERE n.nspname NOT IN ('pg_catalog', 'information_schema')
"""


def faults(connection: Connection, login: str) -> Iterator[str]:
    for _, name, kind, guarded, is_partition, as_caller, is_public, is_open in connection.execute(
        RELATIONS, {"login": login}
    ).fetchall():
        if is_public:
            yield f"{name}: granted to PUBLIC"
        if not is_open or name in READ_BY_ALL:
            continue
        if is_partition:
            yield f"{name}: a partition does not have its parent's policies"
        elif kind == "v" and not as_caller:
            yield f"{name}: a view reads with its owner's rights"
        elif kind in "mfS" or (kind in "rp" and not guarded):
            yield f"{name}: open to members without row security"


@pytest.fixture(scope="module")
def organisation(database: HubDatabase) -> Organisation:
    made = database.organisation()
    made.join("Mallory")
    return made


def test_every_relation_that_members_reach_is_guarded(organisation: Organisation) -> None:
    login = organisation.logins["Mallory"].address.login
    with organisation.database.superuser() as connection:
        assert list(faults(connection, login)) == []
        (count,) = connection.execute("SELECT count(*) FROM pg_policies").fetchall()[0]
        assert count >= 15


@pytest.mark.parametrize(
    ("statement", "fault"),
    [
        ("CREATE TABLE hub.forgotten (x int)", "forgotten: open to members"),
        (
            "CREATE VIEW hub.forgotten AS SELECT * FROM hub.sealed_document",
            "forgotten: a view reads with its owner's rights",
        ),
        (
            "CREATE TABLE hub.parent (x int) PARTITION BY LIST (x);"
            "ALTER TABLE hub.parent ENABLE ROW LEVEL SECURITY;"
            "CREATE TABLE hub.forgotten PARTITION OF hub.parent DEFAULT",
            "forgotten: a partition does not",
        ),
        (
            "CREATE MATERIALIZED VIEW hub.forgotten AS SELECT * FROM hub.sealed_document",
            "forgotten: open to members",
        ),
        ("GRANT SELECT ON hub.blind TO PUBLIC", "blind: granted to PUBLIC"),
    ],
)
def test_the_walk_finds_what_was_forgotten(
    organisation: Organisation, statement: str, fault: str
) -> None:
    login = organisation.logins["Mallory"].address.login
    with (
        organisation.database.superuser() as connection,
        connection.transaction(force_rollback=True),
    ):
        connection.execute(statement.encode())
        connection.execute(f"GRANT SELECT ON ALL TABLES IN SCHEMA hub TO {login}".encode())
        assert any(line.startswith(fault) for line in faults(connection, login))


def test_members_call_three_functions_and_no_search_path_reaches_any(
    organisation: Organisation,
) -> None:
    login = organisation.logins["Mallory"].address.login
    with organisation.database.superuser() as connection:
        rows = connection.execute(FUNCTIONS, {"login": login}).fetchall()
    assert {name for name, is_callable, *_ in rows if is_callable} == {
        "accept_invitation",
        "acknowledge",
        "erase",
    }
    assert all(config == ["search_path=pg_catalog"] for *_, config in rows)


def test_the_owner_cannot_log_in_and_no_member_becomes_it(organisation: Organisation) -> None:
    login = organisation.logins["Mallory"].address.login
    with organisation.database.superuser() as connection:
        rows = connection.execute(
            "SELECT o.rolcanlogin, o.rolbypassrls, o.rolcreaterole, "
            "pg_has_role(%s, o.oid, 'MEMBER') "
            "FROM pg_roles AS o WHERE o.oid = "
            "(SELECT nspowner FROM pg_namespace WHERE nspname = 'hub')",
            (login,),
        ).fetchall()
        assert rows == [(False, False, False, False)]
        limits = connection.execute(
            "SELECT rolconnlimit, rolconfig FROM pg_roles WHERE rolname = %s", (login,)
        ).fetchall()[0]
    assert limits[0] == 4
    assert {setting.partition("=")[0] for setting in limits[1]} == {
        "statement_timeout",
        "lock_timeout",
        "idle_in_transaction_session_timeout",
        "jit",
    }
