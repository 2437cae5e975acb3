"""Puts a backup in the place of a database: beside it first, then by changing names."""

from dataclasses import dataclass
from datetime import UTC, datetime
from importlib.resources import files
from pathlib import Path

from psycopg2 import sql
from psycopg2.extensions import connection as Connection  # noqa: N812 - it is a class

from app.core.errors import EnvironmentFault
from app.server.backups import Manifest, check_backup, target_of
from app.server.cluster import (
    check_superuser,
    close_to_public,
    create_database,
    migrate_database,
)
from app.server.connect import administrator_connection, check_version
from app.server.embedded import backup
from app.server.logins import PERSON_GROUP, person_logins

_MAINTENANCE = "postgres"


@dataclass(frozen=True, slots=True)
class Restored:
    """What a restore did. `set_aside` is the name that the former database has now;
    `without_password` are people whose login had to be made anew."""

    manifest: Manifest
    set_aside: str | None
    without_password: tuple[str, ...]


def restore_backup(file: Path, superuser_dsn: str, database: str) -> Restored:
    """Restores a checked backup as `database`; a database of that name is kept under another.

    The generation is renewed, so that every desk fetches its data anew and sends once more what
    the backup does not know. EnvironmentFault in words; the former database is then untouched.
    """
    manifest = check_backup(file)
    stamp = datetime.now(UTC).strftime("%Y%m%d%H%M%S")
    draft = f"{database}_restored_{stamp}"
    opened = administrator_connection(superuser_dsn, database=_MAINTENANCE)
    try:
        check_version(opened)
        check_superuser(opened)
        _make_roles(opened)
        without_password = _make_logins(opened, manifest.logins)
        create_database(opened, draft)
        try:
            target = target_of(superuser_dsn, draft)
            backup.restore(target.running, target.aimed, file)
            migrate_database(superuser_dsn, draft)
            _begin_anew(superuser_dsn, draft)
        except BaseException:
            _drop(opened, draft)
            raise
        set_aside = _change_names(opened, draft, database, f"{database}_before_{stamp}")
    finally:
        opened.close()
    return Restored(manifest, set_aside, without_password)


def _make_roles(opened: Connection) -> None:
    # The dump names roles, which belong to the server and are not in it.
    statements = files("app.models.migrations.versions").joinpath("0001_roles.sql")
    with opened.cursor() as cursor:
        cursor.execute(statements.read_text(encoding="utf-8"))


def _make_logins(opened: Connection, logins: list[str]) -> tuple[str, ...]:
    known = person_logins(opened)
    missing = tuple(login for login in logins if login not in known)
    with opened.cursor() as cursor:
        for login in missing:
            named = sql.Identifier(login)
            cursor.execute("select from pg_roles where rolname = %s", (login,))
            if cursor.rowcount:
                raise EnvironmentFault("server.admin.login_of_other", login=login)
            cursor.execute(sql.SQL("create role {} nologin").format(named))
            cursor.execute(
                sql.SQL("grant {} to {} with inherit true, set false").format(
                    sql.Identifier(PERSON_GROUP), named
                )
            )
    return missing


def _begin_anew(superuser_dsn: str, database: str) -> None:
    opened = administrator_connection(superuser_dsn, database=database)
    try:
        close_to_public(opened, database)
        with opened.cursor() as cursor:
            cursor.execute("update server_meta set generation = gen_random_uuid()")
            cursor.execute("update worker_lease set holder = null, epoch = epoch + 1")
            # Its transaction numbers are those of another history.
            cursor.execute("truncate change_feed")
            cursor.execute("select app.align_jobs(login) from person")
    finally:
        opened.close()


def _change_names(opened: Connection, draft: str, database: str, aside: str) -> str | None:
    with opened.cursor() as cursor:
        cursor.execute("select from pg_database where datname = %s", (database,))
        there = bool(cursor.rowcount)
        if there:
            _rename(opened, database, aside)
    try:
        _rename(opened, draft, database)
    except BaseException:
        if there:
            _rename(opened, aside, database)
        raise
    return aside if there else None


def _rename(opened: Connection, old: str, new: str) -> None:
    _allow_connections(opened, old, allowed=False)
    reached = old
    try:
        with opened.cursor() as cursor:
            cursor.execute(
                "select pg_terminate_backend(pid, 5000) from pg_stat_activity where datname = %s",
                (old,),
            )
            cursor.execute(
                sql.SQL("alter database {} rename to {}").format(
                    sql.Identifier(old), sql.Identifier(new)
                )
            )
        reached = new
    finally:
        _allow_connections(opened, reached, allowed=True)


def _allow_connections(opened: Connection, database: str, *, allowed: bool) -> None:
    with opened.cursor() as cursor:
        cursor.execute(
            sql.SQL("alter database {} with allow_connections {}").format(
                sql.Identifier(database), sql.Literal(allowed)
            )
        )


def _drop(opened: Connection, database: str) -> None:
    with opened.cursor() as cursor:
        cursor.execute(
            sql.SQL("drop database if exists {} with (force)").format(sql.Identifier(database))
        )
