"""The model speaks, edits by asking, and keeps what it has."""

from PySide6.QtCore import Qt
from pytestqt.qtbot import QtBot

from app.ui.kit.gantt.columns import Column
from app.ui.kit.gantt.outline import Outline
from app.ui.kit.gantt.table_model import GanttTableModel
from tests.ui.kit.gantt.sample_plan import sample_rows


def model() -> GanttTableModel:
    return GanttTableModel(Outline.of(sample_rows()), "zh_CN")


def test_the_model_is_sound(qtmodeltester: object, qtbot: QtBot) -> None:
    tested = model()
    qtmodeltester.check(tested)  # type: ignore[attr-defined]


def test_words_for_eyes_and_ears() -> None:
    tested = model()
    status = tested.index(9, Column.STATUS)
    assert status.data() is None
    assert status.data(Qt.ItemDataRole.AccessibleTextRole) == "已逾期"
    name = tested.index(9, Column.NAME)
    assert "2026-03-11 至 2026-03-20" in name.data(Qt.ItemDataRole.AccessibleDescriptionRole)
    assert tested.headerData(Column.NAME, Qt.Orientation.Horizontal) == "名称"
    tested.set_language("en")
    assert tested.headerData(Column.NAME, Qt.Orientation.Horizontal) == "Name"


def test_an_edit_is_asked_for_and_the_same_text_is_not() -> None:
    tested, asked = model(), []
    tested.edit_requested.connect(lambda *what: asked.append(what))
    index = tested.index(9, Column.NAME)
    assert not tested.setData(index, "地下室墙柱")
    assert not tested.setData(index, "地下室墙、柱")
    assert asked == [("1.2.1", Column.NAME, "地下室墙、柱")]
    assert index.data() == "地下室墙柱"


def test_read_only_and_collapsed_rows() -> None:
    tested = model()
    index = tested.index(9, Column.NAME)
    assert tested.flags(index) & Qt.ItemFlag.ItemIsEditable
    tested.set_read_only(True)
    assert not tested.flags(index) & Qt.ItemFlag.ItemIsEditable
    tested.set_outline(tested.outline.with_all(False))
    assert tested.rowCount() == 1
