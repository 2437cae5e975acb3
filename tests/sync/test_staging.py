"""Rows on their way into the cache."""

from collections.abc import Iterator
from pathlib import Path
from uuid import UUID

import pytest
from sqlalchemy import select

from app.models.engines import CipherKey
from app.sync.cache import Cache
from app.sync.staging import (
    CHANGED,
    STAGE_FILE,
    STAGED,
    Bootstrap,
    bootstrap_under_way,
    clear,
    create_stage,
    note_bootstrap,
    stage_changes,
    stage_rows,
)
from app.sync.wire import Row

HERE, ELSEWHERE = UUID(int=1), UUID(int=2)
NOW = "2026-03-02 00:00:00.000000"
BEGUN = Bootstrap("1/1/a", "5:5:", {HERE: "planner|person"}, "person", (HERE, UUID(int=9)))


@pytest.fixture
def cache(tmp_path: Path) -> Iterator[Cache]:
    opened = Cache(tmp_path, CipherKey("ef" * 32))
    yield opened
    opened.close()


def person(row_id: int, name: str, scope: UUID = HERE) -> Row:
    """A row as the server sends it: the columns of `person` in order."""
    key = (scope.hex, UUID(int=row_id).hex)
    return (*key, f"p{row_id}", name, "", True, 1, NOW, "x", NOW, "x")


def staged(cache: Cache) -> dict[int, str]:
    table = STAGED["person"]
    with cache.staging() as connection:
        rows = connection.execute(select(table.c.id, table.c.display_name))
        return {row.id.int: row.display_name for row in rows}


def changed(cache: Cache) -> set[tuple[str, int]]:
    with cache.staging() as connection:
        return {(row.row_table, row.id.int) for row in connection.execute(select(CHANGED))}


def test_a_key_that_changes_twice_is_staged_as_it_was_last(cache: Cache) -> None:
    keys = [(HERE, UUID(int=number)) for number in (1, 2)]
    with cache.staging() as connection:
        stage_changes(connection, "person", keys, [person(1, "一"), person(2, "二")])
    with cache.staging() as connection:
        stage_changes(connection, "person", keys, [person(2, "两")])
    assert staged(cache) == {2: "两"}
    # A key without a row behind it is a deletion.
    assert changed(cache) == {("person", 1), ("person", 2)}


def test_more_keys_than_one_statement_takes(cache: Cache) -> None:
    keys = [(HERE, UUID(int=number)) for number in range(1, 1002)]
    for _ in range(2):
        with cache.staging() as connection:
            stage_changes(connection, "person", keys, [person(row.int, "x") for _, row in keys])
    assert len(staged(cache)) == len(changed(cache)) == 1001


def test_a_bootstrap_goes_on_after_the_program_ended(tmp_path: Path) -> None:
    key = CipherKey("ef" * 32)
    cache = Cache(tmp_path, key)
    with cache.staging() as connection:
        assert bootstrap_under_way(connection) is None
        stage_rows(connection, "person", [])
        stage_rows(connection, "person", [person(1, "一")])
        note_bootstrap(connection, Bootstrap("1/1/a", "4:4:", {}))
        note_bootstrap(connection, BEGUN)
    cache.close()
    assert "一".encode() not in (tmp_path / STAGE_FILE).read_bytes()
    again = Cache(tmp_path, key)
    assert staged(again) == {1: "一"}
    with again.staging() as connection:
        assert bootstrap_under_way(connection) == BEGUN
    again.close()


def test_clearing_spares_the_scopes_of_a_bootstrap(cache: Cache) -> None:
    with cache.staging() as connection:
        stage_rows(connection, "person", [person(1, "一"), person(2, "二", ELSEWHERE)])
        stage_changes(connection, "person", [(ELSEWHERE, UUID(int=3))], [])
        note_bootstrap(connection, BEGUN)
        clear(connection, [HERE])
        assert bootstrap_under_way(connection) == BEGUN
    assert (staged(cache), changed(cache)) == ({1: "一"}, set())
    with cache.staging() as connection:
        clear(connection)
        assert bootstrap_under_way(connection) is None
    assert staged(cache) == {}


def test_what_another_program_staged_is_thrown_away(cache: Cache) -> None:
    with cache.staging() as connection:
        stage_rows(connection, "person", [person(1, "一")])
        create_stage(connection)
    assert staged(cache) == {1: "一"}
    with cache.staging() as connection:
        connection.exec_driver_sql("update stage.note set value = 'old' where name = 'definition'")
        connection.exec_driver_sql("create table stage.gone (n)")
        create_stage(connection)
        left = connection.exec_driver_sql("select name from stage.sqlite_master").scalars()
        assert "gone" not in set(left)
    assert staged(cache) == {}


def test_a_power_cut_takes_no_single_pages_of_the_stage(cache: Cache) -> None:
    with cache.staging() as connection:
        # NORMAL: what is left after a power cut is the stage as it was at some moment.
        assert connection.exec_driver_sql("pragma stage.synchronous").scalar_one() == 1
        assert connection.exec_driver_sql("pragma stage.journal_mode").scalar_one() == "wal"


def test_an_empty_column_is_written_as_such(cache: Cache) -> None:
    with cache.staging() as connection:
        nothing = (*person(1, "一")[:9], None, None)
        stage_rows(connection, "person", [nothing])
        table = STAGED["person"]
        assert connection.execute(select(table.c.updated_at, table.c.updated_by)).one() == (
            None,
            None,
        )
