"""A primary with a streaming standby beside it, which can be promoted."""

from collections.abc import Mapping
from contextlib import suppress
from dataclasses import replace
from pathlib import Path

import psutil
from psycopg2.extensions import make_dsn
from sqlalchemy import text

from app.server.embedded import configuration, place, process
from tests.faults.own_server import FAST, OwnServer
from tests.postgres import new_server_folder

# One port, as in a desk's profile: the standby has another address.
PRIMARY, STANDBY = "127.0.0.1", "127.0.0.2"
BOTH = f"{PRIMARY},{STANDBY}"
_ACCESS = """\
host all         all 127.0.0.0/8 scram-sha-256
host replication all 127.0.0.0/8 scram-sha-256
"""
_RULES_FILE = "pg_hba.replicated.conf"
_STANDBY_FOLDER = "standby"
_STANDBY_FILE = "standby.conf"
_SECONDS = 60.0


class ReplicatedServer(OwnServer):
    """Opens with the standby streaming. `fall()` kills the primary for good, `promote()` makes the
    standby the server."""

    def __init__(self, *, synchronous: bool) -> None:
        folder = new_server_folder()
        # Next to the database, where the server's account may read it.
        here, _ = place.prepare(folder)
        rules = here.home / _RULES_FILE
        rules.write_text(_ACCESS, encoding="ascii")
        rules.chmod(0o644)
        self._here = here
        super().__init__({**FAST, "hba_file": _RULES_FILE}, folder)
        self._copy()
        self._run_standby()
        if synchronous:
            with self.admin.connect().execution_options(isolation_level="AUTOCOMMIT") as connection:
                connection.execute(text("alter system set synchronous_standby_names = '*'"))
                connection.execute(text("select pg_reload_conf()"))

    @property
    def standby_database(self) -> Path:
        """The standby's data folder."""
        return self._here.home / _STANDBY_FOLDER

    def fall(self) -> None:
        """kill -9 of the primary, which is fenced: nobody starts it again."""
        self.kill_postmaster()
        self.postgres.stop()

    def lag(self) -> None:
        """From here on the standby receives nothing: its receiver is stopped."""
        self._receiver().suspend()

    def promote(self) -> None:
        """The standby becomes the server; whoever asks `admin` and the like asks it."""
        for found in self._receivers():
            with suppress(psutil.NoSuchProcess):
                found.kill()
        self._control("promote")
        self.running = replace(self.running, host=STANDBY)
        self._reach()

    def worker_dsn_of_both(self) -> str:
        """How a server process finds whichever of the two may be written to."""
        return make_dsn(self.worker_dsn, host=BOTH)

    def close(self) -> None:
        """Stops both and removes them."""
        self._control("stop", "-m", "immediate")
        super().close()

    def _copy(self) -> None:
        self.standby_database.mkdir(mode=0o700)
        if self._here.account is not None:
            from app.server import posix

            posix.give_to(self.standby_database, self._here.account)
        self._run(
            self.running.binaries.folder / "pg_basebackup",
            *("-d", self.running.dsn(), "-D", _STANDBY_FOLDER, "-R", "-X", "stream", "-c", "fast"),
        )

    def _run_standby(self) -> None:
        changes: Mapping[str, str] = {
            **FAST,
            "listen_addresses": STANDBY,
            "hba_file": _RULES_FILE,
            "logging_collector": "off",
        }
        path = self._here.home / _STANDBY_FILE
        path.write_text(configuration.configuration_text(self.running.port, changes), "utf-8")
        path.chmod(0o644)
        self._control("start", "-o", f"-c config_file={_STANDBY_FILE}")

    def _control(self, *words: str) -> None:
        action, *more = words
        self._run(self.running.binaries.pg_ctl, action, "-w", "-s", "-D", _STANDBY_FOLDER, *more)

    def _run(self, *command: str | Path) -> None:
        output = self._here.home / "standby.said"
        ran = process.run(
            command,
            account=self._here.account,
            folder=self._here.home,
            output=output,
            seconds=_SECONDS,
        )
        assert ran.code == 0, ran.said

    def _receiver(self) -> psutil.Process:
        return next(iter(self._receivers()))

    def _receivers(self) -> list[psutil.Process]:
        found = []
        for one in process.servers_on(self.standby_database):
            # Its receiver may end at any moment, once the primary is gone.
            with suppress(psutil.NoSuchProcess):
                if "walreceiver" in " ".join(one.cmdline()):
                    found.append(one)
        return found
