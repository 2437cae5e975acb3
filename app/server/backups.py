"""Backups that can be trusted: a dump, and beside it what it is and its checksum."""

import hashlib
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from pathlib import Path

import msgspec
from psycopg2.extensions import make_dsn, parse_dsn

from app.core.errors import EnvironmentFault
from app.server.connect import administrator_connection
from app.server.embedded import backup, binaries
from app.server.embedded.running import Running
from app.server.logins import person_logins

FORMAT = "gantry-backup"
SUFFIX = ".gantry-backup"
_STAMP = "%Y%m%dT%H%M%SZ"
_PREFIX = "gantry-"
_BLOCK = 1 << 20
KEPT_DAYS, KEPT_WEEKS, KEPT_MONTHS = 7, 5, 12
_PASSED_ON = ("sslmode", "sslrootcert", "channel_binding")


class Manifest(msgspec.Struct, frozen=True, kw_only=True):
    """What a backup is; no secret, no verifier of a password."""

    format: str = FORMAT
    version: int = 1
    made_at: datetime
    server_version: int
    generation: str
    logins: list[str]
    size: int
    sha256: str


@dataclass(frozen=True, slots=True)
class Target:
    """A database for pg_dump and pg_restore."""

    running: Running
    dsn: str
    database: str

    @property
    def aimed(self) -> str:
        """The database as these programs take it, with how the server proves who it is."""
        given = parse_dsn(self.dsn)
        kept = {name: given[name] for name in _PASSED_ON if name in given}
        return make_dsn(dbname=self.database, **kept)


def target_of(superuser_dsn: str, database: str) -> Target:
    """The target behind a superuser's DSN; the programs are those of the bundled PostgreSQL."""
    given = parse_dsn(superuser_dsn)
    running = Running(
        port=int(str(given.get("port") or 5432).split(",", 1)[0]),
        password=given.get("password", ""),
        binaries=binaries.installed(),
        host=given.get("host", "127.0.0.1"),
        superuser=given.get("user", "postgres"),
    )
    return Target(running, superuser_dsn, database)


def manifest_path(file: Path) -> Path:
    """Where the manifest of a backup lies."""
    return file.with_name(f"{file.name}.json")


def make_backup(target: Target, folder: Path, now: datetime | None = None) -> Path:
    """Writes a backup into `folder` (made if missing); its path. EnvironmentFault in words."""
    moment = (now or datetime.now(UTC)).astimezone(UTC)
    file = folder / f"{_PREFIX}{moment.strftime(_STAMP)}{SUFFIX}"
    try:
        folder.mkdir(mode=0o700, parents=True, exist_ok=True)
        draft = file.with_name(f"{file.name}.part")
        backup.dump(target.running, target.aimed, draft)
        draft.chmod(0o600)
        manifest = _describe(target, draft, moment)
        manifest_path(file).write_bytes(msgspec.json.format(msgspec.json.encode(manifest)))
        draft.replace(file)
    except OSError as error:
        raise EnvironmentFault("server.backup.failed", reason=str(error)) from error
    return file


def _describe(target: Target, file: Path, made_at: datetime) -> Manifest:
    opened = administrator_connection(target.dsn, database=target.database)
    try:
        with opened.cursor() as cursor:
            cursor.execute("select generation::text from server_meta")
            (generation,) = cursor.fetchone() or ("",)
        return Manifest(
            made_at=made_at,
            server_version=opened.server_version,
            generation=generation,
            logins=sorted(person_logins(opened)),
            size=file.stat().st_size,
            sha256=checksum(file),
        )
    finally:
        opened.close()


def checksum(file: Path) -> str:
    """The SHA-256 of a file, in hexadecimal."""
    whole = hashlib.sha256()
    with file.open("rb") as source:
        while block := source.read(_BLOCK):
            whole.update(block)
    return whole.hexdigest()


def check_backup(file: Path) -> Manifest:
    """The manifest of a sound backup. EnvironmentFault `server.backup.no_file`, `.no_manifest`,
    `.damaged` or `.foreign`."""
    if not file.is_file():
        raise EnvironmentFault("server.backup.no_file", file=str(file))
    try:
        described = manifest_path(file).read_bytes()
        manifest = msgspec.json.decode(described, type=Manifest)
    except OSError as error:
        raise EnvironmentFault(
            "server.backup.no_manifest", file=str(manifest_path(file))
        ) from error
    except (msgspec.MsgspecError, UnicodeDecodeError) as error:
        raise EnvironmentFault("server.backup.damaged", file=str(file)) from error
    if manifest.format != FORMAT or manifest.version != 1:
        raise EnvironmentFault("server.backup.foreign", file=str(file))
    if file.stat().st_size != manifest.size or checksum(file) != manifest.sha256:
        raise EnvironmentFault("server.backup.damaged", file=str(file))
    return manifest


def made_at(file: Path) -> datetime | None:
    """When a backup was made, by its name; None for any other file."""
    name = file.name
    if not (name.startswith(_PREFIX) and name.endswith(SUFFIX)):
        return None
    try:
        stamp = datetime.strptime(name[len(_PREFIX) : -len(SUFFIX)], _STAMP)  # noqa: DTZ007
    except ValueError:
        return None
    return stamp.replace(tzinfo=UTC)


def expired(moments: Sequence[datetime], now: datetime) -> list[datetime]:
    """Which of the backups can go: kept are all of the last 7 days and the newest of each of the
    last 5 weeks and 12 months; the newest of all always."""
    newest_first = sorted(moments, reverse=True)
    kept = set(newest_first[:1])
    kept |= {moment for moment in newest_first if moment > now - timedelta(days=KEPT_DAYS)}
    for name, count in ((_week, KEPT_WEEKS), (_month, KEPT_MONTHS)):
        of_each: dict[tuple[int, int], datetime] = {}
        for moment in newest_first:
            of_each.setdefault(name(moment), moment)
        kept |= set(list(of_each.values())[:count])
    return sorted(set(newest_first) - kept)


def _week(moment: datetime) -> tuple[int, int]:
    year, week, _ = moment.isocalendar()
    return year, week


def _month(moment: datetime) -> tuple[int, int]:
    return moment.year, moment.month


def tidy(folder: Path, now: datetime) -> list[Path]:
    """Removes expired backups; which. Files with other names are never touched."""
    dated = {file: moment for file in folder.iterdir() if (moment := made_at(file)) is not None}
    gone = set(expired(list(dated.values()), now))
    removed = sorted(file for file, moment in dated.items() if moment in gone)
    for file in removed:
        file.unlink()
        manifest_path(file).unlink(missing_ok=True)
    return removed
