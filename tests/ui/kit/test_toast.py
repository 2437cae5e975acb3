"""Short messages at the foot of the window."""

from collections.abc import Iterator

import pytest
from PySide6.QtCore import QObject, Qt, Signal
from PySide6.QtWidgets import QPushButton, QWidget
from pytestqt.qtbot import QtBot

from app.ui.kit.toast import Message, Toasts
from tests.ui.typing import only


@pytest.fixture
def toasts(qtbot: QtBot) -> Iterator[Toasts]:
    window = QWidget()
    qtbot.addWidget(window)
    window.resize(900, 600)
    window.show()
    yield Toasts(window)
    window.close()


class News(QObject):
    changed = Signal()


def test_undo_is_offered_until_something_else_is_done(toasts: Toasts) -> None:
    news = News()
    toasts.offer_undo("已删除", lambda: None, news.changed)
    toasts.offer_undo("又删除", lambda: None, news.changed)
    toasts.say("已导出")
    news.changed.emit()
    assert toasts.message == Message("已导出")
    news.changed.emit()
    assert toasts.message == Message("已导出")


def test_undo_is_offered(qtbot: QtBot, toasts: Toasts) -> None:
    undone: list[bool] = []
    news = News()
    toasts.offer_undo("已修改工期", lambda: undone.append(True), news.changed)
    assert toasts.isVisible()
    assert toasts.accessibleName() == "已修改工期"
    action = only(toasts, QPushButton)
    assert action.text() == "撤销"
    qtbot.mouseClick(action, Qt.MouseButton.LeftButton)
    assert undone == [True]
    assert not toasts.isVisible()


def test_messages_wait_for_each_other(toasts: Toasts) -> None:
    toasts.say("甲")
    toasts.say("乙", tone="refused")
    assert toasts.message == Message("甲")
    toasts.dismiss()
    assert toasts.message == Message("乙", "refused")
    assert not only(toasts, QPushButton).isVisible()
    toasts.dismiss()
    assert toasts.message is None


def test_a_long_message_stays_inside_the_window(toasts: Toasts) -> None:
    window = toasts.parentWidget()
    assert window is not None
    toasts.say("很长的话" * 200)
    assert window.rect().contains(toasts.geometry())
    window.resize(500, 400)
    assert window.rect().contains(toasts.geometry())
    toasts.dismiss()


def test_a_closed_window_has_no_clock_running(toasts: Toasts) -> None:
    toasts.say("甲")
    window = toasts.parentWidget()
    assert window is not None
    window.close()
