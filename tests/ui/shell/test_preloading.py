"""Pages are loaded one after the other, while nothing else is under way."""

from threading import Event

from PySide6.QtWidgets import QWidget
from pytestqt.qtbot import QtBot

from app.ui.kit.page import Page, PageSpec
from app.ui.kit.runner import Runner
from app.ui.shell.preloading import Preloading


def _spec(key: str, loaded: list[str]) -> PageSpec:
    return PageSpec(
        key,
        "home",
        "kit.undo",
        lambda context: Page(context, "kit.undo"),
        load=lambda: loaded.append(key),
    )


def test_pages_are_loaded_in_their_order_once_the_window_is_idle(
    qtbot: QtBot, runner: Runner
) -> None:
    window = QWidget()
    qtbot.addWidget(window)
    loaded: list[str] = []
    preloading = Preloading([_spec(key, loaded) for key in "abc"], runner, window)
    turns: list[bool] = []
    go_on = Event()
    runner.work(window, lambda: go_on.wait(30), turns.append, key="busy")
    preloading.start()
    preloading._load_next()
    assert loaded == []
    go_on.set()
    qtbot.waitUntil(lambda: loaded == ["a", "b", "c"])
    assert turns == [True]
    qtbot.waitUntil(lambda: not preloading._timer.isActive())


def test_a_page_without_modules_of_its_own_has_nothing_to_load(
    qtbot: QtBot, runner: Runner
) -> None:
    window = QWidget()
    qtbot.addWidget(window)
    preloading = Preloading(
        [PageSpec("a", "home", "kit.undo", lambda c: Page(c, "kit.undo"))], runner, window
    )
    preloading._load_next()
    preloading.start()
    preloading._load_next()
    assert not preloading._timer.isActive()
