"""The list: headings that fold, keys that skip them, and a line that keeps the keys."""

from datetime import timedelta
from uuid import UUID

from PySide6.QtCore import Qt
from pytestqt.qtbot import QtBot

from app.ui.pages.reconcile.inbox_list import (
    DETAIL_WIDTH,
    LEAST_WIDTH,
    MOST_WIDTH,
    ROW,
    Heading,
    InboxList,
)
from app.ui.pages.reconcile.items import CLASH, SETTLED, InboxItem, Section
from tests.services.office import BEGINNING


def item(number: int, section: Section = Section.NEEDS_ME) -> InboxItem:
    mark = SETTLED if section is Section.SETTLED else CLASH
    at = BEGINNING + timedelta(minutes=number)
    return InboxItem(UUID(int=number), section, mark, f"任务 {number}", "工期", "甲", at)


def shown(qtbot: QtBot, *items: InboxItem) -> InboxList:
    made = InboxList()
    qtbot.addWidget(made)
    made.resize(MOST_WIDTH, 600)
    made.show_items(items)
    return made


def current(made: InboxList) -> int:
    found = made.current_item()
    assert found is not None
    return found.id.int


def test_lines_are_as_high_as_meant_and_said_to_readers(qtbot: QtBot) -> None:
    made = shown(qtbot, item(1), item(2, Section.SETTLED))
    entries = made.entries_model.entries
    assert [isinstance(one, Heading) for one in entries] == [True, False, True, False]
    index = made.entries_model.index(1)
    assert (made.visualRect(index).height(), made.width()) == (ROW, MOST_WIDTH)
    assert index.data() == "冲突 任务 1 工期 甲"


def test_keys_go_over_headings(qtbot: QtBot) -> None:
    made = shown(qtbot, item(1), item(2, Section.SETTLED))
    assert current(made) == 1
    qtbot.keyClick(made, Qt.Key.Key_Down)
    assert current(made) == 2
    qtbot.keyClick(made, Qt.Key.Key_Up)
    assert current(made) == 1


def test_a_heading_folds_by_click(qtbot: QtBot) -> None:
    made = shown(qtbot, item(1), item(2), item(3, Section.SETTLED))
    head = made.visualRect(made.entries_model.index(0)).center()
    qtbot.mouseClick(made.viewport(), Qt.MouseButton.LeftButton, pos=head)
    assert len(made.entries_model.entries) == 3
    assert len(made.items) == 3
    qtbot.mouseClick(made.viewport(), Qt.MouseButton.LeftButton, pos=head)
    assert len(made.entries_model.entries) == 5


def test_the_line_with_the_keys_keeps_them_or_its_neighbour_gets_them(qtbot: QtBot) -> None:
    made = shown(qtbot, item(1), item(2), item(3))
    assert made.choose(UUID(int=2))
    made.show_items([item(4), item(1), item(2), item(3)])
    assert current(made) == 2
    made.show_items([item(4), item(1), item(3)])
    assert current(made) == 3
    made.show_items([])
    assert made.current_item() is None
    assert not made.choose(UUID(int=1))


def test_a_narrow_page_leaves_the_room_to_the_detail(qtbot: QtBot) -> None:
    made = shown(qtbot, item(1))
    widths = []
    for page in (800, DETAIL_WIDTH + 300, 1416):
        made.make_room(page)
        widths.append(made.width())
    assert widths == [LEAST_WIDTH, 300, MOST_WIDTH]
    made.make_room(800)
    made.doItemsLayout()
    assert made.visualRect(made.entries_model.index(1)).width() == LEAST_WIDTH


def test_the_next_to_decide_is_the_one_below_or_else_above(qtbot: QtBot) -> None:
    made = shown(qtbot, item(1), item(2), item(3, Section.OTHERS))
    found = []
    for number in (1, 2, 3):
        made.choose(UUID(int=number))
        found.append(made.next_to_decide())
    assert found == [UUID(int=2), UUID(int=1), None]
    assert shown(qtbot, item(1)).next_to_decide() is None
