"""Rows held in memory."""

from decimal import Decimal

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QApplication
from pytestqt.modeltest import ModelTester
from pytestqt.qtbot import QtBot

from app.ui.kit.table_model import DISPLAY, Order
from app.ui.kit.text import texts
from tests.ui.kit.rows import COLUMNS, contract, model

_HORIZONTAL = Qt.Orientation.Horizontal


def test_it_is_a_good_model(qtmodeltester: ModelTester) -> None:
    qtmodeltester.check(model())


def test_sorting_and_back(qapp: QApplication) -> None:
    rows = model()
    rows.arrange(Order("amount", descending=True), {})
    assert [row.id for row in rows.rows] == [5, 4, 3, 2, 1]
    rows.arrange(None, {})
    assert [row.id for row in rows.rows] == [1, 2, 3, 4, 5]


@pytest.mark.parametrize(
    ("filters", "ids"),
    [
        ({"": "钢筋"}, [1]),
        ({"": "工程 防水"}, [5]),
        ({"status": "草稿"}, [4]),
        ({"name": "草稿"}, []),
        ({"": "  "}, [1, 2, 3, 4, 5]),
        ({"": "500.00"}, [5]),
    ],
)
def test_filters(qapp: QApplication, filters: dict[str, str], ids: list[int]) -> None:
    rows = model()
    rows.arrange(None, filters)
    assert [row.id for row in rows.rows] == ids


def test_the_same_ids_need_no_reset(qtbot: QtBot) -> None:
    rows = model(2)
    with qtbot.assertNotEmitted(rows.modelReset), qtbot.waitSignal(rows.dataChanged):
        rows.set_rows([contract(1, "新名"), contract(2, "乙")])
    assert rows.index(0, 1).data(DISPLAY) == "新名"
    with qtbot.waitSignal(rows.modelReset):
        rows.set_rows([contract(2, "乙")])
    assert rows.place_of(2) == 0
    assert rows.place_of(1) == -1


def test_headings_follow_the_language(qtbot: QtBot) -> None:
    rows = model(1)
    assert [rows.headerData(n, _HORIZONTAL) for n in range(2)] == ["升序", "显示哪些列"]
    with qtbot.waitSignal(rows.headerDataChanged):
        texts().set_language("en")
    assert rows.headerData(1, _HORIZONTAL) == "Columns"


def test_every_row_is_what_is_seen(qapp: QApplication) -> None:
    rows = model()
    rows.arrange(Order("id", descending=True), {"": "工程"})
    assert [row.id for row in rows.every_row()(None)] == [5]


@settings(max_examples=25, deadline=None)
@given(st.lists(st.decimals("-1e6", "1e6", places=2), max_size=20))
def test_sorted_rows_are_in_order(amounts: list[Decimal]) -> None:
    rows = model(0)
    rows.set_rows([contract(n, "a", str(amount)) for n, amount in enumerate(amounts)])
    rows.arrange(Order("amount"), {})
    assert [row.amount for row in rows.rows] == sorted(amounts)
    assert len(COLUMNS) == rows.columnCount()
