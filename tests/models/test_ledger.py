"""A ledger on the server: what is posted never changes, and only those who may see money see it."""

from collections.abc import Iterator
from contextlib import contextmanager
from typing import Any
from uuid import UUID, uuid4

import psycopg2
import pytest
from psycopg2.extensions import connection as Connection  # noqa: N812 - it is a class
from psycopg2.extensions import make_dsn

from app.core.people import MONEY, Job
from app.models.ledger import LedgerEntry, LedgerLine, LedgerPeriod
from tests.models.asking import connect, insert_row, refused, rows
from tests.models.rights_matrix import MONEY_READERS
from tests.servers import Server

KEPT, UNBALANCED = "GA003", "GA004"
TABLES = ("ledger_period", "ledger_entry", "ledger_line")

ENTRY = (
    "insert into ledger_entry (scope_id, id, business_date, summary, party, kind, state, number,"
    " provisional, content_hash, remark, edited_by, submitted_by, approved_by, posted_by,"
    " row_version, created_at, created_by, updated_at, updated_by) values (%s, %s, '2026-03-02',"
    " '', '', 'normal', 'approved', null, '', '', '', '', '', '', '', 1, now(), 'a', now(), 'a')"
)
LINE = (
    "insert into ledger_line (scope_id, id, entry_id, position, account, text, debit, credit,"
    " row_version, created_at, created_by, updated_at, updated_by)"
    " values (%s, %s, %s, 1, '1002', '', %s, %s, 1, now(), 'a', now(), 'a')"
)
POST = "update ledger_entry set state = 'posted', number = %s where scope_id = %s and id = %s"


@pytest.fixture
def worker(server: Server) -> Iterator[Connection]:
    """The worker's own login, in autocommit."""
    opened = connect(server.worker_dsn)
    yield opened
    opened.close()


@contextmanager
def transaction(opened: Connection) -> Iterator[None]:
    with opened.cursor() as cursor:
        cursor.execute("begin")
        try:
            yield
        except psycopg2.Error:
            cursor.execute("rollback")
            raise
        cursor.execute("commit")


def run(opened: Connection, statement: str, *values: object) -> None:
    with opened.cursor() as cursor:
        cursor.execute(statement, values)


def written(opened: Connection, scope: UUID, debit: int, credit: int) -> UUID:
    entry = uuid4()
    run(opened, ENTRY, scope, entry)
    run(opened, LINE, scope, uuid4(), entry, debit, 0)
    run(opened, LINE, scope, uuid4(), entry, 0, credit)
    return entry


def code(opened: Connection, statement: str, *values: object) -> str | None:
    try:
        run(opened, statement, *values)
    except psycopg2.Error as error:
        return error.pgcode
    return None


@pytest.fixture
def posted(worker: Connection, projects: tuple[UUID, UUID]) -> tuple[UUID, UUID]:
    """Scope and id of an entry that is posted."""
    with transaction(worker):
        entry = written(worker, projects[0], 5, 5)
        run(worker, POST, f"记-2026-{entry.hex[:4]}", projects[0], entry)
    return projects[0], entry


def test_a_posted_entry_never_changes(worker: Connection, posted: tuple[UUID, UUID]) -> None:
    for change in ("summary = 'x'", "state = 'draft', number = null", "row_version = 2"):
        statement = f"update ledger_entry set {change} where scope_id = %s and id = %s"
        assert code(worker, statement, *posted) == KEPT, change
    assert code(worker, LINE, posted[0], uuid4(), posted[1], 1, 0) == KEPT
    gone = "delete from ledger_line where scope_id = %s and entry_id = %s"
    assert code(worker, gone, *posted) == KEPT


def test_not_even_for_the_databases_own_administrator(
    root: Connection, posted: tuple[UUID, UUID]
) -> None:
    for statement in (
        "update ledger_entry set remark = 'x' where state = 'posted'",
        "delete from ledger_entry where state = 'posted'",
        "update ledger_line set debit = 7 where entry_id = '{}'",
        "update ledger_line set entry_id = '{}' where entry_id <> '{}'",
        "delete from ledger_line where entry_id = '{}'",
        "truncate ledger_line",
        "truncate ledger_entry cascade",
        "truncate ledger_period",
    ):
        assert code(root, statement.replace("{}", str(posted[1]))) == KEPT, statement


def test_the_worker_has_no_grant_to_change_lines_or_throw_entries_away(
    worker: Connection,
) -> None:
    for statement in (
        "update ledger_line set debit = 7",
        "update ledger_entry set kind = 'reversal'",
        "update ledger_entry set created_by = 'x'",
        "update ledger_entry set reverses_id = null",
        "update ledger_period set month = 4",
        "delete from ledger_entry",
        "delete from ledger_period",
        "truncate ledger_entry",
        "delete from document_number",
    ):
        assert refused(worker, statement), statement


def test_debit_is_credit_at_the_commit(worker: Connection, projects: tuple[UUID, UUID]) -> None:
    with transaction(worker):
        entry = written(worker, projects[0], 5, 4)
    with pytest.raises(psycopg2.Error) as caught, transaction(worker):
        run(worker, POST, "记-2026-9001", projects[0], entry)
    assert caught.value.pgcode == UNBALANCED
    with transaction(worker):
        # Order within the transaction does not matter: what counts is its end.
        empty = uuid4()
        run(worker, ENTRY, projects[0], empty)
    with pytest.raises(psycopg2.Error) as caught, transaction(worker):
        run(worker, POST, "记-2026-9002", projects[0], empty)
    assert caught.value.pgcode == UNBALANCED


def test_numbers_are_unique_and_only_for_what_is_posted(
    worker: Connection, projects: tuple[UUID, UUID]
) -> None:
    with transaction(worker):
        first, second = (written(worker, projects[0], 5, 5) for _ in range(2))
        run(worker, POST, "记-2026-9003", projects[0], first)
    assert code(worker, POST, "记-2026-9003", projects[0], second) == "23505"
    assert code(worker, POST, None, projects[0], second) == "23514"
    early = "update ledger_entry set number = 'x' where scope_id = %s and id = %s"
    assert code(worker, early, projects[0], second) == "23514"


@pytest.mark.parametrize("job", Job)
def test_money_is_for_jobs_that_may_see_it(
    server: Server, root: Connection, projects: tuple[UUID, UUID], job: Job
) -> None:
    login = f"money.{job.value}"
    password = server.add_person(login, job=job)
    server.grant(login, projects[0], Job.PLANNER)
    with root.cursor() as cursor:
        cursor.execute("set session_replication_role = replica")
        scope = uuid4()
        for model in (LedgerPeriod, LedgerEntry, LedgerLine):
            insert_row(cursor, model, scope)
        cursor.execute("set session_replication_role = origin")
        telling = (
            "insert into change_feed (scope_id, row_table, row_id, op) values (%s, %s, %s, 'I')"
        )
        for table in (*TABLES, "task"):
            cursor.execute(telling, (projects[0], table, uuid4()))
        insert_conflict(cursor, projects[0])
    person = connect(make_dsn(server.superuser_dsn, user=login, password=password))
    may = job in MONEY
    assert may is (f"gantry_job_{job.value}" in MONEY_READERS)
    for table in TABLES:
        assert refused(person, f"select from {table}") is not may, table
        if may:
            seen = {row[0] for row in rows(person, f"select scope_id from {table}")}
            assert projects[0] in seen
            assert scope not in seen
    told = {row[0] for row in rows(person, "select row_table from change_feed")}
    assert "task" in told
    assert (set(TABLES) <= told) is may
    assert told.isdisjoint(TABLES) is not may
    clashes = {row[0] for row in rows(person, "select row_table from conflict")}
    assert ("ledger_entry" in clashes) is may
    person.close()


def insert_conflict(cursor: Any, scope: UUID) -> None:
    cursor.execute(
        "insert into conflict select (jsonb_populate_record(null::conflict, to_jsonb(known) ||"
        " jsonb_build_object('id', gen_random_uuid(), 'row_table', 'ledger_entry'))).*"
        " from conflict as known where scope_id = %s limit 1",
        (scope,),
    )
