"""The database stands behind the handlers: moves stay, and balances are their sums."""

from collections.abc import Iterator
from datetime import date
from decimal import Decimal
from typing import Any
from uuid import UUID, uuid4

import psycopg2
import pytest
from psycopg2.extensions import connection as Connection  # noqa: N812 - it is a class

from app.core.stock import balance_id
from tests.models.asking import connect, refused, rows
from tests.servers import Server, fresh_server, stamp


@pytest.fixture
def server() -> Iterator[Server]:
    with fresh_server() as made:
        yield made


@pytest.fixture
def worker(server: Server) -> Iterator[Connection]:
    opened = connect(server.worker_dsn)
    opened.autocommit = False
    yield opened
    opened.close()


SCOPE, ITEM, PLACE = (UUID(int=number) for number in (1, 2, 3))


def _insert(opened: Connection, table: str, **values: Any) -> None:
    row = {"scope_id": SCOPE, "id": uuid4(), **stamp(), **values}
    names, marks = ", ".join(row), ", ".join(["%s"] * len(row))
    with opened.cursor() as cursor:
        cursor.execute(f"insert into {table} ({names}) values ({marks})", list(row.values()))


def _shelf(opened: Connection) -> None:
    _insert(opened, "stock_item", id=ITEM, code="C", name="水泥", unit="t", spec="", note="")
    _insert(opened, "stock_location", id=PLACE, code="A", name="料场")


def _move(opened: Connection, quantity: Decimal) -> None:
    _insert(
        opened,
        "stock_move",
        item_id=ITEM,
        location_id=PLACE,
        kind="receipt",
        quantity=quantity,
        business_date=date(2026, 3, 5),
        is_fact=True,
        document="",
        note="",
    )


def _balance(opened: Connection, on_hand: int, short: int = 0) -> None:
    _insert(
        opened,
        "stock_balance",
        id=balance_id(ITEM, PLACE),
        item_id=ITEM,
        location_id=PLACE,
        on_hand=on_hand,
        short_quantity=short,
    )


def test_a_balance_is_the_sum_of_moves_or_nothing_is_stored(worker: Connection) -> None:
    _shelf(worker)
    _move(worker, Decimal(5))
    _balance(worker, 5)
    worker.commit()
    _move(worker, Decimal(2))
    with pytest.raises(psycopg2.Error) as caught:
        worker.commit()
    assert caught.value.pgcode == "GA004"
    assert rows(worker, "select count(*) from stock_move") == [(1,)]


@pytest.mark.parametrize(("on_hand", "short"), [(-1, 0), (0, -1), (4, 0), (6, 2)])
def test_a_balance_that_is_none_is_not_stored(worker: Connection, on_hand: int, short: int) -> None:
    _shelf(worker)
    _move(worker, Decimal(5))
    with pytest.raises(psycopg2.Error) as caught:
        _store(worker, on_hand, short)
    assert caught.value.pgcode in ("23514", "GA004")


def _store(opened: Connection, on_hand: int, short: int) -> None:
    _balance(opened, on_hand, short)
    opened.commit()


def test_a_move_of_nothing_is_not_stored(worker: Connection) -> None:
    _shelf(worker)
    with pytest.raises(psycopg2.Error) as caught:
        _move(worker, Decimal(0))
    assert caught.value.pgcode == "23514"


def test_moves_are_final_for_the_worker_and_for_everybody(
    server: Server, worker: Connection
) -> None:
    _shelf(worker)
    _move(worker, Decimal(5))
    _balance(worker, 5)
    worker.commit()
    worker.autocommit = True
    for statement in (
        "update stock_move set quantity = 1",
        "delete from stock_move",
        "truncate stock_move",
        "select from stock_move for update",
    ):
        assert refused(worker, statement), statement
    root = connect(server.superuser_dsn)
    for statement in (
        "update stock_move set note = 'x'",
        "delete from stock_move",
        "truncate stock_move cascade",
    ):
        with pytest.raises(psycopg2.Error) as caught:
            rows(root, statement)
        assert caught.value.pgcode == "GA003", statement
    root.close()
