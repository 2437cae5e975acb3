"""Books of a project on one SQLite file: entries written by commands, and looked at."""

from datetime import date
from decimal import Decimal
from uuid import UUID

import msgspec

from app.core.ledger import EntryState, PeriodState
from app.services.changes import Changes
from app.services.commands import Command
from app.services.ledger.content import LineOf
from app.services.ledger.entries import (
    DraftEntry,
    EditEntry,
    EntryFields,
    NewEntry,
    ReturnEntry,
    SubmitEntry,
)
from app.services.ledger.periods import ClosePeriod
from app.services.ledger.posting import ApproveEntry, PostEntry, ReverseEntry
from app.services.ledger.queries import EntryView, LedgerView, show_ledger
from tests.services.conftest import ADMINISTRATOR, CLERK
from tests.services.office import Office, new_id

DAY = date(2026, 3, 2)
AUTHOR, APPROVER = CLERK, ADMINISTRATOR


def lines(amount: str | Decimal = "100.00", text: str = "") -> tuple[LineOf, ...]:
    """A cost against a payable."""
    value = Decimal(amount)
    return (
        LineOf(account="5401.01", text=text, debit=value),
        LineOf(account="2202", credit=value),
    )


class Books:
    """The ledger of one project; every step runs as on the server."""

    def __init__(
        self, office: Office, project_id: UUID, *, author: str = AUTHOR, approver: str = APPROVER
    ) -> None:
        self.office = office
        self.project_id = project_id
        self.author = author
        self.approver = approver

    def do(self, command: Command, actor: str = "", *, op_id: UUID | None = None) -> Changes:
        """Runs a command as the server does, as the author if nobody else is named."""
        return self.office.run(command, actor or self.author, on_server=True, op_id=op_id)

    def ledger(self) -> LedgerView:
        """All of it."""
        with self.office.read() as session:
            return show_ledger(session, self.project_id)

    def entry(self, entry_id: UUID) -> EntryView:
        """One entry."""
        return next(one for one in self.ledger().entries if one.id == entry_id)

    def draft(self, amount: str = "100.00", day: date = DAY, actor: str = "") -> UUID:
        """A new draft."""
        command = self.drafting(amount, day)
        self.do(command, actor)
        return command.entry_id

    def drafting(self, amount: str = "100.00", day: date = DAY) -> DraftEntry:
        """The command for a new draft."""
        return DraftEntry(
            scope_id=self.project_id,
            entry_id=new_id(),
            business_date=day,
            summary="入账商品混凝土",
            party="滨江建材",
            lines=lines(amount),
            device="3F9A",
            counter=1,
        )

    def editing(self, entry_id: UUID, **values: object) -> EditEntry:
        """An edit of what stands there now."""
        seen = self.entry(entry_id)
        held = {
            "business_date": seen.business_date,
            "summary": seen.summary,
            "party": seen.party,
            "lines": tuple(
                LineOf(account=one.account, text=one.text, debit=one.debit, credit=one.credit)
                for one in seen.lines
            ),
        }
        base = msgspec.structs.replace(EntryFields(), **{name: held[name] for name in values})
        edited = msgspec.structs.replace(EntryFields(), **values)
        return EditEntry(scope_id=self.project_id, entry_id=entry_id, base=base, values=edited)

    def submitting(self, entry_id: UUID) -> SubmitEntry:
        """Submits what stands there now."""
        seen = self.entry(entry_id)
        return SubmitEntry(
            scope_id=self.project_id,
            entry_id=entry_id,
            expected=seen.state,
            content_hash=seen.content_hash,
        )

    def returning(self, entry_id: UUID) -> ReturnEntry:
        """Returns what stands there now."""
        return ReturnEntry(
            scope_id=self.project_id,
            entry_id=entry_id,
            expected=self.entry(entry_id).state,
            remark="金额不符",
        )

    def approving(self, entry_id: UUID) -> ApproveEntry:
        """Approves what stands there now."""
        seen = self.entry(entry_id)
        return ApproveEntry(
            scope_id=self.project_id,
            entry_id=entry_id,
            expected=seen.state,
            content_hash=seen.content_hash,
        )

    def posting(self, entry_id: UUID, number: str = "") -> PostEntry:
        """Posts what stands there now."""
        seen = self.entry(entry_id)
        return PostEntry(
            scope_id=self.project_id,
            entry_id=entry_id,
            expected=seen.state,
            content_hash=seen.content_hash,
            number=number,
        )

    def reversing(self, entry_id: UUID, day: date = DAY, *, corrects: bool = False) -> ReverseEntry:
        """Takes back what stands there now."""
        seen = self.entry(entry_id)
        correction = NewEntry(
            entry_id=new_id(),
            business_date=day,
            summary="更正",
            lines=lines("90.00"),
            device="3F9A",
            counter=2,
        )
        return ReverseEntry(
            scope_id=self.project_id,
            entry_id=entry_id,
            reversal_id=new_id(),
            business_date=day,
            summary="冲销",
            expected=seen.state,
            content_hash=seen.content_hash,
            correction=correction if corrects else None,
        )

    def closing(self, year: int = DAY.year, month: int = DAY.month) -> ClosePeriod:
        """Closes a month."""
        return ClosePeriod(
            scope_id=self.project_id,
            year=year,
            month=month,
            expected=PeriodState.OPEN,
        )

    def brought_to(self, state: EntryState, amount: str = "100.00", day: date = DAY) -> UUID:
        """An entry on its way."""
        entry_id = self.draft(amount, day)
        if state is EntryState.DRAFT:
            return entry_id
        self.do(self.submitting(entry_id))
        if state is EntryState.SUBMITTED:
            return entry_id
        if state is EntryState.RETURNED:
            self.do(self.returning(entry_id), self.approver)
            return entry_id
        self.do(self.approving(entry_id), self.approver)
        if state is EntryState.POSTED:
            self.do(self.posting(entry_id))
        return entry_id
