"""Makes a new database: all of it or nothing."""

import secrets
import shutil

from app.server.embedded import faults, process
from app.server.embedded.binaries import Binaries
from app.server.embedded.place import DATABASE_FOLDER, Place
from app.server.embedded.running import SUPERUSER

INITIALISE_LOG = "initdb.log"
_SECONDS = 180


def initialise(here: Place, binaries: Binaries, *, durable: bool) -> None:
    """Makes the database beside its place and renames it. EnvironmentFault when that fails.

    Nobody can log in to what this makes: the superuser has no password before the first start, so
    none has to lie in a file. The builtin C.UTF-8 locale, because pg_trgm finds no letter in
    Chinese text under the C locale. `durable` waits until everything is on the disk.
    """
    draft = here.home / f"{DATABASE_FOLDER}.{secrets.token_hex(4)}.new"
    draft.mkdir(mode=0o700)
    if here.account is not None:
        from app.server import posix

        posix.give_to(draft, here.account)
    log = here.home / INITIALISE_LOG
    try:
        ran = process.run(
            [
                binaries.initdb,
                *("-D", draft.name, "--username", SUPERUSER, "--auth", "reject"),
                *("--locale-provider", "builtin", "--locale", "C.UTF-8", "--encoding", "UTF8"),
                *("--data-checksums", "--no-instructions"),
                *(() if durable else ("--no-sync",)),
            ],
            account=here.account,
            folder=here.home,
            output=log,
            seconds=_SECONDS,
        )
        if ran.code != 0:
            free = shutil.disk_usage(here.home).free
            raise faults.fault_from(ran.said, folder=here.folder, log=log, free=free)
        draft.rename(here.database)
    finally:
        shutil.rmtree(draft, ignore_errors=True)


def remove_drafts(here: Place) -> None:
    """Removes what an interrupted `initialise` left behind."""
    for draft in here.home.glob(f"{DATABASE_FOLDER}.*.new"):
        shutil.rmtree(draft, ignore_errors=True)
