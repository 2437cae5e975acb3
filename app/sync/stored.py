"""Server rows in the form that the cache stores them in.

PostgreSQL writes every value as SQLite keeps it, so that a row goes from one driver to the other
as a plain tuple: making Python values of it and taking them apart again cost half of a first load.
"""

from functools import cache
from typing import Any, Final
from uuid import UUID

from sqlalchemy import JSON, Boolean, Column, Date, Integer, String, Table, Uuid
from sqlalchemy.types import TypeDecorator, TypeEngine

from app.models.types import Money, Quantity, Rate, SiteDateTime, UtcDateTime
from app.sync.wire import Key, Row

_AS_IT_IS: Final = (String, Integer, Boolean)
_MOMENT: Final = "YYYY-MM-DD HH24:MI:SS.US"


@cache
def stored_columns(table: Table) -> str:
    """What to select for rows of a table, in the order of its columns. TypeError for a column of a
    type that is not known here."""
    return ", ".join(_stored(column) for column in table.columns)


def key_of(row: Row) -> Key:
    """The key of a row: every synced table begins with it."""
    return UUID(row[0]), UUID(row[1])


def _stored(column: Column[Any]) -> str:
    name, kind = f'"{column.name}"', column.type
    if isinstance(kind, Money | Quantity | Rate):
        return f"({name} * 1e{kind.places})::bigint"
    if isinstance(kind, UtcDateTime):
        return f"to_char({name} at time zone 'UTC', '{_MOMENT}')"
    if isinstance(kind, SiteDateTime):
        return f"to_char({name}, '{_MOMENT}')"
    return _plain(name, _base(kind))


def _plain(name: str, kind: TypeEngine[Any]) -> str:
    if isinstance(kind, Uuid):
        return f"encode(uuid_send({name}), 'hex')"
    if isinstance(kind, Date):
        return f"to_char({name}, 'YYYY-MM-DD')"
    if isinstance(kind, JSON):
        return f"{name}::text"
    if isinstance(kind, _AS_IT_IS):
        return name
    raise TypeError(f"{name} is of type {type(kind).__name__}")


def _base(kind: TypeEngine[Any]) -> TypeEngine[Any]:
    return kind.impl_instance if isinstance(kind, TypeDecorator) else kind
