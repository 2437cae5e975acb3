"""Connections with deadlines, and encrypted files."""

import socket
import time
from pathlib import Path

import psycopg2
import pytest
from psycopg2.extensions import parse_dsn
from sqlalchemy import text
from sqlalchemy.exc import OperationalError
from sqlcipher3 import dbapi2 as sqlcipher

from app.models.engines import (
    CipherKey,
    DeadlineMissed,
    PostgresAddress,
    connect_postgres,
    encrypted_engine,
    open_encrypted,
    postgres_engine,
)
from tests.postgres import shared_postgres

KEY = CipherKey("0f" * 32)


def _address(**others: object) -> tuple[PostgresAddress, str]:
    dsn = parse_dsn(shared_postgres().dsn())
    values: dict[str, object] = {
        "host": dsn["host"],
        "port": int(dsn["port"]),
        "database": dsn["dbname"],
        "user": dsn["user"],
    } | others
    return PostgresAddress(**values), str(dsn["password"])  # type: ignore[arg-type]


def test_a_call_without_an_answer_ends() -> None:
    address, password = _address()
    connection = connect_postgres(address, password, silence_s=0.2)
    began = time.monotonic()
    with connection.cursor() as cursor, pytest.raises(DeadlineMissed):
        cursor.execute("select pg_sleep(30)")
    assert time.monotonic() - began < 25
    assert connection.closed


def test_a_server_that_swallows_the_greeting() -> None:
    with socket.create_server(("127.0.0.1", 0)) as silent:
        address, password = _address(port=silent.getsockname()[1])
        with pytest.raises(DeadlineMissed):
            connect_postgres(address, password, silence_s=0.2)


def test_an_engine_names_itself_and_hides_the_password() -> None:
    address, password = _address()
    engine = postgres_engine(address, password)
    with engine.connect() as connection:
        name = connection.execute(text("show application_name")).scalar_one()
    assert name == "gantry"
    assert password not in repr(engine)
    assert password not in str(engine.url)


def test_nobody_listens() -> None:
    address, password = _address(port=1)
    with pytest.raises(psycopg2.OperationalError):
        connect_postgres(address, password)


def test_a_file_is_unreadable_without_its_key(tmp_path: Path) -> None:
    file = tmp_path / "x.db"
    connection = open_encrypted(file, KEY)
    connection.execute("create table t (words)")
    connection.execute("insert into t values ('龙门机密')")
    connection.close()
    body = b"".join(part.read_bytes() for part in tmp_path.iterdir())
    assert b"SQLite format" not in body
    assert "龙门机密".encode() not in body
    with pytest.raises(sqlcipher.DatabaseError):
        open_encrypted(file, CipherKey("00" * 32))


def test_what_people_typed_is_in_no_exception(tmp_path: Path) -> None:
    engine = encrypted_engine(tmp_path / "a.db", KEY, read_only=False)
    with engine.connect() as connection, pytest.raises(OperationalError) as raised:
        connection.execute(text("insert into missing values (:a)"), {"a": "班组工资"})
    assert "班组工资" not in str(raised.value)
    engine.dispose()


def test_readers_do_not_write_and_do_not_wait(tmp_path: Path) -> None:
    file = tmp_path / "x.db"
    writing = encrypted_engine(file, KEY, read_only=False)
    reading = encrypted_engine(file, KEY, read_only=True)
    with writing.begin() as connection:
        connection.exec_driver_sql("create table t (n)")
    with writing.begin() as writer, reading.connect() as reader:
        writer.exec_driver_sql("insert into t values (1)")
        assert reader.exec_driver_sql("select count(*) from t").scalar_one() == 0
        with pytest.raises(OperationalError):
            reader.exec_driver_sql("insert into t values (2)")
    for engine in (writing, reading):
        engine.dispose()
