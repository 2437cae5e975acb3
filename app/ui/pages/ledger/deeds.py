"""What a person may do with an entry, by job and state, and the command for it."""

from collections.abc import Callable, Mapping
from datetime import date
from typing import Final
from uuid import UUID

from app.core.ledger import RETURNABLE, SUBMITTABLE, WRITABLE, EntryKind, EntryState, PeriodState
from app.core.people import Job
from app.services.ledger.content import APPROVERS, POSTERS, WRITERS, LineOf
from app.services.ledger.entries import (
    DraftEntry,
    EditEntry,
    EntryFields,
    ReturnEntry,
    SubmitEntry,
)
from app.services.ledger.periods import ClosePeriod
from app.services.ledger.posting import ApproveEntry, PostEntry, ReverseEntry
from app.services.ledger.queries import EntryView, PeriodView

BY_JOB: Final[Mapping[str, frozenset[Job]]] = {
    "new": WRITERS,
    "edit": WRITERS,
    "submit": WRITERS,
    "approve": APPROVERS,
    "return": APPROVERS,
    "post": POSTERS,
    "reverse": POSTERS,
    "close": POSTERS,
}
"""Which jobs may do what: the buttons that a person sees at all."""

_BY_STATE: Final[Mapping[str, Callable[[EntryView], bool]]] = {
    "edit": lambda entry: entry.state in WRITABLE,
    "submit": lambda entry: entry.state in SUBMITTABLE,
    "approve": lambda entry: entry.state is EntryState.SUBMITTED,
    "return": lambda entry: entry.state in RETURNABLE,
    "post": lambda entry: entry.state is EntryState.APPROVED,
    "reverse": lambda entry: (
        entry.state is EntryState.POSTED
        and entry.kind is EntryKind.NORMAL
        and entry.reversed_by is None
    ),
}


def deeds_of(jobs: frozenset[Job]) -> frozenset[str]:
    """What these jobs may do at all."""
    return frozenset(deed for deed, allowed in BY_JOB.items() if allowed & jobs)


def possible(entry: EntryView | None, deeds: frozenset[str], login: str) -> frozenset[str]:
    """Which of the deeds are possible with an entry now; nobody approves what they wrote."""
    found = deeds & {"new", "close"}
    if entry is None:
        return found
    now = {deed for deed in deeds if deed in _BY_STATE and _BY_STATE[deed](entry)}
    if login in entry.authors:
        now -= {"approve"}
    return found | now


def lines_of(entry: EntryView) -> tuple[LineOf, ...]:
    """The lines as a command carries them."""
    return tuple(
        LineOf(account=line.account, text=line.text, debit=line.debit, credit=line.credit)
        for line in entry.lines
    )


def drafting(
    scope_id: UUID,
    entry_id: UUID,
    values: Mapping[str, object],
    lines: tuple[LineOf, ...],
    device: str,
    counter: int,
) -> DraftEntry:
    """A new draft from a filled form."""
    day = values["business_date"]
    assert isinstance(day, date)
    return DraftEntry(
        scope_id=scope_id,
        entry_id=entry_id,
        business_date=day,
        summary=str(values["summary"]),
        party=str(values["party"]),
        lines=lines,
        device=device,
        counter=counter,
    )


def editing(
    scope_id: UUID, entry: EntryView, values: Mapping[str, object], lines: tuple[LineOf, ...]
) -> EditEntry | None:
    """What was changed in the form, with what it showed before; None where nothing was."""
    held: dict[str, object] = {
        "business_date": entry.business_date,
        "summary": entry.summary,
        "party": entry.party,
        "lines": lines_of(entry),
    }
    edited = {name: new for name, new in {**values, "lines": lines}.items() if held[name] != new}
    if not edited:
        return None
    return EditEntry(
        scope_id=scope_id,
        entry_id=entry.id,
        base=EntryFields(**{name: held[name] for name in edited}),  # type: ignore[arg-type]
        values=EntryFields(**edited),  # type: ignore[arg-type]
    )


def submitting(scope_id: UUID, entry: EntryView) -> SubmitEntry:
    """Hands in what is shown."""
    return SubmitEntry(
        scope_id=scope_id,
        entry_id=entry.id,
        expected=entry.state,
        content_hash=entry.content_hash,
    )


def returning(scope_id: UUID, entry: EntryView, remark: str) -> ReturnEntry:
    """Gives back what is shown."""
    return ReturnEntry(scope_id=scope_id, entry_id=entry.id, expected=entry.state, remark=remark)


def approving(scope_id: UUID, entry: EntryView) -> ApproveEntry:
    """Approves what is shown."""
    return ApproveEntry(
        scope_id=scope_id,
        entry_id=entry.id,
        expected=entry.state,
        content_hash=entry.content_hash,
    )


def posting(scope_id: UUID, entry: EntryView) -> PostEntry:
    """Posts what is shown."""
    return PostEntry(
        scope_id=scope_id,
        entry_id=entry.id,
        expected=entry.state,
        content_hash=entry.content_hash,
    )


def reversing(
    scope_id: UUID, entry: EntryView, reversal_id: UUID, values: Mapping[str, object]
) -> ReverseEntry:
    """Takes back what is shown, on the day and with the summary of a form."""
    day = values["business_date"]
    assert isinstance(day, date)
    return ReverseEntry(
        scope_id=scope_id,
        entry_id=entry.id,
        reversal_id=reversal_id,
        business_date=day,
        summary=str(values["summary"]),
        expected=entry.state,
        content_hash=entry.content_hash,
    )


def closing(scope_id: UUID, period: PeriodView) -> ClosePeriod:
    """Closes a month that is shown as open."""
    return ClosePeriod(
        scope_id=scope_id, year=period.year, month=period.month, expected=PeriodState.OPEN
    )
