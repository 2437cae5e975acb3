"""Forms and questions about an entry, and what comes of them."""

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QDialog
from pytestqt.qtbot import QtBot

from app.core.ledger import EntryKind, EntryState, PeriodState
from app.ui.kit.dialogs import Dialog, FormDialog
from app.ui.pages.ledger.page import LedgerPage
from tests.services.ledger.books import Books, lines
from tests.ui.pages.company import ME
from tests.ui.pages.conftest import settle
from tests.ui.pages.ledger.conftest import OpenLedger
from tests.ui.pages.window import PageWindow


def confirmed(qtbot: QtBot, window: PageWindow, page: LedgerPage) -> None:
    dialog = next(one for one in page.findChildren(Dialog) if one.isVisible())
    with qtbot.waitSignal(dialog.finished):
        qtbot.keyClick(dialog, Qt.Key.Key_Return)
    settle(qtbot, window)


def sent(qtbot: QtBot, window: PageWindow, dialog: FormDialog) -> None:
    with qtbot.waitSignal(dialog.finished):
        dialog.form.submit()
    settle(qtbot, window)


def test_a_new_entry_gets_the_next_provisional_number(
    open_ledger: OpenLedger, books: Books, qtbot: QtBot
) -> None:
    window, page = open_ledger()
    for number in (1, 2):
        dialog = page.acts.new(books.project_id)
        dialog.form.set_values({"summary": f"第 {number} 张", "party": ""})
        dialog.lines.set_lines(lines("5"))
        with qtbot.waitSignal(dialog.finished):
            dialog.submit()
        settle(qtbot, window)
    assert {entry.provisional for entry in books.ledger().entries} == {"暂-0000-1", "暂-0000-2"}
    chosen = page.table.view.current_row()
    assert chosen is not None
    assert chosen.summary == "第 2 张"


def test_an_edit_goes_through_the_same_form(
    open_ledger: OpenLedger, books: Books, qtbot: QtBot
) -> None:
    entry_id = books.draft()
    window, page = open_ledger()
    dialog = page.acts.edit(books.project_id, books.entry(entry_id))
    dialog.form.set_values({"summary": "改过"})
    with qtbot.waitSignal(dialog.finished):
        dialog.submit()
    settle(qtbot, window)
    assert books.entry(entry_id).summary == "改过"
    unchanged = page.acts.edit(books.project_id, books.entry(entry_id))
    with qtbot.waitSignal(unchanged.finished) as ended:
        unchanged.submit()
    assert ended.args == [QDialog.DialogCode.Accepted.value]


def test_from_draft_to_posted_and_back(open_ledger: OpenLedger, books: Books, qtbot: QtBot) -> None:
    entry_id = books.draft()
    window, page = open_ledger()
    page.acts.submit(books.project_id, books.entry(entry_id))
    settle(qtbot, window)
    books.do(books.approving(entry_id), ME)
    page.acts.post(books.project_id, books.entry(entry_id))
    confirmed(qtbot, window, page)
    assert books.entry(entry_id).state is EntryState.POSTED
    sent(qtbot, window, page.acts.reverse(books.project_id, books.entry(entry_id)))
    kinds = [entry.kind for entry in books.ledger().entries]
    assert kinds.count(EntryKind.REVERSAL) == 1
    closing = page.acts.close(books.project_id, page.months.open_months)
    sent(qtbot, window, closing)
    assert books.ledger().periods[0].state is PeriodState.CLOSED


def test_approving_and_giving_back(open_ledger: OpenLedger, books: Books, qtbot: QtBot) -> None:
    entry_id = books.brought_to(EntryState.SUBMITTED)
    window, page = open_ledger(ME)
    page.acts.approve(books.project_id, books.entry(entry_id))
    settle(qtbot, window)
    assert books.entry(entry_id).approved_by == ME
    dialog = page.acts.give_back(books.project_id, books.entry(entry_id))
    dialog.form.set_values({"remark": "缺发票"})
    sent(qtbot, window, dialog)
    assert books.entry(entry_id).remark == "缺发票"


def test_what_changed_meanwhile_is_said(
    open_ledger: OpenLedger, books: Books, qtbot: QtBot
) -> None:
    entry_id = books.brought_to(EntryState.SUBMITTED)
    window, page = open_ledger(ME)
    seen = books.entry(entry_id)
    books.do(books.editing(entry_id, party="别处"))
    page.acts.approve(books.project_id, seen)
    settle(qtbot, window)
    (shown,) = [one for one in page.findChildren(Dialog) if one.isVisible()]
    assert books.entry(entry_id).state is EntryState.DRAFT
    shown.reject()
