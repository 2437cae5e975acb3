"""The link between a desk and the server: what to do when. It waits for nothing itself."""

import logging
from collections.abc import Callable
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Final

from app.core.errors import EnvironmentFault, Reason
from app.services.changes import Changes
from app.sync.backlog import Backlog
from app.sync.cache import Cache
from app.sync.cache_state import AUDIT, fact
from app.sync.clock import Chance, Clock, ServerClock, new_id
from app.sync.drift import DriftCheck
from app.sync.faults import is_disk_fault
from app.sync.history import DOUBTFUL_NOTE, SERVER_NOTE, send_again_what_is_lost
from app.sync.outbox import Outbox
from app.sync.pull import ServerSetBack, check_hello, pull
from app.sync.push import Push
from app.sync.rebase import Rebase
from app.sync.staging import OtherCache
from app.sync.status import LinkState
from app.sync.wire import Connector, Hello, LinkLost, PushRejected, Seen, ServerPort

logger = logging.getLogger(__name__)

POLL_S: Final = 60.0
HEARTBEAT_S: Final = 4.5
SILENT_S: Final = 20.0
"""So long may a stored command wait before the desk says that it is the server."""

_FIRST_RETRY_S: Final = 0.5
# A standby that was promoted is written to five seconds later, however long that took.
_LONGEST_RETRY_S: Final = 4.0
_REJECTED_RETRY_S: Final = 30.0
_PASSWORD_RETRY_S: Final = 300.0
JITTER_S: Final = 0.05
_ANSWER_POLL_S: Final = (0.5, 15.0)
# Where a rebase takes long, the link spends a tenth of its time on it, or rests 10 s between two.
_LONG_REBASE_S: Final = 0.1
_REBASE_SHARE: Final = 10.0
_REBASE_PAUSE_S: Final = 10.0
# Anybody can send what wakes desks: one that finds nothing, again and again, is in less of a hurry.
_WAKE_PAUSES_S: Final = (0.0, 0.0, 0.0, 0.2, 0.4, 0.8, 1.6, 3.2)


@dataclass(frozen=True, slots=True)
class LinkReport:
    """How the link stands."""

    state: LinkState
    reason: Reason | None = None
    data_as_of: datetime | None = None
    server_offset: timedelta | None = None
    pulls: int = 0


class Link:
    """A state machine over a `Connector`: call `turn()` whenever its time is up, something was
    saved (`wake()`), or the server spoke on `descriptor()`. One thread at a time, but for `wake`.
    """

    def __init__(
        self,
        *,
        connector: Connector,
        cache: Cache,
        outbox: Outbox,
        rebase: Rebase,
        login: str,
        clock: Clock,
        chance: Chance,
        drift: DriftCheck,
        tell: Callable[[Changes], None],
    ) -> None:
        self._connector = connector
        self._cache = cache
        self._outbox = outbox
        self._rebase = rebase
        self._login = login
        self._clock = clock
        self._chance = chance
        self._drift = drift
        self._tell = tell
        self.server_clock = ServerClock(clock)
        self._push = Push(outbox, cache, self.server_clock, chance)
        self._backlog = Backlog()
        self._port: ServerPort | None = None
        self._outdated: Reason | None = None
        self._wants_push = True
        self._failures = 0
        self._retry_at = clock.monotonic()
        self._pull_at = 0.0
        self._push_at = 0.0
        self._rested_at = 0.0
        self._woken_in_vain = 0
        self._woken_at = 0.0
        self._beat_at = 0.0
        self._answer_poll = _ANSWER_POLL_S[0]
        self._waiting_since: float | None = None
        self.report = LinkReport(LinkState.STOPPED)

    def begin(self) -> None:
        """From now on it is turned."""
        self._say(LinkState.CONNECTING)

    def wake(self) -> None:
        """Something was saved. May be called from any thread."""
        self._wants_push = True

    def retry_now(self) -> None:
        """A person wants a connection now: no pause any more."""
        self._retry_at = self._clock.monotonic()
        self._pull_at = self._rested_at = self._retry_at

    def descriptor(self) -> int | None:
        """The socket to wait on, if there is a connection."""
        if self._port is None:
            return None
        try:
            return self._port.descriptor()
        except LinkLost as lost:
            self._drop(lost.reason, lost.kind)
            return None

    def turn(self) -> float:
        """Does everything that is due. Seconds until there is something to do again."""
        try:
            self._turn()
        except LinkLost as lost:
            self._drop(lost.reason, lost.kind)
        except EnvironmentFault as fault:
            self._drop(fault.reason, "offline")
        except Exception as error:
            if not is_disk_fault(error):
                self._drop(Reason("sync.desk_bug", {"kind": type(error).__name__}), "offline")
                raise
            self._drop(Reason("sync.disk_full", {"folder": str(self._cache.folder)}), "offline")
        return self._seconds_left()

    def close(self) -> None:
        """Ends the connection."""
        if self._port is not None:
            self._port.close()
            self._port = None
        self._say(LinkState.STOPPED)

    def _turn(self) -> None:
        now = self._clock.monotonic()
        if self._port is None:
            if now < self._retry_at:
                return
            self._connect()
        port = self._port
        assert port is not None
        self._listen(port)
        self._send(port)
        if self._pull_is_due(port):
            if self._outdated is not None:
                self._ask_again(port)
            if self._outdated is None:
                self._fetch(port)
        if self._clock.monotonic() >= self._beat_at:
            port.heartbeat()
            self._alive()
        # What came along with an answer does not wake anybody by the socket any more.
        self._listen(port)
        self._judge()

    def _listen(self, port: ServerPort) -> None:
        if port.notified():
            jitter = 0.0 if self._waiting_since is not None else JITTER_S
            told_at = self._clock.monotonic() + jitter * self._chance.fraction()
            self._pull_at = min(self._pull_at, max(told_at, self._woken_at))

    def _connect(self) -> None:
        self._say(LinkState.CONNECTING)
        self._port = port = self._connector()
        before = self._clock.now()
        hello = port.hello(self._seen())
        self._alive()
        self._look_at(hello, before, self._clock.now())
        identity = hello.identity.text()
        known = self._outbox.note(SERVER_NOTE)
        if known is None and self._outbox.note(DOUBTFUL_NOTE) is None:
            self._outbox.write_note(SERVER_NOTE, identity)
        elif (
            known != identity
            or self._outbox.note(DOUBTFUL_NOTE) is not None
            or not (hello.history_known and hello.device_known)
        ):
            # Before anything is sent: a number that the server lost would leave a gap for ever.
            self._recover(port, identity)
            if not hello.history_known:
                self._cache.forget_history()
        self._failures = 0
        self._wants_push = True
        self._pull_at = self._push_at = self._clock.monotonic()

    def _seen(self) -> Seen:
        with self._cache.read() as session:
            audit = fact(session.connection(), AUDIT) or ""
        fresh = new_id(self._clock, self._chance)
        return Seen(audit, self._outbox.claim(fresh, for_push=False))

    def _recover(self, port: ServerPort, identity: str) -> None:
        count = send_again_what_is_lost(
            port,
            self._outbox,
            self._cache,
            identity,
            new_device=new_id(self._clock, self._chance),
            now=self.server_clock.now(),
        )
        logger.warning("history was broken off; %d commands are sent again", count)
        self._wants_push = True
        self._pull_at = self._clock.monotonic()

    def _look_at(self, hello: Hello, before: datetime, after: datetime) -> None:
        if hello.me != self._login:
            raise LinkLost(Reason("sync.other_login", {"login": hello.me}))
        self._outdated = None
        try:
            check_hello(hello)
        except LinkLost as lost:
            if lost.kind != LinkState.OUTDATED:
                raise
            self._outdated = lost.reason
        middle = before + (after - before) / 2
        self.server_clock.set(hello.now)
        self._say(LinkState.ONLINE, server_offset=hello.now - middle)

    def _send(self, port: ServerPort) -> None:
        if not self._wants_push or self._clock.monotonic() < self._push_at:
            return
        self._wants_push = False
        try:
            stored = self._push.run(port)
        except PushRejected as rejected:
            self._wants_push = True
            self._push_at = self._clock.monotonic() + _REJECTED_RETRY_S
            self._say(LinkState.ONLINE, reason=rejected.reason)
            return
        except BaseException:
            self._wants_push = True
            raise
        self._alive()
        if stored:
            now = self._clock.monotonic()
            self._answer_poll = _ANSWER_POLL_S[0]
            self._waiting_since = self._waiting_since or now
            self._pull_at = min(self._pull_at, now + self._answer_poll)
            self._woken_in_vain, self._woken_at = 0, 0.0

    def _pull_is_due(self, port: ServerPort) -> bool:
        now = self._clock.monotonic()
        if now < self._pull_at:
            return False
        sent = self._outbox.counts().get("stored", 0)
        wait = self._backlog.wait_s(
            now, self._rested_at, sent, lambda: port.unanswered(self._outbox.asked_since())
        )
        if wait:
            self._pull_at = now + wait
        return not wait

    def _ask_again(self, port: ServerPort) -> None:
        """The server may be upgraded while its connections stay."""
        before = self._clock.now()
        hello = port.hello(self._seen())
        self._alive()
        self._look_at(hello, before, self._clock.now())
        self._pull_at = self._clock.monotonic() + (0.0 if self._outdated is None else POLL_S)

    def _fetch(self, port: ServerPort) -> None:
        before = self._clock.now()
        try:
            with port.view(self._seen()) as view:
                after = self._clock.now()
                identity = view.hello.identity.text()
                known = identity == self._outbox.note(SERVER_NOTE)
                if not (known and view.hello.history_known):
                    raise ServerSetBack(identity)
                pulled = pull(view, self._cache, self._outbox.asked_since())
                sums = self._drift.ask(view, pulled.plan.kept)
        except ServerSetBack as set_back:
            self._recover(port, set_back.identity)
            self._cache.forget_history()
            return
        except OtherCache:
            self._pull_at = self._clock.monotonic()
            return
        self._alive()
        self._look_at(pulled.hello, before, after)
        began = self._clock.monotonic()
        open_before = self._outbox.open_ids()
        try:
            changes = self._rebase.apply(pulled)
        except OtherCache:
            self._pull_at = self._clock.monotonic()
            return
        took = self._clock.monotonic() - began
        answered = open_before != self._outbox.open_ids()
        self._plan_next(took, answered=answered)
        self._plan_wake(something=answered or bool(pulled.changed or pulled.plan.whole))
        self._say(LinkState.ONLINE, data_as_of=pulled.hello.now, pulls=self.report.pulls + 1)
        self._tell(changes)
        if sums is not None and self._drift.compare(sums):
            self._pull_at = self._clock.monotonic()

    def _plan_next(self, took: float, *, answered: bool) -> None:
        now = self._clock.monotonic()
        pause = took * _REBASE_SHARE if took > _LONG_REBASE_S else 0.0
        self._rested_at = now + min(_REBASE_PAUSE_S, pause)
        self._pull_at = now + POLL_S * (0.8 + 0.4 * self._chance.fraction())
        if self._outbox.oldest_unanswered() is None:
            self._waiting_since = None
            return
        if answered or self._waiting_since is None:
            self._waiting_since = now
            self._answer_poll = _ANSWER_POLL_S[0]
        self._pull_at = min(self._pull_at, now + self._answer_poll)
        self._answer_poll = min(self._answer_poll * 2, _ANSWER_POLL_S[1])

    def _plan_wake(self, *, something: bool) -> None:
        self._woken_in_vain = 0 if something else self._woken_in_vain + 1
        longest = len(_WAKE_PAUSES_S) - 1
        pause = _WAKE_PAUSES_S[min(self._woken_in_vain, longest)]
        self._woken_at = self._clock.monotonic() + pause

    def _judge(self) -> None:
        waited = self._waiting_since
        if self._outdated is not None:
            self._say(LinkState.OUTDATED, reason=self._outdated)
        elif waited is not None and self._clock.monotonic() - waited >= SILENT_S:
            self._say(LinkState.SERVER_SILENT, reason=Reason("sync.server_silent"))
        elif self.report.state is not LinkState.ONLINE:
            self._say(LinkState.ONLINE)

    def _alive(self) -> None:
        self._beat_at = self._clock.monotonic() + HEARTBEAT_S

    def _drop(self, reason: Reason, kind: str) -> None:
        if self._port is not None:
            self._port.close()
            self._port = None
        pause = min(_FIRST_RETRY_S * 2**self._failures, _LONGEST_RETRY_S)
        if kind == LinkState.WRONG_PASSWORD:
            pause = _PASSWORD_RETRY_S
        self._failures = min(self._failures + 1, 10)
        self._waiting_since = None
        self._retry_at = self._clock.monotonic() + pause * (0.5 + 0.5 * self._chance.fraction())
        self._say(LinkState(kind), reason=reason)

    def _seconds_left(self) -> float:
        now = self._clock.monotonic()
        if self._port is None:
            return max(0.0, self._retry_at - now)
        due = [self._beat_at, self._pull_at]
        if self._wants_push:
            due.append(self._push_at)
        return max(0.0, min(due) - now)

    def _say(
        self,
        state: LinkState,
        *,
        reason: Reason | None = None,
        data_as_of: datetime | None = None,
        server_offset: timedelta | None = None,
        pulls: int | None = None,
    ) -> None:
        last = self.report
        self.report = LinkReport(
            state,
            reason,
            data_as_of or last.data_as_of,
            last.server_offset if server_offset is None else server_offset,
            last.pulls if pulls is None else pulls,
        )
