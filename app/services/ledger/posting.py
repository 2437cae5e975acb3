"""Approving, posting, reversing: only the server decides, on what a person saw."""

from datetime import date
from typing import Annotated, ClassVar, TypeVar
from uuid import UUID

import msgspec
from sqlalchemy import select
from sqlalchemy.orm import Session

from app.core.errors import Refused
from app.core.ledger import EntryKind, EntryState
from app.models.ledger import LedgerEntry
from app.services.commands import Command, CommandPart, Place
from app.services.ledger.content import (
    APPROVERS,
    POSTERS,
    Hash,
    check_date,
    entry_as_seen,
    lines_of,
)
from app.services.ledger.entries import NewEntry, Summary, add_draft, add_entry
from app.services.ledger.numbers import next_number
from app.services.tx import Tx

Carried = Annotated[str, msgspec.Meta(pattern=r"^([^-\d]{1,8}-\d{4}-\d{4,9})?$")]


class ApproveEntry(Command, frozen=True, kw_only=True):
    """Approves an entry in the state and of the content that the approver saw."""

    KIND: ClassVar[str] = "ledger.approve"

    entry_id: UUID
    expected: EntryState
    content_hash: Hash


class PostEntry(Command, frozen=True, kw_only=True):
    """Posts an approved entry: from then on it has its number and never changes.

    `number` is the one it was given before the server was restored, empty otherwise.
    """

    KIND: ClassVar[str] = "ledger.post"

    entry_id: UUID
    expected: EntryState
    content_hash: Hash
    number: Carried = ""


class ReverseEntry(Command, frozen=True, kw_only=True):
    """Takes a posted entry back by a new one with swapped sides, posted at once.

    `correction` is the draft of what should have been posted.
    """

    KIND: ClassVar[str] = "ledger.reverse"

    entry_id: UUID
    reversal_id: UUID
    business_date: date
    summary: Summary
    expected: EntryState
    content_hash: Hash
    number: Carried = ""
    correction: NewEntry | None = None


Numbered = TypeVar("Numbered", PostEntry, ReverseEntry)


def approve_entry(command: ApproveEntry, tx: Tx) -> None:
    """A submitted entry is approved by somebody who did not write it."""
    if command.expected is not EntryState.SUBMITTED:
        raise Refused("ledger.not_from_here")
    entry = entry_as_seen(tx, command.entry_id, command.expected, command.content_hash)
    if tx.actor in (entry.created_by, entry.edited_by, entry.submitted_by):
        raise Refused("ledger.approver_is_author")
    tx.change(
        entry,
        {"state": EntryState.APPROVED, "approved_by": tx.actor, "approved_at": tx.issued_at},
    )


def post_entry(command: PostEntry, tx: Tx) -> None:
    """Looks whether the entry may be posted; the posting comes last, with the number."""
    if command.expected is not EntryState.APPROVED:
        raise Refused("ledger.not_from_here")
    entry = entry_as_seen(tx, command.entry_id, command.expected, command.content_hash)
    check_date(tx, entry.id, entry.business_date)


def reverse_entry(command: ReverseEntry, tx: Tx) -> None:
    """Adds the reversal, and the draft that corrects it."""
    if command.expected is not EntryState.POSTED:
        raise Refused("ledger.not_from_here")
    entry = entry_as_seen(tx, command.entry_id, command.expected, command.content_hash)
    if entry.kind is EntryKind.REVERSAL:
        raise Refused("ledger.is_reversal")
    reversed_by = select(LedgerEntry.id).where(
        LedgerEntry.scope_id == tx.scope_id, LedgerEntry.reverses_id == entry.id
    )
    if tx.session.scalar(reversed_by) is not None:
        raise Refused("ledger.reversed_already")
    if tx.find(LedgerEntry, command.reversal_id) is not None:
        raise Refused("ledger.exists")
    check_date(tx, command.reversal_id, command.business_date)
    reversal = LedgerEntry(
        id=command.reversal_id,
        business_date=command.business_date,
        summary=command.summary,
        party=entry.party,
        kind=EntryKind.REVERSAL,
        reverses_id=entry.id,
        state=EntryState.APPROVED,
        number=None,
        provisional="",
    )
    lines = lines_of(tx.session, tx.scope_id, entry.id)
    add_entry(tx, reversal, tuple(line.posting().swapped() for line in lines))
    if command.correction is not None:
        add_draft(tx, command.correction)


def _post(command: PostEntry, tx: Tx) -> None:
    _give_number(tx, command.entry_id, command.number)


def _post_reversal(command: ReverseEntry, tx: Tx) -> None:
    _give_number(tx, command.reversal_id, command.number)


def _give_number(tx: Tx, entry_id: UUID, carried: str) -> None:
    entry = tx.find(LedgerEntry, entry_id)
    assert entry is not None
    number = next_number(tx, entry.id, entry.business_date.year, carried)
    tx.change(
        entry,
        {
            "state": EntryState.POSTED,
            "number": number,
            "posted_by": tx.actor,
            "posted_at": tx.issued_at,
        },
    )


def _carry_number(command: PostEntry, session: Session) -> PostEntry:
    return _carrying(command, session, command.entry_id)


def _carry_number_of_reversal(command: ReverseEntry, session: Session) -> ReverseEntry:
    return _carrying(command, session, command.reversal_id)


def _carrying(command: Numbered, session: Session, entry_id: UUID) -> Numbered:
    entry = session.get(LedgerEntry, (command.scope_id, entry_id))
    if entry is None or entry.number is None:
        return command
    return msgspec.structs.replace(command, number=entry.number)


PARTS = (
    CommandPart(ApproveEntry, approve_entry, APPROVERS, Place.EITHER, online_only=True),
    CommandPart(
        PostEntry,
        post_entry,
        POSTERS,
        Place.EITHER,
        online_only=True,
        server_effects=_post,
        carry=_carry_number,
    ),
    CommandPart(
        ReverseEntry,
        reverse_entry,
        POSTERS,
        Place.EITHER,
        online_only=True,
        server_effects=_post_reversal,
        carry=_carry_number_of_reversal,
    ),
)
