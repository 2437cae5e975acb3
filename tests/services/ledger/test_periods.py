"""Closing months, and what arrives too late."""

from datetime import date

import msgspec
import pytest

from app.core.errors import Refused
from app.core.ledger import EntryState, PeriodState
from app.services.tx import Clash
from tests.services.conftest import LEADER
from tests.services.ledger.books import APPROVER, AUTHOR, DAY, Books

FEBRUARY = date(2026, 2, 20)


def test_a_month_is_closed_once(books: Books) -> None:
    changes = books.do(books.closing(2026, 2))
    assert changes.touches("ledger_period")
    (period,) = books.ledger().periods
    assert (period.year, period.month, period.state) == (2026, 2, PeriodState.CLOSED)
    assert period.closed_by == AUTHOR
    with pytest.raises(Refused, match="closed_already"):
        books.do(books.closing(2026, 2))
    with pytest.raises(Refused, match="closed_already"):
        books.do(msgspec.structs.replace(books.closing(), expected=PeriodState.CLOSED))


def test_only_posters_close(books: Books) -> None:
    with pytest.raises(Refused, match="not_permitted"):
        books.do(books.closing(2026, 2), LEADER)


@pytest.mark.parametrize("state", [EntryState.SUBMITTED, EntryState.APPROVED])
def test_what_waits_keeps_a_month_open(books: Books, state: EntryState) -> None:
    entry_id = books.brought_to(state, day=FEBRUARY)
    with pytest.raises(Refused, match="entries_wait"):
        books.do(books.closing(2026, 2))
    books.do(books.returning(entry_id), APPROVER)
    books.do(books.closing(2026, 2))
    assert books.ledger().periods[0].state is PeriodState.CLOSED


def test_a_closed_month_takes_nothing_more(books: Books) -> None:
    late = books.draft(day=FEBRUARY)
    moved = books.draft()
    books.do(books.closing(2026, 2))
    for command in (
        books.drafting(day=FEBRUARY),
        books.submitting(late),
        books.editing(late, summary="甲"),
        books.editing(moved, business_date=FEBRUARY),
    ):
        with pytest.raises(Clash, match="period_closed") as clash:
            books.do(command)
        assert clash.value.row_table == "ledger_period"
    books.do(books.editing(late, business_date=DAY))
    books.do(books.submitting(late))
    assert books.entry(late).state is EntryState.SUBMITTED


def test_no_approval_is_posted_into_a_month_that_was_closed_meanwhile(books: Books) -> None:
    """Closing looks for what waits, so that only a fault of ours gets this far."""
    entry_id = books.brought_to(EntryState.DRAFT, day=FEBRUARY)
    books.do(books.closing(2026, 2))
    with books.office.write() as session:
        session.connection().exec_driver_sql("update ledger_entry set state = 'approved'")
    with pytest.raises(Clash, match="period_closed"):
        books.do(books.posting(entry_id))
