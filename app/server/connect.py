"""Connections of the server process: how they are set, and which servers are good enough."""

from collections.abc import Iterator, Mapping
from contextlib import contextmanager, suppress
from dataclasses import dataclass
from typing import Any

import psycopg2
from psycopg2 import extensions
from psycopg2.extensions import connection as Connection  # noqa: N812 - it is a class
from psycopg2.extensions import make_dsn, parse_dsn
from sqlalchemy import Connection as SqlConnection
from sqlalchemy import Engine, create_engine
from sqlalchemy.exc import DBAPIError

from app.core.errors import EnvironmentFault
from app.models.engines import DeadlineConnection, wait_with_deadline

OLDEST_VERSION = 16
"""PostgreSQL before 16 cannot grant a role without the right to take it on."""

_CONNECT_SECONDS = 5
_LIVENESS: Mapping[str, Any] = {
    "connect_timeout": _CONNECT_SECONDS,
    "keepalives": 1,
    "keepalives_idle": 3,
    "keepalives_interval": 1,
    "keepalives_count": 3,
    "tcp_user_timeout": 5_000,
}
_WORKER_SETTINGS = (
    "-c lock_timeout=5000 -c timezone=UTC -c default_transaction_isolation=read\\ committed"
    " -c jit=off -c idle_in_transaction_session_timeout={stalled}"
)


@dataclass(frozen=True, slots=True)
class Patience:
    """After how many seconds a worker is given up: `silent` between transactions (another takes
    the lease), `stalled` inside one (the server ends it, and with it the lease's row lock); and
    after how many seconds without a byte of `answer` the worker gives up the server."""

    silent: float = 3.0
    stalled: float = 5.0
    answer: float = 15.0


def worker_connection(
    dsn: str, *, name: str = "gantry-server", patience: Patience | None = None
) -> Connection:
    """A connection for the worker, on the primary of a multi-host `dsn`.

    psycopg2.OperationalError while no server answers. A call that gets no answer raises
    `engines.DeadlineMissed`: keepalives do not notice a proxy that swallows what we send.
    """
    patience = patience or Patience()
    extensions.set_wait_callback(wait_with_deadline)
    liveness = {key: value for key, value in _LIVENESS.items() if key not in parse_dsn(dsn)}
    opened: Connection = psycopg2.connect(
        make_dsn(
            dsn,
            **liveness,
            target_session_attrs="read-write",
            application_name=name,
            options=_WORKER_SETTINGS.format(stalled=round(patience.stalled * 1000)),
        ),
        connection_factory=_with_deadline(patience.answer),
    )
    return opened


def _with_deadline(seconds: float) -> type[Connection]:
    # Attributes of the class: the first wait comes before an instance could be given any.
    return type("WorkerConnection", (DeadlineConnection,), {"silence_s": seconds})


def worker_engine(dsn: str, patience: Patience | None = None) -> Engine:
    """An engine of one connection with the worker's settings, for `writing`.

    It is in autocommit: the worker says begin, savepoint and commit itself, as a failed flush of a
    handler's Session must not end the whole group's transaction.
    """
    return create_engine(
        "postgresql+psycopg2://",
        creator=lambda: worker_connection(dsn, patience=patience),
        isolation_level="AUTOCOMMIT",
        pool_size=1,
        max_overflow=0,
        query_cache_size=2_000,
        # The text of an exception goes into logs, and the content of commands does not.
        hide_parameters=True,
    )


@contextmanager
def writing(engine: Engine) -> Iterator[SqlConnection]:
    """One transaction on a `worker_engine`: committed at the end, rolled back by an exception."""
    with engine.connect() as connection:
        connection.exec_driver_sql("begin")
        try:
            yield connection
        except BaseException:
            # On a connection that is gone there is nothing left to take back.
            if not connection.invalidated:
                with suppress(DBAPIError):
                    connection.exec_driver_sql("rollback")
            raise
        connection.exec_driver_sql("commit")


def administrator_connection(dsn: str, *, database: str | None = None) -> Connection:
    """A connection for the administrator's work, in autocommit.

    EnvironmentFault `server.admin.no_connection` when the server does not let us in.
    """
    aimed = make_dsn(dsn, **({"dbname": database} if database else {}))
    liveness = {key: value for key, value in _LIVENESS.items() if key not in parse_dsn(dsn)}
    try:
        opened = psycopg2.connect(
            make_dsn(
                aimed,
                **liveness,
                target_session_attrs="read-write",
                application_name="gantry-admin",
            )
        )
    except psycopg2.Error as error:
        raise EnvironmentFault("server.admin.no_connection", why=_first_line(error)) from error
    opened.autocommit = True
    return opened


def check_version(opened: Connection) -> None:
    """EnvironmentFault `server.admin.too_old` for a PostgreSQL before 16."""
    major = opened.server_version // 10_000
    if major < OLDEST_VERSION:
        raise EnvironmentFault("server.admin.too_old", found=major, needed=OLDEST_VERSION)


def _first_line(error: Exception) -> str:
    return str(error).strip().split("\n", 1)[0]
