"""What a filled form of a task changes."""

from datetime import datetime
from decimal import Decimal

import pytest

from app.core.errors import InputRejected
from app.core.schedule.network import ActivityKind, ConstraintKind
from app.services.schedule.views import TaskView
from app.ui.pages.schedule.cell_edits import Edit
from app.ui.pages.schedule.task_fields import (
    general_specs,
    progress_specs,
    shown_values,
    task_edit,
)
from tests.services.schedule.site import DAY, TODAY
from tests.ui.pages.schedule.plans import START, picture, seen, summary, task

LIMIT = datetime(2026, 4, 2, 17)  # noqa: DTZ001
LATE = datetime(2026, 4, 2, 12)  # noqa: DTZ001


def edit(row: TaskView, **typed: object) -> Edit:
    shown = picture([row])
    known = seen(shown, row)
    return task_edit(shown, known, shown_values(shown, known) | typed, TODAY)


def rich() -> TaskView:
    return task(
        "筏板",
        4,
        code="A10",
        constraint_kind=ConstraintKind.FINISH_NO_LATER,
        constraint_at=LIMIT,
        deadline=LATE,
        percent_complete=Decimal("0.125"),
        remaining_minutes=3 * DAY,
        actual_start=START,
        suspended_at=LATE,
        resumed_at=LIMIT,
        note="等图纸",
    )


def test_an_untouched_form_changes_nothing() -> None:
    assert edit(task("土方", 2.25)) == {}
    assert edit(rich()) == {}
    above = summary("基础")
    shown = picture([above, task("垫层", 4, above.id)])
    known = seen(shown, above)
    assert task_edit(shown, known, shown_values(shown, known), TODAY) == {}


def test_forms_are_filled_as_people_write() -> None:
    shown = picture([rich()])
    values = shown_values(shown, shown.plan.tasks[0])
    assert values["constraint_at"] == "2026-04-02"
    assert values["deadline"] == "2026-04-02 12:00"
    assert (values["duration"], values["remaining"]) == ("4", "3")
    assert values["percent"] == "12.5"
    assert values["actual_start"] == "2026-03-02"


@pytest.mark.parametrize(
    ("kind", "hour"),
    [(ConstraintKind.START_NO_EARLIER, 8), (ConstraintKind.FINISH_NO_LATER, 17)],
)
def test_a_limits_day_means_the_end_that_it_limits(kind: ConstraintKind, hour: int) -> None:
    # A combo box hands plain texts back.
    assert edit(task("土方"), constraint_kind=kind.value, constraint_at="4-2") == {
        "constraint_kind": kind,
        "constraint_at": datetime(2026, 4, 2, hour),  # noqa: DTZ001
    }


def test_a_kind_without_a_date_takes_the_date_away() -> None:
    changed = edit(rich(), constraint_kind=ConstraintKind.AS_SOON_AS_POSSIBLE.value)
    assert changed == {
        "constraint_kind": ConstraintKind.AS_SOON_AS_POSSIBLE,
        "constraint_at": None,
    }
    second = task(
        "土方",
        second_constraint_kind=ConstraintKind.START_NO_LATER,
        second_constraint_at=START,
    )
    assert edit(second, second_constraint_kind=None) == {
        "second_constraint_kind": None,
        "second_constraint_at": None,
    }


def test_days_of_starts_and_finishes_mean_their_usual_hours() -> None:
    assert edit(task("土方"), actual_start="3-3", deadline="3-20", pinned_finish="3-9 12:00") == {
        "actual_start": datetime(2026, 3, 3, 8),  # noqa: DTZ001
        "deadline": datetime(2026, 3, 20, 17),  # noqa: DTZ001
        "pinned_finish": datetime(2026, 3, 9, 12),  # noqa: DTZ001
    }
    assert edit(rich(), deadline="", suspended_at="", resumed_at="") == {
        "deadline": None,
        "suspended_at": None,
        "resumed_at": None,
    }


def test_amounts_are_read_as_people_write_them() -> None:
    assert edit(task("土方", 4), duration="12h") == {"duration_minutes": 720}
    assert edit(task("土方", 4), percent="25%", remaining="2") == {
        "percent_complete": Decimal("0.25"),
        "remaining_minutes": 2 * DAY,
    }
    assert edit(rich(), remaining="") == {"remaining_minutes": None}
    assert edit(rich(), percent="") == {"percent_complete": Decimal(0)}


def test_a_milestone_takes_no_time() -> None:
    assert edit(task("验收", 4), kind=ActivityKind.FINISH_MILESTONE.value, duration="9") == {
        "kind": ActivityKind.FINISH_MILESTONE,
        "duration_minutes": 0,
    }


def test_a_derived_duration_is_not_typed() -> None:
    assert "duration_minutes" not in edit(
        task("管理", 4), kind=ActivityKind.LEVEL_OF_EFFORT.value, duration="bald"
    )


def test_every_field_that_cannot_be_meant_is_named() -> None:
    with pytest.raises(InputRejected) as error:
        edit(
            task("土方"),
            duration="bald",
            remaining="x",
            percent="101",
            deadline="soon",
            actual_start="2026-02-30",
        )
    found = {finding.where: finding.reason.text_id for finding in error.value.findings}
    assert found == {
        "duration": "schedule.page.fault_duration",
        "remaining": "schedule.page.fault_duration",
        "percent": "schedule.page.fault_percent",
        "deadline": "schedule.page.fault_date",
        "actual_start": "schedule.page.fault_date",
    }


def test_a_summary_has_only_the_fields_of_its_own() -> None:
    above, below = summary("基础"), task("垫层")
    shown = picture([above, below])
    keys = [spec.key for spec in general_specs(shown, above, TODAY)]
    assert keys == ["name", "code", "kind", "deadline"]
    work = {spec.key for spec in general_specs(shown, below, TODAY)}
    work |= {spec.key for spec in progress_specs(shown, below, TODAY)}
    assert work <= shown_values(shown, below).keys()
    (kinds,) = (spec for spec in general_specs(shown, below, TODAY) if spec.key == "kind")
    assert kinds.choices is not None
    assert ActivityKind.SUMMARY not in {kind for kind, _ in kinds.choices()}
