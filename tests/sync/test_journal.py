"""Undo by journal gives back the rows exactly, whatever was done to them."""

from collections.abc import Iterator
from pathlib import Path
from tempfile import TemporaryDirectory
from uuid import UUID

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from sqlalchemy import Connection
from sqlalchemy.exc import IntegrityError

from app.models.engines import CipherKey
from app.sync.cache import Cache
from app.sync.journal import journal_off, journal_on, undo, undo_everything

SCOPES = (UUID(int=1), UUID(int=2))
_COLUMNS = (
    "scope_id, id, name, week, note, row_version, created_at, created_by, updated_at, updated_by"
)

Step = tuple[str, int, int, str]
steps = st.lists(
    st.tuples(
        st.sampled_from(["insert", "replace", "update", "delete"]),
        st.integers(0, 1),
        st.integers(0, 3),
        st.text(max_size=3),
    ),
    max_size=12,
)


@pytest.fixture(scope="module")
def cache() -> Iterator[Cache]:
    with TemporaryDirectory() as folder:
        opened = Cache(Path(folder), CipherKey("cd" * 32))
        yield opened
        opened.close()


def _do(connection: Connection, step: Step) -> None:
    kind, scope, row, words = step
    key = (SCOPES[scope].hex, UUID(int=row).hex)
    if kind == "update":
        connection.exec_driver_sql(
            "UPDATE work_calendar SET name = ? WHERE scope_id = ? AND id = ?", (words, *key)
        )
    elif kind == "delete":
        connection.exec_driver_sql("DELETE FROM work_calendar WHERE scope_id = ? AND id = ?", key)
    else:
        manner = "OR REPLACE" if kind == "replace" else "OR IGNORE"
        connection.exec_driver_sql(
            f"INSERT {manner} INTO work_calendar ({_COLUMNS}) "
            "VALUES (?, ?, ?, '[]', '', 1, '2026-01-01', 'a', '2026-01-01', 'a')",
            (*key, words),
        )


def _rows(connection: Connection, scope: UUID | None = None) -> set[tuple[object, ...]]:
    rows = connection.exec_driver_sql(f"SELECT {_COLUMNS} FROM work_calendar")
    return {tuple(row) for row in rows if scope is None or row[0] == scope.hex}


@settings(max_examples=60, deadline=None)
@given(before=steps, after=steps)
def test_undo_gives_back_what_was(cache: Cache, before: list[Step], after: list[Step]) -> None:
    with cache.edit() as connection:
        connection.exec_driver_sql("DELETE FROM work_calendar")
        for step in before:
            _do(connection, step)
        was = _rows(connection)
        journal_on(connection)
        for step in after:
            _do(connection, step)
        touched = _rows(connection, SCOPES[1])
        journal_off(connection)
        undo(connection, [SCOPES[0]])
        assert _rows(connection, SCOPES[0]) == {row for row in was if row[0] == SCOPES[0].hex}
        assert _rows(connection, SCOPES[1]) == touched
        undo_everything(connection)
        assert _rows(connection) == was
        left = connection.exec_driver_sql("SELECT count(*) FROM journal_work_calendar")
        assert left.scalar_one() == 0


def test_keys_never_change(cache: Cache) -> None:
    with cache.edit() as connection:
        _do(connection, ("replace", 0, 0, "x"))
        with pytest.raises(IntegrityError, match="key never changes"):
            connection.exec_driver_sql("UPDATE work_calendar SET id = ?", (UUID(int=77).hex,))
