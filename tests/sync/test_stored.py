"""A row that PostgreSQL wrote for SQLite reads there as it does on the server."""

from collections.abc import Sequence
from datetime import UTC, date, datetime
from decimal import Decimal
from typing import Any
from uuid import UUID

import pytest
from sqlalchemy import (
    JSON,
    Boolean,
    Column,
    Date,
    Interval,
    MetaData,
    Row,
    String,
    Table,
    Text,
    Uuid,
    create_engine,
    insert,
    select,
)

from app.models.types import Money, Nested, Quantity, Rate, SiteDateTime, UtcDateTime
from app.sync.cache_schema import synced_tables
from app.sync.stored import key_of, stored_columns
from tests.servers import Server
from tests.sync.desks import Office

KEY = (UUID(int=7), UUID(int=2**127))
TABLE = Table(
    "every_type",
    MetaData(),
    Column("scope_id", Uuid, primary_key=True),
    Column("id", Uuid, primary_key=True),
    Column("money", Money),
    Column("quantity", Quantity),
    Column("rate", Rate),
    Column("instant", UtcDateTime),
    Column("on_site", SiteDateTime),
    Column("day", Date),
    Column("flag", Boolean),
    Column("name", String(40)),
    Column("note", Text),
    Column("tree", JSON),
    Column("nested", Nested),
)
FULL = (
    *KEY,
    Decimal("-1234567890123456.78"),
    Decimal("0.0001"),
    Decimal("0.250000"),
    datetime(2026, 3, 29, 1, 2, 3, 45, tzinfo=UTC),
    datetime(1999, 12, 31, 23, 59, 59, 999999),  # noqa: DTZ001 - wall clock
    date(2026, 3, 1),
    True,
    "龙门 'a' \"b\"",
    "",
    {"k": [1, None, "二"]},
    ((1, 2), ("a", ("深",))),
)
EMPTY = (KEY[0], UUID(int=3), *(None for _ in FULL[2:]))


def through(server: Server, rows: Sequence[Sequence[Any]]) -> list[Row[Any]]:
    """The rows as SQLite shows them, after PostgreSQL wrote them."""
    names = [column.name for column in TABLE.columns]
    with server.admin.connect() as connection:
        connection.exec_driver_sql("set timezone to 'Asia/Shanghai'")
        TABLE.create(connection)
        connection.execute(insert(TABLE), [dict(zip(names, row, strict=True)) for row in rows])
        written = connection.exec_driver_sql(
            f"select {stored_columns(TABLE)} from every_type order by id desc"
        ).all()
        connection.rollback()
    assert key_of(tuple(written[0])) == KEY
    engine = create_engine("sqlite://")
    with engine.begin() as connection:
        TABLE.create(connection)
        marks = ", ".join("?" * len(names))
        for row in written:
            connection.exec_driver_sql(f"insert into every_type values ({marks})", tuple(row))
        expected = connection.exec_driver_sql("select * from every_type order by id desc").all()
        found = list(connection.execute(select(TABLE).order_by(TABLE.c.id.desc())))
        connection.execute(TABLE.delete())
        connection.execute(insert(TABLE), [dict(zip(names, row, strict=True)) for row in rows[:1]])
        # Byte for byte what a handler on the desk would have stored.
        (own,) = connection.exec_driver_sql("select * from every_type").all()
        assert tuple(own) == tuple(expected[0])
    engine.dispose()
    return found


def test_every_type_arrives_as_it_left(site: Office) -> None:
    full, empty = through(site.server, [FULL, EMPTY])
    assert tuple(full) == FULL
    assert tuple(empty) == EMPTY


def test_every_synced_table_can_be_read_so() -> None:
    for table in synced_tables():
        assert stored_columns(table)
        assert [column.name for column in table.columns][:2] == ["scope_id", "id"]


def test_a_type_that_nobody_thought_of_is_told() -> None:
    odd = Table("odd", MetaData(), Column("scope_id", Uuid), Column("lasted", Interval))
    with pytest.raises(TypeError, match="lasted"):
        stored_columns(odd)
