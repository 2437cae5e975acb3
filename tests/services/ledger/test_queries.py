"""What pages read of a ledger."""

from datetime import date

from app.core.ledger import EntryState, PeriodState
from app.services.ledger.queries import next_counter, open_day, show_ledger
from tests.services.ledger.books import DAY, Books


def test_newest_day_first_and_the_months_that_matter(books: Books) -> None:
    first = books.draft(day=date(2026, 2, 1))
    second = books.draft(day=DAY)
    books.do(books.closing(2026, 1))
    with books.office.read() as session:
        found = show_ledger(session, books.project_id, date(2026, 5, 1))
    assert [entry.id for entry in found.entries] == [second, first]
    assert [(one.month, one.state) for one in found.periods] == [
        (1, PeriodState.CLOSED),
        (2, PeriodState.OPEN),
        (3, PeriodState.OPEN),
        (5, PeriodState.OPEN),
    ]


def test_the_next_provisional_number_of_a_device(books: Books) -> None:
    with books.office.read() as session:
        assert next_counter(session, "3F9A") == 1
    books.draft()
    books.brought_to(EntryState.POSTED)
    with books.office.read() as session:
        assert next_counter(session, "3F9A") == 2
        assert next_counter(session, "0000") == 1


def test_a_day_moves_to_the_next_open_month(books: Books) -> None:
    books.do(books.closing(2025, 12))
    books.do(books.closing(2026, 1))
    with books.office.read() as session:
        assert open_day(session, books.project_id, date(2025, 12, 5)) == date(2026, 2, 1)
        assert open_day(session, books.project_id, DAY) == DAY
