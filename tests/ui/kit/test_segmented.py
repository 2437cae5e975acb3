"""One of a few."""

import pytest
from PySide6.QtCore import Qt
from pytestqt.qtbot import QtBot

from app.ui.kit.segmented import Segment, Segmented
from app.ui.kit.text import texts

SEGMENTS = (Segment("a", "kit.undo"), Segment("b", "kit.redo", 4), Segment("c", "kit.cancel"))


@pytest.fixture
def control(qtbot: QtBot) -> Segmented:
    made = Segmented(SEGMENTS)
    qtbot.addWidget(made)
    made.resize(made.sizeHint())
    made.show()
    return made


def test_arrows_choose_and_stop_at_the_ends(qtbot: QtBot, control: Segmented) -> None:
    seen: list[str] = []
    control.chosen.connect(seen.append)
    for key in (Qt.Key.Key_Right, Qt.Key.Key_Right, Qt.Key.Key_Right, Qt.Key.Key_Left):
        qtbot.keyClick(control, key)
    assert seen == ["b", "c", "b"]
    assert control.accessibleName() == "重做"


def test_a_click_chooses(qtbot: QtBot, control: Segmented) -> None:
    with qtbot.waitSignal(control.chosen) as told:
        qtbot.mouseClick(control, Qt.MouseButton.LeftButton, pos=control.place_of("c"))
    assert told.args == ["c"]
    assert control.current == "c"


def test_counts_and_language_change_its_width(control: Segmented) -> None:
    before = control.sizeHint().width()
    control.set_count("b", 1234)
    assert control.sizeHint().width() > before
    wider = control.sizeHint().width()
    texts().set_language("en")
    assert control.sizeHint().width() != wider


def test_an_unknown_key_is_an_error(control: Segmented) -> None:
    with pytest.raises(ValueError):
        control.choose("x")


def test_tabs_fill_the_page_bar(qtbot: QtBot) -> None:
    tabs = Segmented(SEGMENTS, tabs=True)
    qtbot.addWidget(tabs)
    assert tabs.sizeHint().height() == 44
    assert not tabs.grab().isNull()
