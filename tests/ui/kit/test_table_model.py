"""Typing into cells: values, faults, refusals."""

from decimal import Decimal

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QApplication
from pytestqt.qtbot import QtBot

from app.ui.kit.status import Status
from app.ui.kit.table_model import (
    ALIGNMENT,
    DISPLAY,
    EDIT,
    FAULT,
    PENDING,
    VALUE,
    Edit,
    is_status,
    matches,
)
from tests.ui.kit.rows import Contract, contract, model

NAME, AMOUNT, STATUS, DUE = 1, 2, 3, 5


def test_a_cell_in_all_its_roles(qapp: QApplication) -> None:
    rows = model()
    cell = rows.index(0, AMOUNT)
    assert cell.data(DISPLAY) == "100.00"
    assert cell.data(EDIT) == "100"
    assert cell.data(VALUE) == Decimal(100)
    assert Qt.AlignmentFlag(cell.data(ALIGNMENT)) & Qt.AlignmentFlag.AlignRight
    assert is_status(rows.index(0, STATUS).data(VALUE))
    assert rows.index(0, STATUS).data(DISPLAY) == Status.OVERDUE.word


def test_what_can_be_edited(qapp: QApplication) -> None:
    rows = model()
    writable = Qt.ItemFlag.ItemIsEditable
    assert not rows.flags(rows.index(0, 0)) & writable
    assert rows.flags(rows.index(0, DUE)) & writable
    assert not rows.flags(rows.index(1, DUE)) & writable


def test_one_typing_is_one_edit_of_many_cells(qtbot: QtBot) -> None:
    rows = model()
    with qtbot.waitSignal(rows.edited) as told:
        taken = rows.type_in(
            [(0, AMOUNT, "1,250.5"), (1, AMOUNT, "7"), (0, 0, "9"), (2, AMOUNT, "300")]
        )
    assert taken == 2
    assert told.args is not None
    edits: list[Edit[Contract]] = told.args[0]
    assert [(edit.row_id, edit.key, edit.value) for edit in edits] == [
        (1, "amount", Decimal("1250.5")),
        (2, "amount", Decimal(7)),
    ]
    assert rows.index(0, AMOUNT).data(DISPLAY) == "1,250.5"
    assert rows.index(0, AMOUNT).data(PENDING)


def test_what_is_not_understood_stays_with_its_fault(qtbot: QtBot) -> None:
    rows = model()
    with qtbot.assertNotEmitted(rows.edited):
        rows.type_in([(0, AMOUNT, "abc"), (1, NAME, "")])
    assert rows.faults() == 2
    assert rows.index(0, AMOUNT).data(DISPLAY) == "abc"
    assert "不是有效数字" in rows.index(0, AMOUNT).data(FAULT)
    assert rows.index(1, NAME).data(FAULT) == "必填"
    rows.set_rows(rows.rows)
    assert rows.faults() == 2
    rows.type_in([(0, AMOUNT, "100")])
    assert rows.faults() == 1


def test_a_refused_edit_keeps_what_was_typed(qtbot: QtBot) -> None:
    rows = model()
    with qtbot.waitSignal(rows.edited) as told:
        rows.setData(rows.index(0, NAME), "新名字")
    assert told.args is not None
    rows.refuse(told.args[0], "合同已锁定")
    assert rows.index(0, NAME).data(DISPLAY) == "新名字"
    assert rows.index(0, NAME).data(FAULT) == "合同已锁定"
    rows.settle(told.args[0])
    assert rows.index(0, NAME).data(DISPLAY) == "钢筋采购"


def test_stored_typing_gives_way_to_the_rows(qtbot: QtBot) -> None:
    rows = model(1)
    rows.type_in([(0, NAME, "新名字")])
    rows.set_rows([contract(1, "新名字（已存）")])
    assert rows.index(0, NAME).data(DISPLAY) == "新名字（已存）"


def test_words_match_in_any_order() -> None:
    assert matches(["防水工程", "HT-018"], "ht 防水")
    assert not matches(["防水工程"], "防水 钢筋")
