"""Rows with believable values, to be stored and read again."""

from datetime import UTC, datetime
from typing import Any
from uuid import UUID

from sqlalchemy import Engine
from sqlalchemy.orm import Session

from app.models.base import Scoped

NOW = datetime(2026, 3, 2, 1, 2, 3, 456789, tzinfo=UTC)
PROJECT = UUID("019cab45-bc00-7000-8000-0000000000aa")


def stamp(number: int, scope_id: UUID = PROJECT) -> dict[str, Any]:
    return {
        "scope_id": scope_id,
        "id": UUID(int=number),
        "row_version": 3,
        "created_at": NOW,
        "created_by": "zhou.mingyuan",
        "updated_at": NOW,
        "updated_by": "chen.li",
    }


def read_again(engine: Engine, model: type[Scoped], *values: dict[str, Any]) -> list[Any]:
    """Stores a row for each mapping and reads them in another session."""
    with Session(engine) as session, session.begin():
        session.add_all([model(**one) for one in values])
    with Session(engine) as session:
        found = [session.get(model, (one["scope_id"], one["id"])) for one in values]
        for row, given in zip(found, values, strict=True):
            assert row is not None
            for name, value in given.items():
                assert getattr(row, name) == value, name
                assert type(getattr(row, name)) is type(value), name
        return found
