"""Connections of the server process are set as they must be, and faults are told in words."""

import pytest
from psycopg2.extensions import make_dsn
from sqlalchemy import Connection, text
from sqlalchemy.exc import OperationalError

from app.core.errors import EnvironmentFault
from app.server.connect import (
    administrator_connection,
    check_version,
    worker_connection,
    worker_engine,
    writing,
)
from tests.servers import Server


class _OldServer:
    server_version = 15_00_17


def test_an_old_server_is_refused_in_words() -> None:
    with pytest.raises(EnvironmentFault) as caught:
        check_version(_OldServer())  # type: ignore[arg-type]
    assert caught.value.reason.text_id == "server.admin.too_old"
    assert caught.value.reason.parameters == {"found": 15, "needed": 16}


def test_the_second_of_several_hosts_is_found(server: Server) -> None:
    port = server.running.port
    dsn = make_dsn(server.worker_dsn, host="127.0.0.1,127.0.0.1", port=f"1,{port}")
    opened = worker_connection(dsn)
    assert opened.info.port == port
    opened.close()


def test_nobody_there_is_told_in_words() -> None:
    with pytest.raises(EnvironmentFault) as caught:
        administrator_connection("host=127.0.0.1 port=1 user=postgres dbname=postgres")
    assert caught.value.reason.text_id == "server.admin.no_connection"


def test_worker_sessions_are_given_up_when_they_stall(server: Server) -> None:
    opened = worker_connection(server.worker_dsn)
    with opened.cursor() as cursor:
        cursor.execute(
            "select current_setting('idle_in_transaction_session_timeout'),"
            " current_setting('lock_timeout'), current_setting('TimeZone'), session_user::text"
        )
        assert cursor.fetchone() == ("5s", "5s", "UTC", "gantry_server")
    opened.close()


def _end_session(server: Server, connection: Connection) -> None:
    (pid,) = connection.exec_driver_sql("select pg_backend_pid()").one()
    with server.admin.connect() as other:
        other.execute(text("select pg_terminate_backend(:pid)"), {"pid": pid})
    connection.exec_driver_sql("select 1")


def test_a_connection_lost_in_a_transaction_is_told_as_what_it_is(server: Server) -> None:
    engine = worker_engine(server.worker_dsn)
    with pytest.raises(OperationalError) as caught, writing(engine) as connection:
        _end_session(server, connection)
    assert caught.value.connection_invalidated
    engine.dispose()
