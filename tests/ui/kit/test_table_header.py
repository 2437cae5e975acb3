"""The head of a table."""

import pytest
from PySide6.QtCore import QPoint, Qt
from PySide6.QtGui import QContextMenuEvent
from PySide6.QtWidgets import QApplication
from pytestqt.qtbot import QtBot

from app.ui.kit.colors import LIGHT
from app.ui.kit.table_model import Order
from app.ui.kit.table_view import TableView
from tests.ui.kit.rows import Contract, model


@pytest.fixture
def view(qtbot: QtBot) -> TableView[Contract]:
    made: TableView[Contract] = TableView(model())
    qtbot.addWidget(made)
    made.resize(1000, 300)
    made.show()
    return made


def marks_in_section(view: TableView[Contract], section: int) -> int:
    """Pixels that are rather blue than grey."""
    header = view.columns.header
    image = header.grab().toImage()
    left, width = header.sectionViewportPosition(section), header.sectionSize(section)
    pixels = (
        image.pixelColor(x, y) for x in range(left, left + width) for y in range(header.height())
    )
    return sum(pixel.blue() - pixel.red() > 80 for pixel in pixels)


def test_sorting_and_filters_are_marked(view: TableView[Contract]) -> None:
    assert marks_in_section(view, 1) == 0
    view.columns.arrange(Order("name"), {})
    sorted_only = marks_in_section(view, 1)
    view.columns.arrange(Order("name"), {"name": "工程"})
    assert marks_in_section(view, 1) > sorted_only > 0
    assert marks_in_section(view, 2) == 0


def test_the_rest_of_the_head_has_the_ground_of_the_table(view: TableView[Contract]) -> None:
    image = view.columns.header.grab().toImage()
    assert image.pixelColor(image.width() - 2, 5).name().upper() == LIGHT.surface


def test_a_right_click_asks_for_the_menu(qtbot: QtBot, view: TableView[Contract]) -> None:
    header = view.columns.header
    where = QPoint(header.sectionViewportPosition(2) + 5, 5)
    event = QContextMenuEvent(QContextMenuEvent.Reason.Mouse, where, header.mapToGlobal(where))
    with qtbot.waitSignal(view.column_menu_asked) as asked:
        QApplication.sendEvent(header.viewport(), event)
    assert asked.args is not None
    assert asked.args[0] == 2
    assert header.sortIndicatorOrder() == Qt.SortOrder.AscendingOrder
