from pathlib import Path

import pytest

from app.core.schedule.cpm import compute
from app.core.schedule.network import ActivityKind, FloatKind, Rules
from app.ports.schedule_files.faults import Limits
from app.ports.schedule_files.imported import ImportedSchedule, SourceFormat, WbsNode
from app.ports.schedule_files.reader import read_schedule
from tests.ports.schedule_files.findings import refused_file
from tests.ports.schedule_files.samples import calendar_xml, link_xml, mspdi_text, task_xml


def read(folder: Path, text: str, encoding: str = "utf-8") -> ImportedSchedule:
    path = folder / "file.dat"
    path.write_bytes(text.encode(encoding))
    return read_schedule(path)


@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "utf-16", "gb18030"])
def test_a_project_in_any_encoding(tmp_path: Path, encoding: str) -> None:
    schedule = read(tmp_path, mspdi_text(), encoding)
    assert (schedule.name, schedule.source) == ("码头", SourceFormat.MSPDI)
    assert [a.name for a in schedule.network.activities] == ["作业 1", "作业 2"]
    row = compute(schedule.network).dates["2"]
    assert f"{row.early_finish:%Y-%m-%d %H:%M}" == "2026-01-20 17:00"


def test_options_of_the_project(tmp_path: Path) -> None:
    project = (
        "<CriticalSlackLimit>2</CriticalSlackLimit><HonorConstraints>0</HonorConstraints>"
        "<StatusDate>2026-01-07T17:00:00</StatusDate>"
    )
    network = read(tmp_path, mspdi_text(project=project)).network
    assert network.options.rules is Rules.MSP
    assert network.options.float_kind is FloatKind.SMALLEST
    assert network.options.critical_threshold == 960
    assert not network.options.honour_constraints
    assert network.data_date is not None


def test_the_outline_becomes_a_tree(tmp_path: Path) -> None:
    summary = "<Summary>1</Summary><WBS>1</WBS>"
    tasks = [
        task_xml(0, 0, "<Summary>1</Summary>", level=0),
        task_xml(1, 8, summary, level=1),
        task_xml(2, 8, level=2),
        task_xml(3, 8, level=2),
        task_xml(4, 8, level=1),
    ]
    schedule = read(tmp_path, mspdi_text(tasks))
    parents = [a.parent_id for a in schedule.network.activities]
    assert parents == [None, "0", "1", "1", "0"]
    assert schedule.network.activities[1].kind is ActivityKind.SUMMARY
    assert schedule.wbs[1] == WbsNode("1", "0", "1", "作业 1")
    assert schedule.wbs_of == {"2": "1", "3": "1", "4": "0"}


def test_inactive_tasks_are_left_out_with_their_links(tmp_path: Path) -> None:
    tasks = [task_xml(1, 8, "<Active>0</Active>"), task_xml(2, 8, link_xml(1))]
    schedule = read(tmp_path, mspdi_text(tasks))
    assert [a.id for a in schedule.network.activities] == ["2"]
    assert schedule.facts[0].parameters == {"count": 1, "links": 1}


def test_scheduling_from_the_finish_is_told(tmp_path: Path) -> None:
    schedule = read(tmp_path, mspdi_text(project="<ScheduleFromStart>0</ScheduleFromStart>"))
    assert [f.text_id for f in schedule.facts] == ["schedule_files.scheduled_from_finish"]


def test_stored_dates_never_reach_the_network(tmp_path: Path) -> None:
    stored = "<EarlyStart>2031-01-01T08:00:00</EarlyStart><Start>2031-01-01T08:00:00</Start>"
    schedule = read(tmp_path, mspdi_text([task_xml(1, 8, stored)]))
    assert schedule.stored["1"].early_start is not None
    assert compute(schedule.network).dates["1"].early_start.year == 2026


def test_all_faults_are_found_at_once(tmp_path: Path) -> None:
    tasks = [
        task_xml(1, 8, "<CalendarUID>9</CalendarUID>"),
        task_xml(1, 8),
        task_xml(2, 8, link_xml(77) + "<Deadline>9999-01-01T00:00:00</Deadline>"),
    ]
    found = refused_file(tmp_path, mspdi_text(tasks).replace("<CalendarUID>1", "<CalendarUID>5"))
    assert sorted(name for _, name in found) == [
        "dangling_link",
        "date_out_of_range",
        "duplicate_key",
        "unknown_calendar",
    ]


def test_a_cycle_is_named(tmp_path: Path) -> None:
    tasks = [task_xml(1, 8, link_xml(2)), task_xml(2, 8, link_xml(1))]
    ((_, name),) = refused_file(tmp_path, mspdi_text(tasks))
    assert name == "cycle"


@pytest.mark.parametrize(
    ("text", "finding"),
    [
        ("<Project></Project>", "not_mspdi"),
        ("<html><body><p>x</p></body></html>", "not_mspdi"),
        (mspdi_text(tasks=()), "no_activities"),
        (mspdi_text().replace("StartDate", "OtherDate"), "no_start_date"),
    ],
)
def test_what_a_project_cannot_do_without(tmp_path: Path, text: str, finding: str) -> None:
    assert [name for _, name in refused_file(tmp_path, text)] == [finding]


def test_limits(tmp_path: Path) -> None:
    for limits, finding in (
        (Limits(activities=1), "too_many_activities"),
        (Limits(links=0), "too_many_links"),
        (Limits(calendars=1), "too_many_calendars"),
    ):
        text = mspdi_text(calendars=(calendar_xml("1"), calendar_xml("2")))
        assert [name for _, name in refused_file(tmp_path, text, limits)] == [finding]
