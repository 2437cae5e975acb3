"""The product's mark."""

import pytest
from PySide6.QtWidgets import QApplication

from app.ui.shell.brand import SIZES, brand_icon


@pytest.mark.parametrize("size", SIZES)
def test_the_mark_is_drawn_at_every_size(qapp: QApplication, size: int) -> None:
    image = brand_icon().pixmap(size, size).toImage()
    colors = {
        image.pixelColor(x, y).name()
        for x in range(image.width())
        for y in range(image.height())
        if image.pixelColor(x, y).alpha() > 200
    }
    assert "#2563eb" in colors
    assert len(colors) > 1
