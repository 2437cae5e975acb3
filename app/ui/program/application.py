"""The Qt application: made once, with look, language and a clean end."""

import os
import signal
import sys
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from typing import Final

from PySide6.QtCore import QTimer
from PySide6.QtWidgets import QApplication

from app.texts import Language
from app.ui.kit.text import texts
from app.ui.kit.theme import theme

LISTEN_MS: Final = 200
OFFSCREEN: Final = "offscreen"


def has_screen() -> bool:
    """Whether a window can be seen: always on Windows and macOS, elsewhere with a display."""
    if sys.platform in ("win32", "darwin"):
        return True
    return bool(os.environ.get("DISPLAY") or os.environ.get("WAYLAND_DISPLAY"))


def new_application(language: Language) -> QApplication:
    """The application with theme and texts; offscreen where there is no screen. One that runs
    already is taken over."""
    if not has_screen():
        os.environ.setdefault("QT_QPA_PLATFORM", OFFSCREEN)
    running = QApplication.instance()
    application = running if isinstance(running, QApplication) else QApplication(sys.argv[:1])
    application.setApplicationName("gantry")
    application.setQuitOnLastWindowClosed(False)
    theme()
    texts().set_language(language)
    return application


@contextmanager
def quitting_on_signals(quit_now: Callable[[], object]) -> Iterator[None]:
    """Calls `quit_now` on Ctrl+C or a polite kill, for as long as it is entered."""
    before = {number: signal.getsignal(number) for number in (signal.SIGINT, signal.SIGTERM)}
    for number in before:
        signal.signal(number, lambda _number, _frame: quit_now())
    # Python hears signals only while it runs, which Qt's loop does not let it by itself.
    timer = QTimer()
    timer.setInterval(LISTEN_MS)
    timer.timeout.connect(lambda: None)
    timer.start()
    try:
        yield
    finally:
        timer.stop()
        for number, handler in before.items():
            signal.signal(number, handler)
