"""A person's desk: edits are saved here and now, and reach the server when they can."""

import threading
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from typing import Final, Literal
from uuid import UUID

from sqlalchemy.orm import Session

from app.core.errors import EnvironmentFault, Reason, Refused
from app.services.bus import part_of
from app.services.changes import Changes
from app.services.commands import Command
from app.sync.ballast import with_room
from app.sync.cache_state import shown
from app.sync.clock import Chance, Clock, SystemChance, SystemClock, new_id
from app.sync.faults import FileDamaged
from app.sync.inbox import InboxEntry, entries
from app.sync.keys import KeyStore
from app.sync.link import LinkReport
from app.sync.link_thread import LinkThread
from app.sync.listeners import Listeners
from app.sync.profile import Profile
from app.sync.search import Found
from app.sync.status import DeskStatus, LinkState
from app.sync.store import DeskStore
from app.sync.wire import Connector

ANSWER_S: Final = 10.0
"""How long `execute` waits for the server's answer to a command that only it can run."""

News = Changes | DeskStatus


@dataclass(frozen=True, slots=True)
class Saved:
    """An edit that is kept for good, with what it touched here."""

    op_id: UUID
    changes: Changes


@dataclass(frozen=True, slots=True)
class Outcome:
    """The server's answer to a command; `unknown` when none came in time: it is being checked, and
    `Desk.outcome(op_id)` tells later."""

    op_id: UUID
    state: Literal["applied", "refused", "conflict", "blocked", "unknown"]
    reason: Reason | None = None


class Desk:
    """One profile, owned by this process until `close()`. Any thread may call."""

    def __init__(
        self, store: DeskStore, clock: Clock, chance: Chance, answer_s: float = ANSWER_S
    ) -> None:
        """Use `Desk.open`."""
        self._answer_s = answer_s
        self._store = store
        self._clock = clock
        self._chance = chance
        self._login = store.profile.login
        self._listeners: Listeners[News] = Listeners()
        self._settled = threading.Condition()
        self._told: DeskStatus | None = None
        self._thread: LinkThread | None = None
        store.listen(self._tell_changes)
        self._as_of = store.catch_up()

    @classmethod
    def open(
        cls,
        profile: Profile,
        keys: KeyStore,
        *,
        clock: Clock | None = None,
        chance: Chance | None = None,
        connector: Connector | None = None,
        answer_s: float = ANSWER_S,
    ) -> "Desk":
        """Opens a profile's files, mends what is damaged, and replays what is not shown.

        EnvironmentFault: another process owns the profile (`sync.in_use`), no keys, a newer
        program's files, a server that is not asked to prove itself (`sync.tls_required`), a disk
        that is full even without the ballast (`sync.disk_full`).
        """
        at, by = clock or SystemClock(), chance or SystemChance()

        def opened() -> "Desk":
            store = DeskStore(profile, keys, at, by, connector)
            try:
                return cls(store, at, by, answer_s)
            except BaseException:
                store.close()
                raise

        return with_room(profile.folder, opened)

    @property
    def profile(self) -> Profile:
        """Whose desk it is, and where its server is."""
        return self._store.profile

    def close(self) -> None:
        """Stops the link and gives the profile free."""
        self.stop()
        self._store.close()

    def new_id(self) -> UUID:
        """An id for a new row."""
        return new_id(self._clock, self._chance)

    def execute(self, command: Command, *, depends_on: UUID | None = None) -> Saved:
        """Saves an edit: when this returns it will be applied once, or come back with a reason.

        Raises Refused or Clash (nothing is saved) and EnvironmentFault. A command that only the
        server can run is waited for; Refused then carries the server's reason.
        """
        if part_of(command.KIND).online_only:
            outcome = self.execute_online(command, self._answer_s)
            _raise_unless_applied(outcome, self.dismiss)
            return Saved(outcome.op_id, Changes())
        _check_writable(self._store.link.report)
        op_id = self.new_id()
        try:
            changes = self._store.edits.save(command, op_id, depends_on)
        except FileDamaged as damage:
            self._store.rebuild_cache()
            raise EnvironmentFault("sync.cache_damaged") from damage
        self._wake()
        self._tell_status()
        return Saved(op_id, changes)

    def execute_online(self, command: Command, deadline: float) -> Outcome:
        """Asks the server to run a command and waits at most `deadline` seconds.

        EnvironmentFault `sync.online_needed`, and nothing is sent, while there is no connection.
        """
        _check_writable(self._store.link.report)
        if not self._is_connected(deadline):
            raise EnvironmentFault("sync.online_needed")
        op_id = self.new_id()
        self._store.edits.ask(command, op_id)
        self._wake()
        self._wait(lambda: self.outcome(op_id).state != "unknown", deadline)
        return self.outcome(op_id)

    def _is_connected(self, deadline: float) -> bool:
        if self._thread is None:
            return self.status().is_online
        link = self._store.link
        self._wait(lambda: link.report.state is not LinkState.CONNECTING, deadline)
        return self.status().is_online

    def outcome(self, op_id: UUID) -> Outcome:
        """What is known by now of a command. KeyError for an id that is not in the outbox."""
        found = self._store.outbox.get(op_id)
        if found is None:
            raise KeyError(op_id)
        if found.state == "saved" or found.state == "stored":
            return Outcome(op_id, "unknown")
        if found.state == "dismissed":
            return Outcome(op_id, "refused", found.reason)
        return Outcome(op_id, found.state, found.reason)

    @contextmanager
    def read(self) -> Iterator[Session]:
        """A session on one snapshot of the cache, read only. Any number of threads at once."""
        try:
            with self._store.read() as session:
                yield session
        except FileDamaged as damage:
            self._store.rebuild_cache()
            raise EnvironmentFault("sync.cache_damaged") from damage

    def subscribe(self, callback: Callable[[News], None]) -> Callable[[], None]:
        """Calls back with Changes from the server and with every new DeskStatus, on the thread
        where they arise; returns what ends it."""
        return self._listeners.add(callback)

    def status(self) -> DeskStatus:
        """How the desk is doing now."""
        report = self._store.link.report
        counts = self._store.outbox.counts()
        return DeskStatus(
            link=report.state,
            reason=report.reason,
            pending=counts.get("saved", 0) + counts.get("stored", 0),
            unsent=counts.get("saved", 0),
            refused=counts.get("refused", 0) + counts.get("blocked", 0),
            conflicts=counts.get("conflict", 0),
            data_as_of=report.data_as_of or self._as_of,
            server_offset=report.server_offset,
            device_id=self._store.outbox.device_id(),
            login=self._login,
            notices=tuple(self._store.notices),
        )

    def start(self) -> None:
        """Starts the link on a thread of its own."""
        if self._thread is None:
            self._store.link.begin()
            self._thread = LinkThread(self._store, self._after_turn)
            self._thread.start()

    def stop(self) -> None:
        """Stops the link; edits are still taken."""
        thread, self._thread = self._thread, None
        if thread is not None:
            thread.stop()

    def retry(self) -> None:
        """A person wants a connection now."""
        self._store.link.retry_now()
        self._wake()

    def sync_until_quiet(self, deadline: float) -> DeskStatus:
        """Waits until every edit is answered and the newest rows are here, at most `deadline`
        seconds; runs the link for so long if it is not running."""
        ours = self._thread is None
        self.start()
        before = self._store.link.report.pulls
        self.retry()

        def quiet() -> bool:
            report = self._store.link.report
            if report.state in (LinkState.WRONG_PASSWORD, LinkState.OUTDATED):
                return True
            return report.pulls > before and not self._store.outbox.open_ids()

        self._wait(quiet, deadline)
        status = self.status()
        if ours:
            self.stop()
        return status

    def inbox(self) -> list[InboxEntry]:
        """The own edits that wait, are in doubt, were refused or clash; oldest first."""
        with self.read() as session:
            doubts = shown(session.connection())
        outbox = self._store.outbox
        return entries([*outbox.told(), *outbox.open_commands()], doubts)

    def dismiss(self, op_id: UUID) -> bool:
        """A person has seen a refusal or clash. False if there was none under this id."""
        done = self._store.outbox.dismiss(op_id)
        self._tell_status()
        return done

    def send_anew(self, op_id: UUID, command: Command) -> Saved:
        """Saves a corrected command in place of one that came back, which is then dismissed."""
        saved = self.execute(command)
        self.dismiss(op_id)
        return saved

    def search(self, words: str, limit: int = 20) -> list[Found]:
        """Rows whose name, code or pinyin initials hold the words, best first."""
        return self._store.search(words, limit)

    def _wake(self) -> None:
        self._store.link.wake()
        thread = self._thread
        if thread is not None:
            thread.wake()

    def _wait(self, done: Callable[[], bool], seconds: float) -> bool:
        ends = self._clock.monotonic() + seconds
        with self._settled:
            while not done():
                left = ends - self._clock.monotonic()
                if left <= 0:
                    return False
                self._settled.wait(left)
        return True

    def _after_turn(self) -> None:
        with self._settled:
            self._settled.notify_all()
        self._tell_status()

    def _tell_status(self) -> None:
        status = self.status()
        if status != self._told:
            self._told = status
            self._listeners.tell(status)

    def _tell_changes(self, changes: Changes) -> None:
        if changes:
            self._listeners.tell(changes)


def _check_writable(report: LinkReport) -> None:
    if report.state is LinkState.OUTDATED and report.reason is not None:
        raise EnvironmentFault(report.reason.text_id, **report.reason.parameters)


def _raise_unless_applied(outcome: Outcome, dismiss: Callable[[UUID], object]) -> None:
    if outcome.state == "unknown":
        raise EnvironmentFault("sync.answer_unknown")
    if outcome.state != "applied":
        # The person is told right here, and not once more in the inbox.
        dismiss(outcome.op_id)
        reason = outcome.reason or Reason("sync.server_bug", {"op_id": str(outcome.op_id)})
        raise Refused(reason.text_id, **reason.parameters)
