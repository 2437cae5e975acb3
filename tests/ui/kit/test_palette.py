"""The search over everything, by keyboard."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from functools import partial

import pytest
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QWidget
from pytestqt.qtbot import QtBot

from app.ui.kit.desk import Reader
from app.ui.kit.finding import Hit, NamedThings
from app.ui.kit.palette import Palette
from app.ui.kit.runner import Runner
from tests.ui.desk import MemoryDesk
from tests.ui.typing import type_words


@dataclass
class Words:
    """Finds rows of the desk."""

    opened: list[str]
    title_id: str = "shell.pages"

    def find(self, reader: Reader, wanted: str, most: int) -> Sequence[Hit]:
        found = [words for words in reader if wanted in words][:most]
        return [Hit(words, "home", partial(self.opened.append, words)) for words in found]


@pytest.fixture
def opened() -> list[str]:
    return []


@pytest.fixture
def palette(qtbot: QtBot, runner: Runner, desk: MemoryDesk, opened: list[str]) -> Iterator[Palette]:
    desk.words = ["1# 工业厂房", "2# 库房"]
    window = QWidget()
    qtbot.addWidget(window)
    window.resize(900, 600)
    with qtbot.waitActive(window):
        window.show()
    named = [
        Hit(name, "home", partial(opened.append, name)) for name in ("滨江花园亭", "红星", "设置")
    ]
    yield Palette(window, runner, [Words(opened), NamedThings("shell.commands", lambda: named)])
    window.close()


def test_initials_find_and_enter_opens(qtbot: QtBot, palette: Palette, opened: list[str]) -> None:
    palette.popup()
    qtbot.waitUntil(lambda: len(palette.hits.titles) == 5)
    qtbot.keyClicks(palette.field, "hyt")
    qtbot.waitUntil(lambda: palette.hits.titles == ["滨江花园亭"], timeout=20_000)
    with qtbot.waitSignal(palette.closed):
        qtbot.keyClick(palette.field, Qt.Key.Key_Return)
    assert opened == ["滨江花园亭"]
    assert not palette.isVisible()


def test_enter_before_the_answer_opens_what_was_typed(
    qtbot: QtBot, palette: Palette, opened: list[str]
) -> None:
    palette.popup()
    qtbot.waitUntil(lambda: len(palette.hits.titles) == 5)
    type_words(palette.field, "厂房")
    qtbot.keyClick(palette.field, Qt.Key.Key_Return)
    qtbot.waitUntil(lambda: opened == ["1# 工业厂房"], timeout=20_000)


def test_arrows_move_and_escape_leaves(qtbot: QtBot, palette: Palette, opened: list[str]) -> None:
    palette.popup()
    qtbot.waitUntil(lambda: len(palette.hits.titles) == 5)
    qtbot.keyClick(palette.field, Qt.Key.Key_Down)
    qtbot.keyClick(palette.field, Qt.Key.Key_Down)
    qtbot.keyClick(palette.field, Qt.Key.Key_Up)
    assert palette.hits.current is not None
    assert palette.hits.current.title == "2# 库房"
    with qtbot.waitSignal(palette.closed):
        qtbot.keyClick(palette.field, Qt.Key.Key_Escape)
    assert opened == []


def test_nothing_found_opens_nothing(qtbot: QtBot, palette: Palette, opened: list[str]) -> None:
    palette.popup("没有这样的东西")
    qtbot.waitUntil(lambda: palette.hits.grab() is not None and not palette.hits.titles)
    qtbot.keyClick(palette.field, Qt.Key.Key_Return)
    assert opened == []
    assert palette.isVisible()
