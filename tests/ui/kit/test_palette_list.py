"""The list of hits."""

import pytest
from PySide6.QtCore import QPoint, Qt
from pytestqt.qtbot import QtBot

from app.ui.kit.finding import Hit
from app.ui.kit.measures import ROW_NORMAL
from app.ui.kit.palette_list import HEADING, HitList
from tests.ui.desk import anything

HITS = tuple(Hit(title, "home", anything, "说明", "F2") for title in ("甲", "乙", "丙"))


@pytest.fixture
def hits(qtbot: QtBot) -> HitList:
    made = HitList()
    qtbot.addWidget(made)
    made.show_groups([("shell.pages", HITS[:2]), ("shell.commands", HITS[2:])])
    made.resize(400, made.sizeHint().height())
    made.show()
    return made


def test_single_steps_wrap_and_leaps_stop(hits: HitList) -> None:
    assert hits.titles == ["甲", "乙", "丙"]
    hits.move_by(-1)
    assert hits.current == HITS[2]
    hits.move_by(1)
    assert hits.current == HITS[0]
    hits.move_by(8)
    assert hits.current == HITS[2]
    hits.move_by(-8)
    assert hits.accessibleName() == "甲 说明"


def test_a_click_chooses(qtbot: QtBot, hits: HitList) -> None:
    third = QPoint(50, 2 * HEADING + 2 * ROW_NORMAL + 5)
    with qtbot.waitSignal(hits.chosen) as told:
        qtbot.mouseClick(hits, Qt.MouseButton.LeftButton, pos=third)
    assert told.args == [HITS[2]]
    with qtbot.assertNotEmitted(hits.chosen):
        qtbot.mouseClick(hits, Qt.MouseButton.LeftButton, pos=QPoint(50, 5))


def test_nothing_found_is_said(hits: HitList) -> None:
    full = hits.grab().toImage()
    hits.show_groups([])
    hits.move_by(1)
    assert hits.current is None
    assert hits.accessibleName() == ""
    assert hits.grab().toImage() != full
