"""The migrations make the schema that the program works with, and can be undone."""

from collections.abc import Iterator
from contextlib import contextmanager
from importlib.resources import files

import pytest
from alembic.autogenerate import compare_metadata
from alembic.migration import MigrationContext
from alembic.script import ScriptDirectory
from sqlalchemy import Connection, MetaData, create_engine, text
from sqlalchemy.dialects.postgresql.base import ischema_names

from app.models.base import Base
from app.models.migrate import downgrade, upgrade
from app.models.parts import SYNCED
from app.models.protocol import SERVER, Xid8
from app.server.cluster import create_database
from app.server.connect import administrator_connection
from tests.postgres import shared_postgres

DATABASE = "gantry_migrations"


@pytest.fixture
def connection() -> Iterator[Connection]:
    """A connection to an empty database."""
    with _maintenance() as maintenance:
        maintenance.exec_driver_sql(f"drop database if exists {DATABASE} with (force)")
    opened = administrator_connection(shared_postgres().dsn())
    create_database(opened, DATABASE)
    opened.close()
    engine = create_engine(shared_postgres().url(DATABASE))
    with engine.connect() as made:
        yield made
    engine.dispose()


@contextmanager
def _maintenance() -> Iterator[Connection]:
    engine = create_engine(shared_postgres().url(), isolation_level="AUTOCOMMIT")
    with engine.connect() as made:
        yield made
    engine.dispose()


def _every_table() -> MetaData:
    together = MetaData(naming_convention=Base.metadata.naming_convention)
    for metadata in (Base.metadata, SERVER):
        for table in metadata.tables.values():
            table.to_metadata(together)
    return together


def _objects(connection: Connection) -> list[tuple[str, str]]:
    found = connection.execute(
        text(
            "select 'table', relname::text from pg_class"
            " where relnamespace = 'public'::regnamespace and relname not like 'alembic%'"
            " union all select 'function', proname from pg_proc join pg_namespace as n"
            " on n.oid = pronamespace where nspname = 'app'"
            " union all select 'schema', nspname from pg_namespace where nspname = 'app'"
            " union all select 'public writes', proname from pg_proc where proname like 'lo%'"
            " and has_function_privilege('public', oid, 'execute') order by 1, 2"
        )
    )
    return [(row[0], row[1]) for row in found]


def test_up_down_and_up_again(connection: Connection) -> None:
    empty = _objects(connection)
    with connection.begin_nested():
        upgrade(connection)
    full = _objects(connection)
    assert ("function", "hello") in full
    with connection.begin_nested():
        downgrade(connection, "base")
    assert _objects(connection) == empty
    with connection.begin_nested():
        upgrade(connection)
    assert _objects(connection) == full


def test_the_schema_is_that_of_the_models(
    connection: Connection, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setitem(ischema_names, "xid8", Xid8)
    upgrade(connection)
    context = MigrationContext.configure(
        connection, opts={"compare_type": True, "compare_server_default": False}
    )
    assert compare_metadata(context, _every_table()) == []


def test_checks_are_those_of_the_models(connection: Connection) -> None:
    """Alembic does not compare CHECK constraints: their names do."""
    upgrade(connection)
    found = connection.execute(
        text(
            "select conname::text from pg_constraint where contype = 'c'"
            " and connamespace = 'public'::regnamespace"
        )
    )
    wanted = {
        str(constraint.name)
        for table in _every_table().tables.values()
        for constraint in table.constraints
        if type(constraint).__name__ == "CheckConstraint"
    }
    assert {row[0] for row in found} == wanted


def test_every_synced_table_feeds_the_desks(connection: Connection) -> None:
    upgrade(connection)
    found = connection.execute(
        text(
            "select relname::text, array_agg(tgname::text order by tgname) from pg_trigger"
            " join pg_class on pg_class.oid = tgrelid where tgname like 'feed%' group by 1"
        )
    )
    fed = {row[0]: row[1] for row in found}
    assert fed == {
        model.__tablename__: ["feed_delete", "feed_insert", "feed_update"] for model in SYNCED
    }


def test_there_is_one_newest_revision() -> None:
    assert len(ScriptDirectory(str(files("app.models.migrations"))).get_heads()) == 1
