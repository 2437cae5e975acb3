"""Locks, open transactions and whole crowds of commands: others go on, and so does the worker."""

import zlib
from collections.abc import Iterator
from contextlib import closing
from pathlib import Path
from uuid import uuid4

import psycopg2
import pytest
from psycopg2.errors import InsufficientPrivilege
from psycopg2.extensions import connection as Connection  # noqa: N812 - it is a class
from psycopg2.extensions import make_dsn

from app.services.commands import encode
from tests.models.asking import connect, rows
from tests.models.rights_matrix import TABLES, WRITING_BUILTINS
from tests.server.attacks.conftest import Company
from tests.server.inbox import BareDesk, edit
from tests.sync.desks import edit as desk_edit
from tests.sync.desks import founded_project, name_of, office

MODES = (
    *("row share", "row exclusive", "share update exclusive", "share"),
    *("share row exclusive", "exclusive", "access exclusive"),
)
ROWS = ("update", "no key update", "share", "key share")
PUT = (
    "insert into command_inbox (op_id, scope_id, actor, device_id, device_seq, kind, kind_version,"
    " payload, issued_at) values (%s, %s, %s, %s, %s, 'x', 1, '{}', now())"
)


@pytest.fixture
def holder(company: Company) -> Iterator[Connection]:
    """A transaction of Ma's that stays open."""
    with closing(connect(company.server.dsn_for("ma.chao"))) as opened:
        with opened.cursor() as cursor:
            cursor.execute("set idle_in_transaction_session_timeout = 0; begin")
        yield opened


def is_refused(opened: Connection, statement: str) -> bool:
    with opened.cursor() as cursor:
        cursor.execute("savepoint before")
        try:
            cursor.execute(statement)
        except InsufficientPrivilege:
            cursor.execute("rollback to savepoint before")
            return True
    return False


def works_for(company: Company, desk: BareDesk) -> bool:
    (op_id,) = desk.send(edit(company.lin_project, "", ""))
    company.worker.apply_waiting()
    return desk.answer(op_id) == ("applied", None)


def test_only_the_weakest_lock_can_be_taken(
    company: Company, lin: BareDesk, holder: Connection
) -> None:
    with holder.cursor() as cursor:
        cursor.execute("select rolname from pg_roles where pg_has_role(oid, 'usage')")
        held = {row[0] for row in cursor.fetchall()}
    for table, line in TABLES.items():
        for mode in MODES:
            assert is_refused(holder, f"lock table {table} in {mode} mode"), (table, mode)
        for strength in ROWS:
            assert is_refused(holder, f"select from {table} for {strength}"), (table, strength)
        visible = any("select" in line.get(role, ()) for role in held)
        assert is_refused(holder, f"lock table {table} in access share mode") != visible
    assert works_for(company, lin)


def test_no_lock_of_everybodys_is_a_persons(holder: Connection) -> None:
    locks = [name for name in WRITING_BUILTINS if "advisory" in name and "unlock" not in name]
    assert len(locks) == 8
    for name in locks:
        for key in ("1::bigint", "1, 1"):
            assert is_refused(holder, f"select pg_catalog.{name}({key})"), name
    assert is_refused(holder, "select pg_logical_emit_message(false, 'x', repeat('x', 1000000))")


def test_an_open_transaction_with_commands_holds_up_nobody(
    company: Company, lin: BareDesk, holder: Connection
) -> None:
    with holder.cursor() as cursor:
        for sequence in range(1, 200):
            values = (uuid4(), company.ma_project, "ma.chao", uuid4(), sequence)
            cursor.execute(PUT, values)
    assert works_for(company, lin)


def test_the_same_chunk_of_another_is_neither_seen_nor_waited_for(
    company: Company, lin: BareDesk, holder: Connection
) -> None:
    command = edit(company.lin_project, "", "")
    payload = encode(command)
    packed = zlib.compress(payload.encode())
    with holder.cursor() as cursor:
        cursor.execute(
            "insert into payload_chunk (scope_id, sha256, actor, body)"
            " select %s, sha256(%s), 'ma.chao', %s",
            (company.lin_project, packed, packed),
        )
    with lin.opened.cursor() as cursor:
        cursor.execute("set lock_timeout = '1s'")
    op_id = lin.send_chunked(command.KIND, payload, command.scope_id)
    company.worker.apply_waiting()
    assert lin.answer(op_id) == ("applied", None)


def test_chunks_of_another_are_not_used(company: Company, lin: BareDesk, ma: BareDesk) -> None:
    command = edit(company.lin_project, "", "华中")
    ma.send_chunked(command.KIND, encode(command), command.scope_id)
    stored = ma.rows("select payload from command_inbox where device_id = %s", ma.device_id)
    op_id = lin.send_raw(command.KIND, stored[0][0], command.scope_id)
    company.worker.apply_waiting()
    assert lin.answer(op_id) == ("refused", "server.worker.chunks_missing")


def test_a_transaction_that_names_anothers_device_keeps_nobody_waiting(
    company: Company, tmp_path: Path, holder: Connection
) -> None:
    with office(company.server, tmp_path) as opened:
        founder, desk = opened.filled("zhao.gang", "one"), opened.filled("zhao.gang", "two")
        project = founded_project(opened, founder, desk)
        with holder.cursor() as cursor:
            device = desk._store.outbox.device_id()
            cursor.execute(PUT, (uuid4(), company.ma_project, "ma.chao", device, 1))
        desk.execute(desk_edit(desk, project, name="江湾一号"))
        opened.sync(desk)
        assert desk.status().pending == 0
        assert name_of(desk, project) == "江湾一号"


def test_a_crowd_of_devices_is_one_persons_crowd(company: Company, ma: BareDesk) -> None:
    """None of them can go, as each waits for a command that never comes."""
    crowd = (
        "insert into command_inbox (op_id, scope_id, actor, device_id, device_seq, kind,"
        " kind_version, payload, issued_at) select gen_random_uuid(), %s, 'ma.chao',"
        " gen_random_uuid(), 2, 'x', 1, '{}', now() from generate_series(1, %s) returning 1"
    )
    ma.rows("begin; select 1")
    ma.rows(crowd, company.ma_project, 30_000)
    with pytest.raises(psycopg2.Error) as caught:
        ma.rows(crowd, company.ma_project, 30_000)
    assert caught.value.pgcode == "GA002"


def test_what_a_login_may_use_is_bounded(company: Company, lin: BareDesk) -> None:
    assert lin.rows("show temp_file_limit") == [("1GB",)]
    for statement in (
        "set temp_file_limit = -1",
        "alter role current_user set temp_file_limit = -1",
        "alter role current_user connection limit -1",
    ):
        with pytest.raises(InsufficientPrivilege):
            lin.rows(statement)
    with lin.opened.cursor() as cursor:
        cursor.execute("alter role current_user reset all")
    with BareDesk(company.server, "lin.feng") as again:
        assert again.rows("show temp_file_limit") == [("1GB",)]
        assert again.rows("select rolconnlimit from pg_roles where rolname = current_user") == [
            (16,)
        ]


def test_the_last_connections_are_the_workers(company: Company, root: Connection) -> None:
    assert rows(root, "show reserved_connections") == [("8",)]
    query = "select pg_has_role('gantry_server', 'pg_use_reserved_connections', 'usage')"
    assert rows(root, query) == [(True,)]
    assert rows(root, query.replace("gantry_server", "lin.feng")) == [(False,)]


def test_no_transaction_outlives_its_connection(root: Connection, lin: BareDesk) -> None:
    assert rows(root, "show max_prepared_transactions") == [("0",)]
    with pytest.raises(psycopg2.Error):
        lin.rows("begin; insert into payload_chunk default values; prepare transaction 'x'")


def test_people_do_not_come_into_the_databases_that_postgresql_brings(company: Company) -> None:
    for database in ("postgres", "template1"):
        with pytest.raises(psycopg2.OperationalError, match="pg_hba"):
            psycopg2.connect(make_dsn(company.server.dsn_for("lin.feng"), dbname=database))
