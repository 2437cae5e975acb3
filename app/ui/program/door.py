"""The desk as the kit knows it, and the state of its link as the shell shows it."""

from collections.abc import Callable
from contextlib import AbstractContextManager
from datetime import datetime
from typing import Final

from PySide6.QtCore import QObject, Qt, Signal
from sqlalchemy.orm import Session

from app.services.changes import Changes
from app.services.commands import Command
from app.sync.desk import Desk
from app.sync.status import DeskStatus
from app.sync.status import LinkState as Link
from app.ui.shell.link_state import LinkState

_ONLINE: Final = (Link.ONLINE, Link.OUTDATED)


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
    """Tells the window's thread of every new state of the link."""

    changed = Signal(object)
    _told = Signal(object)

    def __init__(self, desk: Desk, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._lost_at: datetime | None = None
        self._told.connect(self._hear, Qt.ConnectionType.QueuedConnection)
        self._end = desk.subscribe(self._pass_on)

    def stop(self) -> None:
        """Hears no more."""
        self._end()

    def _pass_on(self, news: Changes | DeskStatus) -> None:
        if isinstance(news, DeskStatus):
            self._told.emit(news)

    def _hear(self, status: DeskStatus) -> None:
        online = status.link in _ONLINE
        if online:
            self._lost_at = None
        elif self._lost_at is None and status.data_as_of is not None:
            self._lost_at = status.data_as_of
        self.changed.emit(shown(status, self._lost_at))


def shown(status: DeskStatus, lost_at: datetime | None) -> LinkState:
    """A desk's status in the shell's terms, clashes not counted."""
    online = "syncing" if status.pending else "online"
    link = online if status.link in _ONLINE else "offline"
    return LinkState(
        link=link,  # type: ignore[arg-type]
        as_of=status.data_as_of,
        waiting=status.pending,
        to_decide=status.refused,
        lost_at=lost_at,
    )
