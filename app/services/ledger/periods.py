"""Closing a month: no entry may be dated into it any more."""

from datetime import date
from typing import Annotated, ClassVar

import msgspec
from sqlalchemy import func, select

from app.core.errors import Refused
from app.core.ids import derived_id
from app.core.ledger import EntryState, PeriodState, month_after
from app.models.ledger import LedgerEntry, LedgerPeriod
from app.services.commands import Command, CommandPart, Place
from app.services.ledger.content import EARLIEST, POSTERS, period_of
from app.services.tx import Tx

Year = Annotated[int, msgspec.Meta(ge=EARLIEST, le=2200)]
Month = Annotated[int, msgspec.Meta(ge=1, le=12)]


class ClosePeriod(Command, frozen=True, kw_only=True):
    """Closes a month in the state that was seen."""

    KIND: ClassVar[str] = "ledger.close_period"

    year: Year
    month: Month
    expected: PeriodState


def close_period(command: ClosePeriod, tx: Tx) -> None:
    """Closes the month. Refused while entries in it wait for approval or posting."""
    found = period_of(tx.session, tx.scope_id, command.year, command.month)
    state = PeriodState.OPEN if found is None else found.state
    if state is PeriodState.CLOSED or command.expected is not PeriodState.OPEN:
        raise Refused("ledger.closed_already", year=command.year, month=command.month)
    waiting = _waiting(command, tx)
    if waiting:
        raise Refused("ledger.entries_wait", count=waiting)
    values = {
        "state": PeriodState.CLOSED,
        "closed_by": tx.actor,
        "closed_at": tx.received_at or tx.issued_at,
    }
    if found is not None:
        tx.change(found, values)
        return
    new_id = derived_id(tx.scope_id, f"{command.year}-{command.month}")
    tx.add(LedgerPeriod(id=new_id, year=command.year, month=command.month, **values))


def _waiting(command: ClosePeriod, tx: Tx) -> int:
    first = date(command.year, command.month, 1)
    after = date(*month_after(command.year, command.month), 1)
    count = select(func.count()).where(
        LedgerEntry.scope_id == tx.scope_id,
        LedgerEntry.business_date >= first,
        LedgerEntry.business_date < after,
        LedgerEntry.state.in_((EntryState.SUBMITTED, EntryState.APPROVED)),
    )
    return tx.session.scalar(count) or 0


PARTS = (CommandPart(ClosePeriod, close_period, POSTERS, Place.EITHER, online_only=True),)
