"""How the administrator's commands reach a database: a DSN, or an embedded server's folder."""

import os
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from dataclasses import dataclass, field
from pathlib import Path

from psycopg2.extensions import make_dsn, parse_dsn

from app.core.errors import EnvironmentFault
from app.server.cluster import DATABASE, check_superuser, prepare_database
from app.server.connect import administrator_connection, check_version
from app.server.embedded import place
from app.server.embedded.controller import EmbeddedPostgres
from app.sync.keyring_keys import KeyringKeys

DSN_VARIABLE = "GANTRY_ADMIN_DSN"
_IN_USE = "server.embedded.in_use"
_SECRET = "admin-dsn"  # noqa: S105 - the name of the secret


@dataclass(frozen=True, slots=True)
class Access:
    """A superuser's way into the company's database; `folder` when the server is embedded."""

    superuser_dsn: str = field(repr=False)
    database: str
    folder: Path | None = None

    @property
    def dsn(self) -> str:
        """The superuser's DSN of the company's database."""
        return make_dsn(self.superuser_dsn, dbname=self.database)


@contextmanager
def administer(
    *, dsn: str | None = None, folder: Path | None = None, as_it_is: bool = False
) -> Iterator[Access]:
    """Opens the way: `dsn`, else `folder`, else the environment's GANTRY_ADMIN_DSN.

    An embedded server that is not running is started for the time being. Its database is made or
    upgraded, and one behind a DSN must be ready, unless it is to be taken `as_it_is`.
    EnvironmentFault in words.
    """
    if dsn is None and folder is not None:
        with _embedded(folder, as_it_is) as access:
            yield access
        return
    given = dsn or os.environ.get(DSN_VARIABLE)
    if not given:
        raise EnvironmentFault("server.admin.no_access", variable=DSN_VARIABLE)
    access = Access(given, str(checked_dsn(given).get("dbname") or DATABASE))
    if not as_it_is:
        check_ready(access)
    yield access


def checked_dsn(dsn: str) -> dict[str, str]:
    """The parts of a DSN. EnvironmentFault `server.admin.bad_dsn`, which does not repeat it."""
    try:
        return {name: str(value) for name, value in parse_dsn(dsn).items()}
    except Exception as error:
        raise EnvironmentFault("server.admin.bad_dsn") from error


def check_ready(access: Access) -> None:
    """EnvironmentFault when the login is no superuser, or the database has not been prepared."""
    opened = administrator_connection(access.dsn)
    try:
        check_version(opened)
        check_superuser(opened)
        with opened.cursor() as cursor:
            cursor.execute("select to_regclass('public.server_meta') is not null")
            if cursor.fetchone() != (True,):
                raise EnvironmentFault("server.admin.not_prepared", database=access.database)
    finally:
        opened.close()


@contextmanager
def _embedded(folder: Path, as_it_is: bool) -> Iterator[Access]:
    server = EmbeddedPostgres(folder)
    try:
        running = server.start()
    except EnvironmentFault as fault:
        if fault.reason.text_id != _IN_USE:
            raise
        yield _running_elsewhere(folder, fault)
        return
    try:
        if not as_it_is:
            prepare_database(running.dsn())
        yield Access(running.dsn(DATABASE), DATABASE, folder)
    finally:
        server.stop()


def _running_elsewhere(folder: Path, fault: EnvironmentFault) -> Access:
    known = None
    with suppress(EnvironmentFault):
        known = _keys(folder).load(_SECRET)
    if known is None:
        holder = str(fault.reason.parameters.get("holder", "?"))
        raise EnvironmentFault("server.admin.embedded_in_use", folder=str(folder), holder=holder)
    access = Access(known, DATABASE, folder)
    check_ready(access)
    return access


def publish(folder: Path, superuser_dsn: str) -> bool:
    """Lets `gantry admin --data` work beside a running server, through the computer's keyring;
    False where there is none."""
    try:
        _keys(folder).save(_SECRET, superuser_dsn)
    except EnvironmentFault:
        return False
    return True


def withdraw(folder: Path) -> None:
    """Takes back what `publish` left."""
    with suppress(EnvironmentFault):
        _keys(folder).forget(_SECRET)


def _keys(folder: Path) -> KeyringKeys:
    note = place.read_note(folder.absolute())
    return KeyringKeys(f"server-{note.folder_id if note else ''}")
