"""Makes a PostgreSQL server ready: database, schema, roles, and the worker's login."""

from psycopg2 import sql
from psycopg2.extensions import connection as Connection  # noqa: N812 - it is a class
from psycopg2.extensions import make_dsn
from sqlalchemy import create_engine, text

from app.core.errors import EnvironmentFault
from app.models.migrate import NEWEST, revision_of, upgrade
from app.server.connect import administrator_connection, check_version
from app.server.embedded.scram import random_password
from app.server.giving_way import people_give_way
from app.server.logins import WORKER_LOGIN, set_worker_login

DATABASE = "gantry"
# Is on every server: a database cannot be made from inside itself.
_MAINTENANCE = "postgres"


def prepare_database(
    superuser_dsn: str, database: str = DATABASE, *, worker_password: str | None = None
) -> str:
    """Makes or upgrades the database `database` of a server; returns the worker's DSN.

    The DSN carries the worker's password (a new random one unless `worker_password` is given):
    keep it in memory or in the keyring. Raises EnvironmentFault with ids `server.admin.*` when the
    server is older than PostgreSQL 16, not reachable, or the login is not a superuser.
    """
    password = worker_password or random_password()
    opened = administrator_connection(superuser_dsn, database=_MAINTENANCE)
    try:
        check_version(opened)
        check_superuser(opened)
        create_database(opened, database)
    finally:
        opened.close()
    migrate_database(superuser_dsn, database)
    opened = administrator_connection(superuser_dsn, database=database)
    try:
        close_to_public(opened, database)
        set_worker_login(opened, password)
    finally:
        opened.close()
    return make_dsn(superuser_dsn, dbname=database, user=WORKER_LOGIN, password=password)


def check_superuser(opened: Connection) -> None:
    """EnvironmentFault `server.admin.not_superuser` for a login with fewer rights."""
    with opened.cursor() as cursor:
        cursor.execute("select rolsuper, rolname from pg_roles where rolname = current_user")
        superuser, login = cursor.fetchone() or (False, "?")
    if not superuser:
        raise EnvironmentFault("server.admin.not_superuser", login=login)


def create_database(opened: Connection, database: str) -> bool:
    """Creates an empty database in UTF-8; whether it was missing."""
    with opened.cursor() as cursor:
        cursor.execute("select from pg_database where datname = %s", (database,))
        if cursor.rowcount:
            return False
        # C.UTF-8 knows the letters of Chinese, which plain C does not; sorting goes by pinyin keys.
        builtin = opened.server_version >= 17_00_00
        locale = (
            "locale_provider builtin builtin_locale 'C.UTF-8' locale 'C'"
            if builtin
            else "locale 'C.UTF-8'"
        )
        cursor.execute(
            sql.SQL("create database {} template template0 encoding 'UTF8' " + locale).format(
                sql.Identifier(database)
            )
        )
    return True


def migrate_database(superuser_dsn: str, database: str) -> None:
    """Brings the schema to the newest revision."""
    engine = create_engine(
        "postgresql+psycopg2://",
        creator=lambda: administrator_connection(superuser_dsn, database=database),
    )
    try:
        transacting = engine.execution_options(isolation_level="READ COMMITTED")
        with transacting.begin() as connection:
            if revision_of(connection) == NEWEST:
                return
            backend = connection.scalar(text("select pg_backend_pid()"))
            with people_give_way(superuser_dsn, database, backend):
                upgrade(connection)
    finally:
        engine.dispose()


def close_to_public(opened: Connection, database: str) -> None:
    """Lets people and the worker connect and nobody else; no temporary tables for people."""
    with opened.cursor() as cursor:
        named = sql.Identifier(database)
        cursor.execute(sql.SQL("revoke all on database {} from public").format(named))
        cursor.execute(
            sql.SQL("grant connect on database {} to gantry_person, gantry_worker").format(named)
        )
