"""The menu on a row."""

import pytest
from PySide6.QtGui import QAction
from PySide6.QtWidgets import QMenu, QWidget
from pytestqt.qtbot import QtBot

from app.ui.kit.text import tr
from app.ui.pages.schedule.menu import ENTRIES, row_menu

CHANGES = {"insert", "delete", "indent", "outdent", "unlink"}


def by_key(menu: QMenu) -> dict[str, QAction]:
    """The entries under the keys of their buttons."""
    keys = {tr(entry[2]): entry[0] for entry in ENTRIES if entry is not None}
    return {keys[action.text()]: action for action in menu.actions() if action.text()}


@pytest.fixture
def parent(qtbot: QtBot) -> QWidget:
    made = QWidget()
    qtbot.addWidget(made)
    return made


def offered(parent: QWidget, selected: int, *, may_edit: bool) -> set[str]:
    menu = row_menu(parent, selected, may_edit, lambda _key: None)
    return {key for key, action in by_key(menu).items() if action.isEnabled()}


@pytest.mark.parametrize(
    ("selected", "may_edit", "can"),
    [
        (1, True, {"form", *CHANGES}),
        (3, True, {"link", *CHANGES}),
        (1, False, {"form"}),
        (3, False, set()),
    ],
)
def test_it_offers_what_can_be_done(
    parent: QWidget, selected: int, may_edit: bool, can: set[str]
) -> None:
    assert offered(parent, selected, may_edit=may_edit) == can


def test_an_entry_presses_its_button(parent: QWidget) -> None:
    pressed: list[str] = []
    entries = by_key(row_menu(parent, 2, True, pressed.append))
    for key in ("insert", "link", "outdent"):
        entries[key].trigger()
    assert pressed == ["insert", "link", "outdent"]
