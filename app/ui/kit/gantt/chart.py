"""The Gantt chart: shows rows, and turns what hands do into requests; it changes nothing itself."""

from math import floor

from PySide6.QtCore import QEvent, QPoint, Qt, Signal
from PySide6.QtGui import QFocusEvent, QKeyEvent, QMouseEvent, QPainter, QPaintEvent, QPixmap
from PySide6.QtWidgets import QWidget

from app.texts import Language
from app.ui.kit.gantt import dragging
from app.ui.kit.gantt.choosing import ChoosingChart
from app.ui.kit.gantt.dragging import Drag, DragMode
from app.ui.kit.gantt.geometry import HEADER, ROW, Hit, Part, link_kind, nearer_left, row_span
from app.ui.kit.gantt.outline import Outline
from app.ui.kit.gantt.paint_drag import drag_tip, paint_drag
from app.ui.kit.gantt.rows import moment_of
from app.ui.kit.gantt.selecting import clicked

_DRAG_DISTANCE = 4
_AIM = 12.0
_DOTS_NEAR = 16.0
_CURSORS = {
    Part.NOTHING: Qt.CursorShape.ArrowCursor,
    Part.BODY: Qt.CursorShape.SizeAllCursor,
    Part.RIGHT_EDGE: Qt.CursorShape.SizeHorCursor,
    Part.LEFT_DOT: Qt.CursorShape.CrossCursor,
    Part.RIGHT_DOT: Qt.CursorShape.CrossCursor,
}
_MODES = {Part.BODY: DragMode.MOVE, Part.RIGHT_EDGE: DragMode.RESIZE}


class GanttChart(ChoosingChart):
    """Signals carry row ids; dates are naive site-local `datetime`, finishes exclusive.

    `move_requested(id, new_start)`, `duration_requested(id, new_finish)`,
    `link_requested(pred id, succ id, LinkKind)`, `selection_changed(tuple of ids)`,
    `activated(id)`, `menu_requested(id or None, global position)`.
    """

    move_requested = Signal(object, object)
    duration_requested = Signal(object, object)
    link_requested = Signal(object, object, object)

    def __init__(self, language: Language, parent: QWidget | None = None) -> None:
        super().__init__(language, parent)
        self._editable = True
        self._press: tuple[QPoint, Hit] | None = None
        self._pan: QPoint | None = None
        self._drag: Drag | None = None
        self._pointer = (0.0, 0.0)
        self.viewport().setMouseTracking(True)

    @property
    def drag(self) -> Drag | None:
        """The drag under way."""
        return self._drag

    def drag_words(self) -> str:
        """The words shown beside the drag under way, "" without one."""
        return drag_tip(self.frame_now(), self._drag) if self._drag else ""

    def set_editable(self, editable: bool) -> None:
        """Whether bars can be dragged."""
        self._editable = editable
        self.cancel_drag()
        self._set_dotted(-1)

    def set_outline(self, outline: Outline) -> None:
        """Show an outline; a drag under way is dropped, the selection keeps to its ids."""
        self.cancel_drag()
        self._dotted = -1
        super().set_outline(outline)

    def cancel_drag(self) -> None:
        """Forget the drag under way; nothing is asked for."""
        self._press = None
        if self._drag is not None:
            self._drag = None
            self._refresh_rows()

    def paintEvent(self, event: QPaintEvent) -> None:
        """The chart; while dragging, the cached background with the dragged thing over it."""
        if self._drag is None:
            super().paintEvent(event)
            return
        frame = self.frame_now()
        if self._background is None:
            self._background = self._backdrop(self._drag)
        with QPainter(self.viewport()) as painter:
            painter.drawPixmap(0, 0, self._background)
            painter.translate(0, HEADER)
            painter.setClipRect(0, 0, int(frame.width), int(frame.height))
            paint_drag(painter, frame, self._drag, self._pointer)

    def mousePressEvent(self, event: QMouseEvent) -> None:
        """Select the row; a drag begins once the pointer has moved a little."""
        place = event.position().toPoint()
        if event.button() is Qt.MouseButton.MiddleButton:
            self._pan = place
            return
        if self._drag is not None:
            self.cancel_drag()
            return
        found = self._hit(place)
        if event.button() is not Qt.MouseButton.LeftButton or found.position < 0:
            return
        self._choose(clicked(self._selection(), found.position, event.modifiers()))
        self._press = (place, found)

    def mouseMoveEvent(self, event: QMouseEvent) -> None:
        """Drag, pan or hover."""
        place = event.position().toPoint()
        self._pointer = (event.position().x(), event.position().y() - HEADER)
        if self._pan is not None:
            self._pan_from(self._pan, place)
        elif self._drag is not None:
            self._drag_to(self._drag)
        elif self._press is not None:
            if (place - self._press[0]).manhattanLength() >= _DRAG_DISTANCE:
                self._begin_drag(*self._press)
        else:
            self._hover(place)

    def mouseReleaseEvent(self, _event: QMouseEvent) -> None:
        """Let go: ask for what the drag shows."""
        self._pan = None
        drag, self._drag, self._press = self._drag, None, None
        if drag is not None:
            self._refresh_rows()
            if drag.changed:
                self._ask(drag)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Esc cancels a drag; other keys move, zoom and open."""
        if event.key() == Qt.Key.Key_Escape and (self._drag or self._press):
            self.cancel_drag()
        else:
            super().keyPressEvent(event)

    def focusOutEvent(self, event: QFocusEvent) -> None:
        """A drag does not outlive the focus."""
        self.cancel_drag()
        super().focusOutEvent(event)

    def viewportEvent(self, event: QEvent) -> bool:
        """Link dots vanish when the pointer leaves."""
        if event.type() == QEvent.Type.Leave and self._drag is None:
            self._set_dotted(-1)
        return super().viewportEvent(event)

    def _hover(self, place: QPoint) -> None:
        found = self._hit(place)
        near = -1
        if found.position >= 0 and self._editable:
            span = row_span(self._outline, found.position, self._scale)
            inside = span.left - _DOTS_NEAR <= place.x() <= span.right + _DOTS_NEAR
            near = found.position if inside else -1
        self._set_dotted(near)
        shape = _CURSORS[self._hit(place).part] if self._editable else Qt.CursorShape.ArrowCursor
        if self.viewport().cursor().shape() is not shape:
            self.viewport().setCursor(shape)

    def _set_dotted(self, position: int) -> None:
        if position != self._dotted:
            self._dotted = position
            self._refresh_rows()

    def _pan_from(self, before: QPoint, place: QPoint) -> None:
        self._pan = place
        across, down = self.horizontalScrollBar(), self.verticalScrollBar()
        across.setValue(across.value() + before.x() - place.x())
        down.setValue(down.value() + before.y() - place.y())

    def _begin_drag(self, press: QPoint, found: Hit) -> None:
        self._press = None
        if found.part is Part.NOTHING or not self._editable:
            return
        mode = _MODES.get(found.part, DragMode.LINK)
        day, from_right = self._scale.day(press.x()), found.part is Part.RIGHT_DOT
        drag = dragging.begin(self._outline, found.position, mode, day, from_right)
        if drag is not None:
            self._refresh_rows()
            self._drag_to(drag)

    def _drag_to(self, drag: Drag) -> None:
        x, y = self._pointer
        if drag.mode is DragMode.LINK:
            self._drag = self._aimed(drag, x, y)
        else:
            self._drag = dragging.moved(drag, self._outline, self._calendar, self._scale.day(x))
        self.viewport().update()

    def _aimed(self, drag: Drag, x: float, y: float) -> Drag:
        position = floor((y + self.verticalScrollBar().value()) / ROW)
        if not 0 <= position < len(self._outline) or y < 0:
            return dragging.targeted(drag, self._outline, -1, drag.kind)
        span = row_span(self._outline, position, self._scale)
        aims = span.left - _AIM <= x <= span.right + _AIM
        kind = link_kind(drag.from_right, nearer_left(span, x))
        return dragging.targeted(drag, self._outline, position if aims else -1, kind)

    def _ask(self, drag: Drag) -> None:
        row_id = self._id_at(drag.position)
        if drag.mode is DragMode.LINK:
            self.link_requested.emit(row_id, self._id_at(drag.target), drag.kind)
        elif drag.mode is DragMode.MOVE:
            self.move_requested.emit(row_id, moment_of(drag.new_start))
        else:
            self.duration_requested.emit(row_id, moment_of(drag.new_finish))

    def _backdrop(self, drag: Drag) -> QPixmap:
        """Everything that stands still during a drag, painted once."""
        picture = self._picture()
        left_out = -1 if drag.mode is DragMode.LINK else drag.position
        with QPainter(picture) as painter:
            self.paint_chart(painter, self.frame_now(left_out))
        return picture
