"""A printed paper on the screen before it goes anywhere."""

from PySide6.QtCore import QBuffer, QByteArray, QIODevice, Signal
from PySide6.QtPdf import QPdfDocument
from PySide6.QtPdfWidgets import QPdfView
from PySide6.QtWidgets import QVBoxLayout, QWidget

from app.texts import Language, text


class PaperPreview(QWidget):
    """All pages below one another, fitted to the width. `page_changed(number from 1, pages)`."""

    page_changed = Signal(int, int)

    def __init__(self, language: Language, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        # Qt deletes children in this order: a document that outlives the inside of its view
        # tells a half-dead view that it closed, and the process ends.
        self._paper = QPdfDocument(self)
        self._buffer = QBuffer(self)
        self._view = QPdfView(self)
        self._view.setDocument(self._paper)
        self._view.setPageMode(QPdfView.PageMode.MultiPage)
        self._view.setZoomMode(QPdfView.ZoomMode.FitToWidth)
        self._view.setAccessibleName(text(language, "printing.preview"))
        self._view.pageNavigator().currentPageChanged.connect(self._tell_page)
        layout = QVBoxLayout(self)
        layout.setContentsMargins(0, 0, 0, 0)
        layout.addWidget(self._view)
        self.setFocusProxy(self._view)

    @property
    def pages(self) -> int:
        """Pages of the paper shown."""
        return self._paper.pageCount()

    def show_pdf(self, content: bytes) -> None:
        """Show a finished PDF."""
        self._paper.close()
        # The document reads on from the device, so it has to live as long as the pages do.
        self._buffer.close()
        self._buffer.setData(QByteArray(content))
        self._buffer.open(QIODevice.OpenModeFlag.ReadOnly)
        self._paper.load(self._buffer)
        self._tell_page(0)

    def _tell_page(self, place: int) -> None:
        self.page_changed.emit(min(place + 1, self.pages), self.pages)
