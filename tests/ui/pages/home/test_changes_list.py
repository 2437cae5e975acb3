"""Sentences about changes."""

from datetime import UTC, date, datetime, timedelta
from uuid import UUID

import pytest
from PySide6.QtCore import Qt
from pytestqt.qtbot import QtBot

from app.services.recent import RecentChange
from app.ui.kit.empty import EmptyState
from app.ui.kit.text import texts
from app.ui.pages.home.changes_list import ICONS, ChangeRow, ChangesList, say_change, say_when

AT = datetime(2026, 3, 24, 1, tzinfo=UTC)


def change(table: str = "task", *, is_new: bool = False, count: int = 1) -> RecentChange:
    return RecentChange(
        table, UUID(int=1), UUID(int=2), "滨江花园", "垫层", "陈立", AT, is_new, count
    )


@pytest.mark.parametrize("table", ICONS)
def test_every_kind_is_said(usual_look: None, table: str) -> None:
    assert say_change(change(table)).startswith("陈立 修改")
    texts().set_language("en")
    assert "changed" in say_change(change(table))


def test_one_and_many(usual_look: None) -> None:
    assert say_change(change(is_new=True)) == "陈立 新增任务 垫层"
    assert say_change(change(count=4)) == "陈立 修改 4 项任务：垫层 等"


def test_rows_open_by_key_and_an_empty_list_says_so(qtbot: QtBot) -> None:
    opened: list[RecentChange] = []
    shown = ChangesList(opened.append)
    qtbot.addWidget(shown)
    shown.show_changes([], date(2026, 3, 24))
    assert shown.findChildren(EmptyState)
    shown.show_changes([change(), change(count=2)], date(2026, 3, 24))
    rows = shown.findChildren(ChangeRow)
    assert len(rows) == 2
    qtbot.keyClick(rows[1], Qt.Key.Key_Space)
    assert opened == [change(count=2)]


def test_times_are_as_short_as_they_may_be() -> None:
    there = AT.astimezone()
    day, time = there.date(), f"{there:%H:%M}"
    assert say_when(AT, day) == time
    assert say_when(AT, day + timedelta(days=1)) == f"{there:%m-%d} {time}"
    assert say_when(AT, date(day.year + 1, 1, 1)) == f"{there:%Y-%m-%d}"
