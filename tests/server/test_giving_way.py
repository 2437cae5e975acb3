"""An upgrade does not wait for somebody who reads a table and never ends."""

from contextlib import closing

import psycopg2
import pytest
from sqlalchemy import create_engine, text

from app.models.migrate import MIGRATION_LOCK, downgrade, revision_of
from app.server.cluster import migrate_database
from app.server.giving_way import people_give_way
from tests.models.asking import connect, rows
from tests.servers import Server

HOLDING = "set idle_in_transaction_session_timeout = 0; begin; select count(*) from payload_chunk"


def test_a_person_who_reads_a_table_does_not_hold_up_an_upgrade(server: Server) -> None:
    server.add_person("lin.feng")
    with server.admin.begin() as connection:
        newest = revision_of(connection)
        downgrade(connection, "0001")
    with closing(connect(server.dsn_for("lin.feng"))) as holder:
        with holder.cursor() as cursor:
            cursor.execute(HOLDING)
        migrate_database(server.superuser_dsn, server.database)
        with pytest.raises(psycopg2.Error):
            rows(holder, "select 1")
    with server.admin.begin() as connection:
        assert revision_of(connection) == newest


def test_those_who_hold_nothing_up_go_on(server: Server) -> None:
    server.add_person("lin.feng")
    engine = create_engine(server.admin.url)
    with closing(connect(server.dsn_for("lin.feng"))) as reader, engine.begin() as upgrading:
        with reader.cursor() as cursor:
            cursor.execute(HOLDING)
        backend = upgrading.scalar(text("select pg_backend_pid()"))
        with people_give_way(server.superuser_dsn, server.database, backend):
            upgrading.execute(text("alter table job add column planted integer"))
        assert rows(reader, "select 1") == [(1,)]
        upgrading.rollback()
    engine.dispose()


def test_a_person_cannot_take_the_lock_of_upgrades(server: Server) -> None:
    server.add_person("lin.feng")
    with closing(connect(server.dsn_for("lin.feng"))) as opened:
        for statement in (
            f"begin; {MIGRATION_LOCK}",
            "begin; lock table pg_catalog.pg_language in exclusive mode",
            "select from pg_catalog.pg_language for update",
            "select pg_advisory_lock(113670930855513)",
            "select pg_advisory_xact_lock_shared(1)",
            "select pg_try_advisory_lock(1, 1)",
        ):
            with (
                pytest.raises(psycopg2.errors.InsufficientPrivilege),
                opened.cursor() as cursor,
            ):
                cursor.execute(statement)
            with opened.cursor() as cursor:
                cursor.execute("rollback")
