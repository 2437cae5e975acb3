"""Starts and stops the embedded PostgreSQL of one data folder."""

import contextlib
import shutil
import sys
from collections.abc import Mapping
from pathlib import Path
from types import TracebackType

import psycopg2

from app.core.errors import EnvironmentFault
from app.server.embedded import binaries as programs
from app.server.embedded import configuration, faults, place, ports, process
from app.server.embedded.binaries import Binaries
from app.server.embedded.initialise import initialise, remove_drafts
from app.server.embedded.lock import FolderLock
from app.server.embedded.place import Note, Place
from app.server.embedded.running import SUPERUSER, Running, Status
from app.server.embedded.scram import random_password, scram_verifier

LOCK_FILE = "controller.lock"
# The log of this start, then of every program that this controller runs.
START_LOG = "start.log"
PROGRAM_LOG = "program.log"

_MEGABYTE = 1 << 20
MINIMUM_FREE = 200 * _MEGABYTE
# Setting the password is also where a server that was killed replays its write-ahead log.
_RECOVERY_SECONDS = 300
_START_SECONDS = 60
_STOP_SECONDS = 30
_MARGIN_SECONDS = 15
_PORT_ATTEMPTS = 3


class EmbeddedPostgres:
    """The server of `folder`: `start()`, `stop()`, or as a context manager.

    One program at a time holds a folder; a second one is refused by name. A server that a killed
    program left behind is stopped and started anew, as its password died with that program.
    `settings` change postgresql.conf (names and values as there; ValueError for anything else);
    `minimum_free` is in bytes.
    """

    def __init__(
        self,
        folder: Path,
        *,
        settings: Mapping[str, str] | None = None,
        minimum_free: int = MINIMUM_FREE,
    ) -> None:
        self.folder = folder.absolute()
        self._settings = dict(settings or {})
        self._configuration(ports.FIRST_PORT)
        self._minimum_free = minimum_free
        self._lock = FolderLock(self.folder / LOCK_FILE)
        self._running: Running | None = None

    def start(self) -> Running:
        """Makes the database on first use, starts the server and waits until it answers.

        Returns the same value while it runs. Raises EnvironmentFault with ids `server.embedded.*`.
        """
        if self._running is not None:
            return self._running
        here, note = place.prepare(self.folder)
        self._lock.take()
        try:
            self._running = self._start(here, note)
        except BaseException:
            with contextlib.suppress(EnvironmentFault, OSError):
                _end_servers(here, programs.installed())
            self._lock.release()
            raise
        return self._running

    def stop(self) -> None:
        """Stops the server (clients are sent away, everything committed is kept) and frees the
        folder; does nothing when this object did not start it."""
        running, self._running = self._running, None
        if running is None:
            return
        try:
            _end_servers(self._place(), running.binaries)
        finally:
            self._lock.release()

    def remove(self) -> None:
        """Stops the server and deletes the database for good, with what belongs to the folder.

        EnvironmentFault when another program is using it.
        """
        self.stop()
        if not self.folder.is_dir():
            return
        with self._lock:
            here = self._place()
            _end_servers(here, programs.installed())
            shutil.rmtree(here.database, ignore_errors=True)
            remove_drafts(here)
            if here.home != here.folder:
                shutil.rmtree(here.home, ignore_errors=True)
        shutil.rmtree(self.folder)

    def status(self) -> Status:
        """How the folder stands, whoever started its server."""
        if not (self.folder / place.NOTE_FILE).is_file():
            return Status("absent", self.folder)
        here = self._place()
        found = _version_of(here.database)
        if found is None:
            return Status("absent", here.home)
        note = place.read_note(self.folder)
        process_id = process.postmaster_id(here.database)
        at_work = {server.pid for server in process.servers_on(here.database)}
        if process_id in at_work:
            return Status("running", here.home, found, note.port if note else None, process_id)
        return Status("stopped", here.home, found, note.port if note else None)

    def __enter__(self) -> Running:
        return self.start()

    def __exit__(
        self,
        kind: type[BaseException] | None,
        error: BaseException | None,
        trace: TracebackType | None,
    ) -> None:
        self.stop()

    def _place(self) -> Place:
        note = place.read_note(self.folder)
        return place.locate(self.folder, note or Note(""))

    def _start(self, here: Place, note: Note) -> Running:
        binaries = programs.readable_by(here.account, programs.installed(), place.SHARED_FOLDER)
        free = shutil.disk_usage(here.home).free
        if free < self._minimum_free:
            raise EnvironmentFault(
                "server.embedded.disk_low",
                folder=str(here.home),
                free=free // _MEGABYTE,
                needed=self._minimum_free // _MEGABYTE,
            )
        remove_drafts(here)
        if here.database.is_dir():
            _check_owner(here)
            _check_version(here, binaries)
            _end_servers(here, binaries)
        else:
            initialise(here, binaries, durable=self._settings.get("fsync") != "off")
        for _ in range(_PORT_ATTEMPTS - 1):
            try:
                return self._start_on_a_port(here, note, binaries)
            except EnvironmentFault as fault:
                # Another program took the port between our look and PostgreSQL's.
                if fault.reason.text_id != faults.PORT_TAKEN:
                    raise
        return self._start_on_a_port(here, note, binaries)

    def _start_on_a_port(self, here: Place, note: Note, binaries: Binaries) -> Running:
        port = ports.free_port(note.port)
        if port != note.port:
            place.write_note(self.folder, place.with_port(note, port))
        _write(here, configuration.CONFIGURATION_FILE, self._configuration(port))
        _write(here, configuration.ACCESS_FILE, configuration.ACCESS_RULES)
        running = Running(port, random_password(), binaries)
        _set_password(here, running)
        _start_server(here, binaries)
        _check_login(here, running)
        return running

    def _configuration(self, port: int) -> str:
        return configuration.configuration_text(port, self._settings)


def _version_of(database: Path) -> str | None:
    try:
        return (database / "PG_VERSION").read_text(encoding="ascii", errors="replace").strip()
    except OSError:
        return None


def _check_version(here: Place, binaries: Binaries) -> None:
    found = _version_of(here.database)
    if found is None:
        raise EnvironmentFault("server.embedded.damaged", folder=str(here.database))
    ours = programs.major_version(binaries)
    if found != ours:
        raise EnvironmentFault(
            "server.embedded.other_major", folder=str(here.database), found=found, ours=ours
        )


def _check_owner(here: Place) -> None:
    if sys.platform == "win32":
        return
    from app.server import posix

    wanted = here.account or posix.own_account()
    if posix.owner_of(here.database) != wanted.user_id:
        raise EnvironmentFault(
            "server.embedded.wrong_owner",
            folder=str(here.database),
            log=str(here.home / PROGRAM_LOG),
        )


def _write(here: Place, name: str, text: str) -> None:
    """Settings are ours, not the server account's: it may read them and no more."""
    path = here.home / name
    draft = path.with_name(f"{name}.new")
    draft.write_text(text, encoding="utf-8")
    draft.chmod(0o644 if here.account else 0o600)
    draft.replace(path)


def _set_password(here: Place, running: Running) -> None:
    """Sets this start's password before the server listens; only its verifier leaves this process,
    through standard input."""
    statement = f"ALTER ROLE {SUPERUSER} PASSWORD '{scram_verifier(running.password)}';\n"
    ran = process.run(
        [
            running.binaries.postgres,
            *("--single", "-D", place.DATABASE_FOLDER),
            *("-c", f"config_file={configuration.CONFIGURATION_FILE}"),
            *("-c", "exit_on_error=true", "-c", "logging_collector=off", "postgres"),
        ],
        account=here.account,
        folder=here.home,
        output=here.home / PROGRAM_LOG,
        seconds=_RECOVERY_SECONDS,
        typed=statement.encode("ascii"),
    )
    if ran.code != 0:
        raise _fault(here, ran.said, here.home / PROGRAM_LOG)


def _start_server(here: Place, binaries: Binaries) -> None:
    log = here.home / START_LOG
    log.write_bytes(b"")
    log.chmod(0o600)
    if here.account is not None:
        from app.server import posix

        posix.give_to(log, here.account)
    # pg_ctl starts the server through a shell: no path of the user's may appear in its words.
    ran = process.run(
        [
            binaries.pg_ctl,
            *("start", "-w", "-s", "-t", str(_START_SECONDS)),
            *("-D", place.DATABASE_FOLDER, "-l", START_LOG),
            *("-o", f"-c config_file={configuration.CONFIGURATION_FILE}"),
        ],
        account=here.account,
        folder=here.home,
        output=here.home / PROGRAM_LOG,
        seconds=_START_SECONDS + _MARGIN_SECONDS,
    )
    if ran.code != 0:
        said = ran.said + process.tail_of(log) + _newest_log(here)
        raise _fault(here, said, log)


def _fault(here: Place, said: str, log: Path) -> EnvironmentFault:
    free = shutil.disk_usage(here.home).free
    return faults.fault_from(said, folder=here.folder, log=log, free=free)


def _newest_log(here: Place) -> str:
    logs = sorted(here.logs.glob("gantry-*.log"), key=lambda log: log.stat().st_mtime)
    return process.tail_of(logs[-1]) if logs else ""


def _check_login(here: Place, running: Running) -> None:
    try:
        psycopg2.connect(running.dsn()).close()
    except psycopg2.OperationalError as error:
        raise EnvironmentFault(
            "server.embedded.start_failed",
            reason=str(error).strip(),
            log=str(here.home / START_LOG),
        ) from error


def _end_servers(here: Place, binaries: Binaries) -> None:
    """Stops every server process at work on the database and removes a pid file nobody owns."""
    at_work = process.servers_on(here.database)
    if process.postmaster_id(here.database) in {server.pid for server in at_work}:
        with contextlib.suppress(EnvironmentFault):
            process.run(
                [
                    programs.readable_by(here.account, binaries, place.SHARED_FOLDER).pg_ctl,
                    *("stop", "-w", "-s", "-m", "fast", "-t", str(_STOP_SECONDS)),
                    *("-D", place.DATABASE_FOLDER),
                ],
                account=here.account,
                folder=here.home,
                output=here.home / PROGRAM_LOG,
                seconds=_STOP_SECONDS + _MARGIN_SECONDS,
            )
    process.wait_or_kill(here.database, at_work)
    (here.database / "postmaster.pid").unlink(missing_ok=True)
