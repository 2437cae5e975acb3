"""What people and the worker may do on the server, by trying."""

from uuid import UUID, uuid4

import psycopg2
import pytest
from psycopg2.extensions import connection as Connection  # noqa: N812 - it is a class

from app.core.ids import COMPANY_SCOPE
from app.core.people import Job
from app.models.parts import SYNCED
from tests.models.asking import connect, refused, rows
from tests.models.rights_matrix import (
    EVERY_ROLE,
    TABLES,
)
from tests.servers import Server


def test_a_person_sees_the_rows_of_own_scopes_only(
    lin: Connection, projects: tuple[UUID, UUID]
) -> None:
    for model in SYNCED:
        if "gantry_person" not in TABLES[model.__tablename__]:
            assert refused(lin, f"select from {model.__tablename__}"), model
            continue
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
