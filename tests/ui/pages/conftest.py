"""A believable company, built once and copied for each test, and windows with one page of it."""

from collections.abc import Callable, Iterator
from pathlib import Path

import pytest
from pytestqt.qtbot import QtBot

from app.ui.kit.page import PageSpec
from app.ui.pages.tools import PageTools
from tests.ui.pages.company import ME, Company
from tests.ui.pages.window import PageWindow

WIDE = (1416, 924)

OpenPage = Callable[..., PageWindow]


@pytest.fixture(scope="session")
def built_company(tmp_path_factory: pytest.TempPathFactory) -> Company:
    """The company as it is at first."""
    company = Company(tmp_path_factory.mktemp("company") / "company.db")
    company.close()
    return company


@pytest.fixture
def company(built_company: Company, tmp_path: Path) -> Iterator[Company]:
    """The company on a file of this test's own."""
    copied = built_company.copy_to(tmp_path / "company.db")
    yield copied
    copied.close()


@pytest.fixture
def open_page(company: Company, qtbot: QtBot) -> Iterator[OpenPage]:
    """Opens a page as somebody and waits until it has read what it shows."""
    opened: list[PageWindow] = []

    def open_one(make: Callable[[PageTools], PageSpec], login: str = ME) -> PageWindow:
        window = PageWindow(company, make, login)
        opened.append(window)
        window.resize(*WIDE)
        with qtbot.waitActive(window):
            window.show()
            window.activateWindow()
        window.page.activated(None)
        settle(qtbot, window)
        return window

    yield open_one
    for window in opened:
        assert not window.failures, window.failures
        window.context.toasts.dismiss()
        window.shut()
        window.deleteLater()


def settle(qtbot: QtBot, window: PageWindow) -> None:
    """Waits until nothing is read or written, and all was told."""
    quiet = 0

    def at_rest() -> bool:
        nonlocal quiet
        quiet = quiet + 1 if window.runner.is_idle() else 0
        return quiet > 4

    qtbot.waitUntil(at_rest, timeout=20_000)
