"""The bar at the top: project, search, undo, help, the person."""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Final
from uuid import UUID

from PySide6.QtCore import QEvent, QPoint, QRectF, QSize, Qt, Signal
from PySide6.QtGui import QColor, QEnterEvent, QFontMetrics, QPainter, QPaintEvent, QPen
from PySide6.QtWidgets import QAbstractButton, QHBoxLayout, QMenu, QSizePolicy

from app.ui.kit.buttons import icon_button, key_cap_width, paint_key_cap
from app.ui.kit.fields import ChoiceField
from app.ui.kit.icons import paint_icon
from app.ui.kit.labels import Ground
from app.ui.kit.measures import GAP_L, GAP_M, GAP_S, GRID, ICON, RADIUS, TOP_BAR, TYPE_CELL
from app.ui.kit.page import Account
from app.ui.kit.text import say, texts, tr
from app.ui.kit.theme import colors_of, font

SEARCH_WIDTH: Final = 440
SEARCH_LEAST: Final = 220
SEARCH_HEIGHT: Final = 32
SEARCH_KEY: Final = "Ctrl+K"
PROJECT_WIDTH: Final = 260
DISC: Final = 24
ARROW: Final = 12
NAME_MOST: Final = 190
_MIDDLE: Final = int(Qt.AlignmentFlag.AlignVCenter)
_CENTER: Final = int(Qt.AlignmentFlag.AlignCenter)


@dataclass(frozen=True, slots=True)
class ProjectChoice:
    """A project that can be chosen."""

    project_id: UUID
    name: str


class TopBar(Ground):
    """Tells what was asked for; the window does it."""

    project_chosen = Signal(object)
    search_asked = Signal()
    undo_asked = Signal()
    redo_asked = Signal()
    help_asked = Signal()

    def __init__(self, account: Account, user_menu: QMenu) -> None:
        super().__init__("surface", ("bottom",))
        self.setFixedHeight(TOP_BAR)
        self._chosen: UUID | None = None
        self.projects = ChoiceField(icon_name="projects")
        self.projects.setMaximumWidth(PROJECT_WIDTH)
        self.search = SearchButton()
        self.undo = icon_button("undo", "kit.undo")
        self.redo = icon_button("redo", "kit.redo")
        self.help = icon_button("help", "shell.help")
        self.user = UserButton(account, user_menu)
        self._projects: tuple[ProjectChoice, ...] = ()
        row = QHBoxLayout(self)
        row.setContentsMargins(GAP_M, 0, GAP_M, 1)
        row.setSpacing(GRID)
        row.addWidget(self.projects)
        row.addStretch(1)
        row.addWidget(self.search, 4)
        row.addStretch(1)
        for made in (self.undo, self.redo, self.help):
            row.addWidget(made)
        row.addSpacing(GAP_S)
        row.addWidget(self.user)
        self.set_projects(())
        say(self, "shell.top_bar", "name")
        say(self.projects, "shell.project", "name")
        self.projects.picked.connect(self._pick)
        self.search.clicked.connect(self.search_asked)
        self.undo.clicked.connect(self.undo_asked)
        self.redo.clicked.connect(self.redo_asked)
        self.help.clicked.connect(self.help_asked)
        texts().language_changed.connect(self._retranslate)

    def _pick(self, project_id: UUID | None) -> None:
        self._chosen = project_id
        self.project_chosen.emit(project_id)

    def _retranslate(self) -> None:
        self.set_projects(self._projects)

    def set_projects(self, projects: Sequence[ProjectChoice]) -> None:
        """Offers projects, after "all projects"."""
        self._projects = tuple(projects)
        known = [(project.project_id, project.name) for project in projects]
        self.projects.set_choices([(None, tr("shell.all_projects")), *known])
        self.show_project(self._chosen)

    def show_project(self, project_id: UUID | None) -> None:
        """Shows which project is chosen; all of them while this desk knows none of that id."""
        self._chosen = project_id
        known = any(project.project_id == project_id for project in self._projects)
        self.projects.set_value(project_id if known else None)


class SearchButton(QAbstractButton):
    """Looks like a field; opens the search."""

    def __init__(self) -> None:
        super().__init__()
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Fixed)
        self.setFixedHeight(SEARCH_HEIGHT)
        self.setMinimumWidth(SEARCH_LEAST)
        self.setMaximumWidth(SEARCH_WIDTH)
        self.setCursor(Qt.CursorShape.IBeamCursor)
        say(self, "shell.search", "name")

    def sizeHint(self) -> QSize:
        return QSize(SEARCH_WIDTH, SEARCH_HEIGHT)

    def paintEvent(self, _event: QPaintEvent) -> None:
        colors = colors_of(self)
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        focused = self.hasFocus()
        painter.setPen(
            QPen(QColor(colors.focus if focused else colors.border), 2 if focused else 1)
        )
        painter.setBrush(QColor(colors.window))
        painter.drawRoundedRect(QRectF(self.rect()).adjusted(1, 1, -1, -1), RADIUS, RADIUS)
        middle = self.height() / 2
        paint_icon(
            painter, "search", QRectF(GAP_M - 2, middle - ICON / 2, ICON, ICON), colors.text_2
        )
        cap = key_cap_width(SEARCH_KEY)
        paint_key_cap(painter, self.width() - cap - GAP_S, middle, SEARCH_KEY, colors)
        left = GAP_M + ICON + GRID
        room = QRectF(left, 0, self.width() - left - cap - 2 * GAP_S, self.height())
        painter.setFont(font(TYPE_CELL))
        painter.setPen(QColor(colors.text_3))
        words = painter.fontMetrics().elidedText(
            tr("shell.search_hint"), Qt.TextElideMode.ElideRight, int(room.width())
        )
        painter.drawText(room, _MIDDLE, words)


class UserButton(QAbstractButton):
    """The person and their role; opens the menu."""

    def __init__(self, account: Account, menu: QMenu) -> None:
        super().__init__()
        self._account = account
        self._menu = menu
        self._hovered = False
        self.setFixedHeight(SEARCH_HEIGHT)
        texts().language_changed.connect(self._retranslate)
        self._retranslate()
        self.clicked.connect(self._open)

    def _retranslate(self) -> None:
        self.setAccessibleName(f"{self._account.name} {self._account.role_words}".strip())
        self.updateGeometry()
        self.update()

    def sizeHint(self) -> QSize:
        name = min(self._metrics().horizontalAdvance(self._words()) + 1, NAME_MOST)
        return QSize(DISC + name + ARROW + 4 * GAP_S, SEARCH_HEIGHT)

    def enterEvent(self, event: QEnterEvent) -> None:
        self._hovered = True
        super().enterEvent(event)
        self.update()

    def leaveEvent(self, event: QEvent) -> None:
        self._hovered = False
        super().leaveEvent(event)
        self.update()

    def paintEvent(self, _event: QPaintEvent) -> None:
        colors = colors_of(self)
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        painter.setPen(QPen(QColor(colors.focus), 1.5) if self.hasFocus() else Qt.PenStyle.NoPen)
        painter.setBrush(QColor(colors.hover) if self._hovered else Qt.BrushStyle.NoBrush)
        painter.drawRoundedRect(QRectF(self.rect()).adjusted(1, 1, -1, -1), RADIUS, RADIUS)
        middle = self.height() / 2
        painter.setPen(Qt.PenStyle.NoPen)
        painter.setBrush(QColor(colors.selection))
        disc = QRectF(GRID, middle - DISC / 2, DISC, DISC)
        painter.drawEllipse(disc)
        painter.setPen(QColor(colors.link))
        painter.setFont(font(TYPE_CELL - 1, bold=True))
        painter.drawText(disc, _CENTER, self._account.name[:1])
        painter.setPen(QColor(colors.text))
        painter.setFont(font(TYPE_CELL))
        left = disc.right() + GAP_S
        room = QRectF(left, 0, self.width() - left - ARROW - GAP_L, self.height())
        words = self._metrics().elidedText(
            self._words(), Qt.TextElideMode.ElideRight, int(room.width()) + 1
        )
        painter.drawText(room, _MIDDLE, words)
        arrow = QRectF(self.width() - ARROW - GAP_S, middle - ARROW / 2, ARROW, ARROW)
        paint_icon(painter, "down", arrow, colors.text_2)

    def _metrics(self) -> QFontMetrics:
        return QFontMetrics(font(TYPE_CELL))

    def _words(self) -> str:
        return " · ".join(part for part in (self._account.name, self._account.role_words) if part)

    def _open(self) -> None:
        self._menu.popup(self.mapToGlobal(QPoint(0, self.height() + GRID)))
