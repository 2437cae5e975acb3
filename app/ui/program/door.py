"""The desk as the kit knows it, and the state of its link as the shell shows it."""

from collections.abc import Callable, Mapping, Sequence
from contextlib import AbstractContextManager
from dataclasses import replace
from datetime import datetime
from typing import Final

from PySide6.QtCore import QObject, Qt, Signal
from sqlalchemy.orm import Session

from app.core.errors import Reason
from app.services.changes import Changes
from app.services.commands import Command
from app.sync.desk import Desk
from app.sync.status import DeskStatus
from app.sync.status import LinkState as Link
from app.ui.program.signing_in import TURNED_AWAY
from app.ui.shell.link_state import Link as Shown
from app.ui.shell.link_state import LinkState

_LINKS: Final[Mapping[Link, Shown]] = {
    Link.STOPPED: "offline",
    Link.CONNECTING: "connecting",
    Link.ONLINE: "online",
    Link.OFFLINE: "offline",
    Link.WRONG_PASSWORD: "wrong_password",
    Link.SERVER_SILENT: "silent",
    Link.OUTDATED: "outdated",
}
_REACHED: Final = (Link.ONLINE, Link.OUTDATED, Link.SERVER_SILENT)


class DeskDoor:
    """The kit's desk over the real one."""

    def __init__(self, desk: Desk) -> None:
        self._desk = desk
        self._ends: list[Callable[[], None]] = []

    def close(self) -> None:
        """Calls nobody back any more."""
        while self._ends:
            self._ends.pop()()

    def execute(self, command: object) -> Changes:
        """Runs a command; one that needs the server is waited for."""
        assert isinstance(command, Command)
        return self._desk.execute(command).changes

    def read(self) -> AbstractContextManager[Session]:
        """A reader session."""
        return self._desk.read()

    def subscribe(self, callback: Callable[[Changes], None]) -> Callable[[], None]:
        """Calls back with changes that came from the server."""

        def hear(news: Changes | DeskStatus) -> None:
            if isinstance(news, Changes):
                callback(news)

        end = self._desk.subscribe(hear)
        self._ends.append(end)
        return end


class LinkWatch(QObject):
    """Tells the window's thread of every new state of the link, and of each notice once."""

    changed = Signal(object)
    noticed = Signal(object)
    _told = Signal(object)

    def __init__(self, desk: Desk, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._lost_at: datetime | None = None
        self._settled: LinkState | None = None
        self._notices_told = 0
        self._told.connect(self._hear, Qt.ConnectionType.QueuedConnection)
        self._end = desk.subscribe(self._pass_on)

    def stop(self) -> None:
        """Hears no more."""
        self._end()

    def tell_notices(self, notices: Sequence[Reason]) -> None:
        """Emits `noticed` for those of a desk's notices that were not told yet."""
        for reason in notices[self._notices_told :]:
            self.noticed.emit(reason)
        self._notices_told = len(notices)

    def _pass_on(self, news: Changes | DeskStatus) -> None:
        if isinstance(news, DeskStatus):
            self._told.emit(news)

    def _hear(self, status: DeskStatus) -> None:
        trying = status.link is Link.CONNECTING
        if status.link in _REACHED:
            self._lost_at = None
        elif not trying and self._lost_at is None:
            self._lost_at = status.data_as_of
        state = shown(status, self._lost_at)
        if not trying:
            self._settled = state
        elif self._settled is not None:
            # A link that is down is tried again and again: what it said last stands meanwhile.
            state = replace(state, link=self._settled.link, reason=self._settled.reason)
        self.changed.emit(state)
        self.tell_notices(status.notices)


def shown(status: DeskStatus, lost_at: datetime | None) -> LinkState:
    """A desk's status in the shell's terms, clashes not counted."""
    return LinkState(
        link=_shown_link(status),
        as_of=status.data_as_of,
        waiting=status.pending,
        to_decide=status.refused,
        lost_at=lost_at,
        reason=status.reason,
    )


def _shown_link(status: DeskStatus) -> Shown:
    if status.link is Link.ONLINE and status.pending:
        return "syncing"
    if status.link is Link.OFFLINE and status.reason is not None:
        return "turned_away" if status.reason.text_id in TURNED_AWAY else "offline"
    return _LINKS[status.link]
