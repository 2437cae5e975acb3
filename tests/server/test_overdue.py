"""Sessions that hold something for too long are ended, whatever they told the server to wait."""

from collections.abc import Iterator
from contextlib import closing
from datetime import timedelta

import psycopg2
import pytest
from psycopg2.extensions import connection as Connection  # noqa: N812 - it is a class

from app.server.connect import worker_connection
from app.server.overdue import Limits, Overdue
from tests.models.asking import connect, rows
from tests.servers import Server
from tests.sync.desks import HandClock

LONG = timedelta(days=1)
NONE = timedelta(0)
DEAF = (
    "set idle_in_transaction_session_timeout = 0; set transaction_timeout = 0;"
    " set statement_timeout = 0;"
)


@pytest.fixture
def ear(server: Server) -> Iterator[Connection]:
    with closing(worker_connection(server.worker_dsn)) as opened:
        opened.autocommit = True
        yield opened


@pytest.fixture
def person(server: Server) -> Iterator[Connection]:
    server.add_person("lin.feng")
    opened = connect(server.dsn_for("lin.feng"))
    yield opened
    opened.close()


def lives(opened: Connection) -> bool:
    try:
        rows(opened, "select 1")
    except psycopg2.Error:
        return False
    return True


@pytest.mark.parametrize(
    "limits", [Limits(NONE, LONG, LONG), Limits(LONG, LONG, NONE)], ids=["idle", "whole"]
)
def test_a_transaction_that_stays_open_is_ended(
    ear: Connection, person: Connection, limits: Limits
) -> None:
    with person.cursor() as cursor:
        cursor.execute(DEAF + "begin; select from project")
    assert Overdue(ear, Limits()).look() == 0
    assert Overdue(ear, limits).look() == 1
    assert not lives(person)


def test_a_statement_that_never_ends_is_ended(ear: Connection, server: Server) -> None:
    server.add_person("ma.chao")
    busy = psycopg2.connect(server.dsn_for("ma.chao"), async_=1)
    while busy.poll() != psycopg2.extensions.POLL_OK:
        pass
    busy.cursor().execute("set statement_timeout = 0; select pg_sleep(3600)")
    endless = Limits(LONG, NONE, LONG)
    # The server may not have begun with it yet.
    clock = HandClock()
    overdue = Overdue(ear, endless, monotonic=clock.monotonic)
    for _ in range(10_000):
        if overdue.look():
            break
        clock.pass_time(10)
    else:
        raise AssertionError("it goes on")
    busy.close()


def test_resting_sessions_the_worker_and_administrators_go_on(
    ear: Connection, person: Connection, server: Server
) -> None:
    with (
        closing(connect(server.superuser_dsn)) as root,
        closing(worker_connection(server.worker_dsn)) as worker,
    ):
        for opened in (root, worker):
            with opened.cursor() as cursor:
                cursor.execute("begin; select 1")
        assert lives(person)
        assert Overdue(ear, Limits(NONE, NONE, NONE)).look() == 0
        assert all(map(lives, (root, worker, person)))


def test_looks_are_ten_seconds_apart(ear: Connection, person: Connection) -> None:
    clock = HandClock()
    overdue = Overdue(ear, Limits(NONE, LONG, LONG), monotonic=clock.monotonic)
    assert overdue.look() == 0
    with person.cursor() as cursor:
        cursor.execute("begin; select 1")
    clock.pass_time(9)
    assert overdue.look() == 0
    clock.pass_time(2)
    assert overdue.look() == 1


def test_only_the_worker_ends_sessions(person: Connection) -> None:
    with pytest.raises(psycopg2.errors.InsufficientPrivilege):
        rows(person, "select app.end_overdue('0', '0', '0')")
