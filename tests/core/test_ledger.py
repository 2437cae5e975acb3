"""Rules of a ledger: balance, content, numbers, days."""

from datetime import UTC, date, datetime
from decimal import Decimal
from uuid import UUID

import pytest
from hypothesis import given
from hypothesis import strategies as st

from app.core.ledger import (
    LARGEST,
    Account,
    Posting,
    content_hash,
    difference,
    latest_date,
    line_faults,
    month_after,
    number_text,
    provisional_number,
    read_number,
    site_date,
    total,
)

SCOPE, ENTRY = UUID(int=1), UUID(int=2)
amounts = st.decimals(Decimal("0.01"), 10**12, places=2)


def debit(amount: str) -> Posting:
    return Posting("5401.01", "", Decimal(amount), Decimal(0))


def credit(amount: str) -> Posting:
    return Posting("2202", "", Decimal(0), Decimal(amount))


def reasons(*lines: Posting) -> list[str]:
    return [fault.reason.text_id for fault in line_faults(lines)]


def test_a_balanced_entry_has_no_fault() -> None:
    lines = (debit("100.10"), debit("0.40"), credit("100.50"))
    assert line_faults(lines) == ()
    assert difference(lines) == 0
    assert total(lines) == Decimal("100.50")


def test_all_faults_are_told() -> None:
    assert reasons(debit("1")) == ["ledger.too_few_lines"]
    assert reasons(debit("1"), credit("2")) == ["ledger.unbalanced"]
    both = Posting("1002", "", Decimal(1), Decimal(1))
    none = Posting("1002", "", Decimal(0), Decimal(0))
    fine = Posting("1002", "", Decimal("0.001"), Decimal(0))
    assert reasons(both, none, fine) == ["ledger.one_side", "ledger.one_side", "ledger.no_amount"]
    assert [fault.where for fault in line_faults((both, none, fine))] == ["1", "2", "3"]


@pytest.mark.parametrize("amount", [Decimal(-1), Decimal("NaN"), Decimal("Infinity"), LARGEST])
def test_what_is_no_amount(amount: Decimal) -> None:
    assert reasons(Posting("1002", "", amount, Decimal(0)), credit("1")) == ["ledger.no_amount"]


@given(st.lists(st.tuples(st.booleans(), amounts), min_size=1, max_size=8))
def test_swapped_lines_take_the_others_back(drawn: list[tuple[bool, Decimal]]) -> None:
    lines = [Posting("1", "", a if left else Decimal(0), Decimal(0) if left else a)
             for left, a in drawn]  # fmt: skip
    back = [line.swapped() for line in lines]
    assert difference([*lines, *back]) == 0
    assert [line.swapped() for line in back] == lines


def test_the_hash_tells_any_difference() -> None:
    facts = {"summary": "甲", "party": "乙"}
    lines = (debit("1"), credit("1"))
    known = content_hash(SCOPE, ENTRY, facts, lines)
    assert known == content_hash(SCOPE, ENTRY, dict(reversed(facts.items())), lines)
    assert known == content_hash(SCOPE, ENTRY, facts, (debit("1.00"), credit("1.00")))
    others = {
        content_hash(ENTRY, ENTRY, facts, lines),
        content_hash(SCOPE, SCOPE, facts, lines),
        content_hash(SCOPE, ENTRY, {"summary": "甲乙", "party": ""}, lines),
        content_hash(SCOPE, ENTRY, facts, lines[::-1]),
        content_hash(SCOPE, ENTRY, facts, (debit("2"), credit("2"))),
        known,
    }
    assert len(others) == 6


@given(st.integers(1990, 2200), st.integers(1, 10**8))
def test_a_number_is_read_again(year: int, serial: int) -> None:
    assert read_number(number_text("记", year, serial)) == ("记", year, serial)


@pytest.mark.parametrize(
    "text", ["", "记-2026-1", "记-2026-00001", "记-26-0001", "-2026-0001", "x"]
)
def test_what_is_no_number(text: str) -> None:
    assert read_number(text) is None


def test_a_provisional_number_is_no_official_one() -> None:
    assert provisional_number("3F9A", 12) == "暂-3F9A-12"
    assert read_number(provisional_number("3F9A", 2026)) is None


def test_days_are_those_of_the_site() -> None:
    late = datetime(2026, 3, 31, 17, tzinfo=UTC)
    assert site_date(late) == date(2026, 4, 1)
    assert latest_date(late) == date(2026, 4, 2)
    assert month_after(2026, 12) == (2027, 1)
    assert month_after(2026, 1) == (2026, 2)


def test_an_account_has_a_name_in_both_languages() -> None:
    account = Account("1002", "银行存款", "Bank", date(2007, 1, 1), "x", False)
    assert (account.name("zh_CN"), account.name("en")) == ("银行存款", "Bank")
