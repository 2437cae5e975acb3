"""The books of a sample project: entries in every state, a reversal, a closed month."""

from collections.abc import Callable, Iterator
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from decimal import Decimal
from typing import Any
from uuid import UUID

import msgspec

from app.core.ledger import EntryKind, EntryState, PeriodState, content_hash
from app.server.door import Asked
from app.server.sample.plans import load_sample
from app.services.commands import Command
from app.services.ledger.content import LineOf
from app.services.ledger.entries import DraftEntry, NewEntry, ReturnEntry, SubmitEntry
from app.services.ledger.periods import ClosePeriod
from app.services.ledger.posting import ApproveEntry, PostEntry, ReverseEntry

DEVICE = "5A01"
CORRECTED = Decimal("162500.00")


@dataclass(frozen=True, slots=True)
class Writers:
    """Who keeps the books of a project: one writes and posts, the other approves."""

    clerk: str
    approver: str


class SampleBooks:
    """Draws the books of one project."""

    def __init__(
        self,
        project_id: UUID,
        writers: Writers,
        today: date,
        at: Callable[[int], datetime],
        new_id: Callable[[datetime], UUID],
    ) -> None:
        self._project_id = project_id
        self._writers = writers
        self._today = today
        self._at = at
        self._new_id = new_id
        self._counter = 0

    def commands(self) -> Iterator[Asked]:
        """All entries in the order of their days; then the oldest month is closed."""
        books = load_sample("ledger")
        for facts in books["entries"]:
            yield from self._entry(facts, books)
        oldest = self._today - timedelta(days=books["entries"][0]["days"])
        closing = ClosePeriod(
            scope_id=self._project_id,
            year=oldest.year,
            month=oldest.month,
            expected=PeriodState.OPEN,
        )
        yield Asked(self._writers.clerk, self._at(1), closing)

    def _entry(self, facts: dict[str, Any], books: dict[str, Any]) -> Iterator[Asked]:
        at = self._at(facts["days"])
        draft = self._draft(facts, at)
        clerk, approver = self._writers.clerk, self._writers.approver
        yield Asked(clerk, at, draft)
        for state, command in self._steps(draft, facts["state"], books):
            yield Asked(approver if state in ("approve", "return") else clerk, at, command)
        if facts["state"] == "reversed":
            yield Asked(clerk, at, self._reversal(draft, books, at))

    def _draft(self, facts: dict[str, Any], at: datetime) -> DraftEntry:
        return DraftEntry(
            scope_id=self._project_id,
            entry_id=self._new_id(at),
            business_date=self._today - timedelta(days=facts["days"]),
            summary=facts["summary"],
            party=facts["party"],
            lines=msgspec.convert(facts["lines"], tuple[LineOf, ...]),
            device=DEVICE,
            counter=self._count(),
        )

    def _steps(
        self, draft: DraftEntry, wanted: str, books: dict[str, Any]
    ) -> Iterator[tuple[str, Command]]:
        if wanted == "draft":
            return
        seen: dict[str, Any] = {
            "scope_id": self._project_id,
            "entry_id": draft.entry_id,
            "content_hash": _hash_of(draft),
        }
        yield "submit", SubmitEntry(expected=EntryState.DRAFT, **seen)
        if wanted == "returned":
            yield (
                "return",
                ReturnEntry(
                    scope_id=self._project_id,
                    entry_id=draft.entry_id,
                    expected=EntryState.SUBMITTED,
                    remark=books["remark"],
                ),
            )
        if wanted in ("approved", "posted", "reversed"):
            yield "approve", ApproveEntry(expected=EntryState.SUBMITTED, **seen)
        if wanted in ("posted", "reversed"):
            yield "post", PostEntry(expected=EntryState.APPROVED, **seen)

    def _reversal(self, draft: DraftEntry, books: dict[str, Any], at: datetime) -> ReverseEntry:
        debit, credit = draft.lines
        correction = NewEntry(
            entry_id=self._new_id(at),
            business_date=draft.business_date,
            summary=books["correction"],
            party=draft.party,
            lines=(
                msgspec.structs.replace(debit, debit=CORRECTED),
                msgspec.structs.replace(credit, credit=CORRECTED),
            ),
            device=DEVICE,
            counter=self._count(),
        )
        return ReverseEntry(
            scope_id=self._project_id,
            entry_id=draft.entry_id,
            reversal_id=self._new_id(at),
            business_date=draft.business_date,
            summary=books["reversal"],
            expected=EntryState.POSTED,
            content_hash=_hash_of(draft),
            correction=correction,
        )

    def _count(self) -> int:
        self._counter += 1
        return self._counter


def _hash_of(draft: DraftEntry) -> str:
    facts = {
        "business_date": draft.business_date.isoformat(),
        "summary": draft.summary,
        "party": draft.party,
        "kind": EntryKind.NORMAL.value,
        "reverses_id": "",
    }
    lines = [line.posting() for line in draft.lines]
    return content_hash(draft.scope_id, draft.entry_id, facts, lines)
