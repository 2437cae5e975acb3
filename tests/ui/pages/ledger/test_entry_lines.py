"""The chosen entry in full."""

from dataclasses import replace

from pytestqt.qtbot import QtBot

from app.core.ledger import EntryState
from app.ports.accounts import accounts
from app.ui.pages.ledger.entry_lines import EntryLines
from tests.services.ledger.books import Books
from tests.ui.pages.company import ME
from tests.ui.pages.ledger.conftest import CLERK
from tests.ui.pages.window import Waiting, tools_of


def test_people_lines_and_totals(books: Books, qtbot: QtBot) -> None:
    shown = EntryLines(replace(tools_of(CLERK, Waiting()), accounts=accounts))
    qtbot.addWidget(shown)
    shown.set_names({CLERK: "王芳", ME: "周明远"})
    entry_id = books.brought_to(EntryState.POSTED)
    shown.show_entry(books.entry(entry_id), "zh_CN")
    assert shown.words == "王芳 制单 · 王芳 提交 · 周明远 审核 · 王芳 过账"
    assert [row.name for row in shown.model.rows] == ["工程施工—人工费", "应付账款", "合计"]
    shown.show_entry(books.entry(entry_id), "en")
    assert shown.model.rows[1].name == "Accounts payable"
    reversal = books.reversing(entry_id)
    books.do(reversal)
    shown.show_entry(books.entry(reversal.reversal_id), "zh_CN")
    assert shown.words.startswith("冲销凭证 · ")
    shown.show_entry(None, "zh_CN")
    assert (shown.words, shown.model.rows) == ("", ())
