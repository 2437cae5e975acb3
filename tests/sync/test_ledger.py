"""Money on two desks and a real server: approvals on what was seen, numbers, late entries."""

from datetime import UTC, date, datetime
from decimal import Decimal
from typing import Any
from uuid import UUID

import pytest
from msgspec import structs
from sqlalchemy import text
from sqlalchemy.orm import Session

from app.core.ledger import EntryState, PeriodState, site_date
from app.core.people import Job
from app.models.ledger import LedgerEntry
from app.services.commands import Command
from app.services.inbox import read_inbox
from app.services.ledger.content import LineOf
from app.services.ledger.entries import DraftEntry, EditEntry, EntryFields, SubmitEntry
from app.services.ledger.periods import ClosePeriod
from app.services.ledger.posting import ApproveEntry, PostEntry, ReverseEntry
from app.services.ledger.queries import EntryView, show_ledger
from app.services.outcome import asked_again
from app.services.reconcile import ResolveConflict
from app.sync.desk import Desk
from tests.sync.desks import Office, assert_same_rows, founded_project, turn_until_idle

TODAY = site_date(datetime.now(UTC))
LAST_MONTH = date(TODAY.year - (TODAY.month == 1), (TODAY.month - 2) % 12 + 1, 15)


class Books:
    """A project whose finance clerks are Anna and Carl, and whose manager is Boris."""

    def __init__(self, site: Office) -> None:
        self.site = site
        for login, job in (("carl", Job.FINANCE_CLERK), ("dora", Job.STOREKEEPER)):
            site.server.add_person(login, job=job)
        self.anna, self.boris = site.filled("anna"), site.filled("boris")
        self.project = founded_project(site, self.anna)
        for login, job in (
            ("anna", Job.FINANCE_CLERK),
            ("boris", Job.MANAGER),
            ("carl", Job.FINANCE_CLERK),
            ("dora", Job.STOREKEEPER),
        ):
            site.server.grant(login, self.project, job)
        self.carl = site.filled("carl")
        self.sync()

    def sync(self, *others: Desk) -> None:
        """Everything arrives everywhere."""
        self.site.sync(self.anna, self.boris, self.carl, *others)

    def draft(self, desk: Desk, amount: str = "100.00", day: date = TODAY) -> UUID:
        """Writes a draft on a desk."""
        value = Decimal(amount)
        command = DraftEntry(
            scope_id=self.project,
            entry_id=desk.new_id(),
            business_date=day,
            summary="入账商品混凝土",
            lines=(
                LineOf(account="5401.01", debit=value),
                LineOf(account="2202", credit=value),
            ),
            device="3F9A",
            counter=1,
        )
        desk.execute(command)
        return command.entry_id

    def entry(self, desk: Desk, entry_id: UUID) -> EntryView:
        """An entry as a desk shows it."""
        with desk.read() as session:
            found = show_ledger(session, self.project).entries
        return next(one for one in found if one.id == entry_id)

    def submit(self, desk: Desk, entry_id: UUID) -> None:
        """Submits what a desk shows."""
        desk.execute(SubmitEntry(**self._seen(desk, entry_id)))

    def approving(self, desk: Desk, entry_id: UUID) -> ApproveEntry:
        """Approves what a desk shows."""
        return ApproveEntry(**self._seen(desk, entry_id))

    def posting(self, desk: Desk, entry_id: UUID) -> PostEntry:
        """Posts what a desk shows."""
        return PostEntry(**self._seen(desk, entry_id))

    def _seen(self, desk: Desk, entry_id: UUID) -> dict[str, Any]:
        seen = self.entry(desk, entry_id)
        return {
            "scope_id": self.project,
            "entry_id": entry_id,
            "expected": seen.state,
            "content_hash": seen.content_hash,
        }

    def approved(self, amount: str = "100.00") -> UUID:
        """An entry that Boris approved."""
        entry_id = self.draft(self.anna, amount)
        self.submit(self.anna, entry_id)
        self.sync()
        self.answers((self.boris, self.approving(self.boris, entry_id)))
        return entry_id

    def answers(self, *asked: tuple[Desk, Command]) -> list[str]:
        """Asks from desks at the same time; what the server said, state or reason."""
        waited = [(desk, desk.execute_online(command, 0).op_id) for desk, command in asked]
        self.sync()
        outcomes = [desk.outcome(op_id) for desk, op_id in waited]
        return [one.reason.text_id if one.reason else one.state for one in outcomes]


@pytest.fixture
def books(site: Office) -> Books:
    return Books(site)


def test_two_approve_and_one_does(books: Books) -> None:
    books.site.server.add_person("emil", job=Job.MANAGER)
    books.site.server.grant("emil", books.project, Job.MANAGER)
    emil = books.site.filled("emil")
    entry_id = books.draft(books.anna)
    books.submit(books.anna, entry_id)
    books.sync(emil)
    asked = (
        (books.boris, books.approving(books.boris, entry_id)),
        (
            emil,
            books.approving(emil, entry_id),
        ),
    )
    assert books.answers(*asked) == ["applied", "unknown"]
    books.sync(emil)
    assert books.entry(emil, entry_id).approved_by == "boris"
    (refused,) = emil.inbox()
    assert refused.reason is not None
    assert refused.reason.text_id == "ledger.now_approved"
    for desk in (books.anna, books.boris, emil):
        assert_same_rows(desk, books.site.server)


def test_an_approval_of_what_was_edited_meanwhile_is_void(books: Books) -> None:
    entry_id = books.draft(books.anna)
    books.submit(books.anna, entry_id)
    books.sync()
    seen = books.approving(books.boris, entry_id)
    value = Decimal("77.00")
    held = books.entry(books.anna, entry_id).lines
    edited = EditEntry(
        scope_id=books.project,
        entry_id=entry_id,
        base=EntryFields(lines=tuple(_line(one.account, one.debit, one.credit) for one in held)),
        values=EntryFields(
            lines=(_line("5401.01", value, Decimal(0)), _line("2202", Decimal(0), value))
        ),
    )
    books.anna.execute(edited)
    turn_until_idle(books.anna)
    assert books.answers((books.boris, seen)) == ["ledger.now_draft"]
    books.submit(books.anna, entry_id)
    books.sync()
    assert books.answers((books.boris, seen)) == ["ledger.content_changed"]
    assert books.answers((books.boris, books.approving(books.boris, entry_id))) == ["applied"]
    assert books.entry(books.anna, entry_id).amount == value


def _line(account: str, debit: Decimal, credit: Decimal) -> LineOf:
    return LineOf(account=account, debit=debit, credit=credit)


def test_an_edit_that_comes_after_the_approval_is_for_a_person(books: Books) -> None:
    entry_id = books.draft(books.anna)
    books.submit(books.anna, entry_id)
    books.sync()
    approving = books.approving(books.boris, entry_id)
    books.boris.execute_online(approving, 0)
    turn_until_idle(books.boris)
    books.site.worker.apply_waiting()
    edit = EditEntry(
        scope_id=books.project,
        entry_id=entry_id,
        base=EntryFields(summary="入账商品混凝土"),
        values=EntryFields(summary="另一笔"),
    )
    books.anna.execute(edit)
    books.sync()
    (clash,) = books.anna.inbox()
    assert clash.reason is not None
    assert clash.reason.text_id == "ledger.approved_meanwhile"
    assert books.entry(books.anna, entry_id).summary == "入账商品混凝土"
    for desk in (books.anna, books.boris):
        assert_same_rows(desk, books.site.server)


def test_numbers_of_two_desks_follow_one_another(books: Books) -> None:
    first, second = books.approved("1.00"), books.approved("2.00")
    asked = (
        (books.anna, books.posting(books.anna, first)),
        (
            books.carl,
            books.posting(books.carl, second),
        ),
    )
    assert books.answers(*asked) == ["applied", "applied"]
    numbers = {books.entry(books.boris, one).number for one in (first, second)}
    assert numbers == {f"记-{TODAY.year}-0001", f"记-{TODAY.year}-0002"}
    assert_same_rows(books.boris, books.site.server)


def test_two_post_the_same_and_two_reverse_the_same(books: Books) -> None:
    entry_id = books.approved()
    asked = [(desk, books.posting(desk, entry_id)) for desk in (books.anna, books.carl)]
    assert books.answers(*asked) == ["applied", "ledger.now_posted"]
    reversals = [
        (
            desk,
            ReverseEntry(
                **books._seen(desk, entry_id),
                reversal_id=desk.new_id(),
                business_date=TODAY,
                summary="冲销",
            ),
        )
        for desk in (books.anna, books.carl)
    ]
    assert books.answers(*reversals) == ["applied", "ledger.reversed_already"]
    with Session(books.site.server.admin) as session:
        lines = session.execute(text("select sum(debit), sum(credit) from ledger_line")).one()
        numbers = session.query(LedgerEntry.number).order_by(LedgerEntry.number).all()
    assert lines == (Decimal("200.00"), Decimal("200.00"))
    assert [one.number for one in numbers] == [
        f"记-{TODAY.year}-0001",
        f"记-{TODAY.year}-0002",
    ]


def test_a_draft_into_a_month_that_was_closed_meanwhile(books: Books) -> None:
    entry_id = books.draft(books.anna, day=LAST_MONTH)
    closing = ClosePeriod(
        scope_id=books.project,
        year=LAST_MONTH.year,
        month=LAST_MONTH.month,
        expected=PeriodState.OPEN,
    )
    books.carl.execute_online(closing, 0)
    turn_until_idle(books.carl)
    books.site.worker.apply_waiting()
    books.sync()
    (clash,) = books.anna.inbox()
    assert clash.reason is not None
    assert clash.reason.text_id == "ledger.period_closed"
    assert books.carl.inbox() == []
    with books.anna.read() as session:
        (shown,) = read_inbox(session, "anna", ()).conflicts
        again = asked_again(session, shown)
    assert (shown.view.their_actor, shown.may_settle) == ("carl", True)
    assert isinstance(again, DraftEntry)
    assert isinstance(clash.command, DraftEntry)
    assert again == structs.replace(clash.command, business_date=date(TODAY.year, TODAY.month, 1))
    books.anna.execute(again)
    books.anna.execute(ResolveConflict(scope_id=books.project, conflict_id=shown.view.id))
    books.sync()
    moved = books.entry(books.carl, entry_id)
    assert (moved.state, moved.business_date.day) == (EntryState.DRAFT, 1)
    assert_same_rows(books.anna, books.site.server)


def test_numbers_come_back_with_what_a_restored_server_had_lost(books: Books) -> None:
    entries = [books.approved(amount) for amount in ("1.00", "2.00", "3.00")]
    with books.site.server.admin.begin() as connection:
        backup = connection.execute(text("select max(received_no) from command_inbox")).scalar_one()
    for entry_id in entries[1:]:
        assert books.answers((books.anna, books.posting(books.anna, entry_id))) == ["applied"]
    given = {one: books.entry(books.anna, one).number for one in entries}
    assert list(given.values()) == ["", f"记-{TODAY.year}-0001", f"记-{TODAY.year}-0002"]
    set_back(books, backup, entries[1:])
    # Somebody posts before Anna's desk is back: the first free number is taken.
    books.carl._store.link.close()
    books.site.sync(books.carl)
    books.carl.execute_online(books.posting(books.carl, entries[0]), 0)
    books.site.sync(books.carl)
    assert books.entry(books.carl, entries[0]).number == f"记-{TODAY.year}-0001"
    books.anna._store.link.close()
    books.sync()
    books.sync()
    assert books.entry(books.carl, entries[2]).number == given[entries[2]]
    (clash,) = books.anna.inbox()
    assert clash.reason is not None
    assert clash.reason.text_id == "ledger.number_taken"
    with books.anna.read() as session:
        (shown,) = read_inbox(session, "anna", ()).conflicts
        again = asked_again(session, shown)
    assert isinstance(again, PostEntry)
    assert books.answers((books.anna, again)) == ["applied"]
    assert books.entry(books.carl, entries[1]).number == f"记-{TODAY.year}-0003"


def set_back(books: Books, received_no: int, posted: list[UUID]) -> None:
    """What a backup from before the postings would leave."""
    with books.site.server.admin.begin() as connection:
        connection.execute(text("set session_replication_role = replica"))
        later = {"no": received_no}
        gone = "op_id in (select op_id from command_inbox where received_no > :no)"
        connection.execute(text(f"delete from command_result where {gone}"), later)
        connection.execute(text(f"delete from audit_log where {gone}"), later)
        connection.execute(text("delete from command_inbox where received_no > :no"), later)
        connection.execute(
            text(
                "update ledger_entry set state = 'approved', number = null, posted_by = '',"
                " posted_at = null, row_version = row_version - 1 where id = any(:posted)"
            ),
            {"posted": posted},
        )
        connection.execute(text("delete from document_number"))
        connection.execute(
            text(
                "update audit_head set (n, hash) ="
                " (select n, hash from audit_log order by n desc limit 1)"
            )
        )
        connection.execute(
            text(
                "update device set last_seq = (select coalesce(max(device_seq), 0)"
                " from command_inbox where command_inbox.device_id = device.device_id)"
            )
        )
        connection.execute(text("update server_meta set generation = gen_random_uuid()"))


def test_who_may_not_see_money_does_not_hold_any(books: Books) -> None:
    dora = books.site.filled("dora")
    books.draft(books.anna, day=date(2999, 1, 1))
    books.approved()
    books.sync(dora)
    assert books.anna.status().conflicts == 1
    with dora.read() as session:
        assert show_ledger(session, books.project).entries == ()
        assert read_inbox(session, "dora", ()).conflicts == ()
    assert_same_rows(dora, books.site.server)
    member = books.site.server.grant("dora", books.project, Job.COMMERCIAL)
    books.sync(dora)
    with dora.read() as session:
        assert len(show_ledger(session, books.project).entries) == 1
    books.site.server.revoke(member)
    books.sync(dora)
    with dora.read() as session:
        assert show_ledger(session, books.project).entries == ()
        assert read_inbox(session, "dora", ()).conflicts == ()
