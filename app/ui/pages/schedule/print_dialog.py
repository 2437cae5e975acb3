"""Printing the plan: paper, tiling, title block, and the pages as they will be."""

from collections.abc import Callable
from pathlib import Path
from typing import Final

from PySide6.QtCore import QBuffer, QIODevice, QTimer
from PySide6.QtWidgets import QHBoxLayout, QWidget

from app.core.errors import GantryError
from app.services.projects import show_project
from app.ui.kit.buttons import button
from app.ui.kit.dialogs import Dialog, show_error
from app.ui.kit.form import Form
from app.ui.kit.form_fields import FieldSpec
from app.ui.kit.gantt.timescale import ScaleUnit
from app.ui.kit.labels import Label
from app.ui.kit.measures import GAP_L, TYPE_TITLE
from app.ui.kit.page import PageContext
from app.ui.kit.printing.options import PrintOptions, TitleBlock
from app.ui.kit.printing.paper import Paper
from app.ui.kit.printing.preview import PaperPreview
from app.ui.kit.printing.schedule_pdf import print_schedule
from app.ui.kit.saving import ask_where
from app.ui.kit.text import texts, tr
from app.ui.pages.schedule.picture import Picture
from app.ui.pages.schedule.sheets import sheet_of
from app.ui.pages.tools import PageTools

WIDTH, HEIGHT = 1080, 660
FORM_WIDTH: Final = 300
SETTLE_MS: Final = 400
PAPERS: Final = (Paper.A4, Paper.A3, Paper.A2, Paper.A1, Paper.A0)
TITLES: Final = ("company", "project", "plan", "drawn", "checked", "approved", "revision")


class PrintDialog(Dialog):
    """The pages are drawn in the background; the PDF is the same drawing."""

    def __init__(
        self, page: QWidget, context: PageContext, tools: PageTools, picture: Picture
    ) -> None:
        super().__init__(page, tr("schedule.page.print"), width=WIDTH)
        self._context = context
        self._picture = picture
        self.form = Form(_specs(), today=tools.today())
        self.preview = PaperPreview(texts().language, self)
        self._pages = Label("", color="text_2")
        self._settling = QTimer(self)
        self._settling.setSingleShot(True)
        self._settling.setInterval(SETTLE_MS)
        self._settling.timeout.connect(self._draw)
        self._build()
        self.form.touched.connect(self._settling.start)
        self.preview.page_changed.connect(self._tell_page)
        self.form.take_keys()
        self._ask_names()
        self._draw()

    def options(self) -> PrintOptions:
        """What the form says."""
        values = self.form.values()
        line = self._picture.plan.settings.data_date
        title = TitleBlock(
            **{name: str(values.get(name, "")) for name in TITLES},
            data_date=None if line is None else line.date(),
        )
        return PrintOptions(
            language=texts().language,
            paper=Paper[str(values.get("paper") or "A3")],
            landscape=values.get("orientation") != "portrait",
            fit_width=values.get("tiling") != "tiled",
            unit=ScaleUnit[str(values.get("unit") or "week").upper()],
            calendar=self._picture.calendar,
            marks=self._picture.marks,
            title=title,
            binding=bool(values.get("binding")),
            show_links=bool(values.get("show_links")),
        )

    def save_to(self, path: Path) -> None:
        """Writes the PDF."""
        options, rows = self.options(), self._picture.rows
        self._context.runner.work(
            self,
            lambda: print_schedule(rows, options, path),
            lambda _report: self._saved(path),
            key="save",
            on_error=self._failed,
        )

    def _build(self) -> None:
        self.body.addWidget(Label(tr("schedule.page.print"), TYPE_TITLE, bold=True))
        row = QHBoxLayout()
        row.setSpacing(GAP_L)
        left = sheet_of(self.form)
        left.setFixedWidth(FORM_WIDTH)
        row.addWidget(left)
        self.preview.setMinimumHeight(HEIGHT - 180)
        row.addWidget(self.preview, 1)
        self.body.addLayout(row, 1)
        self.foot.insertWidget(0, self._pages)
        self.add_button(button("kit.close"), self.reject)
        self.add_button(button("schedule.page.save_pdf", "primary", icon_name="pdf"), self._choose)
        self.form.set_values(
            {
                "paper": "A3",
                "orientation": "landscape",
                "tiling": "fit",
                "unit": "week",
                "binding": True,
                "show_links": True,
                "plan": tr("schedule.page.title"),
                "drawn": self._context.account.name,
            }
        )

    def _ask_names(self) -> None:
        project_id = self._picture.plan.project_id

        def named(found: object) -> None:
            name = getattr(found, "name", "")
            if name and not self.form.values().get("project"):
                self.form.set_values({"project": name})
                self._draw()

        self._context.runner.query(
            self, lambda reader: show_project(reader, project_id), named, key="project"
        )

    def _draw(self) -> None:
        options, rows = self.options(), self._picture.rows

        def draw() -> bytes:
            buffer = QBuffer()
            buffer.open(QIODevice.OpenModeFlag.WriteOnly)
            print_schedule(rows, options, buffer)
            buffer.close()
            return bytes(buffer.data().data())

        self._context.runner.work(
            self, draw, self.preview.show_pdf, key="draw", on_error=self._failed
        )

    def _choose(self) -> None:
        title = tr("schedule.page.save_pdf")
        ask_where(self, title, "pdf", tr("schedule.page.title"), self.save_to)

    def _saved(self, path: Path) -> None:
        self.accept()
        self._context.toasts.say(tr("schedule.page.exported", path=str(path)))

    def _failed(self, error: GantryError) -> None:
        show_error(self, error)

    def _tell_page(self, page: int, pages: int) -> None:
        self._pages.setText(tr("schedule.page.page_of", page=page, pages=pages))


def _specs() -> list[FieldSpec]:
    return [
        FieldSpec(
            "paper",
            "schedule.page.paper",
            "choice",
            choices=lambda: tuple((paper.name, paper.name) for paper in PAPERS),
        ),
        FieldSpec(
            "orientation",
            "schedule.page.orientation",
            "choice",
            choices=_words("landscape", "portrait"),
        ),
        FieldSpec("tiling", "schedule.page.tiling", "choice", choices=_words("fit", "tiled")),
        FieldSpec(
            "unit",
            "schedule.page.scale",
            "choice",
            choices=lambda: tuple(
                (key, tr(f"schedule.page.scale_{key}")) for key in ("day", "week", "month")
            ),
        ),
        FieldSpec("binding", "schedule.page.binding", "check"),
        FieldSpec("show_links", "schedule.page.show_links", "check"),
        *(FieldSpec(name, f"printing.{name}", most=80) for name in TITLES if name != "company"),
        FieldSpec("company", "schedule.page.company", most=80),
    ]


def _words(*keys: str) -> Callable[[], tuple[tuple[object, str], ...]]:
    return lambda: tuple((key, tr(f"schedule.page.print_{key}")) for key in keys)
