"""Brings a server's schema up (or, in tests, down) to a revision."""

from importlib.resources import files
from typing import TYPE_CHECKING, Final

from sqlalchemy import Connection, text

if TYPE_CHECKING:
    from alembic.config import Config

MIGRATION_LOCK = "lock table pg_catalog.pg_language in share update exclusive mode"
"""Keeps two upgrades of one database apart. Any login can take an advisory lock, and nobody but a
superuser this one, which is in nobody's way."""

NEWEST: Final = "0006"
"""The last of the migrations, known without loading them."""


def upgrade(connection: Connection) -> None:
    """Upgrades in the connection's transaction. Needs a role that may create roles and schemas."""
    connection.execute(text(MIGRATION_LOCK))
    if revision_of(connection) == NEWEST:
        return
    # A sixth of a server's start, for something that happens once in a release.
    from alembic import command

    command.upgrade(_config(connection), "head")


def downgrade(connection: Connection, revision: str) -> None:
    """Downgrades in the connection's transaction: data of newer tables is lost."""
    from alembic import command

    connection.execute(text(MIGRATION_LOCK))
    command.downgrade(_config(connection), revision)


def revision_of(connection: Connection) -> str | None:
    """The migration that a database stands at; None before the first."""
    there = connection.scalar(text("select to_regclass('alembic_version') is not null"))
    if not there:
        return None
    found: str | None = connection.scalar(text("select version_num from alembic_version"))
    return found


def _config(connection: Connection) -> "Config":
    from alembic.config import Config

    config = Config()
    config.set_main_option("script_location", str(files("app.models.migrations")))
    config.attributes["connection"] = connection
    return config
