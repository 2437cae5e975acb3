"""Words laid out once."""

import pytest
from PySide6.QtCore import QRectF
from PySide6.QtGui import QFont, QFontMetricsF, QImage

from app.ui.kit.gantt.glyphs import WordCache
from tests.ui.kit.gantt.pictures import blank, colour_at, picture_of

pytestmark = pytest.mark.usefixtures("qapp")


def drawn(words: str, align: str) -> QImage:
    cache = WordCache(QFont())
    return picture_of(
        lambda painter: cache.draw(painter, QRectF(0, 0, 200, 28), words, align), 200, 28
    )


def inked(picture: QImage) -> list[int]:
    return [x for x in range(200) if any(colour_at(picture, x, y) != "#FFFFFF" for y in range(28))]


def test_alignment() -> None:
    left, centre, right = (inked(drawn("工期", align)) for align in ("left", "centre", "right"))
    assert left[0] < 4
    assert right[-1] > 194
    assert abs((centre[0] + centre[-1]) / 2 - 100) < 3
    assert blank(drawn("", "left"))


def test_width_and_cut_agree_with_the_font() -> None:
    cache = WordCache(QFont())
    assert cache.width("土方开挖") == QFontMetricsF(QFont()).horizontalAdvance("土方开挖")
    assert cache.cut("土方开挖", 500) == "土方开挖"
    cut = cache.cut("土方开挖至坑底", 60)
    assert cut.endswith("…")
    assert cache.width(cut) <= 60
    assert cache.cut("土方开挖至坑底", 60) is cut


def test_markup_stays_plain_words() -> None:
    cache = WordCache(QFont())
    assert cache.width("<b>x</b>") > cache.width("x") * 3
    assert len(inked(drawn("<b>x</b>", "left"))) > 20
