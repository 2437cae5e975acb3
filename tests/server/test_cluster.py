"""A server is made ready once, again, and by nobody who may not."""

import psycopg2
import pytest
from psycopg2 import sql
from psycopg2.extensions import make_dsn

from app.core.errors import EnvironmentFault
from app.server.cluster import prepare_database
from app.server.connect import administrator_connection, check_version, worker_connection
from app.server.worker import Worker
from tests.postgres import shared_postgres
from tests.servers import Server

DATABASE = "gantry_prepared"


def test_prepare_twice(server: Server) -> None:
    root = shared_postgres().dsn()
    worker_password = make_password(server)
    try:
        for _ in range(2):
            dsn = prepare_database(root, DATABASE, worker_password=worker_password)
            worker = Worker(dsn)
            assert worker.apply_waiting() == 0
            worker.close()
        opened = administrator_connection(root, database=DATABASE)
        with opened.cursor() as cursor:
            cursor.execute("show server_encoding")
            assert cursor.fetchone() == ("UTF8",)
            cursor.execute("select '桩' ~ '\\w', lower('ÄÖ')")
            assert cursor.fetchone() == (True, "äö")
        opened.close()
    finally:
        opened = administrator_connection(root)
        with opened.cursor() as cursor:
            cursor.execute(
                sql.SQL("drop database if exists {} with (force)").format(sql.Identifier(DATABASE))
            )
        opened.close()


def make_password(server: Server) -> str:
    """The worker's own: its login belongs to the whole cluster and other tests use it."""
    return str(psycopg2.extensions.parse_dsn(server.worker_dsn)["password"])


def test_only_a_superuser_prepares(server: Server) -> None:
    server.add_person("he.xie")
    dsn = make_dsn(server.dsn_for("he.xie"))
    with pytest.raises(EnvironmentFault) as caught:
        prepare_database(dsn, "gantry_never")
    # People may not even enter the maintenance database of a closed cluster; here they may.
    assert caught.value.reason.text_id in (
        "server.admin.not_superuser",
        "server.admin.no_connection",
    )


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
