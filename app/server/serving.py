"""The server process: a database, the worker, the jobs, and how all of it ends."""

import signal
import threading
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass, field
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

from psycopg2.extensions import make_dsn

from app.core.errors import EnvironmentFault
from app.server.access import checked_dsn, publish, withdraw
from app.server.backups import make_backup, target_of, tidy
from app.server.cluster import DATABASE, prepare_database
from app.server.connect import administrator_connection, check_version
from app.server.embedded.controller import EmbeddedPostgres
from app.server.jobs import JobBoard, JobWork
from app.server.journal import Journal
from app.server.pruning import pruning_work
from app.server.worker import Worker
from app.sync.profile import is_loopback

DAILY_BACKUP = "backup.daily"
DAILY_PRUNING = "feed.prune"
_LOOK_SECONDS = 0.5
_ENDINGS = ("SIGINT", "SIGTERM", "SIGBREAK", "SIGHUP")


@dataclass(frozen=True, slots=True)
class Source:
    """The database that a server process serves. `superuser_dsn` only where it is known."""

    worker_dsn: str = field(repr=False)
    host: str
    port: int
    database: str
    superuser_dsn: str | None = field(default=None, repr=False)


@contextmanager
def embedded_source(
    folder: Path, journal: Journal, *, listen: str = "127.0.0.1"
) -> Iterator[Source]:
    """The embedded server of a folder, stopped at the end.

    EnvironmentFault `server.admin.loopback_only` when others than this computer shall reach it.
    """
    if not is_loopback(listen):
        raise EnvironmentFault("server.admin.loopback_only", host=listen)
    with EmbeddedPostgres(folder) as running:
        worker_dsn = prepare_database(running.dsn())
        if not publish(folder, running.dsn(DATABASE)):
            journal.tell("server.worker.no_keyring")
        try:
            yield Source(worker_dsn, running.host, running.port, DATABASE, running.dsn(DATABASE))
        finally:
            withdraw(folder)


def external_source(dsn: str) -> Source:
    """A PostgreSQL of the company's own. With a superuser's DSN the database is made ready, and the
    worker gets a login with a new password."""
    given = checked_dsn(dsn)
    database = given.get("dbname") or DATABASE
    host, port = given.get("host", "127.0.0.1"), int(given.get("port", "5432").split(",", 1)[0])
    if _is_superuser(dsn, database):
        worker_dsn = prepare_database(dsn, database)
        return Source(worker_dsn, host, port, database, make_dsn(dsn, dbname=database))
    return Source(make_dsn(dsn, dbname=database), host, port, database)


def _is_superuser(dsn: str, database: str) -> bool:
    try:
        opened = administrator_connection(dsn, database=database)
    except EnvironmentFault:
        # A superuser may be about to make this very database.
        opened = administrator_connection(dsn, database="postgres")
    try:
        check_version(opened)
        with opened.cursor() as cursor:
            cursor.execute("select rolsuper from pg_roles where rolname = current_user")
            return cursor.fetchone() == (True,)
    finally:
        opened.close()


def backup_work(source: Source, folder: Path, journal: Journal) -> JobWork:
    """The daily backup into `folder`, with removal of expired ones."""
    assert source.superuser_dsn is not None
    target = target_of(source.superuser_dsn, source.database)

    def work(_payload: Mapping[str, Any]) -> None:
        now = datetime.now(UTC)
        file = make_backup(target, folder, now)
        removed = tidy(folder, now)
        journal.tell("server.worker.backup_made", file=str(file), removed=len(removed))

    return work


def serve(
    source: Source, journal: Journal, stop: threading.Event, *, backups: Path | None = None
) -> bool:
    """Works until `stop`; False when the worker ended by itself, which is a fault."""
    works: dict[str, JobWork] = {DAILY_PRUNING: pruning_work(source.worker_dsn, journal)}
    if backups is not None and source.superuser_dsn is not None:
        works[DAILY_BACKUP] = backup_work(source, backups, journal)
    board = JobBoard(works, daily=tuple(works), journal=journal)
    worker = Worker(source.worker_dsn, jobs=board, journal=journal)
    working = threading.Thread(target=worker.run, args=(stop,), name="gantry-worker")
    working.start()
    try:
        # In slices: on Windows a wait without end does not let Ctrl+C through.
        while working.is_alive() and not stop.wait(_LOOK_SECONDS):
            pass
        return stop.is_set()
    finally:
        stop.set()
        working.join()
        board.close()
        worker.close()


@contextmanager
def ending_signals(stop: threading.Event) -> Iterator[None]:
    """Ctrl+C, Ctrl+Break, SIGTERM and a closed terminal set `stop`."""
    known = [getattr(signal, name) for name in _ENDINGS if hasattr(signal, name)]
    before = {number: signal.signal(number, lambda *_: stop.set()) for number in known}
    try:
        yield
    finally:
        for number, handler in before.items():
            signal.signal(number, handler)
