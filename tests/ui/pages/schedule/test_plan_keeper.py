"""The plan in view stays true: own edits at once, others' as they come."""

from collections.abc import Callable, Iterator
from contextlib import AbstractContextManager
from datetime import datetime

import pytest
from PySide6.QtCore import Qt
from pytestqt.qtbot import QtBot
from sqlalchemy.orm import Session

from app.core.errors import EnvironmentFault
from app.services.changes import Changes
from app.ui.kit.gantt.columns import Column
from app.ui.kit.runner import Runner
from app.ui.pages.schedule.picture import Picture
from app.ui.pages.schedule.plan_keeper import PlanKeeper
from tests.services.schedule.site import CLERK, DAY, PLANNER, TODAY, Site, new_id
from tests.ui.pages.schedule.conftest import Hands


def test_an_edited_duration_is_on_screen_before_it_is_stored(hands: Hands) -> None:
    hands.cell("1.3.1", Column.DURATION)
    hands.open_editor()
    with hands.site.holding():
        hands.write("9")
        hands.bot.keyClick(hands.editor(), Qt.Key.Key_Return)
        hands.bot.waitUntil(lambda: hands.words("1.3.1", Column.DURATION) == "9")
        hands.bot.waitUntil(lambda: hands.words("1.3.2", Column.START) == "04-16")
        assert hands.values("1.3.1").duration_minutes == 15 * DAY
    hands.settle()
    assert hands.values("1.3.1").duration_minutes == 9 * DAY
    assert hands.words("1.3.2", Column.START) == "04-16"


def test_two_cells_of_one_row_typed_in_a_run_do_not_clash(hands: Hands) -> None:
    hands.cell("1.3.1", Column.START)
    hands.open_editor()
    hands.write("4-13")
    hands.bot.keyClick(hands.editor(), Qt.Key.Key_Return)
    hands.bot.waitUntil(lambda: hands.page.presenter.editor() is None)
    hands.cell("1.3.1", Column.START)
    hands.open_editor()
    hands.write("4-15")
    hands.bot.keyClick(hands.editor(), Qt.Key.Key_Return)
    hands.settle()
    assert hands.values("1.3.1").constraint_at == datetime(2026, 4, 15, 8)  # noqa: DTZ001


def test_undoing_twice_in_a_run_waits_for_what_is_in_view(hands: Hands) -> None:
    hands.select("1.3.2")
    hands.key(Qt.Key.Key_Insert)
    hands.bot.waitUntil(lambda: hands.page.presenter.editor() is not None)
    hands.write("砌体")
    hands.bot.keyClick(hands.editor(), Qt.Key.Key_Return)
    hands.settle()
    # The deletion names the version that the row has once its name is taken back.
    for _ in range(2):
        hands.bot.mouseClick(hands.page.toolbar.buttons["undo"], Qt.MouseButton.LeftButton)
    hands.settle()
    assert len(hands.site.plan().tasks) == 25


@pytest.fixture
def runner(site: Site, qtbot: QtBot) -> Iterator[Runner]:
    """A runner on the site."""
    made = Runner(site)
    yield made
    made.shutdown()
    made.deleteLater()


Keep = Callable[..., tuple[PlanKeeper, list[Picture | None]]]


@pytest.fixture
def keep(site: Site, runner: Runner, qtbot: QtBot) -> Keep:
    """A keeper of the site's plan, with all that it showed."""

    def kept(login: str = PLANNER) -> tuple[PlanKeeper, list[Picture | None]]:
        keeper = PlanKeeper(runner, login, lambda: TODAY, runner)
        shown: list[Picture | None] = []
        keeper.shown.connect(shown.append)
        keeper.open(site.project_id)
        qtbot.waitUntil(lambda: keeper.is_loaded)
        return keeper, shown

    return kept


def test_a_project_without_a_schedule_is_loaded_and_empty(keep: Keep) -> None:
    keeper, shown = keep()
    assert keeper.picture is None
    assert shown == [None, None]


@pytest.mark.parametrize(("login", "may"), [(PLANNER, True), (CLERK, False), ("nobody", False)])
def test_the_job_in_the_project_says_who_may_edit(keep: Keep, login: str, may: bool) -> None:
    keeper, _ = keep(login)
    assert keeper.may_edit == may


def test_looks_asked_for_in_a_run_end_with_the_newest_plan(
    keep: Keep, site: Site, qtbot: QtBot
) -> None:
    site.set_up()
    keeper, shown = keep()
    before = len(shown)
    keeper.refresh()
    site.add("土方")
    keeper.refresh()
    keeper.refresh()
    qtbot.waitUntil(lambda: not keeper.is_behind())
    assert keeper.picture is not None
    assert len(keeper.picture.plan.tasks) == 1
    # The first look was given up: it was old before it was shown.
    assert len(shown) == before + 1


def test_several_edits_at_once_are_computed_before_they_are_stored(
    keep: Keep, site: Site, qtbot: QtBot
) -> None:
    site.set_up()
    later, first = site.add("垫层", 2), site.add("土方", 2)
    site.link(first, later)
    keeper, _ = keep()
    keeper.show_edit({first: {"duration_minutes": 5 * DAY}, later: {"name": "底板"}})

    def computed() -> bool:
        picture = keeper.picture
        assert picture is not None
        return picture.spans[later][0] == datetime(2026, 3, 7, 8)  # noqa: DTZ001

    qtbot.waitUntil(computed)
    assert keeper.picture is not None
    assert keeper.picture.by_id[later].values.name == "底板"
    # Nothing of it was stored: another look shows what is.
    keeper.refresh()
    qtbot.waitUntil(lambda: not keeper.is_behind())
    assert keeper.picture.by_id[later].values.name == "垫层"


def test_actions_wait_for_what_is_stored(keep: Keep, site: Site, qtbot: QtBot) -> None:
    site.set_up()
    keeper, _ = keep()
    names: list[int] = []

    def count() -> None:
        assert keeper.picture is not None
        names.append(len(keeper.picture.plan.tasks))

    keeper.when_fresh(count)
    assert names == [0]
    site.add("土方")
    keeper.note_stored()
    keeper.when_fresh(count)
    assert names == [0]
    qtbot.waitUntil(lambda: names == [0, 1])


def test_a_project_left_behind_does_not_come_in(keep: Keep, site: Site, qtbot: QtBot) -> None:
    site.set_up()
    keeper, shown = keep()
    keeper.refresh()
    keeper.when_fresh(lambda: shown.append(None))
    keeper.open(new_id())
    qtbot.waitUntil(lambda: keeper.is_loaded)
    assert keeper.picture is None
    keeper.open(None)
    assert not keeper.is_loaded
    assert not keeper.is_behind()
    keeper.refresh()
    assert not keeper.is_behind()


class Away:
    """The site's desk, whose cache cannot be read at times."""

    def __init__(self, site: Site) -> None:
        self._site = site
        self.readable = True

    def execute(self, command: object) -> Changes:
        """As the site."""
        return self._site.execute(command)

    def read(self) -> AbstractContextManager[Session]:
        """A session, or the fault of this machine."""
        if not self.readable:
            raise EnvironmentFault("sync.cache_damaged")
        return self._site.read()

    def subscribe(self, callback: Callable[[Changes], None]) -> object:
        """As the site."""
        self._site.subscribe(callback)
        return callback


def test_a_plan_that_cannot_be_read_is_said_and_can_be_read_again(site: Site, qtbot: QtBot) -> None:
    desk, failed = Away(site), list[object]()
    desk.readable = False
    runner = Runner(desk)
    keeper = PlanKeeper(runner, PLANNER, lambda: TODAY, runner)
    keeper.failed.connect(failed.append)
    keeper.open(site.project_id)
    qtbot.waitUntil(lambda: bool(failed))
    assert isinstance(failed[0], EnvironmentFault)
    assert not keeper.is_loaded
    site.set_up()
    desk.readable = True
    keeper.refresh()
    qtbot.waitUntil(lambda: keeper.picture is not None)
    runner.shutdown()
    runner.deleteLater()
