"""The whole window, by keyboard."""

from collections.abc import Callable, Iterator
from uuid import UUID, uuid4

import pytest
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QApplication, QWidget
from pytestqt.qtbot import QtBot

from app.core.errors import Reason, Refused
from app.ui.kit.buttons import Button
from app.ui.kit.dialogs import Dialog
from app.ui.kit.fields import TextField
from app.ui.kit.layouts import MemoryLayouts
from app.ui.kit.page import Account, Page, PageContext, PageSpec
from app.ui.kit.runner import Runner
from app.ui.kit.text import texts
from app.ui.kit.theme import theme
from app.ui.kit.undo import Step
from app.ui.main_window import MainWindow
from app.ui.shell.link_state import LinkState
from app.ui.shell.navigation import NavigationItem
from app.ui.shell.preferences import switch_language, switch_theme
from app.ui.shell.top_bar import ProjectChoice
from tests.ui.desk import MemoryDesk, Put, Take
from tests.ui.kit.test_runner import held

CONTROL = Qt.KeyboardModifier.ControlModifier
ACCOUNT = Account(uuid4(), "周明远", "people.job.project_manager", frozenset({"manager"}))
PROJECTS = (ProjectChoice(uuid4(), "滨江花园二期住宅"),)


class Note(Page):
    """A page with one field; it may not be left while something is typed."""

    def __init__(self, context: PageContext) -> None:
        super().__init__(context, "kit.undo")
        self.field = TextField()
        self.body.addWidget(self.field)
        self.opened: list[UUID | None] = []

    def activated(self, record_id: UUID | None = None) -> None:
        self.opened.append(record_id)

    def can_leave(self) -> bool:
        return not self.field.text()

    def status_hint(self) -> str:
        return "已选 1 项"


def spec(key: str, title_id: str, *roles: str, full_width: bool = False) -> PageSpec:
    return PageSpec(key, "home", title_id, Note, frozenset(roles), full_width=full_width)


SPECS = (
    spec("home", "kit.undo"),
    spec("secret", "kit.redo", "clerk"),
    spec("wide", "kit.filter", "manager", full_width=True),
    spec("reconcile", "kit.export"),
)


@pytest.fixture
def make(
    qtbot: QtBot, runner: Runner, layouts: MemoryLayouts
) -> Iterator[Callable[[], MainWindow]]:
    kept: list[MainWindow] = []

    def made() -> MainWindow:
        window = MainWindow(SPECS, runner, layouts, ACCOUNT, projects=PROJECTS)
        kept.append(window)
        qtbot.addWidget(window)
        with qtbot.waitActive(window):
            window.show()
        return window

    yield made
    kept.clear()


@pytest.fixture
def window(make: Callable[[], MainWindow]) -> MainWindow:
    return make()


def note(window: MainWindow) -> Note:
    assert isinstance(window.pages.page, Note)
    return window.pages.page


def holder() -> QWidget:
    found = QApplication.focusWidget()
    assert found is not None
    return found


def test_only_pages_of_ones_roles_are_there(window: MainWindow) -> None:
    keys = [item.spec.key for item in window.navigation.findChildren(NavigationItem)]
    assert keys == ["home", "wide", "reconcile"]
    window.navigate("secret")
    assert window.pages.key == "home"


def test_keys_open_pages(qtbot: QtBot, window: MainWindow) -> None:
    qtbot.keyClick(window, Qt.Key.Key_2, CONTROL)
    assert window.pages.key == "wide"
    assert window.navigation.width() == 48
    qtbot.keyClick(window, Qt.Key.Key_3, CONTROL)
    assert window.pages.key == "reconcile"
    assert window.navigation.width() == 184


def test_f6_goes_round_the_areas(qtbot: QtBot, window: MainWindow) -> None:
    note(window).field.setFocus()
    areas = [window.status_bar, window.navigation, window.top_bar, window.pages]
    for area in areas:
        qtbot.keyClick(holder(), Qt.Key.Key_F6)
        assert area.isAncestorOf(holder())
    qtbot.keyClick(holder(), Qt.Key.Key_F6, Qt.KeyboardModifier.ShiftModifier)
    assert window.top_bar.isAncestorOf(holder())


def test_the_search_finds_a_page_and_the_page_has_the_keys(
    qtbot: QtBot, window: MainWindow
) -> None:
    qtbot.keyClick(window, Qt.Key.Key_K, CONTROL)
    field = window.palette_box.field
    qtbot.waitUntil(field.hasFocus)
    qtbot.keyClicks(field, "shaixuan")
    qtbot.waitUntil(lambda: window.palette_box.hits.titles == ["筛选"], timeout=20_000)
    qtbot.keyClick(field, Qt.Key.Key_Return)
    assert window.pages.key == "wide"
    assert window.pages.isAncestorOf(holder())


def test_undo_and_redo_by_key_with_the_actions_name(
    qtbot: QtBot, window: MainWindow, desk: MemoryDesk
) -> None:
    stack = window.undo_stack
    with qtbot.waitSignal(stack.changed):
        stack.submit(Step(Reason("kit.export"), lambda: Put("a"), lambda: Take("a")))
    assert window.top_bar.undo.toolTip() == "撤销 导出 Excel (Ctrl+Z)"
    with qtbot.waitSignal(stack.changed):
        qtbot.keyClick(window, Qt.Key.Key_Z, CONTROL)
    assert desk.words == []
    assert window.top_bar.redo.toolTip() == "重做 导出 Excel (Ctrl+Y)"
    with qtbot.waitSignal(stack.changed):
        qtbot.keyClick(window, Qt.Key.Key_Y, CONTROL)
    assert desk.words == ["a"]
    window._choose_project(PROJECTS[0].project_id)
    assert stack.undo_name is None
    assert window.context.project.project_id == PROJECTS[0].project_id


def test_the_link_is_shown_everywhere(qtbot: QtBot, window: MainWindow) -> None:
    window.show_link(LinkState("offline", waiting=12, to_decide=4))
    assert window.banner.isVisible()
    items = window.navigation.findChildren(NavigationItem)
    assert {item.spec.key: item.count for item in items} == {"home": 0, "wide": 0, "reconcile": 4}
    with qtbot.waitSignal(window.retry_asked):
        qtbot.mouseClick(window.banner.retry, Qt.MouseButton.LeftButton)
    qtbot.mouseClick(window.status_bar.link, Qt.MouseButton.LeftButton)
    assert window.pages.key == "reconcile"


def test_who_is_turned_away_signs_in_again_by_signing_out(qtbot: QtBot, window: MainWindow) -> None:
    window.show_link(LinkState("connecting"))
    assert not window.banner.isVisible()
    window.show_link(LinkState("wrong_password", reason=Reason("sync.wrong_password")))
    assert window.banner.isVisible()
    with qtbot.waitSignal(window.sign_out_asked):
        qtbot.mouseClick(window.banner.sign_in, Qt.MouseButton.LeftButton)


def test_a_refusal_nobody_handles_is_said(
    qtbot: QtBot, window: MainWindow, runner: Runner, desk: MemoryDesk
) -> None:
    desk.fault = Refused("kit.fault_choice")
    runner.submit(Put("a"))
    qtbot.waitUntil(window.toasts.isVisible)
    assert window.toasts.message is not None
    assert window.toasts.message.words == "请从列表中选择"
    window.toasts.dismiss()


def test_a_bug_is_said_with_whose_fault_it_is(
    qtbot: QtBot, window: MainWindow, runner: Runner, desk: MemoryDesk
) -> None:
    desk.fault = ZeroDivisionError("boom")
    runner.submit(Put("a"))
    qtbot.waitUntil(lambda: bool(window.findChildren(Dialog)))
    dialog = window.findChildren(Dialog)[0]
    assert dialog.windowTitle() == "程序出错"
    dialog.accept()


def test_closing_asks_nothing_when_all_is_stored(qtbot: QtBot, window: MainWindow) -> None:
    with qtbot.waitSignal(window.closed):
        window.close()
    assert not window.isVisible()


def test_closing_waits_for_what_is_being_stored(
    qtbot: QtBot, window: MainWindow, runner: Runner, desk: MemoryDesk
) -> None:
    wait, gate = held()
    runner.submit(Put("a", wait))
    window.close()
    assert window.isVisible()
    with qtbot.waitSignal(window.closed):
        gate.set()
    assert desk.words == ["a"]


def test_closing_goes_on_when_what_is_being_stored_is_refused(
    qtbot: QtBot, window: MainWindow, runner: Runner, desk: MemoryDesk
) -> None:
    wait, gate = held()
    desk.fault = Refused("kit.fault_choice")
    runner.submit(Put("a", wait))
    window.close()
    gate.set()
    qtbot.waitUntil(window.toasts.isVisible)
    assert window.isVisible()
    assert window.isEnabled()
    window.toasts.dismiss()


def test_closing_asks_before_typing_is_lost(qtbot: QtBot, window: MainWindow) -> None:
    note(window).field.setText("半句话")
    window.close()
    assert window.isVisible()
    dialog = window.findChildren(Dialog)[0]
    discard = next(one for one in dialog.findChildren(Button) if one.text() == "放弃并关闭")
    with qtbot.waitSignal(window.closed):
        qtbot.mouseClick(discard, Qt.MouseButton.LeftButton)


def test_everything_is_remembered(make: Callable[[], MainWindow], window: MainWindow) -> None:
    switch_theme()
    switch_language()
    window.navigation.toggle()
    window.navigate("reconcile")
    window.resize(1200, 700)
    window.close()
    theme().set_mode("light")
    texts().set_language("zh_CN")
    again = make()
    assert (theme().mode, texts().language) == ("dark", "en")
    assert again.navigation.is_narrow
    assert again.pages.key == "reconcile"
    assert again.height() == 700
    assert again.windowTitle() == "Gantry"


def test_a_record_is_handed_to_its_page(window: MainWindow) -> None:
    record = uuid4()
    window.context.navigate("reconcile", record)
    assert note(window).opened == [record]


@pytest.mark.parametrize(("width", "height"), [(1366, 768), (1600, 1000), (1024, 640)])
@pytest.mark.parametrize("language", ["zh_CN", "en"])
def test_it_fits_usual_screens(window: MainWindow, width: int, height: int, language: str) -> None:
    texts().set_language("en" if language == "en" else "zh_CN")
    window.show_link(LinkState("offline", waiting=120, to_decide=40))
    window.resize(width, height)
    assert (window.width(), window.height()) == (width, height)
    assert window.pages.height() > height / 2
    for area in (window.navigation, window.top_bar, window.banner, window.pages, window.status_bar):
        assert area.isVisible()
        assert window.rect().contains(area.geometry())


def test_every_area_has_a_name(window: MainWindow) -> None:
    for area in (window.navigation, window.top_bar, window.status_bar, window.palette_box):
        assert area.accessibleName()
    for button in window.top_bar.findChildren(Button):
        assert button.accessibleName()
