"""A scrolling sheet on the surface's ground."""

from PySide6.QtWidgets import QScrollArea, QVBoxLayout, QWidget

from app.ui.kit.labels import Ground
from app.ui.kit.scroll import scrolling


def sheet_of(content: QWidget) -> QScrollArea:
    """The content on the surface, scrolling upright when the screen is too small for it."""
    ground = Ground("surface")
    column = QVBoxLayout(ground)
    column.setContentsMargins(0, 0, 0, 0)
    column.addWidget(content)
    return scrolling(ground)
