"""Counts and status pills."""

from PySide6.QtGui import QImage, QPainter
from pytestqt.qtbot import QtBot

from app.ui.kit.badge import StatusPill, count_text, paint_count
from app.ui.kit.colors import LIGHT
from app.ui.kit.status import Status
from app.ui.kit.text import texts


def test_a_large_count_is_cut(qtbot: QtBot) -> None:
    assert [count_text(count) for count in (1, 99, 100)] == ["1", "99", "99+"]
    image = QImage(60, 24, QImage.Format.Format_RGB32)
    painter = QPainter(image)
    narrow, wide = (paint_count(painter, 60, 12, count, LIGHT) for count in (5, 100))
    painter.end()
    assert wide > narrow


def test_a_pill_says_its_status(qtbot: QtBot) -> None:
    pill = StatusPill(Status.WAITING)
    qtbot.addWidget(pill)
    assert (pill.word, pill.accessibleName()) == ("待审批", "待审批")
    short = pill.sizeHint().width()
    texts().set_language("en")
    assert pill.accessibleName() == "Awaiting approval"
    assert pill.sizeHint().width() > short
    pill.set_status(Status.OVERDUE, "冲突")
    assert pill.accessibleName() == "冲突"
    assert pill.grab().toImage().pixelColor(3, 11).name().upper() == LIGHT.overdue_tint
