"""Groups of fields side by side: what was seen, mine, theirs; click or space chooses a side."""

from typing import Any, Final

from PySide6.QtCore import QPointF, QRectF, QSize, Qt, Signal
from PySide6.QtGui import QColor, QFont, QFontMetrics, QKeyEvent, QPainter, QPaintEvent, QPen
from PySide6.QtWidgets import (
    QAbstractButton,
    QGridLayout,
    QHBoxLayout,
    QSizePolicy,
    QVBoxLayout,
    QWidget,
)

from app.services.reconcile import FieldGroup, Side
from app.ui.kit.labels import ElidedLabel, Ground, Label
from app.ui.kit.measures import GAP_M, GAP_S, GRID, RADIUS_SMALL, ROW_COMPACT, TYPE_CELL, TYPE_SMALL
from app.ui.kit.status import paint_mark
from app.ui.kit.text import tr
from app.ui.kit.theme import colors_of, font
from app.ui.pages.reconcile.choices import Choices, differing, matter_of, told_fields
from app.ui.pages.reconcile.wording import say_field, say_group

NAME: Final = 148
STRETCH: Final = (0, 1, 1, 1)
_LEFT: Final = int(Qt.AlignmentFlag.AlignLeft | Qt.AlignmentFlag.AlignVCenter)
_WRAP: Final = int(Qt.TextFlag.TextWordWrap)
RADIO: Final = 14
MARKS: Final = {
    "clash": ("triangle", "overdue"),
    "only_mine": ("check", "done"),
    "only_theirs": ("check", "done"),
    "same": ("check", "done"),
}


class SideButton(QAbstractButton):
    """Chooses a side: the radio in a group's head, or the cell of one field."""

    def __init__(self, side: Side, words: str, *, cell: bool, differs: bool = True) -> None:
        super().__init__()
        self.side = side
        self._cell = cell
        self._differs = differs
        self._by_field = False
        self._most_width = 0
        self.setText(words.replace("&", "&&"))
        self.setCheckable(True)
        self.setEnabled(differs)
        self.setFocusPolicy(Qt.FocusPolicy.StrongFocus if differs else Qt.FocusPolicy.NoFocus)
        self.setAccessibleName(words)
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Fixed)
        if differs:
            self.setCursor(Qt.CursorShape.PointingHandCursor)

    def set_by_field(self, by_field: bool) -> None:
        """Whether the cell itself shows that it can be chosen."""
        self._by_field = by_field
        self.update()

    def nextCheckState(self) -> None:
        """Checked is what the choice says, not what the click toggles."""

    def hasHeightForWidth(self) -> bool:
        return self._cell

    def heightForWidth(self, width: int) -> int:
        return max(self._text_height(width) + GAP_S, ROW_COMPACT)

    def sizeHint(self) -> QSize:
        return QSize(
            120, self.heightForWidth(max(self.width(), 120)) if self._cell else ROW_COMPACT
        )

    def resizeEvent(self, event: Any) -> None:
        super().resizeEvent(event)
        if self._cell and self.width() != self._most_width:
            self._most_width = self.width()
            self.setFixedHeight(self.heightForWidth(self.width()))

    def keyPressEvent(self, event: QKeyEvent) -> None:
        if event.key() in (Qt.Key.Key_Return, Qt.Key.Key_Enter):
            self.click()
        else:
            super().keyPressEvent(event)

    def paintEvent(self, _event: QPaintEvent) -> None:
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        if self._cell:
            self._paint_cell(painter)
        else:
            self._paint_radio(painter, float(GAP_M), self.height() / 2)
            self._paint_words(painter, GAP_M + RADIO + GAP_S)
        if self.hasFocus():
            painter.setPen(QPen(QColor(colors_of(self).focus), 1.5))
            painter.setBrush(Qt.BrushStyle.NoBrush)
            place = QRectF(self.rect()).adjusted(1, 1, -1, -1)
            painter.drawRoundedRect(place, RADIUS_SMALL, RADIUS_SMALL)

    def _paint_cell(self, painter: QPainter) -> None:
        colors = colors_of(self)
        if self._differs:
            tint = colors.mine if self.side is Side.MINE else colors.theirs
            painter.setPen(Qt.PenStyle.NoPen)
            painter.setBrush(QColor(tint))
            place = QRectF(self.rect()).adjusted(0, 1, -GRID, -1)
            painter.drawRoundedRect(place, RADIUS_SMALL, RADIUS_SMALL)
        left = GAP_S
        if self._by_field and self.isEnabled():
            self._paint_radio(painter, float(GAP_S), self.height() / 2)
            left += RADIO + GAP_S
        self._paint_words(painter, left)

    def _paint_radio(self, painter: QPainter, left: float, middle: float) -> None:
        colors = colors_of(self)
        edge = colors.link if self.isChecked() else colors.text_2
        painter.setPen(QPen(QColor(edge), 1.5))
        painter.setBrush(Qt.BrushStyle.NoBrush)
        center = QPointF(left + RADIO / 2, middle)
        painter.drawEllipse(center, RADIO / 2 - 1, RADIO / 2 - 1)
        if self.isChecked():
            painter.setPen(Qt.PenStyle.NoPen)
            painter.setBrush(QColor(edge))
            painter.drawEllipse(center, RADIO / 2 - 4, RADIO / 2 - 4)

    def _paint_words(self, painter: QPainter, left: int) -> None:
        colors = colors_of(self)
        chosen = self.isChecked()
        painter.setFont(self._face())
        plain = colors.text if self._cell and self._differs else colors.text_2
        painter.setPen(QColor(colors.link if chosen and not self._cell else plain))
        room = QRectF(left, 0, self.width() - left - GAP_S, self.height())
        painter.drawText(room, _LEFT | _WRAP, self._words())

    def _face(self) -> QFont:
        return font(TYPE_CELL, bold=self.isChecked() and self._differs)

    def _words(self) -> str:
        return self.text().replace("&&", "&")

    def _text_height(self, width: int) -> int:
        metrics = QFontMetrics(font(TYPE_CELL, bold=True))
        room = max(width - 2 * GAP_S - RADIO - GAP_S, 40)
        return metrics.boundingRect(0, 0, room, 10_000, _LEFT | _WRAP, self._words()).height()


class GroupBlock(QWidget):
    """One group: a head with its matter and the radios, then a line for each field.

    `chosen()` after a side was chosen. `say` gives a field's value in words.
    """

    chosen = Signal()

    def __init__(
        self,
        group: FieldGroup,
        choices: Choices,
        say: Any,
        titles: tuple[str, str],
        *,
        open_to_choice: bool,
    ) -> None:
        super().__init__()
        self._group = group
        self._choices = choices
        self._open = open_to_choice
        self.heads: dict[Side, SideButton] = {}
        self.cells: dict[tuple[str, Side], SideButton] = {}
        self._matter = Label("", TYPE_SMALL)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, GAP_S)
        column.setSpacing(0)
        column.addWidget(self._head(titles))
        lines = QGridLayout()
        lines.setContentsMargins(0, 0, 0, 0)
        lines.setHorizontalSpacing(GAP_S)
        lines.setVerticalSpacing(1)
        lines.setColumnMinimumWidth(0, NAME)
        for number, stretch in enumerate(STRETCH):
            lines.setColumnStretch(number, stretch)
        for row, name in enumerate(told_fields(group)):
            self._add_field(lines, row, name, say)
        column.addLayout(lines)
        self.refresh()

    def refresh(self, *, by_field: bool = False) -> None:
        """Shows the sides chosen."""
        side = self._choices.side_of(self._group)
        for which, button in self.heads.items():
            button.setChecked(which is side)
        for (name, which), cell in self.cells.items():
            cell.setChecked(self._choices.sides.get(name) is which)
            cell.set_by_field(by_field and self._open)
            cell.update()
        self._say_matter(side)

    def _head(self, titles: tuple[str, str]) -> QWidget:
        head = Ground("window")
        head.setFixedHeight(ROW_COMPACT + 4)
        row = QGridLayout(head)
        row.setContentsMargins(0, 0, 0, 0)
        row.setHorizontalSpacing(GAP_S)
        row.setColumnMinimumWidth(0, NAME)
        for number, stretch in enumerate(STRETCH):
            row.setColumnStretch(number, stretch)
        name = QWidget()
        line = QHBoxLayout(name)
        line.setContentsMargins(GAP_S, 0, 0, 0)
        line.setSpacing(GAP_S)
        line.addWidget(_MatterMark(self._group))
        line.addWidget(ElidedLabel(say_group(self._group.group), TYPE_CELL, bold=True), 1)
        name.setFixedWidth(NAME)
        row.addWidget(name, 0, 0)
        self._matter.setContentsMargins(GAP_S, 0, 0, 0)
        row.addWidget(self._matter, 0, 1)
        for place, (side, title) in enumerate(zip(Side, titles, strict=True)):
            choose = SideButton(side, tr("reconcile.page.take", side=title), cell=False)
            if not self._open or not differing(self._group):
                choose.hide()
            choose.clicked.connect(lambda _on=False, side=side: self._choose_group(side))
            self.heads[side] = choose
            row.addWidget(choose, 0, 2 + place)
        return head

    def _add_field(self, lines: QGridLayout, row: int, name: str, say: Any) -> None:
        group = self._group
        theirs = group.theirs or {}
        title = ElidedLabel(say_field(name), color="text_2")
        title.setContentsMargins(GAP_S + 16, 0, 0, 0)
        title.setFixedWidth(NAME)
        lines.addWidget(title, row, 0)
        base = Label(say(name, group.base.get(name), group.base), color="text_2", wrap=True)
        base.setContentsMargins(GAP_S, GRID, 0, GRID)
        base.setSizePolicy(QSizePolicy.Policy.Ignored, QSizePolicy.Policy.Preferred)
        lines.addWidget(base, row, 1)
        values = {
            Side.MINE: (group.mine.get(name), group.mine),
            Side.THEIRS: (theirs.get(name), theirs),
        }
        for place, (side, (value, beside)) in enumerate(values.items()):
            differs = name in differing(group) and value != group.base.get(name)
            words = (
                say(name, value, beside) if group.theirs is not None or side is Side.MINE else "–"
            )
            cell = SideButton(side, words, cell=True, differs=differs)
            may = self._open and name in differing(group)
            cell.setEnabled(may)
            cell.setFocusPolicy(Qt.FocusPolicy.StrongFocus if may else Qt.FocusPolicy.NoFocus)
            cell.setAccessibleName(f"{say_field(name)} {words}")
            cell.clicked.connect(lambda _on=False, name=name, side=side: self._choose(name, side))
            self.cells[name, side] = cell
            lines.addWidget(cell, row, 2 + place, Qt.AlignmentFlag.AlignTop)

    def _choose_group(self, side: Side) -> None:
        self._choices.choose_group(self._group, side)
        self.chosen.emit()

    def _choose(self, name: str, side: Side) -> None:
        self._choices.choose(name, side)
        self.chosen.emit()

    def _say_matter(self, side: Side | None) -> None:
        matter = matter_of(self._group)
        mixed = self._choices.is_mixed(self._group)
        state = "mixed" if mixed else side.value if side else "open"
        text_id = f"reconcile.page.matter_{matter}"
        if matter == "clash" and self._open:
            text_id = f"{text_id}_{state}"
        self._matter.setText(tr(text_id))
        undecided = matter == "clash" and side is None and not mixed and self._open
        self._matter.set_color(
            "overdue" if undecided else "text_2" if matter == "clash" else "done"
        )


class _MatterMark(QWidget):
    def __init__(self, group: FieldGroup) -> None:
        super().__init__()
        self._shape, self._color = MARKS[matter_of(group)]
        self.setFixedSize(12, 12)

    def paintEvent(self, _event: QPaintEvent) -> None:
        color = str(getattr(colors_of(self), self._color))
        paint_mark(QPainter(self), QPointF(6, 6), self._shape, color)
