"""The navigation at the left."""

import pytest
from PySide6.QtCore import Qt
from pytestqt.qtbot import QtBot

from app.ui.kit.measures import NAVIGATION, NAVIGATION_NARROW
from app.ui.kit.page import Page, PageSpec
from app.ui.kit.text import texts
from app.ui.shell.navigation import Navigation, NavigationItem


def spec(key: str, group: int = 0) -> PageSpec:
    return PageSpec(key, "home", "kit.undo", lambda context: Page(context, "kit.undo"), group=group)


@pytest.fixture
def navigation(qtbot: QtBot) -> Navigation:
    made = Navigation([spec("a"), spec("b", 1), spec("z", -1), spec("c", 1)])
    qtbot.addWidget(made)
    made.resize(NAVIGATION, 600)
    with qtbot.waitActive(made):
        made.show()
    made.select("a")
    return made


def item(navigation: Navigation, key: str) -> NavigationItem:
    found = navigation.findChildren(NavigationItem)
    return next(one for one in found if one.spec.key == key)


def test_arrows_move_and_enter_chooses(qtbot: QtBot, navigation: Navigation) -> None:
    navigation.focus_current()
    assert item(navigation, "a").hasFocus()
    qtbot.keyClick(item(navigation, "a"), Qt.Key.Key_Down)
    assert item(navigation, "b").hasFocus()
    with qtbot.waitSignal(navigation.chosen) as told:
        qtbot.keyClick(item(navigation, "b"), Qt.Key.Key_Return)
    assert told.args == ["b"]
    qtbot.keyClick(item(navigation, "b"), Qt.Key.Key_Up)
    assert item(navigation, "a").hasFocus()


def test_a_click_chooses_and_never_unchecks(qtbot: QtBot, navigation: Navigation) -> None:
    with qtbot.waitSignal(navigation.chosen):
        qtbot.mouseClick(item(navigation, "a"), Qt.MouseButton.LeftButton)
    assert item(navigation, "a").isChecked()


def test_counts_are_shown_and_said(navigation: Navigation) -> None:
    navigation.set_count("b", 5)
    navigation.set_count("unknown", 5)
    assert item(navigation, "b").count == 5
    assert item(navigation, "b").accessibleName() == "撤销 5"
    navigation.set_count("b", 0)
    assert item(navigation, "b").accessibleName() == "撤销"


def test_folding(qtbot: QtBot, navigation: Navigation) -> None:
    with qtbot.waitSignal(navigation.narrowed) as told:
        navigation.toggle()
    assert told.args == [True]
    assert navigation.width() == NAVIGATION_NARROW
    assert item(navigation, "a").toolTip() == "撤销"
    texts().set_language("en")
    assert item(navigation, "a").toolTip() == "Undo"
    navigation.toggle()
    assert navigation.width() == NAVIGATION


def test_a_full_width_page_folds_only_for_itself(navigation: Navigation) -> None:
    navigation.narrow_for_page(True)
    assert navigation.width() == NAVIGATION_NARROW
    assert not navigation.is_narrow
    navigation.narrow_for_page(False)
    assert navigation.width() == NAVIGATION


def test_settings_stand_at_the_foot(navigation: Navigation) -> None:
    assert item(navigation, "z").mapTo(navigation, item(navigation, "z").rect().topLeft()).y() > 450
    assert not navigation.grab().isNull()
