from pathlib import Path

import pytest

from app.core.schedule.cpm import compute
from app.core.schedule.network import Activity
from app.ports.schedule_files.imported import ImportedSchedule
from app.ports.schedule_files.reader import read_schedule
from tests.ports.schedule_files.findings import refused_file
from tests.ports.schedule_files.samples import calendar_xml, mspdi_text, task_xml

NIGHT = (
    "<WeekDay><DayType>{day}</DayType><DayWorking>1</DayWorking><WorkingTimes><WorkingTime>"
    "<FromTime>20:00:00</FromTime><ToTime>00:00:00</ToTime></WorkingTime></WorkingTimes></WeekDay>"
)
NIGHTS = "".join(NIGHT.format(day=day) for day in range(1, 8))
CALENDARS = (calendar_xml("1"), calendar_xml("2", week=NIGHTS), calendar_xml("3", base="1"))
RESOURCES = (
    "<Resources>"
    "<Resource><UID>1</UID><Type>1</Type><CalendarUID>2</CalendarUID></Resource>"
    "<Resource><UID>2</UID><Type>1</Type><CalendarUID>3</CalendarUID></Resource>"
    "<Resource><UID>3</UID><Type>0</Type><CalendarUID>2</CalendarUID></Resource>"
    "</Resources>"
)


def assignment(resource: int, hours: int, units: str = "1", contour: str = "0") -> str:
    return (
        f"<Assignment><TaskUID>1</TaskUID><ResourceUID>{resource}</ResourceUID>"
        f"<Work>PT{hours}H0M0S</Work><Units>{units}</Units>"
        f"<WorkContour>{contour}</WorkContour></Assignment>"
    )


def read(folder: Path, assignments: str, kind: str = "0", inside: str = "") -> ImportedSchedule:
    task = task_xml(1, 8, inside).replace("<Type>1</Type>", f"<Type>{kind}</Type>")
    rest = f"{RESOURCES}<Assignments>{assignments}</Assignments>"
    path = folder / "file.xml"
    path.write_text(mspdi_text([task], CALENDARS, rest=rest), encoding="utf-8")
    return read_schedule(path)


def the_task(schedule: ImportedSchedule) -> Activity:
    return schedule.network.activities[0]


def test_one_resource_lends_its_calendar(tmp_path: Path) -> None:
    schedule = read(tmp_path, assignment(1, 8))
    assert the_task(schedule).calendar_id == "2"
    assert compute(schedule.network).dates["1"].early_start.hour == 20


def test_resources_that_keep_the_same_hours_are_no_crew(tmp_path: Path) -> None:
    assert the_task(read(tmp_path, assignment(2, 8) + assignment(2, 8))).crew == ()


def test_resources_on_different_calendars_are_a_crew(tmp_path: Path) -> None:
    schedule = read(tmp_path, assignment(1, 4, "0.5") + assignment(2, 8))
    assert the_task(schedule).crew == (("2", 480), ("3", 480))
    row = compute(schedule.network).dates["1"]
    assert (row.early_start.hour, row.early_finish.day) == (8, 7)


def test_an_uneven_contour_spans_the_duration(tmp_path: Path) -> None:
    schedule = read(tmp_path, assignment(1, 2, contour="7") + assignment(2, 8))
    assert the_task(schedule).crew == (("2", 480), ("3", 480))


@pytest.mark.parametrize(
    ("kind", "inside", "calendar"),
    [("1", "", "1"), ("0", "<CalendarUID>3</CalendarUID>", "3")],
)
def test_fixed_durations_and_own_calendars_ignore_resources(
    tmp_path: Path, kind: str, inside: str, calendar: str
) -> None:
    task = the_task(read(tmp_path, assignment(1, 8), kind, inside))
    assert (task.calendar_id, task.crew) == (calendar, ())


def test_material_works_by_no_calendar(tmp_path: Path) -> None:
    assert the_task(read(tmp_path, assignment(3, 8))).calendar_id == "1"


def test_an_unknown_calendar_is_found(tmp_path: Path) -> None:
    text = mspdi_text([task_xml(1, 8, "<CalendarUID>77</CalendarUID>")])
    assert [name for _, name in refused_file(tmp_path, text)] == ["unknown_calendar"]
