"""What came into a closed month, settled in the inbox by keys."""

from datetime import date

from PySide6.QtCore import Qt
from pytestqt.qtbot import QtBot

from app.core.ledger import EntryState
from app.core.reconcile import ConflictState
from app.services.reconcile import list_conflicts
from app.ui.pages.reconcile import reconcile_page
from app.ui.pages.reconcile.page import ReconcilePage
from tests.services.ledger.books import Books
from tests.ui.pages.conftest import OpenPage, settle
from tests.ui.pages.ledger.conftest import CLERK
from tests.ui.pages.reconcile.test_page import press
from tests.ui.pages.window import PageWindow

ALT, CONTROL = Qt.KeyboardModifier.AltModifier, Qt.KeyboardModifier.ControlModifier
FEBRUARY = date(2026, 2, 3)


def opened(open_page: OpenPage, qtbot: QtBot) -> tuple[PageWindow, ReconcilePage]:
    window = open_page(reconcile_page, CLERK)
    page = window.page
    assert isinstance(page, ReconcilePage)
    page.list.choose(page.list.items[0].id)
    settle(qtbot, window)
    return window, page


def states(books: Books) -> list[ConflictState]:
    with books.office.read() as session:
        return [one.state for one in list_conflicts(session)]


def test_a_late_draft_moves_to_the_open_month(
    open_page: OpenPage, books: Books, qtbot: QtBot
) -> None:
    late = books.drafting("88000.50", FEBRUARY)
    books.do(books.closing(2026, 2))
    books.office.run_late(late, CLERK)
    window, page = opened(open_page, qtbot)
    assert page.conflict_foot.mine.text() == "移到可用日期"
    assert page.conflict_foot.theirs.text() == "撤回"
    press(qtbot, window, Qt.Key.Key_1, ALT)
    press(qtbot, window, Qt.Key.Key_Return, CONTROL)
    assert states(books) == [ConflictState.RESOLVED]
    assert books.entry(late.entry_id).business_date == date(2026, 3, 1)


def test_a_late_draft_is_taken_back(open_page: OpenPage, books: Books, qtbot: QtBot) -> None:
    late = books.drafting(day=FEBRUARY)
    books.do(books.closing(2026, 2))
    books.office.run_late(late, CLERK)
    window, _ = opened(open_page, qtbot)
    press(qtbot, window, Qt.Key.Key_2, ALT)
    press(qtbot, window, Qt.Key.Key_Return, CONTROL)
    assert states(books) == [ConflictState.RESOLVED]
    assert books.ledger().entries == ()


def test_what_is_approved_is_only_put_away(open_page: OpenPage, books: Books, qtbot: QtBot) -> None:
    entry_id = books.brought_to(EntryState.SUBMITTED)
    edit = books.editing(entry_id, summary="甲")
    books.do(books.approving(entry_id), books.approver)
    books.office.run_late(edit, CLERK)
    _, page = opened(open_page, qtbot)
    assert not page.conflict_foot.mine.isEnabled()
    assert page.conflict_foot.theirs.isEnabled()
