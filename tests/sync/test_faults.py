"""SQLite's own complaints, told apart by what SQLite really raises."""

import contextlib
from pathlib import Path
from typing import Any

import pytest
from sqlalchemy.exc import DBAPIError
from sqlcipher3 import dbapi2 as sqlcipher

from app.sync.faults import disk_fault, driver_error, is_disk_fault, is_file_damage


def complaint(connection: Any, *statements: str) -> Any:
    """What the last of the statements is answered with."""
    *before, last = statements
    with contextlib.closing(connection):
        for statement in before:
            connection.execute(statement)
        with pytest.raises(sqlcipher.Error) as raised:
            connection.execute(last)
    return raised.value


def test_a_file_that_is_no_database(tmp_path: Path) -> None:
    file = tmp_path / "spoilt.db"
    file.write_bytes(b"not a database, and long enough to be looked at" * 100)
    error = complaint(sqlcipher.connect(str(file)), "select count(*) from sqlite_master")
    assert is_file_damage(error)
    assert not is_disk_fault(error)


def test_a_full_file(tmp_path: Path) -> None:
    error = complaint(
        sqlcipher.connect(str(tmp_path / "full.db")),
        "create table t (body)",
        "pragma max_page_count = 4",
        "insert into t values (randomblob(100000))",
    )
    assert is_disk_fault(error)
    assert not is_file_damage(error)
    assert disk_fault("D:/desk").reason.parameters == {"folder": "D:/desk"}


def test_a_folder_that_is_not_there(tmp_path: Path) -> None:
    with pytest.raises(sqlcipher.Error) as raised:
        sqlcipher.connect(str(tmp_path / "none" / "x.db"))
    assert is_disk_fault(raised.value)


def test_our_own_mistakes_are_neither() -> None:
    error = complaint(sqlcipher.connect(":memory:"), "select * from nowhere")
    for found in (error, ValueError("SQLITE_FULL"), OSError(28, "no space")):
        assert not is_disk_fault(found)
        assert not is_file_damage(found)


def test_the_drivers_error_is_found_below_sqlalchemys(tmp_path: Path) -> None:
    file = tmp_path / "spoilt.db"
    file.write_bytes(b"x" * 5000)
    error = complaint(sqlcipher.connect(str(file)), "select count(*) from sqlite_master")
    wrapped = DBAPIError("select", None, error)
    assert driver_error(wrapped) is error
    assert is_file_damage(wrapped)
    plain = ValueError()
    assert driver_error(plain) is plain
