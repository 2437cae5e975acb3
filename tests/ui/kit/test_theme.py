"""Light and dark, switched while the program runs."""

from PySide6.QtGui import QImage, QPalette
from PySide6.QtWidgets import QApplication, QWidget
from pytestqt.qtbot import QtBot

from app.ui.kit.buttons import Button
from app.ui.kit.colors import DARK, LIGHT
from app.ui.kit.labels import Ground, Label
from app.ui.kit.measures import TYPE_CELL
from app.ui.kit.theme import colors_in, colors_of, font, palette_of, system_font_scale, theme


def ground_of(widget: QWidget) -> str:
    image: QImage = widget.grab().toImage()
    return image.pixelColor(1, 1).name().upper()


def test_a_switch_repaints_what_is_seen(qtbot: QtBot) -> None:
    ground = Ground("surface")
    qtbot.addWidget(ground)
    label = Label("x", parent=ground)
    ground.show()
    assert ground_of(ground) == LIGHT.surface
    with qtbot.waitSignal(theme().changed):
        theme().set_mode("dark")
    assert ground_of(ground) == DARK.surface
    assert label.palette().color(QPalette.ColorRole.WindowText).name().upper() == DARK.text
    assert colors_of(ground) is DARK


def test_the_same_mode_changes_nothing(qtbot: QtBot) -> None:
    with qtbot.assertNotEmitted(theme().changed):
        theme().set_mode("light")


def test_colors_follow_a_palette() -> None:
    assert colors_in(palette_of(LIGHT)) is LIGHT
    assert colors_in(palette_of(DARK)) is DARK


def test_type_grows_with_the_scale(qtbot: QtBot) -> None:
    assert font().pixelSize() == TYPE_CELL
    theme().set_scale(1.5)
    assert font().pixelSize() == round(TYPE_CELL * 1.5)
    button = Button("重新计算")
    qtbot.addWidget(button)
    assert button.sizeHint().width() > button.fontMetrics().horizontalAdvance("重新计算")
    theme().set_scale(9)
    assert theme().scale == 2.0


def test_chinese_is_drawn_with_a_chinese_face(qapp: QApplication) -> None:
    assert font().families()[0] == "Noto Sans CJK SC"
    assert system_font_scale(qapp) == 1.0


def test_there_is_one_theme() -> None:
    assert theme() is theme()
