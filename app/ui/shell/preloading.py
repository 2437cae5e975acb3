"""Loads the pages that nobody looked at yet, in moments when the window has nothing to do."""

from collections.abc import Sequence
from typing import Final

from PySide6.QtCore import QObject, QTimer

from app.ui.kit.page import PageSpec
from app.ui.kit.runner import Runner

PAUSE_MS: Final = 150


class Preloading(QObject):
    """One page at a time from `start` on, with a pause before each for what a person does."""

    def __init__(self, specs: Sequence[PageSpec], runner: Runner, parent: QObject) -> None:
        super().__init__(parent)
        self._waiting = list(specs)
        self._runner = runner
        self._timer = QTimer(self)
        self._timer.setInterval(PAUSE_MS)
        self._timer.timeout.connect(self._load_next)

    def start(self) -> None:
        """Begins; a page that is there already costs nothing."""
        self._timer.start()

    def _load_next(self) -> None:
        if not self._runner.is_idle():
            return
        if self._waiting:
            self._waiting.pop(0).load()
        else:
            self._timer.stop()
