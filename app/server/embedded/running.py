"""What is known of an embedded server: how to reach it while it runs, and how it stands."""

from dataclasses import dataclass, field
from pathlib import Path
from typing import Literal

from psycopg2.extensions import make_dsn
from sqlalchemy import URL

from app.server.embedded.binaries import Binaries
from app.server.embedded.configuration import HOST

SUPERUSER = "postgres"
MAINTENANCE_DATABASE = "postgres"
_CONNECT_SECONDS = 10


@dataclass(frozen=True, slots=True)
class Running:
    """A server that answers. The password is of this start only: keep it in memory, hand it to
    child processes through a pipe."""

    port: int
    password: str = field(repr=False)
    binaries: Binaries
    host: str = HOST
    superuser: str = SUPERUSER

    def url(self, database: str = MAINTENANCE_DATABASE) -> URL:
        """The SQLAlchemy address of a database as superuser; its text form hides the password."""
        return URL.create(
            "postgresql+psycopg2",
            username=self.superuser,
            password=self.password,
            host=self.host,
            port=self.port,
            database=database,
        )

    def dsn(self, database: str = MAINTENANCE_DATABASE) -> str:
        """The libpq connection string of a database as superuser. It carries the password."""
        return make_dsn(
            host=self.host,
            port=self.port,
            user=self.superuser,
            password=self.password,
            dbname=database,
            connect_timeout=_CONNECT_SECONDS,
        )


@dataclass(frozen=True, slots=True)
class Status:
    """How a data folder stands, as anyone may ask who can read it."""

    state: Literal["absent", "stopped", "running"]
    home: Path
    major_version: str | None = None
    port: int | None = None
    process_id: int | None = None
