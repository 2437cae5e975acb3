"""cache.db: what this person may see, with the own pending edits on top."""

import contextlib
from collections.abc import Iterator
from pathlib import Path
from typing import Any, Final

from sqlalchemy import Connection
from sqlalchemy.dialects.sqlite.base import SQLiteExecutionContext
from sqlalchemy.exc import DBAPIError
from sqlalchemy.orm import Session
from sqlcipher3 import dbapi2 as sqlcipher

from app.core.errors import EnvironmentFault
from app.models.engines import (
    BUSY_MS,
    SYSTEM_DISK,
    CipherKey,
    Disk,
    encrypted_engine,
    open_encrypted,
)
from app.sync.cache_schema import create_all_synced, create_own
from app.sync.cache_upgrade import upgrade
from app.sync.faults import FileDamaged, is_file_damage
from app.sync.staging import STAGE_FILE, create_stage

CACHE_FILE: Final = "cache.db"
DAMAGED_FILE: Final = "cache.damaged.db"
READERS: Final = 4


class _Uncounted(SQLiteExecutionContext):
    """Statements of which nobody knows how many rows they wrote."""

    @property
    def rowcount(self) -> int:
        """Unknown."""
        return -1


class Cache:
    """The open cache of one desk: one connection for edits, one for the link, some for readers."""

    def __init__(self, folder: Path, key: CipherKey, disk: Disk = SYSTEM_DISK) -> None:
        """Opens or makes the cache. FileDamaged if the file cannot be read with this key."""
        self.folder = folder
        self._key = key
        self._disk = disk
        self._open()

    def _open(self) -> None:
        self._is_made = False
        path = self.folder / CACHE_FILE
        key, disk, stage = self._key, self._disk, self.folder / STAGE_FILE
        self._edits = encrypted_engine(path, key, read_only=False, disk=disk)
        self._link = encrypted_engine(path, key, read_only=False, stage=stage, disk=disk)
        self._readers = encrypted_engine(path, key, read_only=True, pool_size=READERS, disk=disk)
        try:
            with _damage_told():
                self._prepare()
                self._prepare_stage()
        except BaseException:
            self.close()
            raise
        self._is_made = True

    def rebuild(self) -> None:
        """Sets the file aside and begins an empty one. No writer may be at work.

        EnvironmentFault `sync.cache_locked` where the system does not let go of the file. Where the
        disk takes no new one, the cache counts as damaged until this is called again.
        """
        self.close()
        # First, so that where it cannot be done nothing has happened yet.
        self._drop_stage()
        set_cache_aside(self.folder)
        self._open()

    def _prepare(self) -> None:
        with self._edits.begin() as connection:
            if create_own(connection):
                create_all_synced(connection)
            else:
                upgrade(connection)

    def _prepare_stage(self) -> None:
        try:
            self._create_stage()
        except (DBAPIError, sqlcipher.Error) as error:
            if not is_file_damage(error):
                raise
            self._drop_stage()
            self._create_stage()

    def _create_stage(self) -> None:
        with self._link.begin() as connection:
            create_stage(connection)

    def _drop_stage(self) -> None:
        # Only copies of server rows are staged: they are fetched again.
        self._link.dispose()
        path = self.folder / STAGE_FILE
        try:
            for ending in ("", "-wal", "-shm"):
                path.with_name(path.name + ending).unlink(missing_ok=True)
        except OSError as error:
            raise EnvironmentFault("sync.cache_locked", file=str(path)) from error

    @contextlib.contextmanager
    def _guard(self) -> Iterator[None]:
        if not self._is_made:
            raise FileDamaged("it was not made anew yet")
        with _damage_told():
            yield

    @contextlib.contextmanager
    def edit(self) -> Iterator[Connection]:
        """A writing transaction for one edit; commits at the end."""
        with self._guard(), self._edits.begin() as connection:
            yield connection

    @contextlib.contextmanager
    def rebase(self) -> Iterator[Connection]:
        """A writing transaction for the link, with the staged rows attached as `stage`."""
        with self._guard(), self._link.begin() as connection:
            yield connection

    @contextlib.contextmanager
    def staging(self) -> Iterator[Connection]:
        """A transaction that writes to `stage` only, so that edits do not wait for it."""
        with self._guard(), self._link.connect() as plain:
            connection = plain.execution_options(gantry_begin="BEGIN")
            with connection.begin():
                yield connection

    @contextlib.contextmanager
    def beside(self) -> Iterator[Connection]:
        """A transaction of the link that reads one snapshot and writes to temporary tables only.

        Sessions in it do not count the rows that they wrote: views report none.
        """
        dialect: Any = self._link.dialect
        counting = dialect.execution_ctx_cls
        dialect.execution_ctx_cls = _Uncounted
        dialect.supports_sane_rowcount = dialect.supports_sane_multi_rowcount = False
        try:
            with self.staging() as connection:
                yield connection
        finally:
            dialect.execution_ctx_cls = counting
            dialect.supports_sane_rowcount = dialect.supports_sane_multi_rowcount = True

    @contextlib.contextmanager
    def read(self) -> Iterator[Session]:
        """A session on one snapshot; it cannot write. Any number of threads may read."""
        with self._guard(), self._readers.connect() as connection, Session(connection) as session:
            yield session

    def forget_history(self) -> None:
        """The server was set back: every scope is fetched whole, whatever its cursor says."""
        with self.rebase() as connection:
            connection.exec_driver_sql("DELETE FROM fact WHERE name IN ('identity', 'audit')")

    def check(self) -> None:
        """Reads the whole file. FileDamaged if anything in it is wrong."""
        # On a connection of its own: one that has searched before keeps an old picture of the
        # search index, and the check of SQLite would call every later change damage.
        with self._guard():
            path = self.folder / CACHE_FILE
            connection = open_encrypted(path, self._key, read_only=True, disk=self._disk)
            with contextlib.closing(connection):
                (found,) = connection.execute("PRAGMA integrity_check(1)").fetchone()
        if found != "ok":
            raise FileDamaged(str(found))

    def truncate_logs(self) -> bool:
        """Empties the write-ahead logs of the cache and its stage; False while somebody reads or
        writes. Old versions of pages are in no file after that."""
        with self._guard(), self._link.connect() as connection:
            raw: Any = connection.connection.driver_connection
            # Nobody is kept waiting: it is tried again.
            raw.execute("PRAGMA busy_timeout = 0")
            try:
                busy = [
                    raw.execute(f"PRAGMA {name}.wal_checkpoint(TRUNCATE)").fetchone()[0]
                    for name in ("main", "stage")
                ]
            finally:
                raw.execute(f"PRAGMA busy_timeout = {BUSY_MS}")
        return not any(busy)

    def drop_damaged(self) -> None:
        """Deletes the damaged cache that was set aside, if there is one. OSError if it cannot."""
        for ending in ("", "-wal", "-shm"):
            (self.folder / f"{DAMAGED_FILE}{ending}").unlink(missing_ok=True)

    def close(self) -> None:
        """Closes all connections; readers under way keep theirs until they end."""
        for engine in (self._edits, self._link, self._readers):
            engine.dispose()


@contextlib.contextmanager
def _damage_told() -> Iterator[None]:
    try:
        yield
    except (DBAPIError, sqlcipher.Error) as error:
        if is_file_damage(error):
            raise FileDamaged(str(error)) from error
        raise


def set_cache_aside(folder: Path) -> None:
    """Keeps a damaged cache under another name (the last one only), with its log.

    EnvironmentFault `sync.cache_locked` where the system does not let go of the file.
    """
    path = folder / CACHE_FILE
    aside = folder / DAMAGED_FILE
    try:
        for ending in ("", "-wal", "-shm"):
            beside = path.with_name(path.name + ending)
            kept = aside.with_name(aside.name + ending)
            kept.unlink(missing_ok=True)
            if beside.exists():
                beside.replace(kept)
    except OSError as error:
        raise EnvironmentFault("sync.cache_locked", file=str(path)) from error
