"""One embedded PostgreSQL for all tests of a process: fast, thrown away at its end."""

import atexit
import contextlib
import os
import tempfile
import time
from functools import cache
from pathlib import Path

from app.core.errors import EnvironmentFault
from app.server.embedded.configuration import VOLATILE
from app.server.embedded.controller import LOCK_FILE, EmbeddedPostgres
from app.server.embedded.running import Running

_PREFIX = "gantry-test-postgres-"
_ABANDONED_SECONDS = 900


@cache
def shared_postgres() -> Running:
    """The server of this test process; started by the first call, stopped and removed at exit."""
    _remove_abandoned()
    server = EmbeddedPostgres(new_server_folder(), settings=VOLATILE)
    atexit.register(server.remove)
    return server.start()


def new_server_folder() -> Path:
    """A new folder that an unprivileged server account can enter, unlike pytest's own for root."""
    folder = Path(tempfile.mkdtemp(prefix=_PREFIX))
    if os.name == "posix":
        folder.chmod(0o711)
    return folder


def _remove_abandoned() -> None:
    """Stops and removes servers that killed test runs left behind."""
    for lock in Path(tempfile.gettempdir()).glob(f"{_PREFIX}*/{LOCK_FILE}"):
        with contextlib.suppress(OSError, EnvironmentFault):
            if time.time() - lock.stat().st_mtime > _ABANDONED_SECONDS:
                EmbeddedPostgres(lock.parent).remove()
