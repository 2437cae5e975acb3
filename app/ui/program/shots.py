"""Renders every page to PNG, light and dark, in both languages."""

from pathlib import Path
from time import monotonic
from typing import Final

from PySide6.QtCore import QEventLoop, QThread
from PySide6.QtWidgets import QApplication

from app.core.errors import EnvironmentFault
from app.texts import LANGUAGES
from app.ui.kit.runner import Runner
from app.ui.kit.text import texts
from app.ui.kit.theme import theme
from app.ui.main_window import MainWindow

WIDTH: Final = 1600
HEIGHT: Final = 1000
QUIET_ROUNDS: Final = 6
ROUND_MS: Final = 10
PATIENCE_S: Final = 30


def settle(runner: Runner) -> None:
    """Lets the window work until nothing is under way; EnvironmentFault if that never comes."""
    quiet, give_up = 0, monotonic() + PATIENCE_S
    while quiet < QUIET_ROUNDS:
        QApplication.processEvents(QEventLoop.ProcessEventsFlag.AllEvents, ROUND_MS)
        QThread.msleep(ROUND_MS)
        quiet = quiet + 1 if runner.is_idle() else 0
        if monotonic() > give_up:
            raise EnvironmentFault("cli.demo.never_at_rest")


def take_shots(window: MainWindow, runner: Runner, keys: list[str], folder: Path) -> list[Path]:
    """One PNG for each page, mode and language; their paths."""
    folder.mkdir(parents=True, exist_ok=True)
    window.resize(WIDTH, HEIGHT)
    window.show()
    before = texts().language, theme().mode
    taken: list[Path] = []
    for language in LANGUAGES:
        texts().set_language(language)
        for mode in ("light", "dark"):
            theme().set_mode(mode)
            for key in keys:
                window.navigate(key)
                settle(runner)
                path = folder / f"{key}-{mode}-{language}.png"
                window.grab().save(str(path))
                taken.append(path)
    texts().set_language(before[0])
    theme().set_mode(before[1])
    return taken
