"""The schedule page on a real SQLite desk, in a window of its own."""

from collections.abc import Callable, Iterator
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path
from uuid import UUID

import pytest
from PySide6.QtCore import QPoint, Qt, QTimer
from PySide6.QtGui import QInputMethodEvent
from PySide6.QtWidgets import QApplication, QLineEdit, QWidget
from pytestqt.qtbot import QtBot

from app.services.schedule.calendars import DayOf
from app.services.schedule.imports import ImportSchedule
from app.services.schedule.tasks import EditTask, TaskFields
from app.services.schedule.views import TaskValues
from app.ui.kit.dialogs import FormDialog
from app.ui.kit.gantt.columns import Column
from app.ui.kit.layouts import MemoryLayouts
from app.ui.kit.page import Account, CurrentProject, PageContext
from app.ui.kit.runner import Runner
from app.ui.kit.toast import Toasts
from app.ui.kit.undo import UndoStack
from app.ui.pages.schedule import schedule_page
from app.ui.pages.schedule.page import SchedulePage
from app.ui.pages.tools import PageTools
from tests.services.schedule.site import PLANNER, TODAY, Site, new_id
from tests.ui.pages.schedule.building import build, days_off

LONG_MS = 20_000


@pytest.fixture
def site(tmp_path: Path) -> Iterator[Site]:
    """An empty project of a company on a file."""
    made = Site(tmp_path / "cache.db")
    yield made
    made.close()


@dataclass
class Hands:
    """The page, and what hands do on it."""

    bot: QtBot
    page: SchedulePage
    window: QWidget
    runner: Runner
    site: Site
    ids: dict[str, UUID]

    def settle(self) -> None:
        """Waits until all is stored and shown."""

        def settled() -> bool:
            keeper, presenter = self.page.keeper, self.page.presenter
            return (
                self.runner.is_idle()
                and not self._is_gathering()
                and not keeper.is_behind()
                and (presenter.is_busy() or presenter._held is None)
            )

        # What keys and clicks ask for is on its way through the event loop first.
        self.bot.wait(20)
        self.bot.waitUntil(settled, timeout=LONG_MS)

    def _is_gathering(self) -> bool:
        """Whether changes were stored that are told in some milliseconds."""
        timers = self.runner.findChildren(QTimer)
        return any(timer.isActive() and timer.isSingleShot() for timer in timers)

    def select(self, *codes: str) -> None:
        """Selects rows by code."""
        self.page.view.select(tuple(self.ids[code] for code in codes))

    def cell(self, code: str, column: Column) -> None:
        """Puts the current cell somewhere by a click."""
        table, outline = self.page.view.table, self.page.view.outline
        row = outline.rows.index_of(self.ids[code])
        assert row is not None
        index = table.model().index(int(outline.position[row]), int(column))
        table.scrollTo(index)
        place = table.visualRect(index).center()
        self.bot.mouseClick(table.viewport(), Qt.MouseButton.LeftButton, pos=place)

    def type_into(self, code: str, column: Column, words: str) -> None:
        """Types over a cell and presses Enter."""
        self.cell(code, column)
        self.open_editor()
        self.write(words)
        self.bot.keyClick(self.editor(), Qt.Key.Key_Return)
        self.settle()

    def write(self, words: str) -> None:
        """Types into the open editor: by keys, or by the input method where keys cannot."""
        if words.isascii():
            self.bot.keyClicks(self.editor(), words)
            return
        event = QInputMethodEvent()
        event.setCommitString(words)
        QApplication.sendEvent(self.editor(), event)

    def open_editor(self) -> QLineEdit:
        """Opens the current cell by F2, everything in it selected."""
        self.key(Qt.Key.Key_F2)
        editor = self.editor()
        editor.selectAll()
        return editor

    def editor(self) -> QLineEdit:
        """The line edit that is open."""
        found = self.page.presenter.editor()
        assert found is not None
        return found

    def key(
        self, key: Qt.Key, modifiers: Qt.KeyboardModifier = Qt.KeyboardModifier.NoModifier
    ) -> None:
        """Presses a key in the table."""
        self.bot.keyClick(self.page.view.table, key, modifiers)

    def words(self, code: str, column: Column) -> str:
        """What a cell shows."""
        view = self.page.view
        row = view.outline.rows.index_of(self.ids[code])
        assert row is not None
        index = view.table.model().index(int(view.outline.position[row]), int(column))
        return str(view.table.model().data(index))

    def values(self, code: str) -> TaskValues:
        """A task's fields as they are stored."""
        task = self.site.plan().task(self.ids[code])
        assert task is not None
        return task.values

    def someone_edits(self, code: str, **fields: object) -> None:
        """A colleague's change arrives."""
        self.site.as_other(
            EditTask(
                scope_id=self.site.project_id,
                task_id=self.ids[code],
                base=self.values(code).base_of(*fields),
                values=TaskFields(**fields),  # type: ignore[arg-type]
            )
        )

    def form(self) -> FormDialog:
        """The form that is open."""
        dialog = self.page.findChild(FormDialog)
        assert dialog is not None
        return dialog

    def save(self, dialog: FormDialog) -> None:
        """Presses a form's action."""
        self.bot.mouseClick(dialog.action, Qt.MouseButton.LeftButton)
        self.settle()

    def press(self, key: str) -> None:
        """Presses a button of the toolbar."""
        made = self.page.toolbar.buttons[key]
        assert made.isEnabled(), key
        self.bot.mouseClick(made, Qt.MouseButton.LeftButton)
        self.settle()

    def drag(self, code: str, days: int, *, edge: bool = False) -> None:
        """Drags a bar, or its right edge, some days along."""
        chart = self.page.view.chart
        row = self.page.view.outline.rows.index_of(self.ids[code])
        assert row is not None
        rows, position = self.page.view.outline.rows, int(self.page.view.outline.position[row])
        chart.show_day(float(rows.start[row]))
        rect = chart.row_rect(position)
        left, right = (
            chart.time_scale.x(float(rows.start[row])),
            chart.time_scale.x(float(rows.finish[row])),
        )
        x = round(right) - 1 if edge else round((left + right) / 2)
        y = rect.top() + 13
        far = x + round(days * chart.time_scale.px_per_day)
        viewport = chart.viewport()
        self.bot.mousePress(viewport, Qt.MouseButton.LeftButton, pos=QPoint(x, y))
        self.bot.mouseMove(viewport, QPoint((x + far) // 2, y))
        self.bot.mouseMove(viewport, QPoint(far, y))
        self.bot.mouseRelease(viewport, Qt.MouseButton.LeftButton, pos=QPoint(far, y))
        self.settle()


MakeTools = Callable[[Site], PageTools]


def tools_for(
    site: Site, read: Callable[[Path, UUID], ImportSchedule] | None = None, login: str = PLANNER
) -> PageTools:
    """What the page is given."""

    def nothing_to_read(path: Path, _scope_id: UUID) -> ImportSchedule:
        raise AssertionError(path)

    def holidays(_first: int, _last: int) -> tuple[DayOf, ...]:
        return days_off()

    return PageTools(
        login=login,
        new_id=new_id,
        site_now=lambda: datetime(2026, 3, 24, 9),  # noqa: DTZ001 - site time
        today=lambda: TODAY,
        read_schedule=read or nothing_to_read,
        holidays=holidays,
        waiting=list,
        dismiss=lambda _op_id: None,
        issue_again=lambda _op_id: None,
        retry_link=lambda: None,
    )


class Bench:
    """Opens pages on a site, and puts all away."""

    def __init__(self, bot: QtBot, site: Site) -> None:
        self._bot = bot
        self._site = site
        self._runners: list[Runner] = []

    def open(
        self,
        ids: dict[str, UUID] | None = None,
        *,
        tools: PageTools | None = None,
        size: tuple[int, int] = (1366, 768),
        project: bool = True,
    ) -> Hands:
        """The page in a window, with its plan loaded."""
        runner = Runner(self._site)
        self._runners.append(runner)
        window = QWidget()
        context = PageContext(
            runner,
            UndoStack(runner, window),
            CurrentProject(window),
            MemoryLayouts(),
            Account(new_id(), "周明远", "people.job.planner"),
            Toasts(window),
            lambda _key, _record: None,
        )
        context.project.choose(self._site.project_id if project else None)
        spec = schedule_page(tools or tools_for(self._site))
        page = spec.factory(context)
        assert isinstance(page, SchedulePage)
        page.setParent(window)
        window.resize(*size)
        page.resize(*size)
        runner.changed.connect(page.changed)
        context.project.changed.connect(page.project_changed)
        self._bot.addWidget(window)
        window.show()
        window.activateWindow()
        hands = Hands(self._bot, page, window, runner, self._site, ids or {})
        hands.settle()
        return hands

    def close(self) -> None:
        """Ends all threads."""
        for runner in self._runners:
            runner.shutdown()
            runner.deleteLater()


@pytest.fixture
def bench(qtbot: QtBot, site: Site) -> Iterator[Bench]:
    """Opens pages on the site."""
    made = Bench(qtbot, site)
    yield made
    made.close()


@pytest.fixture
def hands(bench: Bench, site: Site) -> Hands:
    """The page with the building's plan."""
    return bench.open(build(site))
