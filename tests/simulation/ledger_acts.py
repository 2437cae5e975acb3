"""What people do with money: drafts made offline, approvals and postings on what they saw."""

from collections.abc import Callable
from datetime import date
from decimal import Decimal
from random import Random
from uuid import UUID

from sqlalchemy import select
from sqlalchemy.orm import Session

from app.core.ledger import EntryState, PeriodState
from app.models.ledger import LedgerEntry
from app.services.commands import Command
from app.services.ledger.content import LineOf, lines_of
from app.services.ledger.entries import (
    DraftEntry,
    EditEntry,
    EntryFields,
    ReturnEntry,
    SubmitEntry,
)
from app.services.ledger.periods import ClosePeriod
from app.services.ledger.posting import ApproveEntry, PostEntry, ReverseEntry

NewId = Callable[[], UUID]
DAYS = (date(2026, 3, 2), date(2026, 2, 27), date(2026, 2, 27), date(2026, 3, 3), date(2027, 1, 1))


def _lines(random: Random) -> tuple[LineOf, ...]:
    amount = Decimal(random.randrange(1, 10_000_000)).scaleb(-2)
    return (LineOf(account="5401", debit=amount), LineOf(account="1002", credit=amount))


def _entry(
    random: Random, session: Session, scope: UUID, *states: EntryState
) -> LedgerEntry | None:
    query = select(LedgerEntry).where(LedgerEntry.scope_id == scope)
    found = [row for row in session.scalars(query.order_by(LedgerEntry.id)) if row.state in states]
    return random.choice(found) if found else None


def draft(random: Random, session: Session, scope: UUID, new_id: NewId) -> Command | None:
    """Dated today, last month, or on a day that nobody believes."""
    del session
    return DraftEntry(
        scope_id=scope,
        entry_id=new_id(),
        business_date=random.choice(DAYS),
        summary="材料款",
        lines=_lines(random),
        device="A1B2",
        counter=random.randrange(1, 99),
    )


def edit(random: Random, session: Session, scope: UUID, new_id: NewId) -> Command | None:
    """The words, or all lines."""
    del new_id
    row = _entry(random, session, scope, *EntryState)
    if row is None:
        return None
    values: dict[str, object] = (
        {"summary": random.choice(("甲", "乙", "丙"))}
        if random.random() < 0.5
        else {"lines": _lines(random)}
    )
    base = {"summary": row.summary, "lines": lines_of(session, scope, row.id)}
    return EditEntry(
        scope_id=scope,
        entry_id=row.id,
        base=EntryFields(**{name: base[name] for name in values}),  # type: ignore[arg-type]
        values=EntryFields(**values),  # type: ignore[arg-type]
    )


def submit(random: Random, session: Session, scope: UUID, new_id: NewId) -> Command | None:
    """What was drafted or came back."""
    del new_id
    row = _entry(random, session, scope, EntryState.DRAFT, EntryState.RETURNED)
    if row is None:
        return None
    return SubmitEntry(
        scope_id=scope, entry_id=row.id, expected=row.state, content_hash=row.content_hash
    )


def judge(random: Random, session: Session, scope: UUID, new_id: NewId) -> Command | None:
    """Approved, or sent back."""
    del new_id
    row = _entry(random, session, scope, EntryState.SUBMITTED)
    if row is None:
        return None
    if random.random() < 0.2:
        return ReturnEntry(scope_id=scope, entry_id=row.id, expected=row.state, remark="请补附件")
    return ApproveEntry(
        scope_id=scope, entry_id=row.id, expected=row.state, content_hash=row.content_hash
    )


def post(random: Random, session: Session, scope: UUID, new_id: NewId) -> Command | None:
    """What was approved."""
    del new_id
    row = _entry(random, session, scope, EntryState.APPROVED)
    if row is None:
        return None
    return PostEntry(
        scope_id=scope, entry_id=row.id, expected=row.state, content_hash=row.content_hash
    )


def reverse(random: Random, session: Session, scope: UUID, new_id: NewId) -> Command | None:
    """Something posted is taken back, by two people perhaps."""
    row = _entry(random, session, scope, EntryState.POSTED)
    if row is None:
        return None
    return ReverseEntry(
        scope_id=scope,
        entry_id=row.id,
        reversal_id=new_id(),
        business_date=DAYS[0],
        summary="冲销",
        expected=row.state,
        content_hash=row.content_hash,
    )


def close(random: Random, session: Session, scope: UUID, new_id: NewId) -> Command | None:
    """Last month."""
    del random, session, new_id
    return ClosePeriod(scope_id=scope, year=2026, month=2, expected=PeriodState.OPEN)
