"""What came back, asked once more."""

from datetime import UTC, date, datetime

import msgspec
import pytest

from app.core.ledger import EntryState
from app.services.commands import Command
from app.services.ledger.again import asked_again
from app.services.ledger.entries import EditEntry
from app.services.ledger.posting import ReverseEntry
from tests.services.ledger.books import DAY, Books, lines

FEBRUARY = date(2026, 2, 20)
ISSUED = datetime(2026, 3, 2, 3, tzinfo=UTC)
CLOSED, FUTURE = "ledger.period_closed", "ledger.date_in_future"


def again(books: Books, command: Command, reason_id: str) -> Command | None:
    with books.office.read() as session:
        return asked_again(session, command, reason_id, ISSUED)


def test_a_draft_moves_to_the_open_month(books: Books) -> None:
    command = books.drafting(day=FEBRUARY)
    books.do(books.closing(2026, 2))
    moved = again(books, command, CLOSED)
    assert moved == msgspec.structs.replace(command, business_date=date(2026, 3, 1))
    assert moved is not None
    books.do(moved)
    assert books.entry(command.entry_id).business_date == date(2026, 3, 1)
    far = books.drafting(day=date(2999, 1, 1))
    assert again(books, far, FUTURE) == msgspec.structs.replace(far, business_date=DAY)
    assert again(books, far, "some.other") is None


def test_an_entry_that_cannot_be_submitted_is_moved(books: Books) -> None:
    entry_id = books.draft(day=FEBRUARY)
    command = books.submitting(entry_id)
    books.do(books.closing(2026, 2))
    moved = again(books, command, CLOSED)
    assert isinstance(moved, EditEntry)
    books.do(moved)
    books.do(books.submitting(entry_id))
    assert books.entry(entry_id).state is EntryState.SUBMITTED


def test_an_edit_is_based_on_what_stands_there_and_moves(books: Books) -> None:
    entry_id = books.draft(day=FEBRUARY)
    mine = books.editing(entry_id, lines=lines("7"))
    books.do(books.editing(entry_id, lines=lines("8")))
    rebased = again(books, mine, "reconcile.changed_meanwhile")
    assert rebased is not None
    books.do(rebased)
    assert books.entry(entry_id).amount == 7
    late = books.editing(entry_id, summary="甲")
    books.do(books.closing(2026, 2))
    moved = again(books, late, CLOSED)
    assert moved is not None
    books.do(moved)
    found = books.entry(entry_id)
    assert (found.summary, found.business_date) == ("甲", date(2026, 3, 1))


@pytest.mark.parametrize("reason_id", ["ledger.approved_meanwhile", "ledger.posted_meanwhile"])
def test_nothing_is_asked_of_what_is_judged(books: Books, reason_id: str) -> None:
    entry_id = books.brought_to(EntryState.DRAFT)
    assert again(books, books.editing(entry_id, summary="甲"), reason_id) is None
    gone = msgspec.structs.replace(books.editing(entry_id, summary="甲"), entry_id=books.project_id)
    assert again(books, gone, CLOSED) is None


def test_a_posting_asks_for_a_new_number(books: Books) -> None:
    entry_id = books.brought_to(EntryState.APPROVED)
    asked = books.posting(entry_id, "记-2026-0001")
    assert again(books, asked, "ledger.number_taken") == books.posting(entry_id)
    assert again(books, books.posting(entry_id), CLOSED) is None


def test_a_reversal_moves_with_its_correction(books: Books) -> None:
    entry_id = books.brought_to(EntryState.POSTED)
    command = books.reversing(entry_id, FEBRUARY, corrects=True)
    books.do(books.closing(2026, 2))
    moved = again(books, command, CLOSED)
    assert isinstance(moved, ReverseEntry)
    assert moved.correction is not None
    assert moved.business_date == moved.correction.business_date == date(2026, 3, 1)
    books.do(moved)
