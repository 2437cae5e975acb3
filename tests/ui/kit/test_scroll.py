"""Scroll bars and areas."""

import pytest
from PySide6.QtCore import QPoint, Qt
from pytestqt.qtbot import QtBot

from app.ui.kit.colors import LIGHT
from app.ui.kit.labels import Ground
from app.ui.kit.scroll import WIDTH, CalmScrollBar, scrolling


@pytest.mark.parametrize("orientation", [Qt.Orientation.Vertical, Qt.Orientation.Horizontal])
def test_only_a_bar_with_room_has_a_handle(qtbot: QtBot, orientation: Qt.Orientation) -> None:
    bar = CalmScrollBar(orientation)
    qtbot.addWidget(bar)
    upright = orientation == Qt.Orientation.Vertical
    bar.resize(WIDTH if upright else 200, 200 if upright else WIDTH)

    def shades() -> set[str]:
        image = bar.grab().toImage()
        along = (QPoint(WIDTH // 2, n) if upright else QPoint(n, WIDTH // 2) for n in range(200))
        return {image.pixelColor(place).name().upper() for place in along}

    bar.setRange(0, 0)
    assert shades() == {LIGHT.surface}
    bar.setRange(0, 100)
    assert LIGHT.border_strong in shades()


def test_what_is_too_tall_scrolls(qtbot: QtBot) -> None:
    content = Ground()
    content.setMinimumHeight(900)
    area = scrolling(content)
    qtbot.addWidget(area)
    area.resize(200, 300)
    area.show()
    qtbot.waitUntil(lambda: area.verticalScrollBar().maximum() == 600)
    assert area.horizontalScrollBar().maximum() == 0
