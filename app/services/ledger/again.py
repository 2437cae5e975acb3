"""What came back to the inbox, asked once more: on another day, or on what stands there now."""

from datetime import date, datetime
from typing import Final
from uuid import UUID

from msgspec import UNSET, structs
from sqlalchemy.orm import Session

from app.core.ledger import site_date
from app.models.ledger import LedgerEntry
from app.services.commands import Command
from app.services.ledger.content import lines_of
from app.services.ledger.entries import DraftEntry, EditEntry, EntryFields, SubmitEntry
from app.services.ledger.posting import PostEntry, ReverseEntry
from app.services.ledger.queries import open_day

AGAIN: Final = frozenset(
    {DraftEntry.KIND, EditEntry.KIND, SubmitEntry.KIND, PostEntry.KIND, ReverseEntry.KIND}
)
"""Kinds of commands that `asked_again` may give once more."""
DAY_REASONS: Final = frozenset({"ledger.period_closed", "ledger.date_in_future"})
"""Reasons that another business date takes away."""
FINAL_REASONS: Final = frozenset({"ledger.approved_meanwhile", "ledger.posted_meanwhile"})
"""Reasons that leave nothing to ask again."""


def asked_again(
    session: Session, command: Command, reason_id: str, issued_at: datetime
) -> Command | None:
    """The command without what brought it back; None where there is no such command.

    A day of a closed month becomes the first day of the next open one, a day to come the day on
    which the command was given. An entry that cannot be submitted for its date is moved first.
    """
    if reason_id in FINAL_REASONS:
        return None
    if isinstance(command, PostEntry):
        return structs.replace(command, number="") if command.number else None
    if isinstance(command, EditEntry):
        return _edit_again(session, command, reason_id, issued_at)
    if reason_id not in DAY_REASONS:
        return None
    if isinstance(command, SubmitEntry):
        return _moved(session, command.scope_id, command.entry_id, issued_at)
    if isinstance(command, DraftEntry):
        day = _day(session, command.scope_id, command.business_date, issued_at)
        return structs.replace(command, business_date=day)
    if isinstance(command, ReverseEntry):
        return _reverse_again(session, command, issued_at)
    return None


def _day(session: Session, scope_id: UUID, day: date, issued_at: datetime) -> date:
    return open_day(session, scope_id, min(day, site_date(issued_at)))


def _reverse_again(session: Session, command: ReverseEntry, issued_at: datetime) -> ReverseEntry:
    day = _day(session, command.scope_id, command.business_date, issued_at)
    correction = command.correction
    if correction is not None:
        moved = _day(session, command.scope_id, correction.business_date, issued_at)
        correction = structs.replace(correction, business_date=moved)
    return structs.replace(command, business_date=day, correction=correction)


def _moved(
    session: Session, scope_id: UUID, entry_id: UUID, issued_at: datetime
) -> EditEntry | None:
    entry = session.get(LedgerEntry, (scope_id, entry_id))
    if entry is None:
        return None
    return EditEntry(
        scope_id=scope_id,
        entry_id=entry_id,
        base=EntryFields(business_date=entry.business_date),
        values=EntryFields(business_date=_day(session, scope_id, entry.business_date, issued_at)),
    )


def _edit_again(
    session: Session, command: EditEntry, reason_id: str, issued_at: datetime
) -> EditEntry | None:
    entry = session.get(LedgerEntry, (command.scope_id, command.entry_id))
    if entry is None:
        return None
    values = command.values
    if reason_id in DAY_REASONS:
        wanted = entry.business_date if values.business_date is UNSET else values.business_date
        day = _day(session, command.scope_id, wanted, issued_at)
        values = structs.replace(values, business_date=day)
    base = EntryFields(
        business_date=entry.business_date,
        summary=entry.summary,
        party=entry.party,
        lines=lines_of(session, command.scope_id, command.entry_id),
    )
    return structs.replace(command, base=base, values=values)
