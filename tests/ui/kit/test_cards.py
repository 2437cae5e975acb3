"""Cards and number tiles."""

import pytest
from PySide6.QtCore import Qt
from pytestqt.qtbot import QtBot

from app.ui.kit.cards import Card, NumberTile
from app.ui.kit.colors import LIGHT
from app.ui.kit.status import Status
from app.ui.kit.text import texts


@pytest.mark.parametrize("key", [Qt.Key.Key_Return, Qt.Key.Key_Space])
def test_a_number_opens_what_is_behind_it(qtbot: QtBot, key: Qt.Key) -> None:
    opened: list[bool] = []
    tile = NumberTile("kit.undo", lambda: opened.append(True))
    qtbot.addWidget(tile)
    tile.show()
    qtbot.keyClick(tile, key)
    qtbot.mouseClick(tile, Qt.MouseButton.LeftButton)
    assert opened == [True, True]


def test_a_tile_says_all_of_itself(qtbot: QtBot) -> None:
    tile = NumberTile("kit.days", count=7)
    qtbot.addWidget(tile)
    tile.show_number("¥342.0 万", "7 笔", Status.OVERDUE)
    assert tile.accessibleName() == "7 天 ¥342.0 万 7 笔"
    texts().set_language("en")
    assert tile.title.text() == "7 d"
    tile.resize(200, tile.sizeHint().height())
    tile.show()
    image = tile.grab().toImage()
    seen = {
        image.pixelColor(x, y).name().upper() for x in range(200) for y in range(image.height())
    }
    assert LIGHT.overdue in seen


def test_a_tile_without_rows_does_nothing(qtbot: QtBot) -> None:
    tile = NumberTile("kit.undo")
    qtbot.addWidget(tile)
    qtbot.mouseClick(tile, Qt.MouseButton.LeftButton)
    assert tile.focusPolicy() == Qt.FocusPolicy.NoFocus


def test_a_card_in_force_is_tinted(qtbot: QtBot) -> None:
    card = Card("kit.undo")
    qtbot.addWidget(card)
    card.resize(100, 60)
    assert card.grab().toImage().pixelColor(50, 50).name().upper() == LIGHT.surface
    card.set_highlighted(True)
    assert card.grab().toImage().pixelColor(50, 50).name().upper() == LIGHT.selection
