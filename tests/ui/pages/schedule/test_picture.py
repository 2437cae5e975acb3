"""A plan made ready to be shown."""

from datetime import date, datetime
from decimal import Decimal

from app.core.schedule.network import ActivityKind
from app.services.schedule.views import SpecialDay
from app.ui.kit.gantt.rows import RowKind, StatusMark, day_of
from app.ui.pages.schedule.driving import drivers_of
from app.ui.pages.schedule.patching import patched
from app.ui.pages.schedule.picture import is_late
from tests.services.schedule.site import DAY, new_id
from tests.ui.pages.schedule.plans import day_off, link, picture, plan_of, seen, summary, task


def test_rows_say_duration_float_and_share() -> None:
    above = summary("基础")
    long = task("筏板", 4, above.id, percent_complete=Decimal("0.5"))
    short = task("垫层", 2, above.id)
    shown = picture([above, long, short])
    rows = shown.rows
    assert rows.durations == ("4", "4", "2")
    assert rows.floats == ("0", "0", "2")
    assert [round(float(share), 1) for share in rows.percent] == [33.3, 50.0, 0.0]
    assert list(rows.critical) == [True, True, False]
    assert list(rows.kind) == [RowKind.SUMMARY, RowKind.TASK, RowKind.TASK]
    assert rows.codes == ("1", "1.1", "1.2")


def test_actual_dates_are_shown_where_they_are() -> None:
    begun, ended = datetime(2026, 3, 4, 8), datetime(2026, 3, 6, 17)  # noqa: DTZ001
    done = task("土方", 3, actual_start=begun, actual_finish=ended, percent_complete=Decimal(1))
    under_way = task("垫层", 3, actual_start=begun, percent_complete=Decimal("0.5"))
    shown = picture([done, under_way], data_date=datetime(2026, 3, 10, 17))  # noqa: DTZ001
    assert shown.spans[done.id] == (begun, ended)
    assert shown.spans[under_way.id][0] == begun
    assert shown.rows.floats[0] == "–"
    assert [StatusMark(mark) for mark in shown.rows.mark] == [StatusMark.DONE, StatusMark.RUNNING]


def test_a_summary_spans_the_actual_dates_below_it() -> None:
    begun = datetime(2026, 3, 4, 8)  # noqa: DTZ001
    above = summary("基础")
    inside = task("垫层", 6, above.id, actual_start=begun, percent_complete=Decimal("0.5"))
    shown = picture([above, inside], data_date=datetime(2026, 3, 10, 17))  # noqa: DTZ001
    assert shown.spans[above.id] == shown.spans[inside.id]
    assert shown.spans[above.id][0] == begun


def test_marks_tell_late_and_noted() -> None:
    late = task("土方", 9, deadline=datetime(2026, 3, 4, 17))  # noqa: DTZ001
    noted = task("垫层", 1, note="等图纸")
    shown = picture([late, noted, task("筏板")])
    assert is_late(seen(shown, late))
    marks = [StatusMark(mark) for mark in shown.rows.mark]
    assert marks == [StatusMark.LATE, StatusMark.NOTE, StatusMark.NONE]


def test_a_link_without_slack_drives_and_is_critical_between_critical_rows() -> None:
    first, second, third = task("土方", 5), task("围挡", 1), task("垫层", 2)
    shown = picture([first, second, third], [link(first, third), link(second, third)])
    assert list(shown.rows.links.driving) == [True, False]
    assert list(shown.rows.links.critical) == [True, False]
    assert drivers_of(third.id, shown.plan.links, shown.driving) == [first.id]


def test_a_lag_counts_for_what_drives() -> None:
    first, second, third = task("土方", 5), task("围挡", 1), task("垫层", 2)
    links = [link(first, third), link(second, third, lag=9 * DAY)]
    shown = picture([first, second, third], links)
    assert list(shown.rows.links.driving) == [False, True]


def test_holidays_are_joined_by_name_and_provisional_ones_say_so() -> None:
    days = [
        day_off(date(2026, 4, 4), "清明"),
        day_off(date(2026, 4, 5), "清明"),
        day_off(date(2026, 5, 1), "劳动节", provisional=True),
        day_off(date(2026, 5, 8)),
        SpecialDay(new_id(), date(2026, 5, 10), ((480, 720),), "", False),
    ]
    calendar = picture([task("土方")], days=days).calendar
    assert [(one.name, one.last - one.first + 1) for one in calendar.holidays] == [
        ("清明", 2),
        ("劳动节（预排）", 1),
    ]
    assert calendar.weekdays_off == {6}
    assert calendar.rest_days == {int(day_of(date(2026, 5, 8)))}
    assert calendar.makeup_days == {int(day_of(date(2026, 5, 10)))}


def test_a_plan_that_cannot_be_computed_is_shown_without_dates() -> None:
    first, second = task("土方"), task("垫层")
    plan = plan_of([first, second], [link(first, second), link(second, first)])
    shown = picture([first, second], [link(first, second), link(second, first)])
    assert plan.findings
    assert len(shown.rows) == 2
    assert first.id not in shown.spans
    assert shown.rows.floats == ("–", "–")


def test_one_edited_row_is_patched_at_once() -> None:
    row = task("土方", 2)
    shown = picture([row, task("垫层")])
    now = patched(
        shown,
        row.id,
        {"name": "石方", "code": "A1", "duration_minutes": 9 * DAY, "percent_complete": Decimal(1)},
    )
    assert (now.rows.names[0], now.rows.codes[0], now.rows.durations[0]) == ("石方", "A1", "9")
    assert now.rows.percent[0] == 100
    assert now.rows.finish[0] > shown.rows.finish[0]
    assert now.rows.names[1] == "垫层"
    assert now.by_id[row.id].values.name == "石方"
    assert patched(shown, new_id(), {"name": "x"}) is shown


def test_a_milestone_weighs_a_little() -> None:
    above = summary("验收")
    rows = [above, task("主体验收", 0, above.id, kind=ActivityKind.FINISH_MILESTONE)]
    assert picture(rows).rows.percent[0] == 0
