"""Asks a server, and fills it with rows of every table."""

from collections.abc import Mapping, Sequence
from datetime import UTC, date, datetime
from typing import Any
from uuid import UUID, uuid4

from psycopg2.errors import InsufficientPrivilege
from psycopg2.extensions import connection as Connection  # noqa: N812 - it is a class
from psycopg2.extras import Json, register_uuid
from sqlalchemy import Boolean, Date, DateTime, Enum, Integer, Numeric, String, Uuid

from app.models.base import Scoped
from app.server.connect import administrator_connection


def connect(dsn: str) -> Connection:
    opened = administrator_connection(dsn)
    register_uuid(conn_or_curs=opened)  # type: ignore[no-untyped-call]
    return opened


def rows(opened: Connection, query: str, parameters: Sequence[Any] = ()) -> list[Any]:
    with opened.cursor() as cursor:
        cursor.execute(query, parameters)
        return cursor.fetchall()


# Where a CHECK takes not just any value.
BELIEVABLE: Mapping[tuple[str, str], Any] = {
    ("ledger_period", "month"): 3,
    ("ledger_line", "credit"): 0,
}


def insert_row(cursor: Any, model: type[Scoped], scope_id: UUID) -> None:
    values = {
        column.name: scope_id if column.primary_key else believable(column)
        for column in model.__table__.columns
        if column.primary_key or not column.nullable
    }
    names, marks = ", ".join(values), ", ".join(["%s"] * len(values))
    cursor.execute(
        f"insert into {model.__tablename__} ({names}) values ({marks})", list(values.values())
    )


def believable(column: Any) -> Any:
    """Some value that a column takes."""
    return BELIEVABLE.get((column.table.name, column.name), sample(column.type))


def sample(kind: Any) -> Any:
    """Some value that a column of this type takes."""
    if isinstance(kind, Enum):
        return kind.enums[0]
    samples = (
        (String, uuid4().hex[:20]),
        (Uuid, uuid4()),
        (Boolean, True),
        (Integer, 0),
        (Numeric, 1),
        (Date, date(2026, 3, 1)),
        (DateTime, datetime(2026, 3, 1, tzinfo=UTC)),
    )
    found = getattr(kind, "impl_instance", kind)
    return next((value for known, value in samples if isinstance(found, known)), Json([]))


def refused(opened: Connection, statement: str, parameters: Sequence[Any] = ()) -> bool:
    """Whether the server says that there is no right to do this."""
    try:
        with opened.cursor() as cursor:
            cursor.execute(statement, parameters)
    except InsufficientPrivilege:
        return True
    return False
