"""The preview shows the pages that will be printed."""

from PySide6.QtCore import QBuffer, QIODevice
from PySide6.QtPdfWidgets import QPdfView
from PySide6.QtWidgets import QWidget
from pytestqt.qtbot import QtBot

from app.ui.kit.printing.options import PrintOptions
from app.ui.kit.printing.paper import Paper
from app.ui.kit.printing.preview import PaperPreview
from app.ui.kit.printing.schedule_pdf import print_schedule
from tests.ui.kit.gantt.sample_plan import sample_rows


def test_a_schedule_is_shown_page_by_page(qtbot: QtBot) -> None:
    window = QWidget()
    qtbot.addWidget(window)
    preview = PaperPreview("zh_CN", window)
    told: list[tuple[int, int]] = []
    preview.page_changed.connect(lambda *what: told.append(what))
    preview.resize(500, 400)
    window.show()
    printed = QBuffer()
    printed.open(QIODevice.OpenModeFlag.WriteOnly)
    options = PrintOptions(paper=Paper.A4, fit_width=False)
    report = print_schedule(sample_rows(), options, printed)
    preview.show_pdf(bytes(printed.data().data()))
    assert preview.pages == report.pages > 1
    seen = preview.focusProxy()
    assert isinstance(seen, QPdfView)
    seen.verticalScrollBar().setValue(seen.verticalScrollBar().maximum())
    assert told[0] == (1, report.pages)
    assert told[-1] == (report.pages, report.pages)
    assert seen.accessibleName() == "打印预览"
