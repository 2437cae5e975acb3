"""A PostgreSQL of the black box's own, which can be killed and started again."""

import contextlib
import os
import secrets
import shutil
import socket
import subprocess
import sys
import time
from pathlib import Path
from typing import Any, Final

import psutil

from tests.blackbox.programs import PATIENCE_S, Psql, postgres_programs

DATABASE: Final = "gantry"
SUPERUSER: Final = "postgres"
_SETTINGS: Final = {
    "listen_addresses": "127.0.0.1",
    "unix_socket_directories": "",
    "max_connections": "60",
    "shared_buffers": "64MB",
}


class Cluster:
    """One PostgreSQL server on this computer; durable, as a company's is."""

    def __init__(self, folder: Path) -> None:
        self._folder = folder
        self._home = folder / "pgdata"
        self._account = _account()
        self._programs = _readable(postgres_programs(), folder, self._account)
        self._process: subprocess.Popen[bytes] | None = None
        self.password = secrets.token_urlsafe(16)
        self.port = _free_port()

    @property
    def dsn(self) -> str:
        """The superuser's way in, for the environment of a child process."""
        return self.dsn_of(SUPERUSER, self.password, self.port)

    def dsn_of(self, login: str, password: str, port: int) -> str:
        """A login's way in, through any port that leads here."""
        where = f"host=127.0.0.1 port={port} dbname={DATABASE} sslmode=disable"
        return f"{where} user={login} password={password}"

    def psql(self, login: str = SUPERUSER, password: str = "", database: str = DATABASE) -> Psql:
        """psql as a login."""
        return Psql(self.port, database, login, password or self.password)

    def make(self) -> None:
        """Makes the cluster's files."""
        self._home.mkdir(mode=0o700)
        secret = self._folder / "superuser"
        secret.write_text(self.password, encoding="ascii")
        for path in (self._home, secret):
            _give(path, self._account)
        words = ["-D", self._home, "-U", SUPERUSER, "-A", "scram-sha-256", "--pwfile", secret]
        words += ["--locale-provider", "builtin", "--locale", "C.UTF-8", "--encoding", "UTF8"]
        with (self._folder / "initdb.log").open("wb") as log:
            done = self._start("initdb", [str(word) for word in words], log).wait(PATIENCE_S)
        secret.unlink()
        assert done == 0, (self._folder / "initdb.log").read_text(encoding="utf-8")

    def start(self) -> None:
        """Starts the server, as often as it takes: the first try after a kill may be refused."""
        settings = [f"--{name}={value}" for name, value in _SETTINGS.items()]
        ends = time.monotonic() + PATIENCE_S
        psql = self.psql(database="postgres")
        while True:
            if self._process is None or self._process.poll() is not None:
                words = ["-D", str(self._home), "-p", str(self.port), *settings]
                with (self._folder / "postgres.log").open("ab") as log:
                    self._process = self._start("postgres", words, log)
            if psql.answers():
                return
            assert time.monotonic() < ends, f"PostgreSQL does not start: {self._folder}"
            time.sleep(0.1)

    def kill(self, *, whole_family: bool) -> None:
        """kill -9 of the server's first process, or of all of them, until none is left."""
        process, self._process = self._process, None
        if process is None:
            return
        parent = psutil.Process(process.pid)
        children = parent.children(recursive=True)
        for one in [parent, *(children if whole_family else ())]:
            with contextlib.suppress(psutil.NoSuchProcess):
                one.kill()
        process.wait(PATIENCE_S)
        _, left = psutil.wait_procs(children, timeout=20)
        for one in left:
            one.kill()
        psutil.wait_procs(left, timeout=20)

    def close(self) -> None:
        """Ends the server."""
        self.kill(whole_family=True)

    def _start(self, program: str, words: list[str], log: Any) -> "subprocess.Popen[bytes]":
        account: dict[str, Any] = {}
        if self._account is not None:
            # PostgreSQL refuses to run as root.
            user, group = self._account
            account = {"user": user, "group": group, "extra_groups": []}
        return subprocess.Popen(
            [str(self._programs / program), *words],
            cwd=self._folder,
            stdin=subprocess.DEVNULL,
            stdout=log,
            stderr=log,
            **account,
        )


def _account() -> tuple[int, int] | None:
    if sys.platform == "win32" or os.geteuid() != 0:
        return None
    import pwd

    for name in ("gantry", "nobody"):
        with contextlib.suppress(KeyError):
            entry = pwd.getpwnam(name)
            return entry.pw_uid, entry.pw_gid
    raise AssertionError("no account for PostgreSQL, which refuses to run as root")


def _give(path: Path, account: tuple[int, int] | None) -> None:
    if account is not None and sys.platform != "win32":
        os.chown(path, *account)


def _readable(programs: Path, folder: Path, account: tuple[int, int] | None) -> Path:
    if account is None:
        return programs
    user, group = account
    with contextlib.suppress(OSError):
        words = [str(programs / "postgres"), "--version"]
        quiet = subprocess.DEVNULL
        if not subprocess.call(words, user=user, group=group, stdout=quiet, stderr=quiet):
            return programs
    wheel = programs.parent.parent
    for one in (wheel, wheel.with_name(f"{wheel.name}.libs")):
        if one.exists():
            shutil.copytree(one, folder / "programs" / one.name)
    return folder / "programs" / wheel.name / "pginstall" / "bin"


def _free_port() -> int:
    with socket.create_server(("127.0.0.1", 0)) as tried:
        port: int = tried.getsockname()[1]
    return port
