"""What an entry holds: its lines as rows and values, its hash, and the month it falls in."""

from collections.abc import Iterable, Sequence
from datetime import date
from decimal import Decimal
from typing import Annotated
from uuid import UUID

import msgspec
from sqlalchemy import select
from sqlalchemy.orm import Session

from app.core.errors import Refused
from app.core.ids import derived_id
from app.core.ledger import (
    EntryState,
    PeriodState,
    Posting,
    content_hash,
    latest_date,
    line_faults,
)
from app.core.people import Job
from app.models.ledger import LedgerEntry, LedgerLine, LedgerPeriod
from app.services.fields import Line
from app.services.tx import Clash, Tx

WRITERS = frozenset({Job.FINANCE_CLERK, Job.PROJECT_MANAGER, Job.ADMINISTRATOR})
APPROVERS = frozenset({Job.MANAGER, Job.PROJECT_MANAGER, Job.ADMINISTRATOR})
POSTERS = frozenset({Job.FINANCE_CLERK, Job.ADMINISTRATOR})

AccountCode = Annotated[str, msgspec.Meta(pattern=r"^\d{4}(\.\d{2}){0,4}$")]
Hash = Annotated[str, msgspec.Meta(pattern=r"^[0-9a-f]{64}$")]
ZERO = Decimal(0)
EARLIEST = 1990


class LineOf(msgspec.Struct, frozen=True, kw_only=True, forbid_unknown_fields=True):
    """A line as a command carries it: yuan on one side."""

    account: AccountCode
    text: Line = ""
    debit: Decimal = ZERO
    credit: Decimal = ZERO

    def posting(self) -> Posting:
        """The line as the rules know it."""
        return Posting(self.account, self.text, self.debit, self.credit)


Lines = Annotated[tuple[LineOf, ...], msgspec.Meta(min_length=2, max_length=200)]


def lines_of(session: Session, scope_id: UUID, entry_id: UUID) -> tuple[LineOf, ...]:
    """The lines of an entry in order."""
    rows = session.scalars(
        select(LedgerLine)
        .where(LedgerLine.scope_id == scope_id, LedgerLine.entry_id == entry_id)
        .order_by(LedgerLine.position, LedgerLine.id)
    )
    return tuple(
        LineOf(account=row.account, text=row.text, debit=row.debit, credit=row.credit)
        for row in rows
    )


def checked(lines: Sequence[LineOf]) -> tuple[Posting, ...]:
    """The lines as the rules know them. Refused with the first fault of them."""
    postings = tuple(line.posting() for line in lines)
    for fault in line_faults(postings):
        raise Refused(fault.reason.text_id, **fault.reason.parameters)
    return postings


def write_lines(tx: Tx, entry_id: UUID, lines: Iterable[Posting]) -> None:
    """Gives an entry these lines in place of those it has."""
    held = select(LedgerLine.id).where(
        LedgerLine.scope_id == tx.scope_id, LedgerLine.entry_id == entry_id
    )
    tx.remove_rows(LedgerLine, tx.session.scalars(held).all())
    tx.insert_rows(
        LedgerLine,
        [
            {
                "id": derived_id(tx.op_id, f"{entry_id}/{position}"),
                "entry_id": entry_id,
                "position": position,
                "account": line.account,
                "text": line.text,
                "debit": line.debit,
                "credit": line.credit,
            }
            for position, line in enumerate(lines, start=1)
        ],
    )


def hash_of(entry: LedgerEntry, lines: Iterable[Posting]) -> str:
    """The hash of what an entry holds now."""
    facts = {
        "business_date": entry.business_date.isoformat(),
        "summary": entry.summary,
        "party": entry.party,
        "kind": entry.kind.value,
        "reverses_id": "" if entry.reverses_id is None else str(entry.reverses_id),
    }
    return content_hash(entry.scope_id, entry.id, facts, lines)


def entry_as_seen(
    tx: Tx, entry_id: UUID, expected: EntryState, seen_hash: str | None
) -> LedgerEntry:
    """The entry, if it is in the state and of the content that its judge saw; else Refused."""
    entry = tx.find(LedgerEntry, entry_id)
    if entry is None:
        raise Refused("ledger.gone")
    if entry.state is not expected:
        raise Refused(f"ledger.now_{entry.state.value}")
    if seen_hash is not None:
        lines = lines_of(tx.session, tx.scope_id, entry_id)
        if hash_of(entry, [line.posting() for line in lines]) != seen_hash:
            raise Refused("ledger.content_changed")
    return entry


def period_of(session: Session, scope_id: UUID, year: int, month: int) -> LedgerPeriod | None:
    """The row of a month; None where nobody has closed it yet."""
    return session.scalar(
        select(LedgerPeriod).where(
            LedgerPeriod.scope_id == scope_id,
            LedgerPeriod.year == year,
            LedgerPeriod.month == month,
        )
    )


def check_date(tx: Tx, entry_id: UUID, business_date: date) -> None:
    """Clash for a day of a closed month, or a later day than the server can believe."""
    if business_date.year < EARLIEST:
        raise Refused("ledger.date_too_early", year=EARLIEST)
    period = period_of(tx.session, tx.scope_id, business_date.year, business_date.month)
    if period is not None and period.state is PeriodState.CLOSED:
        raise Clash(LedgerPeriod.__tablename__, period.id, (), "ledger.period_closed")
    if tx.received_at is not None and business_date > latest_date(tx.received_at):
        raise Clash(LedgerEntry.__tablename__, entry_id, (), "ledger.date_in_future")
