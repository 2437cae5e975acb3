"""Where a file is to be written."""

from pathlib import Path

import pytest
from PySide6.QtWidgets import QFileDialog, QWidget
from pytestqt.qtbot import QtBot

from app.ui.kit.saving import FileKind, ask_where


@pytest.mark.parametrize(("kind", "wanted"), [("xlsx", "台账.xlsx"), ("pdf", "台账.pdf")])
def test_the_name_is_proposed_with_its_ending_and_the_choice_is_heard(
    qtbot: QtBot, tmp_path: Path, kind: FileKind, wanted: str
) -> None:
    window = QWidget()
    qtbot.addWidget(window)
    heard: list[Path] = []
    ask_where(window, "导出", kind, "台账", heard.append)
    dialog = window.findChild(QFileDialog)
    assert dialog is not None
    assert Path(dialog.selectedFiles()[0]).name == wanted
    assert dialog.acceptMode() is QFileDialog.AcceptMode.AcceptSave
    dialog.setDirectory(str(tmp_path))
    dialog.selectFile("七月")
    with qtbot.waitSignal(dialog.fileSelected):
        dialog.accept()
    assert heard == [tmp_path / f"七月.{kind}"]
