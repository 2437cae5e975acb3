"""What the status bar says of the selection."""

from datetime import datetime
from decimal import Decimal

from app.core.schedule.network import ActivityKind
from app.ui.pages.schedule.hints import selection_hint
from tests.services.schedule.site import new_id
from tests.ui.pages.schedule.conftest import Hands
from tests.ui.pages.schedule.plans import link, picture, summary, task


def test_the_hint_tells_dates_float_and_what_drives(hands: Hands) -> None:
    hands.select("1.3.1")
    hint = hands.page.status_hint()
    for part in ("一至三层结构", "工期 15 天", "总时差 0 天", "驱动前置 1.2.2 地下室顶板"):
        assert part in hint
    hands.select("1.3.1", "1.3.2")
    assert "已选 2 项" in hands.page.status_hint()


def test_nothing_or_unknown_rows_say_nothing() -> None:
    shown = picture([task("土方")])
    assert selection_hint(shown, ()) == ""
    assert selection_hint(shown, (new_id(),)) == ""
    assert selection_hint(None, (new_id(),)) == ""


def test_a_task_says_dates_duration_floats_and_drivers() -> None:
    first, second, after = task("土方", 3), task("围挡", 1), task("垫层", 2)
    shown = picture([first, second, after], [link(first, after)])
    assert selection_hint(shown, (after.id,)) == (
        "3 垫层 · 2026-03-05 至 2026-03-06 · 工期 2 天 · 总时差 0 天 · 自由时差 0 天"
        " · 驱动前置 1 土方"
    )
    assert "总时差 4 天" in selection_hint(shown, (second.id,))


def test_hours_are_not_called_days() -> None:
    row = task("浇筑", 0.2)
    hint = selection_hint(picture([row]), (row.id,))
    assert "工期 0.2 天" in hint
    row = task("浇筑", 100 / 480)
    assert "工期 100min" in selection_hint(picture([row]), (row.id,))


def test_a_milestone_has_a_day_and_no_duration() -> None:
    row = task("验收", 0, kind=ActivityKind.FINISH_MILESTONE)
    hint = selection_hint(picture([task("土方"), row]), (row.id,))
    assert "工期" not in hint
    assert "至" not in hint


def test_a_summary_has_no_free_float() -> None:
    above = summary("基础")
    hint = selection_hint(picture([above, task("垫层", 4, above.id)]), (above.id,))
    assert "工期 4 天" in hint
    assert "总时差 0 天" in hint
    assert "自由时差" not in hint


def test_finished_work_has_no_float() -> None:
    start, line = datetime(2026, 3, 2, 8), datetime(2026, 3, 6, 17)  # noqa: DTZ001
    row = task("土方", 5, actual_start=start, actual_finish=line, percent_complete=Decimal(1))
    hint = selection_hint(picture([row], data_date=line), (row.id,))
    assert "2026-03-02 至 2026-03-06" in hint
    assert "时差" not in hint


def test_many_drivers_are_not_all_named() -> None:
    before = [task(f"段 {number}", 2) for number in range(3)]
    after = task("验收")
    shown = picture([*before, after], [link(one, after) for one in before])
    assert selection_hint(shown, (after.id,)).endswith("驱动前置 1 段 0、2 段 1、…")


def test_several_rows_say_their_span() -> None:
    first, second = task("土方", 3), task("垫层", 2)
    shown = picture([first, second], [link(first, second)])
    both = (first.id, second.id)
    assert selection_hint(shown, both) == "已选 2 项 · 2026-03-02 至 2026-03-06"


def test_a_plan_without_dates_says_so() -> None:
    first, second = task("土方"), task("垫层")
    shown = picture([first, second], [link(first, second), link(second, first)])
    assert "日期未计算" in selection_hint(shown, (first.id,))
    assert selection_hint(shown, (first.id, second.id)) == "已选 2 项"
