"""What somebody typed, field by field, so that a refused edit is never lost."""

from collections.abc import Sequence
from uuid import UUID

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QGridLayout, QHBoxLayout, QVBoxLayout, QWidget

from app.services.inbox import Names, TypedField, typed_fields
from app.services.waiting import WaitingCommand, WaitingState
from app.ui.kit.badge import StatusPill
from app.ui.kit.formats import say_time
from app.ui.kit.labels import Label, Line, label
from app.ui.kit.measures import GAP_M, GAP_S, GAP_XL, GRID, TYPE_NUMBER, TYPE_SMALL, TYPE_TITLE
from app.ui.kit.status import Status
from app.ui.kit.text import tr
from app.ui.pages.reconcile.items import OWN, own_place, own_title
from app.ui.pages.reconcile.parts import PlaceLabel
from app.ui.pages.reconcile.wording import is_told, say_field, say_value, say_why

NAME = 148
STATUS = {
    WaitingState.SAVED: Status.DRAFT,
    WaitingState.STORED: Status.RUNNING,
    WaitingState.IN_DOUBT: Status.WAITING,
    WaitingState.REFUSED: Status.OVERDUE,
    WaitingState.BLOCKED: Status.OVERDUE,
}


class TypedLines(QWidget):
    """A line for each field: its name, what stood there before, what was typed."""

    def __init__(self, fields: Sequence[TypedField], names: Names, scope_id: UUID) -> None:
        super().__init__()
        told = [field for field in fields if is_told(field, names)]
        edits = any(field.is_edit for field in told)
        after = {field.name: field.after for field in fields}
        before = {field.name: field.before for field in fields}
        grid = QGridLayout(self)
        grid.setContentsMargins(0, 0, 0, 0)
        grid.setHorizontalSpacing(GAP_M)
        grid.setVerticalSpacing(GAP_S)
        grid.setColumnMinimumWidth(0, NAME)
        grid.setColumnStretch(1, 1)
        if edits:
            grid.addWidget(label("reconcile.page.typed_before", TYPE_SMALL, color="text_2"), 0, 1)
            grid.addWidget(label("reconcile.page.typed_after", TYPE_SMALL, color="text_2"), 0, 2)
            grid.setColumnStretch(2, 1)
        for row, field in enumerate(told, 1):
            grid.addWidget(Label(say_field(field.name), color="text_2"), row, 0, _TOP)
            words = Label(say_value(field.name, field.after, names, scope_id, after), wrap=True)
            words.setTextInteractionFlags(Qt.TextInteractionFlag.TextSelectableByMouse)
            if field.is_edit:
                was = say_value(field.name, field.before, names, scope_id, before)
                grid.addWidget(Label(was, color="text_2", wrap=True), row, 1, _TOP)
            grid.addWidget(words, row, 2 if field.is_edit else 1, _TOP)


_TOP = Qt.AlignmentFlag.AlignTop


class OwnView(QWidget):
    """An own edit that is on its way or came back: its state, why, and all that was typed."""

    def __init__(self, own: WaitingCommand, names: Names, place: tuple[int, int]) -> None:
        super().__init__()
        self.own = own
        column = QVBoxLayout(self)
        column.setContentsMargins(GAP_XL, GAP_M, GAP_XL, GAP_XL)
        column.setSpacing(GAP_S)
        row = QHBoxLayout()
        row.setSpacing(GAP_M)
        row.addWidget(StatusPill(STATUS[own.state], tr(OWN[own.state].text_id)))
        row.addWidget(Label(own_title(own, names), TYPE_NUMBER, bold=True, wrap=True), 1)
        self.place = PlaceLabel(place)
        row.addWidget(self.place)
        column.addLayout(row)
        where = own_place(own, names)
        issued = tr("reconcile.page.edited_at", time=say_time(own.issued_at))
        column.addWidget(Label(f"{where} · {issued}" if where else issued, color="text_2"))
        column.addWidget(Label(tr(f"reconcile.page.state_{own.state}"), wrap=True))
        if own.reason is not None:
            column.addSpacing(GAP_S)
            column.addWidget(label("reconcile.page.why", TYPE_TITLE, bold=True))
            why = Label(say_why(own.reason), color="overdue", wrap=True)
            why.setTextInteractionFlags(Qt.TextInteractionFlag.TextSelectableByMouse)
            column.addWidget(why)
        column.addSpacing(GAP_S)
        column.addWidget(Line())
        column.addSpacing(GRID)
        column.addWidget(label("reconcile.page.typed", TYPE_TITLE, bold=True))
        column.addWidget(TypedLines(typed_fields(own.payload), names, own.scope_id))
        column.addStretch(1)


def typed_text(own: WaitingCommand, names: Names) -> str:
    """All of an own edit as lines of text, to be kept elsewhere."""
    lines = [own_title(own, names)]
    fields = typed_fields(own.payload)
    after = {field.name: field.after for field in fields}
    for field in fields:
        if is_told(field, names):
            words = say_value(field.name, field.after, names, own.scope_id, after)
            lines.append(f"{say_field(field.name)}\t{words}")
    return "\n".join(lines)
