"""What typing into a cell means for a task's fields."""

from datetime import datetime
from decimal import Decimal
from typing import Any

import pytest

from app.core.errors import Refused
from app.core.schedule.network import ActivityKind, ConstraintKind
from app.ui.kit.gantt.columns import Column
from app.ui.pages.schedule.cell_edits import cell_edit, duration_of, progress_of, started_at
from tests.services.schedule.site import DAY, TODAY
from tests.ui.pages.schedule.plans import picture, seen, summary, task


def edit(column: Column, typed: str) -> dict[str, Any]:
    row = task("土方", 4)
    shown = picture([row])
    return cell_edit(seen(shown, row), column, typed, shown.clocks, TODAY)


APRIL = datetime(2026, 4, 2, 8)  # noqa: DTZ001


@pytest.mark.parametrize(
    ("column", "typed", "meant"),
    [
        (Column.NAME, " 石方 ", {"name": "石方"}),
        (Column.NAME, "土方", {}),
        (Column.CODE, "A1", {"code": "A1"}),
        (Column.CODE, "", {}),
        (Column.DURATION, "4", {}),
        (Column.DURATION, "12h", {"duration_minutes": 720}),
        (
            Column.START,
            "4-2",
            {"constraint_kind": ConstraintKind.START_NO_EARLIER, "constraint_at": APRIL},
        ),
        (Column.START, "", {}),
        (Column.FINISH, "3-7", {"duration_minutes": 6 * DAY}),
        (Column.FINISH, "2026-03-03 12:00", {"duration_minutes": DAY + 240}),
        (Column.PERCENT, "0", {}),
        (Column.STATUS, "x", {}),
        (Column.FLOAT, "5", {}),
    ],
)
def test_what_is_typed(column: Column, typed: str, meant: dict[str, object]) -> None:
    assert edit(column, typed) == meant


@pytest.mark.parametrize(
    ("column", "typed", "reason"),
    [
        (Column.NAME, " ", "fault_name"),
        (Column.NAME, "x" * 501, "fault_long"),
        (Column.CODE, "x" * 121, "fault_long"),
        (Column.DURATION, "", "fault_duration"),
        (Column.DURATION, "soon", "fault_duration"),
        (Column.START, "soon", "fault_date"),
        (Column.FINISH, "", "fault_date"),
        (Column.FINISH, "2026-02-28", "fault_finish_first"),
        (Column.PERCENT, "101", "fault_percent"),
        (Column.PERCENT, "-1", "fault_percent"),
        (Column.PERCENT, "much", "fault_percent"),
    ],
)
def test_what_cannot_be_meant(column: Column, typed: str, reason: str) -> None:
    with pytest.raises(Refused) as error:
        edit(column, typed)
    assert error.value.reason.text_id == f"schedule.page.{reason}"


@pytest.mark.parametrize("column", [Column.DURATION, Column.START, Column.FINISH, Column.PERCENT])
def test_a_summarys_results_are_not_typed(column: Column) -> None:
    above = summary("基础")
    shown = picture([above, task("垫层", 2, above.id)])
    with pytest.raises(Refused) as error:
        cell_edit(seen(shown, above), column, "5", shown.clocks, TODAY)
    assert error.value.reason.text_id == "schedule.page.fault_derived"


def test_a_share_done_brings_its_actual_dates() -> None:
    begun = edit(Column.PERCENT, "50%")
    assert begun == {
        "percent_complete": Decimal("0.5"),
        "actual_start": datetime(2026, 3, 2, 8),  # noqa: DTZ001
    }
    done = edit(Column.PERCENT, "100")
    assert done["actual_finish"] == datetime(2026, 3, 5, 17)  # noqa: DTZ001
    row = task(
        "土方",
        4,
        percent_complete=Decimal(1),
        actual_start=datetime(2026, 3, 2, 8),  # noqa: DTZ001
        actual_finish=datetime(2026, 3, 5, 17),  # noqa: DTZ001
        remaining_minutes=0,
    )
    back = progress_of(seen(picture([row]), row), Decimal("0.25"))
    assert back == {
        "percent_complete": Decimal("0.25"),
        "actual_finish": None,
        "remaining_minutes": 3 * DAY,
    }
    assert progress_of(row, Decimal(0))["actual_start"] is None


def test_what_remains_grows_with_the_duration() -> None:
    values = task("土方", 4, remaining_minutes=2 * DAY).values
    assert duration_of(values, 6 * DAY)["remaining_minutes"] == 4 * DAY
    assert duration_of(values, DAY)["remaining_minutes"] == 0


def test_the_start_of_work_begun_is_its_actual_start() -> None:
    row = task("土方", 4, actual_start=datetime(2026, 3, 2, 8))  # noqa: DTZ001
    assert started_at(row, APRIL) == {"actual_start": APRIL}
    milestone = task("验收", 0, kind=ActivityKind.FINISH_MILESTONE)
    assert started_at(milestone, APRIL)["constraint_kind"] is ConstraintKind.FINISH_NO_EARLIER
