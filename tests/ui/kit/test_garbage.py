"""Cycles are collected on the window's thread."""

import gc
import threading

from PySide6.QtCore import QObject
from pytestqt.qtbot import QtBot

from app.ui.kit.garbage import WindowGarbage, collect_due


class Cycle(QObject):
    """Refers to itself, and notes the thread that it dies on."""

    def __init__(self, died_on: list[str]) -> None:
        super().__init__()
        self.me = self
        self.died_on = died_on

    def __del__(self) -> None:
        self.died_on.append(threading.current_thread().name)


def make_much_garbage() -> None:
    for _ in range(5 * gc.get_threshold()[0]):
        pair: list[object] = []
        pair.append(pair)


def test_a_worker_never_collects_a_widget(qtbot: QtBot) -> None:
    keeper = WindowGarbage()
    assert not gc.isenabled()
    died_on: list[str] = []
    Cycle(died_on)
    worker = threading.Thread(target=make_much_garbage, name="worker")
    worker.start()
    worker.join()
    assert died_on == []
    qtbot.waitUntil(lambda: died_on == [threading.main_thread().name])
    keeper.stop()


def test_what_is_due_is_collected() -> None:
    make_much_garbage()
    collect_due()
    assert gc.get_count()[0] <= gc.get_threshold()[0]


def test_collection_is_given_back(qtbot: QtBot) -> None:
    gc.enable()
    keeper = WindowGarbage()
    keeper.stop()
    assert gc.isenabled()
    gc.disable()
