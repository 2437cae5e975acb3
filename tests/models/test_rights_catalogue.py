"""What every role may do on the server, by the catalogue."""

import pytest
from psycopg2.extensions import connection as Connection  # noqa: N812 - it is a class

from tests.models.asking import rows
from tests.models.rights_matrix import (
    COLUMNS,
    DEFINERS,
    EVERY_ROLE,
    FUNCTIONS,
    OWN_SCOPES,
    POLICY_FORMS,
    SEES_ALL,
    TABLES,
)
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


def test_row_level_security_is_on_everywhere_and_for_owners_too(root: Connection) -> None:
    found = rows(
        root,
        "select relname from pg_class where relkind in ('r', 'p')"
        " and relnamespace = 'public'::regnamespace and relname <> 'alembic_version'"
        " and not (relrowsecurity and relforcerowsecurity)",
    )
    assert found == []


def test_policies_have_the_allowed_forms(root: Connection) -> None:
    found = rows(
        root,
        "select tablename, policyname, permissive, roles::text[], qual, with_check"
        " from pg_policies",
    )
    assert found
    for table, name, permissive, roles, qual, check in found:
        assert permissive == "PERMISSIVE"
        assert len(roles) == 1, (table, name)
        for expression in filter(None, (qual, check)):
            sees_all = expression == "true" and roles[0] in SEES_ALL
            assert sees_all or expression in POLICY_FORMS, (table, name, expression)
            assert expression != OWN_SCOPES or roles == ["gantry_person"]


def test_definer_functions_are_pinned_and_owned_by_nobody_who_logs_in(root: Connection) -> None:
    found = rows(
        root,
        "select proname::text, rolname::text, proconfig, rolcanlogin, rolsuper"
        " from pg_proc join pg_roles on pg_roles.oid = proowner where prosecdef"
        " and pronamespace = 'app'::regnamespace",
    )
    assert {row[0]: row[1] for row in found} == DEFINERS
    for name, _, settings, may_log_in, superuser in found:
        assert settings == ["search_path=pg_catalog, pg_temp"], name
        assert not may_log_in
        assert not superuser


def test_every_function_of_ours_has_a_pinned_search_path(root: Connection) -> None:
    assert (
        rows(
            root,
            "select proname from pg_proc where pronamespace = 'app'::regnamespace and"
            " proconfig is distinct from array['search_path=pg_catalog, pg_temp']",
        )
        == []
    )


def test_views_run_with_the_rights_of_who_asks(root: Connection) -> None:
    assert (
        rows(
            root,
            "select relname from pg_class where relkind = 'v' and relnamespace in"
            " ('public'::regnamespace, 'app'::regnamespace)"
            " and not coalesce(reloptions @> array['security_invoker=true'], false)",
        )
        == []
    )


def test_group_roles_cannot_log_in_and_hold_no_powers(root: Connection) -> None:
    found = rows(
        root,
        "select rolname::text from pg_roles where rolname = any(%s) and (rolcanlogin"
        " or rolsuper or rolcreaterole or rolcreatedb or rolreplication)",
        (list(EVERY_ROLE),),
    )
    assert found == []
    bypass = rows(
        root, "select rolname::text from pg_roles where rolname like 'gantry%%' and rolbypassrls"
    )
    assert bypass == [("gantry_reader",)]


def test_public_has_nothing(server: Server, root: Connection) -> None:
    for schema in ("public", "app"):
        for privilege in ("usage", "create"):
            query = "select has_schema_privilege('public', %s, %s)"
            assert not rows(root, query, (schema, privilege))[0][0]
    for privilege in ("connect", "temp", "create"):
        query = "select has_database_privilege('public', %s, %s)"
        assert not rows(root, query, (server.database, privilege))[0][0]
