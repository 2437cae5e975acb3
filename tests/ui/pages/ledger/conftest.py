"""The books of the riverside project: Wang Fang writes and posts, Zhou Mingyuan approves."""

from collections.abc import Callable
from datetime import UTC, date, datetime, time

import pytest
from pytestqt.qtbot import QtBot

from app.core.people import Job
from app.ui.pages.ledger import ledger_page
from app.ui.pages.ledger.page import LedgerPage
from tests.services.ledger.books import Books
from tests.ui.pages.company import ME, TODAY, Company
from tests.ui.pages.conftest import OpenPage, settle
from tests.ui.pages.window import PageWindow

CLERK = "wang.fang"
DAY = date(2026, 3, 2)

OpenLedger = Callable[..., tuple[PageWindow, LedgerPage]]


@pytest.fixture
def books(company: Company) -> Books:
    """Empty books."""
    company.now = datetime.combine(TODAY, time(1), UTC)
    company.employ(CLERK, "王芳", Job.FINANCE_CLERK, scope_id=company.riverside)
    return Books(company, company.riverside, author=CLERK, approver=ME)


@pytest.fixture
def open_ledger(open_page: OpenPage, books: Books, qtbot: QtBot) -> OpenLedger:
    """Opens the page on these books as somebody."""

    def open_one(login: str = CLERK) -> tuple[PageWindow, LedgerPage]:
        window = open_page(ledger_page, login)
        assert isinstance(window.page, LedgerPage)
        window.context.project.choose(books.project_id)
        window.page.project_changed(books.project_id)
        settle(qtbot, window)
        return window, window.page

    return open_one
