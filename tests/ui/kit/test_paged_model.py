"""Rows read a page at a time."""

import threading
from collections.abc import Callable, Hashable, Mapping, Sequence
from dataclasses import dataclass, field
from typing import cast

import pytest
from PySide6.QtCore import QModelIndex
from pytestqt.qtbot import QtBot

from app.ui.kit.desk import Reader
from app.ui.kit.paged_model import PAGE, PAGES_KEPT, PagedModel
from app.ui.kit.runner import Runner
from app.ui.kit.table_model import DISPLAY, NOT_LOADED, Order
from app.ui.kit.table_view import TableView
from tests.ui.kit.rows import COLUMNS, TODAY, Contract, contract

MILLION = 1_000_000


@dataclass
class Numbers:
    """A source of rows 0 to count - 1."""

    count: int = MILLION
    name: str = "合同"
    pages: list[int] = field(default_factory=list)
    _lock: threading.Lock = field(default_factory=threading.Lock)

    def ids(
        self, reader: Reader, order: Order | None, filters: Mapping[str, str]
    ) -> Sequence[Hashable]:
        wanted = range(self.count)
        if filters.get(""):
            wanted = range(0, self.count, 10)
        return wanted[::-1] if order and order.descending else wanted

    def rows(self, reader: Reader, ids: Sequence[Hashable]) -> Sequence[Contract]:
        with self._lock:
            self.pages.append(cast(int, ids[0]) // PAGE)
        return [contract(cast(int, one), f"{self.name} {one}") for one in ids]


@pytest.fixture
def source() -> Numbers:
    return Numbers()


@pytest.fixture
def rows(qtbot: QtBot, runner: Runner, source: Numbers) -> PagedModel[Contract]:
    made = PagedModel(runner, source, COLUMNS, lambda row: row.id, lambda: TODAY, runner)
    with qtbot.waitSignal(made.loaded):
        made.refresh()
    return made


def shown(rows: PagedModel[Contract], place: int) -> str:
    return str(rows.index(place, 1).data(DISPLAY))


def reads(rows: PagedModel[Contract], place: int) -> Callable[[], bool]:
    return lambda: shown(rows, place) != NOT_LOADED


def test_a_million_rows_read_only_what_is_looked_at(
    qtbot: QtBot, rows: PagedModel[Contract], source: Numbers
) -> None:
    assert rows.rowCount() == MILLION
    assert shown(rows, 500_000) == NOT_LOADED
    qtbot.waitUntil(reads(rows, 500_000))
    assert shown(rows, 500_000) == "合同 500000"
    assert source.pages == [500_000 // PAGE]


def test_a_fast_scroll_skips_what_went_by(
    qtbot: QtBot, rows: PagedModel[Contract], source: Numbers, runner: Runner
) -> None:
    for place in range(0, 100 * PAGE, PAGE):
        shown(rows, place)
    qtbot.waitUntil(reads(rows, 99 * PAGE))
    qtbot.waitUntil(runner.is_idle)
    assert len(source.pages) <= 5


def test_old_rows_stay_on_screen_while_new_ones_are_read(
    qtbot: QtBot, rows: PagedModel[Contract], source: Numbers
) -> None:
    shown(rows, 0)
    qtbot.waitUntil(reads(rows, 0))
    source.name = "新"
    with qtbot.waitSignal(rows.loaded), qtbot.assertNotEmitted(rows.modelReset):
        rows.refresh()
    assert shown(rows, 0) == "合同 0"
    qtbot.waitUntil(lambda: shown(rows, 0) == "新 0")


def test_sorting_and_filtering_are_the_sources(qtbot: QtBot, rows: PagedModel[Contract]) -> None:
    with qtbot.waitSignal(rows.loaded):
        rows.arrange(Order("id", descending=True), {"": "x"})
    assert rows.rowCount() == MILLION // 10
    assert rows.id_at(0) == MILLION - 10
    assert rows.place_of(MILLION - 10) == 0


def test_memory_is_bounded(qtbot: QtBot, rows: PagedModel[Contract]) -> None:
    for page in range(PAGES_KEPT + 5):
        shown(rows, page * PAGE)
        qtbot.waitUntil(reads(rows, page * PAGE))
    assert len(rows._rows) <= PAGES_KEPT * PAGE
    qtbot.waitUntil(lambda: shown(rows, 0) == "合同 0")


def test_every_row_for_an_export(rows: PagedModel[Contract], source: Numbers) -> None:
    source.count = 2 * PAGE + 7
    assert [row.id for row in rows.every_row()(None)] == list(range(source.count))


def test_a_view_keeps_its_row_over_a_refresh(
    qtbot: QtBot, rows: PagedModel[Contract], source: Numbers
) -> None:
    view: TableView[Contract] = TableView(rows)
    qtbot.addWidget(view)
    view.resize(600, 400)
    view.show()
    assert view.select_id(700)
    qtbot.waitUntil(lambda: view.current_row() is not None)
    source.count = 1000
    with qtbot.waitSignal(rows.loaded):
        rows.arrange(Order("id", descending=True), {})
    assert view.currentIndex().row() == 299
    assert view.currentIndex() != QModelIndex()
    qtbot.waitUntil(lambda: view.current_row() == contract(700, "合同 700"))
