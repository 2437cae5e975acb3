"""Synced tables of an older program become this program's, with their rows."""

from collections.abc import Iterator
from uuid import UUID

import pytest
from sqlalchemy import Connection, Table, create_engine, select

from app.models.base import Scoped
from app.models.parts import SYNCED
from app.sync.cache_schema import (
    columns_of,
    create_all_synced,
    create_own,
    definition,
    drop_journals,
    table_of,
)
from app.sync.cache_upgrade import upgrade
from app.sync.journal import journal_on

SCOPE, ROW = UUID(int=1), UUID(int=2)
# Their checks do not let a row of mere zeros stand: the next pull brings it.
FETCHED_AGAIN = ("project", "task_link", "stock_move", "ledger_period", "ledger_line")
OLD_COLUMNS = tuple(Scoped.__annotations__)


@pytest.fixture
def connection() -> Iterator[Connection]:
    engine = create_engine("sqlite://")
    with engine.begin() as made:
        create_own(made)
        create_all_synced(made)
        made.exec_driver_sql(f"insert into scope_cursor values ('{SCOPE.hex}', '5:5:', '|', 0)")
        yield made
    engine.dispose()


def make_old(connection: Connection, table: Table) -> None:
    """The table as a program knew it that had only the stamp's columns, with one row in it."""
    drop_journals(connection)
    connection.exec_driver_sql(f'drop table "{table.name}"')
    names = ", ".join(OLD_COLUMNS)
    connection.exec_driver_sql(f'create table "{table.name}" ({names}, gone)')
    values = {"scope_id": SCOPE.hex, "id": ROW.hex, "row_version": 3}
    row = [values.get(name, "2026-03-02 00:00:00.000000") for name in OLD_COLUMNS]
    marks = ", ".join("?" * (len(row) + 1))
    connection.exec_driver_sql(f'insert into "{table.name}" values ({marks})', (*row, "x"))
    connection.exec_driver_sql(
        "update synced_table set definition = 'old' where name = ?", (table.name,)
    )


def columns(connection: Connection, name: str) -> str:
    found = connection.exec_driver_sql(f'pragma table_info("{name}")')
    return ", ".join(f'"{row[1]}"' for row in found)


def test_nothing_is_done_to_a_file_of_this_program(connection: Connection) -> None:
    assert upgrade(connection) is False
    assert connection.exec_driver_sql("select stale from scope_cursor").scalar_one() == 0


@pytest.mark.parametrize("model", SYNCED, ids=lambda model: model.__tablename__)
def test_rows_are_kept_and_new_columns_filled(connection: Connection, model: type[Scoped]) -> None:
    table = table_of(model)
    make_old(connection, table)
    assert upgrade(connection) is True
    assert columns(connection, table.name) == columns_of(table)
    required = [column.name for column in table.columns if not column.nullable]
    # Readable through the model's types, whatever they are.
    rows = connection.execute(select(table)).all()
    assert len(rows) == (table.name not in FETCHED_AGAIN)
    for row in rows:
        assert (row.scope_id, row.id, row.row_version) == (SCOPE, ROW, 3)
        assert None not in [getattr(row, name) for name in required]
    assert connection.exec_driver_sql("select stale from scope_cursor").scalar_one() == 1
    known = connection.exec_driver_sql(
        "select definition from synced_table where name = ?", (table.name,)
    )
    assert known.scalar_one() == definition(table)
    assert upgrade(connection) is False
    journal_on(connection)
    connection.exec_driver_sql(f'delete from "{table.name}"')
    kept = connection.exec_driver_sql(f'select count(*) from "journal_{table.name}"')
    assert kept.scalar_one() == len(rows)


def test_pending_edits_are_taken_out_first(connection: Connection) -> None:
    row = ", ".join(f"'{value}'" for value in (SCOPE.hex, ROW.hex))
    stamp = "1, '2026', 'x', '2026', 'x', 'du.fu', '杜甫', '', 1"
    names = (
        "scope_id, id, row_version, created_at, created_by, updated_at, updated_by, "
        "login, display_name, phone, active"
    )
    connection.exec_driver_sql(f"insert into person ({names}) values ({row}, {stamp})")
    journal_on(connection)
    connection.exec_driver_sql("update person set display_name = '改了'")
    connection.exec_driver_sql(f"insert into shown values ('{ROW.hex}', '{SCOPE.hex}', null, null)")
    connection.exec_driver_sql("update synced_table set definition = 'old' where name = 'person'")
    assert upgrade(connection) is True
    assert connection.exec_driver_sql("select display_name from person").scalar_one() == "杜甫"
    assert connection.exec_driver_sql("select count(*) from shown").scalar_one() == 0
    assert connection.exec_driver_sql("select active from journal_switch").scalar_one() == 0
