"""What every role may do on the server, by the catalogue."""

import pytest
from psycopg2.extensions import connection as Connection  # noqa: N812 - it is a class

from tests.models.asking import rows
from tests.models.rights_matrix import COLUMNS, EVERY_ROLE, FUNCTIONS, TABLES
from tests.servers import Server

PRIVILEGES = ("select", "insert", "update", "delete", "truncate", "references", "trigger")
BY_COLUMN = ("select", "insert", "update", "references")


def test_every_table_has_its_line_in_the_matrix(root: Connection) -> None:
    found = rows(
        root,
        "select relname::text from pg_class where relkind in ('r', 'p', 'v', 'm', 'f')"
        " and relnamespace = 'public'::regnamespace",
    )
    assert {row[0] for row in found} == TABLES.keys()


@pytest.mark.parametrize("role", [*EVERY_ROLE, "public"])
def test_tables(root: Connection, role: str) -> None:
    for table, line in TABLES.items():
        assert privileges(root, role, table) == line.get(role, set()), table


def privileges(root: Connection, role: str, table: str) -> set[str]:
    held = {
        privilege
        for privilege in PRIVILEGES
        if rows(root, "select has_table_privilege(%s, %s, %s)", (role, table, privilege))[0][0]
    }
    by_column = {
        f"{privilege}*"
        for privilege in BY_COLUMN
        if privilege not in held
        and rows(root, "select has_any_column_privilege(%s, %s, %s)", (role, table, privilege))[0][
            0
        ]
    }
    return held | by_column


def test_columns(root: Connection) -> None:
    for (table, role, privilege), wanted in COLUMNS.items():
        found = rows(
            root,
            "select attname::text from pg_attribute where attrelid = %s::regclass and attnum > 0"
            " and has_column_privilege(%s, attrelid, attnum, %s)",
            (table, role, privilege),
        )
        assert {row[0] for row in found} == wanted, (table, role)


def test_functions(root: Connection) -> None:
    found = rows(
        root, "select proname::text, oid from pg_proc where pronamespace = 'app'::regnamespace"
    )
    assert {row[0] for row in found} == FUNCTIONS.keys()
    for name, oid in found:
        held = {
            role
            for role in (*EVERY_ROLE, "public")
            if rows(root, "select has_function_privilege(%s, %s, 'execute')", (role, oid))[0][0]
        }
        assert held == FUNCTIONS[name], name


def test_sequences_are_nobodys(root: Connection) -> None:
    sequences = rows(
        root,
        "select oid from pg_class where relkind = 'S' and relnamespace = 'public'::regnamespace",
    )
    assert sequences
    for role in (*EVERY_ROLE, "public"):
        for (oid,) in sequences:
            for privilege in ("usage", "select", "update"):
                query = "select has_sequence_privilege(%s, %s, %s)"
                assert not rows(root, query, (role, oid, privilege))[0][0]


def test_public_has_nothing(server: Server, root: Connection) -> None:
    for schema in ("public", "app"):
        for privilege in ("usage", "create"):
            query = "select has_schema_privilege('public', %s, %s)"
            assert not rows(root, query, (schema, privilege))[0][0]
    for privilege in ("connect", "temp", "create"):
        query = "select has_database_privilege('public', %s, %s)"
        assert not rows(root, query, (server.database, privilege))[0][0]
