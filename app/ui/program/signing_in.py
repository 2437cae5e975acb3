"""Lets a person in: the password is tried on the server; an old desk may be opened without it."""

import logging
from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from typing import Final

from PySide6.QtCore import QObject, Qt, Signal

from app.core.errors import EnvironmentFault, GantryError
from app.services.changes import Changes
from app.sync.desk import Desk
from app.sync.session_keys import SessionKeys
from app.sync.status import DeskStatus, LinkState
from app.ui.shell.sign_in import Credentials

logger = logging.getLogger(__name__)

TURNED_AWAY: Final = frozenset({"sync.login_closed", "sync.not_admitted", "sync.other_login"})
"""The server answered, and does not want this person: that is no offline work."""


class DeskSignIn(QObject):
    """The sign-in window's door over an open desk. `stop` it when the window is gone."""

    _told = Signal(int, object)

    def __init__(self, desk: Desk, keys: SessionKeys, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._desk = desk
        self._keys = keys
        self._on_done: Callable[[], None] | None = None
        self._on_refused: Callable[[GantryError], None] | None = None
        self._credentials: Credentials | None = None
        self._asked = 0
        self._trying = 0
        # Ending an attempt waits for the network: not on the window's thread.
        self._attempts = ThreadPoolExecutor(1, thread_name_prefix="gantry-sign-in")
        self._told.connect(self._hear, Qt.ConnectionType.QueuedConnection)
        self._end = desk.subscribe(self._pass_on)

    def stop(self) -> None:
        """Hears no more; waits for what is under way."""
        self.cancel()
        self._end()
        self._attempts.shutdown(wait=True)

    def sign_in(
        self,
        credentials: Credentials,
        on_done: Callable[[], None],
        on_refused: Callable[[GantryError], None],
    ) -> None:
        """Tries to sign in with what was typed. Only a password that was right is remembered."""
        self._on_done, self._on_refused = on_done, on_refused
        self._credentials = credentials
        self._asked += 1
        self._attempts.submit(self._try, self._asked, credentials.password)

    def cancel(self) -> None:
        """Gives up the attempt under way."""
        self._on_done = self._on_refused = None
        self._credentials = None

    def _try(self, number: int, password: str) -> None:
        try:
            # The link says nothing new when a second password is as wrong as the first: it is
            # started afresh, and all that is said from here on is about this attempt.
            self._desk.stop()
            self._trying = number
            self._keys.use_password(password, remember=False)
            self._desk.start()
            self._desk.retry()
        except GantryError as error:
            self._told.emit(number, error)
        except Exception as error:
            logger.exception("signing in failed")
            self._told.emit(number, GantryError("shell.sign_in_bug", kind=type(error).__name__))

    def _pass_on(self, news: Changes | DeskStatus) -> None:
        if isinstance(news, DeskStatus):
            self._told.emit(self._trying, news)

    def _hear(self, number: int, news: DeskStatus | GantryError) -> None:
        if number != self._asked or self._on_done is None or self._on_refused is None:
            return
        done, refused = self._on_done, self._on_refused
        credentials = self._credentials
        if isinstance(news, GantryError):
            self.cancel()
            refused(news)
        elif is_usable(news):
            self.cancel()
            if credentials is not None and credentials.remember and news.is_online:
                self._attempts.submit(self._remember, credentials.password)
            done()
        elif news.link in (LinkState.WRONG_PASSWORD, LinkState.OFFLINE) and news.reason:
            self.cancel()
            refused(EnvironmentFault(news.reason.text_id, **news.reason.parameters))

    def _remember(self, password: str) -> None:
        try:
            self._keys.use_password(password, remember=True)
        except GantryError as error:
            logger.warning("the password could not be kept: %s", error.reason.text_id)
        except Exception:
            logger.exception("the password could not be kept")


def is_usable(status: DeskStatus) -> bool:
    """Whether there is something to work with: rows of now, or of before without a connection."""
    if status.link is LinkState.WRONG_PASSWORD or status.data_as_of is None:
        return False
    if status.reason is not None and status.reason.text_id in TURNED_AWAY:
        return False
    return status.link in (
        LinkState.ONLINE,
        LinkState.SERVER_SILENT,
        LinkState.OUTDATED,
        LinkState.OFFLINE,
    )
