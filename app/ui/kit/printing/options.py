"""What to print and how."""

from dataclasses import dataclass, field
from datetime import date

from app.texts import Language
from app.ui.kit.gantt.canvas import ChartMarks
from app.ui.kit.gantt.columns import Column
from app.ui.kit.gantt.shading import ChartCalendar
from app.ui.kit.gantt.timescale import ScaleUnit
from app.ui.kit.printing.paper import Paper

MOST_PAGES = 3_000


@dataclass(frozen=True, slots=True)
class TitleBlock:
    """Words of the title block (图签) at the foot of every page; empty ones stay blank."""

    company: str = ""
    project: str = ""
    plan: str = ""
    data_date: date | None = None
    drawn: str = ""
    checked: str = ""
    approved: str = ""
    revision: str = ""


@dataclass(frozen=True, slots=True)
class PrintOptions:
    """How a schedule is printed.

    `fit_width` puts the whole time span on the width of one page, `scale` (1.0: 9.5 pt words)
    sizes rows and words, and `unit` sets the time axis where it is not fitted.
    """

    language: Language = "zh_CN"
    paper: Paper = Paper.A3
    landscape: bool = True
    fit_width: bool = True
    scale: float = 1.0
    unit: ScaleUnit = ScaleUnit.WEEK
    columns: tuple[Column, ...] = tuple(Column)
    calendar: ChartCalendar = field(default_factory=ChartCalendar)
    marks: ChartMarks = field(default_factory=ChartMarks)
    title: TitleBlock = field(default_factory=TitleBlock)
    binding: bool = True
    show_links: bool = True


@dataclass(frozen=True, slots=True)
class PrintReport:
    """What was printed: pages in all, across (time) and down (rows), and the scale used."""

    pages: int
    across: int
    down: int
    scale: float
