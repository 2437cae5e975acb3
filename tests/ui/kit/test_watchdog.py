"""The log of blocks of the window's thread."""

import logging
import threading
from collections.abc import Iterator

import pytest
from PySide6.QtCore import QTimer
from pytestqt.qtbot import QtBot

from app.ui.kit.watchdog import Watchdog


class Clock:
    """Seconds that pass by hand."""

    def __init__(self) -> None:
        self.now = 0.0

    def __call__(self) -> float:
        return self.now


@pytest.fixture
def clock() -> Clock:
    return Clock()


@pytest.fixture
def dog(qtbot: QtBot, clock: Clock) -> Iterator[Watchdog]:
    made = Watchdog(clock=clock)
    yield made
    made.stop()


def hold_the_window(dog: Watchdog, clock: Clock) -> None:
    """Keeps the event loop until the watchdog saw it."""
    waiting = threading.Event()
    for _ in range(500):
        clock.now += 0.05
        if dog.blocks or waiting.wait(0.02):
            return


def test_a_block_is_logged_with_its_stack(
    qtbot: QtBot, dog: Watchdog, clock: Clock, caplog: pytest.LogCaptureFixture
) -> None:
    with caplog.at_level(logging.WARNING):
        QTimer.singleShot(0, lambda: hold_the_window(dog, clock))
        qtbot.waitUntil(lambda: bool(dog.blocks))
    assert "hold_the_window" in dog.blocks[0].stack
    assert "hold_the_window" in caplog.text
    assert dog.blocks[0].seconds > 0.1


def test_a_running_loop_is_no_block(qtbot: QtBot, dog: Watchdog) -> None:
    qtbot.wait(120)
    assert dog.blocks == ()


def test_what_does_not_count_is_no_block(qtbot: QtBot, clock: Clock) -> None:
    dog = Watchdog(clock=clock, counts=lambda _frame: False)
    waiting = threading.Event()
    for _ in range(10):
        clock.now += 1
        waiting.wait(0.02)
    dog.stop()
    assert dog.blocks == ()


def test_stopping_ends_the_thread(qtbot: QtBot) -> None:
    dog = Watchdog()
    dog.stop()
    assert "gantry-watchdog" not in [
        one.name for one in threading.enumerate() if one is dog._thread
    ]
