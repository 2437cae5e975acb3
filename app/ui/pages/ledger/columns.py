"""Columns of the entries and of the lines of one entry."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from decimal import Decimal
from typing import Final

from app.core.ledger import EntryState, Posting, total
from app.services.ledger.queries import EntryView
from app.ui.kit.columns import Column
from app.ui.kit.status import Status
from app.ui.kit.text import tr

STATES: Final = {
    EntryState.DRAFT: Status.DRAFT,
    EntryState.SUBMITTED: Status.WAITING,
    EntryState.RETURNED: Status.OVERDUE,
    EntryState.APPROVED: Status.RUNNING,
    EntryState.POSTED: Status.DONE,
}
_MARK: Final = "暂-"


def say_state(entry: EntryView) -> str:
    """An entry's state in words; a posted one may have been taken back."""
    if entry.reversed_by is not None:
        return tr("ledger.page.state_reversed")
    return tr(f"ledger.page.state_{entry.state.value}")


def say_entry_number(entry: EntryView) -> str:
    """The official number, or the provisional one with the word that it is no more than that."""
    if entry.number or not entry.provisional:
        return entry.number
    return tr("ledger.page.provisional", number=entry.provisional.removeprefix(_MARK))


ENTRY_COLUMNS: tuple[Column[EntryView], ...] = (
    Column(
        "number",
        "ledger.page.number",
        say_entry_number,
        width=196,
        tone=lambda entry: "" if entry.number else "waiting",
    ),
    Column("business_date", "ledger.page.date", lambda entry: entry.business_date, "date", 104),
    Column("summary", "ledger.page.summary", lambda entry: entry.summary, width=260),
    Column("party", "ledger.page.party", lambda entry: entry.party, width=150),
    Column("amount", "ledger.page.amount", lambda entry: entry.amount, "money", 132),
    Column(
        "state",
        "ledger.page.state",
        lambda entry: STATES[entry.state],
        "status",
        128,
        words=say_state,
    ),
    Column("remark", "ledger.page.remark", lambda entry: entry.remark, width=220),
)


@dataclass(frozen=True, slots=True)
class LineRow:
    """A line of the chosen entry; `position` is 0 for the totals."""

    position: int
    account: str
    name: str
    text: str
    debit: Decimal | None
    credit: Decimal | None


def line_rows(lines: Sequence[Posting], names: Mapping[str, str]) -> list[LineRow]:
    """The lines with the names of their accounts, and the totals below."""
    rows = [
        LineRow(
            position,
            line.account,
            names.get(line.account, ""),
            line.text,
            line.debit or None,
            line.credit or None,
        )
        for position, line in enumerate(lines, start=1)
    ]
    if rows:
        debits, credits = total(lines), total([line.swapped() for line in lines])
        rows.append(LineRow(0, "", tr("ledger.page.totals"), "", debits, credits))
    return rows


def _is_total(row: LineRow) -> bool:
    return not row.position


LINE_COLUMNS: tuple[Column[LineRow], ...] = (
    Column("account", "ledger.page.account", lambda row: row.account, width=104, sortable=False),
    Column(
        "name",
        "ledger.page.account_name",
        lambda row: row.name,
        width=240,
        sortable=False,
        bold=_is_total,
    ),
    Column("text", "ledger.page.text", lambda row: row.text, width=280, sortable=False),
    Column(
        "debit",
        "ledger.page.debit",
        lambda row: row.debit,
        "money",
        140,
        sortable=False,
        bold=_is_total,
        words=lambda row: _say_side(row.debit),
    ),
    Column(
        "credit",
        "ledger.page.credit",
        lambda row: row.credit,
        "money",
        140,
        sortable=False,
        bold=_is_total,
        words=lambda row: _say_side(row.credit),
    ),
)


def _say_side(amount: Decimal | None) -> str:
    return "" if amount is None else f"{amount:,.2f}"
