"""What marks an entry of the search index old."""

from collections.abc import Iterator
from uuid import UUID

import pytest
from sqlalchemy import Connection, create_engine

from app.models.parts import SYNCED
from app.sync.cache_schema import create_all_synced, create_own
from app.sync.search_schema import SEARCHED, search_triggers

SCOPE, ROW = UUID(int=1).hex, UUID(int=2).hex


@pytest.fixture
def connection() -> Iterator[Connection]:
    engine = create_engine("sqlite://")
    with engine.begin() as made:
        create_own(made)
        create_all_synced(made)
        made.exec_driver_sql(
            "insert into person (scope_id, id, login, display_name, phone, active, row_version, "
            "created_at, created_by, updated_at, updated_by) "
            f"values ('{SCOPE}', '{ROW}', 'du.fu', '杜甫', '', 1, 1, '2026', 'x', '2026', 'x')"
        )
        yield made
    engine.dispose()


def old(connection: Connection) -> list[tuple[str, str, str]]:
    """What is marked old; the marks are taken away."""
    rows = connection.exec_driver_sql("select row_table, scope_id, row_id from search_old").all()
    connection.exec_driver_sql("delete from search_old")
    return [(row[0], row[1], row[2]) for row in rows]


def test_only_what_is_shown_in_the_search_marks_a_row(connection: Connection) -> None:
    mark = [("person", SCOPE, ROW)]
    assert old(connection) == mark
    connection.exec_driver_sql("update person set phone = '139'")
    assert old(connection) == []
    connection.exec_driver_sql("update person set display_name = '杜子美'")
    connection.exec_driver_sql("update person set login = 'du'")
    assert old(connection) == mark
    connection.exec_driver_sql("delete from person")
    assert old(connection) == mark


def test_searched_columns_are_there_and_other_tables_are_not_watched() -> None:
    tables = {model.__tablename__: model for model in SYNCED}
    for name, columns in SEARCHED.items():
        assert set(columns) <= {column.name for column in tables[name].__table__.columns}
    for name in tables:
        assert (list(search_triggers(name)) != []) is (name in SEARCHED)
