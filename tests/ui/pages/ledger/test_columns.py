"""Entries and lines in words."""

from decimal import Decimal

import pytest
from pytestqt.qtbot import QtBot

from app.core.ledger import EntryState, Posting
from app.services.ledger.queries import EntryView
from app.ui.kit.status import Status
from app.ui.kit.text import texts
from app.ui.pages.ledger.columns import (
    ENTRY_COLUMNS,
    LINE_COLUMNS,
    STATES,
    line_rows,
    say_entry_number,
    say_state,
)
from tests.services.ledger.books import Books


def said(entry: EntryView) -> dict[str, str]:
    return {column.key: column.say(entry) for column in ENTRY_COLUMNS}


def test_an_entry_in_a_row(books: Books, qtbot: QtBot) -> None:
    words = said(books.entry(books.brought_to(EntryState.POSTED, "2600000.50")))
    assert (words["number"], words["amount"]) == ("记-2026-0001", "2,600,000.50")
    assert (words["business_date"], words["state"]) == ("2026-03-02", "已过账")


def test_a_provisional_number_says_that_it_is_one(books: Books, qtbot: QtBot) -> None:
    entry = books.entry(books.draft())
    assert say_entry_number(entry) == "暂-3F9A-1 · 暂编"
    texts().set_language("en")
    try:
        assert say_entry_number(entry) == "3F9A-1 · provisional"
    finally:
        texts().set_language("zh_CN")
    (tone,) = [column.tone for column in ENTRY_COLUMNS if column.key == "number"]
    assert tone is not None
    assert tone(entry) == "waiting"


@pytest.mark.parametrize(
    ("state", "status", "words"),
    [
        (EntryState.DRAFT, Status.DRAFT, "草稿"),
        (EntryState.SUBMITTED, Status.WAITING, "待审核"),
        (EntryState.RETURNED, Status.OVERDUE, "已退回"),
        (EntryState.APPROVED, Status.RUNNING, "已审核"),
        (EntryState.POSTED, Status.DONE, "已过账"),
    ],
)
def test_states(books: Books, qtbot: QtBot, state: EntryState, status: Status, words: str) -> None:
    entry = books.entry(books.brought_to(state))
    assert (STATES[entry.state], say_state(entry)) == (status, words)


def test_what_was_taken_back_says_so(books: Books, qtbot: QtBot) -> None:
    entry_id = books.brought_to(EntryState.POSTED)
    books.do(books.reversing(entry_id))
    assert say_state(books.entry(entry_id)) == "已冲销"


def test_lines_and_their_totals(qtbot: QtBot) -> None:
    lines = (
        Posting("5401.02", "钢筋", Decimal("1500.25"), Decimal(0)),
        Posting("2202", "", Decimal(0), Decimal("1500.25")),
    )
    rows = line_rows(lines, {"2202": "应付账款"})
    table = [[column.say(row) for column in LINE_COLUMNS] for row in rows]
    assert table == [
        ["5401.02", "", "钢筋", "1,500.25", ""],
        ["2202", "应付账款", "", "", "1,500.25"],
        ["", "合计", "", "1,500.25", "1,500.25"],
    ]
    assert line_rows((), {}) == []
