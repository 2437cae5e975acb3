"""The strip that says why dates cannot be computed."""

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QDialog, QLabel, QWidget
from pytestqt.qtbot import QtBot

from app.core.errors import Finding, Reason
from app.ui.kit.labels import ElidedLabel
from app.ui.kit.text import texts
from app.ui.pages.schedule.faults_strip import FaultsStrip

FINDINGS = tuple(
    Finding(Reason("schedule.page.fault_duration", {"typed": typed}), place)
    for typed, place in (("bald", "A10"), ("bis bald", "A20"))
)


def test_it_says_the_first_fault_and_lists_all(qtbot: QtBot) -> None:
    page = QWidget()
    qtbot.addWidget(page)
    strip = FaultsStrip(page)
    strip.setParent(page)
    page.show()
    assert not strip.isVisible()
    strip.show_findings(FINDINGS)
    assert strip.isVisible()
    said = strip.findChild(ElidedLabel)
    assert said is not None
    assert "计划日期无法计算" in said.text()
    assert "bald" in said.text()
    texts().set_language("en")
    assert "计划" not in said.text()
    qtbot.mouseClick(strip.show_all, Qt.MouseButton.LeftButton)
    dialog = page.findChild(QDialog)
    assert dialog is not None
    listed = " ".join(label.text() for label in dialog.findChildren(QLabel))
    assert "A10" in listed
    assert "A20" in listed
    dialog.reject()
    strip.show_findings(())
    assert not strip.isVisible()
