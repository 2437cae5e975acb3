"""Where a file is to be written."""

from pathlib import Path

import pytest
from PySide6.QtWidgets import QFileDialog, QWidget
from pytestqt.qtbot import QtBot

from app.ui.kit.saving import FileKind, ask_where, file_name


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


@pytest.mark.parametrize(
    ("words", "wanted"),
    [
        ("滨江花园二期", "滨江花园二期"),
        ("../../etc/passwd", "_.._etc_passwd"),
        ("..\\..\\Windows\\x", "_.._Windows_x"),
        ("C:\\x", "C_x"),
        ("/etc/passwd", "_etc_passwd"),
        ("a\0b\nc", "a_b_c"),
        ("付款\u202excod.exe", "付款_xcod.exe"),
        ("CON", "_CON"),
        ("nul.txt", "_nul.txt"),
        (" .. ", "_"),
        ("", "_"),
        ("长" * 200, "长" * 80),
    ],
)
def test_a_name_leads_out_of_no_folder(
    qtbot: QtBot, tmp_path: Path, words: str, wanted: str
) -> None:
    assert file_name(words) == wanted
    window = QWidget()
    qtbot.addWidget(window)
    ask_where(window, "导出", "xlsx", words, lambda _: None)
    dialog = window.findChild(QFileDialog)
    assert dialog is not None
    assert Path(dialog.selectedFiles()[0]).parent == Path(dialog.directory().absolutePath())
