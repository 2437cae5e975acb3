"""Paints and edits table cells: words, money, progress, status marks, faults."""

from collections.abc import Callable
from typing import Any, Final, cast

from PySide6.QtCore import (
    QAbstractItemModel,
    QEvent,
    QModelIndex,
    QPointF,
    QRect,
    QRectF,
    Qt,
)
from PySide6.QtGui import QColor, QHelpEvent, QKeyEvent, QPainter, QPen, QPolygonF
from PySide6.QtWidgets import (
    QAbstractItemView,
    QComboBox,
    QLineEdit,
    QStyle,
    QStyledItemDelegate,
    QStyleOptionViewItem,
    QToolTip,
    QWidget,
)

from app.ui.kit.colors import Colors
from app.ui.kit.columns import RIGHT_KINDS, Column
from app.ui.kit.measures import GAP_S, GRID, TYPE_CELL
from app.ui.kit.status import MARK, Status, paint_mark, paint_progress
from app.ui.kit.table_model import BOLD, DISPLAY, EDIT, FAULT, KIND, PENDING, TONE, VALUE, Index
from app.ui.kit.theme import colors_in, font

_SELECTED: Final = QStyle.StateFlag.State_Selected
_RIGHT: Final = int(Qt.AlignmentFlag.AlignRight | Qt.AlignmentFlag.AlignVCenter)
_LEFT: Final = int(Qt.AlignmentFlag.AlignLeft | Qt.AlignmentFlag.AlignVCenter)
_ELIDE: Final = Qt.TextElideMode.ElideRight
PROGRESS_WIDTH: Final = 28
PROGRESS_HEIGHT: Final = 4
PERCENT_WIDTH: Final = 44
FAULT_CORNER: Final = 7


class CellDelegate(QStyledItemDelegate):
    """For tables over a TableModel; `column_of` gives the column of a model index."""

    def __init__(self, view: QAbstractItemView, column_of: Callable[[Index], Column[Any]]) -> None:
        super().__init__(view)
        self._view = view
        self._column_of = column_of
        self._usual = font(TYPE_CELL)
        self._strong = font(TYPE_CELL, bold=True)

    def refresh_fonts(self) -> None:
        """Takes over another type scale."""
        self._usual = font(TYPE_CELL)
        self._strong = font(TYPE_CELL, bold=True)

    def paint(self, painter: QPainter, option: QStyleOptionViewItem, index: Index) -> None:
        colors = colors_in(option.palette)
        place: QRect = option.rect
        selected = bool(option.state & _SELECTED)
        painter.fillRect(place, QColor(colors.selection if selected else colors.surface))
        painter.setPen(QColor(colors.grid))
        painter.drawLine(place.bottomLeft(), place.bottomRight())
        fault = index.data(FAULT)
        if fault:
            painter.fillRect(place.adjusted(0, 0, 0, -1), QColor(colors.overdue_tint))
        self._paint_value(painter, place, index, colors)
        if fault:
            self._paint_corner(painter, place, colors)
        if index == self._view.currentIndex() and self._view.hasFocus():
            painter.setPen(QPen(QColor(colors.focus), 2))
            painter.setBrush(Qt.BrushStyle.NoBrush)
            painter.drawRect(place.adjusted(1, 1, -1, -2))

    def _paint_value(self, painter: QPainter, place: QRect, index: Index, colors: Colors) -> None:
        value = index.data(VALUE)
        kind = index.data(KIND)
        room = place.adjusted(GAP_S, 0, -GAP_S, -1)
        tone = index.data(TONE)
        ink = str(getattr(colors, tone)) if tone else colors.text
        if isinstance(value, Status):
            ink = value.color(colors)
            middle = room.y() + room.height() / 2 + 0.5
            paint_mark(painter, QPointF(room.x() + MARK / 2, middle), value.shape, ink)
            room.setLeft(room.left() + round(MARK) + GRID + 2)
        elif kind == "progress" and value is not None:
            self._paint_progress(painter, room, float(value), colors)
        if not tone and kind == "money" and value is not None and value < 0:
            ink = colors.overdue
        if index.data(PENDING):
            ink = colors.text_2
        painter.setFont(self._strong if index.data(BOLD) else self._usual)
        painter.setPen(QColor(ink))
        words = painter.fontMetrics().elidedText(index.data(DISPLAY), _ELIDE, room.width())
        painter.drawText(room, _RIGHT if kind in RIGHT_KINDS else _LEFT, words)

    def _paint_progress(self, painter: QPainter, room: QRect, share: float, colors: Colors) -> None:
        width = min(room.width() - PERCENT_WIDTH, 2 * PROGRESS_WIDTH)
        if width >= PROGRESS_WIDTH // 2:
            top = room.y() + (room.height() - PROGRESS_HEIGHT) / 2 + 0.5
            left = room.right() - PERCENT_WIDTH - width
            paint_progress(painter, QRectF(left, top, width, PROGRESS_HEIGHT), share, colors)

    def _paint_corner(self, painter: QPainter, place: QRect, colors: Colors) -> None:
        corner = QPointF(place.right() + 1, place.top())
        painter.setPen(Qt.PenStyle.NoPen)
        painter.setBrush(QColor(colors.overdue))
        beside, below = (
            QPointF(corner.x() - FAULT_CORNER, corner.y()),
            QPointF(corner.x(), corner.y() + FAULT_CORNER),
        )
        painter.drawPolygon(QPolygonF([corner, beside, below]))

    def createEditor(self, parent: QWidget, _option: QStyleOptionViewItem, index: Index) -> QWidget:
        column = self._column_of(index)
        model = index.model()
        row = model.row_at(index.row()) if hasattr(model, "row_at") else None
        if column.choices is not None and row is not None:
            box = QComboBox(parent)
            for value, words in column.choices(row):
                box.addItem(words, value)
            box.activated.connect(lambda _place: self._commit(box))
            return box
        line = _CellLine(parent)
        line.setFrame(False)
        line.setFont(self._usual)
        line.setTextMargins(GRID + 2, 0, GRID + 2, 0)
        line.setAlignment(Qt.AlignmentFlag(_RIGHT if column.is_right else _LEFT))
        line.setAutoFillBackground(True)
        line.setAccessibleName(
            str(index.model().headerData(index.column(), Qt.Orientation.Horizontal))
        )
        return line

    def setEditorData(self, editor: QWidget, index: Index) -> None:
        if isinstance(editor, QComboBox):
            editor.setCurrentIndex(editor.findText(str(index.data(DISPLAY))))
        elif isinstance(editor, QLineEdit):
            editor.setText(str(index.data(EDIT) or ""))
            editor.selectAll()

    def setModelData(self, editor: QWidget, model: QAbstractItemModel, index: Index) -> None:
        if isinstance(editor, QComboBox):
            model.setData(cast(QModelIndex, index), editor.currentText(), EDIT)
        elif isinstance(editor, QLineEdit):
            model.setData(cast(QModelIndex, index), editor.text(), EDIT)

    def updateEditorGeometry(
        self, editor: QWidget, option: QStyleOptionViewItem, _index: Index
    ) -> None:
        editor.setGeometry(option.rect.adjusted(2, 2, -2, -3))

    def helpEvent(
        self, event: QHelpEvent, view: QAbstractItemView, option: QStyleOptionViewItem, index: Index
    ) -> bool:
        if event.type() != QEvent.Type.ToolTip or not index.isValid():
            return super().helpEvent(event, view, option, index)
        words = str(index.data(DISPLAY))
        cut = view.fontMetrics().horizontalAdvance(words) > option.rect.width() - 2 * GAP_S
        tip = index.data(FAULT) or (words if cut else "")
        QToolTip.showText(event.globalPos(), tip, view)
        return True

    def _commit(self, editor: QWidget) -> None:
        self.commitData.emit(editor)
        self.closeEditor.emit(editor)


class _CellLine(QLineEdit):
    """Keeps Enter to itself: passed on, it would move the table before the edit is closed."""

    def keyPressEvent(self, event: QKeyEvent) -> None:
        super().keyPressEvent(event)
        if event.key() in (Qt.Key.Key_Return, Qt.Key.Key_Enter):
            event.accept()
