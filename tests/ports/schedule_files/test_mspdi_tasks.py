import pytest

from app.core.schedule.network import ActivityKind, ConstraintKind, LagKind, Link, LinkType
from app.ports.schedule_files.faults import Faults
from app.ports.schedule_files.mspdi_tasks import MspdiTask, MspdiTaskReader
from app.ports.schedule_files.xml_records import Element
from tests.ports.schedule_files.findings import found_in


def element(tag: str, children: list[Element] | None = None, **fields: str) -> Element:
    leaves = [Element(name, 1, text) for name, text in fields.items()]
    return Element(tag, 5, "", leaves + (children or []))


def read(*children: Element, **fields: str) -> tuple[MspdiTask | None, Faults]:
    faults = Faults()
    known = {"UID": "3", "Name": "浇筑", "Duration": "PT16H0M0S", **fields}
    return MspdiTaskReader(faults).task(element("Task", list(children), **known)), faults


def sound(*children: Element, **fields: str) -> MspdiTask:
    task, faults = read(*children, **fields)
    faults.raise_if_any()
    assert task is not None
    return task


def test_a_plain_task() -> None:
    task = sound(OutlineLevel="2", WBS="1.3", CalendarUID="-1", PercentComplete="40")
    assert (task.uid, task.level, task.wbs, task.calendar_uid) == ("3", 2, "1.3", "")
    activity = task.activity
    assert (activity.id, activity.name, activity.duration) == ("3", "浇筑", 960)
    assert (activity.kind, activity.percent) == (ActivityKind.TASK, 40.0)
    assert task.by_resources


@pytest.mark.parametrize(
    ("fields", "kind"),
    [
        ({"Summary": "1"}, ActivityKind.SUMMARY),
        ({"Milestone": "1", "Duration": "PT0H0M0S"}, ActivityKind.FINISH_MILESTONE),
        ({"Milestone": "1"}, ActivityKind.TASK),
    ],
)
def test_kinds(fields: dict[str, str], kind: ActivityKind) -> None:
    assert sound(**fields).activity.kind is kind


def test_constraint_types_by_number() -> None:
    kinds = []
    for code in range(1, 8):
        task = sound(ConstraintType=str(code), ConstraintDate="2026-01-05T08:00:00")
        assert task.activity.primary is not None
        kinds.append(task.activity.primary.kind)
    assert kinds == [
        ConstraintKind.AS_LATE_AS_POSSIBLE,
        ConstraintKind.MANDATORY_START,
        ConstraintKind.MANDATORY_FINISH,
        ConstraintKind.START_NO_EARLIER,
        ConstraintKind.START_NO_LATER,
        ConstraintKind.FINISH_NO_EARLIER,
        ConstraintKind.FINISH_NO_LATER,
    ]


def test_links_with_lags_in_every_unit() -> None:
    def link(lag_format: str, lag: str, kind: str = "1") -> Element:
        return element(
            "PredecessorLink", PredecessorUID="1", Type=kind, LinkLag=lag, LagFormat=lag_format
        )

    links = sound(link("7", "4800"), link("8", "-4800", "3"), link("19", "50", "0")).links
    assert links == (
        Link("1", "3", LinkType.FS, 480),
        Link("1", "3", LinkType.SS, -480, LagKind.ELAPSED),
        Link("1", "3", LinkType.FF, 50, LagKind.PERCENT),
    )


def test_tasks_set_by_hand_keep_their_dates() -> None:
    task = sound(Manual="1", ManualStart="2026-01-05T08:00:00", Finish="2026-01-06T17:00:00")
    assert task.activity.pinned is not None
    assert [instant.day for instant in task.activity.pinned] == [5, 6]
    assert sound(Manual="1").activity.pinned is None
    assert sound(Manual="0", Start="2026-01-05T08:00:00").activity.pinned is None


def test_elapsed_durations_are_free_of_calendars() -> None:
    assert sound(DurationFormat="8").activity.free_of_calendar
    assert not sound(DurationFormat="7").activity.free_of_calendar


def test_slack_is_stored_in_tenths_of_minutes() -> None:
    stored = sound(TotalSlack="-4800", FreeSlack="0", Critical="1").stored
    assert (stored.total_float, stored.free_float, stored.critical) == (-480, 0, True)


def test_blank_rows_are_passed_over() -> None:
    assert read(IsNull="1")[0] is None


@pytest.mark.parametrize(
    ("fields", "finding"),
    [
        ({"UID": ""}, "missing_key"),
        ({"Duration": "8h"}, "bad_duration_text"),
        ({"Duration": "-PT8H0M0S"}, "negative_duration"),
        ({"ConstraintType": "8"}, "unknown_value"),
        ({"ConstraintType": "4"}, "constraint_without_date"),
        ({"Deadline": "0001-01-01T00:00:00"}, "date_out_of_range"),
        ({"PercentComplete": "many"}, "bad_number"),
    ],
)
def test_faulty_fields_are_found(fields: dict[str, str], finding: str) -> None:
    assert [name for _, name in found_in(read(**fields)[1])] == [finding]


def test_links_of_unknown_type_are_found() -> None:
    link = element("PredecessorLink", PredecessorUID="1", Type="7")
    assert [name for _, name in found_in(read(link)[1])] == ["unknown_value"]
