"""Input fields."""

from datetime import date
from decimal import Decimal

import pytest
from PySide6.QtCore import QDate, Qt
from PySide6.QtWidgets import QCalendarWidget, QVBoxLayout, QWidget
from pytestqt.qtbot import QtBot

from app.ui.kit.colors import LIGHT
from app.ui.kit.fields import ChoiceField, DateField, LinesField, NumberField, TextField
from tests.ui.typing import only, type_words

TODAY = date(2026, 3, 24)


@pytest.fixture
def box(qtbot: QtBot) -> QWidget:
    made = QWidget()
    QVBoxLayout(made)
    qtbot.addWidget(made)
    made.resize(300, 200)
    with qtbot.waitActive(made):
        made.show()
    return made


def put(box: QWidget, field: QWidget) -> None:
    layout = box.layout()
    assert layout is not None
    layout.addWidget(field)
    field.setFocus()


def edge_of(field: QWidget) -> str:
    return field.grab().toImage().pixelColor(field.width() // 2, 0).name().upper()


def test_a_number_is_grouped_when_left(qtbot: QtBot, box: QWidget) -> None:
    field, other = NumberField(places=2), TextField()
    put(box, other)
    put(box, field)
    qtbot.keyClicks(field, "1234567.5")
    qtbot.keyClick(field, Qt.Key.Key_Return)
    assert field.text() == "1,234,567.50"
    assert field.number() == Decimal("1234567.5")


def test_a_number_is_never_rounded_behind_ones_back(qtbot: QtBot, box: QWidget) -> None:
    field = NumberField(places=2)
    put(box, field)
    qtbot.keyClicks(field, "1.239")
    qtbot.keyClick(field, Qt.Key.Key_Return)
    assert field.text() == "1.239"
    field.setText("abc")
    qtbot.keyClick(field, Qt.Key.Key_Return)
    assert field.text() == "abc"
    with pytest.raises(ValueError):
        field.number()
    field.clear()
    assert field.number() is None


def test_a_date_is_typed_freely(qtbot: QtBot, box: QWidget) -> None:
    field = DateField(today=TODAY)
    put(box, field)
    qtbot.keyClicks(field, "4.5")
    qtbot.keyClick(field, Qt.Key.Key_Return)
    assert field.text() == "2026-04-05"
    assert field.day() == date(2026, 4, 5)


def test_a_date_is_picked_by_keyboard(qtbot: QtBot, box: QWidget) -> None:
    field = DateField(TODAY, today=TODAY)
    put(box, field)
    field.pick()
    calendar = only(field, QCalendarWidget)
    assert isinstance(calendar, QCalendarWidget)
    assert calendar.selectedDate() == QDate(2026, 3, 24)
    calendar.activated.emit(QDate(2026, 4, 1))
    assert field.day() == date(2026, 4, 1)


def test_choices_keep_the_value_in_force(qtbot: QtBot, box: QWidget) -> None:
    field = ChoiceField()
    put(box, field)
    field.set_choices([(1, "采购合同"), (2, "劳务合同")])
    assert field.value() is None
    with qtbot.waitSignal(field.picked) as told:
        qtbot.keyClick(field, Qt.Key.Key_Down)
    assert told.args == [1]
    field.set_choices([(2, "Labour"), (1, "Purchase")])
    assert field.currentText() == "Purchase"
    field.set_choices([(2, "Labour")])
    assert field.value() is None


def test_tab_leaves_several_lines(qtbot: QtBot, box: QWidget) -> None:
    lines, after = LinesField(), TextField()
    put(box, lines)
    put(box, after)
    qtbot.waitUntil(after.isVisible)
    lines.setFocus()
    type_words(lines, "甲")
    qtbot.keyClick(lines, Qt.Key.Key_Tab)
    assert lines.toPlainText() == "甲"
    assert after.hasFocus()


@pytest.mark.parametrize("make", [TextField, LinesField, ChoiceField])
def test_a_fault_is_seen(
    qtbot: QtBot, box: QWidget, make: type[TextField | LinesField | ChoiceField]
) -> None:
    field = make()
    put(box, field)
    put(box, TextField())
    assert edge_of(field) != LIGHT.overdue
    field.set_faulty(True)
    assert edge_of(field) == LIGHT.overdue
