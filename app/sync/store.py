"""Everything that an open desk holds: its lock, its two databases, its link; and keeping house."""

import logging
from collections.abc import Callable, Iterator
from contextlib import ExitStack, contextmanager
from datetime import datetime
from typing import Final

from sqlalchemy.exc import DBAPIError
from sqlalchemy.orm import Session
from sqlcipher3 import dbapi2 as sqlcipher

from app.core.errors import EnvironmentFault, Reason
from app.models.engines import SYSTEM_DISK, CipherKey, Disk, postgres_engine
from app.services.changes import Changes
from app.sync.ballast import Ballast
from app.sync.cache import CACHE_FILE, Cache, set_cache_aside
from app.sync.cache_schema import synced_tables
from app.sync.cache_state import fact, forget_settled, shown
from app.sync.clock import Chance, Clock, new_id
from app.sync.drift import DriftCheck
from app.sync.edits import Edits
from app.sync.faults import FileDamaged, disk_fault, is_disk_fault
from app.sync.gate import WriteGate
from app.sync.history import forget_answered
from app.sync.keys import CACHE_KEY, OUTBOX_KEY, PASSWORD, KeyStore, file_key
from app.sync.link import Link
from app.sync.outbox_copy import (
    COPY_FILE,
    OUTBOX_FILE,
    copy_outbox,
    missing_told,
    open_outbox,
    readable_commands,
)
from app.sync.postgres_port import PostgresPort
from app.sync.profile import Profile, ProfileLock
from app.sync.rebase import Rebase
from app.sync.search import Found, refresh, search
from app.sync.wiping import wipe
from app.sync.wire import Connector, LinkLost, ServerPort

logger = logging.getLogger(__name__)

_NO_ROOM_S: Final = 1.0
_DAY_S: Final = 24 * 3600.0
_FIRST_HOUSE_S: Final = 60.0
_INDEX_SLICE: Final = 200
_INDEX_TURN: Final = 2_000


class DeskStore:
    """The open files of a profile and what works on them."""

    def __init__(
        self,
        profile: Profile,
        keys: KeyStore,
        clock: Clock,
        chance: Chance,
        connector: Connector | None,
        *,
        disk: Disk = SYSTEM_DISK,
        gate: WriteGate | None = None,
    ) -> None:
        self.profile = profile
        self.gate = gate or WriteGate()
        self._disk = disk
        self.notices: list[Reason] = []
        self._clock = clock
        self._listener: Callable[[Changes], None] = _nobody
        self._house_at = clock.monotonic() + _FIRST_HOUSE_S
        self._wiped_after: int | None = None
        with ExitStack() as undo:
            folder = profile.folder
            folder.mkdir(parents=True, exist_ok=True)
            lock = ProfileLock(folder)
            lock.take()
            undo.callback(lock.release)
            outbox_key = _key(profile, keys, OUTBOX_KEY, OUTBOX_FILE, chance)
            cache_key = _key(profile, keys, CACHE_KEY, CACHE_FILE, chance)
            self.outbox, told = open_outbox(
                folder, outbox_key, new_id(clock, chance), clock.now(), disk
            )
            undo.callback(self.outbox.close)
            self.notices += told
            self.cache = self._open_cache(profile, cache_key)
            undo.callback(self.cache.close)
            if not told:
                self._tell_missing(outbox_key, chance)
            self._ready(connector or PostgresConnector(profile, keys), chance)
            self._close = undo.pop_all()

    def _ready(self, connector: Connector, chance: Chance) -> None:
        login, folder = self.profile.login, self.profile.folder
        self.ballast = Ballast(folder)
        self.edits = Edits(self.cache, self.outbox, self.gate, self.ballast, login, self._clock)
        self.rebase = Rebase(self.cache, self.outbox, self.gate, login)
        self.link = Link(
            connector=connector,
            cache=self.cache,
            outbox=self.outbox,
            rebase=self.rebase,
            login=login,
            clock=self._clock,
            chance=chance,
            drift=DriftCheck(self.cache, self.outbox, self.gate, self._clock, self.notices.append),
            tell=lambda changes: self._listener(changes),
        )

    def _open_cache(self, profile: Profile, key: CipherKey) -> Cache:
        try:
            return Cache(profile.folder, key, self._disk)
        except FileDamaged as damage:
            logger.warning("the cache is damaged: %s", damage)
        set_cache_aside(profile.folder)
        self.notices.append(Reason("sync.cache_rebuilt"))
        return Cache(profile.folder, key, self._disk)

    def _tell_missing(self, key: CipherKey, chance: Chance) -> None:
        try:
            with self.cache.read() as session:
                pending = shown(session.connection())
        except FileDamaged:
            # It is begun anew as soon as it is asked for rows.
            return
        if pending:
            copied = readable_commands(self.profile.folder / COPY_FILE, key, self._disk)
            device = new_id(self._clock, chance)
            self.notices += missing_told(self.outbox, copied, device, pending.keys())

    def listen(self, listener: Callable[[Changes], None]) -> None:
        """Tells what the link changes."""
        self._listener = listener

    @contextmanager
    def read(self) -> Iterator[Session]:
        """A reading session."""
        with self.cache.read() as session:
            yield session

    def rebuild_cache(self) -> None:
        """Sets the damaged cache aside and begins a new one; the link fills it.

        EnvironmentFault `sync.disk_full`: it is tried again whenever rows are asked for.
        """
        try:
            with self.gate.edit():
                self.cache.rebuild()
        except (DBAPIError, sqlcipher.Error) as error:
            if not is_disk_fault(error):
                raise
            self.ballast.drop()
            raise disk_fault(str(self.profile.folder)) from error
        self.notices.append(Reason("sync.cache_rebuilt"))
        self.link.retry_now()
        self._listener(Changes({table.name: frozenset() for table in synced_tables()}))

    def catch_up(self) -> datetime | None:
        """Replays what is saved but not shown; a cache that proves to be damaged is begun anew.
        The server's time that the rows are of."""
        try:
            with self.read() as session:
                found = fact(session.connection(), "as_of")
            if changes := self.rebase.catch_up():
                logger.info("replayed edits in %s", sorted(changes.tables))
        except FileDamaged as damage:
            # What is damaged further inside shows only now.
            logger.warning("the cache is damaged: %s", damage)
            self.rebuild_cache()
            return None
        return None if found is None else datetime.fromisoformat(found)

    def turn(self) -> float:
        """A turn of the link, with the files looked after; seconds until there is more to do."""
        try:
            if self.edits.behind:
                self._listener(self.rebase.catch_up())
                self.edits.behind = False
            pause = self.link.turn()
            reason = self.link.report.reason
            if reason is not None and reason.text_id == "sync.disk_full":
                self.ballast.drop()
            more = self._index(_INDEX_TURN)
            if not more:
                self._wipe()
            self._keep_house()
        except FileDamaged:
            logger.exception("the cache is damaged")
            return self._rebuilt_in()
        return 0.0 if more else pause

    def _rebuilt_in(self) -> float:
        try:
            self.rebuild_cache()
        except EnvironmentFault as fault:
            logger.warning("no new cache: %s", fault.reason.text_id)
            return _NO_ROOM_S
        return 0.0

    def search(self, words: str, limit: int) -> list[Found]:
        """Searches, after bringing the index up to date as far as that is quick."""
        self._index(_INDEX_TURN)
        with self.read() as session:
            return search(session, words, limit)

    def descriptor(self) -> int | None:
        """The link's socket."""
        return self.link.descriptor()

    def close_link(self) -> None:
        """Ends the connection; the files stay open."""
        self.link.close()

    def close(self) -> None:
        """Closes everything."""
        self._close.close()

    def _index(self, most: int) -> bool:
        """Whether there is more to bring up to date."""
        for _ in range(0, most, _INDEX_SLICE):
            with self.gate.rebase(), self.cache.edit() as connection:
                if refresh(connection, _INDEX_SLICE) < _INDEX_SLICE:
                    return False
        return True

    def _wipe(self) -> None:
        # Rights are taken away by pulls, or were before the program was ended.
        pulls = self.link.report.pulls
        if self._wiped_after != pulls and wipe(self.cache, self.gate):
            self._wiped_after = pulls

    def _keep_house(self) -> None:
        if self._clock.monotonic() < self._house_at:
            return
        self._house_at = self._clock.monotonic() + _DAY_S
        copy_outbox(self.outbox, self.profile.folder)
        if self.link.server_clock.is_set:
            self._forget_old_answers()
        self.cache.check()

    def _forget_old_answers(self) -> None:
        forgotten = list(forget_answered(self.outbox, self.link.server_clock.now()))
        with self.gate.rebase(), self.cache.edit() as connection:
            forget_settled(connection, forgotten)


def _nobody(changes: Changes) -> None:
    del changes


def _key(profile: Profile, keys: KeyStore, name: str, file: str, chance: Chance) -> CipherKey:
    return file_key(keys, name, chance, is_new=not (profile.folder / file).exists())


class PostgresConnector:
    """Connects as the profile says: the host that answered last first, then the others."""

    def __init__(self, profile: Profile, keys: KeyStore) -> None:
        """EnvironmentFault `sync.tls_required`."""
        self._addresses = profile.addresses()
        self._keys = keys

    def __call__(self) -> ServerPort:
        """A connection to a server that can be written to. LinkLost with the last reason."""
        password = self._keys.load(PASSWORD)
        if password is None:
            raise LinkLost(Reason("sync.password_missing"), "wrong_password")
        lost = LinkLost(Reason("sync.unreachable", {"detail": "-"}))
        for address in list(self._addresses):
            try:
                port = PostgresPort(postgres_engine(address, password))
            except LinkLost as error:
                lost = error
                continue
            if len(self._addresses) == 1 or not _is_standby(port):
                self._addresses.remove(address)
                self._addresses.insert(0, address)
                return port
            lost = LinkLost(Reason("sync.standby"))
        raise lost


def _is_standby(port: ServerPort) -> bool:
    try:
        standby = port.hello().standby
    except LinkLost:
        port.close()
        raise
    if standby:
        port.close()
    return standby
