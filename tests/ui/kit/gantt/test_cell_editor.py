"""The editor over a cell."""

from PySide6.QtWidgets import QLineEdit, QStyleOptionViewItem, QWidget
from pytestqt.qtbot import QtBot

from app.ui.kit.gantt.cell_editor import MOST_CHARACTERS, CellEditor
from app.ui.kit.gantt.outline import Outline
from app.ui.kit.gantt.table_model import GanttTableModel
from tests.ui.kit.gantt.sample_plan import sample_rows


def test_it_is_a_frameless_line_of_limited_length(qtbot: QtBot) -> None:
    home = QWidget()
    qtbot.addWidget(home)
    model = GanttTableModel(Outline.of(sample_rows()), "zh_CN", home)
    delegate = CellEditor(home)
    editor = delegate.createEditor(home, QStyleOptionViewItem(), model.index(3, 2))
    assert isinstance(editor, QLineEdit)
    assert not editor.hasFrame()
    assert editor.maxLength() == MOST_CHARACTERS
    delegate.setEditorData(editor, model.index(3, 2))
    assert editor.text() == "桩头处理及检测"
