"""Settings: choices in force at once, facts of the desk, checks, signing out."""

from dataclasses import replace
from datetime import UTC, datetime
from pathlib import Path
from uuid import UUID

from PySide6.QtCore import QPoint, Qt
from pytestqt.qtbot import QtBot

from app.core.errors import EnvironmentFault, Reason
from app.ui.kit.buttons import Button
from app.ui.kit.dialogs import Dialog
from app.ui.kit.labels import Label
from app.ui.kit.page import PageSpec
from app.ui.kit.segmented import Segmented
from app.ui.kit.text import texts
from app.ui.kit.theme import theme
from app.ui.pages.settings import settings_page
from app.ui.pages.settings.page import SettingsPage, say_size
from app.ui.pages.tools import DeskCheck, DeskDoors, DeskFacts, PageTools
from tests.ui.pages.conftest import OpenPage, settle
from tests.ui.pages.window import PageWindow

LEFT = Qt.MouseButton.LeftButton
FACTS = DeskFacts(
    server="gantry.example.cn:5432",
    database="gantry",
    device_id=UUID(int=11),
    is_connected=False,
    data_as_of=datetime(2026, 3, 24, 1, 12, tzinfo=UTC),
    program_version="0.1.0",
    folder=Path("desk"),
    files=(("cache.db", 3 * 1024 * 1024), ("outbox.db", 2000)),
)


def shown(window: PageWindow) -> SettingsPage:
    assert isinstance(window.page, SettingsPage)
    return window.page


def click(qtbot: QtBot, choice: Segmented, key: str) -> None:
    place: QPoint = choice.place_of(key)
    qtbot.mouseClick(choice, LEFT, pos=place)


def words_in(window: PageWindow) -> str:
    return "\n".join(one.text() for one in window.page.findChildren(Label))


def test_language_and_colours_change_at_once_and_are_kept(
    open_page: OpenPage, qtbot: QtBot
) -> None:
    window = open_page(settings_page)
    page, layouts = shown(window), window.context.layouts

    click(qtbot, page.language, "en")
    click(qtbot, page.theme, "dark")
    assert (texts().language, theme().mode) == ("en", "dark")
    assert page.title.text() == "Settings"
    assert (layouts.load("window.language"), layouts.load("window.theme")) == ("en", "dark")

    texts().set_language("zh_CN")
    theme().set_mode("light")
    assert (page.language.current, page.theme.current) == ("zh_CN", "light")
    page.look.restore()
    assert (texts().language, theme().mode) == ("en", "dark")


def test_size_of_type_is_kept(open_page: OpenPage, qtbot: QtBot) -> None:
    window = open_page(settings_page)
    click(qtbot, shown(window).scale, "125")

    assert theme().scale == 1.25
    theme().set_scale(1.0)
    shown(window).look.restore()
    assert theme().scale == 1.25


def test_colours_follow_the_system_until_others_are_chosen(
    open_page: OpenPage, qtbot: QtBot
) -> None:
    window = open_page(settings_page)
    page = shown(window)
    theme().set_mode("dark")
    click(qtbot, page.theme, "system")

    assert page.theme.current == "system"
    assert theme().mode == "light"
    click(qtbot, page.theme, "dark")
    assert page.look.theme_choice == "dark"


def test_damaged_memory_changes_nothing(open_page: OpenPage) -> None:
    window = open_page(settings_page)
    for key in ("window.language", "window.theme", "window.scale", "window.theme_source"):
        window.context.layouts.save(key, "１００; no such thing")
    shown(window).look.restore()

    assert (texts().language, theme().mode, theme().scale) == ("zh_CN", "light", 1.0)


def make(doors: DeskDoors, tools: PageTools) -> PageSpec:
    return settings_page(replace(tools, desk=doors))


def test_the_desk_says_what_it_is_and_what_it_stores(open_page: OpenPage, qtbot: QtBot) -> None:
    doors = DeskDoors(lambda: FACTS, tuple, lambda: None)
    window = open_page(lambda tools: make(doors, tools))

    words = words_in(window)
    for said in ("gantry.example.cn:5432", "未连接，更改先存本机", "0.1.0", "3.0 MB", "2 KB"):
        assert said in words
    texts().set_language("en")
    settle(qtbot, window)
    assert "Not connected" in words_in(window)


def test_checks_say_what_is_wrong_and_what_to_do(open_page: OpenPage, qtbot: QtBot) -> None:
    checks = (
        DeskCheck(True, Reason("people.grant")),
        DeskCheck(False, Reason("sync.server_silent"), Reason("sync.server_silent")),
    )
    doors = DeskDoors(lambda: FACTS, lambda: checks, lambda: None)
    window = open_page(lambda tools: make(doors, tools))
    qtbot.mouseClick(shown(window).check, LEFT)
    settle(qtbot, window)

    assert words_in(window).count("服务器") >= 2
    assert shown(window).check.isEnabled()


def test_checks_that_fail_say_why(open_page: OpenPage, qtbot: QtBot) -> None:
    def fail() -> tuple[DeskCheck, ...]:
        raise EnvironmentFault("sync.server_silent")

    window = open_page(lambda tools: make(DeskDoors(lambda: FACTS, fail, lambda: None), tools))
    qtbot.mouseClick(shown(window).check, LEFT)
    settle(qtbot, window)

    assert "数据库已连上" in words_in(window)
    assert shown(window).check.isEnabled()


def test_signing_out_asks_first(open_page: OpenPage, qtbot: QtBot) -> None:
    left: list[bool] = []
    doors = DeskDoors(lambda: FACTS, tuple, lambda: left.append(True))
    window = open_page(lambda tools: make(doors, tools))
    qtbot.mouseClick(shown(window).sign_out, LEFT)
    dialog = window.page.findChild(Dialog)
    assert dialog is not None
    assert left == []

    yes = next(one for one in dialog.findChildren(Button) if one.text() == "退出登录")
    qtbot.mouseClick(yes, LEFT)
    assert left == [True]


def test_sizes_are_rounded_up_to_what_people_read() -> None:
    assert [say_size(count) for count in (0, 1, 1024, 1025, 1024 * 1024)] == [
        "0 KB",
        "1 KB",
        "1 KB",
        "2 KB",
        "1.0 MB",
    ]
