"""The preview shows the pages that will be printed."""

from PySide6.QtWidgets import QWidget
from pytestqt.qtbot import QtBot

from app.ui.kit.printing.options import PrintOptions
from app.ui.kit.printing.paper import Paper
from app.ui.kit.printing.preview import PaperPreview
from tests.ui.kit.gantt.sample_plan import sample_rows


def test_a_schedule_is_shown_page_by_page(qtbot: QtBot) -> None:
    window = QWidget()
    qtbot.addWidget(window)
    preview = PaperPreview("zh_CN", window)
    told: list[tuple[int, int]] = []
    preview.page_changed.connect(lambda *what: told.append(what))
    preview.resize(500, 400)
    window.show()
    report = preview.show_schedule(sample_rows(), PrintOptions(paper=Paper.A4, fit_width=False))
    assert preview.pages == report.pages > 1
    preview.go_to_page(2)
    preview.go_to_page(999)
    assert told[0] == (1, report.pages)
    assert told[-1] == (report.pages, report.pages)
    seen = preview.focusProxy()
    assert seen is not None
    assert seen.accessibleName() == "打印预览"
