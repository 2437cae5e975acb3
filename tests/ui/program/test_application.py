"""The application that runs the window: one for all, quit by Ctrl+C, signals given back."""

import os
import signal
import subprocess
import sys
from pathlib import Path

import pytest
from PySide6.QtCore import QCoreApplication
from PySide6.QtWidgets import QApplication
from pytestqt.qtbot import QtBot

from app.ui.kit.text import texts
from app.ui.program.application import has_screen, new_application, quitting_on_signals

ROOT = Path(__file__).parents[3]
ALONE = """
from PySide6.QtGui import QGuiApplication
from app.ui.program.application import new_application
from app.ui.kit.text import texts
made = new_application("en")
print(QGuiApplication.platformName(), texts().language, made.applicationName())
"""


def test_an_application_that_runs_is_taken_over_in_its_language(qapp: QApplication) -> None:
    assert new_application("en") is qapp
    assert texts().language == "en"
    assert not qapp.quitOnLastWindowClosed()


def test_without_a_screen_the_window_is_drawn_all_the_same() -> None:
    hidden = ("DISPLAY", "WAYLAND_DISPLAY")
    bare = {name: value for name, value in os.environ.items() if name not in hidden}
    if sys.platform not in ("win32", "darwin"):
        bare.pop("QT_QPA_PLATFORM")
    said = subprocess.run(
        [sys.executable, "-c", ALONE], cwd=ROOT, env=bare, capture_output=True, check=True
    )
    assert said.stdout.decode().split() == ["offscreen", "en", "gantry"]


def test_a_display_is_a_screen(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(sys, "platform", "linux")
    for name in ("DISPLAY", "WAYLAND_DISPLAY"):
        monkeypatch.delenv(name, raising=False)
    assert not has_screen()
    monkeypatch.setenv("WAYLAND_DISPLAY", "wayland-0")
    assert has_screen()
    monkeypatch.setattr(sys, "platform", "win32")
    monkeypatch.delenv("WAYLAND_DISPLAY")
    assert has_screen()


def test_a_signal_quits_while_the_window_runs_and_not_afterwards(qtbot: QtBot) -> None:
    before = signal.getsignal(signal.SIGINT)
    heard: list[str] = []
    with quitting_on_signals(lambda: heard.append("quit")):
        signal.raise_signal(signal.SIGINT)
        signal.raise_signal(signal.SIGTERM)
        QCoreApplication.processEvents()
    assert heard == ["quit", "quit"]
    assert signal.getsignal(signal.SIGINT) is before
