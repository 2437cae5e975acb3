import pytest

from app.core.schedule.network import (
    ActivityKind,
    ConstraintKind,
    FloatKind,
    LagCalendar,
    LinkType,
    ProgressMode,
    Rules,
)
from app.ports.schedule_files.faults import Faults
from app.ports.schedule_files.xer_rows import XerRowReader, XerTask, schedule_options
from app.ports.schedule_files.xer_tables import Row
from tests.ports.schedule_files.findings import found_in

TASK: Row = {"task_id": "1", "task_code": "A", "task_type": "TT_Task", "clndr_id": "9"}


def read(**fields: str) -> tuple[XerTask | None, Faults]:
    faults = Faults()
    return XerRowReader(faults, 10).task({**TASK, **fields}, 7), faults


def test_an_activity_with_its_constraints() -> None:
    task, faults = read(
        task_name="挖土",
        target_drtn_hr_cnt="80",
        remain_drtn_hr_cnt="60",
        cstr_type="CS_MEO",
        cstr_date="2026-01-09 17:00",
        cstr_type2="CS_ALAP",
        complete_pct_type="CP_Drtn",
        total_float_hr_cnt="-1.5",
    )
    assert task is not None
    assert not faults
    activity = task.activity
    assert (activity.id, activity.name, activity.kind) == ("A", "挖土", ActivityKind.TASK)
    assert (activity.duration, activity.remaining, activity.percent) == (4800, 3600, 25.0)
    assert activity.primary is not None
    assert activity.primary.kind is ConstraintKind.FINISH_ON
    assert activity.secondary is not None
    assert activity.secondary.kind is ConstraintKind.AS_LATE_AS_POSSIBLE
    assert task.stored.total_float == -90


@pytest.mark.parametrize(
    ("fields", "percent"),
    [
        ({"act_end_date": "2026-01-01 08:00"}, 100.0),
        ({"complete_pct_type": "CP_Phys", "phys_complete_pct": "30"}, 30.0),
        ({"complete_pct_type": "CP_Phys", "phys_complete_pct": "300"}, 100.0),
        ({"target_drtn_hr_cnt": "10", "remain_drtn_hr_cnt": "20"}, 0.0),
    ],
)
def test_percentages(fields: dict[str, str], percent: float) -> None:
    task, _ = read(**fields)
    assert task is not None
    assert task.activity.percent == percent


@pytest.mark.parametrize(
    ("fields", "finding"),
    [
        ({"task_type": "TT_New"}, "unknown_value"),
        ({"task_name": "x" * 11}, "text_too_long"),
        ({"target_drtn_hr_cnt": "-8"}, "negative_duration"),
        ({"target_drtn_hr_cnt": "eight"}, "bad_number"),
        ({"cstr_type": "CS_NEW"}, "unknown_value"),
        ({"cstr_type": "CS_MSO"}, "constraint_without_date"),
        ({"act_start_date": "9999-01-01 00:00"}, "date_out_of_range"),
    ],
)
def test_faulty_fields_are_found(fields: dict[str, str], finding: str) -> None:
    _, faults = read(**fields)
    assert [name for _, name in found_in(faults)] == [finding]


def test_an_activity_needs_its_keys() -> None:
    task, faults = read(task_code="")
    assert task is None
    assert found_in(faults) == [("L7 TASK", "missing_key")]


def test_links_between_known_activities() -> None:
    faults = Faults()
    rows = XerRowReader(faults, 10)
    codes = {"1": "A", "2": "B"}
    row = {"pred_task_id": "1", "task_id": "2", "pred_type": "PR_SF", "lag_hr_cnt": "-8"}
    link = rows.link(row, 3, codes)
    assert link is not None
    assert (link.predecessor_id, link.successor_id, link.type) == ("A", "B", LinkType.SF)
    assert link.lag == -480
    assert rows.link({**row, "task_id": "3"}, 4, codes) is None
    assert rows.link({**row, "pred_type": "PR_XX"}, 5, codes) is None
    assert [name for _, name in found_in(faults)] == ["dangling_link", "unknown_value"]


def test_options_of_the_project() -> None:
    options = schedule_options(
        {
            "sched_float_type": "FT_Min",
            "sched_calendar_on_relationship_lag": "rcal_24Hour",
            "sched_progress_override": "Y",
            "sched_use_expect_end_flag": "N",
            "sched_open_critical_flag": "Y",
        },
        60,
        by_longest_path=True,
    )
    assert options.rules is Rules.P6
    assert options.float_kind is FloatKind.SMALLEST
    assert options.lag_calendar is LagCalendar.ROUND_THE_CLOCK
    assert options.progress is ProgressMode.OVERRIDE
    assert (options.use_expected_finish, options.open_ends_critical) == (False, True)
    assert (options.critical_threshold, options.critical_by_longest_path) == (60, True)


def test_options_that_are_not_in_the_file_are_those_of_p6() -> None:
    options = schedule_options({}, 0, by_longest_path=False)
    assert options.progress is ProgressMode.RETAINED_LOGIC
    assert options.lag_calendar is LagCalendar.PREDECESSOR
    assert options.float_kind is FloatKind.FINISH
    actual = schedule_options({"sched_retained_logic": "N"}, 0, by_longest_path=False)
    assert actual.progress is ProgressMode.ACTUAL_DATES
