"""The painted chart for screen readers: a list whose items are the visible rows."""

from PySide6.QtCore import QObject, QPoint, QRect
from PySide6.QtGui import QAccessible, QAccessibleInterface
from PySide6.QtWidgets import QAccessibleWidget

from app.ui.kit.gantt.chart import GanttChart
from app.ui.kit.gantt.geometry import HEADER, ROW
from app.ui.kit.gantt.wording import row_spoken


class RowInterface(QAccessibleInterface):
    """One visible position: name, spoken dates, done share as value, selected or not."""

    def __init__(self, chart: GanttChart, position: int) -> None:
        super().__init__()
        self._chart = chart
        self._position = position

    def isValid(self) -> bool:
        """Positions vanish when branches close."""
        return self._position < len(self._chart.outline)

    def object(self) -> QObject | None:  # type: ignore[override] # Qt takes null
        """Rows are painted: they have no object of their own."""
        return None

    def parent(self) -> QAccessibleInterface:
        """The chart."""
        return QAccessible.queryAccessibleInterface(self._chart)

    def child(self, _index: int) -> QAccessibleInterface | None:  # type: ignore[override]
        """Rows hold nothing."""
        return None

    def childCount(self) -> int:
        """Rows hold nothing."""
        return 0

    def childAt(self, _x: int, _y: int) -> QAccessibleInterface | None:  # type: ignore[override]
        """Rows hold nothing."""
        return None

    def indexOfChild(self, _child: QAccessibleInterface) -> int:
        """Rows hold nothing."""
        return -1

    def role(self) -> QAccessible.Role:
        """An item of the chart's list."""
        return QAccessible.Role.ListItem

    def state(self) -> QAccessible.State:
        """Selectable; selected and focused as the chart shows it."""
        rows, current = self._chart.chosen()
        state = QAccessible.State()
        # Qt declares these one-bit fields as int.
        state.selectable = 1
        state.focusable = 1
        state.selected = int(self._row() in rows)
        state.focused = int(self._row() == current and self._chart.hasFocus())
        return state

    def rect(self) -> QRect:
        """The row on the screen."""
        viewport = self._chart.viewport()
        place = self._chart.row_rect(self._position)
        return QRect(viewport.mapToGlobal(place.topLeft()), place.size())

    def setText(self, text: QAccessible.Text, words: str) -> None:
        """Edits go through the table."""

    def text(self, text: QAccessible.Text) -> str:
        """Name: code and name. Description: dates, duration, float. Value: done share."""
        if not self.isValid():
            return ""
        rows, row = self._chart.outline.rows, self._row()
        if text == QAccessible.Text.Name:
            return f"{rows.codes[row]} {rows.names[row]}"
        if text == QAccessible.Text.Value:
            return f"{round(float(rows.percent[row]))}%"
        if text == QAccessible.Text.Description:
            return row_spoken(self._chart.language, rows, row)
        return ""

    def _row(self) -> int:
        return int(self._chart.outline.shown[self._position]) if self.isValid() else -1


class ChartInterface(QAccessibleWidget):
    """The chart as a list of rows; an interface is made for a row when somebody asks for it."""

    def __init__(self, chart: GanttChart) -> None:
        super().__init__(chart, QAccessible.Role.List, chart.accessibleName())
        self._chart = chart
        self._rows: dict[int, RowInterface] = {}

    def childCount(self) -> int:
        """Visible rows of the tree."""
        return len(self._chart.outline)

    def child(self, index: int) -> QAccessibleInterface | None:  # type: ignore[override]
        """The row at a visible position."""
        if not 0 <= index < len(self._chart.outline):
            return None
        if index not in self._rows:
            self._rows[index] = RowInterface(self._chart, index)
            QAccessible.registerAccessibleInterface(self._rows[index])
        return self._rows[index]

    def childAt(self, x: int, y: int) -> QAccessibleInterface | None:  # type: ignore[override]
        """The row at a point of the screen."""
        place = self._chart.viewport().mapFromGlobal(QPoint(x, y))
        top = place.y() - HEADER + self._chart.verticalScrollBar().value()
        return self.child(int(top // ROW)) if place.y() >= HEADER else None

    def indexOfChild(self, child: QAccessibleInterface) -> int:
        """Position of a row's interface, -1 when it is not one of ours."""
        return next((at for at, row in self._rows.items() if row is child), -1)

    def text(self, text: QAccessible.Text) -> str:
        """The chart's own name."""
        return self._chart.accessibleName() if text == QAccessible.Text.Name else ""


class _Factory:
    """Makes and keeps the interfaces: Qt holds them, but not their Python halves."""

    def __init__(self) -> None:
        self._kept: dict[int, ChartInterface] = {}
        self.installed = False

    def __call__(self, _class_name: str, owner: QObject) -> QAccessibleInterface | None:
        if not isinstance(owner, GanttChart):
            return None
        key = id(owner)
        kept = self._kept[key] = ChartInterface(owner)
        owner.destroyed.connect(lambda: self._kept.pop(key, None))
        return kept


_FACTORY = _Factory()


def install_accessibility() -> None:
    """Teach Qt's accessibility to see into charts; repeated calls do nothing."""
    if not _FACTORY.installed:
        QAccessible.installFactory(_FACTORY)
        _FACTORY.installed = True
