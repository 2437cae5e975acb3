"""The worker hears when commands arrive, and when it has to stop."""

import threading
from uuid import uuid4

import psycopg2
import pytest
from sqlalchemy import text

from app.server.inbox_ear import InboxEar
from tests.server.inbox import BareDesk, found_project
from tests.servers import Server


def test_hears_a_push(server: Server, desk: BareDesk) -> None:
    stop = threading.Event()
    with InboxEar(server.worker_dsn) as ear:
        assert not ear.wait(0, stop)
        desk.send(found_project(uuid4()))
        assert ear.wait(30, stop)
        assert not ear.wait(0, stop)


def test_a_stop_ends_the_waiting(server: Server) -> None:
    stop = threading.Event()
    with InboxEar(server.worker_dsn) as ear:
        threading.Timer(0.05, stop.set).start()
        assert not ear.wait(600, stop)


def test_a_lost_connection_is_noticed(server: Server) -> None:
    with InboxEar(server.worker_dsn) as ear:
        with server.admin.connect() as connection:
            connection.execute(
                text(
                    "select pg_terminate_backend(pid) from pg_stat_activity"
                    " where application_name = 'gantry-server-ear' and datname = current_database()"
                )
            )
        with pytest.raises(psycopg2.OperationalError):
            ear.wait(30, threading.Event())
