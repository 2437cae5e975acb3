"""Brings a server's schema up (or, in tests, down) to a revision."""

from importlib.resources import files

from alembic import command
from alembic.config import Config
from sqlalchemy import Connection, text

MIGRATION_LOCK = 0x67616E747279
"""Advisory lock key ("gantry") that keeps two upgrades of one database apart."""


def _config(connection: Connection) -> Config:
    config = Config()
    config.set_main_option("script_location", str(files("app.models.migrations")))
    config.attributes["connection"] = connection
    return config


def upgrade(connection: Connection, revision: str = "head") -> None:
    """Upgrades in the connection's transaction. Needs a role that may create roles and schemas."""
    connection.execute(text("select pg_advisory_xact_lock(:key)"), {"key": MIGRATION_LOCK})
    command.upgrade(_config(connection), revision)


def downgrade(connection: Connection, revision: str) -> None:
    """Downgrades in the connection's transaction: data of newer tables is lost."""
    connection.execute(text("select pg_advisory_xact_lock(:key)"), {"key": MIGRATION_LOCK})
    command.downgrade(_config(connection), revision)
