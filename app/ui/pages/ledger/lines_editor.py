"""The lines of an entry, to be typed: account, text, debit, credit; totals and what is missing."""

from collections.abc import Sequence
from dataclasses import dataclass
from decimal import Decimal
from typing import Final

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QGridLayout, QHBoxLayout, QSizePolicy, QVBoxLayout, QWidget

from app.core.errors import Finding, Reason
from app.core.ledger import Account, Posting, difference, line_faults, total
from app.services.ledger.content import LineOf
from app.ui.kit.buttons import button
from app.ui.kit.fields import ChoiceField, NumberField, TextField
from app.ui.kit.formats import say_money
from app.ui.kit.labels import Ground, Label, label
from app.ui.kit.measures import GAP_M, GAP_S, GRID, TYPE_SMALL
from app.ui.kit.text import texts, tr

FIRST_LINES: Final = 2
MOST_LINES: Final = 200
AMOUNT: Final = 128
_ZERO: Final = Decimal(0)


@dataclass(slots=True)
class _Row:
    account: ChoiceField
    text: TextField
    debit: NumberField
    credit: NumberField

    def widgets(self) -> tuple[QWidget, ...]:
        return self.account, self.text, self.debit, self.credit

    def is_empty(self) -> bool:
        return self.account.value() is None and not any(
            field.text().strip() for field in (self.text, self.debit, self.credit)
        )

    def posting(self) -> Posting:
        account = self.account.value()
        return Posting(
            "" if account is None else str(account),
            self.text.text().strip(),
            _amount(self.debit),
            _amount(self.credit),
        )


class LinesEditor(Ground):
    """As many lines as are needed. `touched` on typing; empty lines do not count."""

    touched = Signal()

    def __init__(self, accounts: Sequence[Account]) -> None:
        super().__init__("surface")
        self._accounts = tuple(accounts)
        self._rows: list[_Row] = []
        self._grid = QGridLayout()
        self._grid.setHorizontalSpacing(GAP_S)
        self._grid.setVerticalSpacing(GRID)
        self._grid.setColumnStretch(0, 5)
        self._grid.setColumnStretch(1, 4)
        self.add = button("ledger.page.add_line", icon_name="add", key="Ctrl+Insert")
        self.add.clicked.connect(self._add_and_go)
        self._totals = Label("", bold=True)
        self._difference = Label("", TYPE_SMALL)
        self._build()
        for _ in range(FIRST_LINES):
            self._add_row()
        self._tell()

    def _build(self) -> None:
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(GAP_S)
        for place, name in enumerate(("account", "text", "debit", "credit")):
            head = label(f"ledger.page.{name}", TYPE_SMALL, color="text_2")
            if place > 1:
                head.setAlignment(Qt.AlignmentFlag.AlignRight)
            self._grid.addWidget(head, 0, place)
        column.addLayout(self._grid)
        foot = QHBoxLayout()
        foot.setSpacing(GAP_M)
        foot.addWidget(self.add)
        foot.addStretch(1)
        foot.addWidget(self._difference)
        foot.addWidget(self._totals)
        column.addLayout(foot)

    @property
    def words(self) -> str:
        """What is missing to a balance, in words."""
        return self._difference.text()

    def row(self, place: int) -> tuple[ChoiceField, TextField, NumberField, NumberField]:
        """The fields of a line, from 0."""
        row = self._rows[place]
        return row.account, row.text, row.debit, row.credit

    def set_lines(self, lines: Sequence[LineOf]) -> None:
        """Shows these lines."""
        while len(self._rows) < len(lines):
            self._add_row()
        for row, line in zip(self._rows, lines, strict=False):
            self._offer(row.account, line.account)
            row.account.set_value(line.account)
            row.text.setText(line.text)
            row.debit.set_number(line.debit or None)
            row.credit.set_number(line.credit or None)
        self._tell()

    def lines(self) -> tuple[LineOf, ...]:
        """What was typed, without empty lines; call `faults` first."""
        return tuple(
            LineOf(account=one.account, text=one.text, debit=one.debit, credit=one.credit)
            for one in self._postings()
        )

    def faults(self) -> tuple[Finding, ...]:
        """Everything wrong; each field at fault is marked."""
        found = list(line_faults(self._postings()))
        for number, row in enumerate(self._filled(), start=1):
            missing = row.account.value() is None
            row.account.set_faulty(missing)
            if missing:
                found.append(Finding(Reason("ledger.no_account", {"line": number}), str(number)))
        wrong = {fault.where for fault in found if fault.reason.text_id != "ledger.no_account"}
        for number, row in enumerate(self._filled(), start=1):
            for field in (row.debit, row.credit):
                field.set_faulty(str(number) in wrong)
        return tuple(found)

    def _filled(self) -> list[_Row]:
        return [row for row in self._rows if not row.is_empty()]

    def _postings(self) -> list[Posting]:
        return [row.posting() for row in self._filled()]

    def _add_and_go(self) -> None:
        self._add_row()
        for widget in self._rows[-1].widgets():
            # The layout would show it too late to take the keys.
            widget.show()
        self._rows[-1].account.setFocus()

    def _add_row(self) -> None:
        row = _Row(ChoiceField(), TextField(most=300), NumberField(places=2), NumberField(places=2))
        row.account.setPlaceholderText(tr("kit.choose"))
        row.account.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Fixed)
        self._offer(row.account, "")
        names = ("account", "text", "debit", "credit")
        number = len(self._rows) + 1
        for place, (name, widget) in enumerate(zip(names, row.widgets(), strict=True)):
            what = tr(f"ledger.page.{name}")
            widget.setAccessibleName(tr("ledger.page.line_field", number=number, what=what))
            self._grid.addWidget(widget, number, place)
        for field in (row.debit, row.credit):
            field.setFixedWidth(AMOUNT)
            field.textChanged.connect(self._tell)
        row.text.textChanged.connect(self._tell)
        row.account.picked.connect(lambda _code: self._tell())
        self._rows.append(row)
        self.add.setEnabled(len(self._rows) < MOST_LINES)

    def _offer(self, field: ChoiceField, code: str) -> None:
        language = texts().language
        known = [(one.code, f"{one.code} {one.name(language)}") for one in self._accounts]
        if code and all(code != one for one, _ in known):
            known.append((code, code))
        field.set_choices(known)

    def _tell(self) -> None:
        # While something is typed that is no number yet, the others are added up.
        lines = [
            one for one in self._postings() if one.debit.is_finite() and one.credit.is_finite()
        ]
        apart = difference(lines)
        said = tr(
            "ledger.page.sums", debit=say_money(total(lines)), credit=say_money(_other(lines))
        )
        self._totals.setText(said)
        words = tr("ledger.page.balanced") if lines else ""
        if apart:
            side = "ledger.page.missing_credit" if apart > 0 else "ledger.page.missing_debit"
            words = tr(side, amount=say_money(abs(apart)))
        self._difference.setText(words)
        self._difference.set_color("overdue" if apart else "done")
        self.touched.emit()


def _other(lines: Sequence[Posting]) -> Decimal:
    return total([line.swapped() for line in lines])


def _amount(field: NumberField) -> Decimal:
    try:
        return field.number() or _ZERO
    except ValueError:
        return Decimal("NaN")
