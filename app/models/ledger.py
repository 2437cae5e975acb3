"""A ledger: periods, entries and their lines. What is posted never changes: triggers see to it."""

from datetime import date, datetime
from decimal import Decimal
from uuid import UUID

from sqlalchemy import (
    CheckConstraint,
    ForeignKeyConstraint,
    Index,
    Integer,
    String,
    UniqueConstraint,
    Uuid,
)
from sqlalchemy.orm import Mapped, mapped_column

from app.core.ledger import EntryKind, EntryState, PeriodState
from app.models.base import LOGIN_LENGTH, Scoped
from app.models.types import Money, UtcDateTime, choice


class LedgerPeriod(Scoped):
    """A month of a scope's ledger. A month without a row is open."""

    __tablename__ = "ledger_period"
    __table_args__ = (
        UniqueConstraint("scope_id", "year", "month"),
        CheckConstraint("month between 1 and 12", name="month"),
    )

    year: Mapped[int] = mapped_column(Integer)
    month: Mapped[int] = mapped_column(Integer)
    state: Mapped[PeriodState] = mapped_column(choice(PeriodState))
    closed_by: Mapped[str] = mapped_column(String(LOGIN_LENGTH), default="")
    closed_at: Mapped[datetime | None] = mapped_column(UtcDateTime)


class LedgerEntry(Scoped):
    """An entry (记账凭证). It has its official number from the moment it is posted.

    `content_hash` is that of date, texts, kind and lines: an approval names what it approved.
    """

    __tablename__ = "ledger_entry"
    __table_args__ = (
        ForeignKeyConstraint(
            ["scope_id", "reverses_id"],
            ["ledger_entry.scope_id", "ledger_entry.id"],
            deferrable=True,
            initially="DEFERRED",
        ),
        UniqueConstraint("scope_id", "reverses_id"),
        UniqueConstraint("scope_id", "number"),
        CheckConstraint("(state = 'posted') = (number is not null)", name="numbered"),
        CheckConstraint("(kind = 'reversal') = (reverses_id is not null)", name="reverses"),
        Index("ix_ledger_entry_business_date", "scope_id", "business_date"),
    )

    business_date: Mapped[date]
    summary: Mapped[str] = mapped_column(String(300))
    party: Mapped[str] = mapped_column(String(200), default="")
    kind: Mapped[EntryKind] = mapped_column(choice(EntryKind))
    reverses_id: Mapped[UUID | None] = mapped_column(Uuid)
    state: Mapped[EntryState] = mapped_column(choice(EntryState))
    number: Mapped[str | None] = mapped_column(String(40))
    provisional: Mapped[str] = mapped_column(String(40), default="")
    content_hash: Mapped[str] = mapped_column(String(64))
    remark: Mapped[str] = mapped_column(String(300), default="")
    edited_by: Mapped[str] = mapped_column(String(LOGIN_LENGTH), default="")
    submitted_by: Mapped[str] = mapped_column(String(LOGIN_LENGTH), default="")
    submitted_at: Mapped[datetime | None] = mapped_column(UtcDateTime)
    approved_by: Mapped[str] = mapped_column(String(LOGIN_LENGTH), default="")
    approved_at: Mapped[datetime | None] = mapped_column(UtcDateTime)
    posted_by: Mapped[str] = mapped_column(String(LOGIN_LENGTH), default="")
    posted_at: Mapped[datetime | None] = mapped_column(UtcDateTime)


class LedgerLine(Scoped):
    """A line of an entry, in yuan on exactly one side. Never changed: all lines are replaced."""

    __tablename__ = "ledger_line"
    __table_args__ = (
        ForeignKeyConstraint(
            ["scope_id", "entry_id"],
            ["ledger_entry.scope_id", "ledger_entry.id"],
            deferrable=True,
            initially="DEFERRED",
        ),
        CheckConstraint(
            "debit >= 0 and credit >= 0 and (debit > 0) <> (credit > 0)", name="one_side"
        ),
        Index("ix_ledger_line_entry_id", "scope_id", "entry_id", "position"),
    )

    entry_id: Mapped[UUID] = mapped_column(Uuid)
    position: Mapped[int] = mapped_column(Integer)
    account: Mapped[str] = mapped_column(String(40))
    text: Mapped[str] = mapped_column(String(300), default="")
    debit: Mapped[Decimal] = mapped_column(Money)
    credit: Mapped[Decimal] = mapped_column(Money)
