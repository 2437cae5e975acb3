"""What pages and machines read of a ledger."""

from dataclasses import dataclass
from datetime import date, datetime
from decimal import Decimal
from uuid import UUID

from sqlalchemy import select
from sqlalchemy.orm import Session

from app.core.ledger import EntryKind, EntryState, PeriodState, Posting, month_after, total
from app.models.ledger import LedgerEntry, LedgerLine, LedgerPeriod


@dataclass(frozen=True, slots=True)
class EntryView:
    """An entry with its lines; `amount` is the sum of one side in yuan."""

    id: UUID
    number: str
    provisional: str
    business_date: date
    summary: str
    party: str
    kind: EntryKind
    state: EntryState
    reverses_id: UUID | None
    reversed_by: UUID | None
    content_hash: str
    remark: str
    created_by: str
    edited_by: str
    submitted_by: str
    approved_by: str
    posted_by: str
    posted_at: datetime | None
    amount: Decimal
    lines: tuple[Posting, ...]

    @property
    def authors(self) -> frozenset[str]:
        """Those who wrote it, and so may not approve it."""
        return frozenset({self.created_by, self.edited_by, self.submitted_by} - {""})


@dataclass(frozen=True, slots=True)
class PeriodView:
    """A month of a ledger."""

    year: int
    month: int
    state: PeriodState
    closed_by: str
    closed_at: datetime | None


@dataclass(frozen=True, slots=True)
class LedgerView:
    """A scope's ledger: entries, newest day first, and the months that matter."""

    entries: tuple[EntryView, ...]
    periods: tuple[PeriodView, ...]


def show_ledger(session: Session, scope_id: UUID, today: date | None = None) -> LedgerView:
    """The ledger of a scope; with `today`, its month is there even without an entry."""
    lines: dict[UUID, list[Posting]] = {}
    for line in session.scalars(
        select(LedgerLine).where(LedgerLine.scope_id == scope_id).order_by(LedgerLine.position)
    ):
        posting = Posting(line.account, line.text, line.debit, line.credit)
        lines.setdefault(line.entry_id, []).append(posting)
    rows = session.scalars(
        select(LedgerEntry)
        .where(LedgerEntry.scope_id == scope_id)
        .order_by(LedgerEntry.business_date.desc(), LedgerEntry.id.desc())
    ).all()
    reversed_by = {row.reverses_id: row.id for row in rows if row.reverses_id is not None}
    entries = tuple(
        _entry(row, tuple(lines.get(row.id, ())), reversed_by.get(row.id)) for row in rows
    )
    return LedgerView(entries, _periods(session, scope_id, entries, today))


def _entry(row: LedgerEntry, lines: tuple[Posting, ...], reversed_by: UUID | None) -> EntryView:
    return EntryView(
        id=row.id,
        number=row.number or "",
        provisional=row.provisional,
        business_date=row.business_date,
        summary=row.summary,
        party=row.party,
        kind=row.kind,
        state=row.state,
        reverses_id=row.reverses_id,
        reversed_by=reversed_by,
        content_hash=row.content_hash,
        remark=row.remark,
        created_by=row.created_by,
        edited_by=row.edited_by,
        submitted_by=row.submitted_by,
        approved_by=row.approved_by,
        posted_by=row.posted_by,
        posted_at=row.posted_at,
        amount=total(lines),
        lines=lines,
    )


def _periods(
    session: Session, scope_id: UUID, entries: tuple[EntryView, ...], today: date | None
) -> tuple[PeriodView, ...]:
    known = {
        (row.year, row.month): PeriodView(
            row.year, row.month, row.state, row.closed_by, row.closed_at
        )
        for row in session.scalars(select(LedgerPeriod).where(LedgerPeriod.scope_id == scope_id))
    }
    days = [entry.business_date for entry in entries] + ([today] if today else [])
    months = sorted({(day.year, day.month) for day in days} | known.keys())
    return tuple(
        known.get(month) or PeriodView(*month, PeriodState.OPEN, "", None) for month in months
    )


def next_counter(session: Session, device: str) -> int:
    """The counter of a device's next provisional number, as far as this desk knows."""
    begin = f"暂-{device}-"
    taken = session.scalars(
        select(LedgerEntry.provisional).where(LedgerEntry.provisional.startswith(begin))
    )
    return 1 + max((int(text.removeprefix(begin)) for text in taken), default=0)


def open_day(session: Session, scope_id: UUID, day: date) -> date:
    """The day itself, or the first day of the next month that is not closed."""
    closed = {
        (row.year, row.month)
        for row in session.scalars(select(LedgerPeriod).where(LedgerPeriod.scope_id == scope_id))
        if row.state is PeriodState.CLOSED
    }
    month = (day.year, day.month)
    if month not in closed:
        return day
    while month in closed:
        month = month_after(*month)
    return date(*month, 1)
