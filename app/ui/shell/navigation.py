"""The navigation at the left: pages by group, with counts; as words or, narrow, as icons."""

from collections.abc import Sequence
from typing import Final

from PySide6.QtCore import QEvent, QRectF, QSize, Qt, Signal
from PySide6.QtGui import QColor, QEnterEvent, QKeyEvent, QPainter, QPaintEvent, QPen
from PySide6.QtWidgets import (
    QAbstractButton,
    QSizePolicy,
    QVBoxLayout,
    QWidget,
)

from app.ui.kit.badge import count_text, paint_count
from app.ui.kit.icons import paint_icon
from app.ui.kit.labels import Ground
from app.ui.kit.measures import (
    EDGE,
    GAP_M,
    GAP_S,
    ICON_LARGE,
    NAVIGATION,
    NAVIGATION_ITEM,
    NAVIGATION_NARROW,
    RADIUS,
    TOP_BAR,
    TYPE_CELL,
    TYPE_TITLE,
)
from app.ui.kit.page import PageSpec
from app.ui.kit.scroll import scrolling
from app.ui.kit.text import texts, tr
from app.ui.kit.theme import colors_of, font
from app.ui.shell.brand import paint_brand

BRAND: Final = 24
FOOT_GROUP: Final = -1
DOT: Final = 8
ARROW: Final = 14
_MIDDLE: Final = int(Qt.AlignmentFlag.AlignVCenter)
_STEPS: Final = {Qt.Key.Key_Down: 1, Qt.Key.Key_Up: -1}


class Navigation(Ground):
    """`chosen(key)` by mouse, Enter, Space; Up and Down move. Group -1 is at the foot."""

    chosen = Signal(str)
    narrowed = Signal(bool)

    def __init__(self, specs: Sequence[PageSpec]) -> None:
        super().__init__("navigation", ("right",))
        self._items = {spec.key: NavigationItem(spec) for spec in specs}
        self._narrow = False
        self._wanted_narrow = False
        self._fold = _FoldItem()
        self._fold.clicked.connect(self.toggle)
        self._build(specs)
        for item in self._items.values():
            item.clicked.connect(lambda _=False, item=item: self.chosen.emit(item.spec.key))
            item.stepped.connect(self._step)
        texts().language_changed.connect(self._retranslate)
        self._retranslate()
        self._apply_width()

    @property
    def is_narrow(self) -> bool:
        """Whether the person folded the navigation."""
        return self._wanted_narrow

    def select(self, key: str) -> None:
        """Marks the page that is shown."""
        for known, item in self._items.items():
            item.setChecked(known == key)

    def set_count(self, key: str, count: int) -> None:
        """Shows a count at a page; none for 0."""
        if key in self._items:
            self._items[key].set_count(count)

    def set_narrow(self, narrow: bool) -> None:
        """Folds or unfolds for good."""
        self._wanted_narrow = narrow
        self._set_shown_narrow(narrow)
        self.narrowed.emit(narrow)

    def toggle(self) -> None:
        """Folds what is unfolded and the reverse."""
        self.set_narrow(not self._narrow)

    def narrow_for_page(self, full_width: bool) -> None:
        """Folds while a page that needs the width is shown."""
        self._set_shown_narrow(full_width or self._wanted_narrow)

    def focus_current(self) -> None:
        """Puts the keys on the page that is shown."""
        items = list(self._items.values())
        next((item for item in items if item.isChecked()), items[0]).setFocus()

    def _set_shown_narrow(self, narrow: bool) -> None:
        if narrow != self._narrow:
            self._narrow = narrow
            self._apply_width()

    def _build(self, specs: Sequence[PageSpec]) -> None:
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 1, GAP_S)
        column.setSpacing(0)
        self._brand = _Brand()
        column.addWidget(self._brand)
        holder = Ground("navigation")
        rows = QVBoxLayout(holder)
        rows.setContentsMargins(0, GAP_S, 0, GAP_S)
        rows.setSpacing(0)
        group: int | None = None
        for spec in specs:
            if spec.group == FOOT_GROUP:
                continue
            if group not in (None, spec.group):
                rows.addSpacing(GAP_S)
            group = spec.group
            rows.addWidget(self._items[spec.key])
        rows.addStretch(1)
        area = scrolling(holder, "navigation")
        column.addWidget(area, 1)
        for spec in specs:
            if spec.group == FOOT_GROUP:
                column.addWidget(self._items[spec.key])
        column.addWidget(self._fold)

    def _apply_width(self) -> None:
        self.setFixedWidth(NAVIGATION_NARROW if self._narrow else NAVIGATION)
        for item in self._items.values():
            item.set_narrow(self._narrow)
        self._fold.set_narrow(self._narrow)
        self._brand.set_narrow(self._narrow)

    def _step(self, step: int) -> None:
        items = list(self._items.values())
        at = next((place for place, item in enumerate(items) if item.hasFocus()), 0)
        items[(at + step) % len(items)].setFocus()

    def _retranslate(self) -> None:
        self.setAccessibleName(tr("shell.navigation"))
        for item in self._items.values():
            item.retranslate()
        self._fold.retranslate()
        self.update()


class NavigationItem(QAbstractButton):
    """One page: icon, words, count; tinted with an edge when shown."""

    stepped = Signal(int)

    def __init__(self, spec: PageSpec) -> None:
        super().__init__()
        self.spec = spec
        self._count = 0
        self._narrow = False
        self._hovered = False
        self.setCheckable(True)
        self.setFixedHeight(NAVIGATION_ITEM)
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Fixed)
        self.setFocusPolicy(Qt.FocusPolicy.TabFocus)

    @property
    def count(self) -> int:
        """The count shown."""
        return self._count

    def set_count(self, count: int) -> None:
        """Shows a count; none for 0."""
        self._count = count
        self.retranslate()

    def set_narrow(self, narrow: bool) -> None:
        """Icon only, or icon and words."""
        self._narrow = narrow
        self.retranslate()

    def retranslate(self) -> None:
        """Says everything in the language in force."""
        words = tr(self.spec.title_id)
        count = f" {count_text(self._count)}" if self._count else ""
        self.setAccessibleName(words + count)
        self.setToolTip(words + count if self._narrow else "")
        self.update()

    def nextCheckState(self) -> None:
        """A click never unchecks the page that is shown; the window decides what is."""

    def sizeHint(self) -> QSize:
        return QSize(NAVIGATION_NARROW, NAVIGATION_ITEM)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        step = _STEPS.get(Qt.Key(event.key()))
        if step is not None:
            self.stepped.emit(step)
        elif event.key() in (Qt.Key.Key_Return, Qt.Key.Key_Enter):
            self.click()
        else:
            super().keyPressEvent(event)

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
        place = QRectF(self.rect()).adjusted(GAP_S, 1, -GAP_S, -1)
        painter.setPen(QPen(QColor(colors.focus), 1.5) if self.hasFocus() else Qt.PenStyle.NoPen)
        ground = colors.selection if self.isChecked() else colors.hover if self._hovered else ""
        painter.setBrush(QColor(ground) if ground else Qt.BrushStyle.NoBrush)
        painter.drawRoundedRect(place, RADIUS, RADIUS)
        painter.setPen(Qt.PenStyle.NoPen)
        if self.isChecked():
            painter.setBrush(QColor(colors.focus))
            painter.drawRoundedRect(QRectF(0, place.y() + 4, EDGE, place.height() - 8), 1.5, 1.5)
        ink = colors.link if self.isChecked() else colors.text_2
        left = (self.width() - ICON_LARGE) / 2 if self._narrow else GAP_S + GAP_M - 2
        middle = self.height() / 2
        paint_icon(
            painter,
            self.spec.icon,
            QRectF(left, middle - ICON_LARGE / 2, ICON_LARGE, ICON_LARGE),
            ink,
        )
        if self._narrow:
            self._paint_dot(painter)
        else:
            self._paint_words(painter, left + ICON_LARGE + GAP_S + 2)

    def _paint_dot(self, painter: QPainter) -> None:
        if self._count:
            painter.setPen(Qt.PenStyle.NoPen)
            painter.setBrush(QColor(colors_of(self).overdue))
            painter.drawEllipse(QRectF(self.width() / 2 + DOT / 2, GAP_S - 2, DOT, DOT))

    def _paint_words(self, painter: QPainter, left: float) -> None:
        colors = colors_of(self)
        right = self.width() - GAP_S - GAP_S
        if self._count:
            right -= (
                round(paint_count(painter, right, self.height() / 2, self._count, colors)) + GAP_S
            )
        painter.setFont(font(TYPE_CELL, bold=self.isChecked()))
        painter.setPen(QColor(colors.link if self.isChecked() else colors.text))
        words = painter.fontMetrics().elidedText(
            tr(self.spec.title_id), Qt.TextElideMode.ElideRight, int(right - left)
        )
        painter.drawText(QRectF(left, 0, right - left, self.height()), _MIDDLE, words)
        tip = "" if words == tr(self.spec.title_id) else self.accessibleName()
        if self.toolTip() != tip:
            self.setToolTip(tip)


class _Brand(QWidget):
    def __init__(self) -> None:
        super().__init__()
        self._narrow = False
        self.setFixedHeight(TOP_BAR)

    def set_narrow(self, narrow: bool) -> None:
        self._narrow = narrow
        self.update()

    def paintEvent(self, _event: QPaintEvent) -> None:
        colors = colors_of(self)
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        left = (self.width() - BRAND) / 2 if self._narrow else GAP_M
        paint_brand(painter, QRectF(left, (TOP_BAR - BRAND) / 2, BRAND, BRAND))
        painter.fillRect(QRectF(0, TOP_BAR - 1, self.width(), 1), QColor(colors.border))
        if not self._narrow:
            painter.setFont(font(TYPE_TITLE, bold=True))
            painter.setPen(QColor(colors.text))
            room = QRectF(left + BRAND + GAP_S + 2, 0, self.width(), TOP_BAR)
            painter.drawText(room, _MIDDLE, tr("shell.brand"))


class _FoldItem(QAbstractButton):
    def __init__(self) -> None:
        super().__init__()
        self._narrow = False
        self.setFixedHeight(NAVIGATION_ITEM)
        self.setFocusPolicy(Qt.FocusPolicy.TabFocus)

    def set_narrow(self, narrow: bool) -> None:
        self._narrow = narrow
        self.retranslate()

    def retranslate(self) -> None:
        words = tr("shell.unfold" if self._narrow else "shell.fold")
        self.setAccessibleName(words)
        self.setToolTip(words)
        self.update()

    def sizeHint(self) -> QSize:
        return QSize(NAVIGATION_NARROW, NAVIGATION_ITEM)

    def paintEvent(self, _event: QPaintEvent) -> None:
        colors = colors_of(self)
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        if self.hasFocus():
            painter.setPen(QPen(QColor(colors.focus), 1.5))
            painter.drawRoundedRect(
                QRectF(self.rect()).adjusted(GAP_S, 1, -GAP_S, -1), RADIUS, RADIUS
            )
        left = (self.width() - ARROW) / 2 if self._narrow else self.width() - ARROW - 2 * GAP_S
        name = "expand" if self._narrow else "collapse"
        place = QRectF(left, (self.height() - ARROW) / 2, ARROW, ARROW)
        paint_icon(painter, name, place, colors.text if self.underMouse() else colors.text_2)
