"""Buttons: there by job, to be pressed by state, each with a key."""

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QHBoxLayout, QWidget
from pytestqt.qtbot import QtBot

from app.ui.pages.ledger.toolbar import Toolbar

CONTROL = Qt.KeyboardModifier.ControlModifier


def test_buttons_and_keys(qtbot: QtBot) -> None:
    page = QWidget()
    qtbot.addWidget(page)
    toolbar = Toolbar(page, QHBoxLayout(page))
    pressed: list[str] = []
    for deed in ("edit", "post", "approve"):
        toolbar.button(deed).clicked.connect(lambda _=False, deed=deed: pressed.append(deed))
    toolbar.show_deeds(frozenset({"edit", "post"}), frozenset({"edit"}))
    with qtbot.waitActive(page):
        page.show()
        page.activateWindow()
    shown = {deed for deed in ("edit", "post", "approve") if toolbar.button(deed).isVisible()}
    assert shown == {"edit", "post"}
    assert toolbar.button("edit").toolTip() == "修改 (Ctrl+E)"
    qtbot.keyClick(page, Qt.Key.Key_E, CONTROL)
    qtbot.keyClick(page, Qt.Key.Key_P, CONTROL | Qt.KeyboardModifier.ShiftModifier)
    assert pressed == ["edit"]
