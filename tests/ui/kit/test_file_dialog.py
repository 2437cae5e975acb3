"""The dialog for files, where Qt draws it itself."""

import pytest
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QFileDialog, QLabel, QPushButton, QWidget
from pytestqt.qtbot import QtBot

from app.ui.kit.file_dialog import file_dialog
from app.ui.kit.text import texts


@pytest.mark.parametrize(("save", "action"), [(False, "打开"), (True, "保存")])
def test_every_label_is_in_the_language_in_force(
    qtbot: QtBot, usual_look: None, save: bool, action: str
) -> None:
    parent = QWidget()
    qtbot.addWidget(parent)
    texts().set_language("zh_CN")
    dialog = file_dialog(parent, "选择文件", save=save)
    dialog.setOption(QFileDialog.Option.DontUseNativeDialog)
    dialog.open()
    qtbot.waitUntil(dialog.isVisible)
    labels = {one.text() for one in dialog.findChildren(QLabel)}
    assert {"查找位置：", "文件名：", "文件类型："} <= labels
    buttons = {one.text().replace("&", "") for one in dialog.findChildren(QPushButton)}
    assert {action, "取消"} <= buttons
    assert dialog.testAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
    dialog.reject()
