"""Counters of official numbers: one row a scope, series and year, on both databases."""

from pathlib import Path
from uuid import UUID

import pytest
from sqlalchemy import create_engine, insert, select
from sqlalchemy.exc import IntegrityError

from app.models.numbers import document_number


def test_a_counter_begins_at_nothing_and_is_there_once(tmp_path: Path) -> None:
    engine = create_engine(f"sqlite:///{tmp_path / 'numbers.db'}")
    document_number.create(engine)
    first = {"scope_id": UUID(int=1), "series": "记", "year": 2026}
    with engine.begin() as connection:
        connection.execute(insert(document_number).values(first))
        assert connection.scalar(select(document_number.c.last)) == 0
    with engine.begin() as connection, pytest.raises(IntegrityError):
        connection.execute(insert(document_number).values(first))
    engine.dispose()
