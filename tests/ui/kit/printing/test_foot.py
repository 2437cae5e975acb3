"""Legend and title block keep to their boxes."""

import pytest
from PySide6.QtGui import QFont, QImage

from app.texts import LANGUAGES, Language
from app.ui.kit.gantt.colours import PAPER, Inks
from app.ui.kit.printing.foot import FootWords, paint_legend, paint_title_block
from app.ui.kit.printing.options import TitleBlock
from app.ui.kit.printing.paper import Paper, page_plan
from tests.ui.kit.gantt.pictures import blank, colour_at, picture_of

pytestmark = pytest.mark.usefixtures("qapp")
PAGE = page_plan(Paper.A4, landscape=False)
SIZE = (round(PAGE.width), round(PAGE.height))


def words(language: Language) -> FootWords:
    small, plain, bold = QFont(), QFont(), QFont()
    for font, pixels in ((small, 10), (plain, 12), (bold, 14)):
        font.setPixelSize(pixels)
    return FootWords(language, small, plain, bold)


def right_of(picture: QImage, box_right: float) -> set[str]:
    columns = range(round(box_right) + 3, SIZE[0])
    return {colour_at(picture, x, y) for x in columns for y in range(0, SIZE[1], 2)}


@pytest.mark.parametrize("language", LANGUAGES)
def test_the_whole_legend_fits_the_narrowest_page(language: Language) -> None:
    inks = Inks.of(PAPER)
    picture = picture_of(lambda p: paint_legend(p, PAGE, inks, words(language)), *SIZE)
    assert not blank(picture)
    assert right_of(picture, PAGE.legend.left + PAGE.legend.width) == {"#FFFFFF"}


@pytest.mark.parametrize("language", LANGUAGES)
def test_long_names_are_cut_inside_the_title_block(language: Language) -> None:
    title = TitleBlock(
        "很长的公司名称" * 9, "工程" * 40, "计划" * 40, None, "编" * 40, "", "", "B2"
    )
    inks, said = Inks.of(PAPER), words(language)
    picture = picture_of(lambda p: paint_title_block(p, PAGE, inks, said, title, "1/1"), *SIZE)
    assert not blank(picture)
    assert right_of(picture, PAGE.title.left + PAGE.title.width) == {"#FFFFFF"}
