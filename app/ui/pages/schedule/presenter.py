"""Puts pictures into the Gantt view, but never under a cell being typed into or a bar dragged."""

from collections.abc import Mapping
from dataclasses import replace
from typing import Any, Final
from uuid import UUID

from PySide6.QtCore import QByteArray, QItemSelectionModel, QObject, Qt, QTimer, Signal
from PySide6.QtWidgets import QLineEdit

from app.ui.kit.desk import LayoutStore
from app.ui.kit.gantt import colours
from app.ui.kit.gantt.columns import Column
from app.ui.kit.gantt.timescale import ScaleUnit
from app.ui.kit.gantt.view import GanttView
from app.ui.kit.text import texts
from app.ui.kit.theme import theme
from app.ui.pages.schedule.opening import switch_language
from app.ui.pages.schedule.picture import Picture

LOOK_AGAIN_MS: Final = 80
SETTLE_MS: Final = 300
LAYOUT: Final = "schedule.columns"
UNITS: Final = {"day": ScaleUnit.DAY, "week": ScaleUnit.WEEK, "month": ScaleUnit.MONTH}


class Presenter(QObject):
    """`shown()` after a picture came into view; `picture` is the one that the hands work on."""

    shown = Signal()

    def __init__(self, view: GanttView, layouts: LayoutStore, parent: QObject) -> None:
        super().__init__(parent)
        self._view = view
        self._layouts = layouts
        self._held: Picture | None = None
        self._wanted: tuple[UUID, Column | None, str | None] | None = None
        self.picture: Picture | None = None
        self._again = self._timer(LOOK_AGAIN_MS, self._look_again)
        self._saving = self._timer(SETTLE_MS, self._save_columns)
        self._restore_columns()
        view.table.itemDelegate().closeEditor.connect(lambda *_: self._again.start(0))
        view.table.header.columns_changed.connect(self._saving.start)
        theme().changed.connect(self.apply_theme)
        self.apply_theme()

    def show_picture(self, picture: Picture) -> None:
        """Shows a picture now, or as soon as nothing is typed or dragged."""
        if self.is_busy():
            self._held = picture
            self._again.start(LOOK_AGAIN_MS)
            return
        self._held = None
        self._again.stop()
        self.picture = picture
        view, index = self._view, self._view.table.currentIndex()
        column = index.column() if index.isValid() else int(Column.NAME)
        view.set_calendar(picture.calendar)
        view.set_rows(picture.rows)
        view.set_marks(picture.marks)
        self._restore_column(column)
        self.shown.emit()
        if self._wanted is not None:
            self.go_to(*self._wanted)

    def note_edit(self, task_id: UUID, edit: Mapping[str, Any]) -> None:
        """The hands have seen what they edited themselves, even while its picture is held."""
        task = None if self.picture is None else self.picture.by_id.get(task_id)
        if self.picture is not None and task is not None:
            edited = replace(task, values=replace(task.values, **edit))
            self.picture = replace(self.picture, by_id={**self.picture.by_id, task_id: edited})

    def seen(self) -> Picture | None:
        """`picture`, for whoever asks later."""
        return self.picture

    def clear(self) -> None:
        """There is nothing to show; a row that is waited for still is."""
        self._held = self.picture = None
        self._again.stop()

    def forget(self) -> None:
        """Another project is coming."""
        self._wanted = None
        self.clear()

    def is_busy(self) -> bool:
        """Whether a cell is being typed into or a bar dragged."""
        return self.editor() is not None or self._view.chart.drag is not None

    def editor(self) -> QLineEdit | None:
        """The line edit that is open in a cell."""
        near = Qt.FindChildOption.FindDirectChildrenOnly
        found = self._view.table.viewport().findChildren(QLineEdit, options=near)
        return next((one for one in found if not one.isHidden()), None)

    def go_to(self, task_id: UUID, column: Column | None = None, typed: str | None = None) -> None:
        """Selects a row, and opens a cell with words; waits for a picture that holds the row."""
        if self.picture is None or task_id not in self.picture.by_id:
            self._wanted = (task_id, column, typed)
            return
        self._wanted = None
        self._view.select((task_id,))
        if column is not None:
            self._open_cell(task_id, column, typed)

    def reopen(self, task_id: UUID, column: Column, typed: str) -> None:
        """Opens a cell again with what was typed, once the editor that it came from is closed."""
        self._wanted = (task_id, column, typed)
        self._again.start(0)

    def take_keys(self) -> None:
        """Puts the keys on the table, on the first row's name if they were nowhere."""
        table = self._view.table
        if not table.currentIndex().isValid() and table.model().rowCount():
            table.setCurrentIndex(table.model().index(0, int(Column.NAME)))
        table.setFocus()

    def set_scale(self, key: str) -> None:
        """Days, weeks or months."""
        self._view.chart.set_unit(UNITS[key])

    def apply_theme(self) -> None:
        """Light or dark, and the language."""
        dark = theme().mode == "dark"
        self._view.set_colours(colours.DARK if dark else colours.LIGHT)
        switch_language(self._view, texts().language)

    def _open_cell(self, task_id: UUID, column: Column, typed: str | None) -> None:
        table, outline = self._view.table, self._view.outline
        row = outline.rows.index_of(task_id)
        if row is None or outline.position[row] < 0:
            return
        index = table.model().index(int(outline.position[row]), int(column))
        table.setFocus(Qt.FocusReason.OtherFocusReason)
        table.setCurrentIndex(index)
        table.edit(index)
        editor = self.editor()
        if editor is not None and typed is not None:
            editor.setText(typed)
            editor.selectAll()

    def _restore_column(self, column: int) -> None:
        # A reset model forgets the current cell; the view restores its row, this its column.
        table = self._view.table
        index = table.currentIndex()
        if index.isValid() and index.column() != column:
            table.selectionModel().setCurrentIndex(
                index.siblingAtColumn(column), QItemSelectionModel.SelectionFlag.NoUpdate
            )

    def _look_again(self) -> None:
        if self._held is not None:
            self.show_picture(self._held)
        elif self._wanted is not None and not self.is_busy():
            self.go_to(*self._wanted)

    def _timer(self, interval: int, on_time: object) -> QTimer:
        made = QTimer(self)
        made.setSingleShot(True)
        made.setInterval(interval)
        made.timeout.connect(on_time)
        return made

    def _restore_columns(self) -> None:
        kept = self._layouts.load(LAYOUT)
        if kept:
            self._view.restore_column_state(QByteArray.fromBase64(kept.encode("ascii", "ignore")))

    def _save_columns(self) -> None:
        state = self._view.column_state().toBase64().data()
        self._layouts.save(LAYOUT, bytes(state).decode("ascii"))
