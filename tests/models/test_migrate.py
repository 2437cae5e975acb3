"""Upgrades run in the caller's transaction, and two of them one after the other."""

from collections.abc import Iterator
from uuid import uuid4

import pytest
from sqlalchemy import Engine, create_engine, inspect, text

from app.models.migrate import MIGRATION_LOCK, downgrade, upgrade
from tests.postgres import shared_postgres


@pytest.fixture
def engine() -> Iterator[Engine]:
    """An empty database of its own."""
    name = f"gantry_migrate_{uuid4().hex[:8]}"
    root = create_engine(shared_postgres().url(), isolation_level="AUTOCOMMIT")
    with root.connect() as connection:
        connection.exec_driver_sql(f"create database {name} template template0")
    made = create_engine(shared_postgres().url(name))
    yield made
    made.dispose()
    with root.connect() as connection:
        connection.exec_driver_sql(f"drop database {name} with (force)")
    root.dispose()


def test_an_upgrade_is_undone_with_its_transaction(engine: Engine) -> None:
    with engine.connect() as connection:
        upgrade(connection)
        assert inspect(connection).has_table("project")
        connection.rollback()
        assert not inspect(connection).has_table("project")


def test_up_to_the_newest_twice_and_down_again(engine: Engine) -> None:
    with engine.begin() as connection:
        upgrade(connection)
        upgrade(connection)
    with engine.begin() as connection:
        assert inspect(connection).has_table("project")
        downgrade(connection, "base")
        assert not inspect(connection).has_table("project")


def test_an_upgrade_holds_the_lock_to_the_end_of_its_transaction(engine: Engine) -> None:
    asked = text("select pg_try_advisory_xact_lock(:key)"), {"key": MIGRATION_LOCK}
    with engine.connect() as connection, engine.connect() as other:
        upgrade(connection)
        assert other.execute(*asked).scalar() is False
        other.rollback()
        connection.rollback()
        assert other.execute(*asked).scalar() is True
        other.rollback()
