"""Parts of the detail: who changed what when, cards for the sides, results, and the history."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Final

from PySide6.QtCore import QPointF, QRectF, Qt
from PySide6.QtGui import QColor, QPainter, QPaintEvent
from PySide6.QtWidgets import QGridLayout, QHBoxLayout, QSizePolicy, QVBoxLayout, QWidget

from app.services.outcome import Outcome, Preview
from app.ui.kit.buttons import key_cap_width, paint_key_cap
from app.ui.kit.cards import Card
from app.ui.kit.formats import NOTHING, say_days, say_time
from app.ui.kit.labels import ElidedLabel, Label, label
from app.ui.kit.measures import GAP_M, GAP_S, GRID, RADIUS, TYPE_CELL, TYPE_SMALL, TYPE_TITLE
from app.ui.kit.status import paint_mark
from app.ui.kit.text import tr
from app.ui.kit.theme import colors_of
from app.ui.pages.reconcile.compare import NAME

SIDE_HEIGHT: Final = 60
MARKS: Final = 16
WHEN: Final = 132
WHO: Final = 96


class SideCard(QWidget):
    """The head of a column: base (grey), mine (blue), theirs (amber)."""

    def __init__(
        self, tint: str, ink: str, title: str, lines: Sequence[str], key: str = ""
    ) -> None:
        super().__init__()
        self._tint = tint
        self._key = key
        column = QVBoxLayout(self)
        column.setContentsMargins(GAP_M, GAP_S, GAP_M, GAP_S)
        column.setSpacing(GRID)
        row = QHBoxLayout()
        row.setSpacing(GAP_M)
        row.addWidget(Label(title, TYPE_TITLE, bold=True, color=ink))
        row.addWidget(ElidedLabel(lines[0] if lines else "", TYPE_SMALL), 1)
        if key:
            row.addSpacing(key_cap_width(key))
        column.addLayout(row)
        for line in lines[1:]:
            column.addWidget(ElidedLabel(line, TYPE_SMALL, color="text_2"))
        column.addStretch(1)
        self.setMinimumHeight(SIDE_HEIGHT)
        self.setSizePolicy(QSizePolicy.Policy.Ignored, QSizePolicy.Policy.Fixed)

    def paintEvent(self, _event: QPaintEvent) -> None:
        colors = colors_of(self)
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        painter.setPen(Qt.PenStyle.NoPen)
        painter.setBrush(QColor(getattr(colors, self._tint)))
        painter.drawRoundedRect(QRectF(self.rect()).adjusted(0, 0, -GRID, 0), RADIUS, RADIUS)
        if self._key:
            left = self.width() - GRID - GAP_S - key_cap_width(self._key)
            paint_key_cap(painter, left, GAP_S + 10, self._key, colors)


def side_cards(summary: Sequence[str], cards: Sequence[SideCard]) -> QWidget:
    """What the columns are: a few words, then the three cards."""
    row = QWidget()
    grid = QGridLayout(row)
    grid.setContentsMargins(0, 0, 0, GAP_S)
    grid.setHorizontalSpacing(GAP_S)
    words = QVBoxLayout()
    words.setSpacing(GRID)
    for text in summary:
        words.addWidget(Label(text, TYPE_SMALL, color="text_2", wrap=True))
    words.addStretch(1)
    grid.addLayout(words, 0, 0)
    grid.setColumnMinimumWidth(0, NAME)
    for place, card in enumerate(cards, 1):
        grid.addWidget(card, 0, place)
        grid.setColumnStretch(place, 1)
    return row


class ResultCards(QWidget):
    """What comes of the choice: three cards with the finish of project and task."""

    def __init__(self, minutes_a_day: int) -> None:
        super().__init__()
        self._minutes_a_day = minutes_a_day
        column = QVBoxLayout(self)
        column.setContentsMargins(0, GAP_S, 0, 0)
        column.setSpacing(GAP_S)
        column.addWidget(label("reconcile.page.results", TYPE_TITLE, bold=True))
        row = QHBoxLayout()
        row.setSpacing(GAP_M)
        self._cards: list[tuple[Label, Label, ElidedLabel, ElidedLabel]] = []
        for name in ("chosen", "theirs", "base"):
            row.addWidget(self._card(name), 1)
        column.addLayout(row)
        self.hide()

    def _card(self, name: str) -> Card:
        card = Card()
        card.set_highlighted(name == "chosen")
        card.setMinimumWidth(100)
        top = QHBoxLayout()
        title = label(f"reconcile.page.result_{name}", TYPE_SMALL, color="text_2")
        change = Label("", TYPE_SMALL)
        top.addWidget(title)
        top.addStretch(1)
        top.addWidget(change)
        finish = ElidedLabel("", TYPE_CELL, bold=True)
        row = ElidedLabel("", TYPE_SMALL, color="text_2")
        card.body.setSpacing(GRID)
        card.body.addLayout(top)
        card.body.addWidget(finish)
        card.body.addWidget(row)
        self._cards.append((title, change, finish, row))
        return card

    def show_preview(self, preview: Preview | None) -> None:
        """Shows what was computed; nothing where a choice says nothing about dates."""
        self.setVisible(preview is not None)
        if preview is None:
            return
        outcomes = (preview.chosen, preview.theirs, preview.base)
        for (_title, change, finish, row), outcome in zip(self._cards, outcomes, strict=True):
            change.setText(_say_change(outcome, preview.base))
            change.set_color(_tone(outcome, preview.base))
            if outcome is None:
                finish.setText(tr("reconcile.page.not_computable"))
                row.setText("")
                continue
            finish.setText(tr("reconcile.page.project_finish", date=f"{outcome.finish:%Y-%m-%d}"))
            row.setText(self._say_row(outcome))

    def _say_row(self, outcome: Outcome) -> str:
        if outcome.row_finish is None:
            return ""
        day = f"{outcome.row_finish:%Y-%m-%d}"
        if outcome.row_float is None:
            return tr("reconcile.page.row_finished", date=day)
        slack = say_days(outcome.row_float, self._minutes_a_day)
        return tr("reconcile.page.row_finish", date=day, slack=slack)


def _days(outcome: Outcome | None, base: Outcome | None) -> int | None:
    if outcome is None or base is None:
        return None
    return (outcome.finish.date() - base.finish.date()).days


def _say_change(outcome: Outcome | None, base: Outcome | None) -> str:
    days = _days(outcome, base)
    if days is None:
        return NOTHING
    return (
        tr("reconcile.page.result_change", days=f"{days:+d}")
        if days
        else tr("reconcile.page.result_same")
    )


def _tone(outcome: Outcome | None, base: Outcome | None) -> str:
    days = _days(outcome, base) or 0
    return "overdue" if days > 0 else "done" if days < 0 else "text_2"


class PlaceLabel(Label):
    """Which item of how many is shown; silent where there is one only."""

    def __init__(self, place: tuple[int, int]) -> None:
        super().__init__("", color="text_2")
        self.show_place(place)

    def show_place(self, place: tuple[int, int]) -> None:
        """Says another place."""
        number, count = place
        self.setText(tr("reconcile.page.place", place=number, of=count) if count > 1 else "")


@dataclass(frozen=True, slots=True)
class Event:
    """Something that happened to a clash; the dot's shape and colour say by whom."""

    at: datetime
    who: str
    what: str
    color: str
    shape: str = "disc"


class History(QWidget):
    """What happened, the oldest first."""

    def __init__(self, events: Sequence[Event]) -> None:
        super().__init__()
        column = QVBoxLayout(self)
        column.setContentsMargins(0, GAP_M, 0, 0)
        column.setSpacing(GRID)
        column.addWidget(label("reconcile.page.history", TYPE_TITLE, bold=True))
        for event in sorted(events, key=lambda one: one.at):
            row = QHBoxLayout()
            row.setSpacing(GAP_S)
            row.addWidget(_Dot(event))
            when = Label(say_time(event.at), TYPE_SMALL, color="text_2")
            when.setFixedWidth(WHEN)
            who = ElidedLabel(event.who, TYPE_SMALL)
            who.setFixedWidth(WHO)
            row.addWidget(when)
            row.addWidget(who)
            row.addWidget(Label(event.what, TYPE_SMALL, wrap=True), 1)
            column.addLayout(row)


class _Dot(QWidget):
    def __init__(self, event: Event) -> None:
        super().__init__()
        self._event = event
        self.setFixedSize(MARKS + GAP_S, MARKS)

    def paintEvent(self, _event: QPaintEvent) -> None:
        color = str(getattr(colors_of(self), self._event.color))
        paint_mark(QPainter(self), QPointF(GAP_S + 4, MARKS / 2), self._event.shape, color)
