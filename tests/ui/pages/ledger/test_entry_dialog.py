"""The form of an entry: nothing is sent that does not balance, nothing typed is lost."""

from decimal import Decimal

import pytest
from PySide6.QtCore import Qt
from pytestqt.qtbot import QtBot

from app.core.errors import GantryError, Refused
from app.ports.accounts import accounts
from app.services.ledger.content import LineOf
from app.ui.pages.ledger.entry_dialog import EntryDialog, Finish
from tests.services.ledger.books import DAY, Books, lines
from tests.ui.pages.ledger.test_lines_editor import fill

Sent = tuple[dict[str, object], tuple[LineOf, ...], Finish]


@pytest.fixture
def sent() -> list[Sent]:
    return []


def opened(qtbot: QtBot, sent: list[Sent], books: Books | None = None) -> EntryDialog:
    entry = None if books is None else books.entry(books.draft("88000.50"))
    dialog = EntryDialog(
        None,
        "新建凭证",
        accounts(),
        lambda values, typed, finish: sent.append((values, typed, finish)),
        today=DAY,
        entry=entry,
    )
    qtbot.addWidget(dialog)
    return dialog


def test_what_is_wrong_is_said_and_nothing_is_sent(qtbot: QtBot, sent: list[Sent]) -> None:
    dialog = opened(qtbot, sent)
    fill(dialog.lines, 0, "5401.02", debit="7")
    fill(dialog.lines, 1, "2202", credit="6")
    dialog.submit()
    assert sent == []
    assert dialog.refusal == "借贷不平，相差 1.00 元。请修改分录，使借方合计等于贷方合计。"
    dialog.form.set_values({"summary": "甲"})
    fill(dialog.lines, 1, "2202", credit="7")
    qtbot.keyClick(dialog, Qt.Key.Key_Return)
    assert sent == []
    dialog.submit()
    ((values, typed, _),) = sent
    assert (values["business_date"], values["summary"]) == (DAY, "甲")
    assert [line.debit for line in typed] == [Decimal(7), Decimal(0)]


def test_an_entry_is_shown_as_it_is(qtbot: QtBot, books: Books, sent: list[Sent]) -> None:
    dialog = opened(qtbot, sent, books)
    dialog.submit()
    ((values, typed, _),) = sent
    assert (values["summary"], values["party"]) == ("入账商品混凝土", "滨江建材")
    assert typed == lines("88000.50")


def test_a_refusal_keeps_what_was_typed(qtbot: QtBot, books: Books, sent: list[Sent]) -> None:
    dialog = opened(qtbot, sent, books)
    dialog.submit()
    ((_, _, finish),) = sent
    refusal: GantryError = Refused("ledger.gone")
    finish(refusal)
    assert dialog.refusal.startswith("服务器上没有这张凭证")
    assert dialog.action.isEnabled()
    assert dialog.lines.lines() == lines("88000.50")
    with qtbot.waitSignal(dialog.accepted):
        finish(None)
