"""Lets a person in: the password is tried on the server; an old desk may be opened without it."""

from collections.abc import Callable

from PySide6.QtCore import QObject, Qt, Signal

from app.core.errors import EnvironmentFault, GantryError
from app.services.changes import Changes
from app.sync.desk import Desk
from app.sync.session_keys import SessionKeys
from app.sync.status import DeskStatus, LinkState
from app.ui.shell.sign_in import Credentials


class DeskSignIn(QObject):
    """The sign-in window's door over an open desk."""

    _told = Signal(object)

    def __init__(self, desk: Desk, keys: SessionKeys, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._desk = desk
        self._keys = keys
        self._on_done: Callable[[], None] | None = None
        self._on_refused: Callable[[GantryError], None] | None = None
        self._told.connect(self._hear, Qt.ConnectionType.QueuedConnection)
        self._end = desk.subscribe(self._pass_on)

    def stop(self) -> None:
        """Hears no more."""
        self._end()

    def sign_in(
        self,
        credentials: Credentials,
        on_done: Callable[[], None],
        on_refused: Callable[[GantryError], None],
    ) -> None:
        """Tries to sign in with what was typed."""
        self._on_done, self._on_refused = on_done, on_refused
        self._keys.use_password(credentials.password, remember=credentials.remember)
        self._desk.start()
        self._desk.retry()

    def cancel(self) -> None:
        """Gives up the attempt under way."""
        self._on_done = self._on_refused = None

    def _pass_on(self, news: Changes | DeskStatus) -> None:
        if isinstance(news, DeskStatus):
            self._told.emit(news)

    def _hear(self, status: DeskStatus) -> None:
        if self._on_done is None or self._on_refused is None:
            return
        done, refused = self._on_done, self._on_refused
        if is_usable(status):
            self.cancel()
            done()
        elif status.link in (LinkState.WRONG_PASSWORD, LinkState.OFFLINE) and status.reason:
            self.cancel()
            refused(EnvironmentFault(status.reason.text_id, **status.reason.parameters))


def is_usable(status: DeskStatus) -> bool:
    """Whether there is something to work with: rows of now, or of before without a connection."""
    if status.link is LinkState.WRONG_PASSWORD or status.data_as_of is None:
        return False
    return status.link in (
        LinkState.ONLINE,
        LinkState.SERVER_SILENT,
        LinkState.OUTDATED,
        LinkState.OFFLINE,
    )
