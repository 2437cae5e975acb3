from pathlib import Path

import psycopg2
import pytest

from app.core.errors import EnvironmentFault
from app.server.embedded import backup
from tests.postgres import shared_postgres


def _execute(database: str, statement: str) -> list[tuple[object, ...]]:
    connection = psycopg2.connect(shared_postgres().dsn(database))
    try:
        connection.autocommit = True
        with connection.cursor() as cursor:
            cursor.execute(statement)
            return list(cursor.fetchall()) if cursor.description else []
    finally:
        connection.close()


def test_a_restored_dump_holds_the_same_rows(tmp_path: Path) -> None:
    _execute("postgres", "create database backup_source")
    _execute("postgres", "create database backup_target")
    try:
        _execute("backup_source", "create table 物料 as select '混凝土 C30'::text as 名称")
        written = tmp_path / "备份 一.dump"
        backup.dump(shared_postgres(), "backup_source", written)
        backup.restore(shared_postgres(), "backup_target", written)
        assert _execute("backup_target", "select * from 物料") == [("混凝土 C30",)]
        assert [path.name for path in tmp_path.iterdir()] == [written.name]
        # A second restore meets the first one's table: nothing of it may stay.
        with pytest.raises(EnvironmentFault):
            backup.restore(shared_postgres(), "backup_target", written)
        assert _execute("backup_target", "select count(*) from 物料") == [(1,)]
    finally:
        _execute("postgres", "drop database backup_source")
        _execute("postgres", "drop database backup_target")


def test_a_failed_dump_keeps_the_older_file_and_says_why(tmp_path: Path) -> None:
    older = tmp_path / "backup.dump"
    older.write_bytes(b"older")
    with pytest.raises(EnvironmentFault) as raised:
        backup.dump(shared_postgres(), "no_such_database", older)
    assert "no_such_database" in str(raised.value.reason.parameters["reason"])
    assert [path.read_bytes() for path in tmp_path.iterdir()] == [b"older"]


def test_a_missing_file_is_named(tmp_path: Path) -> None:
    with pytest.raises(EnvironmentFault) as raised:
        backup.restore(shared_postgres(), "postgres", tmp_path / "none.dump")
    assert raised.value.reason.text_id == "server.backup.no_file"
