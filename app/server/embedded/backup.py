"""Whole copies of one database with pg_dump and pg_restore; the password goes through a pipe."""

import subprocess
from collections.abc import Sequence
from pathlib import Path

from app.core.errors import EnvironmentFault
from app.server.embedded.process import clean_environment
from app.server.embedded.running import Running

_SECONDS = 3600
_WORDS_LENGTH = 500


def dump(running: Running, database: str, target: Path) -> None:
    """Writes `database` to `target` in pg_dump's custom format, replacing it in one step.

    EnvironmentFault `server.backup.failed` when the server or the disk refuses; an older file at
    `target` is then still whole.
    """
    draft = target.with_name(f"{target.name}.new")
    try:
        _run(
            running,
            [running.binaries.pg_dump, "--format=custom", "--file", draft],
            database,
        )
        draft.replace(target)
    finally:
        draft.unlink(missing_ok=True)


def restore(running: Running, database: str, source: Path) -> None:
    """Fills the existing, empty `database` from a file of `dump`: all of it or nothing."""
    if not source.is_file():
        raise EnvironmentFault("server.backup.no_file", file=str(source))
    _run(
        running,
        [running.binaries.pg_restore, "--single-transaction", "--exit-on-error", source],
        database,
    )


def _run(running: Running, command: Sequence[str | Path], database: str) -> None:
    words = [
        *(str(word) for word in command),
        *("--host", running.host, "--port", str(running.port)),
        *("--username", running.superuser, "--password", "--dbname", database),
    ]
    try:
        ran = subprocess.run(  # noqa: S603 - our own programs
            words,
            input=f"{running.password}\n",
            capture_output=True,
            text=True,
            encoding="utf-8",
            errors="replace",
            env=clean_environment(),
            timeout=_SECONDS,
            check=False,
            # Without a terminal of its own it reads the password from standard input.
            start_new_session=True,
            creationflags=int(getattr(subprocess, "DETACHED_PROCESS", 0)),
        )
    except (OSError, subprocess.TimeoutExpired) as error:
        raise EnvironmentFault("server.backup.failed", reason=str(error)) from error
    if ran.returncode != 0:
        said = ran.stderr.replace("Password:", "").strip()[-_WORDS_LENGTH:]
        raise EnvironmentFault("server.backup.failed", reason=said or str(ran.returncode))
