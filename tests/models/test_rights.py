"""What every role may do on the server, by the catalogue and by trying."""

from collections.abc import Iterator, Sequence
from datetime import UTC, date, datetime
from typing import Any
from uuid import UUID, uuid4

import psycopg2
import pytest
from psycopg2.errors import InsufficientPrivilege
from psycopg2.extensions import connection as Connection  # noqa: N812 - it is a class
from psycopg2.extras import Json, register_uuid
from sqlalchemy import Boolean, Date, DateTime, Enum, Integer, Numeric, String, Uuid

from app.core.ids import COMPANY_SCOPE
from app.core.people import Job
from app.models.base import Scoped
from app.models.parts import SYNCED
from app.server.connect import administrator_connection
from tests.models.rights_matrix import (
    COLUMNS,
    DEFINERS,
    FUNCTIONS,
    OWN_SCOPES,
    POLICY_FORMS,
    ROLES,
    SEES_ALL,
    TABLES,
)
from tests.servers import Server, fresh_server

PRIVILEGES = ("select", "insert", "update", "delete", "truncate", "references", "trigger")
BY_COLUMN = ("select", "insert", "update", "references")
# Held by every cluster that our tests share: one for each job.
EVERY_ROLE = (*ROLES, *(f"gantry_job_{job.value}" for job in Job))


@pytest.fixture(scope="module")
def server() -> Iterator[Server]:
    """Two projects; Lin plans in the first, Ma in the second, both in the company."""
    with fresh_server() as made:
        for login in ("lin.feng", "ma.chao"):
            made.add_person(login)
        yield made


@pytest.fixture(scope="module")
def root(server: Server) -> Iterator[Connection]:
    opened = connect(server.superuser_dsn)
    yield opened
    opened.close()


@pytest.fixture(scope="module")
def projects(server: Server, root: Connection) -> tuple[UUID, UUID]:
    """A row of every table in each of two projects."""
    made = (uuid4(), uuid4())
    with root.cursor() as cursor:
        # Foreign keys are not what this is about.
        cursor.execute("set session_replication_role = replica")
        for project in made:
            for model in SYNCED:
                insert_row(cursor, model, project)
            cursor.execute(
                "insert into change_feed (scope_id, row_table, row_id, op)"
                " values (%s, 'task', %s, 'I')",
                (project, project),
            )
        cursor.execute("set session_replication_role = origin")
    server.grant("lin.feng", made[0], Job.PLANNER)
    server.grant("ma.chao", made[1], Job.PLANNER)
    return made


@pytest.fixture
def lin(server: Server, projects: tuple[UUID, UUID]) -> Iterator[Connection]:
    opened = connect(server.dsn_for("lin.feng"))
    yield opened
    opened.close()


def connect(dsn: str) -> Connection:
    opened = administrator_connection(dsn)
    register_uuid(conn_or_curs=opened)  # type: ignore[no-untyped-call]
    return opened


def rows(opened: Connection, query: str, parameters: Sequence[Any] = ()) -> list[Any]:
    with opened.cursor() as cursor:
        cursor.execute(query, parameters)
        return cursor.fetchall()


def insert_row(cursor: Any, model: type[Scoped], scope_id: UUID) -> None:
    values = {
        column.name: scope_id if column.primary_key else sample(column.type)
        for column in model.__table__.columns
        if column.primary_key or not column.nullable
    }
    names, marks = ", ".join(values), ", ".join(["%s"] * len(values))
    cursor.execute(
        f"insert into {model.__tablename__} ({names}) values ({marks})", list(values.values())
    )


def sample(kind: Any) -> Any:
    """Some value that a column of this type takes."""
    if isinstance(kind, Enum):
        return kind.enums[0]
    samples = (
        (String, uuid4().hex[:20]),
        (Uuid, uuid4()),
        (Boolean, True),
        (Integer, 0),
        (Numeric, 0),
        (Date, date(2026, 3, 1)),
        (DateTime, datetime(2026, 3, 1, tzinfo=UTC)),
    )
    found = getattr(kind, "impl_instance", kind)
    return next((value for known, value in samples if isinstance(found, known)), Json([]))


def refused(opened: Connection, statement: str, parameters: Sequence[Any] = ()) -> bool:
    """Whether the server says that there is no right to do this."""
    try:
        with opened.cursor() as cursor:
            cursor.execute(statement, parameters)
    except InsufficientPrivilege:
        return True
    return False


# By the catalogue


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


# By trying


def test_a_person_sees_the_rows_of_own_scopes_only(
    lin: Connection, projects: tuple[UUID, UUID]
) -> None:
    for model in SYNCED:
        found = {row[0] for row in rows(lin, f"select scope_id from {model.__tablename__}")}
        assert projects[0] in found, model
        assert found <= {projects[0], COMPANY_SCOPE}, model
    feed = {row[0] for row in rows(lin, "select scope_id from change_feed")}
    assert feed <= {projects[0], COMPANY_SCOPE}
    assert projects[0] in feed


def test_members_see_their_colleagues_and_nobody_else(
    server: Server, lin: Connection, projects: tuple[UUID, UUID]
) -> None:
    server.add_person("tang.he")
    member = server.grant("tang.he", projects[0], Job.STOREKEEPER)
    query = "select person from scope_member where scope_id = %s and person like '%%.%%'"
    assert {row[0] for row in rows(lin, query, (projects[0],))} == {"lin.feng", "tang.he"}
    assert rows(lin, query, (projects[1],)) == []
    server.revoke(member)
    assert rows(lin, query, (projects[0],)) == [("lin.feng",)]


def test_rights_follow_the_membership(server: Server, root: Connection) -> None:
    server.add_person("gu.yan", job=Job.FINANCE_CLERK)
    held = (
        "select roleid::regrole::text from pg_auth_members where member = 'gu.yan'::regrole"
        " order by 1"
    )
    assert rows(root, held.replace("'gu.yan'", "'\"gu.yan\"'")) == [
        ("gantry_job_finance_clerk",),
        ("gantry_person",),
    ]


def test_a_person_changes_nothing(lin: Connection, projects: tuple[UUID, UUID]) -> None:
    for table in TABLES:
        assert refused(lin, f"delete from {table}"), table
        assert refused(lin, f"truncate {table}"), table
        if table not in ("command_inbox", "payload_chunk"):
            assert refused(lin, f"insert into {table} default values"), table
    for table, column in (
        ("project", "name"),
        ("scope_member", "job"),
        ("command_inbox", "done"),
        ("command_result", "state"),
        ("device", "actor"),
        ("audit_log", "hash"),
        ("worker_lease", "holder"),
        ("server_meta", "generation"),
        ("payload_chunk", "body"),
    ):
        assert refused(lin, f"update {table} set {column} = null"), table
    assert refused(lin, "select from project for update")


COMMAND = (
    "insert into command_inbox (op_id, scope_id, actor, device_id, device_seq, kind, kind_version,"
    " payload, issued_at) values (gen_random_uuid(), %s, %s, %s, 1, 'x', 1, '{}', now())"
)


def test_a_person_asks_under_the_own_name_only(
    lin: Connection, projects: tuple[UUID, UUID]
) -> None:
    for name in ("ma.chao", "gantry_admin", "gantry_person", "gantry_worker"):
        assert refused(lin, COMMAND, (projects[0], name, uuid4())), name
    assert not refused(lin, COMMAND, (projects[0], "lin.feng", uuid4()))
    forged = (
        "insert into payload_chunk (scope_id, sha256, actor, body)"
        " values (%s, sha256('a'), %s, 'a')"
    )
    assert refused(lin, forged, (projects[0], "ma.chao"))
    assert not refused(lin, forged, (projects[0], "lin.feng"))
    for column, value in (
        ("done", "true"),
        ("received_at", "now()"),
        ("on_behalf_of", "'ma.chao'"),
    ):
        statement = COMMAND.replace("issued_at)", f"issued_at, {column})").replace(
            "now())", f"now(), {value})"
        )
        assert refused(lin, statement, (projects[0], "lin.feng", uuid4())), column


def test_no_other_role_can_be_taken_on(
    server: Server, lin: Connection, projects: tuple[UUID, UUID]
) -> None:
    for role in (*EVERY_ROLE, "gantry_server", "ma.chao", "postgres", "pg_read_all_data"):
        assert refused(lin, f'set role "{role}"'), role
        assert refused(lin, f'set session authorization "{role}"'), role
        assert refused(lin, "select set_config('role', %s, false)", (role,)), role
    for trick in (
        "reset role",
        "set role none",
        'set role "lin.feng"',
        "reset session authorization",
        "set app.me = 'ma.chao'",
        "set search_path = pg_temp, public",
        "set row_security = on",
    ):
        with lin.cursor() as cursor:
            cursor.execute(trick)
        assert rows(lin, "select app.me()") == [("lin.feng",)], trick
        assert {row[0] for row in rows(lin, "select id from public.project")} == {projects[0]}


def test_a_person_makes_nothing_on_the_server(lin: Connection) -> None:
    for statement in (
        "create table public.mine (a int)",
        "create table app.mine (a int)",
        "create temp table mine (a int)",
        "create schema mine",
        "create function public.mine() returns int language sql as 'select 1'",
        "create role mine",
        "create database mine",
        "create extension pg_trgm",
        "select lo_create(0)",
        "select lo_from_bytea(0, 'x')",
        "select pg_read_file('postgresql.conf')",
        "select pg_ls_dir('.')",
        "copy (select 1) to program 'true'",
        "copy public.project to '/tmp/mine'",
        "select rolpassword from pg_authid",
        "alter table public.project disable row level security",
        "grant gantry_worker to current_user",
        "alter role current_user bypassrls",
        "drop policy scope on public.project",
        "select app.align_jobs('lin.feng')",
        "select app.command_arrives()",
    ):
        assert refused(lin, statement), statement


def test_row_security_cannot_be_switched_off(lin: Connection) -> None:
    with lin.cursor() as cursor:
        cursor.execute("set row_security = off")
    assert refused(lin, "select * from project")


def test_only_so_many_chunks(root: Connection, lin: Connection) -> None:
    ((count,),) = rows(lin, "select count(*) from payload_chunk")
    with root.cursor() as cursor:
        cursor.execute(
            "insert into payload_chunk (scope_id, sha256, actor, body) select %s,"
            " sha256(n::text::bytea), 'lin.feng', n::text::bytea"
            " from generate_series(%s, 2048) as n",
            (COMPANY_SCOPE, 1 + count),
        )
    with pytest.raises(psycopg2.Error) as caught:
        rows(
            lin,
            "insert into payload_chunk (scope_id, sha256, actor, body)"
            " values (%s, sha256('new'), 'lin.feng', 'new') returning 1",
            (COMPANY_SCOPE,),
        )
    assert caught.value.pgcode == "GA002"
    with root.cursor() as cursor:
        cursor.execute("delete from payload_chunk")


def test_hello_tells_who_and_what(
    server: Server, lin: Connection, projects: tuple[UUID, UUID]
) -> None:
    ((said,),) = rows(lin, "select app.hello()")
    assert said["me"] == "lin.feng"
    assert said["scopes"] == {str(COMPANY_SCOPE): ["planner"], str(projects[0]): ["planner"]}
    assert said["standby"] is False
    assert said["timeline"] == 1


def test_the_worker_keeps_keys_and_history(server: Server, projects: tuple[UUID, UUID]) -> None:
    worker = connect(server.worker_dsn)
    for statement in (
        "update project set scope_id = id",
        "update project set id = scope_id",
        "delete from command_inbox",
        "delete from audit_log",
        "update audit_log set state = 'applied'",
        "update command_result set state = 'applied'",
        "update command_inbox set payload = ''",
        "delete from change_feed",
        "update server_meta set generation = gen_random_uuid()",
        "truncate project",
        "create table mine (a int)",
        "set role postgres",
    ):
        assert refused(worker, statement), statement
    worker.close()
