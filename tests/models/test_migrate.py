"""Upgrades run in the caller's transaction, and two of them one after the other."""

import subprocess
import sys
from collections.abc import Iterator
from uuid import uuid4

import pytest
from alembic.script import ScriptDirectory
from sqlalchemy import Engine, create_engine, inspect, text
from sqlalchemy.exc import OperationalError

from app.models import migrations
from app.models.migrate import MIGRATION_LOCK, NEWEST, downgrade, revision_of, upgrade
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


def test_the_newest_migration_is_known_by_its_name() -> None:
    (folder,) = migrations.__path__
    assert ScriptDirectory(folder).get_heads() == [NEWEST]


def test_a_database_that_is_up_to_date_needs_no_migrations(engine: Engine) -> None:
    with engine.begin() as connection:
        assert revision_of(connection) is None
        upgrade(connection)
        assert revision_of(connection) == NEWEST
    asked = "import sys; from app.models.migrate import *; from sqlalchemy import create_engine\n"
    asked += "with create_engine(sys.stdin.read()).begin() as one: upgrade(one)\n"
    asked += "assert 'alembic' not in sys.modules"
    url = engine.url.render_as_string(hide_password=False)
    subprocess.run([sys.executable, "-c", asked], input=url, text=True, timeout=60, check=True)


def test_up_to_the_newest_twice_and_down_again(engine: Engine) -> None:
    with engine.begin() as connection:
        upgrade(connection)
        upgrade(connection)
    with engine.begin() as connection:
        assert inspect(connection).has_table("project")
        downgrade(connection, "base")
        assert not inspect(connection).has_table("project")


def test_an_upgrade_holds_the_lock_to_the_end_of_its_transaction(engine: Engine) -> None:
    asked = text(f"{MIGRATION_LOCK} nowait")
    with engine.connect() as connection, engine.connect() as other:
        upgrade(connection)
        with pytest.raises(OperationalError, match="could not obtain lock"):
            other.execute(asked)
        other.rollback()
        connection.rollback()
        other.execute(asked)
        other.rollback()
