"""The outbox's file from any of its versions to this program's."""

from collections.abc import Iterator
from typing import Any

import pytest
from sqlcipher3 import dbapi2 as sqlcipher

from app.core.errors import EnvironmentFault
from app.sync import outbox_schema
from app.sync.outbox_schema import MIGRATIONS, migrate


@pytest.fixture
def connection() -> Iterator[Any]:
    made = sqlcipher.connect(":memory:", isolation_level=None)
    yield made
    made.close()


def tables(connection: Any) -> set[str]:
    rows = connection.execute("select name from sqlite_master where type = 'table'")
    return {row[0] for row in rows} - {"sqlite_sequence"}


def version(connection: Any) -> int:
    found: int = connection.execute("pragma user_version").fetchone()[0]
    return found


def test_a_new_file_is_made_and_an_old_one_kept(connection: Any) -> None:
    migrate(connection)
    assert tables(connection) == {"identity", "command", "chunk", "note"}
    assert version(connection) == len(MIGRATIONS)
    connection.execute("insert into note values ('a', 'b')")
    migrate(connection)
    assert connection.execute("select value from note").fetchall() == [("b",)]


def test_a_newer_programs_file_is_left_alone(connection: Any) -> None:
    connection.execute(f"pragma user_version = {len(MIGRATIONS) + 1}")
    with pytest.raises(EnvironmentFault) as raised:
        migrate(connection)
    assert raised.value.reason.text_id == "sync.outbox_newer"
    assert tables(connection) == set()


def test_a_step_that_fails_leaves_the_version_before(
    connection: Any, monkeypatch: pytest.MonkeyPatch
) -> None:
    migrate(connection)
    connection.execute("insert into note values ('a', 'b')")
    broken = "CREATE TABLE more (n);\nINSERT INTO nowhere VALUES (1);\n"
    monkeypatch.setattr(outbox_schema, "MIGRATIONS", (*MIGRATIONS, broken))
    with pytest.raises(sqlcipher.OperationalError):
        migrate(connection)
    assert "more" not in tables(connection)
    assert version(connection) == len(MIGRATIONS)
    monkeypatch.setattr(outbox_schema, "MIGRATIONS", (*MIGRATIONS, "CREATE TABLE more (n);\n"))
    migrate(connection)
    assert "more" in tables(connection)
    assert version(connection) == len(MIGRATIONS) + 1
    assert connection.execute("select value from note").fetchall() == [("b",)]


@pytest.mark.parametrize(
    ("column", "value"), [("state", "'lost'"), ("seq", "'one'"), ("device_id", "NULL")]
)
def test_what_no_program_means_is_not_stored(connection: Any, column: str, value: str) -> None:
    migrate(connection)
    values = {
        **dict.fromkeys(("op_id", "scope_id", "device_id", "kind", "payload", "issued_at"), "'x'"),
        **dict.fromkeys(("seq", "version", "online", "bulk"), "1"),
        "state": "'saved'",
    }
    insert = "insert into command ({}) values ({})"
    connection.execute(insert.format(", ".join(values), ", ".join(values.values())))
    wrong = {**values, "op_id": "'y'", "seq": "2", column: value}
    with pytest.raises(sqlcipher.IntegrityError):
        connection.execute(insert.format(", ".join(wrong), ", ".join(wrong.values())))
