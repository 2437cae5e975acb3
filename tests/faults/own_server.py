"""A Gantry server on a PostgreSQL of its own, which may be killed."""

from collections.abc import Mapping
from pathlib import Path

import psutil
from psycopg2.extensions import make_dsn
from sqlalchemy import create_engine

from app.server.cluster import DATABASE, prepare_database
from app.server.embedded.controller import EmbeddedPostgres
from app.server.embedded.scram import random_password
from app.server.logins import WORKER_LOGIN
from tests.postgres import new_server_folder
from tests.servers import Server

# A killed process loses nothing that it gave to the operating system: without waiting for the disk
# the same is proved in less time. Commits do wait for their write to the log.
FAST: Mapping[str, str] = {"fsync": "off", "full_page_writes": "off"}


class OwnServer(Server):
    """As `Server`, with its own postmaster: `kill_postmaster()`, `kill_backend()`, `start()`."""

    def __init__(self, settings: Mapping[str, str] = FAST, folder: Path | None = None) -> None:
        self.postgres = EmbeddedPostgres(folder or new_server_folder(), settings=settings)
        self.database = DATABASE
        self._worker_password = random_password()
        self._passwords = {}
        self._engines = []
        self._workers = []
        self.running = self.postgres.start()
        prepare_database(self.running.dsn(), DATABASE, worker_password=self._worker_password)
        self._reach()

    def start(self) -> None:
        """Starts it again after a kill: with another password of the superuser, and perhaps on
        another port."""
        self.postgres.stop()
        self.running = self.postgres.start()
        self._reach()

    def kill_postmaster(self) -> None:
        """As kill -9 of the whole server: its processes follow their postmaster."""
        number = self.postgres.status().process_id
        if number is not None:
            psutil.Process(number).kill()

    def kill_backend(self, number: int) -> None:
        """As kill -9 of one process of the server: it sends all others away and recovers."""
        psutil.Process(number).kill()

    def close(self) -> None:
        """Stops and removes it."""
        for worker in self._workers:
            worker.close()
        for engine in self._engines:
            engine.dispose()
        self.postgres.remove()

    def _reach(self) -> None:
        self.superuser_dsn = self.running.dsn(DATABASE)
        self.worker_dsn = make_dsn(
            self.superuser_dsn, user=WORKER_LOGIN, password=self._worker_password
        )
        self.admin = create_engine(self.running.url(DATABASE), pool_pre_ping=True)
        self._engines.append(self.admin)
