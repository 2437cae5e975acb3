"""How refusals are said: dialogs for cycles, toasts for the rest."""

import pytest
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QDialog, QLabel, QWidget
from pytestqt.qtbot import QtBot

from app.core.errors import Finding, InputRejected, Reason, Refused
from app.services.tx import Clash
from app.ui.kit.gantt.columns import Column
from app.ui.kit.gantt.links import LinkKind
from app.ui.kit.toast import Toasts
from app.ui.pages.schedule.refusals import Refusals
from tests.services.schedule.site import new_id
from tests.ui.pages.schedule.conftest import Hands

ALT_SHIFT = Qt.KeyboardModifier.AltModifier | Qt.KeyboardModifier.ShiftModifier


def test_a_task_cannot_go_below_what_it_waits_for(hands: Hands) -> None:
    before = hands.site.shape()
    hands.select("1.3.2")
    hands.key(Qt.Key.Key_Right, ALT_SHIFT)
    hands.settle()
    assert hands.site.shape() == before
    dialog = hands.page.findChild(QDialog)
    assert dialog is not None
    dialog.accept()


def test_a_link_that_closes_a_cycle_is_refused_with_the_cycle_named(hands: Hands) -> None:
    count = len(hands.site.plan().links)
    hands.page.view.chart.link_requested.emit(hands.ids["1.3.3"], hands.ids["1.3.1"], LinkKind.FS)
    hands.settle()
    dialog = hands.page.findChild(QDialog)
    assert dialog is not None
    said = " ".join(label.text() for label in dialog.findChildren(QLabel))
    for name in ("1.3.1 一至三层结构", "1.3.2 四至六层结构", "1.3.3 七至八层结构"):
        assert name in said
    assert said.count("→") == 3
    dialog.accept()
    assert len(hands.site.plan().links) == count
    assert not hands.page.toolbar.buttons["undo"].isEnabled()


def test_an_edit_over_an_unseen_change_is_a_clash_that_says_so(hands: Hands) -> None:
    hands.cell("1.3.2", Column.NAME)
    hands.open_editor()
    hands.write("我的名称")
    hands.someone_edits("1.3.2", name="同事的名称")
    hands.settle()
    hands.bot.keyClick(hands.editor(), Qt.Key.Key_Return)
    hands.settle()
    message = hands.page.context.toasts.message
    assert message is not None
    assert "他人" in message.words
    assert hands.words("1.3.2", Column.NAME) == "同事的名称"
    assert hands.values("1.3.2").name == "同事的名称"


@pytest.fixture
def window(qtbot: QtBot) -> QWidget:
    made = QWidget()
    qtbot.addWidget(made)
    made.resize(800, 600)
    made.show()
    return made


def test_a_rule_is_said_in_a_toast(window: QWidget) -> None:
    toasts, looks = Toasts(window), list[int]()
    refusals = Refusals(window, toasts, lambda: looks.append(1))
    refusals.tell(Refused("schedule.page.fault_percent", typed="101"))
    assert toasts.message is not None
    assert "101" in toasts.message.words
    assert toasts.message.tone == "refused"
    assert window.findChild(QDialog) is None
    assert not looks
    toasts.dismiss()


def test_a_clash_shows_the_newest_plan(window: QWidget) -> None:
    toasts, looks = Toasts(window), list[int]()
    clash = Clash("task", new_id(), (), "sync.changed")
    Refusals(window, toasts, lambda: looks.append(1)).tell(clash)
    assert looks == [1]
    assert toasts.message is not None
    assert "他人" in toasts.message.words
    toasts.dismiss()


def test_findings_are_all_listed_in_a_dialog(window: QWidget) -> None:
    toasts = Toasts(window)
    findings = tuple(
        Finding(Reason("schedule.page.fault_date", {"typed": f"x{number}"}), str(number))
        for number in range(1, 4)
    )
    Refusals(window, toasts, lambda: None).tell(InputRejected(findings))
    dialog = window.findChild(QDialog)
    assert dialog is not None
    said = " ".join(label.text() for label in dialog.findChildren(QLabel))
    assert all(f"x{number}" in said for number in range(1, 4))
    assert toasts.message is None
    dialog.reject()
