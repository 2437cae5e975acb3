"""Words of the chart in both languages."""

from datetime import date

import pytest

from app.texts import LANGUAGES, Language, text, words
from app.ui.kit.gantt.links import LinkKind
from app.ui.kit.gantt.rows import day_of
from app.ui.kit.gantt.timescale import Division, TimeScale
from app.ui.kit.gantt.wording import (
    drag_words,
    link_words,
    lower_label,
    milestone_label,
    row_date,
    row_spoken,
    row_tip,
    upper_label,
)
from tests.ui.kit.gantt.sample_plan import sample_rows

ROWS = sample_rows()
MARCH = Division(day_of(date(2026, 3, 1)), day_of(date(2026, 4, 1)), date(2026, 3, 1))


@pytest.mark.parametrize("area", ["gantt", "printing"])
def test_both_languages_have_the_same_texts(area: str) -> None:
    ids = [{one for one in words(language) if one.startswith(area)} for language in LANGUAGES]
    assert ids[0] == ids[1]
    assert ids[0]


@pytest.mark.parametrize(
    ("language", "px", "upper", "lower"),
    [
        ("zh_CN", 24, "2026年3月", "1"),
        ("zh_CN", 7, "2026年3月", "03-01"),
        ("zh_CN", 2, "2026年", "3月"),
        ("zh_CN", 0.7, "2026年", "1季度"),
        ("en", 7, "Mar 2026", "03-01"),
        ("en", 2, "2026", "Mar"),
        ("en", 0.7, "2026", "Q1"),
    ],
)
def test_header_labels(language: Language, px: float, upper: str, lower: str) -> None:
    scale = TimeScale(0, px)
    assert upper_label(language, scale, MARCH, 200) == upper
    assert lower_label(language, scale, MARCH) == lower


def test_narrow_months_lose_their_year_and_then_all() -> None:
    assert upper_label("zh_CN", TimeScale(0, 7), MARCH, 40) == "3月"
    assert upper_label("zh_CN", TimeScale(0, 7), MARCH, 10) == ""


def test_tips_say_dates_float_and_urgency() -> None:
    tip = row_tip("zh_CN", ROWS, 13).split("\n")
    assert tip[0] == "1.3.1  一至三层结构"
    assert "2026-04-02 至 2026-04-23" in tip
    assert text("zh_CN", "gantt.tip.critical") in tip
    assert "2026-05-25" in row_tip("en", ROWS, 16)
    assert "\n" not in row_spoken("en", ROWS, 13)


def test_milestones_have_one_day_and_say_their_slip() -> None:
    assert row_date(ROWS, 16, end=False) == row_date(ROWS, 16, end=True) == date(2026, 5, 25)
    assert milestone_label("en", ROWS, 16) == ("八层结构完成 05-25", "+5 d vs baseline")


def test_drags_and_links() -> None:
    start = day_of(date(2026, 4, 2))
    assert drag_words("en", start, start + 3) == "2026-04-02 to 2026-04-04"
    assert drag_words("zh_CN", start, start) == "2026-04-01"
    assert link_words("zh_CN", ROWS, 9, 10, LinkKind.SS) == "开始–开始：地下室墙柱 → 地下室顶板"
