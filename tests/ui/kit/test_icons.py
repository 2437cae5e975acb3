"""Icons by our names."""

import pytest
from PySide6.QtCore import QSize
from PySide6.QtGui import QColor, QIcon, QImage
from PySide6.QtWidgets import QApplication

from app.ui.kit.colors import DARK, LIGHT
from app.ui.kit.icons import GLYPHS, icon, pixmap
from app.ui.kit.theme import theme


def inked(image: QImage) -> int:
    return sum(
        image.pixelColor(x, y).alpha() > 0
        for x in range(image.width())
        for y in range(image.height())
    )


@pytest.mark.parametrize("name", sorted(GLYPHS))
def test_every_name_has_a_glyph(qapp: QApplication, name: str) -> None:
    assert inked(pixmap(name, "#000000", 16).toImage()) > 8


def test_an_icon_follows_the_theme(qapp: QApplication) -> None:
    def strongest(made: QIcon) -> str:
        image = made.pixmap(QSize(24, 24)).toImage()
        pixels = [image.pixelColor(x, y) for x in range(24) for y in range(24)]
        return max(pixels, key=QColor.alpha).name(QColor.NameFormat.HexRgb).upper()

    made = icon("home", "text")
    assert strongest(made) == LIGHT.text
    theme().set_mode("dark")
    assert strongest(made) == DARK.text


def test_an_icon_is_made_once(qapp: QApplication) -> None:
    assert icon("home") is icon("home")


def test_an_unknown_name_is_an_error(qapp: QApplication) -> None:
    with pytest.raises(KeyError):
        icon("no such icon")
