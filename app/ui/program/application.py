"""The Qt application: made once, with look, language and a clean end."""

import os
import signal
import sys
from collections.abc import Callable
from typing import Final

from PySide6.QtCore import QTimer
from PySide6.QtWidgets import QApplication

from app.texts import Language
from app.ui.kit.text import Texts
from app.ui.kit.theme import Theme

LISTEN_MS: Final = 200
OFFSCREEN: Final = "offscreen"


def has_screen() -> bool:
    """Whether a window can be seen: always on Windows and macOS, elsewhere with a display."""
    if sys.platform in ("win32", "darwin"):
        return True
    return bool(os.environ.get("DISPLAY") or os.environ.get("WAYLAND_DISPLAY"))


def new_application(language: Language) -> QApplication:
    """The application with theme and texts; offscreen where there is no screen."""
    if not has_screen():
        os.environ.setdefault("QT_QPA_PLATFORM", OFFSCREEN)
    application = QApplication(sys.argv[:1])
    application.setApplicationName("gantry")
    application.setQuitOnLastWindowClosed(False)
    Theme(application)
    Texts(application, language)
    return application


def quit_on_signals(quit_now: Callable[[], object]) -> QTimer:
    """Calls `quit_now` on Ctrl+C or a polite kill. Keep the timer: it lets Python hear signals."""
    for number in (signal.SIGINT, signal.SIGTERM):
        signal.signal(number, lambda _number, _frame: quit_now())
    timer = QTimer()
    timer.setInterval(LISTEN_MS)
    timer.timeout.connect(lambda: None)
    timer.start()
    return timer
