"""A plan made ready to be shown."""

from datetime import datetime
from decimal import Decimal

from app.core.schedule.network import ActivityKind
from app.ui.kit.gantt.rows import RowKind, StatusMark
from app.ui.pages.schedule.picture import is_late
from tests.ui.pages.schedule.plans import link, picture, plan_of, seen, summary, task


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


def test_a_plan_that_cannot_be_computed_is_shown_without_dates() -> None:
    first, second = task("土方"), task("垫层")
    plan = plan_of([first, second], [link(first, second), link(second, first)])
    shown = picture([first, second], [link(first, second), link(second, first)])
    assert plan.findings
    assert len(shown.rows) == 2
    assert first.id not in shown.spans
    assert shown.rows.floats == ("–", "–")


def test_a_milestone_weighs_a_little() -> None:
    above = summary("验收")
    rows = [above, task("主体验收", 0, above.id, kind=ActivityKind.FINISH_MILESTONE)]
    assert picture(rows).rows.percent[0] == 0
