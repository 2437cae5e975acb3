"""A scrolling sheet."""

from PySide6.QtWidgets import QWidget
from pytestqt.qtbot import QtBot

from app.ui.pages.schedule.sheets import sheet_of


def test_what_is_too_high_scrolls_upright_and_is_as_wide_as_the_sheet(qtbot: QtBot) -> None:
    content = QWidget()
    content.setMinimumHeight(900)
    sheet = sheet_of(content)
    qtbot.addWidget(sheet)
    sheet.resize(320, 300)
    sheet.show()
    assert sheet.verticalScrollBar().maximum() >= 600
    assert sheet.horizontalScrollBar().maximum() == 0
    assert content.width() == sheet.viewport().width()
    sheet.resize(320, 1000)
    assert sheet.verticalScrollBar().maximum() == 0
