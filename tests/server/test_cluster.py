"""A server is made ready once, again, and by nobody who may not."""

import psycopg2
import pytest
from psycopg2 import sql
from psycopg2.extensions import make_dsn

from app.core.errors import EnvironmentFault
from app.server.cluster import prepare_database
from app.server.connect import administrator_connection
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
