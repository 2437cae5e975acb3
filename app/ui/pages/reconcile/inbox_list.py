"""The list of the inbox: sections that fold, lines of 64 px, moved through by J and K."""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any, Final
from uuid import UUID

from PySide6.QtCore import (
    QAbstractListModel,
    QModelIndex,
    QPersistentModelIndex,
    QPointF,
    QRect,
    QRectF,
    QSize,
    Qt,
    Signal,
)
from PySide6.QtGui import QColor, QKeyEvent, QMouseEvent, QPainter
from PySide6.QtWidgets import QFrame, QListView, QStyle, QStyledItemDelegate, QStyleOptionViewItem

from app.ui.kit.colors import Colors
from app.ui.kit.formats import say_time
from app.ui.kit.icons import paint_icon
from app.ui.kit.measures import EDGE, GAP_L, GAP_M, GAP_S, ROW_COMPACT, TYPE_CELL, TYPE_SMALL
from app.ui.kit.scroll import calm
from app.ui.kit.status import paint_mark
from app.ui.kit.text import tr
from app.ui.kit.theme import colors_in, font, theme
from app.ui.pages.reconcile.items import InboxItem, Section

LEAST_WIDTH: Final = 280
MOST_WIDTH: Final = 392
DETAIL_WIDTH: Final = 840
ROW: Final = 64
MARK_COLUMN: Final = 84
TIME_COLUMN: Final = 84
ENTRY: Final = int(Qt.ItemDataRole.UserRole) + 1
_DISPLAY: Final = int(Qt.ItemDataRole.DisplayRole)
_LEFT: Final = int(Qt.AlignmentFlag.AlignLeft | Qt.AlignmentFlag.AlignVCenter)
_RIGHT: Final = int(Qt.AlignmentFlag.AlignRight | Qt.AlignmentFlag.AlignVCenter)
_ELIDE: Final = Qt.TextElideMode.ElideRight
_SELECTED: Final = QStyle.StateFlag.State_Selected
Index = QModelIndex | QPersistentModelIndex


@dataclass(frozen=True, slots=True)
class Heading:
    """The head of a section."""

    section: Section
    count: int
    is_open: bool

    def say(self) -> str:
        """The section in words."""
        return tr(f"reconcile.page.section_{self.section}")


Entry = Heading | InboxItem


class InboxModel(QAbstractListModel):
    """Headings and lines, one below the other."""

    def __init__(self) -> None:
        super().__init__()
        self._entries: list[Entry] = []

    def set_entries(self, entries: list[Entry]) -> None:
        """Shows other entries."""
        self.beginResetModel()
        self._entries = entries
        self.endResetModel()

    def rowCount(self, parent: Index = QModelIndex()) -> int:  # noqa: B008
        return 0 if parent.isValid() else len(self._entries)

    def data(self, index: Index, role: int = _DISPLAY) -> Any:
        entry = self._entries[index.row()]
        if role == ENTRY:
            return entry
        if role != _DISPLAY:
            return None
        if isinstance(entry, Heading):
            return f"{entry.say()} {entry.count}"
        return f"{tr(entry.mark.text_id)} {entry.title} {entry.words} {entry.project}"

    def flags(self, index: Index) -> Qt.ItemFlag:
        enabled = Qt.ItemFlag.ItemIsEnabled
        if isinstance(self._entries[index.row()], Heading):
            return enabled
        return enabled | Qt.ItemFlag.ItemIsSelectable

    @property
    def entries(self) -> Sequence[Entry]:
        """All entries, from top to bottom."""
        return self._entries


class InboxList(QListView):
    """`picked(InboxItem or None)` when another line has the keys."""

    picked = Signal(object)

    def __init__(self) -> None:
        super().__init__()
        self.entries_model = InboxModel()
        self._items: tuple[InboxItem, ...] = ()
        self._folded: set[Section] = set()
        self.setModel(self.entries_model)
        self.setItemDelegate(_Painter(self))
        self.setFrameShape(QFrame.Shape.NoFrame)
        self.setFixedWidth(MOST_WIDTH)
        calm(self)
        self.setMouseTracking(True)
        self.setVerticalScrollMode(QListView.ScrollMode.ScrollPerPixel)
        self.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.setEditTriggers(QListView.EditTrigger.NoEditTriggers)

    def make_room(self, width: int) -> None:
        """Takes of a page's width what the detail beside it can spare."""
        self.setFixedWidth(min(max(width - DETAIL_WIDTH, LEAST_WIDTH), MOST_WIDTH))

    @property
    def items(self) -> tuple[InboxItem, ...]:
        """The lines in order, folded ones too."""
        return self._items

    def show_items(self, items: Sequence[InboxItem]) -> None:
        """Shows other lines; the one with the keys keeps them, or hands them to the next."""
        current = self.current_item()
        place = self.currentIndex().row()
        self._items = tuple(items)
        self._lay_out()
        if current is None or not self.choose(current.id):
            self._choose_near(max(place, 0))

    def current_item(self) -> InboxItem | None:
        """The line with the keys."""
        index = self.currentIndex()
        entry = index.data(ENTRY) if index.isValid() else None
        return entry if isinstance(entry, InboxItem) else None

    def choose(self, item_id: UUID) -> bool:
        """Gives the keys to a line; False when it is not there."""
        for place, entry in enumerate(self.entries_model.entries):
            if isinstance(entry, InboxItem) and entry.id == item_id:
                self.setCurrentIndex(self.entries_model.index(place))
                return True
        return False

    def step(self, by: int) -> None:
        """Goes to the next line (1) or the one before (-1)."""
        entries = self.entries_model.entries
        place = self.currentIndex().row() + by
        while 0 <= place < len(entries):
            if isinstance(entries[place], InboxItem):
                self.setCurrentIndex(self.entries_model.index(place))
                return
            place += by

    def next_to_decide(self) -> UUID | None:
        """What to decide after the line that has the keys: the one below, else the one above."""
        current = self.current_item()
        ids = [one.id for one in self._items if one.section is Section.NEEDS_ME]
        if current is None or current.id not in ids or len(ids) < 2:
            return None
        place = ids.index(current.id)
        return ids[place + 1] if place + 1 < len(ids) else ids[place - 1]

    def currentChanged(self, current: Index, previous: Index) -> None:
        super().currentChanged(current, previous)
        self.picked.emit(self.current_item())

    def keyPressEvent(self, event: QKeyEvent) -> None:
        steps = {Qt.Key.Key_Down: 1, Qt.Key.Key_Up: -1, Qt.Key.Key_J: 1, Qt.Key.Key_K: -1}
        step = steps.get(Qt.Key(event.key()))
        if step is not None and not event.modifiers() & Qt.KeyboardModifier.ControlModifier:
            self.step(step)
        else:
            super().keyPressEvent(event)

    def mousePressEvent(self, event: QMouseEvent) -> None:
        index = self.indexAt(event.position().toPoint())
        entry = index.data(ENTRY) if index.isValid() else None
        if isinstance(entry, Heading):
            self._fold(entry.section)
        else:
            super().mousePressEvent(event)

    def _fold(self, section: Section) -> None:
        current = self.current_item()
        self._folded ^= {section}
        self._lay_out()
        if current is not None:
            self.choose(current.id)

    def _lay_out(self) -> None:
        entries: list[Entry] = []
        for section in Section:
            own = [item for item in self._items if item.section is section]
            if own:
                is_open = section not in self._folded
                entries.append(Heading(section, len(own), is_open))
                entries += own if is_open else []
        self.entries_model.set_entries(entries)

    def _choose_near(self, place: int) -> None:
        entries = self.entries_model.entries
        places = [n for n, entry in enumerate(entries) if isinstance(entry, InboxItem)]
        if places:
            nearest = min(places, key=lambda n: (abs(n - place), n))
            self.setCurrentIndex(self.entries_model.index(nearest))
        else:
            self.picked.emit(None)


class _Painter(QStyledItemDelegate):
    def sizeHint(self, _option: QStyleOptionViewItem, index: Index) -> QSize:
        height = ROW_COMPACT if isinstance(index.data(ENTRY), Heading) else ROW
        return QSize(LEAST_WIDTH, round(height * theme().scale))

    def paint(self, painter: QPainter, option: QStyleOptionViewItem, index: Index) -> None:
        colors = colors_in(option.palette)
        entry = index.data(ENTRY)
        painter.save()
        if isinstance(entry, Heading):
            _paint_heading(painter, option.rect, entry, colors)
        else:
            selected = bool(option.state & _SELECTED)
            _paint_item(painter, option.rect, entry, colors, selected=selected)
        painter.restore()


def _paint_heading(painter: QPainter, place: QRect, heading: Heading, colors: Colors) -> None:
    painter.fillRect(place, QColor(colors.window))
    painter.setPen(QColor(colors.border))
    painter.drawLine(place.bottomLeft(), place.bottomRight())
    arrow = QRectF(place.x() + GAP_M, place.y() + (place.height() - 12) / 2, 12, 12)
    paint_icon(painter, "down" if heading.is_open else "right", arrow, colors.text_2)
    painter.setFont(font(TYPE_SMALL, bold=True))
    painter.setPen(QColor(colors.text_2))
    room = place.adjusted(GAP_M + 12 + GAP_S, 0, -GAP_L, 0)
    painter.drawText(room, _LEFT, heading.say())
    painter.drawText(room, _RIGHT, str(heading.count))


def _paint_item(
    painter: QPainter, place: QRect, item: InboxItem, colors: Colors, *, selected: bool
) -> None:
    painter.fillRect(place, QColor(colors.selection if selected else colors.surface))
    painter.setPen(QColor(colors.grid))
    painter.drawLine(place.bottomLeft(), place.bottomRight())
    if selected:
        painter.fillRect(QRect(place.x(), place.y(), EDGE, place.height()), QColor(colors.focus))
    ink = str(getattr(colors, item.mark.color))
    scale = theme().scale
    first = QRectF(place.x(), place.y() + 6 * scale, place.width(), 20 * scale)
    paint_mark(painter, QPointF(place.x() + GAP_L + 4, first.center().y()), item.mark.shape, ink)
    painter.setFont(font(TYPE_SMALL))
    painter.setPen(QColor(ink))
    painter.drawText(first.adjusted(GAP_L + 16, 0, 0, 0), _LEFT, tr(item.mark.text_id))
    painter.setPen(QColor(colors.text_2))
    right = first.adjusted(0, 0, -GAP_L, 0)
    painter.drawText(right, _RIGHT, say_time(item.at)[5:])
    left = float(place.x() + GAP_L + MARK_COLUMN * scale)
    words = place.right() - GAP_L - left
    lines = (
        (item.title, 6, TYPE_CELL, selected, colors.text, words - TIME_COLUMN * scale),
        (item.words, 25, TYPE_SMALL, False, colors.text_2, words),
        (item.project, 42, TYPE_SMALL, False, colors.text_2, words),
    )
    for text, top, size, bold, color, room in lines:
        painter.setFont(font(size, bold=bold))
        painter.setPen(QColor(color))
        shown = painter.fontMetrics().elidedText(text.replace("\n", " "), _ELIDE, int(room))
        painter.drawText(QRectF(left, place.y() + top * scale, room, 18 * scale), _LEFT, shown)
