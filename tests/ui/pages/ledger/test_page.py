"""The ledger page: by job and state, by keys, empty, and for the company."""

from pathlib import Path

from openpyxl import load_workbook
from PySide6.QtCore import Qt
from pytestqt.qtbot import QtBot

from app.core.ledger import EntryState
from app.core.people import MONEY, Job
from app.ui.pages.ledger import ledger_page
from app.ui.pages.ledger.entry_dialog import EntryDialog
from tests.services.ledger.books import Books
from tests.ui.pages.company import CHEN, ME
from tests.ui.pages.conftest import OpenPage, settle
from tests.ui.pages.ledger.conftest import CLERK, OpenLedger
from tests.ui.pages.window import Waiting, tools_of

CONTROL = Qt.KeyboardModifier.ControlModifier
DEEDS = ("new", "edit", "submit", "approve", "return", "post", "reverse")


def test_only_those_whose_job_is_money_see_the_page() -> None:
    spec = ledger_page(tools_of(ME, Waiting()))
    for job in Job:
        assert spec.is_open_to(frozenset({job.value})) is (job in MONEY), job
    assert not spec.is_open_to(frozenset())


def test_entries_lines_and_months(open_ledger: OpenLedger, books: Books) -> None:
    books.brought_to(EntryState.POSTED, "7.00")
    newest = books.draft("88000.50")
    _, page = open_ledger()
    assert [entry.amount for entry in page.model.rows] == [88000.50, 7]
    chosen = page.table.view.current_row()
    assert chosen is not None
    assert chosen.id == newest
    assert [row.debit for row in page.lines.model.rows][-1] == chosen.amount
    assert page.months.words == ["2026-03 未结账"]
    assert page.status_hint() == "暂-3F9A-1 · 暂编 · 草稿"


def test_buttons_follow_job_and_state(open_ledger: OpenLedger, books: Books) -> None:
    books.draft()
    _, page = open_ledger()
    visible = {deed for deed in DEEDS if page.toolbar.button(deed).isVisible()}
    assert visible == {"new", "edit", "submit", "post", "reverse"}
    enabled = {deed for deed in visible if page.toolbar.button(deed).isEnabled()}
    assert enabled == {"new", "edit", "submit"}
    assert page.months.close_button.isVisible()


def test_who_may_only_look(open_page: OpenPage, books: Books, qtbot: QtBot) -> None:
    books.draft()
    window = open_page(ledger_page, CHEN)
    window.context.project.choose(books.project_id)
    window.page.project_changed(books.project_id)
    settle(qtbot, window)
    page = window.page
    assert not [deed for deed in DEEDS if page.toolbar.button(deed).isVisible()]  # type: ignore[attr-defined]


def test_keys(open_ledger: OpenLedger, books: Books, qtbot: QtBot) -> None:
    entry_id = books.draft()
    window, page = open_ledger()
    qtbot.keyClick(page.table.view, Qt.Key.Key_T, CONTROL)
    settle(qtbot, window)
    assert books.entry(entry_id).state is EntryState.SUBMITTED
    qtbot.keyClick(page.table.view, Qt.Key.Key_E, CONTROL)
    (dialog,) = page.findChildren(EntryDialog)
    assert dialog.isVisible()
    dialog.reject()
    qtbot.waitUntil(lambda: not page.findChildren(EntryDialog))


def test_nothing_yet(open_ledger: OpenLedger, books: Books, qtbot: QtBot) -> None:
    _, page = open_ledger()
    assert page.model.rows == ()
    empty = page.table.findChildren(type(page._empty))[0]
    assert empty.isVisible()
    assert page.status_hint() == ""


def test_what_colleagues_do_appears(open_ledger: OpenLedger, books: Books, qtbot: QtBot) -> None:
    window, page = open_ledger(ME)
    entry_id = books.draft()
    settle(qtbot, window)
    assert [entry.id for entry in page.model.rows] == [entry_id]
    assert page.lines.words == "王芳 制单"


def test_the_companys_own_books_without_a_project(
    open_page: OpenPage, books: Books, qtbot: QtBot
) -> None:
    books.draft()
    window = open_page(ledger_page, CLERK)
    assert window.page.model.rows == ()  # type: ignore[attr-defined]


def test_the_list_is_exported(
    open_ledger: OpenLedger, books: Books, qtbot: QtBot, tmp_path: Path
) -> None:
    books.brought_to(EntryState.POSTED)
    window, page = open_ledger()
    with qtbot.waitSignal(page.table.exported):
        page.table.export_to(tmp_path / "ledger.xlsx")
    sheet = load_workbook(tmp_path / "ledger.xlsx").worksheets[0]
    assert [sheet.cell(row, 1).value for row in (1, 2)] == ["编号", "记-2026-0001"]
    settle(qtbot, window)
