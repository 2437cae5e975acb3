"""What the window remembers."""

import pytest
from PySide6.QtWidgets import QWidget
from pytestqt.qtbot import QtBot

from app.ui.kit.layouts import MemoryLayouts
from app.ui.kit.text import texts
from app.ui.kit.theme import theme
from app.ui.shell.preferences import Preferences


def test_language_and_look(layouts: MemoryLayouts) -> None:
    texts().set_language("en")
    theme().set_mode("dark")
    Preferences(layouts).keep_look()
    texts().set_language("zh_CN")
    theme().set_mode("light")
    Preferences(layouts).apply_look()
    assert (texts().language, theme().mode) == ("en", "dark")


@pytest.mark.parametrize("kept", ["", "klingon", "高"])
def test_nonsense_is_left_alone(qtbot: QtBot, layouts: MemoryLayouts, kept: str) -> None:
    for key in ("window.language", "window.theme", "window.geometry", "window.narrow"):
        layouts.save(key, kept)
    window = QWidget()
    qtbot.addWidget(window)
    preferences = Preferences(layouts)
    preferences.apply_look()
    assert not preferences.apply_place(window)
    assert not preferences.is_narrow
    assert (texts().language, theme().mode) == ("zh_CN", "light")


def test_place_page_and_navigation(qtbot: QtBot, layouts: MemoryLayouts) -> None:
    window, again = QWidget(), QWidget()
    qtbot.addWidget(window)
    qtbot.addWidget(again)
    window.setGeometry(60, 50, 500, 400)
    preferences = Preferences(layouts)
    assert preferences.last_page == ""
    preferences.keep_place(window)
    preferences.keep_page("stock")
    preferences.keep_narrow(True)
    assert preferences.apply_place(again)
    assert again.size() == window.size()
    assert preferences.last_page == "stock"
    assert preferences.is_narrow
