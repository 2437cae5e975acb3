"""Figures of the Gantt chart: CPU milliseconds a frame and memory. Printed, never a gate.

QT_QPA_PLATFORM=offscreen python -m tests.perf.bench_gantt
"""

import gc
import json
import sys
from collections.abc import Callable
from datetime import date
from functools import partial
from pathlib import Path
from statistics import quantiles
from time import process_time

from PySide6.QtCore import QPoint, QPointF, Qt
from PySide6.QtGui import QFont, QMouseEvent
from PySide6.QtWidgets import QApplication

from app.ui.kit.gantt.canvas import ChartMarks
from app.ui.kit.gantt.chart import GanttChart
from app.ui.kit.gantt.geometry import HEADER, MIDDLE
from app.ui.kit.gantt.rows import GanttRows
from app.ui.kit.gantt.view import GanttView
from tests.ui.kit.gantt.sample_plan import many_rows, sample_calendar

FRAMES = 120
WHEEL = 84


def bench() -> dict[str, float]:
    """Milliseconds of CPU time (p95 where a frame is meant) and megabytes."""
    application = QApplication.instance() or QApplication(sys.argv[:1])
    assert isinstance(application, QApplication)
    application.setStyle("Fusion")
    font = QFont("Noto Sans CJK SC")
    font.setPixelSize(13)
    application.setFont(font)
    figures: dict[str, float] = {}
    for count in (10_000, 100_000):
        tag = f"{count // 1000}k"
        before = _resident_megabytes()
        rows = many_rows(count)
        gc.collect()
        figures[f"rows_{tag}_mb"] = _resident_megabytes() - before
        before = _resident_megabytes()
        view = _view(rows)
        figures[f"set_rows_{tag}_ms"] = _milliseconds(partial(view.set_rows, rows))
        application.processEvents()
        figures[f"scroll_chart_{tag}_p95_ms"] = _p95(_chart_frames(rows))
        figures[f"scroll_view_{tag}_p95_ms"] = _p95(_scrolls(view, WHEEL))
        figures[f"jump_view_{tag}_p95_ms"] = _p95(_scrolls(view, 40 * WHEEL))
        figures[f"collapse_{tag}_ms"] = _milliseconds(partial(view.expand_all, False))
        view.expand_all()
        application.processEvents()
        figures[f"drag_{tag}_p95_ms"] = _p95(_drags(view))
        figures[f"view_{tag}_mb"] = _resident_megabytes() - before
        view.close()
        view.deleteLater()
        application.processEvents()
    figures["process_mb"] = _resident_megabytes()
    return figures


def _view(rows: GanttRows) -> GanttView:
    view = GanttView("zh_CN")
    view.resize(1600, 1000)
    view.set_calendar(sample_calendar())
    view.set_marks(ChartMarks.of(date(2026, 3, 20), date(2026, 3, 24)))
    view.set_rows(rows)
    view.setSizes([560, 1040])
    view.show()
    QApplication.processEvents()
    return view


def _scrolls(view: GanttView, step: int) -> list[Callable[[], None]]:
    """Table and chart together, `step` px further each frame.

    Painting the chart flushes the window, and with it the rows that scrolled into the table.
    """
    return _frames(view.chart, step)


def _chart_frames(rows: GanttRows) -> list[Callable[[], None]]:
    """The chart alone at 1600x1000, every frame wholly new."""
    chart = GanttChart("zh_CN")
    chart.resize(1600, 1000)
    chart.set_calendar(sample_calendar())
    chart.set_marks(ChartMarks.of(date(2026, 3, 20), date(2026, 3, 24)))
    chart.set_rows(rows)
    chart.show()
    QApplication.processEvents()
    return _frames(chart, 40 * WHEEL)


def _frames(chart: GanttChart, step: int) -> list[Callable[[], None]]:
    def frame(at: int) -> Callable[[], None]:
        def run() -> None:
            chart.verticalScrollBar().setValue(at * step)
            chart.viewport().repaint()

        return run

    return [frame(at) for at in range(1, FRAMES)]


def _drags(view: GanttView) -> list[Callable[[], None]]:
    chart = view.chart
    chart.verticalScrollBar().setValue(0)
    row = int(chart.outline.shown[1])
    x = chart.time_scale.x(float(chart.outline.rows.start[row])) + 6
    y = HEADER + 28 + MIDDLE
    _mouse(view, QMouseEvent.Type.MouseButtonPress, QPointF(x, y))
    _mouse(view, QMouseEvent.Type.MouseMove, QPointF(x + 9, y))

    def frame(at: int) -> Callable[[], None]:
        def run() -> None:
            _mouse(view, QMouseEvent.Type.MouseMove, QPointF(x + 9 + at * 3, y))
            chart.viewport().repaint()

        return run

    frames = [frame(at) for at in range(FRAMES)]
    chart.viewport().repaint()
    return frames


def _mouse(view: GanttView, kind: QMouseEvent.Type, place: QPointF) -> None:
    button = Qt.MouseButton.LeftButton
    viewport = view.chart.viewport()
    globally = QPointF(viewport.mapToGlobal(QPoint(int(place.x()), int(place.y()))))
    event = QMouseEvent(kind, place, globally, button, button, Qt.KeyboardModifier.NoModifier)
    QApplication.sendEvent(viewport, event)


def _p95(frames: list[Callable[[], None]]) -> float:
    return quantiles([_milliseconds(frame) for frame in frames], n=20)[-1]


def _milliseconds(work: Callable[[], None]) -> float:
    begun = process_time()
    work()
    return (process_time() - begun) * 1000


def _resident_megabytes() -> float:
    status = Path("/proc/self/status")
    if not status.exists():
        return 0.0
    lines = status.read_text(encoding="ascii").splitlines()
    return next(float(line.split()[1]) / 1024 for line in lines if line.startswith("VmRSS"))


if __name__ == "__main__":
    sys.stdout.write(json.dumps(bench(), indent=2) + "\n")
