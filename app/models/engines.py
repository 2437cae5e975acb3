"""How the program opens databases: PostgreSQL with deadlines, SQLite files with encryption."""

import select
import time
from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Any, Final, NewType, Protocol

import psycopg2
from psycopg2 import extensions
from sqlalchemy import Connection, Engine, create_engine, event
from sqlalchemy.pool import NullPool, QueuePool
from sqlcipher3 import dbapi2 as sqlcipher

CipherKey = NewType("CipherKey", str)
"""The raw key of an encrypted file: 64 hexadecimal digits."""

SILENCE_S: Final = 4.0
WHOLE_CALL_S: Final = 120.0
BUSY_MS: Final = 10_000

# sqlcipher3 looks long for a way to write a None unless it is told of one: nine tenths of the time
# that a row with many empty columns took. `{}.get(None)` is None, without a Python call.
sqlcipher.register_adapter(type(None), {}.get)

# Windows has no poll; select there takes any socket, while on Linux it ends at descriptor 1023.
_poll: Final[Any] = getattr(select, "poll", None)
_TO_READ: Final[int] = getattr(select, "POLLIN", 0)
_TO_WRITE: Final[int] = getattr(select, "POLLOUT", 0)


class DeadlineMissed(Exception):
    """The server said nothing for too long; the connection is closed."""


class DeadlineConnection(extensions.connection):
    """A connection whose calls end: after `silence_s` without a byte, or `whole_s` in all."""

    silence_s: float = SILENCE_S
    whole_s: float = WHOLE_CALL_S


def wait_with_deadline(connection: extensions.connection) -> None:
    """psycopg2's wait callback. DeadlineMissed when a `DeadlineConnection`'s time is up; any other
    connection is waited for without end."""
    if (state := connection.poll()) == extensions.POLL_OK:
        return
    silence = getattr(connection, "silence_s", None)
    whole = getattr(connection, "whole_s", None)
    ends = None if whole is None else time.monotonic() + whole
    while state != extensions.POLL_OK:
        patience = silence
        if ends is not None:
            patience = min(silence or WHOLE_CALL_S, ends - time.monotonic())
        if patience is not None and patience <= 0:
            raise DeadlineMissed
        if not _is_ready(connection.fileno(), state == extensions.POLL_READ, patience):
            raise DeadlineMissed
        state = connection.poll()


def _is_ready(descriptor: int, to_read: bool, patience: float | None) -> bool:
    if _poll is None:
        waiting = [descriptor]
        return any(select.select(*((waiting, []) if to_read else ([], waiting)), [], patience))
    # Plainly: `selectors` took a tenth of the time of a short call.
    poll = _poll()
    poll.register(descriptor, _TO_READ if to_read else _TO_WRITE)
    return bool(poll.poll(None if patience is None else patience * 1000))


@dataclass(frozen=True, slots=True, kw_only=True)
class PostgresAddress:
    """Where one PostgreSQL listens and how it proves who it is. Never holds a password."""

    host: str
    port: int
    database: str
    user: str
    sslmode: str = "prefer"
    sslrootcert: str = ""
    application_name: str = "gantry"


def connect_postgres(
    address: PostgresAddress, password: str, *, silence_s: float = SILENCE_S
) -> extensions.connection:
    """A connection with deadlines. psycopg2.OperationalError or DeadlineMissed if there is none.

    The wait callback holds for the whole process and makes psycopg2 refuse COPY.
    """
    extensions.set_wait_callback(wait_with_deadline)
    options: dict[str, Any] = {
        "host": address.host,
        "port": address.port,
        "dbname": address.database,
        "user": address.user,
        "password": password,
        "sslmode": address.sslmode,
        "application_name": address.application_name,
        "client_encoding": "UTF8",
        "keepalives": 1,
        "keepalives_idle": 3,
        "keepalives_interval": 1,
        "keepalives_count": 3,
        "connection_factory": _factory(silence_s),
    }
    if address.sslrootcert:
        options["sslrootcert"] = address.sslrootcert
    connection: extensions.connection = psycopg2.connect(**options)
    return connection


def _factory(silence: float) -> type[DeadlineConnection]:
    # Attributes of the class, as the first wait comes before an instance could be given any.
    return type("Connection", (DeadlineConnection,), {"silence_s": silence})


def postgres_engine(
    address: PostgresAddress,
    password: str,
    *,
    silence_s: float = SILENCE_S,
    pool_size: int = 0,
    options: Mapping[str, Any] | None = None,
) -> Engine:
    """An engine on one address; without `pool_size` every connection is closed after use."""
    pool: dict[str, Any] = (
        {"poolclass": QueuePool, "pool_size": pool_size} if pool_size else {"poolclass": NullPool}
    )
    return create_engine(
        "postgresql+psycopg2://",
        creator=lambda: connect_postgres(address, password, silence_s=silence_s),
        use_native_hstore=False,
        # The text of an exception goes into logs, and what people typed does not.
        hide_parameters=True,
        **pool,
        **(options or {}),
    )


class Disk(Protocol):
    """Where a desk's files lie. A simulation hands in one that fails when it is told to."""

    def connect(self, path: Path) -> Any:
        """A connection to a file, in autocommit, usable from any one thread at a time."""


class SystemDisk:
    """This computer's own."""

    def connect(self, path: Path) -> Any:
        """An sqlcipher3 connection."""
        return sqlcipher.connect(str(path), isolation_level=None, check_same_thread=False)


SYSTEM_DISK: Final = SystemDisk()


def open_encrypted(
    path: Path,
    key: CipherKey,
    *,
    synchronous: str = "NORMAL",
    read_only: bool = False,
    stage: Path | None = None,
    disk: Disk = SYSTEM_DISK,
) -> Any:
    """An sqlcipher3 connection in autocommit, usable from any one thread at a time.

    `stage` is a file of passing content (same key), attached under that name.

    sqlcipher3's DatabaseError if the file is damaged or the key is another.
    """
    connection = disk.connect(path)
    try:
        # Damage is told by exceptions; the library would print it besides.
        connection.execute("PRAGMA cipher_log_level = NONE")
        connection.execute(f"PRAGMA key = \"x'{key}'\"")
        connection.execute(f"PRAGMA busy_timeout = {BUSY_MS}")
        if connection.execute("PRAGMA journal_mode = WAL").fetchone()[0] != "wal":
            raise sqlcipher.OperationalError("write-ahead log is not available")
        connection.execute(f"PRAGMA synchronous = {synchronous}")
        connection.execute("PRAGMA recursive_triggers = ON")
        connection.execute("PRAGMA temp_store = MEMORY")
        if stage is not None:
            connection.execute("ATTACH ? AS stage KEY ?", (str(stage), f"x'{key}'"))
            connection.execute("PRAGMA stage.journal_mode = WAL")
            # A stage that lost single pages in a power cut would go on as if rows had arrived.
            connection.execute("PRAGMA stage.synchronous = NORMAL")
        if read_only:
            connection.execute("PRAGMA query_only = ON")
    except BaseException:
        connection.close()
        raise
    return connection


def encrypted_engine(
    path: Path,
    key: CipherKey,
    *,
    read_only: bool,
    pool_size: int = 1,
    stage: Path | None = None,
    disk: Disk = SYSTEM_DISK,
) -> Engine:
    """An engine on an encrypted file. Transactions begin IMMEDIATE unless it is for reading
    or the execution option `gantry_begin` says otherwise.

    Foreign keys are not enforced: a person's cache may hold a row without the parent that the
    person may not see.
    """
    engine = create_engine(
        "sqlite+pysqlite://",
        module=sqlcipher,
        creator=lambda: open_encrypted(path, key, read_only=read_only, stage=stage, disk=disk),
        hide_parameters=True,
        poolclass=QueuePool,
        pool_size=pool_size,
        max_overflow=-1 if read_only else 0,
    )
    event.listen(engine, "begin", _begin_reading if read_only else _begin_writing)
    return engine


def _begin_reading(connection: Connection) -> None:
    connection.exec_driver_sql("BEGIN")


def _begin_writing(connection: Connection) -> None:
    chosen = connection.get_execution_options().get("gantry_begin", "BEGIN IMMEDIATE")
    connection.exec_driver_sql(chosen)
