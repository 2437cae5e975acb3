"""A table with search, count, columns, export, empty state, and a remembered layout."""

from collections.abc import Sequence
from pathlib import Path
from typing import Any, Final, Generic, TypeVar

from PySide6.QtCore import QEvent, QObject, QPoint, QTimer, Signal
from PySide6.QtGui import QHideEvent
from PySide6.QtWidgets import QHBoxLayout, QVBoxLayout, QWidget

from app.ui.kit.buttons import icon_button
from app.ui.kit.column_menu import open_column_menu
from app.ui.kit.desk import LayoutStore
from app.ui.kit.empty import EmptyState
from app.ui.kit.export import Heading, write_xlsx
from app.ui.kit.fields import TextField
from app.ui.kit.icons import icon
from app.ui.kit.labels import Ground, Label
from app.ui.kit.layouts import layout_from
from app.ui.kit.measures import BUTTON, GAP_S, PAGE_BAR, ROW_COMPACT, TYPE_SMALL
from app.ui.kit.runner import Runner
from app.ui.kit.saving import ask_where
from app.ui.kit.table_model import TableModel
from app.ui.kit.table_view import TableView
from app.ui.kit.text import say, texts, tr

T = TypeVar("T")
SETTLE_MS: Final = 250
FILTER_WIDTH: Final = 240


class TablePanel(QWidget, Generic[T]):
    """A TableView below a tool row. `tools` takes further buttons.

    The layout is remembered under `name`; `title_id` names the table and its exported file.
    `exported(Path, int)` when a file with that many rows is written.
    """

    exported = Signal(object, int)

    def __init__(
        self,
        model: TableModel[T],
        name: str,
        title_id: str,
        runner: Runner,
        layouts: LayoutStore,
        *,
        empty: EmptyState | None = None,
        row_height: int = ROW_COMPACT,
        parent: QWidget | None = None,
    ) -> None:
        super().__init__(parent)
        self.model = model
        self.view: TableView[T] = TableView(model, row_height=row_height)
        self.tools = QHBoxLayout()
        self._name = name
        self._title_id = title_id
        self._runner = runner
        self._layouts = layouts
        self._empty = empty
        self._nothing = EmptyState("search", "kit.nothing_found", "kit.nothing_found_hint")
        self._saving = self._timer(self._save_layout)
        self._filtering = self._timer(self._filter)
        self._build()
        self._connect()
        self._restore_layout()
        self._show_state()

    @property
    def search(self) -> TextField:
        """The field that filters over all columns."""
        return self._search

    def export_to(self, path: Path) -> None:
        """Writes all rows that pass the filters, with the columns seen, to an xlsx file."""
        columns = [self.model.columns[number] for number in self.view.columns.visible()]
        headings = [
            Heading(tr(column.title_id), self.view.columnWidth(number))
            for number, column in zip(self.view.columns.visible(), columns, strict=True)
        ]
        every_row, title = self.model.every_row(), tr(self._title_id)
        self._runner.query(
            self,
            lambda reader: write_xlsx(path, title, headings, columns, every_row(reader)),
            lambda written: self.exported.emit(path, written),
            key="export",
        )

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        if event.type() == QEvent.Type.Resize and watched is self.view.viewport():
            self._place_states()
        return super().eventFilter(watched, event)

    def hideEvent(self, event: QHideEvent) -> None:
        super().hideEvent(event)
        if self._saving.isActive():
            self._saving.stop()
            self._save_layout()

    def _timer(self, on_time: Any) -> QTimer:
        made = QTimer(self)
        made.setSingleShot(True)
        made.setInterval(SETTLE_MS)
        made.timeout.connect(on_time)
        return made

    def _build(self) -> None:
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(0)
        bar = Ground("surface", ("bottom",))
        bar.setFixedHeight(PAGE_BAR - 4)
        row = QHBoxLayout(bar)
        row.setContentsMargins(GAP_S, 0, GAP_S, 0)
        row.setSpacing(GAP_S)
        self._search = TextField(most=100)
        self._search.setFixedSize(
            FILTER_WIDTH, max(BUTTON, self._search.fontMetrics().height() + 4)
        )
        self._search.setClearButtonEnabled(True)
        self._search.addAction(icon("filter"), TextField.ActionPosition.LeadingPosition)
        say(self._search, "kit.filter_table", "placeholder")
        say(self._search, "kit.filter_table", "name")
        self._count = Label("", TYPE_SMALL, color="text_2")
        self._columns_button = icon_button("columns", "kit.columns")
        self._export_button = icon_button("export", "kit.export")
        row.addWidget(self._search)
        row.addWidget(self._count)
        row.addStretch(1)
        self.tools.setSpacing(GAP_S)
        row.addLayout(self.tools)
        row.addWidget(self._columns_button)
        row.addWidget(self._export_button)
        column.addWidget(bar)
        column.addWidget(self.view, 1)
        for state in self._states():
            state.setParent(self.view.viewport())
            state.hide()
        self.view.viewport().installEventFilter(self)
        say(self.view, self._title_id, "name")

    def _connect(self) -> None:
        self._search.textChanged.connect(self._filtering.start)
        self._search.returnPressed.connect(self._filter)
        self._columns_button.clicked.connect(lambda: self._open_menu(-1, self._below_columns()))
        self._export_button.clicked.connect(self._choose_file)
        self.view.column_menu_asked.connect(self._open_menu)
        self.view.columns.changed.connect(self._saving.start)
        self.model.loaded.connect(self._show_state)
        self.model.modelReset.connect(self._show_state)
        texts().language_changed.connect(self._show_state)

    def _states(self) -> Sequence[EmptyState]:
        return [state for state in (self._empty, self._nothing) if state is not None]

    def _show_state(self) -> None:
        rows = self.model.rowCount()
        bare = self.model.is_loaded and rows == 0
        filtered = bool(self.model.filters)
        if self._empty is not None:
            self._empty.setVisible(bare and not filtered)
        self._nothing.setVisible(bare and (filtered or self._empty is None))
        self._count.setText(tr("kit.rows", count=f"{rows:,}") if self.model.is_loaded else "")
        self._place_states()

    def _place_states(self) -> None:
        for state in self._states():
            state.setGeometry(self.view.viewport().rect())

    def _filter(self) -> None:
        self._filtering.stop()
        filters = {**self.model.filters, "": self._search.text().strip()}
        if not filters[""]:
            filters.pop("")
        if filters != self.model.filters:
            self.view.columns.arrange(self.model.order, filters)

    def _restore_layout(self) -> None:
        kept = layout_from(self._layouts.load(f"table.{self._name}"))
        if kept is not None:
            self.view.columns.apply(kept)
            self._search.blockSignals(True)
            self._search.setText(self.model.filters.get("", ""))
            self._search.blockSignals(False)
        self._saving.stop()

    def _save_layout(self) -> None:
        self._layouts.save(f"table.{self._name}", self.view.columns.layout_now().to_json())

    def _open_menu(self, section: int, where: QPoint) -> None:
        open_column_menu(self.view, section, where)

    def _below_columns(self) -> QPoint:
        return self._columns_button.mapToGlobal(QPoint(0, self._columns_button.height()))

    def _choose_file(self) -> None:
        ask_where(self, tr("kit.export"), "xlsx", tr(self._title_id), self.export_to)
