"""Runs the window on a desk from sign-in to the end."""

from collections.abc import Callable
from pathlib import Path
from typing import Final

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QApplication, QDialog

from app.sync.desk import Desk
from app.sync.keys import PASSWORD
from app.sync.session_keys import SessionKeys
from app.ui.kit.layouts import MemoryLayouts
from app.ui.kit.watchdog import Watchdog
from app.ui.program.application import new_application, quitting_on_signals
from app.ui.program.doors import Checks
from app.ui.program.shots import take_shots
from app.ui.program.signing_in import DeskSignIn, is_usable
from app.ui.program.window import DeskWindow
from app.ui.shell.sign_in import SignInDialog

FIRST_ROWS_S: Final = 20.0


def run_window(
    desk: Desk,
    keys: SessionKeys,
    checks: Checks,
    *,
    offline: bool = False,
    ready: Callable[[], None] | None = None,
) -> int:
    """Shows the window until it is closed; the exit code. `ready` is called once it is shown."""
    application = new_application(desk.profile.language)
    if not _enter(desk, keys, offline=offline):
        return 1
    shown = DeskWindow(desk, checks, starts_link=not offline)
    # Queued: a window closed before the loop runs (Ctrl+C at the start) must end the loop as well.
    shown.closed.connect(application.quit, Qt.ConnectionType.QueuedConnection)
    shown.sign_out_asked.connect(lambda: _sign_out(keys, shown))
    try:
        with quitting_on_signals(shown.window.close):
            shown.window.show()
            if ready is not None:
                ready()
            watchdog = Watchdog(shown)
            try:
                return int(application.exec())
            finally:
                watchdog.stop()
    finally:
        shown.close()


def shoot(desk: Desk, checks: Checks, folder: Path) -> list[Path]:
    """Renders every page of the window to PNG; their paths. The person's own setup is neither
    shown nor changed."""
    application = new_application(desk.profile.language)
    desk.sync_until_quiet(FIRST_ROWS_S)
    desk.start()
    shown = DeskWindow(desk, checks, MemoryLayouts())
    try:
        return take_shots(shown.window, shown.runner, [spec.key for spec in shown.specs], folder)
    finally:
        shown.window.close()
        shown.close()
        application.processEvents()


def _enter(desk: Desk, keys: SessionKeys, *, offline: bool) -> bool:
    if offline:
        return True
    if keys.load(PASSWORD) is not None:
        if desk.status().data_as_of is not None:
            # The window starts the link itself.
            return True
        desk.start()
        if is_usable(desk.sync_until_quiet(FIRST_ROWS_S)):
            return True
    door = DeskSignIn(desk, keys)
    server = ", ".join(desk.profile.hosts)
    dialog = SignInDialog(door, server=server, person=desk.profile.login)
    for settled in (dialog.server, dialog.person):
        # A desk belongs to one person on one server.
        settled.setReadOnly(True)
    try:
        return dialog.exec() == QDialog.DialogCode.Accepted
    finally:
        door.stop()
        dialog.deleteLater()
        QApplication.processEvents()


def _sign_out(keys: SessionKeys, shown: DeskWindow) -> None:
    keys.forget(PASSWORD)
    shown.window.close()
