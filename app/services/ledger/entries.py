"""Writing entries: drafts, edits, submitting, returning. All of it may be done offline."""

from datetime import date
from typing import Annotated, Any, ClassVar, NoReturn
from uuid import UUID

import msgspec
from msgspec import UNSET, UnsetType

from app.core.errors import Refused
from app.core.ledger import (
    RETURNABLE,
    SUBMITTABLE,
    WRITABLE,
    EntryKind,
    EntryState,
    Posting,
    provisional_number,
)
from app.core.merge import GroupClash, Values, merge
from app.models.ledger import LedgerEntry
from app.services.commands import Command, CommandPart, Place
from app.services.fields import Fields, Line, base_and_mine
from app.services.ledger.content import (
    APPROVERS,
    WRITERS,
    Hash,
    Lines,
    check_date,
    checked,
    entry_as_seen,
    hash_of,
    lines_of,
    write_lines,
)
from app.services.tx import Clash, Tx

GROUPS = {
    "date": ("business_date",),
    "texts": ("summary", "party"),
    "lines": ("lines",),
}

Summary = Annotated[str, msgspec.Meta(min_length=1, max_length=300)]
Party = Annotated[str, msgspec.Meta(max_length=200)]
DeviceMark = Annotated[str, msgspec.Meta(pattern=r"^[0-9A-F]{4}$")]
Counter = Annotated[int, msgspec.Meta(ge=1, le=9_999_999)]


class NewEntry(msgspec.Struct, frozen=True, kw_only=True, forbid_unknown_fields=True):
    """A new draft; `device` and `counter` make its provisional number."""

    entry_id: UUID
    business_date: date
    summary: Summary
    party: Party = ""
    lines: Lines
    device: DeviceMark
    counter: Counter


class DraftEntry(Command, frozen=True, kw_only=True):
    """Writes a new entry as a draft; `device` and `counter` make its provisional number."""

    KIND: ClassVar[str] = "ledger.draft"

    entry_id: UUID
    business_date: date
    summary: Summary
    party: Party = ""
    lines: Lines
    device: DeviceMark
    counter: Counter


class EntryFields(Fields, frozen=True, kw_only=True):
    """What can be edited of an entry; its lines only as a whole."""

    business_date: date | UnsetType = UNSET
    summary: Summary | UnsetType = UNSET
    party: Party | UnsetType = UNSET
    lines: Lines | UnsetType = UNSET


class EditEntry(Command, frozen=True, kw_only=True):
    """Changes an entry that is not approved; a submitted one becomes a draft again."""

    KIND: ClassVar[str] = "ledger.edit"

    entry_id: UUID
    base: EntryFields
    values: EntryFields


class SubmitEntry(Command, frozen=True, kw_only=True):
    """Hands an entry to those who approve, as its author saw it."""

    KIND: ClassVar[str] = "ledger.submit"

    entry_id: UUID
    expected: EntryState
    content_hash: Hash


class ReturnEntry(Command, frozen=True, kw_only=True):
    """Gives an entry back to its author with a remark."""

    KIND: ClassVar[str] = "ledger.return"

    entry_id: UUID
    expected: EntryState
    remark: Line


def draft_entry(command: DraftEntry, tx: Tx) -> None:
    """Adds the entry and its lines."""
    add_draft(tx, command)


def add_draft(tx: Tx, new: DraftEntry | NewEntry) -> None:
    """Adds a draft with its lines."""
    if tx.find(LedgerEntry, new.entry_id) is not None:
        raise Refused("ledger.exists")
    lines = checked(new.lines)
    check_date(tx, new.entry_id, new.business_date)
    entry = LedgerEntry(
        id=new.entry_id,
        business_date=new.business_date,
        summary=new.summary,
        party=new.party,
        kind=EntryKind.NORMAL,
        reverses_id=None,
        state=EntryState.DRAFT,
        number=None,
        provisional=provisional_number(new.device, new.counter),
    )
    add_entry(tx, entry, lines)


def add_entry(tx: Tx, entry: LedgerEntry, lines: tuple[Posting, ...]) -> None:
    """Adds an entry with its hash and its lines."""
    entry.scope_id = tx.scope_id
    entry.content_hash = hash_of(entry, lines)
    tx.add(entry)
    write_lines(tx, entry.id, lines)


def edit_entry(command: EditEntry, tx: Tx) -> None:
    """Merges an edit into an entry. Clash where others changed, approved or posted it meanwhile."""
    entry = tx.find(LedgerEntry, command.entry_id)
    if entry is None:
        raise Refused("ledger.gone")
    base, mine = base_and_mine(command.base, command.values)
    if command.values.lines is not UNSET:
        checked(command.values.lines)
    theirs: dict[str, Any] = {
        "business_date": entry.business_date,
        "summary": entry.summary,
        "party": entry.party,
        "lines": lines_of(tx.session, tx.scope_id, entry.id),
    }
    if entry.state not in WRITABLE:
        _clash(entry, _edited(base, mine, theirs), f"ledger.{entry.state.value}_meanwhile")
    outcome = merge(GROUPS, base, mine, theirs)
    if outcome.clashes:
        _clash(entry, outcome.clashes, "reconcile.changed_meanwhile")
    if outcome.accepted:
        check_date(tx, entry.id, mine.get("business_date", entry.business_date))
        _write(tx, entry, outcome.accepted, theirs)


def _write(tx: Tx, entry: LedgerEntry, accepted: Values, theirs: Values) -> None:
    held: Any = accepted.get("lines", theirs["lines"])
    lines = tuple(line.posting() for line in held)
    values: dict[str, Any] = {name: value for name, value in accepted.items() if name != "lines"}
    values |= {"edited_by": tx.actor}
    if entry.state is EntryState.SUBMITTED:
        values |= {"state": EntryState.DRAFT, "submitted_by": "", "submitted_at": None}
    tx.change(entry, values)
    tx.change(entry, {"content_hash": hash_of(entry, lines)})
    if "lines" in accepted:
        write_lines(tx, entry.id, lines)


def _edited(base: Values, mine: Values, theirs: Values) -> tuple[GroupClash, ...]:
    return tuple(
        GroupClash(
            group,
            {name: base[name] for name in fields if name in mine},
            {name: mine[name] for name in fields if name in mine},
            {name: theirs[name] for name in fields if name in mine},
        )
        for group, fields in GROUPS.items()
        if any(name in mine for name in fields)
    )


def _clash(entry: LedgerEntry, clashes: tuple[GroupClash, ...], reason_id: str) -> NoReturn:
    raise Clash(LedgerEntry.__tablename__, entry.id, clashes, reason_id)


def submit_entry(command: SubmitEntry, tx: Tx) -> None:
    """A draft or returned entry waits for approval from now on."""
    if command.expected not in SUBMITTABLE:
        raise Refused("ledger.not_from_here")
    entry = entry_as_seen(tx, command.entry_id, command.expected, command.content_hash)
    check_date(tx, entry.id, entry.business_date)
    tx.change(
        entry,
        {
            "state": EntryState.SUBMITTED,
            "submitted_by": tx.actor,
            "submitted_at": tx.issued_at,
            "remark": "",
        },
    )


def return_entry(command: ReturnEntry, tx: Tx) -> None:
    """A submitted or approved entry goes back to its author."""
    if command.expected not in RETURNABLE:
        raise Refused("ledger.not_from_here")
    entry = entry_as_seen(tx, command.entry_id, command.expected, None)
    tx.change(
        entry,
        {
            "state": EntryState.RETURNED,
            "remark": command.remark,
            "approved_by": "",
            "approved_at": None,
        },
    )


PARTS = (
    CommandPart(DraftEntry, draft_entry, WRITERS, Place.EITHER),
    CommandPart(EditEntry, edit_entry, WRITERS, Place.EITHER),
    CommandPart(SubmitEntry, submit_entry, WRITERS, Place.EITHER),
    CommandPart(ReturnEntry, return_entry, APPROVERS, Place.EITHER),
)
