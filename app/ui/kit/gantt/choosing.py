"""The chart with a selection: clicks, keys, tips and menus, but no dragging."""

from PySide6.QtCore import QEvent, QPoint, Qt, Signal
from PySide6.QtGui import QContextMenuEvent, QHelpEvent, QKeyEvent, QMouseEvent
from PySide6.QtWidgets import QToolTip, QWidget

from app.texts import Language, text
from app.ui.kit.gantt.axis_area import ZOOM_STEP
from app.ui.kit.gantt.canvas import ChartCanvas
from app.ui.kit.gantt.geometry import HEADER, Hit, Part, hit
from app.ui.kit.gantt.outline import Outline
from app.ui.kit.gantt.rows import RowId
from app.ui.kit.gantt.selecting import Selection, clicked, stepped
from app.ui.kit.gantt.wording import row_tip

_ZOOM_KEYS: dict[int, float] = {
    Qt.Key.Key_Plus: ZOOM_STEP,
    Qt.Key.Key_Equal: ZOOM_STEP,
    Qt.Key.Key_Minus: 1 / ZOOM_STEP,
}
_SIDEWAYS: dict[int, int] = {Qt.Key.Key_Left: -1, Qt.Key.Key_Right: 1}


class ChoosingChart(ChartCanvas):
    """Selection by row; the current row is the one that keys move."""

    selection_changed = Signal(object)
    activated = Signal(object)
    menu_requested = Signal(object, QPoint)

    def __init__(self, language: Language, parent: QWidget | None = None) -> None:
        super().__init__(language, parent)
        self._anchor = -1
        self.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
        self.setAccessibleName(text(language, "gantt.accessible.chart"))

    def selected_ids(self) -> tuple[RowId, ...]:
        """Ids of the selected rows in tree order."""
        return tuple(self._outline.rows.ids[row] for row in sorted(self._selected))

    def chosen(self) -> tuple[frozenset[int], int]:
        """Selected row numbers and the current one, -1 for none."""
        return self._selected, self._current

    def set_language(self, language: Language) -> None:
        """Language of header, labels, tips and the accessible name."""
        self.setAccessibleName(text(language, "gantt.accessible.chart"))
        super().set_language(language)

    def set_outline(self, outline: Outline) -> None:
        """Show an outline; the selection keeps to its ids."""
        chosen, before = self.selected_ids(), self._outline.rows
        current = before.ids[self._current] if 0 <= self._current < len(before) else None
        if outline.rows is not before:
            found = (outline.rows.index_of(row_id) for row_id in chosen)
            self._selected = frozenset(row for row in found if row is not None)
            place = None if current is None else outline.rows.index_of(current)
            self._current = -1 if place is None else place
            self._anchor = self._current
        super().set_outline(outline)

    def set_selection(self, rows: frozenset[int], current: int) -> None:
        """Select row numbers without telling anybody; `current` -1 for none."""
        if (rows, current) != (self._selected, self._current):
            self._selected, self._current = rows, current
            self._refresh_rows()

    def mouseDoubleClickEvent(self, event: QMouseEvent) -> None:
        """Open the row."""
        found = self._hit(event.position().toPoint())
        if found.position >= 0 and event.button() is Qt.MouseButton.LeftButton:
            self.activated.emit(self._id_at(found.position))

    def contextMenuEvent(self, event: QContextMenuEvent) -> None:
        """A menu on the row under the pointer, which is selected first unless it is already."""
        found = self._hit(event.pos())
        if found.position >= 0 and int(self._outline.shown[found.position]) not in self._selected:
            no_keys = Qt.KeyboardModifier.NoModifier
            self._choose(clicked(self._selection(), found.position, no_keys))
        row_id = self._id_at(found.position) if found.position >= 0 else None
        self.menu_requested.emit(row_id, event.globalPos())

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Arrows, Home and End move the current row; + and - zoom; Enter opens."""
        key = event.key()
        if event.modifiers() & Qt.KeyboardModifier.AltModifier:
            event.ignore()
        elif key in _ZOOM_KEYS:
            self.zoom(_ZOOM_KEYS[key])
        elif key in (Qt.Key.Key_Return, Qt.Key.Key_Enter) and self._current >= 0:
            self.activated.emit(self._outline.rows.ids[self._current])
        elif key in _SIDEWAYS:
            bar = self.horizontalScrollBar()
            bar.setValue(bar.value() + bar.singleStep() * _SIDEWAYS[key])
        elif (moved := stepped(self._selection(), key, event.modifiers(), self._page())) is None:
            event.ignore()
        else:
            self._choose(moved)
            self.reveal(int(self._outline.position[moved.current]))

    def viewportEvent(self, event: QEvent) -> bool:
        """Tips over bars."""
        if isinstance(event, QHelpEvent) and event.type() == QEvent.Type.ToolTip:
            found = self._hit(event.pos())
            if found.part is not Part.NOTHING:
                row = int(self._outline.shown[found.position])
                tip = row_tip(self._language, self._outline.rows, row)
                QToolTip.showText(event.globalPos(), tip, self.viewport())
                return True
            QToolTip.hideText()
        return super().viewportEvent(event)

    def _selection(self) -> Selection:
        return Selection(self._outline, self._selected, self._current, self._anchor)

    def _page(self) -> int:
        return max(self.verticalScrollBar().pageStep() // self.verticalScrollBar().singleStep(), 1)

    def _choose(self, selection: Selection) -> None:
        self._anchor = selection.anchor
        before = (self._selected, self._current)
        self.set_selection(selection.rows, selection.current)
        if before != (self._selected, self._current):
            self.selection_changed.emit(self.selected_ids())

    def _id_at(self, position: int) -> RowId:
        return self._outline.rows.ids[int(self._outline.shown[position])]

    def _hit(self, place: QPoint) -> Hit:
        if place.y() < HEADER:
            return Hit(-1)
        y = place.y() - HEADER + self.verticalScrollBar().value()
        return hit(self._outline, self._scale, place.x(), y, self._dotted)
