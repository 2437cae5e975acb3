"""The latest changes by colleagues, newest first; each opens what was changed."""

from collections.abc import Callable, Iterable
from datetime import date, datetime
from typing import Final

from PySide6.QtCore import QRectF, QSize, Qt
from PySide6.QtGui import QColor, QEnterEvent, QPainter, QPaintEvent
from PySide6.QtWidgets import (
    QAbstractButton,
    QFrame,
    QScrollArea,
    QSizePolicy,
    QVBoxLayout,
    QWidget,
)

from app.services.recent import RecentChange
from app.ui.kit.empty import EmptyState
from app.ui.kit.formats import say_date, say_time
from app.ui.kit.icons import paint_icon
from app.ui.kit.measures import GAP_M, GAP_S, ICON, RADIUS, TYPE_CELL, TYPE_SMALL
from app.ui.kit.scroll import calm
from app.ui.kit.text import tr
from app.ui.kit.theme import colors_of, font
from app.ui.pages.wording import say_person

ROW: Final = 52
ICONS: Final = {
    "task": "schedule",
    "task_link": "link",
    "project": "projects",
    "work_calendar": "calendar",
    "schedule_settings": "settings",
    "scope_member": "people",
    "person": "people",
}
_MIDDLE: Final = int(Qt.AlignmentFlag.AlignVCenter | Qt.AlignmentFlag.AlignLeft)
_RIGHT: Final = int(Qt.AlignmentFlag.AlignVCenter | Qt.AlignmentFlag.AlignRight)
_ELIDE: Final = Qt.TextElideMode.ElideRight


class ChangesList(QScrollArea):
    """Shows changes; calls back with the one that is opened."""

    def __init__(self, on_open: Callable[[RecentChange], None]) -> None:
        super().__init__()
        self._on_open = on_open
        self._changes: tuple[RecentChange, ...] | None = None
        self._today: date | None = None
        self.setFrameShape(QFrame.Shape.NoFrame)
        self.setWidgetResizable(True)
        self.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        calm(self)
        self.viewport().setAutoFillBackground(False)

    def show_changes(self, changes: Iterable[RecentChange], today: date) -> None:
        """Shows other changes, unless they are the same."""
        found = tuple(changes)
        if (found, today) == (self._changes, self._today):
            return
        self._changes, self._today = found, today
        self.refresh()

    def refresh(self) -> None:
        """Builds the rows again, in the language in force."""
        holder = QWidget()
        column = QVBoxLayout(holder)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(0)
        for change in self._changes or ():
            column.addWidget(ChangeRow(change, self._on_open, self._today))
        if not self._changes:
            column.addWidget(
                EmptyState("history", "projects.home.no_changes", "projects.home.no_changes_hint")
            )
        else:
            column.addStretch(1)
        self.setWidget(holder)
        # QScrollArea turns the filling on for what it is given.
        holder.setAutoFillBackground(False)


class ChangeRow(QAbstractButton):
    """One change: who, did what, to what, where and when."""

    def __init__(
        self,
        change: RecentChange,
        on_open: Callable[[RecentChange], None],
        today: date | None = None,
    ) -> None:
        super().__init__()
        self._change = change
        self._today = today
        self._hovered = False
        self.setFixedHeight(ROW)
        self.setSizePolicy(QSizePolicy.Policy.Ignored, QSizePolicy.Policy.Fixed)
        self.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
        self.setCursor(Qt.CursorShape.PointingHandCursor)
        self.setAccessibleName(f"{say_change(change)} {change.project}".strip())
        self.setToolTip(say_change(change))
        self.clicked.connect(lambda: on_open(change))

    def sizeHint(self) -> QSize:
        return QSize(200, ROW)

    def enterEvent(self, event: QEnterEvent) -> None:
        self._hovered = True
        super().enterEvent(event)
        self.update()

    def leaveEvent(self, _event: object) -> None:
        self._hovered = False
        self.update()

    def paintEvent(self, _event: QPaintEvent) -> None:
        colors = colors_of(self)
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        if self._hovered or self.hasFocus():
            painter.setPen(QColor(colors.focus) if self.hasFocus() else Qt.PenStyle.NoPen)
            painter.setBrush(QColor(colors.hover))
            painter.drawRoundedRect(
                QRectF(self.rect()).adjusted(0.5, 0.5, -0.5, -0.5), RADIUS, RADIUS
            )
        name = ICONS.get(self._change.table, "edit")
        paint_icon(painter, name, QRectF(GAP_S, 8, ICON, ICON), colors.text_2)
        left = GAP_S + ICON + GAP_S
        room = self.width() - left - GAP_S
        painter.setFont(font(TYPE_CELL))
        painter.setPen(QColor(colors.text))
        words = painter.fontMetrics().elidedText(say_change(self._change), _ELIDE, room)
        painter.drawText(QRectF(left, 4, room, 24), _MIDDLE, words)
        painter.setFont(font(TYPE_SMALL))
        painter.setPen(QColor(colors.text_2))
        when = say_when(self._change.at, self._today)
        width = painter.fontMetrics().horizontalAdvance(when) + GAP_M
        where = painter.fontMetrics().elidedText(self._change.project, _ELIDE, room - width)
        painter.drawText(QRectF(left, 27, room - width, 20), _MIDDLE, where)
        painter.drawText(QRectF(left, 27, room, 20), _RIGHT, when)


def say_when(at: datetime, today: date | None) -> str:
    """The time alone for today, without the year in this year, else the day alone."""
    there = at.astimezone()
    if there.date() == today:
        return say_time(at, day=False)
    if today is not None and there.year != today.year:
        return say_date(there.date())
    return f"{say_date(there.date(), short=True)} {say_time(at, day=False)}"


def say_change(change: RecentChange) -> str:
    """A change as one sentence."""
    person = say_person(change.person, {})
    verb = tr("projects.home.added" if change.is_new else "projects.home.edited")
    what = tr(f"projects.home.kind.{change.table}")
    if change.count > 1:
        return tr(
            "projects.home.change_many",
            person=person,
            verb=verb,
            what=what,
            count=change.count,
            title=change.title,
        )
    return tr(
        "projects.home.change_one", person=person, verb=verb, what=what, title=change.title
    ).strip()
