"""Frames of the sample plan and pictures of what a painting function does with them."""

from collections.abc import Callable
from dataclasses import replace
from typing import Any

from PySide6.QtGui import QColor, QFont, QImage, QPainter

from app.ui.kit.gantt.canvas import ChartMarks
from app.ui.kit.gantt.colours import LIGHT, Inks
from app.ui.kit.gantt.frame import Frame
from app.ui.kit.gantt.outline import Outline
from app.ui.kit.gantt.timescale import TimeScale
from tests.ui.kit.gantt.sample_plan import DATA_DATE, TODAY, sample_calendar, sample_rows


def sample_frame(**changes: Any) -> Frame:
    """The sample plan at 7 px a day, 1100 by 1120 px, from the plan's first day."""
    outline = Outline.of(sample_rows())
    font = QFont("Noto Sans CJK SC")
    font.setPixelSize(13)
    marks = ChartMarks.of(DATA_DATE, TODAY)
    frame = Frame(
        outline=outline,
        scale=TimeScale(float(outline.rows.start.min()), 7.0),
        calendar=sample_calendar(),
        inks=Inks.of(LIGHT),
        language="zh_CN",
        font=font,
        width=1100.0,
        height=1120.0,
        data_date=marks.data_date,
        today=marks.today,
    )
    return replace(frame, **changes)


def picture_of(paint: Callable[[QPainter], None], width: int = 1100, height: int = 1120) -> QImage:
    """A white picture painted on."""
    picture = QImage(width, height, QImage.Format.Format_RGB32)
    picture.fill(QColor("#FFFFFF"))
    with QPainter(picture) as painter:
        paint(painter)
    return picture


def colour_at(picture: QImage, x: float, y: float) -> str:
    """#RRGGBB of a pixel."""
    return QColor(picture.pixelColor(int(x), int(y))).name().upper()


def blank(picture: QImage) -> bool:
    """Whether nothing was painted."""
    white = QImage(picture.size(), picture.format())
    white.fill(QColor("#FFFFFF"))
    return picture == white
