"""The bar at the foot."""

from datetime import UTC, datetime
from itertools import combinations
from typing import get_args

import pytest
from PySide6.QtCore import Qt
from pytestqt.qtbot import QtBot

from app.ui.kit.buttons import Button
from app.ui.kit.labels import Label
from app.ui.kit.text import texts
from app.ui.shell.link_state import Link, LinkState
from app.ui.shell.status_bar import StatusBar
from tests.ui.typing import only


@pytest.fixture
def bar(qtbot: QtBot) -> StatusBar:
    made = StatusBar()
    qtbot.addWidget(made)
    made.resize(1366, 28)
    made.show()
    return made


def words(bar: StatusBar) -> str:
    return " ".join(label.text() for label in bar.findChildren(Label) if label.isVisible())


def test_the_link_leads_to_the_inbox(qtbot: QtBot, bar: StatusBar) -> None:
    bar.show_link(LinkState("online", waiting=3))
    assert bar.link.accessibleName() == "已连接 · 3 项待同步"
    with qtbot.waitSignal(bar.inbox_asked):
        qtbot.mouseClick(bar.link, Qt.MouseButton.LeftButton)
    with qtbot.waitSignal(bar.inbox_asked):
        qtbot.keyClick(bar.link, Qt.Key.Key_Space)
    texts().set_language("en")
    assert bar.link.accessibleName() == "Connected · 3 to send"


def test_each_state_looks_different(bar: StatusBar) -> None:
    pictures = []
    for link in get_args(Link):
        bar.show_link(LinkState(link))
        bar.link.resize(120, 24)
        pictures.append(bar.link.grab().toImage())
    alike = [(one, other) for one, other in combinations(pictures, 2) if one == other]
    assert len(pictures) == 8
    assert alike == []


def test_the_page_speaks_before_the_outage(bar: StatusBar) -> None:
    bar.show_link(LinkState("offline", lost_at=datetime(2026, 3, 24, tzinfo=UTC)))
    assert "最后连接" in words(bar)
    bar.show_hints("已选 1 项", "F2 编辑")
    assert "已选 1 项" in words(bar)
    assert "F2 编辑" in words(bar)
    assert "最后连接" not in words(bar)


def test_what_lasts_can_be_cancelled(qtbot: QtBot, bar: StatusBar) -> None:
    assert "正在处理" not in words(bar)
    bar.show_busy(True)
    assert "正在处理" in words(bar)
    cancel = only(bar, Button)
    with qtbot.waitSignal(bar.cancel_asked):
        qtbot.mouseClick(cancel, Qt.MouseButton.LeftButton)
    bar.show_busy(False)
    assert not cancel.isVisible()
