"""The synced tables on both kinds of databases, empty."""

from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Final, Literal

from sqlalchemy import URL, Engine, create_engine, event
from sqlalchemy.orm import Session

from app.models.base import Base
from tests.postgres import shared_postgres

Kind = Literal["sqlite", "postgresql"]
KINDS: Final[tuple[Kind, ...]] = ("sqlite", "postgresql")
DATABASE: Final = "gantry_models"


@contextmanager
def empty_database(kind: Kind, folder: Path) -> Iterator[Engine]:
    """An engine on all synced tables; what is stored goes when the test ends."""
    if kind == "sqlite":
        engine = create_engine(f"sqlite:///{folder / 'models.db'}")
        event.listen(engine, "connect", _enforce)
        Base.metadata.create_all(engine)
        yield engine
        engine.dispose()
        return
    engine = create_engine(_database())
    Base.metadata.drop_all(engine)
    Base.metadata.create_all(engine)
    yield engine
    engine.dispose()


def _enforce(connection: object, _record: object) -> None:
    connection.execute("PRAGMA foreign_keys = ON")  # type: ignore[attr-defined]


def _database() -> URL:
    root = create_engine(shared_postgres().url(), isolation_level="AUTOCOMMIT")
    with root.connect() as connection:
        found = connection.exec_driver_sql(
            "select 1 from pg_database where datname = %s", (DATABASE,)
        ).scalar()
        if not found:
            connection.exec_driver_sql(f"create database {DATABASE} template template0")
    root.dispose()
    return shared_postgres().url(DATABASE)


def add(engine: Engine, *rows: object) -> None:
    """Stores rows in one transaction."""
    with Session(engine) as session, session.begin():
        session.add_all(rows)
