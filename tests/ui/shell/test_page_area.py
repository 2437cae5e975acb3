"""Pages are made late and told what they missed."""

from collections.abc import Iterator
from functools import partial
from uuid import UUID, uuid4

import pytest
from PySide6.QtWidgets import QWidget
from pytestqt.qtbot import QtBot

from app.services.changes import Changes
from app.ui.kit.layouts import MemoryLayouts
from app.ui.kit.page import Account, CurrentProject, Page, PageContext, PageSpec
from app.ui.kit.runner import Runner
from app.ui.kit.text import texts
from app.ui.kit.toast import Toasts
from app.ui.kit.undo import UndoStack
from app.ui.shell.page_area import PageArea
from tests.ui.desk import MemoryDesk, anything


class Diary(Page):
    """Notes all that it is told."""

    def __init__(self, context: PageContext) -> None:
        super().__init__(context, "kit.undo")
        self.told: list[object] = []

    def activated(self, record_id: UUID | None = None) -> None:
        self.told.append(("activated", record_id))

    def changed(self, changes: Changes) -> None:
        self.told.append(sorted(changes.tables))

    def project_changed(self, project_id: UUID | None) -> None:
        self.told.append(("project", project_id))

    def retranslate(self) -> None:
        self.told.append("words")


@pytest.fixture
def area(qtbot: QtBot, runner: Runner, layouts: MemoryLayouts) -> Iterator[PageArea]:
    window = QWidget()
    qtbot.addWidget(window)
    context = PageContext(
        runner,
        UndoStack(runner, window),
        CurrentProject(window),
        layouts,
        Account(uuid4(), "周", ""),
        Toasts(window),
        anything,
    )
    specs = [PageSpec(key, "home", "kit.undo", Diary) for key in ("a", "b")]
    made = PageArea(specs, context)
    qtbot.addWidget(made)
    yield made
    window.close()


def diary(area: PageArea) -> list[object]:
    assert isinstance(area.page, Diary)
    return area.page.told


def test_a_page_is_made_when_first_shown(qtbot: QtBot, area: PageArea) -> None:
    assert area.pages == ()
    assert not area.show_page("unknown")
    record = uuid4()
    with qtbot.waitSignal(area.shown) as told:
        assert area.show_page("a", record)
    assert told.args == ["a"]
    assert diary(area) == [("activated", record)]
    first = area.page
    area.show_page("b")
    area.show_page("a")
    assert area.page is first
    assert len(area.pages) == 2


def test_a_hidden_page_is_told_later_and_once(
    qtbot: QtBot, area: PageArea, desk: MemoryDesk, runner: Runner
) -> None:
    area.show_page("a")
    area.show_page("b")
    diary(area).clear()
    for table in ("task", "contract"):
        with qtbot.waitSignal(runner.changed):
            desk.tell(table)
    assert diary(area) == [["task"], ["contract"]]
    area.show_page("a")
    assert diary(area) == [("activated", None), ["contract", "task"], ("activated", None)]


def test_projects_are_told_the_same_way(area: PageArea) -> None:
    area.show_page("a")
    area.show_page("b")
    project = area._context.project
    one = uuid4()
    project.choose(uuid4())
    project.choose(one)
    assert diary(area)[-1] == ("project", one)
    area.show_page("a")
    assert diary(area) == [("activated", None), ("project", one), ("activated", None)]


def test_all_pages_hear_of_another_language(area: PageArea) -> None:
    area.show_page("a")
    area.show_page("b")
    texts().set_language("en")
    assert [page.told[-1] for page in area.pages if isinstance(page, Diary)] == ["words", "words"]


def test_pages_are_loaded_after_the_first_frame_which_is_told_once(
    qtbot: QtBot, runner: Runner, layouts: MemoryLayouts, area: PageArea
) -> None:
    loaded: list[str] = []
    specs = [
        PageSpec(key, "home", "kit.undo", Diary, load=partial(loaded.append, key))
        for key in ("a", "b")
    ]
    told: list[bool] = []
    window = PageArea(specs, area._context)
    qtbot.addWidget(window)
    window.painted.connect(lambda: told.append(True))
    window.show_page("a")
    assert loaded == []
    with qtbot.waitSignal(window.painted):
        window.show()
    window.repaint()
    qtbot.waitUntil(lambda: loaded == ["a", "b"])
    assert told == [True]
    window.close()
