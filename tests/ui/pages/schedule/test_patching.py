"""One edited row shown at once."""

from dataclasses import replace
from datetime import datetime
from decimal import Decimal

import numpy as np

from app.core.schedule.network import ConstraintKind
from app.ui.kit.gantt.rows import day_of
from app.ui.pages.schedule.patching import patched
from tests.services.schedule.site import DAY, new_id
from tests.ui.pages.schedule.plans import link, picture, task


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


def test_a_longer_task_ends_after_its_days_off() -> None:
    row = task("土方", 2)
    shown = picture([row, task("垫层", 9)])
    assert not np.isnan(shown.rows.late_finish[0])
    now = patched(shown, row.id, {"duration_minutes": 7 * DAY})
    # Six days a week: Monday the 2nd to Monday the 9th.
    assert now.rows.finish[0] == day_of(datetime(2026, 3, 9, 17))  # noqa: DTZ001
    # How late it may end is not known until all is computed.
    assert np.isnan(now.rows.late_finish[0])


def test_an_emptied_code_is_the_outline_number_again() -> None:
    row = task("土方", code="A1")
    shown = picture([row])
    assert shown.rows.codes[0] == "A1"
    assert patched(shown, row.id, {"code": ""}).rows.codes[0] == "1"


def test_the_bar_of_finished_or_undated_work_stays() -> None:
    start, line = datetime(2026, 3, 2, 8), datetime(2026, 3, 6, 17)  # noqa: DTZ001
    done = task("土方", 5, actual_start=start, actual_finish=line, percent_complete=Decimal(1))
    shown = picture([done], data_date=line)
    now = patched(shown, done.id, {"duration_minutes": 9 * DAY})
    assert now.rows.durations[0] == "9"
    assert now.rows.finish[0] == shown.rows.finish[0]
    first, second = task("土方"), task("垫层")
    undated = picture([first, second], [link(first, second), link(second, first)])
    now = patched(undated, first.id, {"duration_minutes": 9 * DAY})
    assert now.rows.finish[0] == undated.rows.finish[0]


def test_fields_without_a_cell_are_kept_for_the_next_edit() -> None:
    row = task("土方", 2)
    shown = picture([row])
    now = patched(shown, row.id, {"constraint_kind": ConstraintKind.AS_LATE_AS_POSSIBLE})
    assert now.by_id[row.id].values == replace(
        row.values, constraint_kind=ConstraintKind.AS_LATE_AS_POSSIBLE
    )
    assert shown.by_id[row.id].values == row.values
