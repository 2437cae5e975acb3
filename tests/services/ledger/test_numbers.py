"""Official numbers: no gap, no repeat, one row a scope, series and year."""

from datetime import date

import pytest

from app.core.errors import Refused
from app.core.ledger import EntryState
from app.services.ledger.numbers import FURTHEST
from app.services.tx import Clash
from tests.services.ledger.books import Books


def number_of_next(books: Books, day: date = date(2026, 3, 2)) -> str:
    return books.entry(books.brought_to(EntryState.POSTED, day=day)).number


def test_each_year_counts_for_itself(books: Books) -> None:
    days = (date(2026, 3, 1), date(2025, 12, 31), date(2026, 3, 2), date(2025, 1, 1))
    found = [number_of_next(books, day) for day in days]
    assert found == ["记-2026-0001", "记-2025-0001", "记-2026-0002", "记-2025-0002"]


def test_what_is_refused_uses_no_number(books: Books) -> None:
    entry_id = books.brought_to(EntryState.APPROVED)
    posting = books.posting(entry_id)
    for number in ("记-2025-0001", "收-2026-0001", f"记-2026-{FURTHEST + 1}", "记-2026-0000"):
        with pytest.raises(Refused, match="number_unlikely"):
            books.do(books.posting(entry_id, number))
    books.do(posting)
    assert books.entry(entry_id).number == "记-2026-0001"
    assert number_of_next(books) == "记-2026-0002"


def test_numbers_handed_back_are_used_again_and_stepped_over(books: Books) -> None:
    first, second, third = (books.brought_to(EntryState.APPROVED) for _ in range(3))
    books.do(books.posting(second, "记-2026-0002"))
    books.do(books.posting(first, "记-2026-0001"))
    with pytest.raises(Clash, match="number_taken"):
        books.do(books.posting(third, "记-2026-0002"))
    books.do(books.posting(third))
    assert books.entry(third).number == "记-2026-0003"
    assert number_of_next(books) == "记-2026-0004"


def test_a_gap_left_by_a_restore_is_filled_first(books: Books) -> None:
    entry_id = books.brought_to(EntryState.APPROVED)
    books.do(books.posting(entry_id, "记-2026-0003"))
    assert [number_of_next(books) for _ in range(3)] == [
        "记-2026-0001",
        "记-2026-0002",
        "记-2026-0004",
    ]
