"""Real mouse events on a chart: press, moves, release, in viewport pixels."""

from PySide6.QtCore import QPoint, QPointF, Qt
from PySide6.QtGui import QMouseEvent, QWheelEvent
from PySide6.QtWidgets import QApplication
from pytestqt.qtbot import QtBot

from app.ui.kit.gantt.canvas import ChartMarks
from app.ui.kit.gantt.chart import GanttChart
from app.ui.kit.gantt.geometry import HEADER, MIDDLE, Span, row_span
from tests.ui.kit.gantt.sample_plan import DATA_DATE, TODAY, sample_calendar, sample_rows

LEFT = Qt.MouseButton.LeftButton
NO_BUTTON = Qt.MouseButton.NoButton
NO_KEYS = Qt.KeyboardModifier.NoModifier


def sample_chart(qtbot: QtBot) -> GanttChart:
    """A shown chart of the sample plan, 1100 px wide."""
    chart = GanttChart("zh_CN")
    qtbot.addWidget(chart)
    chart.resize(1100, 1000)
    chart.set_calendar(sample_calendar())
    chart.set_marks(ChartMarks.of(DATA_DATE, TODAY))
    chart.set_rows(sample_rows())
    chart.show()
    return chart


def span_of(chart: GanttChart, row_id: str) -> tuple[Span, int]:
    """Bar of a row and the y of its middle, in viewport pixels."""
    row = chart.outline.rows.index_of(row_id)
    assert row is not None
    position = int(chart.outline.position[row])
    top = chart.row_rect(position).top()
    return row_span(chart.outline, position, chart.time_scale), int(top + MIDDLE)


def point(x: float, y: float) -> QPointF:
    """A place in the viewport."""
    return QPointF(round(x), round(y))


def send(
    chart: GanttChart,
    kind: QMouseEvent.Type,
    place: QPointF,
    button: Qt.MouseButton = LEFT,
    keys: Qt.KeyboardModifier = NO_KEYS,
) -> None:
    """One mouse event."""
    held = NO_BUTTON if kind is QMouseEvent.Type.MouseButtonRelease else button
    cause = NO_BUTTON if kind is QMouseEvent.Type.MouseMove else button
    screen = QPointF(chart.viewport().mapToGlobal(QPoint(int(place.x()), int(place.y()))))
    QApplication.sendEvent(chart.viewport(), QMouseEvent(kind, place, screen, cause, held, keys))


def hover(chart: GanttChart, place: QPointF) -> None:
    """Move the pointer without a button."""
    send(chart, QMouseEvent.Type.MouseMove, place, NO_BUTTON)


def press_and_drag(chart: GanttChart, begin: QPointF, end: QPointF) -> None:
    """Press, go there in two moves, and hold."""
    send(chart, QMouseEvent.Type.MouseButtonPress, begin)
    send(chart, QMouseEvent.Type.MouseMove, (begin + end) / 2)
    send(chart, QMouseEvent.Type.MouseMove, end)


def release(chart: GanttChart, place: QPointF) -> None:
    """Let go."""
    send(chart, QMouseEvent.Type.MouseButtonRelease, place)


def click(chart: GanttChart, place: QPointF, keys: Qt.KeyboardModifier = NO_KEYS) -> None:
    """Press and let go."""
    send(chart, QMouseEvent.Type.MouseButtonPress, place, LEFT, keys)
    send(chart, QMouseEvent.Type.MouseButtonRelease, place, LEFT, keys)


def turn_wheel(chart: GanttChart, place: QPointF, turn: int, keys: Qt.KeyboardModifier) -> None:
    """One wheel event; 120 is a notch."""
    screen = QPointF(chart.viewport().mapToGlobal(QPoint(int(place.x()), int(place.y()))))
    event = QWheelEvent(
        place, screen, QPoint(), QPoint(0, turn), NO_BUTTON, keys,
        Qt.ScrollPhase.NoScrollPhase, False,
    )  # fmt: skip
    QApplication.sendEvent(chart.viewport(), event)


def below_header(y: float) -> float:
    """Viewport y of a body y."""
    return HEADER + y
